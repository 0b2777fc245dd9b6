"""The verdict in worlds of known truth: 100 draws of each in the deep run, a few otherwise.

`make calibrate` draws 2,000 and writes docs/methods/link-calibration.md.
"""

import numpy as np
import pytest

from tests.calibration.counting import Count, count
from tests.calibration.report import markdown
from tests.calibration.worlds import BASE, WORLDS, World, drawn

FEW, MANY = 8, 100


def slack(share: float, runs: int) -> float:
    """Three Monte-Carlo standard errors."""
    return float(3 * np.sqrt(share * (1 - share) / runs))


@pytest.fixture(scope="module")
def counted(*, deep: bool) -> dict[str, Count]:
    return {world.name: count(world, MANY if deep else FEW, workers=1) for world in WORLDS}


@pytest.mark.parametrize(
    "world",
    [each for each in WORLDS if not each.true_within and not each.first and not each.rollout],
    ids=lambda world: world.name,
)
def test_what_is_not_there_is_seldom_claimed(counted: dict[str, Count], world: World) -> None:
    found = counted[world.name]
    assert found.reached("within_sites") <= 0.05 + slack(0.05, found.runs)


def test_what_is_there_is_found(counted: dict[str, Count]) -> None:
    lag, rollout = counted["lag"], counted["roll-out"]
    assert lag.reached("within_sites") >= 0.8 - slack(0.8, lag.runs)
    assert rollout.raised >= 0.8 - slack(0.8, rollout.runs)


@pytest.mark.parametrize("name", ["nothing", "lag", "levels 0.9", "common shocks", "same raters"])
def test_intervals_hold_what_can_be_seen(counted: dict[str, Count], name: str) -> None:
    found = counted[name]
    assert found.held >= 0.95 - slack(0.95, found.runs)


@pytest.mark.parametrize("name", ["roll-out", "roll-out without effect"])
def test_intervals_of_roll_outs_hold_the_true_average(counted: dict[str, Count], name: str) -> None:
    found = counted[name]
    assert found.average >= 0.95 - slack(0.95, found.runs)


def test_of_few_sites_nothing_is_said(counted: dict[str, Count]) -> None:
    assert counted["few sites"].reached("no_link") == 0


def test_a_draw_is_what_the_world_says() -> None:
    found = drawn(World("large", sites=3_000, months=30), np.random.default_rng(1))
    x = found.x.value - found.x.value.mean(axis=1, keepdims=True)
    noise = (16 / found.x.n).mean()
    # Taking off the mean of 30 months takes a tenth of the variance as well.
    assert x.var() == pytest.approx(1 + noise, rel=0.12)
    assert found.x.n.min() >= 15
    assert found.y.n.max() <= 400
    assert np.isnan(found.effect)
    assert drawn(WORLDS[-2], np.random.default_rng(1)).effect == 0.0
    assert WORLDS[0] is BASE


def test_the_report_tells_every_world(counted: dict[str, Count]) -> None:
    text = markdown(list(counted.values()))
    assert all(f"| {world.name} |" in text for world in WORLDS)
