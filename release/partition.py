"""The partition: every response in exactly one cell, every cell of at least k people.

The split looks at who took part, never at what they answered: a shape that depends on answers
gives answers away.
"""

from collections.abc import Sequence

import polars as pl

SMALLEST_MINIMUM = 5
DEFAULT_MINIMUM = 11


class MinimumError(ValueError):
    """The minimum size of a cell is under the floor."""


def partition(leaves: pl.DataFrame, dims: Sequence[str], minimum: int) -> pl.Series:
    """Assign each leaf to a cell.

    The people of each period are split down the list of dimensions. Children with at least
    `minimum` people stay apart; smaller ones are pooled into a rest; if the rest is still under the
    minimum, the smallest child joins it (of equals the first by name); if then fewer than two
    groups remain, the parent is not split by this dimension. A rest is split on like any other.

    Args:
        leaves: `period`, the dimensions (no nulls) and `people` (at least 0), one row a leaf.
        dims: the dimensions in the order of splitting.
        minimum: k.

    Returns:
        One cell number (UInt32, dense from 0 in the order of period and dimensions) per row of
        `leaves`; null for the rows of a period with fewer than k people in all.

    Raises:
        MinimumError: `minimum` is under `SMALLEST_MINIMUM`.
    """
    if minimum < SMALLEST_MINIMUM:
        raise MinimumError(f"the minimum is {minimum}; it is never under {SMALLEST_MINIMUM}")
    state = leaves.select("period", *dims, "people").with_row_index("row")
    state = state.with_columns(node=pl.col("period").rank("dense").cast(pl.UInt32))
    state = state.filter(pl.col("people").sum().over("node") >= minimum)
    for dim in dims:
        state = _split(state, dim, minimum)
    cells = (
        state.sort("period", *dims)
        .unique("node", keep="first", maintain_order=True)
        .select("node")
        .with_row_index("cell")
    )
    found = state.join(cells, on="node").select("row", "cell")
    rows = pl.DataFrame({"row": range(leaves.height)}, schema={"row": pl.UInt32})
    return rows.join(found, on="row", how="left", maintain_order="left")["cell"]


def _split(state: pl.DataFrame, dim: str, minimum: int) -> pl.DataFrame:
    """Split every node by one dimension; `node` is replaced by the node that each leaf falls in."""
    big = pl.col("people") >= minimum
    children = (
        state.group_by("node", dim)
        .agg(pl.col("people").sum())
        .sort("node", "people", dim)
        .with_columns(
            big=big,
            # The first big child of each node in this order is its smallest.
            is_smallest=big & (big.cast(pl.UInt32).cum_sum().over("node") == 1),
            rest=pl.col("people").filter(~big).sum().over("node"),
            has_rest=(~big).any().over("node"),
        )
        .with_columns(
            pooled=~pl.col("big")
            | (pl.col("is_smallest") & pl.col("has_rest") & (pl.col("rest") < minimum))
        )
        .with_columns(
            groups=(~pl.col("pooled")).sum().over("node")
            + pl.col("pooled").any().over("node").cast(pl.UInt32)
        )
        .with_columns(
            part=pl.when(pl.col("groups") < 2)
            .then(None)
            .when(pl.col("pooled"))
            .then(pl.lit("rest"))
            .otherwise(pl.format("one {}", pl.col(dim)))
        )
        .select("node", dim, "part")
    )
    joined = state.join(children, on=["node", dim])
    return joined.with_columns(node=pl.struct("node", "part").rank("dense").cast(pl.UInt32)).drop(
        "part"
    )
