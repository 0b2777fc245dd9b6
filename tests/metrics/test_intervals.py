"""Intervals against printed figures, closed forms and scipy.stats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.intervals import mean_t, nps, nps_se, poisson_exact, rate, weighted_share, wilson

counts = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("k", "low", "high"),
    [
        (0, 0, 3.689),
        (1, 0.025, 5.572),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
    ],
)
def test_poisson_limits_are_the_printed_ones(k: int, low: float, high: float) -> None:
    found = poisson_exact(k=k)
    # The figures are printed to three decimals.
    assert found.low == pytest.approx(low, abs=5.1e-4)
    assert found.high == pytest.approx(high, abs=5.1e-4)


@given(st.integers(1, 100_000))
def test_poisson_limits_follow_the_chi_squared_form(k: int) -> None:
    found = poisson_exact(k=k)
    assert found.low == pytest.approx(stats.chi2.ppf(0.025, 2 * k) / 2, rel=1e-9)
    assert found.high == pytest.approx(stats.chi2.ppf(0.975, 2 * k + 2) / 2, rel=1e-9)


@given(counts)
def test_wilson_equals_scipy(kn: tuple[int, int]) -> None:
    k, n = kn
    found = wilson(k=k, n=n)
    outside = stats.binomtest(k, n).proportion_ci(method="wilson")
    assert found.low == pytest.approx(outside.low, abs=1e-9)
    assert found.high == pytest.approx(outside.high, abs=1e-9)


@given(counts)
def test_wilson_holds_its_share_and_stays_in_range(kn: tuple[int, int]) -> None:
    k, n = kn
    found = wilson(k=k, n=n)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts, st.integers(2, 50))
def test_more_answers_of_the_same_share_say_more(kn: tuple[int, int], times: int) -> None:
    k, n = kn
    few, many = wilson(k=k, n=n), wilson(k=k * times, n=n * times)
    assert many.high - many.low < few.high - few.low


@given(st.integers(1, 10_000), st.integers(0, 9_999))
def test_wilson_rises_with_the_count(n: int, k: int) -> None:
    k = k % n
    less, more = wilson(k=k, n=n), wilson(k=k + 1, n=n)
    assert less.low < more.low
    assert less.high < more.high


def test_nothing_asked_gives_nothing() -> None:
    for found in (
        wilson(k=[0, 1, 3, np.nan], n=[0, -1, 2, np.nan]),
        rate(events=[0, 3, -1, np.nan], exposure=[0, 0, 1, 1]),
        mean_t(n=[0, 0], total=[0, 0], squares=[0, 0]),
        nps(n=[0, -1], total=[0, 0], squares=[0, 0]),
    ):
        assert np.isnan(found.value).all()
        assert np.isnan(found.low).all()
        assert np.isnan(found.high).all()


def test_none_of_ten_is_zero_with_an_upper_end() -> None:
    found = wilson(k=0, n=10)
    assert found.value == 0
    assert found.low == 0
    assert found.high == pytest.approx(0.27753, abs=1e-5)


def test_a_rate_divides_the_count_and_its_limits() -> None:
    found = rate(events=5, exposure=20)
    assert (found.value, found.low, found.high) == pytest.approx((0.25, 0.08117, 0.58342), abs=1e-5)


@given(st.integers(0, 500), st.floats(0.1, 1e4), st.floats(0.1, 100))
def test_a_rate_scales_with_the_unit_of_exposure(k: int, exposure: float, factor: float) -> None:
    one, other = rate(events=k, exposure=exposure), rate(events=k, exposure=exposure * factor)
    assert other.scaled(factor).high == pytest.approx(one.high)
    assert other.scaled(factor).low == pytest.approx(one.low)


@given(st.lists(st.floats(1, 5), min_size=2, max_size=60))
def test_mean_t_equals_scipy_on_the_answers_themselves(values: list[float]) -> None:
    answers = np.array(values)
    found = mean_t(n=len(answers), total=answers.sum(), squares=(answers**2).sum())
    error = stats.sem(answers)
    half = stats.t.ppf(0.975, len(answers) - 1) * error
    assert found.value == pytest.approx(answers.mean())
    # Sums of squares cancel: about 1e-7 of the values' size remains in the spread.
    assert found.low == pytest.approx(answers.mean() - half, abs=1e-5)
    assert found.high == pytest.approx(answers.mean() + half, abs=1e-5)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=60), st.integers(-10, 10))
def test_a_shift_of_all_answers_shifts_mean_and_ends(values: list[int], shift: int) -> None:
    first = np.array(values, dtype=float)
    moved = first + shift
    one, other = (mean_t(n=len(x), total=x.sum(), squares=(x**2).sum()) for x in (first, moved))
    assert other.low == pytest.approx(one.low + shift, abs=1e-5)
    assert other.high == pytest.approx(one.high + shift, abs=1e-5)


def test_one_answer_has_a_mean_and_no_interval() -> None:
    found = mean_t(n=1, total=3, squares=9)
    assert found.value == 3
    assert np.isnan(found.low)
    assert np.isnan(found.high)


def test_unknown_squares_leave_the_mean() -> None:
    found = mean_t(n=10, total=30, squares=np.nan)
    assert found.value == 3
    assert np.isnan(found.low)


def test_answers_that_hang_together_widen_the_interval() -> None:
    alone = mean_t(n=40, total=120, squares=400)
    repeated = mean_t(n=40, total=120, squares=400, independent=10)
    assert repeated.value == alone.value
    assert repeated.high - repeated.low > 2 * (alone.high - alone.low)


def test_the_standard_error_of_an_nps_is_the_printed_one() -> None:
    assert nps_se(p=0.5, d=0.2, n=100) == pytest.approx(7.81, abs=5e-3)


def test_nps_from_sums_has_that_standard_error() -> None:
    # 50 promoters, 30 passives, 20 detractors.
    found = nps(n=100, total=3_000, squares=700_000)
    assert found.value == 30
    assert found.high - found.value == pytest.approx(1.959964 * 7.810250, abs=1e-5)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_nps_is_bounded_and_turns_around(up: int, middle: int, down: int) -> None:
    n = max(up + middle + down, 1)
    one = nps(n=n, total=100 * (up - down), squares=10_000 * (up + down))
    other = nps(n=n, total=100 * (down - up), squares=10_000 * (up + down))
    assert -100 <= one.low <= one.value <= one.high <= 100
    assert other.low == pytest.approx(-one.high)


def test_a_weighted_share_with_weights_by_size_is_the_plain_share() -> None:
    found = weighted_share(k=[10, 30], n=[100, 100], weights=[1, 1])
    plain = wilson(k=40, n=200)
    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )


def test_a_weighted_share_follows_its_weights_and_loses_precision() -> None:
    found = weighted_share(k=[10, 30], n=[100, 100], weights=[3, 1])
    assert found.value == pytest.approx(0.75 * 0.1 + 0.25 * 0.3)
    # Kish's size: one over 0.75^2/100 + 0.25^2/100.
    assert found.high == pytest.approx(wilson(k=0.15 * 160, n=160).high)
    assert weighted_share(k=[10, 0], n=[100, 0], weights=[3, 0]).value == pytest.approx(0.1)
    assert np.isnan(weighted_share(k=[10, 0], n=[100, 0], weights=[3, 1]).value)
