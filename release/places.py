"""Sites pooled until enough people work there.

Eleven customers of a two-person shop speak about two people. So what customers, cases and other
systems say of a site is grouped by *places* first: sites pooled until the headcount of each place
reaches the minimum. Only then are the answers themselves split into cells.
"""

import polars as pl

from release.leaves import UNKNOWN
from release.partition import partition

PLACE = "place"
PLACE_REGION = "place_region"


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
