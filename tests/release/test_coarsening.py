"""Making a second view coarser: by sizes alone, as little as needed, and enough."""

from random import Random

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st

from release.audit import placed
from release.coarsening import coarsen, withhold
from release.network import GROUND, first_node, second_node, smallest_cut
from release.subjects import View

VIEW = View("work", ("family", "tenure"), (2, 0.5))
LEAVES = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.sampled_from("pq"), st.sampled_from("xyz"),
        st.integers(1, 30),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


def leaves(rows: list[tuple]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "first": pl.UInt32,
            "second": pl.UInt32,
            "family": pl.String,
            "tenure": pl.String,
            "people": pl.UInt32,
        },
        orient="row",
    )


def smallest(people: pl.DataFrame) -> int | None:
    overlaps = people.rename({"people": "n"})
    cut = smallest_cut(placed(overlaps, overlaps["first"], overlaps["second"]).ties(), 11)
    return cut.people if cut else None


def split(rows: list[tuple]) -> pl.DataFrame:
    """Leaves whose first cells have 11 people at least, as a first view has them."""
    found = leaves(rows)
    sizes = found.group_by("first").agg(pl.col("people").sum())["people"]
    assume((sizes >= 11).all())
    return found


@given(LEAVES)
def test_afterwards_no_combination_of_sums_speaks_of_fewer(rows: list[tuple]) -> None:
    before = split(rows)
    found = coarsen(before, VIEW, 11)
    after = before.with_columns(second=found.cell)
    assert smallest(after) is None
    assert found.merges == before["second"].n_unique() - after["second"].n_unique()


@given(LEAVES, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[tuple], order: Random) -> None:
    mixed = list(range(len(rows)))
    order.shuffle(mixed)
    straight = coarsen(split(rows), VIEW, 11)
    turned = coarsen(leaves([rows[place] for place in mixed]), VIEW, 11)
    assert [turned.cell[mixed.index(place)] for place in range(len(rows))] == list(straight.cell)


def test_two_views_that_leave_nobody_alone_stay_as_they_are() -> None:
    found = coarsen(leaves([(0, 0, "p", "x", 20), (0, 1, "q", "x", 20)]), VIEW, 11)
    assert (found.merges, found.cell.to_list()) == (0, [0, 1])


def test_cells_are_joined_that_differ_in_what_counts_least() -> None:
    """Cell 0 is nearly all of first cell 0; joining it with its tenure costs less than its kind."""
    rows = [
        (0, 0, "p", "x", 20),
        (0, 1, "p", "y", 5),
        (1, 1, "p", "y", 20),
        (1, 2, "q", "x", 20),
    ]
    found = coarsen(leaves(rows), VIEW, 11)
    assert (found.merges, found.cell.to_list()) == (1, [0, 0, 0, 2])


def test_answers_that_were_skipped_cost_the_smallest_cells_of_a_measure() -> None:
    """Four people lie between two pairs of cells; with cell 0 left out, between it and cell 1."""
    cells = [(0, 0, 20), (0, 1, 4), (1, 1, 20), (1, 2, 30)]
    network = [(first_node(one), second_node(other), n) for one, other, n in cells]
    assert withhold(network, 11) == frozenset({0, 1})
    gone = {second_node(0), second_node(1)}
    told = [(one, GROUND if other in gone else other, n) for one, other, n in network]
    assert smallest_cut(told, 11) is None


def test_nothing_is_left_out_where_nothing_needs_to_be() -> None:
    assert withhold([(first_node(0), second_node(0), 20)], 11) == frozenset()
