"""The partition on tables small enough to check by hand, then its promises on random worlds."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.partition import MinimumError, partition

DIMS = ("region", "location")


def leaves(*rows: tuple[str, str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["period", *DIMS, "people"], orient="row")


def test_large_children_stay_apart_and_small_ones_are_pooled() -> None:
    table = leaves(
        ("2024-01", "north", "a", 20),
        ("2024-01", "north", "b", 6),
        ("2024-01", "north", "c", 7),
        ("2024-01", "south", "d", 11),
    )
    assert partition(table, DIMS, 11).to_list() == [0, 1, 1, 2]


def test_a_rest_under_the_minimum_takes_in_the_smallest_child() -> None:
    table = leaves(
        ("2024-01", "north", "a", 30),
        ("2024-01", "north", "b", 12),
        ("2024-01", "north", "c", 12),
        ("2024-01", "north", "d", 3),
    )
    # b and c are equally small: the first by name joins d.
    assert partition(table, DIMS, 11).to_list() == [0, 1, 2, 1]


def test_a_parent_with_fewer_than_two_groups_is_not_split() -> None:
    table = leaves(("2024-01", "north", "a", 30), ("2024-01", "north", "b", 3))
    assert partition(table, DIMS, 11).to_list() == [0, 0]


def test_a_dimension_that_does_not_split_leaves_the_next_one_to_do_so() -> None:
    table = leaves(
        ("2024-01", "north", "a", 30), ("2024-01", "south", "b", 3), ("2024-01", "south", "c", 40)
    )
    split = partition(table, ("location", "region"), 11)
    # b is pooled with a, the smallest; that rest is then split no further: south has only 3 in it.
    assert split.to_list() == [0, 0, 1]


def test_periods_are_apart_and_one_with_too_few_people_has_no_cells() -> None:
    table = leaves(
        ("2024-01", "north", "a", 10), ("2024-02", "north", "a", 11), ("2024-03", "north", "a", 50)
    )
    assert partition(table, DIMS, 11).to_list() == [None, 0, 1]


def test_nothing_gives_nothing() -> None:
    assert partition(leaves().cast({"period": pl.String, "people": pl.Int64}), DIMS, 11).is_empty()


def test_a_minimum_under_five_is_refused() -> None:
    with pytest.raises(MinimumError, match="never under 5"):
        partition(leaves(("2024-01", "north", "a", 30)), DIMS, 4)


worlds = st.lists(
    st.tuples(
        st.sampled_from(["2024-01", "2024-02"]),
        st.sampled_from("abc"),
        st.sampled_from("uvwxyz"),
        st.sampled_from(["desk", "non_desk"]),
        st.integers(0, 25),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda row: row[:4],
)
minimums = st.integers(5, 30)


def world(rows: list[tuple[str, str, str, str, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "period": pl.String,
            "region": pl.String,
            "location": pl.String,
            "desk_type": pl.String,
            "people": pl.Int64,
        },
        orient="row",
    )


@given(worlds, minimums)
def test_every_leaf_of_a_large_enough_period_is_in_one_cell_of_enough_people(
    rows: list[tuple[str, str, str, str, int]], minimum: int
) -> None:
    table = world(rows).with_columns(
        cell=partition(world(rows), ("region", "location", "desk_type"), minimum)
    )
    for _, period in table.group_by("period"):
        if period["people"].sum() < minimum:
            assert period["cell"].null_count() == period.height
        else:
            assert period["cell"].null_count() == 0
    sizes = table.drop_nulls("cell").group_by("cell").agg(pl.col("people").sum())
    assert (sizes["people"] >= minimum).all()
    assert (
        table.drop_nulls("cell")
        .group_by("cell")
        .agg(pl.col("period").n_unique())["period"]
        .to_list()
        == [1] * sizes.height
    )


@given(worlds, minimums)
def test_the_order_of_the_rows_does_not_matter(
    rows: list[tuple[str, str, str, str, int]], minimum: int
) -> None:
    dims = ("region", "location", "desk_type")
    table = world(rows)
    forward = partition(table, dims, minimum)
    backward = partition(table.reverse(), dims, minimum)
    assert forward.to_list() == backward.reverse().to_list()


@given(worlds)
def test_a_split_by_one_more_dimension_only_refines(
    rows: list[tuple[str, str, str, str, int]],
) -> None:
    table = world(rows)
    coarse = partition(table, ("region", "location"), 11)
    fine = partition(table, ("region", "location", "desk_type"), 11)
    pairs = pl.DataFrame({"fine": fine, "coarse": coarse}).drop_nulls().unique()
    assert pairs["fine"].n_unique() == pairs.height
