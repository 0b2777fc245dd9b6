"""The staff network per site and period, and what managers wrote there per group of sites.

A row of `social_activity` is the sum of a site already. Sites are pooled until enough people work
there; numbers of people are told by threes; and what was written only where at least five people
were there, since the posts of two are theirs. A site has a manager or two: what managers wrote is
told of at least five sites together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from models.releases.gathering import Gathering
from release.blocks import Block
from release.build import build, single
from release.few import ACTIVE, BY_THREES, LEAST_ACTIVE, LEAST_SITES, WRITTEN, by_threes
from release.leaves import UNKNOWN, part
from release.partition import partition
from release.subjects import SUBJECTS

_PEOPLE = {
    "headcount": "network_headcount",
    "active": ACTIVE,
    "with_peer_contact": "with_peer_contact",
    "with_manager_contact": "with_manager_contact",
}
_WRITTEN = dict(zip(WRITTEN, WRITTEN, strict=True))
_BY_MANAGERS = {"posts": "posts_near_managers", "manager_replies": "manager_replies"}
"""Columns of the table and the measures that they become."""


def blocks(gathering: Gathering) -> list[Block]:
    """Who was there, and what was written, per site."""
    leaves = _leaves(gathering, {**_PEOPLE, **_WRITTEN})
    dims = SUBJECTS["network"].dims
    return [told(block) for block in build("network", leaves, dims, gathering.minimum, counts=True)]


def told(block: Block) -> Block:
    """The block with numbers of people by threes, without what fewer than five people wrote."""
    rounded = by_threes(pl.col("total"), pl.col("n"))
    values = block.values.with_columns(
        total=pl.when(pl.col("measure").is_in(BY_THREES)).then(rounded).otherwise(pl.col("total"))
    )
    many = values.filter(pl.col("measure") == ACTIVE, pl.col("total") >= LEAST_ACTIVE)["cell"]
    written = pl.col("measure").is_in(WRITTEN)
    kept = values.filter(~written | pl.col("cell").is_in(many.implode()))
    hidden = values.join(kept, on=["cell", "measure"], how="anti")["measure"]
    return replace(block, values=kept, withheld=tuple(sorted({*block.withheld, *hidden})))


def of_managers(gathering: Gathering) -> list[Block]:
    """What managers wrote, per group of at least five sites: a region, or several.

    A group is made of whole cells of `blocks` that tell of posts, and tells the same posts, so that
    nothing can be subtracted between the two. A period without such a group has a block without
    cells: published with `blocks`, it takes no site that comes later.
    """
    leaves = _leaves(gathering, {"active": ACTIVE, **_BY_MANAGERS})
    dims = SUBJECTS["network_managers"].dims
    placed = leaves.with_columns(
        place=partition(leaves, SUBJECTS["network"].dims, gathering.minimum)
    )
    cells = (
        placed.drop_nulls("place")
        .group_by("place", maintain_order=True)
        .agg(
            pl.col("period").first(),
            pl.when(pl.col("region").n_unique() == 1)
            .then(pl.col("region").first())
            .otherwise(pl.lit(UNKNOWN))
            .alias("region"),
            pl.col("location").n_unique().alias("people"),
            by_threes(pl.col(part(ACTIVE, "total")).sum(), pl.col("people").sum()).alias("told"),
            *(
                (pl.col(part(code, "n")).sum() == pl.col("people").sum()).alias(code)
                for code in _BY_MANAGERS.values()
            ),
        )
        .filter(pl.col("told") >= LEAST_ACTIVE, *_BY_MANAGERS.values())
    )
    cells = cells.with_columns(cell=partition(cells, ("region",), LEAST_SITES))
    grouped = placed.join(cells.select("place", "cell"), on="place", how="left")
    names = [part(code, name) for code in _BY_MANAGERS.values() for name in ("n", "total")]
    kept = grouped.select("period", *dims, "people", "cell", *names)
    return [
        single("network_managers", str(period), rows, dims, gathering.minimum, (), counts=True)
        for (period,), rows in kept.sort("period", *dims).group_by("period", maintain_order=True)
    ]


def _leaves(gathering: Gathering, measures: Mapping[str, str]) -> pl.DataFrame:
    """A leaf per site and period; its people are the fewest that any source knows of.

    The n of a measure is its people where the column is filled, else 0.
    """
    rows = gathering.in_periods("social_activity", "period").rename({"location_id": "location"})
    known = gathering.headcounts().group_by("period", "location").agg(pl.col("people").sum())
    sized = (
        gathering.with_region(rows)
        .join(known, on=["period", "location"], how="left")
        .with_columns(
            pl.col("region").fill_null(UNKNOWN), people=pl.min_horizontal("headcount", "people")
        )
    )
    return sized.select("period", "region", "location", "people", *_parts(measures)).sort(
        "period", "region", "location"
    )


def _parts(measures: Mapping[str, str]) -> Iterable[pl.Expr]:
    for column, code in measures.items():
        filled = pl.col(column).is_not_null()
        yield pl.when(filled).then(pl.col("people")).otherwise(0).alias(part(code, "n"))
        yield pl.col(column).cast(pl.Float64).fill_null(0.0).alias(part(code, "total"))
