"""The smallest cut, against every way to part a small network in two."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from release.network import GROUND, Network, Tie, smallest_cut

NODES = st.sampled_from([GROUND, 0, 1, 2, 3, 4])
TIES = st.lists(st.tuples(NODES, NODES, st.integers(0, 9)), max_size=9)


def every_cut(ties: list[Tie]) -> dict[frozenset[int], int]:
    """How many people each way to part the nodes lies between."""
    nodes = sorted({node for tie in ties for node in tie[:2]})
    found = {}
    for sides in product((False, True), repeat=len(nodes)):
        side = frozenset(node for node, inside in zip(nodes, sides, strict=True) if inside)
        found[side] = sum(n for one, other, n in ties if (one in side) != (other in side))
    return found


@given(TIES, st.integers(1, 30))
def test_no_cut_is_smaller(ties: list[Tie], limit: int) -> None:
    cuts = every_cut(ties)
    smallest = min((people for people in cuts.values() if 0 < people < limit), default=None)
    found = smallest_cut(ties, limit)
    assert (found.people if found else None) == smallest
    assert found is None or cuts[found.side] == found.people


def test_one_cell_less_another_that_lies_in_it() -> None:
    """Of the 11 people of one cell, 9 are in another: between the two are the other 2."""
    cut = smallest_cut([(0, 1, 9), (0, 3, 2), (2, 3, 20)], 11)
    assert cut is not None
    assert (cut.people, cut.side in ({0, 1}, {2, 3})) == (2, True)


def test_what_is_contracted_is_parted_no_more() -> None:
    network = Network([(0, 1, 9), (0, 3, 2), (2, 3, 20)])
    assert network.next_cut(11)
    network.contract(1, 3)
    assert network.next_cut(11) is None


def test_without_ties_there_is_nothing_to_part() -> None:
    assert smallest_cut([], 11) is None
    assert smallest_cut([(GROUND, GROUND, 3)], 11) is None
