"""How long people stay: life tables by quarter, from the spells of assignment.

Quarters, whatever the length of the installation's periods: a month would have too few leavers in
most cells, and a year would make everybody wait.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from models.imports.employee_key import employee_key
from models.releases.gathering import Gathering, employments
from release.blocks import Block
from release.durations import ENDED, EXPOSED, REASON, Counted, build_durations
from release.exposures import Units, exposures
from release.periods import Period, parse
from release.subjects import SUBJECTS
from release.telling import COLLEAGUE

TENURE: Final = Units((0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120), "mo")
"""Months since the first day. What comes after ten years is not told."""

WIDER: Final = (0, 3, 12, 36, 120)
"""The units in which reasons are told: k must have left for a reason to be told."""

YEAR: Final = "year"
"""The one value of `tenure` of those who stayed a year, however long they were there."""

REASONS: Final[Mapping[str, str]] = {
    "voluntary": "ended_voluntary",
    "involuntary": "ended_involuntary",
    "other": "ended_other",
}
"""Retirement, the end of a contract, a transfer out and no reason given are other reasons."""

_ATTRIBUTES = ("desk_type", "contract_type")


def blocks(gathering: Gathering) -> list[Block]:
    """The life tables of the quarters of a gathering."""
    spells = employments(gathering.current("assignments"))
    if spells.is_empty():
        return []
    since: date | None = spells["end_on"].min()  # type: ignore[assignment]
    lives = spells.group_by("employee_id", "employment").agg(
        begun=pl.col("first_day").first(),
        last=pl.col("last_day").first(),
        # Of the spell that ended last.
        end_reason=pl.col("end_reason").sort_by("until", "start_on").last(),
    )
    lives = lives.with_columns(id=pl.format("{} {}", "employee_id", "employment"))
    periods = [parse(text) for text in gathering.periods]
    found = exposures(lives.select("id", "begun", "last"), TENURE, periods)
    rows = _attributed(gathering, found, lives, spells)
    fine = rows.with_columns(
        tenure=pl.col("unit"),
        tenure_exposed=pl.col("exposed"),
        tenure_ended=pl.col("ended").cast(pl.Float64),
    )
    reason = (
        pl.when(pl.col("end_reason").is_in(["voluntary", "involuntary"]))
        .then("end_reason")
        .otherwise(pl.lit("other"))
    )
    wider = rows.with_columns(
        (pl.col("ended") & (reason == name)).cast(pl.Float64).alias(code)
        for name, code in REASONS.items()
    ).with_columns(
        tenure=pl.col("unit").replace_strict(TENURE.wider(WIDER), return_dtype=pl.String)
    )
    stays = _attributed(gathering, _stays(lives, periods, since), lives, spells)
    return build_durations(
        SUBJECTS["employment"],
        (
            Counted(fine, {"tenure_exposed": EXPOSED, "tenure_ended": ENDED}),
            Counted(wider, dict.fromkeys(REASONS.values(), REASON), gate="ended"),
            Counted(stays.drop("entry"), {"stayed_a_year": COLLEAGUE}),
        ),
        gathering.minimum,
        employee_key(),
    )


def _stays(lives: pl.DataFrame, periods: Sequence[Period], since: date | None) -> pl.DataFrame:
    """Everybody who was there a year before the end of each period, and who still is at its end.

    As headcounts are: there before the first day of the year and after its last. Not told where the
    year begins before the first leaver on record: who left earlier is not in the export.
    """
    schema = {"period": pl.String, "id": pl.String, "on": pl.Date, "stayed_a_year": pl.Float64}
    frames = [pl.DataFrame(schema=schema)]
    for period in periods:
        first = period.shifted(-3).first_day
        if since is None or first < since.replace(day=1):
            continue
        there = lives.filter((pl.col("begun") < first) & (pl.col("last") >= first))
        stayed = (pl.col("last") > period.last_day).cast(pl.Float64)
        frames.append(
            there.select(
                pl.lit(period.text).alias("period"),
                "id",
                pl.lit(first).alias("on"),
                stayed.alias("stayed_a_year"),
            )
        )
    return pl.concat(frames).with_columns(tenure=pl.lit(YEAR))


def _attributed(
    gathering: Gathering, rows: pl.DataFrame, lives: pl.DataFrame, spells: pl.DataFrame
) -> pl.DataFrame:
    """Rows with who it is, the year of entry, why it ended, and what held on the day `on`."""
    known = rows.join(
        lives.select(
            "id",
            "employee_id",
            "employment",
            "end_reason",
            entry=pl.col("begun").dt.year().cast(pl.String),
        ),
        on="id",
    ).sort("on")
    held = spells.sort("start_on").select(
        "employee_id",
        "employment",
        pl.col("location_id").alias("location"),
        *_ATTRIBUTES,
        on=pl.col("start_on"),
    )
    # The spell that started last, as in `gathering.person_periods`.
    found = known.join_asof(held, on="on", by=["employee_id", "employment"], check_sortedness=False)
    return gathering.with_region(found).rename({"employee_id": "person"})
