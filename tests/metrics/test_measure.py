"""Mean, share at risk and NPS of one measure, on cells small enough to check on paper."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import CATALOGUE, from_rows
from metrics.definitions import METRICS, MetricError
from tests.metrics.by_hand import answered, cells

MEAN = METRICS["measure.mean"]
SHARE = METRICS["measure.share_at_risk"]
NPS = METRICS["measure.nps"]

BURNT_OUT = from_rows(
    pl.DataFrame(
        {
            "measure": ["burnt_out"],
            "label_en": ["Burnt out"],
            "label_nl": [None],
            "side": ["wx"],
            "rater": ["employee"],
            "unit": ["percent"],
            "better": ["lower"],
            "theme": ["burnout"],
            "at_risk_from": [None],
        }
    )
)["burnt_out"]


def test_a_mean_of_scores() -> None:
    # 1, 2, 3, 4, 5: s = 1.5811, t(4) = 2.7764, half-width 1.9633.
    found = MEAN.compute(cells(answered("autonomy", [1, 2, 3, 4, 5])), CATALOGUE["autonomy"])
    level = found.estimate()
    assert level is not None
    assert (level.value, level.n, level.unit) == (3, 5, "score")
    assert (level.low, level.high) == pytest.approx((1.03676, 4.96324), abs=1e-5)
    assert (level.first, level.last, level.release) == ("2024-01", "2024-12", 7)


def test_the_ends_of_a_mean_stay_on_the_scale() -> None:
    found = MEAN.compute(cells(answered("autonomy", [1, 5])), CATALOGUE["autonomy"]).estimate()
    assert found is not None
    assert (found.low, found.high) == (1, 5)


def test_two_waves_of_the_same_people_are_not_twice_as_sure() -> None:
    once = answered("autonomy", [1, 2, 3, 4, 5] * 4)
    twice = answered("autonomy", [1, 2, 3, 4, 5] * 8, periods=2)
    one = MEAN.compute(cells(once), CATALOGUE["autonomy"]).estimate()
    two = MEAN.compute(cells(twice), CATALOGUE["autonomy"]).estimate()
    assert one is not None
    assert two is not None
    assert (one.value, two.value, one.n, two.n) == (3, 3, 20, 40)
    assert two.low == pytest.approx(one.low, abs=0.02)


def test_two_months_of_other_customers_are_surer() -> None:
    shown = [
        MEAN.compute(
            cells(answered("empathy", [1, 2, 3, 4, 5] * 8, periods=periods)), CATALOGUE["empathy"]
        ).to_json()
        for periods in (1, 2)
    ]
    assert shown[0] == shown[1]


def test_a_share_of_customers_has_wilsons_interval() -> None:
    found = MEAN.compute(cells(answered("csat", [100] * 7 + [0] * 3)), CATALOGUE["csat"]).estimate()
    assert found is not None
    # 7 of 10.
    assert (found.value, found.low, found.high) == pytest.approx((70, 39.678, 89.221), abs=1e-3)


def test_ready_made_percentages_are_weighted_by_their_n() -> None:
    # 30 % of 100 and 50 % of 300: 18,000 / 400 = 45 %.
    row = {"measure": "burnt_out", "n": 400, "total": 30 * 100 + 50 * 300}
    found = MEAN.compute(cells(row), BURNT_OUT).estimate()
    assert found is not None
    assert found.value == 45
    assert (found.low, found.high) == pytest.approx((40.195, 49.900), abs=1e-3)


def test_a_percentage_with_its_own_spread_has_students_interval() -> None:
    # n = 100, mean 50, sd 10: squares = 99 x 100 + 100 x 2500; half-width 1.98422.
    row = {"measure": "burnt_out", "n": 100, "total": 5_000, "squares": 99 * 100 + 100 * 2_500}
    found = MEAN.compute(cells(row), BURNT_OUT).estimate()
    assert found is not None
    assert (found.low, found.high) == pytest.approx((48.01578, 51.98422), abs=1e-5)


def test_a_ready_made_mean_without_spread_has_no_interval() -> None:
    row = {"measure": "lost_minutes", "n": 50, "total": 1_000}
    found = MEAN.compute(cells(row), CATALOGUE["lost_minutes"]).estimate()
    assert found is not None
    assert (found.value, found.low, found.high) == (20, None, None)


def test_nps_has_the_printed_standard_error() -> None:
    promoters, detractors = [100] * 50, [-100] * 20
    row = answered("nps", [*promoters, *[0] * 30, *detractors])
    for metric in (NPS, MEAN):
        found = metric.compute(cells(row), CATALOGUE["nps"]).estimate()
        assert found is not None
        assert (found.value, found.unit) == (30, "nps")
        assert found.high == pytest.approx(30 + 1.96 * 7.81, abs=0.01)


def test_a_share_at_risk() -> None:
    row = answered("bat12", [2.0] * 7 + [3.0] * 3, at_risk=3)
    found = SHARE.compute(cells(row), CATALOGUE["bat12"])
    level = found.estimate()
    assert level is not None
    assert (level.value, level.n, level.unit, level.at_least) == (30, 10, "percent", False)
    assert (level.low, level.high) == pytest.approx((10.779, 60.322), abs=1e-3)


def test_nobody_at_risk_is_zero_with_an_upper_end() -> None:
    found = SHARE.compute(
        cells(answered("bat12", [2.0] * 20, at_risk=0)), CATALOGUE["bat12"]
    ).estimate()
    assert found is not None
    assert (found.value, found.low) == (0, 0)
    assert found.high is not None
    assert found.high > 10


def vague(**more: object) -> dict[str, object]:
    """A cell that says no more than "9 or more of 11"."""
    return {"measure": "bat12", "n": 11, "n_known": 0, "at_risk": 9, "at_least": True, **more}


def test_a_lower_bound_says_so_and_reaches_up_to_everybody() -> None:
    found = SHARE.compute(cells(vague()), CATALOGUE["bat12"])
    (row,) = found.rows.to_dicts()
    assert row["value"] == pytest.approx(900 / 11)
    assert (row["high"], row["at_least"]) == (100, True)
    shown = found.to_json()["rows"]
    assert isinstance(shown, list)
    assert shown[0]["at_least"] is True


def test_such_a_cell_has_no_mean() -> None:
    found = MEAN.compute(cells(vague(total=0.0, squares=0.0)), CATALOGUE["bat12"])
    assert found.rows.is_empty()
    assert found.withheld


def test_such_a_cell_leaves_a_large_total_as_it_is() -> None:
    # 1,000 known answers of which 200 at risk, and one cell of "9 or more of 11".
    row = {
        "measure": "bat12",
        "n": 1_011,
        "n_known": 1_000,
        "total": 2_200.0,
        "squares": 5_100.0,
        "at_risk": 209,
        "at_least": True,
    }
    share = SHARE.compute(cells(row), CATALOGUE["bat12"]).estimate()
    assert share is not None
    assert share.value == pytest.approx(20_900 / 1_011)
    assert share.high == pytest.approx(23.7, abs=0.2)
    assert share.at_least
    mean = MEAN.compute(cells(row), CATALOGUE["bat12"])
    level = mean.estimate()
    assert level is not None
    assert (level.value, level.n) == (2.2, 1_000)
    assert mean.withheld


def test_without_word_of_how_many_are_vague_the_upper_end_is_all() -> None:
    plain = cells(vague(n=100, at_risk=50))
    bare = replace(plain, rows=plain.rows.drop("n_known"))
    found = SHARE.compute(bare, CATALOGUE["bat12"]).estimate()
    assert found is not None
    assert found.high == 100


def test_groups_keep_their_rows_and_nothing_gives_no_row() -> None:
    found = MEAN.compute(
        cells(
            answered("autonomy", [1, 2, 3], location="a"),
            answered("voice", [5, 5, 5], location="a"),
            {"measure": "autonomy", "n": 0, "location": "b"},
            by=["location"],
        ),
        CATALOGUE["autonomy"],
    )
    assert found.rows.select("location", "value", "n").rows() == [("a", 2, 3)]
    assert found.withheld, "a row that has no value is held back"
    nothing = MEAN.compute(cells(measures=["autonomy"]), CATALOGUE["autonomy"])
    assert nothing.rows.is_empty()
    assert nothing.estimate() is None
    assert not nothing.withheld


@pytest.mark.parametrize(
    ("metric", "measure", "reason"),
    [
        ("measure.mean", "exits", "count of a whole population"),
        ("measure.share_at_risk", "bat4", "no cut-off"),
        ("measure.nps", "csat", "not scored 0 to 10"),
        ("measure.mean", None, "needs a measure"),
        ("turnover.rate", "exits", "takes no measure"),
    ],
)
def test_what_cannot_be_computed_is_refused(metric: str, measure: str | None, reason: str) -> None:
    given_measure = None if measure is None else CATALOGUE[measure]
    with pytest.raises(MetricError, match=reason):
        METRICS[metric].compute(cells(measures=["exits"]), given_measure)


def test_a_metric_asks_for_what_was_released() -> None:
    assert MEAN.asks({"bat12", "nps"}, CATALOGUE["nps"]) == ("nps",)
    assert METRICS["absence.rate"].asks({"hours_lost", "contract_hours", "nps"}) == (
        "hours_lost",
        "contract_hours",
    )
    with pytest.raises(MetricError, match="needs person_years"):
        METRICS["turnover.rate"].asks({"exits"})


@given(st.lists(st.floats(1, 5), min_size=1, max_size=40), st.integers(0, 40))
def test_estimates_lie_in_their_interval_and_on_their_scale(values: list[float], k: int) -> None:
    row = answered("autonomy", values, at_risk=min(k, len(values)))
    for metric, low, high in ((MEAN, 1, 5), (SHARE, 0, 100)):
        level = metric.compute(cells(row), CATALOGUE["autonomy"]).estimate()
        assert level is not None
        # Sums of floats leave the last digits open.
        assert low - 1e-9 <= level.value <= high + 1e-9
        if level.low is not None and level.high is not None:
            assert low <= level.low <= level.value + 1e-9
            assert level.value - 1e-9 <= level.high <= high


@given(st.lists(st.integers(1, 5), min_size=4, max_size=40), st.data())
def test_a_mean_of_groups_is_the_mean_of_all(values: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(values) - 1))
    groups = cells(
        answered("autonomy", values[:cut], location="a"),
        answered("autonomy", values[cut:], location="b"),
        by=["location"],
    )
    rows = MEAN.compute(groups, CATALOGUE["autonomy"]).rows
    weighted = np.average(rows["value"].to_numpy(), weights=rows["n"].to_numpy())
    whole = MEAN.compute(cells(answered("autonomy", values)), CATALOGUE["autonomy"]).estimate()
    assert whole is not None
    assert weighted == pytest.approx(whole.value)
