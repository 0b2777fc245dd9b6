"""What changed between two windows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import CATALOGUE
from metrics.changes import change
from metrics.definitions import METRICS
from metrics.results import Table
from tests.metrics.by_hand import cells

SHARE = METRICS["measure.share_at_risk"]


def share(**at_risk: tuple[int, int]) -> Table:
    """Share at risk by location: k of n."""
    rows = [
        {"measure": "bat12", "n": n, "total": 2.0 * n, "at_risk": k, "location": location}
        for location, (k, n) in at_risk.items()
    ]
    return SHARE.compute(cells(*rows, by=["location"]), CATALOGUE["bat12"])


def test_a_change_has_newcombes_interval_in_points() -> None:
    found = change(share(a=(56, 70)), share(a=(48, 80)))
    (row,) = found.rows.to_dicts()
    assert row["value"] == pytest.approx(20)
    assert (row["low"], row["high"]) == pytest.approx((5.24, 33.39), abs=5e-3)
    assert (row["now"], row["before"], row["n"], row["n_before"]) == (80, 60, 70, 80)
    assert row["changed"]
    assert row["p"] < 0.05
    assert found.unit == "percent"


def test_a_difference_that_may_be_chance_is_no_change() -> None:
    (row,) = change(share(a=(31, 100)), share(a=(28, 100))).rows.to_dicts()
    assert row["low"] < 0 < row["high"]
    assert not row["changed"]


def test_only_groups_that_are_in_both_compare() -> None:
    found = change(share(a=(1, 20), b=(2, 20)), share(b=(2, 20), c=(9, 20)))
    assert found.rows["location"].to_list() == ["b"]


def test_without_groups_there_is_one_row() -> None:
    row = {"measure": "bat12", "n": 50, "total": 100.0, "at_risk": 10}
    table = SHARE.compute(cells(row), CATALOGUE["bat12"])
    assert change(table, table).rows.height == 1
    nothing = SHARE.compute(cells(measures=["bat12"]), CATALOGUE["bat12"])
    assert change(table, nothing).rows.is_empty()
    assert change(nothing, table).rows.is_empty()


def test_without_intervals_nothing_changed() -> None:
    metric = METRICS["absence.rate"]
    tables = [
        metric.compute(
            cells(
                {"measure": "hours_lost", "n": 9, "total": hours},
                {"measure": "contract_hours", "n": 9, "total": 1_000.0},
            )
        )
        for hours in (90.0, 40.0)
    ]
    (row,) = change(*tables).rows.to_dicts()
    assert row["value"] == pytest.approx(5)
    assert (row["low"], row["high"], row["p"], row["changed"]) == (None, None, None, False)


def test_unlike_tables_do_not_compare() -> None:
    other = METRICS["measure.mean"].compute(
        cells(measures=["bat12"], by=["location"]), CATALOGUE["bat12"]
    )
    with pytest.raises(ValueError, match=r"can't compare measure\.share_at_risk bat12"):
        change(share(a=(1, 20)), other)


counts = st.integers(11, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_turned_around_a_rise_is_a_fall(first: tuple[int, int], second: tuple[int, int]) -> None:
    (forth,) = change(share(a=first), share(a=second)).rows.to_dicts()
    (back,) = change(share(a=second), share(a=first)).rows.to_dicts()
    assert forth["value"] == pytest.approx(-back["value"])
    assert forth["low"] == pytest.approx(-back["high"])
    assert forth["changed"] == back["changed"]
