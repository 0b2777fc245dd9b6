"""The audit of two views of one period: may they stand side by side?

Each view by itself shows groups of at least k people. Two of them can be subtracted from each
other, so the pair is judged measure by measure, on the people who answered that measure:

1. whatever anyone adds or subtracts speaks of k people at least (`release.network`);
2. nobody is known to be at risk because the numbers leave no other possibility, and without those
   of whom it is known that they are not, arithmetic still speaks of k people at least
   (`release.pinned`).

docs/privacy.md has the proof and an example with numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from release.network import GROUND, Network, Tie, first_node, second_node, smallest_cut
from release.pinned import Steps, pinned

Integers = npt.NDArray[np.int64]

Fault = Literal["arithmetic", "everyone", "leftover"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one view tells of a measure.

    Attributes:
        cells: `cell` and `n`, a row per published cell.
        bounds: `cell`, `least` and `most`: what a reader knows of the number at risk
            (`release.telling.bounds`); None without a cut-off.
    """

    cells: pl.DataFrame
    bounds: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Overlaps:
    """People by the two nodes of the network that they are in (`release.network`).

    Attributes:
        one, other: the nodes; cells that are not told are the ground.
        n: people in both.
        at_risk: how many of them are; None without a cut-off.
    """

    one: Integers
    other: Integers
    n: Integers
    at_risk: Integers | None = None

    def ties(self) -> list[Tie]:
        """The ties of the network; two nodes may have several."""
        return list(zip(self.one.tolist(), self.other.tolist(), self.n.tolist(), strict=True))


def placed(overlaps: pl.DataFrame, first: pl.Series, second: pl.Series) -> Overlaps:
    """Overlaps of cells at the network's nodes.

    Args:
        overlaps: `first` and `second`, the cells of either view (null: in none), `n` and perhaps
            `at_risk`.
        first, second: the cells that are told. All others are the ground.
    """
    return Overlaps(
        _nodes(overlaps["first"], first, first_node),
        _nodes(overlaps["second"], second, second_node),
        overlaps["n"].to_numpy().astype(np.int64),
        overlaps["at_risk"].to_numpy().astype(np.int64) if "at_risk" in overlaps.columns else None,
    )


def _nodes(cells: pl.Series, told: pl.Series, node: Callable[[int], int]) -> Integers:
    known = {cell: node(cell) for cell in told.to_list() if cell is not None}
    return np.array([known.get(cell, GROUND) for cell in cells.to_list()], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two views of a measure would give away; a `fault` of None: both may stand.

    `smallest`: people in the smallest group that sums and differences of both speak of.
    """

    fault: Fault | None
    smallest: int


def audit(overlaps: pl.DataFrame, first: Side, second: Side, minimum: int) -> Verdict:
    """Judge two views of one measure in one period.

    Args:
        overlaps: a row per pair of cells with people in both: `first`, `second` (null: in no cell),
            `n`, who answered the measure and, with a cut-off, `at_risk`.
        first, second: what the views tell of the measure.
        minimum: k.
    """
    people = placed(overlaps, first.cells["cell"], second.cells["cell"])
    sizes = [*first.cells["n"].to_list(), *second.cells["n"].to_list()]
    least = min(sizes, default=minimum)
    cut = smallest_cut(people.ties(), least)
    smallest = cut.people if cut else least
    if smallest < minimum:
        return Verdict("arithmetic", smallest)
    return Verdict(_risk(people, first, second, minimum), smallest)


def _risk(people: Overlaps, first: Side, second: Side, minimum: int) -> Fault | None:
    """What the numbers at risk give away beyond arithmetic; nothing without a cut-off."""
    if first.bounds is None or second.bounds is None or people.at_risk is None:
        return None
    apart = people.one != people.other
    pairs, place = np.unique(
        np.stack([people.one[apart], people.other[apart]]), axis=1, return_inverse=True
    )
    numbers = Steps(
        pairs[0],
        pairs[1],
        value=np.bincount(place.ravel(), people.at_risk[apart], pairs.shape[1]).astype(np.int64),
        most=np.bincount(place.ravel(), people.n[apart], pairs.shape[1]).astype(np.int64),
    )
    above = _slack(numbers.one, numbers.value, first.bounds, first_node)
    below = _slack(numbers.other, numbers.value, second.bounds, second_node)
    slack = above.joined(Steps(below.other, below.one, below.value, below.most))
    fixed = pinned(numbers.joined(slack))
    settled, open_slack = fixed[: numbers.one.size], ~fixed[numbers.one.size :]
    if (settled & (numbers.value == numbers.most)).any():
        return "everyone"
    left = Overlaps(numbers.one[~settled], numbers.other[~settled], numbers.most[~settled])
    network = Network(left.ties())
    # A sum that is told within bounds only, and that nothing else settles, is not known.
    for one, other in zip(slack.one[open_slack], slack.other[open_slack], strict=True):
        network.contract(int(one), int(other))
    return "leftover" if network.next_cut(minimum) else None


def _slack(
    nodes: Integers, values: Integers, bounds: pl.DataFrame, node: Callable[[int], int]
) -> Steps:
    """Per cell that is told within bounds, how far the most that it could be lies above the truth.

    With it the numbers of a cell add up to a known sum, as those of other cells do. It leads from
    the cell to the ground.
    """
    truth: dict[int, int] = {}
    for place, value in zip(nodes.tolist(), values.tolist(), strict=True):
        truth[place] = truth.get(place, 0) + value
    rows = [
        (node(cell), most - truth[node(cell)], most - least)
        for cell, least, most in bounds.select("cell", "least", "most").iter_rows()
        if most > least and node(cell) in truth
    ]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 3).T
    ground = np.full(len(rows), GROUND, dtype=np.int64)
    return Steps(columns[0], ground, value=columns[1], most=columns[2])
