"""How long ideas wait: by hand, and as lifelines has it."""

import lifelines
import numpy as np
import pytest

from metrics.definitions import METRICS
from metrics.idea_medians import MONTHS_TO_DECISION, TO_DECISION, TO_IMPLEMENTATION
from metrics.idea_months import DECIDED, IMPLEMENTED, life_tables
from metrics.survival import log_rank, retention
from tests.metrics.by_hand import cells
from tests.metrics.idea_logs import Steps, logged, told

SIX: dict[str, Steps] = {
    "a": {"submitted": "2024-01", "rejected": "2024-01"},
    "b": {"submitted": "2024-01", "accepted": "2024-02", "implemented": "2024-05"},
    "c": {"submitted": "2024-01", "withdrawn": "2024-03"},
    "d": {"submitted": "2024-02"},
    "e": {"submitted": "2024-04", "accepted": "2024-06", "rejected": "2024-06"},
    "f": {"submitted": "2024-06"},
}


def test_six_ideas_by_hand() -> None:
    found = logged(SIX, last="2024-06")
    table = life_tables(found, "decision")[()].table
    assert table.time.tolist() == [0, 1, 2, 3, 4]
    # f is lost sight of in its first month, d after four.
    assert table.at_risk.tolist() == [6, 4, 3, 1, 1]
    assert table.all_ended.tolist() == [1, 1, 2, 0, 0]
    assert retention(table).value[:3] == pytest.approx([5 / 6, 5 / 8, 5 / 24])
    estimate = MONTHS_TO_DECISION.compute(found).estimate()
    assert estimate is not None
    assert (estimate.value, estimate.n, estimate.unit) == (2, 6, "months")
    assert estimate.low is not None
    assert estimate.low <= 2


def test_half_of_a_life_table_in_days() -> None:
    """Of 100 a week: 30 end in the first, 28 of the 70 left in the second."""
    rows = [
        {"age": age, "measure": code, "n": n, "total": total}
        for age, n, ended in (("000-007", 100, 30.0), ("007-014", 70, 28.0))
        for code, total in (("decision_exposed", float(n)), ("decision_ended", ended))
    ]
    found = cells(*rows, by=("age",)).apart(("age",))
    estimate = TO_DECISION.compute(found).estimate()
    assert estimate is not None
    # 0.7 x 0.6 = 0.42 is left after two weeks.
    assert (estimate.value, estimate.n, estimate.unit) == (14, 100, "days")
    assert TO_DECISION.compute(cells(by=("age",)).apart(("age",))).rows.is_empty()


def test_implementation_counts_from_acceptance_and_until_it_was_dropped() -> None:
    table = life_tables(logged(SIX, last="2024-06"), "work")[()].table
    assert table.at_risk.tolist()[:4] == [2, 1, 1, 1]
    assert table.all_ended.tolist()[:4] == [0, 0, 0, 1]


def test_a_median_that_is_not_reached_has_no_row() -> None:
    waiting: dict[str, Steps] = {"a": {"submitted": "2024-01"}, "b": {"submitted": "2024-03"}}
    assert MONTHS_TO_DECISION.compute(logged(waiting)).rows.is_empty()
    assert TO_IMPLEMENTATION.compute(logged(waiting)).rows.is_empty()
    assert life_tables(logged({}), "decision") == {}


def test_ideas_that_waited_before_the_window_count_from_the_age_that_they_had() -> None:
    found = logged(SIX, first="2024-04", last="2024-06")
    waited = life_tables(found, "decision")[()]
    # d is two months old when the window begins; e and f come in it; a, b and c were decided.
    assert waited.ideas == 3
    assert waited.table.at_risk.tolist() == [2, 1, 2, 1, 1]
    assert waited.table.all_ended.tolist() == [0, 0, 1, 0, 0]


def test_the_curve_is_the_share_that_is_over() -> None:
    table = DECIDED.compute(logged(SIX, last="2024-06"))
    assert table.by == ("months",)
    shares = told(table.rows, "months")
    assert shares["000"] == pytest.approx(100 / 6)
    assert shares["002"] == pytest.approx(100 * 19 / 24)
    assert table.rows["n"].to_list() == [6, 4, 3, 1, 1]
    first = table.rows.row(0, named=True)
    assert first["low"] < first["value"] < first["high"]


def test_of_all_ideas_the_rejected_are_never_implemented() -> None:
    table = IMPLEMENTED.compute(logged(SIX, last="2024-06"))
    # b after four months, of b, a, c and d that are so old.
    assert told(table.rows, "months")["004"] == pytest.approx(25)
    assert METRICS["ideas.time_to_implementation"].otherwise is IMPLEMENTED


@pytest.mark.parametrize("seed", range(3))
def test_as_lifelines_has_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sent, wait = rng.integers(0, 36, 400), rng.geometric(0.2 + 0.1 * seed, 400) - 1
    group = rng.integers(0, 2, 400)
    ideas = {}
    for place, (start, length) in enumerate(zip(sent, wait, strict=True)):
        steps = {"submitted": month(start)}
        if start + length < 36:
            steps["rejected"] = month(start + length)
        ideas[f"{place:03}"] = steps
    kinds = {f"{place:03}": f"group {each}" for place, each in enumerate(group)}
    found = logged(ideas, by={"theme": kinds}, first="2021-01", last="2023-12")
    ended = sent + wait < 36
    seen = np.where(ended, wait, 35 - sent)
    tables = life_tables(found, "decision")
    medians = told(MONTHS_TO_DECISION.compute(found).rows, "theme")
    for number in (0, 1):
        mine = group == number
        theirs = lifelines.KaplanMeierFitter().fit(seen[mine], ended[mine])
        table = tables[f"group {number}",].table
        at = theirs.survival_function_.reindex(table.time, method="ffill").to_numpy()[:, 0]
        known = table.at_risk > 0
        assert retention(table).value[known] == pytest.approx(at[known])
        assert medians[f"group {number}"] == theirs.median_survival_time_
    compared = lifelines.statistics.logrank_test(
        seen[group == 0], seen[group == 1], ended[group == 0], ended[group == 1]
    )
    mine_too = log_rank([each.table for each in tables.values()])
    assert mine_too is not None
    assert (mine_too.statistic, mine_too.p) == pytest.approx(
        (compared.test_statistic, compared.p_value)
    )


def month(number: int) -> str:
    return f"{2021 + number // 12}-{number % 12 + 1:02}"
