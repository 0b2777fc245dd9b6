"""Sites pooled by headcount, and answers about them split only afterwards."""

import polars as pl

from release.build import build
from release.places import PLACE, PLACE_REGION, places


def sites(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [("2024-01", *row) for row in rows], schema=["period", "region", "location"], orient="row"
    )


def heads(**people: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "period": ["2024-01"] * len(people),
            "location": list(people),
            "people": list(people.values()),
        }
    )


def test_small_sites_share_a_place_and_unknown_headcount_counts_nobody() -> None:
    known = sites(("north", "a"), ("north", "b"), ("north", "c"), ("south", "d"))
    placed = places(known, heads(a=40, b=6, c=5, d=12), 11)
    assert dict(placed.select("location", PLACE).rows()) == {
        "a": "place 0",
        "b": "place 1",
        "c": "place 1",
        "d": "place 2",
    }
    assert places(known, heads(a=10), 11).is_empty()


def test_a_place_over_two_regions_has_a_mixed_region() -> None:
    placed = places(sites(("north", "a"), ("south", "b"), ("west", "c")), heads(a=6, b=6, c=30), 11)
    assert dict(placed.select("location", PLACE_REGION).rows()) == {
        "a": "mixed",
        "b": "mixed",
        "c": "west",
    }


def test_many_customers_of_a_small_shop_are_not_shown_apart() -> None:
    placed = places(sites(("north", "a"), ("north", "b")), heads(a=40, b=3), 11)
    leaves = pl.DataFrame(
        {
            "period": ["2024-01"] * 2,
            "region": ["north"] * 2,
            "location": ["a", "b"],
            "people": [200, 300],
            "nps.n": [200, 300],
            "nps.total": [1000.0, 2000.0],
            "nps.squares": [1e6, 1e6],
        }
    ).join(placed, on=["period", "location"])
    (block,) = build("feedback", leaves, ("region", "location"), 11, split_by=(PLACE_REGION, PLACE))
    assert block.cells["location"].to_list() == [["a", "b"]]
