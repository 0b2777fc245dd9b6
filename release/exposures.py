"""The rows of a life table: who was at risk of an end in which unit of time, and for whom it came.

A row is one life (somebody's employment, an idea) in one unit of time since its first day, within
one period. It is there when the life went on up to the first day of the overlap of the two, so
lives that began before the records did count from where they come into view.

What a row counts as *exposed* is the part of the unit that lies in the period, whether or not the
end came in it: the "initial exposed to risk" of actuaries (Elandt-Johnson & Johnson 1980). So
exposure tells of no end, and of units that are seen whole ended / exposed is d / n.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Literal

import polars as pl

from release.periods import Period

_DAY = timedelta(days=1)

ROWS = {
    "period": pl.String(),
    "id": pl.String(),
    "unit": pl.String(),
    "on": pl.Date(),
    "exposed": pl.Float64(),
    "ended": pl.Boolean(),
}
"""Columns of a frame of rows."""


@dataclass(frozen=True, slots=True)
class Units:
    """Units of time since a first day; what lasts longer than the last one is not told.

    Attributes:
        bounds: their ends, increasing, from 0.
        step: what the bounds count: months of the calendar ("mo") or days ("d").
    """

    bounds: tuple[int, ...]
    step: Literal["mo", "d"]

    @property
    def names(self) -> tuple[str, ...]:
        """`000-001` and so on: their texts sort by time."""
        return tuple(named(*ends) for ends in pairwise(self.bounds))

    def wider(self, bounds: Sequence[int]) -> Mapping[str, str]:
        """Of each unit the name of the one of other `bounds` that it lies in; each lies in one."""
        return {
            named(start, end): named(low, high)
            for start, end in pairwise(self.bounds)
            for low, high in pairwise(bounds)
            if low <= start and end <= high
        }


def named(start: int, end: int) -> str:
    return f"{start:03d}-{end:03d}"


def exposures(lives: pl.DataFrame, units: Units, periods: Sequence[Period]) -> pl.DataFrame:
    """The rows of a life table.

    Args:
        lives: `id`, the first day `begun` and the last day `last` (null: it goes on). A life that
            ends on the day on which it began was at risk that day.
        units, periods: what to tell of.

    Returns:
        `ROWS`: `on` is the first day of the overlap of unit and period, `exposed` the part of the
        unit that the overlap is, `ended` whether the last day lies in the overlap.
    """
    frames = [pl.DataFrame(schema=ROWS)]
    for period in periods:
        first, last = pl.lit(period.first_day), pl.lit(period.last_day)
        there = lives.filter(
            (pl.col("begun") <= last)
            & (pl.col("last") >= first).fill_null(value=True)
            & (pl.col("begun").dt.offset_by(f"{units.bounds[-1]}{units.step}") > first)
        )
        frames += [
            _overlap(
                there, named(start, end), (f"{start}{units.step}", f"{end}{units.step}"), period
            )
            for start, end in pairwise(units.bounds)
        ]
    return pl.concat(frames)


def _overlap(
    lives: pl.DataFrame, unit: str, offsets: tuple[str, str], period: Period
) -> pl.DataFrame:
    since, until = (pl.col("begun").dt.offset_by(offset) for offset in offsets)
    first, last = pl.lit(period.first_day), pl.lit(period.last_day)
    return (
        lives.with_columns(since=since, until=until - _DAY)
        .with_columns(on=pl.max_horizontal("since", first), to=pl.min_horizontal("until", last))
        .filter(
            (pl.col("on") <= pl.col("to")) & (pl.col("last") >= pl.col("on")).fill_null(value=True)
        )
        .select(
            pl.lit(period.text).alias("period"),
            "id",
            pl.lit(unit).alias("unit"),
            "on",
            exposed=_days("on", "to") / _days("since", "until"),
            ended=(pl.col("last") <= pl.col("to")).fill_null(value=False),
        )
        .cast(ROWS)  # type: ignore[arg-type]
    )


def _days(first: str, last: str) -> pl.Expr:
    return (pl.col(last) - pl.col(first)).dt.total_days() + 1
