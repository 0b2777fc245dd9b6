"""An attacker with a solver: what follows from published sums, as linear and integer programs.

It shares nothing with `release.network` and `release.pinned` but the question.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

SLACK = 1e-6


def lightest(groups: Sequence[int], responses: int, minimum: int) -> int | None:
    """People in the smallest group under the minimum that combinations of sums speak of, or None.

    For people who are in the same groups it asks for the combination in which they count for one
    and all others together for as little as possible. Where the groups are those of two partitions
    the program has whole solutions, so what it finds is a group.

    Args:
        groups: sets of responses, as bit masks.
        responses: how many there are.
        minimum: k.
    """
    atoms, sizes = _atoms(groups, responses)
    best = float(minimum)
    width = atoms.shape[1]
    rows = csr_array(_independent(atoms).T)
    over = hstack([rows, -csr_array(np.eye(width))])
    under = hstack([-rows, -csr_array(np.eye(width))])
    cost = np.concatenate([np.zeros(rows.shape[1]), sizes])
    free = [(None, None)] * rows.shape[1] + [(0, None)] * width
    for atom in np.flatnonzero(sizes < minimum):
        one = hstack([rows[[int(atom)]], csr_array((1, width))])
        found = linprog(
            cost, vstack([over, under]), np.zeros(2 * width), one, np.ones(1), free, method="highs"
        )
        if found.status == 0:
            best = min(best, float(found.fun))
    return None if best > minimum - SLACK else round(best)


def _atoms(groups: Sequence[int], responses: int) -> tuple[np.ndarray, np.ndarray]:
    """People in the same groups as one column each, and how many they are."""
    width = (responses + 7) // 8
    packed = np.frombuffer(
        b"".join(group.to_bytes(width, "little") for group in groups), dtype=np.uint8
    ).reshape(len(groups), width)
    table = np.unpackbits(packed, axis=1, bitorder="little")[:, :responses]
    return np.unique(table[:, table.any(axis=0)], axis=1, return_counts=True)


def _independent(rows: np.ndarray) -> np.ndarray:
    """As many of the rows as span the space of all, the emptiest first."""
    kept: list[np.ndarray] = []
    basis: list[np.ndarray] = []
    for row in rows[np.argsort(rows.sum(axis=1), kind="stable")].astype(float):
        rest = row.copy()
        for direction in basis:
            rest -= direction * (rest @ direction)
        length = float(np.linalg.norm(rest))
        if length > SLACK:
            basis.append(rest / length)
            kept.append(row)
    return np.array(kept)


def surely_everyone(
    people: Mapping[tuple[int, int], int],
    first: Mapping[int, tuple[int, int]],
    second: Mapping[int, tuple[int, int]],
) -> list[tuple[int, int]]:
    """The overlaps of two views of whom everybody must be at risk, by integer programming.

    Args:
        people: per pair of a first and a second cell how many people are in both.
        first, second: per cell the least and the most that can be at risk in it.
    """
    pairs = list(people)
    rows, least, most = [], [], []
    for side, told in ((0, first), (1, second)):
        for cell, (low, high) in told.items():
            rows.append([place for place, pair in enumerate(pairs) if pair[side] == cell])
            least.append(low)
            most.append(high)
    where = [(row, place) for row, places in enumerate(rows) for place in places]
    table = coo_array(
        (np.ones(len(where)), tuple(np.array(where).T)), shape=(len(rows), len(pairs))
    )
    sums = LinearConstraint(table.tocsr(), least, most)
    sizes = np.array([people[pair] for pair in pairs])
    found = []
    for place, pair in enumerate(pairs):
        goal = np.zeros(len(pairs))
        goal[place] = 1
        fewest = milp(
            goal, constraints=sums, bounds=Bounds(0, sizes), integrality=np.ones(len(pairs))
        )
        assert fewest.status == 0, "the truth is a solution"
        if fewest.fun > sizes[place] - SLACK:
            found.append(pair)
    return found
