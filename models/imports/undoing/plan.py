"""What undoing a batch means, read from the database. Only for the child process."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from metrics.catalogue import CATALOGUE
from models import raw
from models.imports import hashing
from models.imports.contract import STORED
from models.imports.undoing.made_of import made_of
from models.imports.undoing.meaning import Fate, Orphans, Undoing, UndoRefused
from models.releases.store import Stored, stored
from models.tables import RAW

OLDER, NEXT = "older", "next"


def plan(connection: Any, batch: int) -> Undoing:
    """What undoing a batch would mean; changes nothing.

    Raises:
        UndoRefused: there is no such batch, or it was undone already.
    """
    return told(connection, batch)[0]


def told(connection: Any, batch: int) -> tuple[Undoing, list[Stored]]:
    """The same, with every block that was made of these rows, in whatever state."""
    _there(connection, batch)
    blocks = stored(connection)
    fates = dict(_fates(connection, batch))
    severed = made_of(connection, batch, fates, blocks)
    drafts = Counter(b.subject for b in blocks if b.state == "draft" and b.watermark >= batch)
    meaning = Undoing(
        batch,
        {name: _counted(rows) for name, rows in fates.items()},
        tuple(_orphans(connection, batch, fates)),
        dict(sorted(drafts.items())),
        tuple((b.subject, b.period) for b in severed if b.state == "published"),
    )
    return meaning, severed


def _there(connection: Any, batch: int) -> None:
    known = raw.query(
        connection,
        f"SELECT CAST(undone_at IS NOT NULL AS INTEGER) AS undone FROM batch WHERE id = {batch:d}",
        {"undone": pl.Int64()},
    )
    if known.is_empty():
        raise UndoRefused(batch, "unknown")
    if known["undone"].item():
        raise UndoRefused(batch, "undone")


def _fates(connection: Any, batch: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Per table with rows of the batch: each row's key mark, whether an `older` batch has the same
    key, and the `next` batch that has it (empty without one)."""
    for table in STORED:
        batches = hashing.batches_of(connection, table)
        if batch not in batches:
            continue
        rows = hashing.of_batch(connection, table, batch).with_columns(
            pl.lit(False).alias(OLDER), pl.lit(None, pl.Int64).alias(NEXT)
        )
        # From the newest to the oldest, so that the next one is written last.
        for other in sorted(set(batches) - {batch}, reverse=True):
            held = hashing.of_batch(connection, table, other)[hashing.KEY].implode()
            same = pl.col(hashing.KEY).is_in(held)
            rows = rows.with_columns(
                pl.when(same).then(pl.lit(other)).otherwise(NEXT).alias(NEXT)
                if other > batch
                else (pl.col(OLDER) | same).alias(OLDER)
            )
        yield table, rows


def _counted(rows: pl.DataFrame) -> Fate:
    replaced = pl.col(NEXT).is_not_null()
    counts = rows.select(
        gone=(~replaced & ~pl.col(OLDER)).sum(),
        older=(~replaced & pl.col(OLDER)).sum(),
        replaced=replaced.sum(),
    ).row(0, named=True)
    return Fate(rows.height, **counts)


def _orphans(connection: Any, batch: int, fates: dict[str, pl.DataFrame]) -> Iterator[Orphans]:
    for table, column, home in _references():
        if (
            home not in fates
            or fates[home].filter(~pl.col(OLDER), pl.col(NEXT).is_null()).is_empty()
        ):
            continue
        name = STORED[home].key[0]
        elsewhere = f"SELECT {name} FROM {RAW}{home} WHERE batch <> {batch}"
        lost = (
            f"SELECT {name} FROM {RAW}{home} WHERE batch = {batch} AND {name} NOT IN ({elsewhere})"
        )
        known = f" AND NOT {raw.among(column, sorted(CATALOGUE))}" if home == "measures" else ""
        count = raw.query(
            connection,
            f"SELECT count(*) AS n FROM {RAW}{table} "
            f"WHERE batch <> {batch} AND {column} IN ({lost}){known}",
            {"n": pl.Int64()},
        )["n"].item()
        if count:
            yield Orphans(table, column, int(count))


def _references() -> Iterator[tuple[str, str, str]]:
    """Table, column and the table that it refers to."""
    for table in STORED.values():
        for column in table.columns:
            if column.refers:
                yield table.name, column.name, column.refers
    yield "survey_answers", "item", "measures"
