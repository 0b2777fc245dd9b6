"""Checked rows into the database: one batch, one transaction, through ADBC.

Only for the child process: see `models.engine`.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from models import raw
from models.imports import arrivals
from models.imports.contract import STORED
from models.imports.employee_key import hashed
from models.imports.problems import FILE, ROW
from models.imports.service import Tell
from models.imports.sources import Source
from models.imports.spool import Spool
from models.imports.stored import standing
from models.imports.undoing.taking_out import take_out
from models.releases.store import moment
from models.tables import RAW

SUBMITTERS = "idea_submitters"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing did. ``already``: the same content was there, as this batch; nothing changed."""

    batch: int
    already: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a batch comes from.

    Attributes:
        source: what it is called.
        actor: who brought it.
        mapping: by which mapping; empty without one.
        files: `name`, `sha256` and `bytes` of each file as it came; see `files_of`.
    """

    source: str
    actor: str = ""
    mapping: str = ""
    files: Sequence[Mapping[str, Any]] = ()


class Finished:
    """Checked rows in the form in which the database holds them, a piece at a time.

    Employee ids become their keyed hash. Submitters of ideas are counted per site and month into
    `idea_submitters` and dropped.
    """

    def __init__(self, spool: Spool, key: bytes) -> None:
        self._spool = spool
        self._key = key
        self._counted = _submitters(spool)
        self.rows: dict[str, int] = {name: spool.height(name) for name in spool}
        if self._counted.height:
            self.rows[SUBMITTERS] = self._counted.height

    def chunks(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows of a table, in its stored columns."""
        if table == SUBMITTERS:
            yield self._counted
            return
        for rows in self._spool.chunks(table):
            yield self._stored(table, rows.drop(FILE, ROW))

    def _stored(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        definition = STORED[table]
        coded = [
            hashed(rows[column.name], self._key).alias(column.name)
            for column in definition.columns
            if column.keeping == "keyed hash"
        ]
        return rows.with_columns(coded).select(definition.names)

    def sha256(self) -> str:
        """What the content is recognised by: the same rows, whatever their order and files.

        Rows are distinct by their keys, so a table's is the XOR of its rows' hashes. These are
        Polars' own: with another version of it the same content may be stored once more.
        """
        told = {}
        for name in sorted(self.rows):
            marks = [0, 0]
            for rows in self.chunks(name):
                row = pl.struct(pl.all())
                found = rows.select(
                    row.hash(seed).bitwise_xor().alias(f"{seed}") for seed in (1, 2)
                )
                marks = [mark ^ int(new) for mark, new in zip(marks, found.row(0), strict=True)]
            told[name] = [self.rows[name], *marks]
        return hmac.new(self._key, json.dumps(told).encode(), hashlib.sha256).hexdigest()


def _submitters(spool: Spool) -> pl.DataFrame:
    """Per site and month of sending in, how many people sent ideas in; no rows without ideas."""
    if "ideas" not in spool:
        return pl.DataFrame()
    return (
        spool["ideas"]
        .filter(pl.col("submitter").is_not_null())
        .group_by(pl.col("submitted_on").dt.to_string("%Y-%m").alias("period"), "location_id")
        .agg(pl.col("submitter").n_unique().cast(pl.Int64).alias("submitters"))
        .select(STORED[SUBMITTERS].names)
        .sort(pl.all())
        .collect()
    )


def files_of(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Name, SHA-256 and size of every file behind ``paths``, as they came; zips stay closed."""
    told = []
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if Source(file.name, file).format)
        for file in inside if path.is_dir() else [path]:
            with file.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            told.append({"name": name, "sha256": sha256, "bytes": file.stat().st_size})
    return told


class ImportConflict(RuntimeError):
    """An earlier import was undone while the files of this one were being checked."""


def store(
    connection: Any,
    finished: Finished,
    origin: Origin,
    tell: Tell,
    replace: int | None = None,
    stood: Collection[int] = (),
) -> Outcome:
    """Write one batch. The caller commits, or rolls back on an error: all or nothing.

    The database's write lock comes first, so that of two equal imports at once the second sees
    the first.

    Args:
        replace: a batch that is undone in the same transaction: what it brought and this one does
            not is gone then.
        stood: the batches that stood when the files were checked against them.

    Raises:
        ImportConflict: one of these was undone since, and rows may refer to what it brought.
        UndoRefused: there is no such batch, or it was undone already.
    """
    sha256 = finished.sha256()
    raw.lock(connection)
    _check_standing(connection, stood)
    newest = _newest(connection, finished.rows)
    if newest is not None and newest[1] == sha256 and replace in (None, newest[0]):
        return Outcome(newest[0], already=True)
    if replace is not None:
        take_out(connection, replace, origin.actor)
    batch = _begin(connection, sha256, origin, finished.rows)
    total, done = sum(finished.rows.values()), 0
    for name in finished.rows:
        for rows in finished.chunks(name):
            tell("storing", done, total)
            raw.append(connection, RAW + name, rows.with_columns(batch=pl.lit(batch, pl.Int64)))
            done += rows.height
    arrivals.keep(connection, batch, finished)
    tell("storing", done, total)
    return Outcome(batch, already=False)


def _check_standing(connection: Any, stood: Collection[int]) -> None:
    undone = sorted(set(stood) - standing(connection))
    if undone:
        numbers = ", ".join(map(str, undone))
        raise ImportConflict(
            f"batch {numbers} was undone while these files were being checked; "
            "nothing was stored, run it again"
        )


def _newest(connection: Any, rows: Mapping[str, int]) -> tuple[int, str] | None:
    """The newest batch that has any of these tables, with its hash.

    An older one of the same content does not stand any more: bringing it again is a correction.
    """
    schema = {"id": pl.Int64(), "sha256": pl.String(), "tables": pl.String()}
    held = raw.query(
        connection, 'SELECT id, sha256, "rows" AS tables FROM batch WHERE undone_at IS NULL', schema
    )
    for number, sha256, tables in held.sort("id", descending=True).iter_rows():
        if set(json.loads(tables)) & set(rows):
            return int(number), str(sha256)
    return None


def _begin(connection: Any, sha256: str, origin: Origin, rows: Mapping[str, int]) -> int:
    """Insert the batch row; its number, which was never used before."""
    number = raw.newest_batch(connection) + 1
    row = {
        "id": number,
        "created_at": moment(),
        "source": origin.source,
        "sha256": sha256,
        "actor": origin.actor,
        "rows": json.dumps(dict(rows)),
        "files": json.dumps([dict(file) for file in origin.files]),
        "mapping": origin.mapping,
    }
    raw.append(connection, "batch", pl.DataFrame([row]))
    return number
