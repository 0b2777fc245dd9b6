"""What sums and ranges settle, against every filling of a small table."""

from itertools import product

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st

from release.pinned import pinned

STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(10, 12), st.integers(0, 3), st.integers(0, 3)),
    min_size=1,
    max_size=6,
    unique_by=lambda step: step[:2],
)


def frame(steps: list[tuple]) -> pl.DataFrame:
    return pl.DataFrame(
        [(one, other, min(value, most), 0, most) for one, other, value, most in steps],
        schema=dict.fromkeys(("one", "other", "value", "least", "most"), pl.Int64),
        orient="row",
    )


@given(STEPS)
def test_what_is_pinned_is_the_same_in_every_filling(steps: list[tuple]) -> None:
    known = frame(steps)
    truth = known["value"].to_list()

    def sums(values: tuple[int, ...]) -> dict[int, int]:
        found: dict[int, int] = {}
        for (one, other, *_), value in zip(known.iter_rows(), values, strict=True):
            found[one] = found.get(one, 0) + value
            found[other] = found.get(other, 0) + value
        return found

    ranges = [range(most + 1) for most in known["most"]]
    fillings = [each for each in product(*ranges) if sums(each) == sums(tuple(truth))]
    assume(fillings)
    ends = known.select((pl.col("value") == 0) | (pl.col("value") == pl.col("most"))).to_series()
    fixed = [len(set(column)) == 1 for column in zip(*fillings, strict=True)]
    found = pinned(known).to_list()
    assert [a and b for a, b in zip(found, ends, strict=True)] == [
        a and b for a, b in zip(fixed, ends, strict=True)
    ]


def test_a_round_of_numbers_that_can_move_settles_none() -> None:
    square = [(0, 10, 1, 2), (0, 11, 1, 2), (1, 10, 1, 2), (1, 11, 1, 2)]
    assert pinned(frame(square)).to_list() == [False] * 4
    # Here the sums leave no other filling, but no number is at an end: that is arithmetic.
    assert pinned(frame(square[:3])).to_list() == [False] * 3


def test_full_and_empty_corners_hold_each_other() -> None:
    corners = [(0, 10, 2, 2), (0, 11, 0, 2), (1, 10, 0, 2), (1, 11, 2, 2)]
    assert pinned(frame(corners)).to_list() == [False] * 4
    ends = [(0, 10, 2, 2), (0, 11, 0, 2), (1, 10, 2, 2), (1, 11, 0, 2)]
    assert pinned(frame(ends)).to_list() == [True] * 4
