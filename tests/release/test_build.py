"""Blocks from leaf counts: sums by hand, what is left unsaid, and the promises of the release."""

import random
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from release.blocks import fingerprint, pack, unpack
from release.build import build
from release.leaves import leaf_counts

DIMS = ("region", "location", "desk_type")


def sheets(
    *groups: tuple[str, str, str, int, Sequence[float | None]], period: str = "2024-01"
) -> pl.DataFrame:
    """Groups of people: region, location, desk type, head count, and their scores (repeated)."""
    rows = [
        (period, region, location, desk, scores[person % len(scores)])
        for region, location, desk, people, scores in groups
        for person in range(people)
    ]
    return pl.DataFrame(
        rows, schema=["period", "region", "location", "desk_type", "strain"], orient="row"
    ).with_columns((pl.col("strain") >= 3).alias("strain.at_risk"))


def built(frame: pl.DataFrame, minimum: int = 11) -> list:
    return build("survey", leaf_counts(frame, ("period", *DIMS), ["strain"]), DIMS, minimum)


def test_a_cell_holds_n_sum_squares_and_those_at_risk() -> None:
    (block,) = built(sheets(("north", "a", "desk", 12, [1.0, 2.0, 3.0])))
    assert block.cells.to_dicts() == [
        {
            "cell": 0,
            "view": "sites",
            "people": 12,
            "region": ["north"],
            "location": ["a"],
            "desk_type": ["desk"],
        }
    ]
    assert block.values.to_dicts() == [
        {
            "cell": 0,
            "measure": "strain",
            "n": 12,
            "total": 24.0,
            "squares": 4 * (1.0 + 4.0 + 9.0),
            "at_risk": 4,
            "at_least": False,
        }
    ]
    assert block.withheld == ()


def test_a_measure_that_too_few_answered_is_left_out_of_its_cell_only() -> None:
    (block,) = built(
        sheets(
            ("north", "a", "desk", 12, [1.0] * 10 + [None, None]),
            ("north", "b", "desk", 12, [1.0] * 11 + [None]),
        )
    )
    assert block.cells["people"].to_list() == [12, 12]
    assert block.values.select("cell", "n").rows() == [(1, 11)]
    assert block.withheld == ("strain",)


@pytest.mark.parametrize(
    ("at_risk", "published", "bound"),
    [(0, 0, False), (9, 9, False), (10, 10, True), (12, 10, True)],
)
def test_where_nearly_all_are_at_risk_the_cell_says_so_and_no_more(
    at_risk: int, published: int, bound: bool
) -> None:
    (block,) = built(sheets(("north", "a", "desk", 12, [5.0] * at_risk + [1.0] * (12 - at_risk))))
    row = block.values.row(0, named=True)
    assert (row["at_risk"], row["at_least"]) == (published, bound)
    assert (row["total"] is None, row["squares"] is None) == (bound, bound)


def test_a_period_with_too_few_people_has_no_cells_and_says_what_is_withheld() -> None:
    (block,) = built(sheets(("north", "a", "desk", 10, [1.0])))
    assert block.cells.is_empty()
    assert block.values.is_empty()
    assert block.smallest is None
    assert block.withheld == ("strain",)


def test_unknown_dimensions_are_a_value_of_their_own() -> None:
    frame = sheets(("north", "a", "desk", 12, [1.0]), ("north", "a", "non_desk", 12, [1.0]))
    unknown = frame.with_columns(
        desk_type=pl.when(pl.col("desk_type") == "desk").then(pl.lit("desk"))
    )
    (block,) = built(unknown)
    assert block.cells["desk_type"].to_list() == [["desk"], ["unknown"]]


def test_counts_of_a_whole_population_have_no_squares() -> None:
    leaves = pl.DataFrame(
        {
            "period": ["2024-01"],
            "region": ["north"],
            "location": ["a"],
            "desk_type": ["desk"],
            "people": [40],
            "hours_lost.n": [40],
            "hours_lost.total": [321.5],
        }
    )
    (block,) = build("absence", leaves, DIMS, 11, counts=True)
    row = block.values.row(0, named=True)
    assert (row["n"], row["total"], row["squares"], row["at_risk"]) == (40, 321.5, None, None)


