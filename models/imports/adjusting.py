"""What a mapping asks of rows once they are read: leave out unknown codes, raise early dates.

Both are openly counted in the report.
"""

import polars as pl

from metrics.words import N_
from models.imports.cells import Part
from models.imports.known import Stored
from models.imports.notes import NoteLog
from models.imports.rows import known_keys
from models.imports.spool import Spool

UNKNOWN = N_("{table}: rows left out because their {column} is not in {other}: {count}.")
RAISED = N_("{table}: rows with {column} before {other}, which was set to that: {count}.")


def adjust(
    part: Part, frame: pl.DataFrame, spool: Spool, stored: Stored, notes: NoteLog
) -> pl.DataFrame:
    """The read part as its mapping wants it; ``spool`` holds what was read before it."""
    table = part.table.name
    for name in part.known:
        other = part.table.column(name).refers
        kept = frame.filter(pl.col(name).is_in(known_keys(other, name, spool, stored).implode()))
        notes.count(UNKNOWN, frame.height - kept.height, table=table, column=name, other=other)
        frame = kept
    for name, target in part.not_before.items():
        frame = _raised(part, frame, spool, name, target, notes)
    return frame


def _raised(
    part: Part, frame: pl.DataFrame, spool: Spool, name: str, target: str, notes: NoteLog
) -> pl.DataFrame:
    other, _, column = target.partition(".")
    if other not in spool:
        return frame
    key = next(one.name for one in part.table.columns if one.refers == other)
    floors = (
        spool[other]
        .select(key, pl.col(column).cast(frame.schema[name]).alias("floor"))
        .drop_nulls()
        .unique(key)
        .collect()
    )
    joined = frame.join(floors, on=key, how="left", maintain_order="left")
    early = pl.col(name) < pl.col("floor")
    raised = joined.select(early.sum()).item()
    notes.count(RAISED, raised, table=part.table.name, column=name, other=target)
    return joined.with_columns(pl.when(early).then("floor").otherwise(name).alias(name)).drop(
        "floor"
    )
