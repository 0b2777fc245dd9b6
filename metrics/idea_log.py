"""One log of what happened to each idea, from which every figure about ideas is counted.

A release tells of each idea the month in which it first reached each stage, so counts made of
this one log always add up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl

from metrics.results import Cells
from metrics.words import N_
from release.periods import Period, parse

SUBMITTED: Final = "ideas_submitted"
STEPS: Final = (
    "ideas_triaged",
    "ideas_accepted",
    "ideas_rejected",
    "ideas_withdrawn",
    "ideas_started",
    "ideas_implemented",
)
MEASURES: Final = (SUBMITTED, *STEPS)
WITHIN: Final = ("idea", "period")
"""What every metric of the log asks below the groups of the reader."""

REACHED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "submitted": N_("Submitted"),
        "triaged": N_("Triaged"),
        "decided": N_("Decided"),
        "accepted": N_("Accepted"),
        "rejected": N_("Rejected"),
        "withdrawn": N_("Withdrawn"),
        "started": N_("Started"),
        "implemented": N_("Implemented"),
    }
)
"""Stages that an idea reaches, in order, with labels (msgids)."""

STANDING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "to_triage": N_("Waiting for a first look"),
        "to_decide": N_("Waiting for a decision"),
        "to_start": N_("Accepted, not started"),
        "in_progress": N_("In progress"),
        "implemented": N_("Implemented"),
        "dropped": N_("Dropped after acceptance"),
        "rejected": N_("Rejected"),
        "withdrawn": N_("Withdrawn"),
    }
)
"""Where an idea stands at the end of the window: exactly one of these, with labels (msgids)."""

OPEN: Final = ("to_triage", "to_decide", "to_start", "in_progress")
"""Those in which something is still to happen."""

UNDECIDED: Final = ("to_triage", "to_decide")
ACCEPTED: Final = ("to_start", "in_progress", "implemented", "dropped")


@dataclass(frozen=True, slots=True)
class Log:
    """What happened to each idea up to the end of the window.

    Attributes:
        ideas: the reader's dimensions, ``idea``, a column per stage of `REACHED` and ``finished``
            (implemented, dropped, rejected or withdrawn): how many periods before the last one it
            was first reached, as a number of 0 or less; null: not reached. ``standing``: as in
            `STANDING`.
        first: where the window begins, on the same scale; None: nothing lies in the window.
        last: the last period of the window.
        partial: some steps belong to ideas of which the sending in was not published.
    """

    ideas: pl.DataFrame
    first: int | None
    last: Period | None
    partial: bool

    @property
    def months(self) -> float:
        """The length of a period in months."""
        return self.last.months if self.last is not None else float("nan")

    @property
    def length(self) -> int:
        """How many periods the window has."""
        return 1 - self.first if self.first is not None else 0

    def within(self, stage: str) -> pl.DataFrame:
        """The ideas that reached a stage in the window."""
        if self.first is None:
            return self.ideas.clear()
        return self.ideas.filter(pl.col(stage) >= self.first)

    def period(self, place: int) -> str:
        """The period of a place on the scale."""
        assert self.last is not None, "a log without a window has no places"
        return self.last.shifted(place).text


@lru_cache(maxsize=16)
def read(cells: Cells) -> Log:
    """The log in cells that were asked by `WITHIN`.

    An idea that was started or implemented was accepted then at the latest, also where a company
    records no acceptance. Decided is accepted, rejected or withdrawn, whichever came first. An idea
    that was ever accepted stands among the accepted; it was dropped when it was rejected or
    withdrawn in or after the period of its last other step, without being implemented. Rejected
    and withdrawn: what came first stands; in the same period, rejected.
    """
    last = parse(cells.last) if cells.last is not None else None
    # Without an entry the replacement would keep its texts.
    places = {"": 0} | {text: _place(text, last) for text in cells.rows["period"].unique()}
    steps = cells.rows.filter(pl.col("total") > 0).select(
        *cells.by,
        "idea",
        "measure",
        at=pl.col("period").replace_strict(places, return_dtype=pl.Int32),
    )
    stages = [code for code in REACHED if code != "decided"]
    every = steps.group_by(*cells.by, "idea", maintain_order=True).agg(
        pl.col("at").filter(pl.col("measure") == f"ideas_{stage}").min().alias(stage)
        for stage in stages
    )
    ideas = every.filter(pl.col("submitted").is_not_null())
    ideas = (
        ideas.with_columns(accepted=pl.min_horizontal("accepted", "started", "implemented"))
        .with_columns(decided=pl.min_horizontal("accepted", "rejected", "withdrawn"))
        .with_columns(standing=_standing())
        .with_columns(finished=_finished())
    )
    first = _place(cells.first, last) if cells.first is not None else None
    if first is not None and first > 0:
        first = None
    return Log(ideas, first, last, ideas.height < every.height)


def per_group(ideas: pl.DataFrame, cells: Cells, *told: pl.Expr) -> pl.DataFrame:
    """What is told of the ideas of each group of the reader, sorted; no ideas give no row."""
    if cells.by:
        return ideas.group_by(cells.by).agg(*told).sort(cells.by)
    return ideas.select(*told).head(min(ideas.height, 1))


def groups(ideas: pl.DataFrame, cells: Cells) -> list[tuple[tuple[object, ...], pl.DataFrame]]:
    """The ideas of each group of the reader, sorted; without grouping one with an empty name."""
    if ideas.is_empty():
        return []
    if not cells.by:
        return [((), ideas)]
    return list(ideas.sort(cells.by).group_by(cells.by, maintain_order=True))


def counts(log: Log, stage: str, ideas: pl.DataFrame | None = None) -> np.ndarray:
    """How many ideas reached a stage in each period of the window, the first period first."""
    told = (log.ideas if ideas is None else ideas)[stage].drop_nulls().to_numpy()
    if log.first is None:
        return np.zeros(0, dtype=np.int64)
    inside = told[told >= log.first] - log.first
    return np.bincount(inside, minlength=log.length)


def _place(text: str, last: Period | None) -> int:
    """How many periods after ``last``: 0 or less."""
    assert last is not None, "cells with rows have a window"
    period = parse(text)
    per_year = round(12 / last.months)
    return (period.year - last.year) * per_year + period.index - last.index


def _standing() -> pl.Expr:
    ended = pl.max_horizontal("rejected", "withdrawn")
    going = pl.max_horizontal("accepted", "started")
    after = pl.col("withdrawn") < pl.col("rejected")
    return (
        pl.when(pl.col("implemented").is_not_null())
        .then(pl.lit("implemented"))
        .when(pl.col("accepted").is_not_null() & (ended >= going))
        .then(pl.lit("dropped"))
        .when(pl.col("started").is_not_null())
        .then(pl.lit("in_progress"))
        .when(pl.col("accepted").is_not_null())
        .then(pl.lit("to_start"))
        .when(pl.col("rejected").is_not_null() & ~after.fill_null(value=False))
        .then(pl.lit("rejected"))
        .when(pl.col("withdrawn").is_not_null())
        .then(pl.lit("withdrawn"))
        .when(pl.col("triaged").is_not_null())
        .then(pl.lit("to_decide"))
        .otherwise(pl.lit("to_triage"))
    )


def _finished() -> pl.Expr:
    """When nothing more was to happen; null for what is open."""
    return (
        pl.when(pl.col("standing") == "implemented")
        .then("implemented")
        .when(pl.col("standing") == "dropped")
        .then(pl.max_horizontal("rejected", "withdrawn"))
        .when(pl.col("standing").is_in(["rejected", "withdrawn"]))
        .then("decided")
    )
