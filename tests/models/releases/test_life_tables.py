"""Life tables from raw rows: spells and ideas small enough to check by hand, told without noise."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine

from models.cells import EVERYTHING, Question, answer, load
from models.releases import employment, idea_ages, service
from models.releases.gathering import Gathering, quarters_of
from release.blocks import Block
from release.periods import Period, between
from release.subjects import SUBJECTS
from release.telling import Noise
from tests.models.raw_rows import Put

Spell = tuple[str, date, date | None, str, str, str, str | None]
SPELL = {
    "employee_id": pl.String,
    "start_on": pl.Date,
    "end_on": pl.Date,
    "location_id": pl.String,
    "desk_type": pl.String,
    "contract_type": pl.String,
    "end_reason": pl.String,
    "job_family": pl.String,
}
SITES = pl.DataFrame({"location_id": ["a", "b"], "region": ["north", None]})
DESK, FLOOR = ("a", "desk", "temporary"), ("b", "non_desk", "permanent")


def spells(*rows: Spell) -> pl.DataFrame:
    return pl.DataFrame([(*row, "sales") for row in rows], schema=SPELL, orient="row")


class Frames(Gathering):
    """A gathering of frames instead of raw tables."""

    __slots__ = ()

    def current(self, table: str, where: str = "") -> pl.DataFrame:  # noqa: ARG002
        return self.connection[table]


NOTHING = {
    "social_activity": pl.DataFrame(
        schema={"period": pl.String, "location_id": pl.String, "headcount": pl.Int64}
    ),
    "group_measurements": pl.DataFrame(
        schema={
            "period": pl.String,
            "location_id": pl.String,
            "measure": pl.String,
            "value": pl.Float64,
        }
    ),
}


@pytest.fixture(autouse=True)
def _exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WERKVLOER_DATA", str(tmp_path))
    monkeypatch.setattr(Noise, "of", lambda *_: 0)


def told(block: Block, view: str) -> dict[tuple[str, ...], dict[str, tuple[int, float]]]:
    """Per cell of a view, by its values, n and total of each measure."""
    dims = next(v.dims for v in SUBJECTS[block.subject].views if v.name == view)
    rows = block.values.join(block.cells.filter(pl.col("view") == view), on="cell")
    found: dict[tuple[str, ...], dict[str, tuple[int, float]]] = {}
    for row in rows.iter_rows(named=True):
        cell = tuple(row[dim][0] for dim in dims)
        found.setdefault(cell, {})[row["measure"]] = (row["n"], row["total"])
    return found


def employed(frame: pl.DataFrame, *periods: str) -> dict[str, Block]:
    tables = {"assignments": frame, "locations": SITES, **NOTHING}
    return {each.period: each for each in employment.blocks(Frames(tables, periods, 1, {}))}


FEW = spells(
    # Moves on 16 March, from a desk in the north to the floor elsewhere.
    ("mover", date(2024, 1, 1), date(2024, 3, 15), *DESK, "transfer"),
    ("mover", date(2024, 3, 16), None, *FLOOR, None),
    ("leaver", date(2024, 1, 1), date(2024, 2, 10), *DESK, "voluntary"),
    # Two contracts at once: the one that ends last says why.
    ("both", date(2024, 3, 1), date(2024, 5, 31), *FLOOR, "involuntary"),
    ("both", date(2024, 4, 1), date(2024, 4, 30), *DESK, "end_of_contract"),
)


def test_a_move_is_no_end_and_attributes_are_those_of_the_first_day() -> None:
    found = employed(FEW, "2024-Q1", "2024-Q2")
    assert told(found["2024-Q1"], "region") == {
        ("north", "000-001"): {"tenure_exposed": (2, 2.0), "tenure_ended": (2, 0.0)},
        ("north", "001-002"): {"tenure_exposed": (2, 2.0), "tenure_ended": (2, 1.0)},
        ("north", "002-003"): {"tenure_exposed": (1, 1.0), "tenure_ended": (1, 0.0)},
        ("unknown", "000-001"): {"tenure_exposed": (1, 1.0), "tenure_ended": (1, 0.0)},
        ("north", "000-003"): {
            "ended_voluntary": (2, 1.0),
            "ended_involuntary": (2, 0.0),
            "ended_other": (2, 0.0),
        },
    }
    assert told(found["2024-Q2"], "desk_type") == {
        # The mover's fourth to sixth month, where he works by then.
        ("non_desk", "003-006"): {"tenure_exposed": (1, 1.0), "tenure_ended": (1, 0.0)},
        # April and May of the one with two contracts: the newer one counts.
        ("desk", "001-002"): {"tenure_exposed": (1, 1.0), "tenure_ended": (1, 0.0)},
        ("desk", "002-003"): {"tenure_exposed": (1, 1.0), "tenure_ended": (1, 1.0)},
        ("desk", "000-003"): {
            "ended_voluntary": (1, 0.0),
            "ended_involuntary": (1, 1.0),
            "ended_other": (1, 0.0),
        },
    }
    assert {cell[0] for cell in told(found["2024-Q2"], "cohort")} == {"2024"}


@pytest.mark.parametrize("reason", ["retirement", "end_of_contract", "transfer", "other", None])
def test_every_other_reason_is_another_reason(reason: str | None) -> None:
    frame = spells(("one", date(2024, 1, 1), date(2024, 2, 10), *DESK, reason))
    (block,) = employed(frame, "2024-Q1").values()
    assert told(block, "whole")["000-003",]["ended_other"] == (1, 1.0)


def test_who_stayed_a_year() -> None:
    frame = spells(
        ("first leaver", date(2020, 1, 1), date(2023, 1, 20), *DESK, "voluntary"),
        ("stays", date(2020, 1, 1), None, *DESK, None),
        ("last day", date(2020, 1, 1), date(2023, 12, 31), *DESK, "voluntary"),
        ("too late", date(2023, 1, 1), None, *DESK, None),
    )
    found = employed(frame, "2023-Q3", "2023-Q4")
    assert told(found["2023-Q4"], "whole")["year",] == {"stayed_a_year": (3, 1.0)}
    assert told(found["2023-Q4"], "contract_type")["temporary", "year"] == {
        "stayed_a_year": (3, 1.0)
    }
    # That year began before the first leaver on record.
    assert ("year",) not in told(found["2023-Q3"], "whole")
    assert not any(cell[1] == "year" for cell in told(found["2023-Q4"], "cohort"))


def test_nobody_employed_gives_no_block() -> None:
    assert employed(FEW.clear(), "2024-Q1") == {}


def test_whole_quarters_of_months() -> None:
    months = between(Period(2023, "month", 11), Period(2024, "month", 8))
    assert [each.text for each in quarters_of(months)] == ["2024-Q1", "2024-Q2"]
    assert quarters_of([]) == []


IDEAS = pl.DataFrame(
    {
        "idea_id": ["i1", "i2", "i3", "i4"],
        "submitted_on": [date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 8), date(2024, 1, 8)],
        "location_id": ["a", "a", "a", "b"],
        "desk_type": ["desk", "desk", "non_desk", None],
        "theme": ["tools", "rota", "rota", None],
        "customer_related": [True, True, False, None],
    }
)
EVENTS = pl.DataFrame(
    [
        ("i1", "accepted", date(2024, 1, 3)),
        ("i1", "rejected", date(2024, 1, 5)),
        ("i1", "implemented", date(2024, 1, 9)),
        ("i2", "triaged", date(2024, 1, 2)),
        ("i2", "withdrawn", date(2024, 1, 8)),
        # A step that an export dates before the idea was sent in.
        ("i3", "rejected", date(2024, 1, 1)),
    ],
    schema=["idea_id", "stage", "at"],
    orient="row",
)


def waiting(staff: pl.DataFrame, minimum: int = 1) -> Block:
    tables = {
        "ideas": IDEAS,
        "idea_events": EVENTS,
        "assignments": staff,
        "locations": SITES,
        **NOTHING,
    }
    (block,) = idea_ages.blocks(Frames(tables, ("2024-Q1",), minimum, {}))
    return block


def test_ideas_wait_for_their_first_decision_and_all_for_being_carried_out() -> None:
    found = told(waiting(spells()), "whole")
    assert found["000-007",] == {
        "decision_exposed": (4, 4.0),
        "decision_ended": (4, 2.0),
        "implementation_exposed": (4, 4.0),
        "implementation_ended": (4, 0.0),
    }
    # Two are decided; the rejected ones still wait for what never comes.
    assert found["007-014",] == {
        "decision_exposed": (2, 2.0),
        "decision_ended": (2, 1.0),
        "implementation_exposed": (4, 4.0),
        "implementation_ended": (4, 1.0),
    }
    # The open one, 14 days on: 70 of its 77 days up to the end of March.
    assert found["014-021",]["decision_exposed"] == (1, 1.0)
    assert found["000-728",] == {
        "decided_accepted": (4, 1.0),
        "decided_rejected": (4, 1.0),
        "decided_withdrawn": (4, 1.0),
    }


def test_ideas_by_desk_type_where_enough_people_have_it() -> None:
    desk = spells(*((f"p{number}", date(2020, 1, 1), None, *DESK, None) for number in range(2)))
    by_desk = told(waiting(desk, 2), "desk_type")
    assert {cell[0] for cell in by_desk} == {"desk"}
    assert {cell[0] for cell in told(waiting(desk, 2), "customer")} == {"true"}
    # One is employed: too few to speak of at all; nobody known: as the ideas one by one.
    assert waiting(desk.head(1), 2).cells.is_empty()
    assert told(waiting(spells(), 2), "desk_type") == {}
    assert ("000-007",) in told(waiting(spells(), 2), "whole")
    assert {cell[0] for cell in told(waiting(spells()), "theme")} == {"rota", "tools", "unknown"}


def test_published_quarters_stay_and_what_is_due(database: Engine, bring: Put) -> None:
    staff = [
        (f"p{number}", date(2024, 1, 1), date(2024, 7, 3) if number < 4 else None, *DESK, "other")
        for number in range(30)
    ]
    first = ("early", date(2020, 1, 1), date(2024, 2, 10), *DESK, "other")
    names = pl.DataFrame({"location_id": ["a", "b"], "name": ["A", "B"], "region": ["north", None]})
    bring(assignments=spells(first, *staff), locations=names)
    as_of = date(2024, 12, 31)
    drafts = service.start("publish", as_of=as_of).result()["drafts"]
    # February to July are told of: the second quarter alone lies wholly in them.
    assert [period for subject, period in drafts if subject == "employment"] == ["2024-Q2"]
    held = load(database)
    assert held.periods("tenure_ended") == ["2024-Q2"]
    question = Question(("tenure_exposed",), ("region", "tenure"), last="2024-Q2")
    rows = answer(question, EVERYTHING, held).rows
    assert rows["n"].to_list() == [pytest.approx(30, abs=15)] * rows.height
    bring(assignments=spells(("new", date(2024, 9, 1), None, *DESK, None)))
    again = service.start("publish", as_of=as_of).result()
    # The export reaches September now; the second quarter stays as it was published.
    assert ["employment", "2024-Q2"] in again["waiting"]
    assert ["employment", "2024-Q3"] in again["drafts"]
    with_new = load(database)
    assert answer(question, EVERYTHING, with_new).rows.equals(rows)


def test_a_quarter_is_withdrawn_whole(database: Engine, bring: Put) -> None:
    staff = [(f"p{n}", date(2024, 1, 1), date(2024, 7, 3), *DESK, None) for n in range(30)]
    first = ("early", date(2020, 1, 1), date(2024, 2, 10), *DESK, "other")
    names = pl.DataFrame({"location_id": ["a"], "name": ["A"], "region": ["north"]})
    bring(assignments=spells(first, *staff), locations=names)
    service.start("publish", as_of=date(2024, 12, 31)).result()
    assert "employment" in load(database).blocks["subject"]
    service.start_withdrawal("employment", "2024-Q2").result()
    assert "tenure_ended" not in load(database).measures()
