"""The network of two partitions of the same people: cells are nodes, the people in both are ties.

Whoever adds and subtracts published sums gives each cell a factor. What is left of a person is the
factor of the one cell less that of the other, so it vanishes where the two are equal: the people
that a combination speaks of are the ties between cells of different factors. With two factors that
is a *cut* of the network, and every combination speaks of the people of some cut at least. So the
smallest group that arithmetic can single out is the smallest cut.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

GROUND = -1
"""The node of everybody who is in no published cell of a view: no sum is told of them."""

Tie = tuple[int, int, int]
"""Two nodes, and how many people tie them."""


def first_node(cell: int) -> int:
    """The node of a cell of the first view."""
    return 2 * cell


def second_node(cell: int) -> int:
    """The node of a cell of the second view."""
    return 2 * cell + 1


def second_cells(nodes: Iterable[int]) -> set[int]:
    """The cells of the second view among some nodes."""
    return {node // 2 for node in nodes if node >= 0 and node % 2}


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut: how many people lie between the nodes of `side` and all others of their component."""

    people: int
    side: frozenset[int]


class Network:
    """A network in which nodes are contracted that no cut of interest can part."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self._ties: dict[int, dict[int, int]] = {}
        self._members: dict[int, set[int]] = {}
        self._node: dict[int, int] = {}
        for one, other, people in ties:
            self._known(one)
            self._known(other)
            if one != other and people:
                self._tie(one, other, people)

    def _known(self, cell: int) -> int:
        """The node that a cell is in."""
        if cell not in self._node:
            self._ties[cell], self._members[cell], self._node[cell] = {}, {cell}, cell
        return self._node[cell]

    def _tie(self, one: int, other: int, people: int) -> None:
        self._ties[one][other] = self._ties[one].get(other, 0) + people
        self._ties[other][one] = self._ties[other].get(one, 0) + people

    def contract(self, one: int, other: int) -> None:
        """Make one node of the nodes that two cells are in."""
        kept, gone = self._known(one), self._known(other)
        if kept == gone:
            return
        if len(self._ties[kept]) < len(self._ties[gone]):
            kept, gone = gone, kept
        for neighbour, people in self._ties.pop(gone).items():
            del self._ties[neighbour][gone]
            if neighbour != kept:
                self._tie(kept, neighbour, people)
        for member in self._members[gone]:
            self._node[member] = kept
        self._members[kept] |= self._members.pop(gone)

    def next_cut(self, limit: int) -> Cut | None:
        """A cut of fewer than `limit` people; None when there is none.

        What no such cut can part is contracted on the way, for good: so the next call goes on where
        this one ended, provided that its limit is not larger and that the cut was contracted away.

        Each search visits the nodes of a component, the one next that is tied strongest to those
        visited (Stoer and Wagner 1997). Between two that follow each other no cut is smaller than
        the last one's tie then is (Nagamochi and Ibaraki 1992), and of the very last one that tie
        is a cut.
        """
        waiting = set(self._ties)
        while waiting:
            start = min(waiting)
            order = self._search(start)
            waiting.difference_update(node for node, _ in order)
            if len(order) == 1:
                continue
            last, people = order[-1]
            if people < limit:
                return Cut(people, frozenset(self._members[last]))
            for (before, _), (node, tied) in pairwise(order):
                if tied >= limit:
                    self.contract(before, node)
            waiting.add(self._node[start])
        return None

    def _search(self, start: int) -> list[tuple[int, int]]:
        """The nodes of a component in the order of visiting, and how each was tied then."""
        tied, seen = {start: 0}, set[int]()
        heap, order = [(0, start)], list[tuple[int, int]]()
        while heap:
            weight, node = heappop(heap)
            if node in seen:
                continue
            seen.add(node)
            order.append((node, -weight))
            for neighbour, people in self._ties[node].items():
                if neighbour not in seen:
                    tied[neighbour] = tied.get(neighbour, 0) + people
                    heappush(heap, (-tied[neighbour], neighbour))
        return order


def smallest_cut(ties: Iterable[Tie], limit: int) -> Cut | None:
    """The smallest cut of fewer than `limit` people; None when no cut is so small."""
    network = Network(ties)
    found = None
    while cut := network.next_cut(limit if found is None else found.people):
        found = cut
    return found
