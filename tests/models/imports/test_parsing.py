"""Cells into stored form: exact values of each kind, from text and from typed columns."""

from datetime import UTC, date, datetime
from functools import partial

import polars as pl
import pytest

from models.imports import parsing
from models.imports.contract import Column

naive = partial(datetime, tzinfo=None)


def read(kind, values, dtype=None, options=()) -> list[object]:
    frame = parsing.tidy(pl.DataFrame({"c": pl.Series(values, dtype=dtype, strict=False)}))
    column = Column("c", kind, options=options)
    return frame.select(parsing.stored(column, frame.schema["c"])).to_series().to_list()


TEXTS = [
    ("number", "12.5", 12.5),
    ("number", "12,5", 12.5),
    ("number", " -3 ", -3.0),
    ("number", "1e3", 1000.0),
    ("number", "1.234,5", None),
    ("number", "1e999", None),
    ("number", "nan", None),
    ("number", "twelve", None),
    ("number", "", None),
    ("integer", "12", 12),
    ("integer", "12.0", 12),
    ("integer", "12.5", None),
    ("integer", "9007199254740993000", None),
    ("share", "0,4", 0.4),
    ("boolean", "Ja", True),
    ("boolean", "false", False),
    ("boolean", "0", False),
    ("boolean", "maybe", None),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("date", "2023-02-29", None),
    ("date", "2024-02-29 14:05:10", date(2024, 2, 29)),
    ("date", "0024-02-29", None),
    ("date", "31/12/2024", None),
    ("timestamp", "2024-06-30 14:05", naive(2024, 6, 30, 14, 5)),
    ("timestamp", "2024-06-30T14:05:01.25", naive(2024, 6, 30, 14, 5, 1, 250000)),
    ("timestamp", "2024-06-30 14:05:00+02:00", naive(2024, 6, 30, 12, 5)),
    ("timestamp", "2024-06-30T14:05:00Z", naive(2024, 6, 30, 14, 5)),
    ("timestamp", "2024-06-30", naive(2024, 6, 30)),
    ("timestamp", "yesterday", None),
    ("period", "2024", "2024"),
    ("period", "2024-q2", "2024-Q2"),
    ("period", "2024-06", "2024-06"),
    ("period", "2024-P13", "2024-P13"),
    ("period", "2024-P14", None),
    ("period", "2024-13", None),
    ("code", " A 7 ", "A 7"),
    ("code", "  ", None),
    ("option", "Non-Desk", "non_desk"),
    ("option", "on call", "on_call"),
    ("option", "sitting", None),
]


@pytest.mark.parametrize(("kind", "cell", "expected"), TEXTS)
def test_text_cells(kind, cell, expected) -> None:
    options = ("non_desk", "on_call") if kind == "option" else ()
    assert read(kind, [cell], pl.String, options) == [expected]


TYPED = [
    ("code", 7, pl.Int32, "7"),
    ("code", 7.0, pl.Float64, "7"),
    ("code", 7.5, pl.Float64, "7.5"),
    ("code", float("nan"), pl.Float64, None),
    ("code", date(2024, 1, 2), pl.Date, "2024-01-02"),
    ("period", 2024.0, pl.Float64, "2024"),
    ("period", date(2024, 6, 1), pl.Date, "2024-06"),
    ("period", date(2024, 6, 2), pl.Date, None),
    ("integer", 3.0, pl.Float64, 3),
    ("integer", 3.5, pl.Float64, None),
    ("number", True, pl.Boolean, 1.0),
    ("number", float("inf"), pl.Float64, None),
    ("number", date(2024, 1, 2), pl.Date, None),
    ("boolean", 1, pl.Int8, True),
    ("boolean", 0.0, pl.Float64, False),
    ("boolean", 2, pl.Int8, None),
    ("date", naive(2024, 1, 2, 3, 4), pl.Datetime("ms"), date(2024, 1, 2)),
    ("date", 45292, pl.Int64, None),
    ("timestamp", date(2024, 1, 2), pl.Date, naive(2024, 1, 2)),
    ("option", "non_desk", pl.Categorical, "non_desk"),
]


@pytest.mark.parametrize(("kind", "cell", "dtype", "expected"), TYPED)
def test_typed_cells(kind, cell, dtype, expected) -> None:
    options = ("non_desk",) if kind == "option" else ()
    assert read(kind, [cell], dtype, options) == [expected]


def test_a_moment_with_a_zone_is_stored_in_utc() -> None:
    zoned = pl.Series([datetime(2024, 6, 30, 12, 5, tzinfo=UTC)]).dt.convert_time_zone(
        "Europe/Amsterdam"
    )
    frame = pl.DataFrame({"c": zoned})
    stored = frame.select(parsing.stored(Column("c", "timestamp"), frame.schema["c"]))
    assert stored.to_series().to_list() == [naive(2024, 6, 30, 12, 5)]
    assert stored.schema["c"] == pl.Datetime("us")


def test_an_empty_column_is_all_null() -> None:
    for kind in ("text", "integer", "number", "date", "timestamp", "boolean", "period"):
        assert read(kind, [None, None], pl.Null) == [None, None]
