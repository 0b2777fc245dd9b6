"""What a mapping asks of rows once they are read: leave out unknown codes, raise early dates.

Both are openly counted in the report.
"""

import polars as pl

from metrics.words import N_
from models.imports.cells import Part
from models.imports.known import Stored
from models.imports.notes import Note
from models.imports.rows import Frames, known_keys

UNKNOWN = N_("{table}: {count} rows were left out because their {column} is not in {other}.")
RAISED = N_("{table}: {count} rows had {column} before {other}; it was set to that.")


def adjust(
    part: Part, frame: pl.DataFrame, frames: Frames, stored: Stored, notes: list[Note]
) -> pl.DataFrame:
    """The read part as its mapping wants it; ``frames`` are the tables read before it."""
    for name in part.known:
        other = part.table.column(name).refers
        known = known_keys(other, name, frames, stored)
        kept = frame.filter(pl.col(name).is_in(known.implode()))
        _note(notes, UNKNOWN, part, frame.height - kept.height, name, other)
        frame = kept
    for name, target in part.not_before.items():
        frame = _raised(part, frame, frames, name, target, notes)
    return frame


def _raised(
    part: Part, frame: pl.DataFrame, frames: Frames, name: str, target: str, notes: list[Note]
) -> pl.DataFrame:
    other, _, column = target.partition(".")
    if other not in frames:
        return frame
    key = next(one.name for one in part.table.columns if one.refers == other)
    floors = (
        frames[other]
        .select(key, pl.col(column).cast(frame.schema[name]).alias("floor"))
        .drop_nulls()
        .unique(key)
    )
    joined = frame.join(floors, on=key, how="left", maintain_order="left")
    early = pl.col(name) < pl.col("floor")
    _note(notes, RAISED, part, joined.select(early.sum()).item(), name, target)
    return joined.with_columns(pl.when(early).then("floor").otherwise(name).alias(name)).drop(
        "floor"
    )


def _note(notes: list[Note], text: str, part: Part, count: int, column: str, other: str) -> None:
    if count:
        params = {"table": part.table.name, "count": f"{count:,}", "column": column}
        notes.append(Note(text, {**params, "other": other}))
