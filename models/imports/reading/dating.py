"""Dates that are told by their whole column: numbers of days in workbooks, day before month."""

from collections.abc import Collection, Iterable
from datetime import date

import polars as pl

from models.imports import parsing

SERIALS = (10_959, 110_000)
"""Numbers of days that are read as dates, from 1930 on: a year is no number of days."""

_DAY_FIRST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})((?:[ T]\d{1,2}:\d{2}.*)?)$"
_SERIAL = r"^(\d{5,6}(?:\.\d+)?)$"


def day_first(frames: Iterable[pl.DataFrame], columns: Collection[str]) -> frozenset[str]:
    """The columns of text in which every value is a date with its day first.

    At least one of them has a day after the twelfth, so that no month can stand first.
    """
    possible = set(columns)
    proven: set[str] = set()
    for frame in frames:
        for name in sorted(possible):
            if frame.schema[name] != pl.String:
                possible.discard(name)
                continue
            cells = frame.lazy().select(name).drop_nulls()
            head = cells.head(100).collect()
            if not _fits(head, name) or not _fits(found := cells.collect(), name):
                possible.discard(name)
                continue
            day = pl.col(name).str.extract(_DAY_FIRST, 1).cast(pl.Int64)
            if found.select((day > 12).any()).item():
                proven.add(name)
        if not possible:
            break
    return frozenset(possible & proven)


def _fits(frame: pl.DataFrame, name: str) -> bool:
    shaped = pl.col(name).str.contains(_DAY_FIRST)
    if not frame.select(shaped.all()).item():
        return False
    return bool(frame.select(parsing.moment_of(year_first(name)).is_not_null().all()).item())


def year_first(name: str) -> pl.Expr:
    """A date with its day first as the rest of the program writes it."""
    return pl.col(name).str.replace(_DAY_FIRST, "${3}-${2}-${1}${4}")


def from_serial(name: str, dtype: pl.DataType, day_zero: date) -> pl.Expr:
    """A column of a workbook as text, its numbers of days as dates and other cells as they are."""
    cell = parsing.text(name, dtype)
    days = cell.str.extract(_SERIAL, 1).cast(pl.Float64, strict=False)
    seconds = (days * 86_400).round().cast(pl.Int64)
    moment = pl.lit(day_zero).cast(pl.Datetime("us")) + pl.duration(seconds=seconds)
    within = days.is_between(*SERIALS)
    return (
        pl.when(within).then(moment.dt.to_string("%Y-%m-%d %H:%M:%S")).otherwise(cell).alias(name)
    )
