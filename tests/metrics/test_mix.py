"""The mix of respondents: a table by hand, and what chance alone does."""

import numpy as np
import pytest

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.mix import Shift, shift
from metrics.results import Cells
from tests.metrics.by_hand import answered, cells

BAT12 = CATALOGUE["bat12"]
SHARE = METRICS["measure.share_at_risk"]


def mixed(**groups: tuple[int, int]) -> Cells:
    """Per desk type the answers, and how many of them are at risk."""
    rows = [
        answered("bat12", [3.0] * k + [2.0] * (n - k), at_risk=k, desk_type=name)
        for name, (n, k) in groups.items()
    ]
    return cells(*rows, by=["desk_type"])


def found(now: Cells, before: Cells) -> Shift:
    told = shift(now, before, SHARE, BAT12)
    assert told is not None
    return told


def test_by_hand() -> None:
    """A quarter was desk and is half now; desk has 10 % at risk, the floor 30 %."""
    moved = found(mixed(desk=(100, 10), floor=(100, 30)), mixed(desk=(50, 9), floor=(150, 20)))
    assert moved.distance == pytest.approx(25)
    assert (moved.was, moved.now) == (25, 50) if moved.group == "desk" else (75, 50)
    assert moved.figure == pytest.approx(0.25 * 10 + 0.75 * 30)
    assert moved.notable


def test_the_same_mix_is_no_shift() -> None:
    same = found(mixed(desk=(50, 5), floor=(150, 30)), mixed(desk=(100, 9), floor=(300, 20)))
    assert same.distance == pytest.approx(0)
    assert same.p == pytest.approx(1)
    assert not same.notable


def test_few_answers_shift_by_chance() -> None:
    assert not found(mixed(a=(12, 2), b=(18, 3)), mixed(a=(16, 2), b=(14, 3))).notable


def test_one_group_has_no_mix() -> None:
    assert shift(mixed(desk=(50, 5)), mixed(desk=(40, 5)), SHARE, BAT12) is None
    assert shift(mixed(a=(50, 5), b=(20, 1)), mixed(c=(40, 5)), SHARE, BAT12) is None


def test_chance_alone_is_hardly_ever_notable(*, deep: bool) -> None:
    rng = np.random.default_rng(4)
    rounds = 1_000 if deep else 200
    alarms = 0
    for _ in range(rounds):
        now, before = rng.multinomial(400, [0.3, 0.5, 0.2], size=2)
        alarms += found(
            *(
                mixed(a=(int(one[0]), 9), b=(int(one[1]), 9), c=(int(one[2]), 9))
                for one in (now, before)
            )
        ).notable
    assert alarms / rounds <= 0.02
