"""Answers that a published period holds although their rows were undone: they count nowhere else.

Imported again with another day or wave, they would stand in two published periods, and whoever has
both could subtract the one from the other. A severed block keeps keyed hashes of what it was made
of; the ids themselves are gone.
"""

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from models import raw
from models.imports.employee_key import employee_key, hashed
from release.blocks import pack, unpack

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "survey": ("response_id", "answered_on"),
    "feedback": ("feedback_id",),
    "cases": ("case_id",),
}
"""Per subject the columns by which an answer is known again. Waves number their responses anew."""


def marks(rows: pl.DataFrame, subject: str) -> pl.Series:
    """The keyed hash of each row's identity."""
    identity = pl.concat_str(pl.col(IDENTITY[subject]).cast(pl.String), separator="\x1f")
    return hashed(rows.select(identity.alias("mark")).to_series(), employee_key())


def held(connection: Any, subject: str) -> frozenset[str]:
    """The marks of every severed block of a subject; none for subjects without single answers."""
    if subject not in IDENTITY:
        return frozenset()
    rows = raw.query(
        connection,
        "SELECT spent FROM release_block WHERE spent IS NOT NULL AND subject = ?",
        {"spent": pl.Binary()},
        (subject,),
    )
    return frozenset(mark for packed in rows["spent"] for mark in unpack(packed)["mark"])


def keep(connection: Any, block: int, found: pl.Series) -> None:
    """Add the marks of undone rows to those that a block, by its id, keeps already."""
    rows = raw.query(
        connection,
        "SELECT spent FROM release_block WHERE spent IS NOT NULL AND id = ?",
        {"spent": pl.Binary()},
        (block,),
    )
    known = [unpack(packed)["mark"] for packed in rows["spent"]]
    together = pl.concat([found, *known]).unique().sort().alias("mark").to_frame()
    raw.execute(
        connection, "UPDATE release_block SET spent = ? WHERE id = ?", (pack(together), block)
    )


def without(rows: pl.DataFrame, subject: str, spent: Collection[str]) -> pl.DataFrame:
    """The rows that no severed block was made of."""
    return rows.filter(~marks(rows, subject).is_in(list(spent))) if spent else rows
