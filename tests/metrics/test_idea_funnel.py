"""The funnel of ideas: a log to count by hand, and numbers that always add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import idea_log
from metrics.definitions import METRICS
from metrics.idea_funnel import ACCEPTANCE, FUNNEL, REALISED, REALISED_OF_SUBMITTED
from metrics.idea_log import ACCEPTED, OPEN, REACHED, STANDING, UNDECIDED
from metrics.metric import MetricError
from metrics.results import Cells, Table
from tests.metrics.idea_logs import Steps, logged

TEN: dict[str, Steps] = {
    "new": {"submitted": "2024-12"},
    "seen": {"submitted": "2024-06", "triaged": "2024-06"},
    "no": {"submitted": "2024-01", "triaged": "2024-02", "rejected": "2024-03"},
    "back": {"submitted": "2024-01", "withdrawn": "2024-01"},
    "yes": {"submitted": "2024-02", "triaged": "2024-02", "accepted": "2024-04"},
    "busy": {"submitted": "2024-02", "accepted": "2024-04", "started": "2024-05"},
    "done": {
        "submitted": "2024-02",
        "accepted": "2024-04",
        "started": "2024-05",
        "implemented": "2024-09",
    },
    # No acceptance on record: it was implemented, so it was accepted.
    "quick": {"submitted": "2024-03", "implemented": "2024-03"},
    "dropped": {"submitted": "2024-03", "accepted": "2024-04", "withdrawn": "2024-08"},
    # Rejected first, accepted after all.
    "reopened": {"submitted": "2024-03", "rejected": "2024-04", "accepted": "2024-07"},
    "before": {"submitted": "2023-11", "accepted": "2024-01"},
}


def counted(table: Table) -> dict[tuple[str, str], int]:
    return {(row["reading"], row["stage"]): row["n"] for row in table.rows.to_dicts()}


def test_ten_ideas_by_hand() -> None:
    table = FUNNEL.compute(logged(TEN))
    assert counted(table) == {
        ("reached", "submitted"): 10,
        ("reached", "triaged"): 3,
        ("reached", "decided"): 8,
        ("reached", "accepted"): 6,
        ("reached", "rejected"): 2,
        ("reached", "withdrawn"): 2,
        ("reached", "started"): 2,
        ("reached", "implemented"): 2,
        ("standing", "to_triage"): 1,
        ("standing", "to_decide"): 1,
        ("standing", "to_start"): 2,
        ("standing", "in_progress"): 1,
        ("standing", "implemented"): 2,
        ("standing", "dropped"): 1,
        ("standing", "rejected"): 1,
        ("standing", "withdrawn"): 1,
    }
    accepted = table.rows.filter(stage="accepted").row(0, named=True)
    # Wilson's interval of 6 of 10.
    assert (accepted["value"], accepted["low"], accepted["high"]) == pytest.approx(
        (60, 31.267, 83.182), abs=0.001
    )
    assert table.rows.filter(stage="submitted")["low"].to_list() == [None]
    assert not table.withheld


def test_shares_of_what_was_decided_and_of_what_was_submitted() -> None:
    found = logged(TEN)
    # Decided in the window: all but two of the ten, and the one of before.
    assert estimated(ACCEPTANCE.compute(found)) == pytest.approx((100 * 7 / 9, 9))
    assert estimated(REALISED.compute(found)) == pytest.approx((100 * 2 / 9, 9))
    assert estimated(REALISED_OF_SUBMITTED.compute(found)) == (20, 10)


def estimated(table: Table) -> tuple[float, int]:
    found = table.estimate()
    assert found is not None
    return found.value, found.n


def test_what_happens_after_the_window_is_not_known_in_it() -> None:
    until = {
        idea: {stage: at for stage, at in steps.items() if at <= "2024-04"}
        for idea, steps in TEN.items()
        if steps["submitted"] <= "2024-04"
    }
    found = counted(FUNNEL.compute(logged(until, last="2024-04")))
    assert found["standing", "implemented"] == 1
    assert found["standing", "rejected"] == 2
    assert found["standing", "dropped"] == 0


def test_each_group_has_a_funnel_of_its_own() -> None:
    themes = {idea: "tools" if idea < "n" else "rota" for idea in TEN}
    table = FUNNEL.compute(logged(TEN, by={"theme": themes}))
    assert table.by == ("theme", "reading", "stage")
    sent = table.rows.filter(reading="reached", stage="submitted")
    assert dict(sent.select("theme", "n").iter_rows()) == {"rota": 6, "tools": 4}


def test_steps_of_ideas_whose_sending_in_is_not_known_are_left_out_and_said() -> None:
    table = FUNNEL.compute(logged({**TEN, "lost": {"rejected": "2024-05"}}))
    assert counted(table)["reached", "rejected"] == 2
    assert table.withheld


@pytest.mark.parametrize(
    "found", [logged({}), logged(TEN, first=None), logged(TEN, first="2025-01")]
)
def test_no_ideas_in_the_window_give_no_rows(found: Cells) -> None:
    for metric in (FUNNEL, ACCEPTANCE, REALISED, REALISED_OF_SUBMITTED):
        assert metric.compute(found).rows.is_empty()


def test_a_stage_that_is_not_on_record_is_not_told_as_zero() -> None:
    without = tuple(code for code in idea_log.MEASURES if code != "ideas_started")
    found = logged({"one": {"submitted": "2024-02"}}).only(without)
    assert ("reached", "started") not in counted(FUNNEL.compute(found))
    with pytest.raises(MetricError, match="ideas_implemented"):
        REALISED.asks(["ideas_submitted"])


def test_every_stage_has_a_word() -> None:
    assert set(OPEN) | set(ACCEPTED) | {"rejected", "withdrawn"} == set(STANDING)
    assert METRICS["ideas.funnel"] is FUNNEL


MONTHS = [f"2024-{month:02}" for month in range(1, 13)]


@st.composite
def steps(draw: st.DrawFn) -> Steps:
    """Any steps in any order, as untidy records have them."""
    stages = draw(st.sets(st.sampled_from([each for each in REACHED if each != "decided"])))
    return {stage: draw(st.sampled_from(MONTHS)) for stage in sorted(stages)}


@given(st.lists(steps(), max_size=12), st.sampled_from(MONTHS))
def test_the_counts_add_up(ideas: list[Steps], first: str) -> None:
    table = FUNNEL.compute(
        logged({f"i-{place}": each for place, each in enumerate(ideas)}, first=first)
    )
    found = counted(table)
    assert sum(first <= each.get("submitted", "") for each in ideas) == found.get(
        ("reached", "submitted"), 0
    )
    if not found:
        return
    standing = {stage: found["standing", stage] for stage in STANDING}
    assert sum(standing.values()) == found["reached", "submitted"]
    undecided = sum(standing[stage] for stage in UNDECIDED)
    accepted = sum(standing[stage] for stage in ACCEPTED)
    assert accepted == found["reached", "accepted"]
    assert undecided + found["reached", "decided"] == found["reached", "submitted"]
    assert (
        undecided + accepted + standing["rejected"] + standing["withdrawn"]
        == found["reached", "submitted"]
    )
    assert standing["implemented"] == found["reached", "implemented"]
    for stage in ("rejected", "withdrawn"):
        assert standing[stage] <= found["reached", stage]
