"""The same seed gives the same rows, and the rows are what the contract asks for."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import seed
from models.imports.contract import TABLES
from seed.__main__ import main
from seed.calendar import PERIODS

ITEM_RANGES = {"enps": (0, 10), "uwes": (0, 6), "barrier": (0, 1), "struggle": (0, 1)}


def test_the_same_seed_gives_the_same_rows(demo):
    again = seed.generate(np.random.default_rng(seed.DEFAULT_SEED))
    assert list(again) == list(demo)
    for name, frame in demo.items():
        assert frame.equals(again[name]), name


def test_another_seed_gives_other_rows(demo):
    other = seed.generate(np.random.default_rng(1))
    assert not demo["survey_answers"].equals(other["survey_answers"])
    assert not demo["assignments"].equals(other["assignments"])
    # What the company decided is no chance: sites, teams and roll-outs stay.
    for name in ("locations", "teams", "rollouts", "measures"):
        assert demo[name].equals(other[name])


def test_there_is_a_frame_for_every_table_of_the_contract(demo):
    assert list(demo) == list(TABLES)
    assert all(frame.height > 0 for frame in demo.values())


@pytest.mark.parametrize("name", list(TABLES))
def test_a_frame_has_the_contracts_columns_types_and_values(demo, name):
    frame, table = demo[name], TABLES[name]
    columns = {column.name: column for column in table.columns}
    if table.wide:
        del columns["item"], columns["score"]
    assert set(columns) <= set(frame.columns)
    for column in columns.values():
        values = frame[column.name]
        assert values.dtype == column.stored_type, column.name
        filled = values.drop_nulls()
        assert not column.required or len(filled) == len(values), column.name
        assert not column.options or set(filled.unique()) <= set(column.options), column.name
        assert column.low is None or filled.is_empty() or filled.min() >= column.low, column.name
        assert column.high is None or filled.is_empty() or filled.max() <= column.high, column.name
    key = [part for part in table.key if part in frame.columns]
    assert frame.select(key).is_unique().all()
    for later, earlier in table.not_before:
        assert (frame[later] >= frame[earlier]).drop_nulls().all()


@pytest.mark.parametrize("name", list(TABLES))
def test_every_reference_finds_its_row(demo, name):
    for column in TABLES[name].columns:
        if column.refers and column.name in demo[column.refers].columns:
            known = demo[column.refers][column.name].implode()
            assert demo[name][column.name].is_in(known).all(), column.name


def test_items_keep_to_their_scales(demo):
    wide = demo["survey_answers"]
    fixed = set(TABLES["survey_answers"].names)
    for item in set(wide.columns) - fixed:
        low, high = next(
            (limits for start, limits in ITEM_RANGES.items() if item.startswith(start)), (1, 5)
        )
        values = wide[item].drop_nulls()
        assert wide[item].dtype == pl.Float64
        assert not values.is_nan().any()
        assert values.min() >= low
        assert values.max() <= high
        assert (values == values.round()).all()


def test_the_window_has_36_months():
    assert len(PERIODS) == 36
    assert (PERIODS[0], PERIODS[-1]) == ("2023-07", "2026-06")


def test_no_day_lies_outside_the_window(demo):
    first, last = date(2023, 7, 1), date(2026, 6, 30)
    for table, column in (("survey_answers", "answered_on"), ("ideas", "submitted_on"),
                          ("customer_feedback", "at"), ("cases", "opened_at"),
                          ("cases", "closed_at"), ("case_events", "at"),
                          ("idea_events", "at"), ("rollouts", "started_on")):  # fmt: skip
        days = demo[table][column].drop_nulls().cast(pl.Date)
        assert days.min() >= first, table
        assert days.max() <= last, table
    assert demo["assignments"]["start_on"].max() <= last
    assert demo["assignments"]["end_on"].drop_nulls().min() >= first


def test_the_earlier_export_has_the_regions_old_name(demo):
    before, now = seed.locations_before(), demo["locations"]
    assert before.schema == now.schema
    assert "Randstad-Noord" in before["region"].to_list()
    assert "Noordwest" not in before["region"].to_list()
    assert "Randstad-Noord" not in now["region"].to_list()
    assert before.height == now.height - 1
    assert before["closed_on"].null_count() == before.height


def test_files_are_named_after_the_tables_and_hold_the_same_rows(demo, tmp_path: Path):
    small = {name: demo[name] for name in ("locations", "rollouts", "measures")}
    files = seed.write(small, tmp_path / "new")
    assert [file.name for file in files] == [f"{name}.parquet" for name in small]
    for name, file in zip(small, files, strict=True):
        assert pl.read_parquet(file).equals(small[name])


def test_the_command_writes_the_earlier_sites(tmp_path: Path, capsys):
    main(folder=tmp_path, seed=3, before=True)
    assert [file.name for file in tmp_path.iterdir()] == ["locations.parquet"]
    assert "41 rows" in capsys.readouterr().out
