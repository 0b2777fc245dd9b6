"""Sites pooled until enough people work there.

Eleven customers of a two-person shop speak about two people. So what customers, cases and other
systems say of a site is grouped by *places* first: sites pooled until the headcount of each place
reaches the minimum. Only then are the answers themselves split into cells.
"""

from collections.abc import Sequence

import polars as pl

from release.leaves import UNKNOWN, part
from release.partition import partition

PLACE = "place"
PLACE_REGION = "place_region"
STAFF = "staff"
"""The column of leaf counts with the headcount of the leaf's site."""


def places(sites: pl.DataFrame, headcounts: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """Pool the sites of each period by headcount.

    Args:
        sites: `period`, `region`, `location` to be placed; without duplicates.
        headcounts: `period`, `location`, `people`. A site that is not in it counts nobody.
        minimum: k.

    Returns:
        `period`, `location`, `place` and `place_region` (the region, or `mixed` where a place
        spans several). Sites of a period whose headcount is under `minimum` in all are absent.
    """
    sized = sites.join(
        headcounts.group_by("period", "location").agg(pl.col("people").sum()),
        on=["period", "location"],
        how="left",
    ).with_columns(pl.col("people").fill_null(0), pl.col("region").fill_null(UNKNOWN))
    sized = sized.with_columns(cell=partition(sized, ("region", "location"), minimum))
    one_region = pl.col("region").n_unique().over("cell") == 1
    return sized.drop_nulls("cell").select(
        "period",
        "location",
        pl.format("place {}", pl.col("cell")).alias(PLACE),
        pl.when(one_region).then(pl.col("region")).otherwise(pl.lit("mixed")).alias(PLACE_REGION),
    )


def staffed_partition(leaves: pl.DataFrame, dims: Sequence[str], minimum: int) -> pl.Series:
    """`partition`, but every cell hears from sites with `minimum` staff together.

    A place is pooled until enough people work there, but a split below it (by touchpoint, by
    channel) can end in a cell that hears from one small site only. The places of such a cell are
    not split below: their leaves stay together.

    Args:
        leaves: as for `partition`, with `location` and `staff`; without a place (null) there are
            too few people in all, and the leaf is in no cell.
        dims: `place_region` and `place` first.
    """
    rows = leaves.with_row_index("row")
    placed = rows.drop_nulls(PLACE)
    found = placed.select("row", cell=_partition_of_placed(placed, dims, minimum))
    return rows.select("row").join(found, on="row", how="left", maintain_order="left")["cell"]


def _partition_of_placed(leaves: pl.DataFrame, dims: Sequence[str], minimum: int) -> pl.Series:
    whole: pl.Series = pl.Series([], dtype=pl.String)
    while True:
        kept = [
            pl.when(pl.col(PLACE).is_in(whole.implode()))
            .then(pl.lit("*"))
            .otherwise(pl.col(dim))
            .alias(dim)
            for dim in dims
            if dim not in (PLACE_REGION, PLACE)
        ]
        cells = partition(leaves.with_columns(kept), dims, minimum)
        filled = leaves.with_columns(cell=cells).drop_nulls("cell")
        heard = _staff(filled, [])
        few = filled.join(heard.filter(pl.col(STAFF) < minimum), on="cell", how="semi")
        found = few.filter(~pl.col(PLACE).is_in(whole.implode()))[PLACE].unique()
        if found.is_empty():
            return cells
        whole = pl.concat([whole, found])


def staffed_values(values: pl.DataFrame, leaves: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """The values of measures that a cell has from sites with `minimum` staff together.

    Without a column `staff` in `leaves`, all of them.
    """
    if STAFF not in leaves.columns or values.is_empty():
        return values
    heard = _staff(leaves, values["measure"].unique().to_list())
    enough = heard.unpivot(index="cell", variable_name="measure", value_name=STAFF).filter(
        pl.col(STAFF) >= minimum
    )
    return values.join(enough, on=["cell", "measure"], how="semi", maintain_order="left")


def _staff(leaves: pl.DataFrame, measures: Sequence[str]) -> pl.DataFrame:
    """Per cell the staff of the sites that it hears from, in all or measure by measure."""
    sites = leaves.group_by("cell", "location").agg(
        pl.col(STAFF).first(),
        *(pl.col(part(measure, "n")).sum().alias(measure) for measure in measures),
    )
    if not measures:
        return sites.group_by("cell").agg(pl.col(STAFF).sum())
    return sites.group_by("cell").agg(
        pl.col(STAFF).filter(pl.col(measure) > 0).sum().alias(measure) for measure in measures
    )
