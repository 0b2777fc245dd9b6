"""How much of what people answered can be told apart by a dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Showable:
    """The share of responses that lie in groups with one known value of each dimension.

    Attributes:
        dims: the dimensions, all of which must be told.
        share: in percent; None without responses.
        people: responses in such groups.
        of: all published responses.
    """

    dims: tuple[str, ...]
    share: float | None
    people: int
    of: int


def showable(
    cells: pl.DataFrame, dims: Sequence[str], unknown: str, everyone: int | None = None
) -> Showable:
    """The share of the people of `cells` who lie in cells of one known value in each dimension.

    Args:
        cells: `people` and, per dimension, the list of values that occur in the cell.
        dims: dimensions that are columns of `cells`.
        unknown: the value that stands for a dimension that was not filled in; it tells nothing.
        everyone: how many people it is a share of, when these are more than lie in `cells`.
    """
    told = pl.all_horizontal(
        (pl.col(dim).list.len() == 1) & (pl.col(dim).list.first() != unknown) for dim in dims
    )
    people = int(cells.filter(told)["people"].sum())
    of = int(cells["people"].sum()) if everyone is None else everyone
    return Showable(tuple(dims), 100 * people / of if of else None, people, of)
