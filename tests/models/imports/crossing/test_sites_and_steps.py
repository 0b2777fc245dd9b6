"""Days on which a site was closed, steps before their beginning, days to come."""

from datetime import date
from typing import Any

import pytest

from tests.models.imports.crossing.crossed import crossed, held

SITES = [
    {"location_id": "A", "name": "A", "opened_on": "2020-01-01", "closed_on": "2024-03-31"},
    {"location_id": "B", "name": "B"},
]


def answered(day: str, site: str = "A", **changes: str):
    return {
        "response_id": f"r{day}", "wave": "2024-Q1", "answered_on": day, "location_id": site,
        "item": "bat01", "score": "3", **changes,
    }  # fmt: skip


ROW_OF = {
    "survey_answers": lambda day: answered(day),
    "ideas": lambda day: {"idea_id": "i", "submitted_on": day, "location_id": "A"},
    "absence": lambda day: {
        "period": day[:7], "location_id": "A", "hours_lost": "1", "contract_hours": "9",
    },
    "survey_invitations": lambda day: {"wave": day[:7], "location_id": "A", "invited": "5"},
    "customer_feedback": lambda day: {"feedback_id": "f", "at": f"{day} 10:00", "location_id": "A"},
    "cases": lambda day: {"case_id": "c", "opened_at": f"{day} 10:00", "location_id": "A"},
}  # fmt: skip


@pytest.mark.parametrize("table", ROW_OF)
def test_rows_about_a_closed_site_are_wrong(table: str) -> None:
    rows = [ROW_OF[table](day) for day in ("2019-12-31", "2020-01-01", "2024-03-31", "2024-05-02")]
    tables: dict[str, Any] = {"locations": SITES, table: rows}
    found = crossed(**tables)
    rules = [(p.rule, p.row) for p in found.problems if p.file == f"{table}.csv"]
    assert rules == [("not_open_yet", 2), ("closed_site", 5)]


def test_the_words_name_the_days() -> None:
    found = crossed(locations=SITES, survey_answers=[answered("2024-04-01")])
    (problem,) = found.problems
    assert problem.message() == "A closed on 2024-03-31; this row is about 2024-04-01."
    assert problem.column == "location_id"


@pytest.mark.parametrize("table", ["customer_feedback", "cases"])
def test_customers_speak_a_month_longer(table: str) -> None:
    rows = [ROW_OF[table]("2024-05-01")]
    tables: dict[str, Any] = {"locations": SITES, table: rows}
    assert crossed(**tables).causes == ()


def test_money_and_goals_go_on() -> None:
    money = [{"period": "2024-06", "location_id": "A", "revenue": "100"}]
    assert crossed(locations=SITES, financials=money).causes == ()


def test_a_brought_site_goes_before_a_stored_one() -> None:
    store = held(locations=SITES)
    rows = [answered("2024-04-01")]
    assert [p.rule for p in crossed(store, survey_answers=rows).problems] == ["closed_site"]
    reopened = [{"location_id": "A", "name": "A"}]
    assert crossed(store, locations=reopened, survey_answers=rows).causes == ()


def test_spells_may_begin_early_but_not_late() -> None:
    spells = [
        {"employee_id": f"{n}", "start_on": start, "end_on": end, "location_id": "A"}
        for n, (start, end) in enumerate(
            [("2019-11-01", "2024-03-31"), ("2020-01-01", None), ("2024-04-01", "2024-05-01")]
        )
    ]
    found = crossed(locations=SITES, assignments=spells)
    assert found.places == [("closed_site", "assignments.csv", 4, "location_id")]
    assert (
        "spells that begin before their site opened, and count from then on: 1." in found.notes[0]
    )
    assert "spells that go on after their site closed: 1." in found.warnings[0]


IDEA = {"idea_id": "i", "submitted_on": "2024-02-10", "location_id": "B"}


def step(stage: str, at: str, idea: str = "i"):
    return {"idea_id": idea, "stage": stage, "at": at}


