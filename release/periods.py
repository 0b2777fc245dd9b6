"""Periods as a company writes them: `2024`, `2024-Q2`, `2024-06`, `2024-P07`.

A period of four weeks, `P01` to `P13`, is counted in ISO weeks: `2024-P01` is weeks 1 to 4 of ISO
year 2024, and `P13` runs to the last week of the year (so it has five weeks when there are 53).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import polars as pl

Grain = Literal["year", "quarter", "month", "four_weeks"]

GRAINS: tuple[Grain, ...] = ("year", "quarter", "month", "four_weeks")
PATTERN = r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])|-P(0[1-9]|1[0-3]))?$"

_PER_YEAR: dict[Grain, int] = {"year": 1, "quarter": 4, "month": 12, "four_weeks": 13}


class PeriodError(ValueError):
    """The text is not a period."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole days. Periods of one grain sort by time; `index` counts from 1."""

    year: int
    grain: Grain
    index: int

    @property
    def text(self) -> str:
        match self.grain:
            case "year":
                return f"{self.year}"
            case "quarter":
                return f"{self.year}-Q{self.index}"
            case "month":
                return f"{self.year}-{self.index:02d}"
            case "four_weeks":
                return f"{self.year}-P{self.index:02d}"

    @property
    def first_day(self) -> date:
        match self.grain:
            case "year":
                return date(self.year, 1, 1)
            case "quarter":
                return date(self.year, 3 * self.index - 2, 1)
            case "month":
                return date(self.year, self.index, 1)
            case "four_weeks":
                return date.fromisocalendar(self.year, 4 * self.index - 3, 1)

    @property
    def last_day(self) -> date:
        return self.shifted(1).first_day - timedelta(days=1)

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.last_day - self.first_day).days + 1

    @property
    def months(self) -> float:
        """Length in months of a year's twelfth (four weeks: 12/13)."""
        return 12 / _PER_YEAR[self.grain]

    def shifted(self, steps: int) -> "Period":
        """The period `steps` later (earlier when negative), of the same grain."""
        per_year = _PER_YEAR[self.grain]
        position = self.year * per_year + self.index - 1 + steps
        return Period(position // per_year, self.grain, position % per_year + 1)

    def previous(self) -> "Period":
        return self.shifted(-1)

    def year_ago(self) -> "Period":
        return Period(self.year - 1, self.grain, self.index)

    def overlaps(self, other: "Period") -> bool:
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Read a period.

    Raises:
        PeriodError: `text` is none of the four forms.
    """
    if not re.match(PATTERN, text):
        raise PeriodError(
            f"'{text}' is not a period; write a year 2024, a quarter 2024-Q2, "
            "a month 2024-06 or four weeks 2024-P07"
        )
    year, _, rest = text.partition("-")
    if not rest:
        return Period(int(year), "year", 1)
    if rest.startswith("Q"):
        return Period(int(year), "quarter", int(rest[1:]))
    if rest.startswith("P"):
        return Period(int(year), "four_weeks", int(rest[1:]))
    return Period(int(year), "month", int(rest))


def period_of(day: pl.Expr, grain: Grain) -> pl.Expr:
    """The text of the period of `grain` in which a date or timestamp lies; null stays null."""
    match grain:
        case "year":
            return day.dt.strftime("%Y")
        case "quarter":
            return pl.format("{}-Q{}", day.dt.year(), day.dt.quarter())
        case "month":
            return day.dt.strftime("%Y-%m")
        case "four_weeks":
            number = ((day.dt.week().cast(pl.Int32) - 1) // 4 + 1).clip(upper_bound=13)
            return pl.format("{}-P{}", day.dt.iso_year(), number.cast(pl.String).str.zfill(2))


def days_of(texts: pl.Series) -> pl.DataFrame:
    """Per distinct period its `period`, `first` and `last` day; what is no period is left out."""
    known = texts.unique().drop_nulls()
    found = [(text, parse(text)) for text in known.filter(known.str.contains(PATTERN))]
    return pl.DataFrame(
        [(text, period.first_day, period.last_day) for text, period in found],
        schema={"period": pl.String(), "first": pl.Date(), "last": pl.Date()},
        orient="row",
    )


def between(first: Period, last: Period) -> list[Period]:
    """All periods from `first` to `last`, both included; they must be of one grain."""
    if first.grain != last.grain:
        raise PeriodError(f"{first} and {last} are of different length")
    periods = [first]
    while periods[-1] < last:
        periods.append(periods[-1].shifted(1))
    return periods
