"""Where to look: each site against all others, with few false alarms."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS, MetricError
from metrics.results import Cells
from metrics.standing_out import standing_out
from tests.metrics.by_hand import cells

SHARE = METRICS["measure.share_at_risk"]
MEAN = METRICS["measure.mean"]
TURNOVER = METRICS["turnover.rate"]


def sites(*counts: tuple[int, int], better: str = "bat12") -> Cells:
    """Cells by location a, b, c ...: k at risk of n."""
    rows = [
        {"measure": better, "n": n, "total": 2.0 * n, "at_risk": k, "location": f"{number:03d}"}
        for number, (k, n) in enumerate(counts)
    ]
    return cells(*rows, by=["location"])


def test_each_is_held_against_the_others_without_itself() -> None:
    found = standing_out(sites((10, 100), (10, 100), (40, 100)), SHARE, CATALOGUE["bat12"]).rows
    rest = {row["location"]: row["rest"] for row in found.to_dicts()}
    assert rest == pytest.approx({"000": 25, "001": 25, "002": 10})
    worst = found.to_dicts()[0]
    assert worst["location"] == "002"
    assert worst["difference"] == pytest.approx(30)
    assert worst["flagged"]
    assert worst["worse"]
    assert (worst["difference_low"], worst["difference_high"]) == pytest.approx((20, 40), abs=2)


def test_worse_ones_lead_then_better_ones_then_the_rest_by_what_is_sure() -> None:
    found = standing_out(
        sites((27, 100), (60, 100), (50, 100), (2, 100), (26, 100), (6, 20)),
        SHARE,
        CATALOGUE["bat12"],
    ).rows
    assert found["location"].to_list()[:3] == ["001", "002", "003"]
    assert found["flagged"].to_list() == [True, True, True, False, False, False]
    assert found["worse"].to_list()[:3] == [True, True, False]


def test_the_bad_side_is_the_measures() -> None:
    rows = [
        {
            "measure": "autonomy",
            "n": 100,
            "total": 100 * mean,
            "squares": (mean**2 + 1) * 100,
            "location": name,
        }
        for name, mean in (("low", 2.0), ("mid", 3.0), ("high", 4.0))
    ]
    found = standing_out(cells(*rows, by=["location"]), MEAN, CATALOGUE["autonomy"]).rows
    worse = dict(found.select("location", "worse").iter_rows())
    assert worse["low"]
    assert not worse["high"]


def test_a_rate_of_two_measures_is_compared_as_a_rate() -> None:
    rows = [
        {"measure": code, "n": 100, "total": total, "location": name}
        for name, exits, years in (("a", 40.0, 100.0), ("b", 10.0, 100.0), ("c", 20.0, 200.0))
        for code, total in (("exits", exits), ("person_years", years))
    ]
    found = standing_out(cells(*rows, by=["location"]), TURNOVER).rows.to_dicts()
    assert found[0]["location"] == "a"
    assert found[0]["rest"] == pytest.approx(10)
    assert found[0]["flagged"]


def test_a_number_per_month_does_not_compare_sites() -> None:
    metric = METRICS["ideas.throughput"]
    with pytest.raises(MetricError, match="grows with the size"):
        standing_out(cells(by=["location"], measures=metric.measures), metric)


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_sites_have_nobody_to_stand_out_from(count: int) -> None:
    found = standing_out(sites(*[(1, 100), (90, 100)][:count]), SHARE, CATALOGUE["bat12"]).rows
    assert not found["flagged"].any()


def test_a_site_whose_total_is_unknown_leaves_the_others_unknown_too() -> None:
    rows = [
        {
            "measure": "autonomy",
            "n": 50,
            "n_known": 50,
            "total": total,
            "squares": 500.0,
            "location": name,
        }
        for name, total in (("a", 150.0), ("b", 140.0), ("c", None))
    ]
    found = standing_out(cells(*rows, by=["location"]), MEAN, CATALOGUE["autonomy"]).rows
    assert found["rest"].to_list() == [None, None]
    assert not found["flagged"].any()


def test_nothing_stands_out_of_nothing() -> None:
    found = standing_out(cells(by=["location"], measures=["bat12"]), SHARE, CATALOGUE["bat12"])
    assert found.rows.is_empty()
    assert {"rest", "difference", "q", "flagged", "worse"} <= set(found.rows.columns)


def test_sites_that_are_all_alike_are_rarely_named() -> None:
    rng = np.random.default_rng(20_240_601)
    named = 0
    for _ in range(200):
        draws = rng.binomial(60, 0.3, size=30)
        table = standing_out(sites(*((int(k), 60) for k in draws)), SHARE, CATALOGUE["bat12"])
        named += bool(table.rows["flagged"].any())
    # At 5 % at most 10 of 200 are expected; the binomial's 99.9 % point is 21.
    assert named <= 21


def test_sites_that_are_bad_are_found() -> None:
    rng = np.random.default_rng(20_240_602)
    shares = [0.3] * 27 + [0.6] * 3
    draws = rng.binomial(100, shares)
    rows = standing_out(
        sites(*((int(k), 100) for k in draws)), SHARE, CATALOGUE["bat12"]
    ).rows.filter(pl.col("flagged") & pl.col("worse"))
    assert set(rows["location"]) == {"027", "028", "029"}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(20, 90)), min_size=1, max_size=12))
def test_own_and_others_make_up_the_company(counts: list[tuple[int, int]]) -> None:
    found = standing_out(sites(*counts), SHARE, CATALOGUE["bat12"]).rows
    k, n = (sum(column) for column in zip(*counts, strict=True))
    for row in found.to_dicts():
        own = counts[int(row["location"])]
        assert row["value"] == pytest.approx(100 * own[0] / own[1])
        if len(counts) > 1:
            assert row["rest"] == pytest.approx(100 * (k - own[0]) / (n - own[1]))
        else:
            assert row["rest"] is None
    assert found.height == len(counts)
