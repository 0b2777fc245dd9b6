"""The ladder: each step reached where it should be, capped where something speaks against it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from metrics.catalogue import CATALOGUE
from metrics.intervals import FloatArray
from metrics.link.evidence import Evidence, Started, gather
from metrics.link.quantity import Quantity, alone, quantity
from metrics.link.verdict import LADDER, Verdict, verdict
from tests.metrics.link.test_follows import world
from tests.metrics.link.worlds import months, names, persistent, rows_of


def measured(code: str) -> Quantity:
    found = quantity(CATALOGUE[code])
    assert found is not None
    return found


CONTACT, BURNOUT, NPS = measured("peer_interaction"), measured("bat12"), measured("nps")


def evidence(x: FloatArray, y: FloatArray, rollouts: Sequence[Started] = ()) -> Evidence:
    periods = months(x.shape[1])
    return gather(rows_of(x, periods), rows_of(y, periods), rollouts)


def judged(x: FloatArray, y: FloatArray, rollouts: Sequence[Started] = ()) -> Verdict:
    return verdict(evidence(x, y, rollouts), CONTACT, NPS)


def started(code: str, at: Mapping[int, int], periods: int = 24) -> Started:
    every, sites = months(periods), names(60)
    return Started(code, "platform", {sites[site]: every[month] for site, month in at.items()})


def unrelated(seed: int) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    x, y = (persistent(rng, 60, 24) + rng.normal(size=(60, 1)) for _side in range(2))
    return x, y


def test_too_few_sites_or_periods() -> None:
    found = judged(*world(np.random.default_rng(1), sites=19))
    assert (found.step, found.missing) == ("not_enough_data", {"sites": 19})
    found = judged(*world(np.random.default_rng(1), periods=3))
    assert (found.step, found.missing) == ("not_enough_data", {"periods": 3})


def test_nothing_is_seen_where_nothing_is() -> None:
    assert judged(*unrelated(3)).step == "no_link"


def test_good_sites_are_good_at_both() -> None:
    rng = np.random.default_rng(4)
    level = 2 * rng.normal(size=(60, 1))
    found = judged(persistent(rng, 60, 24) + level, persistent(rng, 60, 24) + level)
    assert (found.step, found.sign) == ("across_sites", 1)


def test_customers_follow() -> None:
    found = judged(*world(np.random.default_rng(1)))
    assert (found.step, found.sign, found.rollout) == ("within_sites", 1, None)


def test_what_is_good_follows_the_measure() -> None:
    x, y = world(np.random.default_rng(1))
    less = verdict(evidence(-x, y), BURNOUT, NPS)
    assert (less.step, less.sign, less.warnings) == ("within_sites", 1, ())
    more = verdict(evidence(x, y), BURNOUT, NPS)
    assert (more.step, more.sign) == ("within_sites", -1)
    assert "contrary" in more.warnings


def test_customers_who_come_first_cap_it() -> None:
    y, x = world(np.random.default_rng(2), effect=0.5)
    found = judged(x, y)
    assert found.step in {"no_link", "across_sites"}
    assert {"leads", "reverse"} <= set(found.warnings)


def test_a_common_cause_caps_it() -> None:
    rng = np.random.default_rng(3)
    cause = persistent(rng, 60, 24, by=0.85)
    found = judged(cause + persistent(rng, 60, 24), cause + persistent(rng, 60, 24))
    assert found.step != "within_sites"
    assert "no_direction" in found.warnings


AT = {site: 8 + site % 9 for site in range(30)}


def after(at: Mapping[int, int], size: float) -> FloatArray:
    rise = np.zeros((60, 24))
    for site, month in at.items():
        rise[site, month:] = size
    return rise


def test_a_roll_out_that_lifts_both() -> None:
    x, y = unrelated(5)
    rise = after(AT, 1.0)
    found = judged(x + rise, y + rise, [started("app", AT)])
    assert (found.step, found.rollout, found.sign) == ("rollout", "app", 1)


def test_a_roll_out_that_lifts_customers_past_the_workers() -> None:
    x, y = unrelated(6)
    found = judged(x, y + after(AT, 1.0), [started("app", AT)])
    assert found.step != "rollout"
    assert "not_through_wx" in found.warnings


def test_a_roll_out_that_hurts_customers_raised_nothing() -> None:
    x, y = unrelated(7)
    found = judged(x + after(AT, 1.0), y - after(AT, 1.0), [started("app", AT)])
    assert found.step != "rollout"


def test_a_path_that_rose_before_is_no_effect() -> None:
    x, y = unrelated(8)
    early = {site: month - 3 for site, month in AT.items()}
    found = judged(x + after(early, 2.0), y + after(early, 2.0), [started("app", AT)])
    assert found.step != "rollout"
    assert "path_before" in found.warnings


def test_another_roll_out_at_the_same_sites_is_kept_apart() -> None:
    x, y = unrelated(9)
    later = dict.fromkeys(range(15), 20)
    rise = after(AT, 1.0)
    found = evidence(
        x + rise, y + rise + after(later, 30.0), [started("app", AT), started("other", later)]
    )
    told = found.raised["app"]
    assert told.average.low[0] < 1 < told.average.high[0]
    assert told.clashing == 15 * 4


def test_a_service_level_and_shared_raters_are_said() -> None:
    x, y = world(np.random.default_rng(1))
    level = replace(NPS, side="operations", rater="system")
    assert "service_level" in verdict(evidence(x, y), CONTACT, level).warnings
    shared = replace(NPS, rater="employee")
    assert "same_rater" in verdict(evidence(x, y), CONTACT, shared).warnings


def test_the_ladder_is_fixed() -> None:
    assert LADDER == ("not_enough_data", "no_link", "across_sites", "within_sites", "rollout")


def test_counts_and_amounts_are_no_side() -> None:
    assert quantity(CATALOGUE["exits"]) is None
    assert measured("csat").metric.code == "measure.mean"
    assert [each.code for each in alone(["bat12", "exits", "headcount"])] == [
        "burnout.share_at_risk"
    ]
