"""Late responses join a published period only where the difference could be published itself."""

import polars as pl
import pytest

from release.blocks import Block
from release.brought import group_figures
from release.build import build
from release.leaves import leaf_counts
from release.versions import extend, follows

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


# --- two finished versions, as one who received both can judge them -----------------------------


def shifted(block: Block, **more: float) -> Block:
    """The block with more in its first cell: of people, and of each part of its figures."""
    is_first = pl.int_range(pl.len()) == 0
    cells, values = (
        frame.with_columns(
            pl.when(is_first).then(pl.col(name) + part).otherwise(name).cast(frame.schema[name])
            for name, part in more.items()
            if name in frame.columns
        )
        for frame in (block.cells, block.values)
    )
    return Block(block.subject, block.period, cells, values)


def test_what_was_extended_may_follow_and_so_may_the_same_again(published: Block) -> None:
    grown = extend(published, leaves(("a", "desk", [2.0, 5.0] * 6)), DIMS, 11)
    assert grown is not None
    assert follows(published, grown, 11)
    assert follows(published, published, 11)
    assert not follows(grown, published, 11)
    assert not follows(published, grown, 13)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"people": 10, "n": 10, "total": 20.0, "squares": 50.0}, id="ten people"),
        pytest.param({"people": 1}, id="one person who answered nothing"),
        pytest.param({"people": 11, "n": 10, "total": 20.0, "squares": 50.0}, id="ten answers"),
        pytest.param({"n": 11, "total": 20.0, "squares": 50.0}, id="answers of nobody"),
        pytest.param({"total": 1.0}, id="a correction"),
        pytest.param({"at_risk": 1}, id="one more at risk"),
        pytest.param(
            {"people": 11, "n": 11, "total": 50.0, "squares": 250.0, "at_risk": 10},
            id="nearly all of them at risk",
        ),
        pytest.param(
            {"people": 11, "n": 11, "total": 20.0, "squares": 50.0, "at_risk": -1},
            id="fewer at risk",
        ),
    ],
)
def test_a_version_that_tells_of_few_by_subtraction_may_not_follow(
    published: Block, more: dict[str, float]
) -> None:
    assert not follows(published, shifted(published, **more), 11)


def test_cells_and_figures_neither_come_nor_go(published: Block) -> None:
    cells, values = published.cells, published.values
    assert not follows(published, Block("survey", "2024-01", cells.head(1), values.head(1)), 11)
    assert not follows(published, Block("survey", "2024-01", cells, values.head(1)), 11)
    moved = cells.with_columns(location=pl.lit(["c"]))
    assert not follows(published, Block("survey", "2024-01", moved, values), 11)


def test_an_addition_that_answered_all_alike_may_not_follow() -> None:
    spread = leaves(("a", "desk", [1.0, 2.0] * 10)).drop("strain.at_risk")
    (before,) = build("survey", spread, DIMS, 11)
    same = shifted(before, people=11, n=11, total=22.0, squares=44.0)
    assert follows(before, same, 11)
    assert not follows(before, same, 11, ["strain"])


def test_what_does_not_grow_stays_as_it_is(published: Block) -> None:
    counts = Block("absence", "2024-01", published.cells, published.values)
    assert follows(counts, counts, 11)
    assert not follows(counts, shifted(counts, people=30, n=30, total=60.0), 11)


def test_ready_made_figures_stay_and_new_ones_may_stand_beside_them() -> None:
    rows = pl.DataFrame(
        {
            "period": ["2024"] * 2,
            "location": ["a", "b"],
            "desk_type": [None, "desk"],
            "measure": ["pride"] * 2,
            "n": [40, 20],
            "value": [3.0, 3.5],
            "sd": [0.8, None],
        },
        schema_overrides={"desk_type": pl.String},
    )
    (both,) = group_figures(rows, 11)
    (one,) = group_figures(rows.tail(1), 11)
    (corrected,) = group_figures(rows.with_columns(value=pl.lit(3.1)), 11)
    assert follows(one, both, 11)
    assert not follows(both, one, 11)
    assert not follows(both, corrected, 11)
