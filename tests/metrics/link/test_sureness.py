"""What would overturn a finding: against refits, published figures and known truths."""

import numpy as np
import pytest

from metrics.link.follows import Follows, follows
from metrics.link.panel import Panel
from metrics.link.sureness import Sureness, _robustness, sureness
from tests.metrics.link.test_follows import world
from tests.metrics.link.worlds import panel_of, persistent


def asked(panel: Panel) -> tuple[Follows, Sureness]:
    found = follows(panel)
    assert found is not None
    return found, sureness(panel, found)


def test_the_smallest_effect_would_be_seen_in_four_of_five() -> None:
    rng = np.random.default_rng(1)
    smallest = asked(panel_of(*world(rng, effect=0.0)))[1].smallest
    seen = 0
    for seed in range(100):
        found = follows(panel_of(*world(np.random.default_rng(seed), effect=smallest)))
        assert found is not None
        seen += found.alone.p < 0.05
    assert 68 <= seen <= 92


def test_leaving_one_out_is_a_refit() -> None:
    panel = panel_of(*world(np.random.default_rng(2), sites=25, periods=10))
    found, sure = asked(panel)
    scale = float(found.fit.spread[1] / found.fit.spread[0])
    refitted = []
    for out in range(25):
        rest = [at for at in range(25) if at != out]
        again = follows(panel_of(panel.x.value[rest], panel.y.value[rest]))
        assert again is not None
        refitted.append(float(again.alone.plain.value[0]) * scale)
    assert (sure.without_site.low, sure.without_site.high) == pytest.approx(
        (min(refitted), max(refitted))
    )
    assert sure.without_site.at == panel.sites[int(np.argmin(refitted))]


def test_a_site_that_carries_it_alone_is_named() -> None:
    rng = np.random.default_rng(3)
    x, y = persistent(rng, 30, 12), persistent(rng, 30, 12)
    x[7] *= 12
    y[7, 1:] = x[7, :-1]
    panel = panel_of(x, y)
    found, sure = asked(panel)
    assert found.alone.standard.value[0] > 0.5
    assert sure.without_site.at == panel.sites[7]
    assert sure.without_site.low < 0.2


def test_a_period_that_carries_it_alone_is_named() -> None:
    rng = np.random.default_rng(4)
    x, y = persistent(rng, 30, 12), persistent(rng, 30, 12)
    x[:, 5] *= 6
    y[:, 6] = 2 * x[:, 5]
    panel = panel_of(x, y)
    _found, sure = asked(panel)
    assert sure.without_period is not None
    assert sure.without_period.at == panel.periods[6]
    assert sure.without_period.carried


def test_shuffled_sites_show_it_as_often_as_chance_does() -> None:
    p = [
        asked(panel_of(*world(np.random.default_rng(seed), effect=0.0)))[1].shuffled_p
        for seed in range(30)
    ]
    assert np.mean(np.array(p) < 0.05) < 0.17
    assert 0.3 < np.mean(p) < 0.7
    assert asked(panel_of(*world(np.random.default_rng(1))))[1].shuffled_p == 1 / 2_000


def test_the_same_data_give_the_same_answer() -> None:
    panel = panel_of(*world(np.random.default_rng(5), effect=0.05))
    assert asked(panel)[1] == asked(panel)[1]


def test_an_unseen_cause_by_the_published_figures() -> None:
    # Cinelli & Hazlett (2020), Darfur: t = 4.18 with 783 degrees of freedom gives 13.9 %.
    t, free = 4.18445, 783
    r = t / np.sqrt(free + t**2)
    assert _robustness(r) == pytest.approx(0.139, abs=5e-4)
    assert _robustness(0.0) == 0.0
    assert _robustness(1.0) == pytest.approx(1.0)


def test_an_interval_that_holds_zero_needs_no_cause_to_reach_it() -> None:
    _found, sure = asked(panel_of(*world(np.random.default_rng(6), effect=0.0)))
    assert sure.unseen_clear == 0.0
    _found, sure = asked(panel_of(*world(np.random.default_rng(6))))
    assert 0 < sure.unseen_clear < sure.unseen < 1
