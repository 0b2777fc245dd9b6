"""Late responses join a published period only where the difference could be published itself."""

import polars as pl
import pytest

from release.blocks import Block
from release.build import build
from release.leaves import leaf_counts
from release.versions import extend

DIMS = ("location", "desk_type")


def leaves(*groups: tuple[str, str, list[float]]) -> pl.DataFrame:
    rows = [("2024-01", place, desk, score) for place, desk, scores in groups for score in scores]
    frame = pl.DataFrame(
        rows,
        schema={
            "period": pl.String,
            "location": pl.String,
            "desk_type": pl.String,
            "strain": pl.Float64,
        },
        orient="row",
    ).with_columns((pl.col("strain") >= 3).alias("strain.at_risk"))
    return leaf_counts(frame, ("period", *DIMS), ["strain"])


@pytest.fixture
def published() -> Block:
    """Site a with 20 people, site b with 15 of whom some have a desk."""
    return build(
        "survey",
        leaves(
            ("a", "desk", [1.0, 4.0] * 10), ("b", "desk", [2.0] * 4), ("b", "non_desk", [2.0] * 11)
        ),
        DIMS,
        11,
    )[0]


def test_a_large_enough_addition_makes_a_new_version(published: Block) -> None:
    grown = extend(published, leaves(("a", "desk", [2.0, 5.0] * 6)), DIMS, 11)
    assert grown is not None
    assert grown.cells["people"].to_list() == [32, 15]
    assert grown.values.select("cell", "n", "total", "at_risk").rows() == [
        (0, 32, 50.0 + 42.0, 16),
        (1, 15, 30.0, 0),
    ]


@pytest.mark.parametrize(
    "late",
    [
        pytest.param([("a", "desk", [2.0] * 10)], id="ten people"),
        pytest.param([("a", "desk", [2.0] * 11), ("b", "desk", [2.0])], id="one person elsewhere"),
        pytest.param([("c", "desk", [2.0] * 11)], id="a site that was in no cell"),
        pytest.param([("a", "non_desk", [2.0] * 11)], id="a desk type that was in no cell"),
        pytest.param([("a", "desk", [5.0] * 10 + [1.0])], id="nearly all of them at risk"),
    ],
)
def test_what_would_give_a_small_group_away_waits(published: Block, late: list) -> None:
    assert extend(published, leaves(*late), DIMS, 11) is None


def test_a_cell_that_said_no_more_than_nearly_all_stays_as_it_is() -> None:
    (block,) = build("survey", leaves(("a", "desk", [5.0] * 12)), DIMS, 11)
    assert extend(block, leaves(("a", "desk", [1.0] * 20)), DIMS, 11) is None


def test_no_late_responses_make_no_version(published: Block) -> None:
    assert extend(published, leaves(("a", "desk", [2.0])).clear(), DIMS, 11) is None


def test_a_measure_too_few_had_answered_stays_unpublished() -> None:
    first = leaves(("a", "desk", [1.0] * 12)).with_columns(
        pl.lit(5).alias("pride.n"),
        pl.lit(20.0).alias("pride.total"),
        pl.lit(80.0).alias("pride.squares"),
    )
    late = leaves(("a", "desk", [1.0] * 12)).with_columns(
        pl.lit(12).alias("pride.n"),
        pl.lit(40.0).alias("pride.total"),
        pl.lit(150.0).alias("pride.squares"),
    )
    (block,) = build("survey", first, DIMS, 11)
    grown = extend(block, late, DIMS, 11)
    assert grown is not None
    assert grown.values["measure"].to_list() == ["strain"]
    assert grown.cells["people"].to_list() == [24]
