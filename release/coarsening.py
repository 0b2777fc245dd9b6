"""Making a second view coarser until it can stand beside the first one.

It goes by sizes alone: who took part, never what they answered. Where the two views single out a
group under the minimum, it lies between two sides of their network (`release.network`). Joining a
cell of the one side with a cell of the other ends that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from release.audit import placed
from release.leaves import UNKNOWN
from release.network import GROUND, Cut, Network, Tie, second_cells, second_node
from release.subjects import View

_SEVERAL = -1
"""The code of a cell with several values in a dimension, or with none that is known."""


@dataclass(frozen=True, slots=True)
class Coarser:
    """A second view that can stand beside the first, as far as sizes go.

    Attributes:
        cell: the cell of each leaf; null for those that are in none.
        merges: how many times two cells were joined.
    """

    cell: pl.Series
    merges: int


def coarsen(leaves: pl.DataFrame, view: View, minimum: int) -> Coarser:
    """Join cells of the second view until sums and differences speak of `minimum` people.

    Of all pairs of cells on either side the one is joined that costs least: of which the fewest
    people were in a cell of one known value before and are in one of several afterwards, each
    dimension by its worth. So cells that are mixed already take more in first, then neighbours that
    differ in a dimension that counts little.

    Args:
        leaves: `first` and `second`, the cells of each leaf (null: in none), `people`, and the
            dimensions of `view`.
        view: the second view.
        minimum: the fewest people that anything may speak of.
    """
    people = leaves.group_by("first", "second").agg(n=pl.col("people").sum())
    network = Network(placed(people, people["first"], people["second"]).ties())
    cells = _Cells(leaves, view)
    while cut := network.next_cut(minimum):
        kept, gone = cells.cheapest(cut)
        network.contract(second_node(kept), second_node(gone))
        cells.join(kept, gone)
    return Coarser(cells.joined(leaves["second"]), cells.merges)


class _Cells:
    """The cells of the second view as they are joined, and what each can tell."""

    def __init__(self, leaves: pl.DataFrame, view: View) -> None:
        told = (
            leaves.drop_nulls("second")
            .group_by("second")
            .agg(pl.col("people").sum(), *(pl.col(dim).unique() for dim in view.dims))
            .sort("second")
        )
        self.merges = 0
        self._whole = {cell: cell for cell in told["second"].to_list()}
        self._people = dict(zip(self._whole, told["people"].to_list(), strict=True))
        codes = np.column_stack([_codes(told[dim]) for dim in view.dims])
        self._codes = dict(zip(self._whole, codes, strict=True))
        self._worth = np.array(view.worth)

    def cheapest(self, cut: Cut) -> tuple[int, int]:
        """The pair of cells, one on either side of a cut, that costs least to join."""
        within = second_cells(cut.side)
        inside = [cell for cell in self._people if cell in within]
        outside = [cell for cell in self._people if cell not in within]
        costs = self._costs(inside, outside)
        one, other = np.unravel_index(int(costs.argmin()), costs.shape)
        first, second = sorted((inside[int(one)], outside[int(other)]))
        return first, second

    def _costs(self, inside: Sequence[int], outside: Sequence[int]) -> npt.NDArray[np.float64]:
        costs = np.zeros((len(inside), len(outside)))
        people = [np.array([self._people[cell] for cell in side]) for side in (inside, outside)]
        codes = [np.stack([self._codes[cell] for cell in side]) for side in (inside, outside)]
        for dim, worth in enumerate(self._worth):
            one, other = codes[0][:, dim, None], codes[1][None, :, dim]
            lost = (one != _SEVERAL) * people[0][:, None] + (other != _SEVERAL) * people[1][None, :]
            costs += worth * np.where(one == other, 0, lost)
        return costs

    def join(self, kept: int, gone: int) -> None:
        """Make `gone` a part of `kept`."""
        self.merges += 1
        codes = self._codes.pop(gone)
        self._codes[kept] = np.where(self._codes[kept] == codes, codes, _SEVERAL)
        self._people[kept] += self._people.pop(gone)
        self._whole = {cell: kept if at == gone else at for cell, at in self._whole.items()}

    def joined(self, cells: pl.Series) -> pl.Series:
        """Each cell as the cell that it is part of now."""
        return cells.replace_strict(self._whole, default=None, return_dtype=cells.dtype)


def _codes(values: pl.Series) -> npt.NDArray[np.int64]:
    """The one known value of each list as a number; `_SEVERAL` where there is none such."""
    alone = (values.list.len() == 1) & (values.list.first() != UNKNOWN)
    numbers = values.list.first().rank("dense").cast(pl.Int64)
    return pl.select(pl.when(alone).then(numbers).otherwise(_SEVERAL)).to_series().to_numpy()


def withhold(answers: Sequence[Tie], minimum: int) -> frozenset[int] | None:
    """The cells of the second view of which a measure is not told, by how many answered it.

    Where arithmetic would single out fewer than `minimum` of those who answered, the smallest cell
    of the second view that has some of them is left out: its sum is then not known. None when
    there is no such cell.

    Args:
        answers: the ties of the people who answered.
        minimum: k.
    """
    network = Network(answers)
    answered: dict[int, int] = {}
    for _, other, people in answers:
        if other != GROUND:
            answered[other] = answered.get(other, 0) + people
    out: set[int] = set()
    while cut := network.next_cut(minimum):
        left = {node for node in answered if node not in out}
        # Those with some of the people in them; else those whose sums lead to them.
        some = {
            other
            for one, other, _ in answers
            if other in left and (one in cut.side) != (other in cut.side)
        } or {node for node in left if (node in cut.side) != (GROUND in cut.side)}
        if not some:
            return None
        gone = min(some, key=lambda node: (answered[node], node))
        network.contract(gone, GROUND)
        out.add(gone)
    return frozenset(second_cells(out))
