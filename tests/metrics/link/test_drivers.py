"""Shares of what is explained: by hand, by brute force over all orders, and known truths."""

from itertools import permutations

import numpy as np
import pytest

from metrics.intervals import FloatArray
from metrics.link.drivers import MOST, drivers
from metrics.link.fit import levelled
from tests.metrics.link.worlds import persistent


def test_shares_are_the_mean_over_all_orders() -> None:
    rng = np.random.default_rng(1)
    common = persistent(rng, 40, 12)
    measures = [common + persistent(rng, 40, 12) for _each in range(3)]
    y = measures[0] + 0.5 * measures[1] + 2 * persistent(rng, 40, 12)
    w = rng.integers(40, 400, y.shape).astype(float)
    found = drivers(y, w, measures)
    left = [np.sqrt(w / w.mean()).ravel() * levelled(each, w).ravel() for each in (*measures, y)]

    def explained(chosen: tuple[int, ...]) -> float:
        if not chosen:
            return 0.0
        design = np.column_stack([left[at] for at in chosen])
        rest = left[3] - design @ np.linalg.lstsq(design, left[3], rcond=None)[0]
        return 1 - float(rest @ rest) / float(left[3] @ left[3])

    gains = np.zeros(3)
    for order in permutations(range(3)):
        for place, at in enumerate(order):
            gains[at] += explained(order[: place + 1]) - explained(order[:place])
    assert found is not None
    assert found.explained == pytest.approx(gains.sum() / 6)
    assert found.share.value == pytest.approx(gains / gains.sum())
    assert found.share.value.sum() == pytest.approx(1)


def test_unrelated_measures_have_the_shares_of_their_squares() -> None:
    rng = np.random.default_rng(2)
    measures = [persistent(rng, 400, 20) for _each in range(3)]
    y = 2 * measures[0] + measures[1] + persistent(rng, 400, 20)
    found = drivers(y, np.ones(y.shape), measures)
    assert found is not None
    assert found.share.value == pytest.approx([0.8, 0.2, 0.0], abs=0.02)
    assert (found.share.low <= found.share.value).all()
    assert (found.share.value <= found.share.high).all()
    assert found.clear.tolist() == [True, True, False]
    assert found.inflation == pytest.approx(np.ones(3), abs=0.02)


def test_measures_that_say_the_same_are_told() -> None:
    rng = np.random.default_rng(3)
    one = persistent(rng, 60, 12)
    twin = one + 0.1 * persistent(rng, 60, 12)
    y = one + persistent(rng, 60, 12)
    found = drivers(y, np.ones(y.shape), [one, twin])
    assert found is not None
    assert found.inflation.min() > 50
    assert found.share.value == pytest.approx([0.5, 0.5], abs=0.02)


def test_nothing_that_matters_is_not_made_to_matter() -> None:
    wrong = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        measures = [persistent(rng, 40, 12) for _each in range(4)]
        found = drivers(persistent(rng, 40, 12), np.ones((40, 12)), measures)
        assert found is not None
        wrong += bool(found.clear.any())
    assert wrong <= 4


def test_what_can_not_be_weighed_is_not() -> None:
    y = np.random.default_rng(4).normal(size=(30, 8))
    flat: FloatArray = np.ones(y.shape)
    assert drivers(y, flat, []) is None
    assert drivers(y, flat, [flat]) is None
    assert drivers(y, flat, [y] * (MOST + 1)) is None
