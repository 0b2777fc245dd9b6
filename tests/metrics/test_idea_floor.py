"""The floor against the office: what is said, and what is left unsaid."""

import pytest

from metrics.idea_floor import Heard, heard
from metrics.results import Cells
from metrics.survival import LogRank
from tests.metrics.by_hand import cells


def lives(**chances: float) -> Cells:
    """Two weeks of a hundred ideas each, of which a share is decided each week."""
    rows = []
    for kind, chance in chances.items():
        left = 100.0
        for age in ("000-007", "007-014"):
            ended = round(left * chance)
            for code, total in (("decision_exposed", left), ("decision_ended", float(ended))):
                rows.append(
                    {"desk_type": kind, "age": age, "measure": code, "n": int(left), "total": total}
                )
            left -= ended
    return cells(*rows, by=("desk_type", "age"))


def test_a_floor_that_waits_longer_shows_in_the_test() -> None:
    found = heard(lives(desk=0.6, non_desk=0.2, hybrid=0.9), None, None)
    assert found.test is not None
    assert found.test.freedom == 1
    assert found.test.p < 0.001


def test_groups_that_wait_alike_show_nothing() -> None:
    found = heard(lives(desk=0.4, non_desk=0.4), None, None)
    assert found.test is not None
    assert found.test.p == pytest.approx(1)
    assert found.slower is None


def test_one_group_alone_can_not_be_compared() -> None:
    assert heard(lives(desk=0.4), None, None).test is None


@pytest.mark.parametrize(
    ("p", "office", "floor", "slower"),
    [
        (0.01, 42.0, 84.0, True),
        (0.01, 84.0, 42.0, False),
        (0.2, 42.0, 84.0, None),
        (0.01, 42.0, 42.0, None),
        (0.01, None, 84.0, None),
    ],
)
def test_slower_is_said_only_when_sure(
    p: float, office: float | None, floor: float | None, slower: bool | None
) -> None:
    assert Heard(LogRank(5.0, 1, p), office, floor, None).slower is slower
