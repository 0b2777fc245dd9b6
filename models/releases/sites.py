"""Sums that come per site and period already: sick leave and invitations.

Their leaves are sized by people: the headcount behind the hours, the people invited.
"""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from models.releases.gathering import Gathering
from release.blocks import Block
from release.leaves import UNKNOWN, part

ABSENCE: Mapping[str, str] = {
    "hours_lost": "hours_lost",
    "contract_hours": "contract_hours",
    "spells": "absence_spells",
}
"""Columns of the table and the measures that they become."""

FEW = 3
"""Counts of people under this are not told apart."""


def absence(gathering: Gathering) -> pl.DataFrame:
    """Leaf counts of sick leave; a row without desk type counts the site's whole headcount."""
    rows = _once_per_site(gathering, "absence", "period")
    heads = gathering.headcounts()
    keys = ["period", "location", "desk_type"]
    by_desk = heads.group_by(keys).agg(pl.col("people").sum())
    by_site = heads.group_by("period", "location").agg(pl.col("people").sum().alias("of site"))
    sized = (
        rows.join(by_desk, on=keys, how="left")
        .join(by_site, on=["period", "location"], how="left")
        .with_columns(
            people=pl.when(pl.col("desk_type").is_null())
            .then(pl.col("of site"))
            .otherwise(pl.col("people"))
            .fill_null(0)
        )
    )
    return _leaves(gathering, sized, ABSENCE)


def rounded(block: Block) -> Block:
    """A block whose spells are rounded to threes: one or two spells speak of one or two people."""
    is_spells = pl.col("measure") == ABSENCE["spells"]
    threes = (pl.col("total") / FEW).round() * FEW
    total = pl.when(is_spells).then(threes).otherwise(pl.col("total"))
    return replace(block, values=block.values.with_columns(total.alias("total")))


def invitations(gathering: Gathering) -> pl.DataFrame:
    """Leaf counts of who was asked."""
    rows = _once_per_site(gathering, "survey_invitations", "wave")
    sized = rows.with_columns(people=pl.col("invited"))
    return _leaves(gathering, sized, {"invited": "invited"})


def _once_per_site(gathering: Gathering, table: str, column: str) -> pl.DataFrame:
    rows = gathering.in_periods(table, column).rename({"location_id": "location"})
    return gathering.whole_or_split(rows, ("period", "location"))


def _leaves(gathering: Gathering, sized: pl.DataFrame, measures: Mapping[str, str]) -> pl.DataFrame:
    """Leaf counts; a leaf's n is its people where the column is filled, else 0."""
    filled = {column: pl.col(column).is_not_null() for column in measures}
    keys = ["period", "region", "location", "desk_type"]
    return (
        gathering.with_region(sized)
        .with_columns(pl.col(keys).fill_null(UNKNOWN))
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col("people").sum(),
            *(
                pl.col("people").filter(filled[column]).sum().alias(part(code, "n"))
                for column, code in measures.items()
            ),
            *(
                pl.col(column).sum().cast(pl.Float64).alias(part(code, "total"))
                for column, code in measures.items()
            ),
        )
    )
