"""Responses that are stored otherwise, copies, invitations, spellings and totals."""

from typing import Any

from tests.models.imports.crossing.crossed import Found, Held, crossed, held

ITEMS = [f"bat{n:02d}" for n in range(1, 13)] + [f"uwes{n}" for n in range(1, 4)]


def sheet(response: str, scores: list[int] | None = None, **changes: Any) -> list[dict[str, Any]]:
    """A response to fifteen items."""
    given = scores or [1 + n % 5 for n in range(len(ITEMS))]
    return [
        {
            "response_id": response,
            "wave": "2024-Q1",
            "answered_on": "2024-02-01",
            "location_id": "A",
            "item": item,
            "score": score,
            **changes,
        }
        for item, score in zip(ITEMS, given, strict=True)
    ]


def answers(*sheets: list[dict[str, Any]], store: Held | None = None, **tables: Any) -> Found:
    return crossed(store, survey_answers=[row for one in sheets for row in one], **tables)


def test_a_response_stored_at_another_site_is_named_when_it_comes_in_part() -> None:
    store = held(survey_answers=sheet("r1"))
    part = answers(sheet("r1", location_id="B")[:3], store=store)
    (problem,) = part.problems
    assert (problem.rule, problem.row, problem.column) == ("stored_otherwise", 2, "location_id")
    assert problem.message() == "Response r1 has location_id B here and A in the store."
    later = answers(sheet("r1", answered_on="2024-02-02")[:3], store=store)
    assert [(p.rule, p.column) for p in later.problems] == [("stored_otherwise", "answered_on")]


def test_a_response_that_is_brought_whole_is_a_correction() -> None:
    store = held(survey_answers=sheet("r1"))
    assert answers(sheet("r1", location_id="B"), store=store).causes == ()
    assert answers(sheet("r1")[:3], store=store).causes == ()
    assert answers(sheet("r1", wave="2024-Q2")[:3], store=store).causes == ()


def test_copies_of_a_whole_sheet_are_a_warning() -> None:
    found = answers(sheet("r1"), sheet("r2"), sheet("r3", [1 + n % 4 for n in range(15)]))
    assert found.warnings == (
        "survey_answers: responses that are the same as another in every answer: 1, such as "
        "r1, r2. Was the export joined twice?",
    )


def test_short_sheets_and_straight_lines_are_no_copies() -> None:
    assert answers(sheet("r1")[:14], sheet("r2")[:14]).warnings == ()
    assert answers(sheet("r1", [3] * 15), sheet("r2", [3] * 15)).warnings == ()
    assert answers(sheet("r1"), sheet("r2", location_id="B")).warnings == ()


def test_more_answers_than_invitations_are_a_warning() -> None:
    asked = [
        {"wave": "2024-Q1", "location_id": "A", "desk_type": kind, "invited": "1"}
        for kind in ("desk", "non_desk")
    ]
    three = [sheet(f"r{n}", [1 + (k * n) % 5 for k in range(15)]) for n in (1, 2, 3)]
    assert answers(*three[:2], survey_invitations=asked).warnings == ()
    (warning,) = answers(*three, survey_invitations=asked).warnings
    assert "than were invited: 1, such as" in warning
    assert "A, 2024-Q1: 3 > 2" in warning


def test_codes_that_differ_in_their_writing_only_are_a_warning() -> None:
    sites = [{"location_id": one, "name": one} for one in ("AMS-01", "ams 1", "AMS-02")]
    assert crossed(locations=sites).warnings == (
        "locations: values of location_id that differ only in how they are written: 2, such as "
        "AMS-01 = ams 1. They count as different ones.",
    )
    store = held(locations=sites[:1])
    assert len(crossed(store, locations=sites[1:2]).warnings) == 1
    assert crossed(store, locations=sites[:1]).warnings == ()


def test_employees_are_counted_but_not_named() -> None:
    people = [
        {"employee_id": one, "start_on": "2024-01-01", "location_id": "A"} for one in ("017", "17")
    ]
    (warning,) = crossed(assignments=people).warnings
    assert warning.startswith("assignments: values of employee_id that differ only")
    assert "17" not in warning


def test_parts_that_add_up_to_more_than_their_total_are_a_warning() -> None:
    rows = [
        {"period": "2024-01", "location_id": "A", "desk_type": kind, "hours_lost": hours,
         "contract_hours": "100"}
        for kind, hours in ((None, "10"), ("desk", "6"), ("non_desk", "5"))
    ]  # fmt: skip
    (warning, _) = crossed(absence=rows).warnings
    assert warning == (
        "absence: sites and periods for which hours_lost by desk type adds up to more than the "
        "total: 1, such as A, 2024-01: 11 > 10."
    )
    assert crossed(absence=rows[1:]).warnings == ()
