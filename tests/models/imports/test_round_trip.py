"""Random valid tables come back exactly, in every format; random damage is named."""

import tempfile
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.imports.contract import TABLES, Column, Table
from models.imports.service import check
from tests.models.imports.company import problems, write

ALONE = ("assignments", "customer_feedback", "tool_use", "key_results", "rollouts", "cases")
"""Tables whose rows stand on their own but for the site."""

WRITERS = {
    "csv": lambda frame, path: frame.write_csv(path),
    "xlsx": lambda frame, path: frame.write_excel(path),
    "parquet": lambda frame, path: frame.write_parquet(path),
}
FIRST, LAST = date(1950, 1, 1), date(2020, 12, 31)

letters = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
words = st.text(letters, min_size=1, max_size=9).map(lambda word: f"w{word}")


def cells(column: Column) -> st.SearchStrategy[object]:
    """Valid values of a column in stored form; sites are A and B."""
    low, high = column.low, column.high
    if column.name == "location_id":
        return st.sampled_from(["A", "B"])
    if column.name in {"end_on", "closed_at"}:
        return st.none()
    return {
        "text": words,
        "code": words,
        "option": st.sampled_from(column.options or ("-",)),
        "boolean": st.booleans(),
        "period": st.sampled_from(["2023", "2024"]),
        "integer": st.integers(int(low or 0), int(high or 1_000_000)),
        "number": st.integers(int(low or 0), int(high or 1_000)).map(lambda n: n / 4)
        if not low
        else st.integers(int(low), int(high or 1_000)).map(float),
        "share": st.integers(0, 8).map(lambda n: n / 8),
        "date": st.dates(FIRST, LAST),
        "timestamp": st.datetimes(datetime(1950, 1, 1), datetime(2020, 12, 31)).map(  # noqa: DTZ001
            lambda moment: moment.replace(microsecond=0)
        ),
    }[column.kind]


def rows(table: Table) -> st.SearchStrategy[list[dict[str, object]]]:
    one = st.fixed_dictionaries(
        {
            column.name: cells(column) if column.required else st.none() | cells(column)
            for column in table.columns
        }
    )
    return st.lists(
        one, min_size=1, max_size=8, unique_by=lambda row: tuple(row[name] for name in table.key)
    )


@pytest.mark.parametrize("form", WRITERS)
@given(data=st.data())
def test_valid_tables_come_back_exactly(form: str, data: st.DataObject) -> None:
    table = TABLES[data.draw(st.sampled_from(ALONE))]
    schema = {column.name: column.stored_type for column in table.columns}
    frame = pl.DataFrame(data.draw(rows(table)), schema=schema, orient="row")
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name))
        WRITERS[form](frame, folder / f"{table.name}.{form}")
        report = check((folder,))
    assert report.problems == ()
    assert report.tables[table.name].equals(frame)
    assert report.tables[table.name].schema == frame.schema


@given(data=st.data())
def test_every_damaged_cell_is_named(data: st.DataObject) -> None:
    table = TABLES[data.draw(st.sampled_from(ALONE))]
    good = data.draw(rows(table))
    texts = [{k: "" if v is None else str(v) for k, v in row.items()} for row in good]
    strict = [c.name for c in table.columns if c.kind not in ("text", "code")]
    places = data.draw(
        st.sets(
            st.tuples(st.integers(0, len(good) - 1), st.sampled_from(strict)),
            min_size=1, max_size=4,
        )
    )  # fmt: skip
    for place, column in places:
        texts[place][column] = "§"
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), **{table.name: texts})
        report = check((folder,))
    found = {(one.row, one.column) for one in problems(report) if one.value == "§"}
    assert found == {(place + 2, column) for place, column in places}
