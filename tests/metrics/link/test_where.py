"""The effect by group of sites: where it is the same, and where it is not."""

import numpy as np
import pytest

from metrics.link.follows import follows
from metrics.link.where import Where, where
from tests.metrics.link.test_follows import world
from tests.metrics.link.worlds import panel_of

KINDS = [("shop", "office", "home", "care")[at % 4] for at in range(60)]


def split(seed: int, *, only: str | None = None) -> Where:
    rng = np.random.default_rng(seed)
    x, y = world(rng)
    if only is not None:
        other = world(rng, effect=0.0)[1]
        y = np.where(np.array([kind == only for kind in KINDS])[:, None], y, other)
    panel = panel_of(x, y)
    found = follows(panel)
    assert found is not None
    told = where(panel, found, KINDS)
    assert told is not None
    return told


def test_alike_everywhere_is_not_called_different() -> None:
    found = [split(seed) for seed in range(30)]
    assert sum(each.p is not None and each.p < 0.05 for each in found) <= 5
    assert found[0].groups == ("care", "home", "office", "shop")
    assert found[0].sites == (15, 15, 15, 15)
    held = [(each.own.low <= 0.3) & (each.own.high >= 0.3) for each in found]
    assert np.mean(held) > 0.88


def test_in_one_kind_only_is_seen() -> None:
    found = split(1, only="shop")
    assert found.p is not None
    assert found.p < 0.01
    at = found.groups.index("shop")
    assert found.own.low[at] > 0
    assert found.moved is not None
    # Each is moved towards all of them together.
    assert found.moved.value[at] < found.own.value[at]
    assert np.ptp(found.moved.value) < np.ptp(found.own.value)


def test_a_small_group_is_not_told() -> None:
    panel = panel_of(*world(np.random.default_rng(2)))
    found = follows(panel)
    assert found is not None
    few = where(panel, found, ["shop"] * 56 + ["office"] * 4)
    assert few is not None
    assert (few.groups, few.p, few.moved) == (("shop",), None, None)
    assert few.own.value[0] == pytest.approx(float(found.alone.standard.value[0]), abs=0.03)
    assert where(panel, found, [str(at) for at in range(60)]) is None
