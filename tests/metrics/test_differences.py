"""Differences and the control of false discoveries, against papers and scipy.stats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.differences import difference, excludes_zero, p_value
from metrics.fdr import benjamini_hochberg
from metrics.intervals import Intervals, wilson

shares = st.integers(5, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe (1998), table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_shares_differ_as_newcombe_prints(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = difference(now=wilson(k=first[0], n=first[1]), before=wilson(k=second[0], n=second[1]))
    assert found.low == pytest.approx(low, abs=5.1e-5)
    assert found.high == pytest.approx(high, abs=5.1e-5)


@given(shares, shares)
def test_a_difference_turned_around_is_its_mirror(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    one, other = wilson(k=first[0], n=first[1]), wilson(k=second[0], n=second[1])
    forth, back = difference(now=one, before=other), difference(now=other, before=one)
    assert back.low == pytest.approx(-forth.high)
    assert back.high == pytest.approx(-forth.low)
    assert forth.low <= forth.value <= forth.high


@given(shares, shares)
def test_p_is_small_exactly_where_the_interval_excludes_zero(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found = difference(now=wilson(k=first[0], n=first[1]), before=wilson(k=second[0], n=second[1]))
    p = float(p_value(found))
    assert 0 <= p <= 1
    if abs(p - 0.05) > 1e-9:
        assert bool(excludes_zero(found)) == (p < 0.05)


def test_symmetric_intervals_give_the_normal_p() -> None:
    # d = 2 with a standard error of 1.
    found = Intervals(np.array(2.0), np.array(2 - 1.959964), np.array(2 + 1.959964))
    assert p_value(found) == pytest.approx(0.0455003, abs=1e-6)


def test_unknown_stays_unknown_and_is_no_change() -> None:
    known, unknown = wilson(k=[5, 5], n=[10, 10]), wilson(k=[5, 0], n=[10, 0])
    found = difference(now=known, before=unknown)
    assert np.isnan(found.value).tolist() == [False, True]
    assert excludes_zero(found).tolist() == [False, False]
    assert p_value(found)[0] == 1
    assert np.isnan(p_value(found)[1])


def test_no_width_is_certain() -> None:
    zero, one = np.zeros(2), np.array([0.0, 1.0])
    assert p_value(Intervals(one, one, one)).tolist() == [1, 0]
    assert p_value(Intervals(zero, zero, zero)).tolist() == [1, 1]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200))
def test_adjusted_p_values_equal_scipys(p: list[float]) -> None:
    values = np.array(p)
    assert benjamini_hochberg(values) == pytest.approx(stats.false_discovery_control(values))


def test_unknown_p_values_do_not_count() -> None:
    found = benjamini_hochberg(np.array([np.nan, 0.01, 0.04, np.nan]))
    assert found[1:3].tolist() == [0.02, 0.04]
    assert np.isnan(found[[0, 3]]).all()
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()
    assert benjamini_hochberg(np.array([])).size == 0
