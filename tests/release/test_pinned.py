"""What sums and ranges settle, against every filling of a small table."""

from itertools import product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from release.pinned import Steps, pinned

STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(10, 12), st.integers(0, 3), st.integers(1, 3)),
    min_size=1,
    max_size=6,
    unique_by=lambda step: step[:2],
)


def numbers(steps: list[tuple]) -> Steps:
    one, other, value, most = np.array(steps, dtype=np.int64).T
    return Steps(one, other, np.minimum(value, most), most)


@given(STEPS)
def test_what_is_pinned_is_the_same_in_every_filling(steps: list[tuple]) -> None:
    known = numbers(steps)
    truth = known.value.tolist()

    def sums(values: tuple[int, ...]) -> dict[int, int]:
        found: dict[int, int] = {}
        for one, other, value in zip(known.one.tolist(), known.other.tolist(), values, strict=True):
            found[one] = found.get(one, 0) + value
            found[other] = found.get(other, 0) + value
        return found

    ranges = [range(most + 1) for most in known.most.tolist()]
    fillings = [each for each in product(*ranges) if sums(each) == sums(tuple(truth))]
    assume(fillings)
    ends = (known.value == 0) | (known.value == known.most)
    fixed = [len(set(column)) == 1 for column in zip(*fillings, strict=True)]
    found = pinned(known).tolist()
    assert [a and b for a, b in zip(found, ends, strict=True)] == [
        a and b for a, b in zip(fixed, ends, strict=True)
    ]


def test_a_round_of_numbers_that_can_move_settles_none() -> None:
    square = [(0, 10, 1, 2), (0, 11, 1, 2), (1, 10, 1, 2), (1, 11, 1, 2)]
    assert pinned(numbers(square)).tolist() == [False] * 4
    # Here the sums leave no other filling, but no number is at an end: that is arithmetic.
    assert pinned(numbers(square[:3])).tolist() == [False] * 3


def test_full_and_empty_corners_hold_each_other() -> None:
    corners = [(0, 10, 2, 2), (0, 11, 0, 2), (1, 10, 0, 2), (1, 11, 2, 2)]
    assert pinned(numbers(corners)).tolist() == [False] * 4
    ends = [(0, 10, 2, 2), (0, 11, 0, 2), (1, 10, 2, 2), (1, 11, 0, 2)]
    assert pinned(numbers(ends)).tolist() == [True] * 4
