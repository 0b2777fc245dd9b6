"""Spells of one employee at once: contradictions are problems, second contracts are not."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from models.imports.employee_key import employee_key, hashed
from tests.models.imports.crossing.crossed import Found, Held, crossed, held


def spell(start: str, end: str | None = None, fte: str | None = "1", **changes: Any):
    return {
        "employee_id": "100",
        "start_on": start,
        "end_on": end,
        "location_id": "A",
        "desk_type": "desk",
        "fte": fte,
        **changes,
    }


def found(*spells: Any, store: Held | None = None) -> Found:
    return crossed(store, assignments=list(spells))


def test_spells_after_each_other_are_good() -> None:
    good = found(
        spell("2023-01-01", "2023-12-31"), spell("2024-01-01"), spell("2024-01-01", employee_id="2")
    )
    assert good == Found((), (), ())


def test_two_full_weeks_at_once_are_too_much() -> None:
    wrong = found(spell("2024-01-01", location_id="B"), spell("2023-01-01"))
    (problem,) = wrong.problems
    assert (problem.rule, problem.row, problem.column) == ("overlapping_spells", 2, "start_on")
    assert problem.message() == (
        "The employee has another spell at the same time, 2023-01-01 – … (row 3); together 2 full "
        "weeks."
    )
    assert "at most 1.5 full weeks" in problem.remedy()


def test_three_small_contracts_may_be_too_much_together() -> None:
    wrong = found(*(spell(f"2023-0{n}-01", fte="0.6", location_id=f"L{n}") for n in (1, 2, 3)))
    assert wrong.places == [("overlapping_spells", "assignments.csv", 4, "start_on")]
    assert "spells beside another" in wrong.notes[0]


def test_second_contracts_are_noted() -> None:
    good = found(spell("2023-01-01", fte="0.8"), spell("2024-01-01", fte="0.4", location_id="B"))
    assert (good.causes, good.warnings) == ((), ())
    assert good.notes == (
        "assignments: spells beside another of the same employee, together at most 1.5 full weeks: "
        "1. They are taken for second contracts.",
    )


def test_without_fte_the_same_place_is_a_repeat_and_another_a_warning() -> None:
    wrong = found(spell("2023-01-01", fte=None), spell("2024-01-01", fte=None))
    assert wrong.places == [("repeated_spell", "assignments.csv", 3, "start_on")]
    doubtful = found(spell("2023-01-01", fte=None), spell("2024-01-01", fte=None, location_id="B"))
    assert doubtful.causes == ()
    assert "with an fte that is not known: 1." in doubtful.warnings[0]


def test_one_shared_day_is_a_matter_of_counting() -> None:
    shared = found(spell("2023-01-01", "2024-01-01"), spell("2024-01-01"))
    assert shared.causes == ()
    assert "begin on the last day of another of the same employee: 1." in shared.warnings[0]


def test_a_long_spell_is_seen_behind_a_short_one() -> None:
    wrong = found(
        spell("2020-01-01", "2024-12-31"),
        spell("2021-01-01", "2021-06-30", fte="0.2", location_id="B"),
        spell("2023-01-01", "2023-06-30", location_id="B"),
    )
    assert [(p.row, p.params["other_row"]) for p in wrong.problems] == [(4, "2")]


def _store(*spells: Any) -> Held:
    frames = dict(held(assignments=list(spells)).frames)
    people = frames["assignments"]
    frames["assignments"] = people.with_columns(hashed(people["employee_id"], employee_key()))
    return Held(frames)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WERKVLOER_DATA", str(tmp_path))


def test_spells_in_the_store_count_by_their_hash() -> None:
    store = _store(spell("2023-01-01"), spell("2023-01-01", employee_id="101"))
    wrong = found(spell("2024-01-01", location_id="B"), store=store)
    assert [(p.rule, p.row) for p in wrong.problems] == [("overlaps_stored_spell", 2)]
    assert "in the store, 2023-01-01 – …;" in wrong.problems[0].message()
    mended = found(spell("2023-01-01", "2023-12-31"), spell("2024-01-01"), store=store)
    assert mended.causes == ()


def test_a_stored_spell_that_begins_later_counts_too() -> None:
    store = _store(spell("2024-01-01"))
    wrong = found(spell("2022-01-01", "2022-12-31"), spell("2023-01-01"), store=store)
    assert [(p.rule, p.row) for p in wrong.problems] == [("overlaps_stored_spell", 3)]


def test_rows_without_an_employee_are_nobodys() -> None:
    empty = spell("2023-01-01", employee_id=None), spell("2024-01-01", employee_id=None)
    assert found(*empty).causes == ()


def test_one_id_in_every_row_is_told_without_pairing_all_rows() -> None:
    # One id in every row, as an export that lost its ids has.
    days = pl.date_range(pl.date(2000, 1, 1), pl.date(2024, 12, 31), eager=True).cast(pl.String)
    wrong = found(*(spell(day) for day in days))
    assert wrong.causes[0].count == days.len() - 1