def test_a_block_survives_packing_and_equal_blocks_have_equal_fingerprints() -> None:
    first, second = (built(sheets(("north", "a", "desk", 12, [1.0, 4.0])))[0] for _ in range(2))
    assert_frame_equal(unpack(pack(first.cells)), first.cells)
    assert_frame_equal(unpack(pack(first.values)), first.values)
    assert fingerprint(pack(first.cells), pack(first.values)) == fingerprint(
        pack(second.cells), pack(second.values)
    )


people = st.lists(
    st.tuples(
        st.sampled_from(["2024-01", "2024-02"]),
        st.sampled_from(["north", "south"]),
        st.sampled_from("abcde"),
        st.sampled_from(["desk", "non_desk", None]),
        st.one_of(st.none(), st.integers(1, 5)),
    ),
    min_size=1,
    max_size=300,
)


def frame_of(rows: list) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "period": pl.String,
            "region": pl.String,
            "location": pl.String,
            "desk_type": pl.String,
            "strain": pl.Float64,
        },
        orient="row",
        strict=False,
    ).with_columns((pl.col("strain") >= 3).alias("strain.at_risk"))


@given(people)
def test_sums_over_cells_are_sums_over_the_released_responses(rows: list) -> None:
    frame = frame_of(rows)
    for block in built(frame, minimum=5):
        period = frame.filter(pl.col("period") == block.period)
        assert block.people in (0, period.height)
        if block.people == 0 or block.withheld or block.values["at_least"].any():
            continue
        assert block.values["n"].sum() == period["strain"].count()
        assert block.values["total"].sum() == period["strain"].sum()
        assert block.values["squares"].sum() == (period["strain"] ** 2).sum()
        assert block.values["at_risk"].sum() == period["strain.at_risk"].sum()


@given(people)
def test_every_cell_and_every_measure_of_it_has_enough_people(rows: list) -> None:
    for block in built(frame_of(rows), minimum=7):
        assert (block.cells["people"] >= 7).all()
        assert (block.values["n"] >= 7).all()


@given(people, st.randoms(use_true_random=False))
def test_the_shape_does_not_change_when_answers_are_shuffled(
    rows: list, chance: random.Random
) -> None:
    answers = [row[4] for row in rows]
    chance.shuffle(answers)
    shuffled = [(*row[:4], answer) for row, answer in zip(rows, answers, strict=True)]
    for before, after in zip(built(frame_of(rows), 5), built(frame_of(shuffled), 5), strict=True):
        assert_frame_equal(before.cells, after.cells)


@given(people)
def test_one_period_at_a_time_gives_what_all_at_once_gives(rows: list) -> None:
    frame = frame_of(rows)
    together = built(frame, 5)
    apart = [
        block
        for (_,), part in frame.group_by("period", maintain_order=True)
        for block in built(part, 5)
    ]
    for one, other in zip(together, sorted(apart, key=lambda b: b.period), strict=True):
        assert_frame_equal(one.cells, other.cells)
        assert_frame_equal(one.values, other.values)
        assert one.withheld == other.withheld


@given(st.permutations([(1 / 3) * score for score in range(1, 15)]))
def test_the_order_of_rows_does_not_change_a_bit(scores: list[float]) -> None:
    def bytes_of(given: Sequence[float]) -> bytes:
        (block,) = built(sheets(("north", "a", "desk", len(given), given)))
        return pack(block.values)

    assert bytes_of(scores) == bytes_of(sorted(scores))


def test_large_whole_sums_are_kept_exactly() -> None:
    (block,) = built(sheets(("north", "a", "desk", 12, [2.0**49 + 1] + [0.0] * 11)))
    assert block.values["total"].to_list() == [2.0**49 + 1]
