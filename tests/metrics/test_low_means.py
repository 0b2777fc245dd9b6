"""Sites whose mean is low beyond chance, and sites that are only small."""

import numpy as np
import pytest

from metrics.catalogue import CATALOGUE
from metrics.low_means import low_means
from metrics.results import Cells
from tests.metrics.by_hand import answered, cells

PEERS = CATALOGUE["peer_interaction"]


def sites(**groups: list[float]) -> Cells:
    rows = [answered(PEERS.code, values, location=site) for site, values in groups.items()]
    return cells(*rows, by=["location"])


def usual(count: int, mean: float = 3.5) -> list[float]:
    return [mean - 1, mean + 1] * (count // 2)


def test_a_large_low_site_stands_apart_and_a_small_one_does_not() -> None:
    others = {f"s{number}": usual(100, 3.4 + number % 5 / 20) for number in range(12)}
    found = low_means(sites(**others, large=usual(100, 2.8), small=usual(12, 2.8)), PEERS)
    rows = {row["location"]: row for row in found.iter_rows(named=True)}
    assert [site for site, row in rows.items() if row["apart"]] == ["large"]
    assert found["location"][0] == "large"
    assert 2.8 < rows["large"]["shrunken"] < rows["small"]["shrunken"] < 3.5
    assert (
        rows["small"]["shrunken_low"] < rows["small"]["shrunken"] < rows["small"]["shrunken_high"]
    )


def test_a_site_that_is_high_is_not_apart() -> None:
    others = {f"s{number}": usual(100) for number in range(6)}
    found = low_means(sites(**others, high=usual(100, 4.5)), PEERS)
    row = found.filter(found["location"] == "high").row(0, named=True)
    assert (row["flagged"], row["apart"]) == (True, False)


def test_two_sites_have_no_company() -> None:
    found = low_means(sites(a=usual(20), b=usual(20, 2)), PEERS)
    assert not found["apart"].any()
    assert found["shrunken"].null_count() == 2
    assert found["location"].to_list() == ["b", "a"]


def test_chance_alone_hardly_ever_stands_apart() -> None:
    rng = np.random.default_rng(6)
    wrong = []
    for _ in range(60):
        groups = {f"s{place}": list(rng.normal(3.5, 1, rng.integers(12, 150)))
                  for place in range(30)}  # fmt: skip
        wrong.append(low_means(sites(**groups), PEERS)["apart"].any())
    assert np.mean(wrong) == pytest.approx(0.03, abs=0.07)
