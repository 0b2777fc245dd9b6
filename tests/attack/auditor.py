"""An auditor that tries everything: what two views give away, by enumeration and exact fractions.

It shares nothing with `release.audit` but the question. It works on tables of a few overlaps: every
filling of the at-risk table is written down, and what arithmetic can single out is asked of exact
ranks, for every set of overlaps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Two views of one measure.

    Attributes:
        people: per pair of cells (row, column) how many people are in both; only pairs with people.
        at_risk: the same of those at risk.
        rows, columns: per cell that is told, what is said of its number at risk: all the numbers
            that it could be. A cell that is not in here is not told at all.
    """

    people: dict[tuple[int, int], int]
    at_risk: dict[tuple[int, int], int]
    rows: dict[int, frozenset[int]]
    columns: dict[int, frozenset[int]]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return sorted(self.people)


def smallest_by_arithmetic(table: Table) -> int | None:
    """People in the smallest group that any combination of the told sums speaks of."""
    equations = [
        *([int(pair[0] == row) for pair in table.pairs] for row in sorted(table.rows)),
        *([int(pair[1] == column) for pair in table.pairs] for column in sorted(table.columns)),
    ]
    return _smallest(equations, [table.people[pair] for pair in table.pairs])


def _smallest(equations: Sequence[Sequence[int]], sizes: Sequence[int]) -> int | None:
    """The lightest set of columns outside of which some combination of the rows vanishes."""
    full = rank(equations)
    if not full:
        return None
    best = None
    everyone = range(len(sizes))
    for count in range(1, len(sizes) + 1):
        for chosen in combinations(everyone, count):
            weight = sum(sizes[number] for number in chosen)
            if best is not None and weight >= best:
                continue
            others = [number for number in everyone if number not in chosen]
            if rank([[row[number] for number in others] for row in equations]) < full:
                best = weight
    return best


def rank(rows: Sequence[Sequence[int]]) -> int:
    """The rank of a matrix, in exact fractions."""
    left = [[Fraction(value) for value in row] for row in rows if any(row)]
    found = 0
    while left:
        pivot = left.pop()
        place = next((number for number, value in enumerate(pivot) if value), None)
        if place is None:
            continue
        found += 1
        left = [
            [value - row[place] / pivot[place] * own for value, own in zip(row, pivot, strict=True)]
            for row in left
        ]
        left = [row for row in left if any(row)]
    return found


def fillings(table: Table) -> Iterator[tuple[int, ...]]:
    """Every way in which the people at risk could lie, given what is told."""
    for filling in product(*(range(table.people[pair] + 1) for pair in table.pairs)):
        if _fits(table, filling, 0, table.rows) and _fits(table, filling, 1, table.columns):
            yield filling


def _fits(table: Table, filling: Sequence[int], side: int, told: dict[int, frozenset[int]]) -> bool:
    sums = dict.fromkeys(told, 0)
    for pair, value in zip(table.pairs, filling, strict=True):
        if pair[side] in sums:
            sums[pair[side]] += value
    return all(sums[cell] in possible for cell, possible in told.items())


@dataclass(frozen=True, slots=True)
class Known:
    """What follows from all fillings together.

    Attributes:
        everyone: overlaps of which everybody must be at risk.
        smallest: people in the smallest group of whom the number at risk is known, without those
            overlaps of which nobody or everybody must be; None when there is none.
    """

    everyone: tuple[tuple[int, int], ...]
    smallest: int | None


def known_of(table: Table) -> Known:
    """What somebody knows who has written down every filling."""
    every = list(fillings(table))
    assert every, "the truth is one of them"
    columns = list(zip(*every, strict=True))
    sizes = [table.people[pair] for pair in table.pairs]
    fixed = [len(set(column)) == 1 for column in columns]
    everyone = tuple(
        pair
        for pair, column, size, known in zip(table.pairs, columns, sizes, fixed, strict=True)
        if known and column[0] == size
    )
    ends = [
        known and column[0] in (0, size)
        for column, size, known in zip(columns, sizes, fixed, strict=True)
    ]
    others = [number for number, end in enumerate(ends) if not end]
    # A combination is known when it is the same in every filling: when it is orthogonal to all
    # differences between fillings.
    differences = [
        [filling[number] - every[0][number] for number in others] for filling in every[1:]
    ]
    return Known(everyone, _lightest_known(differences, [sizes[number] for number in others]))


def _lightest_known(differences: Sequence[Sequence[int]], sizes: Sequence[int]) -> int | None:
    """The lightest set of columns of the differences that are linearly dependent."""
    best = None
    for count in range(1, len(sizes) + 1):
        for chosen in combinations(range(len(sizes)), count):
            weight = sum(sizes[number] for number in chosen)
            if best is not None and weight >= best:
                continue
            if rank([[row[number] for number in chosen] for row in differences]) < count:
                best = weight
    return best
