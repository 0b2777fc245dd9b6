"""Cells into stored form: exact values of each kind, from text and from typed columns."""

from datetime import UTC, date, datetime
from functools import partial

import polars as pl
import pytest

from models.imports import parsing
from models.imports.contract import Column
from models.imports.moments import moments
from models.imports.numerals import whole

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
    ("number", "1.234,5", 1234.5),
    ("number", "1,234.5", 1234.5),
    ("number", "1.234.567", 1234567.0),
    ("number", "1,234,567", 1234567.0),
    ("number", "1 234,5", 1234.5),
    ("number", "1\u00a0234\u202f567", 1234567.0),
    ("number", "1'234.5", 1234.5),
    ("number", "12 34", None),
    ("number", "1.23.456", None),
    ("number", "1,2,3", None),
    ("number", "\u2212" + "3", -3.0),
    ("number", "12,5 %", 12.5),
    ("number", "% 12", None),
    ("number", "€ 12", None),
    ("number", "1_000", None),
    ("number", "0x10", None),
    ("number", "inf", None),
    ("share", "12,5 %", 0.125),
    ("share", "12.5%", 0.125),
    ("integer", "1 234", 1234),
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
    ("date", "2024-03-01T00:00:00+01:00", date(2024, 3, 1)),
    ("date", "2024-03-01 00:30:00.5+0100", date(2024, 3, 1)),
    ("date", "2024-02-29T23:30:00-05:00", date(2024, 2, 29)),
    ("date", "2024-03-01T00:00:00Z", date(2024, 3, 1)),
    ("timestamp", "2024-03-01T00:00:00+01:00", naive(2024, 2, 29, 23)),
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
    ("period", "0024", None),
    ("period", "0202-06", None),
    ("period", "1900-Q1", "1900-Q1"),
    ("period", "2201", None),
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


def test_a_day_with_a_zone_is_that_of_the_place() -> None:
    zoned = pl.Series("c", [datetime(2024, 5, 31, 22, tzinfo=UTC)]).dt.convert_time_zone(
        "Europe/Amsterdam"
    )
    frame = pl.DataFrame({"c": zoned})
    for column, expected in (
        (Column("c", "date"), date(2024, 6, 1)),
        (Column("c", "period"), "2024-06"),
    ):
        assert frame.select(parsing.stored(column, frame.schema["c"])).item() == expected
    assert frame.select(parsing.text("c", frame.schema["c"])).item() == (
        "2024-06-01 00:00:00+02:00"
    )


def test_an_empty_column_is_all_null() -> None:
    for kind in ("text", "integer", "number", "date", "timestamp", "boolean", "period"):
        assert read(kind, [None, None], pl.Null) == [None, None]


MONEY = [
    ("€ 1.234,50", 1234.5),
    ("EUR 12", 12.0),
    ("12,50 €", 12.5),
    ("-5 eur", -5.0),
    ("$ 12", None),
    ("12 kg", None),
]


@pytest.mark.parametrize(("cell", "expected"), MONEY)
def test_amounts_of_money(cell: str, expected: float | None) -> None:
    frame = pl.DataFrame({"revenue": [cell]})
    column = Column("revenue", "number")
    assert frame.select(parsing.stored(column, pl.String())).item() == expected


@pytest.mark.parametrize(
    ("cell", "thousands", "expected"),
    [("1.234", ".", 1234.0), ("1,234", ",", 1234.0), ("1.234", ",", 1.234), ("1,234", ".", 1.234),
     ("1.234,5", ".", 1234.5), ("12.5", ".", 12.5)],
)  # fmt: skip
def test_a_mapping_says_what_groups_thousands(cell, thousands, expected) -> None:
    column = Column("c", "number")
    read = pl.DataFrame({"c": [cell]}).select(parsing.stored(column, pl.String(), thousands))
    assert read.item() == expected


TWO_WAYS = [
    ("1,234", True, False),
    ("1.234", False, True),
    ("0,234", False, False),
    ("12,34", False, False),
    ("€ 1,234", True, False),
    ("1,234 %", True, False),
    (None, None, None),
]


@pytest.mark.parametrize(("cell", "point", "comma"), TWO_WAYS)
def test_what_can_be_read_in_two_ways(cell, point, comma) -> None:
    frame = pl.DataFrame({"c": [cell]}, schema={"c": pl.String})
    for decimal_comma, expected in ((False, point), (True, comma)):
        found = parsing.ambiguous(pl.col("c"), decimal_comma=decimal_comma)
        assert frame.select(found).item() is expected


def test_moments_of_several_forms_in_one_column() -> None:
    cells = pl.Series(
        [
            None,
            "2024-06-30 14:05",
            "2024-06-30",
            "no",
            "2024-06-30T14:05:06.5",
            "2024-06-30 14:05:06+02:00",
        ]
    )
    found = moments(cells)
    assert found.dtype == pl.Datetime("us")
    assert found.dt.to_string("%d %H:%M:%S%.3f").to_list() == [
        None,
        "30 14:05:00.000",
        "30 00:00:00.000",
        None,
        "30 14:05:06.500",
        "30 12:05:06.000",
    ]
    assert moments(pl.Series([None], dtype=pl.String)).to_list() == [None]
    assert moments(pl.Series([], dtype=pl.String)).to_list() == []


def test_whole_numbers_in_every_way_of_writing() -> None:
    written = pl.Series(["7", "7.0", "7,5", "1 234", "9007199254740993", "-3", None, "x"])
    assert whole(written).to_list() == [7, 7, None, 1234, None, -3, None, None]


PROVEN = [
    (["12.500", "1.250,50"], False, [True, False]),
    (["12.500", "7,5"], False, [True, False]),
    (["12.500", "1.234.567"], False, [True, False]),
    (["12.500", "12.5", "0.125"], False, [False, False, False]),
    (["0.125", "1.250,50"], False, [False, False]),
    (["1,234", "12,345.50"], True, [True, False]),
    (["1,234", "12.5"], True, [True, False]),
    (["1,234", "0,125", "1,5"], True, [False, False, False]),
]


@pytest.mark.parametrize(("cells", "decimal_comma", "expected"), PROVEN)
def test_another_cell_may_prove_what_groups_thousands(cells, decimal_comma, expected) -> None:
    found = parsing.ambiguous(pl.col("c"), decimal_comma=decimal_comma)
    assert pl.DataFrame({"c": cells}).select(found).to_series().to_list() == expected


def test_neither_sign_has_a_place_in_a_whole_number() -> None:
    frame = pl.DataFrame({"c": ["1.000", "1,000", "12.0", "12", "1.234.567", "0.125"]})
    found = frame.select(parsing.ambiguous(pl.col("c"), decimal_comma=False, whole=True))
    assert found.to_series().to_list() == [True, True, False, False, False, False]
