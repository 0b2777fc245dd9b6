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
RESPONSE = ("wave", "response_id")
_ANSWERED = ("response_id", "location_id", "item", "score")
_BETWEEN = "\x1f"


def columns(subject: str) -> list[str]:
    """The columns that `marks` asks for, beside the key."""
    return [*IDENTITY[subject], *(_ANSWERED if subject == "survey" else ())]


def marks(rows: pl.DataFrame, subject: str) -> pl.DataFrame:
    """The keyed hashes by which each row's answer is known again; one of them is enough.

    A response to a survey is also known by its number, its site and all of its scores: its day may
    have been read wrong. So it takes all rows of a response.
    """
    told = [_joined(IDENTITY[subject])]
    if subject == "survey":
        # An item and its score, in a fixed order, whatever the order of the rows.
        scores = _joined(("item", "score")).sort().str.join("\x1e").over(RESPONSE)
        told.append(
            pl.concat_str(_joined(("response_id", "location_id")), scores, separator="\x1e")
        )
    texts = rows.select(text.alias(f"mark {number}") for number, text in enumerate(told))
    return pl.DataFrame([hashed(column, employee_key()) for column in texts])


def _joined(names: Collection[str]) -> pl.Expr:
    return pl.concat_str(pl.col(names).cast(pl.String), separator=_BETWEEN)


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


def keep(connection: Any, block: int, found: pl.DataFrame) -> None:
    """Add the marks of undone rows to those that a block, by its id, keeps already."""
    rows = raw.query(
        connection,
        "SELECT spent FROM release_block WHERE spent IS NOT NULL AND id = ?",
        {"spent": pl.Binary()},
        (block,),
    )
    known = [unpack(packed)["mark"] for packed in rows["spent"]]
    together = pl.concat([*found.iter_columns(), *known]).unique().sort().alias("mark").to_frame()
    raw.execute(
        connection, "UPDATE release_block SET spent = ? WHERE id = ?", (pack(together), block)
    )


def without(rows: pl.DataFrame, subject: str, spent: Collection[str]) -> pl.DataFrame:
    """The rows that no severed block was made of."""
    if not spent:
        return rows
    known = marks(rows, subject).select(pl.any_horizontal(pl.all().is_in(list(spent))))
    return rows.filter(~known.to_series())
