"""How long ideas wait: by hand, and as lifelines has it."""

import lifelines
import numpy as np
import pytest

from metrics.idea_waits import TIME_TO_DECISION, TIME_TO_IMPLEMENTATION, life_tables
from metrics.survival import log_rank, retention
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
    table = life_tables(found, "decision")[()]
    assert table.time.tolist() == [0, 1, 2, 3, 4, 5]
    # f is lost sight of in its first month, d after four.
    assert table.at_risk.tolist() == [6, 4, 3, 1, 1, 0]
    assert table.all_ended.tolist() == [1, 1, 2, 0, 0, 0]
    assert retention(table).value[:3] == pytest.approx([5 / 6, 5 / 8, 5 / 24])
    estimate = TIME_TO_DECISION.compute(found).estimate()
    assert estimate is not None
    assert (estimate.value, estimate.n, estimate.unit) == (2, 6, "months")
    assert estimate.low is not None
    assert estimate.low <= 2


def test_implementation_counts_from_acceptance_and_until_it_was_dropped() -> None:
    table = life_tables(logged(SIX, last="2024-06"), "implementation")[()]
    assert table.at_risk.tolist()[:4] == [2, 1, 1, 1]
    assert table.all_ended.tolist()[:4] == [0, 0, 0, 1]


def test_a_median_that_is_not_reached_has_no_row() -> None:
    waiting: dict[str, Steps] = {"a": {"submitted": "2024-01"}, "b": {"submitted": "2024-03"}}
    assert TIME_TO_DECISION.compute(logged(waiting)).rows.is_empty()
    assert TIME_TO_IMPLEMENTATION.compute(logged(waiting)).rows.is_empty()
    assert life_tables(logged(waiting, first="2024-06"), "decision") == {}


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
    medians = told(TIME_TO_DECISION.compute(found).rows, "theme")
    for number in (0, 1):
        mine = group == number
        theirs = lifelines.KaplanMeierFitter().fit(seen[mine], ended[mine])
        table = tables[f"group {number}",]
        at = theirs.survival_function_.reindex(table.time, method="ffill").to_numpy()[:, 0]
        known = table.at_risk > 0
        assert retention(table).value[known] == pytest.approx(at[known])
        assert medians[f"group {number}"] == theirs.median_survival_time_
    compared = lifelines.statistics.logrank_test(
        seen[group == 0], seen[group == 1], ended[group == 0], ended[group == 1]
    )
    mine_too = log_rank(list(tables.values()))
    assert mine_too is not None
    assert (mine_too.statistic, mine_too.p) == pytest.approx(
        (compared.test_statistic, compared.p_value)
    )


def month(number: int) -> str:
    return f"{2021 + number // 12}-{number % 12 + 1:02}"
