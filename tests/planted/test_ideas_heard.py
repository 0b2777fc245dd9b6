"""Ideas of the floor wait longer, which is found, and are accepted as often: nothing is claimed.

From life tables of the last year that are told with noise.
"""

import numpy as np
import pytest

from metrics.definitions import METRICS
from metrics.idea_floor import Heard, heard
from models import asking
from models.cells import EVERYTHING
from seed import truth
from tests.planted import released
from tests.planted.company import SEEDS, company
from tests.planted.telling import Tell

BY = ("desk_type",)
RUNS, FEW = 60, 3
"""Companies, in the deep run and otherwise: a false claim is too rare to be told of fewer."""


def told(seed: int) -> Heard:
    release = released.waits(company(seed))
    waits = asking.cells_for(METRICS["ideas.time_to_decision"], EVERYTHING, release, by=BY)
    half, accepted = (
        asking.ask(METRICS[code], EVERYTHING, release, by=BY)
        for code in ("ideas.median_to_decision", "ideas.acceptance")
    )
    return heard(waits, half, accepted)


@pytest.fixture(scope="module")
def runs(*, deep: bool) -> list[Heard]:
    return [told(SEEDS[0] + number) for number in range(RUNS if deep else FEW)]


def test_the_floor_is_found_to_wait_longer(runs: list[Heard], tell: Tell) -> None:
    slower = [each.slower for each in runs]
    tell(f"slower: {slower.count(True)} of {len(runs)}, faster {slower.count(False)}")
    assert slower.count(True) >= 0.8 * len(runs)
    assert slower.count(False) == 0


def test_the_waits_differ_by_what_was_planted(runs: list[Heard], tell: Tell) -> None:
    times = [each.floor / each.office for each in runs if each.floor and each.office]
    tell(f"floor / office: {np.mean(times):.2f}, planted {np.exp(truth.LOG_WAIT_FRONT_LINE):.2f}")
    # Ages are told in weeks, and from eight weeks on in four.
    assert np.mean(times) == pytest.approx(np.exp(truth.LOG_WAIT_FRONT_LINE), rel=0.15)


def test_a_difference_in_acceptance_is_hardly_ever_claimed(runs: list[Heard], tell: Tell) -> None:
    claims = sum(each.accepted_differs for each in runs)
    tell(f"acceptance: {claims} of {len(runs)}")
    assert claims <= 0.05 * len(runs)
