"""Rows that were brought beside what stands, table by table. Only for the child process.

By marks (see `models.imports.hashing`), so that millions of rows fit in memory.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Protocol

import polars as pl

from models.imports import hashing
from models.imports.contract import STORED, Table
from models.imports.difference import Compared, TableDifference
from models.imports.hashing import KEY
from models.imports.reaching import reached
from models.releases.touching import OWN

ROW, WHEN, BATCH = "row mark", "when", "batch"
_DAYS = {dated.table: dated.first for owned in OWN.values() for dated in owned}


class Brought(Protocol):
    """Checked rows in the form in which they are stored."""

    @property
    def rows(self) -> Mapping[str, int]:
        """How many there are, per table."""
        ...

    def chunks(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows of a table, a piece at a time; can be asked for again."""
        ...


def compare(
    connection: Any, brought: Brought, *, replace: int | None = None, as_of: date | None = None
) -> dict[str, Any]:
    """The difference between checked rows and what stands, as plain values; see `Difference`.

    Args:
        connection: an ADBC connection; it is only read from.
        brought: the rows in their stored form, such as `models.imports.store.Finished`.
        replace: the batch that they would take the place of.
        as_of: the day on which a period has to be over to be released; None is today.
    """
    named = {*brought.rows, *(tables_of(connection, replace) if replace is not None else ())}
    tables = {
        name: compared(connection, table, brought, replace)
        for name, table in STORED.items()
        if name in named
    }
    periods = reached(connection, tables, as_of or datetime.now(UTC).date())
    return {
        "tables": {name: asdict(one.told) for name, one in tables.items()},
        "periods": [[subject, state, found] for (subject, state), found in periods.items()],
        "replaces": replace,
    }


def compared(
    connection: Any, table: Table, brought: Brought, replace: int | None = None
) -> Compared:
    """Compare the rows of one table with what stands; `replace`: a batch that is taken out."""
    came = pl.concat(
        [_marked(table, rows) for rows in _chunks(table, brought)] or [_nothing(table)]
    )
    now, base = _standing(connection, table, replace)
    both = came.join(now, on=KEY, how="left", suffix=" now")
    known = pl.col(f"{ROW} now").is_not_null()
    changed = both.filter(known, pl.col(ROW) != pl.col(f"{ROW} now"))
    new = both.filter(~known)
    left = now.join(came, on=KEY, how="anti")
    lost = left.filter(pl.col(BATCH) == replace) if replace is not None else left.clear()
    stays = left.join(lost, on=KEY, how="anti")
    older = lost.join(base, on=KEY, how="semi").height
    told = TableDifference(
        added=new.height,
        changed=changed.height,
        unchanged=both.height - new.height - changed.height,
        columns=_columns(connection, table, brought, changed[KEY]),
        absent=_beside(table, stays, came),
        older=older,
        gone=lost.height - older,
    )
    return Compared(
        told,
        new_on=_texts(new[WHEN]),
        other_on=_texts(changed[WHEN], changed[f"{WHEN} now"], lost[WHEN]),
    )


def _chunks(table: Table, brought: Brought) -> Iterator[pl.DataFrame]:
    if table.name in brought.rows:
        yield from brought.chunks(table.name)


def _nothing(table: Table) -> pl.DataFrame:
    return _marked(table, pl.DataFrame(schema=table.schema()))


def _marked(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Each row as the mark of its key, the mark of all of it, and its period or day, if any."""
    if table.period:
        dated = pl.col(table.period.name)
    else:
        dated = pl.col(_DAYS[table.name]) if table.name in _DAYS else pl.lit(None)
        dated = dated.cast(pl.Date)
    return rows.select(
        hashing.mark(table.key).alias(KEY),
        hashing.mark(table.names).alias(ROW),
        dated.alias(WHEN),
    )


def _standing(
    connection: Any, table: Table, replace: int | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What stands, marked, with the `batch` that brought it; and the same without a batch."""
    now = _nothing(table).with_columns(pl.lit(None, pl.Int64).alias(BATCH))
    base = now
    for batch in hashing.batches_of(connection, table.name):
        found = hashing.pieces(connection, table.name, batch)
        rows = pl.concat([_marked(table, piece) for piece in found])
        rows = rows.with_columns(pl.lit(batch, pl.Int64).alias(BATCH))
        now = _over(now, rows)
        if replace is not None and batch != replace:
            base = _over(base, rows)
    return now, base


def _over(older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([older.join(newer, on=KEY, how="anti"), newer]) if older.height else newer


def _beside(table: Table, stays: pl.DataFrame, came: pl.DataFrame) -> int:
    """How many rows stand in the periods (by day: the months) of the rows that came."""
    if came[WHEN].is_null().all():
        return stays.height if came.height else 0
    month = pl.col(WHEN) if table.period else pl.col(WHEN).dt.truncate("1mo")
    return stays.filter(month.is_in(came.select(month.unique())[WHEN].implode())).height


def _columns(connection: Any, table: Table, brought: Brought, keys: pl.Series) -> dict[str, int]:
    """How often each column changed, among the rows with these keys."""
    if keys.is_empty():
        return {}
    names = [name for name in table.names if name not in table.key]

    def values(rows: pl.DataFrame) -> pl.DataFrame:
        marked = rows.select(
            hashing.mark(table.key).alias(KEY), *(pl.col(name).hash(seed=1) for name in names)
        )
        return marked.filter(pl.col(KEY).is_in(keys.implode()))

    after = pl.concat(values(rows) for rows in _chunks(table, brought))
    before = after.clear()
    for batch in hashing.batches_of(connection, table.name):
        found = hashing.pieces(connection, table.name, batch)
        before = _over(before, pl.concat([values(piece) for piece in found]))
    both = before.join(after, on=KEY, suffix=" after")
    counts = both.select((pl.col(name) != pl.col(f"{name} after")).sum() for name in names)
    return {name: int(count) for name, count in counts.row(0, named=True).items() if count}


def _texts(*found: pl.Series) -> tuple[str, ...]:
    return tuple(pl.concat(found).drop_nulls().unique().sort().cast(pl.String))


def tables_of(connection: Any, batch: int) -> list[str]:
    """The tables in which a batch has rows."""
    return [name for name in STORED if batch in hashing.batches_of(connection, name)]
