"""What stands in a column of a file: dates, numbers, words, and how often the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.imports.contract import Column
from models.imports.guessing.dates import Dates, dates_of, months_of
from models.imports.guessing.words import is_missing, truth_of, understood
from release.periods import PATTERN as PERIOD

MOST_WORDS = 40
"""Distinct values up to which a column is taken to hold words from a list."""

_NUMBER = re.compile(r"^[+-]?(\d{1,3}([. ]\d{3})+|\d+)?([.,]\d+)?\s*%?$")
_COMMA = re.compile(r"^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+\s*%?$")
_SCORE_LIMIT = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What a sample of a column looks like.

    ``values``: the distinct filled cells, most frequent first. ``filled``: how many cells are.
    ``missing``: cells that say that there is nothing. ``numbers``, ``wholes``: shares of the
    distinct values. ``comma``: some have a decimal comma. ``percent``: most have a percent sign.
    """

    values: tuple[str, ...] = ()
    filled: int = 0
    missing: tuple[str, ...] = ()
    dates: Dates = field(default_factory=Dates)
    months: Dates = field(default_factory=Dates)
    numbers: float = 0.0
    wholes: float = 0.0
    low: float = 0.0
    high: float = 0.0
    comma: bool = False
    percent: bool = False
    periods: float = 0.0

    @property
    def unique(self) -> bool:
        """Whether no value comes twice."""
        return self.filled > 1 and len(self.values) == self.filled

    @property
    def few(self) -> bool:
        """Whether the values may be words of a list."""
        return 0 < len(self.values) <= MOST_WORDS

    def fits(self, column: Column) -> float:
        """From 0 (can't be) to 1 (just so), by the kind of the column; 0.5 says nothing."""
        if not self.values:
            return 0.4
        match column.kind:
            case "date" | "timestamp":
                return self.dates.share if self._datelike else 0.0
            case "integer" | "number" | "share":
                return self._fits_number(column)
            case "boolean":
                return _part(truth_of(value) is not None for value in self.values)
            case "option":
                if len(self.values) > MOST_WORDS:
                    return 0.0
                return len(understood(self.values, column)) / len(self.values)
            case "period":
                return max(
                    self.periods, self.dates.share if self._datelike else 0, self.months.share
                )
            case "code" | "text":
                return 0.15 if self._datelike and self.dates.share > 0.9 else 0.5
        return 0.5

    @property
    def _datelike(self) -> bool:
        """Eight digits are a day only where all of them can be."""
        return self.dates.form != "%Y%m%d" or self.dates.share > 0.95

    def _fits_number(self, column: Column) -> float:
        share = self.wholes if column.kind == "integer" else self.numbers
        if self.in_percent(column):
            return share
        if share and column.low is not None and self.low < column.low:
            return 0.2
        if share and column.high is not None and self.high > column.high:
            return 0.2
        return share

    def in_percent(self, column: Column) -> bool:
        """Whether these are percentages of what the column holds as a part of one."""
        a_part = column.kind == "share" or (column.high is not None and column.high <= 2)
        return a_part and column.high is not None and column.high < self.high <= 100

    @property
    def like_scores(self) -> bool:
        """Whether these can be answers on a scale."""
        return self.numbers > 0.9 and self.low >= 0 and self.high <= _SCORE_LIMIT


def look(cells: Iterable[str | None]) -> Look:
    """What the cells of one column look like; nothing filled gives an empty look."""
    counts: dict[str, int] = {}
    missing: dict[str, None] = {}
    for cell in cells:
        if cell is None:
            continue
        if is_missing(cell):
            missing[cell] = None
        else:
            counts[cell] = counts.get(cell, 0) + 1
    values = tuple(sorted(counts, key=lambda value: -counts[value]))
    if not values:
        return Look(missing=tuple(missing))
    numeric = [value for value in values if _NUMBER.match(value) and any(map(str.isdigit, value))]
    amounts = [_amount(value) for value in numeric]
    return Look(
        values,
        sum(counts.values()),
        tuple(missing),
        dates_of(values),
        months_of(values),
        len(numeric) / len(values),
        sum(amount.is_integer() for amount in amounts) / len(values),
        min(amounts, default=0.0),
        max(amounts, default=0.0),
        any(_COMMA.match(value) for value in values),
        sum("%" in value for value in values) > len(values) / 2,
        _part(re.match(PERIOD, value.upper()) is not None for value in values),
    )


def _amount(value: str) -> float:
    plain = value.rstrip("% ").replace(" ", "")
    if _COMMA.match(value):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def _part(truths: Iterable[bool]) -> float:
    listed = list(truths)
    return sum(listed) / len(listed)
