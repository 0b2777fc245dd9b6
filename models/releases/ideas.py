"""Ideas, step by step: without submitter or desk type, dated by month."""

from dataclasses import replace
from datetime import timedelta

import polars as pl

from models.releases.gathering import Gathering
from release.blocks import Block
from release.brought import idea_steps
from release.periods import Grain, parse, period_of
from release.places import PLACE, places

TERM = timedelta(days=30)
DECISIONS = ("accepted", "rejected", "withdrawn")
_COUNTED = ("submitted", "triaged", "started", "implemented", *DECISIONS)


def blocks(gathering: Gathering) -> list[Block]:
    """The steps that ideas took in the periods, one block per period."""
    ideas, events = gathering.current("ideas"), gathering.current("idea_events")
    grain = parse(gathering.periods[0]).grain
    steps = first_steps(ideas, events)
    dated = pl.concat([_counts(steps), _in_time(ideas, steps, grain)]).with_columns(
        period=period_of(pl.col("on"), grain)
    )
    entries = dated.filter(pl.col("period").is_in(gathering.periods)).join(
        ideas.select(
            "idea_id",
            period_of(pl.col("submitted_on"), grain).alias("sent"),
            pl.col("location_id").alias("location"),
            "theme",
            pl.col("customer_related").cast(pl.String),
        ),
        on="idea_id",
    )
    if entries.is_empty():
        return []
    # Where an idea came from is said once and for all, by the period in which it was sent in.
    sent = replace(gathering, periods=tuple(entries["sent"].unique().sort()))
    named = entries.join(
        _named_places(sent).rename({"period": "sent"}), on=["sent", "location"], how="left"
    )
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


def _in_time(ideas: pl.DataFrame, steps: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Whether an idea was decided within 30 days.

    Dated by the day on which the term of the last idea of its period ends: so nothing about a
    published period changes afterwards, and the date does not tell the day of sending in. A term
    that ends after the last step that was ever brought is not judged: an old export would make
    every idea look late.
    """
    known_until = steps["on"].max()
    due = ideas.join(_decided(steps), on="idea_id", how="left").with_columns(
        judged=judged_on(pl.col("submitted_on"), grain)
    )
    in_time = (pl.col("on") <= pl.col("submitted_on") + TERM).fill_null(value=False)
    return due.filter(pl.col("judged") <= known_until).select(
        "idea_id",
        pl.col("judged").alias("on"),
        pl.lit("decided_in_30_days").alias("measure"),
        in_time.cast(pl.Float64).mul(100).alias("value"),
    )


def judged_on(sent: pl.Expr, grain: Grain) -> pl.Expr:
    """The day on which the term of every idea of the period of `sent` has ended."""
    period = period_of(sent, grain)
    return period.map_elements(lambda text: parse(text).last_day + TERM, return_dtype=pl.Date)


def _named_places(gathering: Gathering) -> pl.DataFrame:
    """Per period and site the `locations` that an idea is said to come from.

    Sites are pooled until the headcount reaches the minimum, a small one with a large neighbour
    where need be: a list of small sites only would name the one that is left. Where the whole
    company is too small (or its headcount is not known) all sites are named.
    """
    sites = gathering.with_region(
        gathering.current("locations").select(pl.col("location_id").alias("location"))
    )
    every = pl.DataFrame({"period": gathering.periods}).join(sites, how="cross")
    placed = every.join(
        places(every, gathering.headcounts(), gathering.minimum),
        on=["period", "location"],
        how="left",
    )
    together = ["period", PLACE]
    return placed.select(
        "period",
        "location",
        pl.col("location").implode().over(together, mapping_strategy="join").alias("locations"),
    )
