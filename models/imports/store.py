"""Checked tables into the database: one batch, one transaction, through ADBC.

Only for the child process: see `models.engine`.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl
from typing_extensions import Buffer

from models.imports.contract import STORED
from models.imports.employee_key import hashed
from models.imports.service import Tell
from models.raw import query
from models.tables import RAW

SLICE = 200_000
"""Rows written between two words of progress."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing did. ``already``: the same content was there, as this batch; nothing changed."""

    batch: int
    already: bool


def finish(tables: Mapping[str, pl.DataFrame], key: bytes) -> dict[str, pl.DataFrame]:
    """The tables as they are stored, sorted by key.

    Employee ids become their keyed hash. Submitters of ideas are counted per site and month
    into `idea_submitters` and dropped.
    """
    finished = dict(tables)
    if "ideas" in finished:
        counted = _submitters(finished["ideas"])
        if counted.height:
            finished["idea_submitters"] = counted
    for name, frame in finished.items():
        table = STORED[name]
        changed = [
            hashed(frame[column.name], key).alias(column.name)
            for column in table.columns
            if column.keeping == "keyed hash"
        ]
        finished[name] = frame.with_columns(changed).select(table.names)
        finished[name] = _sorted(finished[name], table.key)
    return finished


def _sorted(frame: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """The rows in the order of their key, empty cells first.

    Texts are numbered in their order first: sorting numbers is several times faster.
    """
    numbered = [
        pl.col(name).cast(pl.Enum(frame[name].unique().drop_nulls().sort())).to_physical()
        if frame.schema[name] == pl.String
        else pl.col(name)
        for name in key
    ]
    return frame.sort(numbered)


def _submitters(ideas: pl.DataFrame) -> pl.DataFrame:
    return (
        ideas.filter(pl.col("submitter").is_not_null())
        .group_by(pl.col("submitted_on").dt.to_string("%Y-%m").alias("period"), "location_id")
        .agg(pl.col("submitter").n_unique().cast(pl.Int64).alias("submitters"))
    )


class _Sink(io.BytesIO):
    """A file that only remembers the SHA-256 of what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.sha256 = hashlib.sha256()

    def write(self, content: Buffer, /) -> int:
        self.sha256.update(content)
        return memoryview(content).nbytes


def content_hash(finished: Mapping[str, pl.DataFrame]) -> str:
    """SHA-256 over the tables by name, each as CSV in the order of its key.

    The same rows give the same hash, whatever files and formats they came in.
    """
    sink = _Sink()
    for name in sorted(finished):
        sink.write(f"[{name}]\n".encode())
        finished[name].write_csv(sink)
    return sink.sha256.hexdigest()


def store(
    connection: Any, finished: Mapping[str, pl.DataFrame], source: str, actor: str, tell: Tell
) -> Outcome:
    """Write one batch. The caller commits, or rolls back on an error: all or nothing.

    The batch row comes first: it takes the database's write lock, so that of two equal imports
    at once the second sees the first.
    """
    sha256 = content_hash(finished)
    counts = {name: frame.height for name, frame in finished.items()}
    batch = _begin(connection, sha256, source, actor, counts)
    standing = _standing(connection, batch, counts)
    if standing is not None and standing[1] == sha256:
        connection.rollback()
        return Outcome(standing[0], already=True)
    total, done = sum(counts.values()), 0
    for name, frame in finished.items():
        for rows in frame.iter_slices(SLICE):
            tell("storing", done, total)
            numbered = rows.with_columns(pl.lit(batch, pl.Int64).alias("batch"))
            with connection.cursor() as cursor:
                cursor.adbc_ingest(f"{RAW}{name}", numbered.to_arrow(), mode="append")
            done += rows.height
    tell("storing", done, total)
    return Outcome(batch, already=False)


def _standing(connection: Any, batch: int, counts: Mapping[str, int]) -> tuple[int, str] | None:
    """The newest earlier batch that has any of these tables, with its hash.

    An older one of the same content does not stand any more: bringing it again is a correction.
    """
    schema = {"id": pl.Int64(), "sha256": pl.String(), "tables": pl.String()}
    earlier = query(
        connection,
        f'SELECT id, sha256, "rows" AS tables FROM batch WHERE id < {batch} ORDER BY id DESC',
        schema,
    )
    for number, sha256, tables in earlier.iter_rows():
        if set(json.loads(tables)) & set(counts):
            return int(number), str(sha256)
    return None


def _begin(connection: Any, sha256: str, source: str, actor: str, counts: dict[str, int]) -> int:
    """Insert the batch row; its number."""
    created = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO batch (created_at, source, sha256, actor, "rows") VALUES (?, ?, ?, ?, ?)',
            (created, source, sha256, actor, json.dumps(counts)),
        )
    return int(query(connection, "SELECT max(id) AS id FROM batch", {"id": pl.Int64()}).item())