def test_an_idea_decided_before_it_was_sent_in() -> None:
    steps = [
        step("accepted", "2024-02-09 09:59"),
        step("triaged", "2024-02-09 10:00"),
        step("triaged", "2024-02-10 00:00"),
        step("rejected", "2024-02-11 00:00"),
    ]
    found = crossed(locations=SITES, ideas=[IDEA], idea_events=steps)
    (problem,) = found.problems
    assert (problem.rule, problem.row, problem.column) == ("before_it_began", 2, "at")
    assert (
        problem.message() == "at (2024-02-09 09:59:00) of i lies before submitted_on (2024-02-10)."
    )


def test_a_day_alone_is_early_only_when_it_is_an_earlier_day() -> None:
    steps = [step("accepted", "2024-02-09 00:00"), step("rejected", "2024-02-10 00:00")]
    found = crossed(locations=SITES, ideas=[IDEA], idea_events=steps)
    assert found.places == [("before_it_began", "idea_events.csv", 2, "at")]


def test_steps_of_a_stored_idea_and_ideas_of_stored_steps() -> None:
    early = [step("accepted", "2024-02-09 09:00")]
    found = crossed(held(ideas=[IDEA]), idea_events=early)
    assert found.places == [("before_it_began", "idea_events.csv", 2, "at")]
    moved = crossed(
        held(ideas=[IDEA | {"submitted_on": "2024-01-01"}], idea_events=early), ideas=[IDEA]
    )
    assert moved.places == [("began_after_step", "ideas.csv", 2, "submitted_on")]


def test_a_case_that_was_resolved_before_it_was_opened() -> None:
    case = {"case_id": "c", "opened_at": "2024-02-10 10:00", "location_id": "B"}
    events = [
        {"case_id": "c", "at": at, "event": "resolved"}
        for at in ("2024-02-10 09:59", "2024-02-10 00:00", "2024-02-10 10:00")
    ]
    found = crossed(cases=[case], case_events=events)
    assert found.places == [("before_it_began", "case_events.csv", 2, "at")]


def test_what_is_implemented_was_accepted_first() -> None:
    steps = [
        step("implemented", "2024-03-01 00:00"), step("accepted", "2024-04-01 00:00"),
        step("accepted", "2024-05-01 00:00", "j"), step("implemented", "2024-05-01 00:00", "j"),
        step("implemented", "2024-05-01 00:00", "k"),
    ]  # fmt: skip
    ideas = [IDEA | {"idea_id": one} for one in "ijk"]
    found = crossed(ideas=ideas, idea_events=steps)
    assert found.places == [("steps_out_of_order", "idea_events.csv", 2, "at")]
    assert found.problems[0].message() == (
        "i was implemented (2024-03-01) before it was accepted (2024-04-01)."
    )


def test_what_happened_lies_in_the_past() -> None:
    today = date(2024, 2, 1)
    found = crossed(
        today=today,
        survey_answers=[answered("2024-02-03", "B"), answered("2024-02-04", "B")],
        cases=[
            {"case_id": "c", "opened_at": "2024-01-01 10:00", "location_id": "B",
             "closed_at": "2042-01-01 10:00"},
        ],
        absence=[
            {"period": period, "location_id": "B", "hours_lost": "1", "contract_hours": "9"}
            for period in ("2024-02", "2024-03")
        ],
        assignments=[{"employee_id": "1", "start_on": "2024-06-01", "location_id": "B"}],
    )  # fmt: skip
    assert found.places == [
        ("in_future", "absence.csv", 3, "period"),
        ("in_future", "cases.csv", 2, "closed_at"),
        ("in_future", "survey_answers.csv", 3, "answered_on"),
    ]


def test_answers_far_from_their_wave_are_a_warning() -> None:
    found = crossed(survey_answers=[answered("2023-09-22", "B"), answered("2023-09-23", "B")])
    assert found.causes == ()
    assert found.warnings == (
        "survey_answers: answers given more than 100 days before or after their wave: 1.",
    )
