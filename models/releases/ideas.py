"""Ideas, step by step: without submitter or desk type, dated by month."""

from datetime import timedelta

import polars as pl

from models.releases.gathering import Gathering
from release.blocks import Block
from release.brought import idea_steps
from release.leaves import UNKNOWN
from release.periods import parse, period_of

TERM = timedelta(days=30)
DECISIONS = ("accepted", "rejected", "withdrawn")
_COUNTED = ("submitted", "triaged", "started", "implemented", *DECISIONS)


def blocks(gathering: Gathering) -> list[Block]:
    """The steps that ideas took in the periods, one block per period."""
    ideas, events = gathering.current("ideas"), gathering.current("idea_events")
    grain = parse(gathering.periods[0]).grain
    steps = first_steps(ideas, events)
    dated = pl.concat([_counts(steps), _in_time(ideas, steps)]).with_columns(
        period=period_of(pl.col("on"), grain)
    )
    entries = dated.filter(pl.col("period").is_in(gathering.periods)).join(
        ideas.select(
            "idea_id",
            "submitted_on",
            pl.col("location_id").alias("location"),
            pl.col("theme"),
            pl.col("customer_related").cast(pl.String),
        ),
        on="idea_id",
    )
    named = entries.join(_named_places(gathering), on=["period", "location"], how="left")
    return idea_steps(named.rename({"idea_id": "idea"}))


def first_steps(ideas: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The first time that an idea reached each stage: `idea_id`, `stage`, `on` (date)."""
    sent = ideas.select(
        "idea_id", pl.lit("submitted").alias("stage"), pl.col("submitted_on").alias("on")
    )
    later = events.join(ideas.select("idea_id"), on="idea_id").select(
        "idea_id", "stage", pl.col("at").cast(pl.Date).alias("on")
    )
    later = later.filter(pl.col("stage") != "submitted")
    return pl.concat([sent, later]).group_by("idea_id", "stage").agg(pl.col("on").min())


def _decided(steps: pl.DataFrame) -> pl.DataFrame:
    return (
        steps.filter(pl.col("stage").is_in(DECISIONS)).group_by("idea_id").agg(pl.col("on").min())
    )


def _counts(steps: pl.DataFrame) -> pl.DataFrame:
    decided = _decided(steps).with_columns(stage=pl.lit("decided")).select("idea_id", "stage", "on")
    counted = pl.concat([steps.filter(pl.col("stage").is_in(_COUNTED)), decided])
    return counted.select(
        "idea_id",
        "on",
        pl.format("ideas_{}", pl.col("stage")).alias("measure"),
        pl.lit(1.0).alias("value"),
    )


def _in_time(ideas: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Whether an idea was decided within 30 days, dated by the day on which these were over.

    So nothing about a period changes afterwards. A term that ends after the last step that was
    ever brought is not judged: an old export would make every idea look late.
    """
    known_until = steps["on"].max()
    due = ideas.join(_decided(steps), on="idea_id", how="left").with_columns(
        until=pl.col("submitted_on") + TERM
    )
    return due.filter(pl.col("until") <= known_until).select(
        "idea_id",
        pl.col("until").alias("on"),
        pl.lit("decided_in_30_days").alias("measure"),
        (pl.col("on") <= pl.col("until"))
        .fill_null(value=False)
        .cast(pl.Float64)
        .mul(100)
        .alias("value"),
    )


def _named_places(gathering: Gathering) -> pl.DataFrame:
    """Per period and site the `locations` that an idea is said to come from.

    The site itself where its headcount reaches the minimum; else all sites of its region, if
    these have enough people together; else all sites of the company.
    """
    sites = gathering.with_region(
        gathering.current("locations").select(pl.col("location_id").alias("location"))
    ).with_columns(pl.col("region").fill_null(UNKNOWN))
    periods = pl.DataFrame({"period": gathering.periods})
    heads = gathering.headcounts().group_by("period", "location").agg(pl.col("people").sum())
    every = periods.join(sites, how="cross").join(heads, on=["period", "location"], how="left")
    region = ["period", "region"]
    enough = gathering.minimum
    return every.with_columns(pl.col("people").fill_null(0)).select(
        "period",
        "location",
        pl.when(pl.col("people") >= enough)
        .then(pl.concat_list("location"))
        .when(pl.col("people").sum().over(region) >= enough)
        .then(pl.col("location").implode().over(region, mapping_strategy="join"))
        .otherwise(pl.col("location").implode().over("period", mapping_strategy="join"))
        .alias("locations"),
    )
