"""Leaf counts in, blocks out."""

from collections.abc import Collection, Sequence

import polars as pl

from release.blocks import VALUES_SCHEMA, Block, of_view
from release.leaves import PARTS, part
from release.partition import partition
from release.places import STAFF, staffed_partition, staffed_values
from release.subjects import SITES
from release.telling import NEARLY_ALL, nearly_all

DECIMALS = 9
"""Sums keep so many: the last bits depend on the order in which rows were added up."""

ALIKE = 1e-6
"""Under this, n times the sum of squares less the squared sum is nothing but rounding."""


def build(
    subject: str,
    leaves: pl.DataFrame,
    dims: Sequence[str],
    minimum: int,
    *,
    split_by: Sequence[str] | None = None,
    counts: bool = False,
    personal: Collection[str] = (),
    every: Sequence[str] = (),
) -> list[Block]:
    """Split each period of `leaves` into cells and sum them up.

    Leaves with a column `staff` (the headcount of their site) come from customers or systems: the
    sites that a cell, or a measure of it, hears from must have `minimum` staff together.

    Args:
        subject: the name of the subject.
        leaves: leaf counts (`release.leaves.leaf_counts`): `period`, dimensions, `people` and the
            parts of each measure.
        dims: the dimensions that the cells report.
        minimum: k.
        split_by: the columns to split by, when they are not `dims` (pooled places).
        counts: the measures are counts of a whole population (hires, hours): they have no sum of
            squares, and their n is the people of the cell.
        personal: measures that people answered about themselves. Where a cell answers one without
            cut-off all alike, it is left out there: it would say what each of them answered.
        every: the dimensions that the cells have a column for, when these are more than `dims`.

    Returns:
        One block per period, in the order of time's text.
    """
    if STAFF in leaves.columns:
        cells = staffed_partition(leaves, split_by or dims, minimum)
    else:
        cells = partition(leaves, split_by or dims, minimum)
    filled = leaves.with_columns(cell=cells)
    blocks = []
    for (period,), group in filled.group_by("period", maintain_order=True):
        blocks.append(
            single(subject, str(period), group, dims, minimum, personal, counts=counts, every=every)
        )
    return sorted(blocks, key=lambda block: block.period)


def measures_in(leaves: pl.DataFrame) -> list[str]:
    """The measures that a frame of leaf counts has."""
    return [name.removesuffix(".n") for name in leaves.columns if name.endswith(".n")]


def single(
    subject: str,
    period: str,
    leaves: pl.DataFrame,
    dims: Sequence[str],
    minimum: int,
    personal: Collection[str],
    *,
    counts: bool,
    every: Sequence[str] = (),
) -> Block:
    """The block of one period and the first view; `cell` says where each leaf belongs.

    `every`: the dimensions that the cells have a column for, when these are more than `dims`.
    """
    kept = leaves.drop_nulls("cell")
    first = kept["cell"].min() if kept.height else 0
    kept = kept.with_columns(cell=(pl.col("cell") - first).cast(pl.UInt32))
    cells = of_view(SITES, describe(kept, dims), every or dims)
    everything = tidy(summed(kept), measures_in(leaves), counts=counts)
    values = settle(staffed_values(everything, kept, minimum), minimum, personal)
    return Block(
        subject=subject,
        period=period,
        cells=cells,
        values=values,
        withheld=_withheld(leaves, kept, everything, values),
    )


def _withheld(
    leaves: pl.DataFrame, kept: pl.DataFrame, everything: pl.DataFrame, values: pl.DataFrame
) -> tuple[str, ...]:
    """The measures with answers in no cell, or in a cell with too few of them."""
    outside = leaves if kept.height < leaves.height else leaves.clear()
    dropped = [name for name in measures_in(leaves) if outside[part(name, "n")].sum() > 0]
    hidden = everything.join(values, on=["cell", "measure"], how="anti")["measure"].to_list()
    return tuple(sorted({*dropped, *hidden}))


def describe(leaves: pl.DataFrame, dims: Sequence[str]) -> pl.DataFrame:
    """The cells of assigned leaves: people, and per dimension the values that occur."""
    return (
        leaves.group_by("cell")
        .agg(pl.col("people").sum(), *(pl.col(dim).unique().sort() for dim in dims))
        .sort("cell")
    )


def summed(leaves: pl.DataFrame) -> pl.DataFrame:
    """The sums of assigned leaves per `cell`."""
    parts = [column for column in leaves.columns if "." in column]
    return leaves.group_by("cell").agg(pl.col(parts).sum())


def tidy(sums: pl.DataFrame, measures: Sequence[str], *, counts: bool) -> pl.DataFrame:
    """Wide sums per cell to one row per cell and measure; measures nobody answered fall out.

    The same rows give the same values to the last bit, whatever their order.
    """
    frames = []
    for measure in measures:
        present = [name for name in PARTS if part(measure, name) in sums.columns]
        frame = sums.select("cell", *(pl.col(part(measure, name)).alias(name) for name in present))
        absent = [pl.lit(None).alias(name) for name in PARTS if name not in present]
        frames.append(
            frame.with_columns(*absent, measure=pl.lit(measure), at_least=pl.lit(value=False))
            .with_columns(pl.lit(None).alias("squares") if counts else pl.col("squares"))
            .select(list(VALUES_SCHEMA))
            .cast(VALUES_SCHEMA)  # type: ignore[arg-type]
        )
    empty = pl.DataFrame(schema=VALUES_SCHEMA)
    added = pl.col("total", "squares")
    # Rounding a large whole number would change it.
    exact = pl.when(added == added.floor()).then(added).otherwise(added.round(DECIMALS))
    found = pl.concat([empty, *frames]).filter(pl.col("n") > 0)
    return found.with_columns(exact).sort("cell", "measure")


def settle(values: pl.DataFrame, minimum: int, personal: Collection[str] = ()) -> pl.DataFrame:
    """What may be said of each cell and measure.

    A measure that fewer than `minimum` answered is left out. Where n-2 or more are at risk the row
    says "n-2 or more" and nothing else; nobody at risk is published as zero. A `personal` measure
    without cut-off that all answered alike is left out.
    """
    alike = (
        pl.col("measure").is_in(list(personal))
        & pl.col("at_risk").is_null()
        & ((pl.col("n") * pl.col("squares") - pl.col("total") ** 2).abs() < ALIKE)
    ).fill_null(value=False)
    vague = nearly_all(pl.col("at_risk"), pl.col("n")).fill_null(value=False)
    return values.filter((pl.col("n") >= minimum) & ~alike).with_columns(
        total=pl.when(vague).then(None).otherwise(pl.col("total")),
        squares=pl.when(vague).then(None).otherwise(pl.col("squares")),
        at_risk=pl.when(vague)
        .then((pl.col("n").cast(pl.Int64) - NEARLY_ALL).cast(pl.Int32))
        .otherwise(pl.col("at_risk")),
        at_least=vague,
    )
