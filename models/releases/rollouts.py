"""What started where and when: facts of sites, told where enough people work."""

import polars as pl

from models.releases.gathering import Gathering
from release.blocks import Block
from release.facts import site_facts
from release.periods import parse, period_of
from release.subjects import SUBJECTS


def blocks(gathering: Gathering) -> list[Block]:
    """The changes that started at a site in the periods; its headcount is that of the period."""
    grain = parse(gathering.periods[0]).grain
    rows = (
        gathering.current("rollouts")
        .with_columns(period=period_of(pl.col("started_on"), grain))
        .filter(pl.col("period").is_in(gathering.periods))
        .select("period", "rollout", location="location_id", rollout_kind="kind")
    )
    heads = gathering.headcounts().group_by("period", "location").agg(pl.col("people").sum())
    staffed = rows.join(heads, on=["period", "location"], how="left").with_columns(
        pl.col("people").fill_null(0)
    )
    return site_facts(SUBJECTS["rollouts"], staffed, "rolled_out", gathering.minimum)
