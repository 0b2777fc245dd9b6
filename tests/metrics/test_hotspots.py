"""Hotspots: one that is large and bad is found, one that is small and bad is noise."""

import numpy as np
import pytest

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.hotspots import hotspots
from metrics.results import Cells
from tests.metrics.by_hand import answered, cells

BAT12 = CATALOGUE["bat12"]


def sites(*groups: tuple[str, int, int]) -> Cells:
    """Cells by site: name, answers, at risk."""
    return cells(
        *(
            answered("bat12", [3.0] * k + [2.0] * (n - k), at_risk=k, location=name)
            for name, n, k in groups
        ),
        by=["location"],
    )


USUAL = [(f"s{number}", 100, 18 + number % 5) for number in range(12)]


def test_a_large_bad_site_is_hot_and_a_small_one_is_not() -> None:
    found = hotspots(sites(*USUAL, ("large", 120, 60), ("small", 12, 6)), BAT12)
    rows = {row["location"]: row for row in found.rows.iter_rows(named=True)}
    assert [name for name, row in rows.items() if row["hot"]] == ["large"]
    assert rows["small"]["value"] == rows["large"]["value"] == 50
    assert rows["small"]["shrunken"] < rows["large"]["shrunken"] < 50
    assert rows["small"]["weight"] < rows["large"]["weight"]
    assert found.rows["location"][0] == "large"


def test_a_good_site_beyond_the_limits_is_not_hot() -> None:
    found = hotspots(sites(*USUAL, ("good", 150, 2)), BAT12)
    row = found.rows.filter(found.rows["location"] == "good").row(0, named=True)
    assert (row["beyond"], row["hot"]) == (True, False)


def test_two_sites_have_no_company_to_stand_out_from() -> None:
    found = hotspots(sites(("a", 100, 50), ("b", 100, 5)), BAT12)
    assert not found.rows["hot"].any()
    assert found.rows["shrunken"].null_count() == 2


def test_chance_alone_is_hardly_ever_hot(*, deep: bool) -> None:
    rng = np.random.default_rng(11)
    hot = []
    for _ in range(300 if deep else 60):
        sizes = rng.integers(15, 200, 40)
        groups = [
            (f"s{place}", int(size), int(rng.binomial(size, 0.2)))
            for place, size in enumerate(sizes)
        ]
        hot.append(hotspots(sites(*groups), BAT12).rows["hot"].any())
    assert np.mean(hot) < 0.05


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_all_alike_have_no_funnel(share: float) -> None:
    found = hotspots(sites(*((f"s{n}", 20, int(20 * share)) for n in range(4))), BAT12)
    assert found.funnel is None
    assert not found.rows["hot"].any()


def test_a_mean_score_has_no_funnel_but_hotspots() -> None:
    rng = np.random.default_rng(8)
    groups = [
        answered(
            "bat4", list(rng.normal(3.2 if place == 0 else 2.2, 0.6, 80)), location=f"s{place}"
        )
        for place in range(12)
    ]
    found = hotspots(cells(*groups, by=["location"]), CATALOGUE["bat4"], METRICS["measure.mean"])
    assert found.funnel is None
    assert found.rows.filter("hot")["location"].to_list() == ["s0"]
    assert found.rows["shrunken"].is_between(2, 3.4).all()
