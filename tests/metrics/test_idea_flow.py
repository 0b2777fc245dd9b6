"""The flow of ideas: what came and went, what is open, and how long it has been."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.idea_flow import CUMULATIVE, OLDEST, OPEN_NOW, PER_MONTH, balance
from metrics.results import Cells
from tests.metrics.idea_logs import Steps, logged, told

FIVE: dict[str, Steps] = {
    "a": {"submitted": "2023-12", "triaged": "2024-01", "rejected": "2024-02"},
    "b": {"submitted": "2024-01", "accepted": "2024-01", "started": "2024-02"},
    "c": {"submitted": "2024-01"},
    "d": {"submitted": "2024-02", "triaged": "2024-02"},
    "e": {"submitted": "2024-03", "accepted": "2024-03", "implemented": "2024-03"},
}


def test_cumulative_counts_by_hand() -> None:
    table = CUMULATIVE.compute(logged(FIVE, last="2024-03"))
    found = told(table.rows, "stage", "period")
    assert [found[f"submitted 2024-0{month}"] for month in (1, 2, 3)] == [3, 4, 5]
    assert [found[f"decided 2024-0{month}"] for month in (1, 2, 3)] == [1, 2, 3]
    assert [found[f"finished 2024-0{month}"] for month in (1, 2, 3)] == [0, 1, 2]
    assert table.rows["low"].null_count() == table.rows.height


def test_what_happened_in_the_window_per_month() -> None:
    table = PER_MONTH.compute(logged(FIVE, first="2024-02", last="2024-03"))
    assert dict(table.rows.select("stage", "n").iter_rows()) == {
        "submitted": 2,
        "triaged": 1,
        "decided": 2,
        "accepted": 1,
        "rejected": 1,
        "withdrawn": 0,
        "started": 1,
        "implemented": 1,
        "finished": 2,
    }
    submitted = table.rows.filter(stage="submitted").row(0, named=True)
    # Exact limits of 2 are 0.2422 and 7.2247; over two months.
    assert (submitted["value"], submitted["low"], submitted["high"]) == pytest.approx(
        (1, 0.1211, 3.6123), abs=1e-4
    )


def test_a_course_per_group() -> None:
    themes = dict.fromkeys("abc", "tools") | dict.fromkeys("de", "rota")
    table = CUMULATIVE.compute(logged(FIVE, by={"theme": themes}, last="2024-03"))
    found = told(table.rows, "theme", "stage", "period")
    assert (found["rota submitted 2024-03"], found["tools submitted 2024-03"]) == (2, 3)


def test_what_is_open_and_for_how_long() -> None:
    found = logged(FIVE, last="2024-05")
    ages = {
        row["stage"]: (row["value"], row["n"]) for row in OPEN_NOW.compute(found).rows.to_dicts()
    }
    assert ages == {"to_triage": (4, 1), "to_decide": (3, 1), "in_progress": (4, 1)}
    assert list(OLDEST.compute(found).rows.select("idea", "value").iter_rows()) == [
        ("c", 4.0),
        ("d", 3.0),
    ]


def test_ages_are_in_months_whatever_the_period() -> None:
    ideas: dict[str, Steps] = {"a": {"submitted": "2023-Q2"}, "b": {"submitted": "2024-Q1"}}
    table = OLDEST.compute(logged(ideas, first="2023-Q1", last="2024-Q1"))
    assert told(table.rows, "idea") == {"a": 9, "b": 0}


def test_little_where_as_many_go_as_come() -> None:
    ideas = {
        f"{month}": {"submitted": f"2024-{month:02}", "rejected": f"2024-{month + 1:02}"}
        for month in range(1, 4)
    }
    ideas["old"] = {"submitted": "2023-12", "rejected": "2024-01"}
    found = balance(logged(ideas, last="2024-04"))
    assert found is not None
    # One waits from the start to the end of March, none after: 1, 1, 1, 1, 0 at the ends.
    assert (found.inflow, found.outflow, found.stock) == pytest.approx((3, 4, 0.8))
    assert (found.opening, found.closing) == (1, 0)
    assert found.wait is None
    until = {
        name: {stage: at for stage, at in steps.items() if at <= "2024-03"}
        for name, steps in ideas.items()
    }
    even = balance(logged(until, last="2024-03"))
    assert even is not None
    assert (even.inflow, even.outflow, even.wait) == (3, 3, 1)


@pytest.mark.parametrize("found", [logged({}), logged(FIVE, first=None)])
def test_nothing_in_the_window_is_no_flow(found: Cells) -> None:
    assert CUMULATIVE.compute(found).rows.is_empty()
    assert balance(found) is None


MONTHS = [f"2024-{month:02}" for month in range(1, 7)]


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["triaged", "accepted", "rejected", "withdrawn", "started", "implemented"]
            ),
            st.sampled_from(MONTHS),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_no_line_of_the_flow_crosses_the_one_above_it(later: list[dict[str, str]]) -> None:
    ideas = {f"{place}": {"submitted": "2024-01", **each} for place, each in enumerate(later)}
    found = told(CUMULATIVE.compute(logged(ideas, last="2024-06")).rows, "stage", "period")
    for month in MONTHS:
        submitted, decided, finished = (
            found[f"{stage} {month}"] for stage in ("submitted", "decided", "finished")
        )
        assert submitted >= decided >= finished
    for stage in ("submitted", "decided", "finished"):
        course = [found[f"{stage} {month}"] for month in MONTHS]
        assert course == sorted(course)
