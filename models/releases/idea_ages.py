"""How long ideas wait: life tables by quarter, from the steps that ideas took.

An idea waits for its decision until it is first accepted, rejected or withdrawn. For its
implementation every idea waits from the day on which it was sent in, also after it was rejected or
withdrawn: then the share implemented by each age is one of all ideas, and no idea is left out
because of what became of it. Ideas without a step so far are open, so they are censored at the end
of the export.

An idea stands alone in the release by month and without the desk type of whoever sent it in; the
days and the desk type that are used here are told of at least k ideas at once, with noise.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from models import raw
from models.imports.employee_key import employee_key
from models.releases.gathering import Gathering, complete_periods
from models.releases.ideas import DECISIONS, first_steps
from release.blocks import Block
from release.durations import ENDED, EXPOSED, REASON, Counted, build_durations
from release.exposures import Units, exposures
from release.leaves import UNKNOWN
from release.periods import Grain, parse, period_of
from release.subjects import SUBJECTS
from release.telling import Range

AGE: Final = Units(
    (*range(0, 57, 7), *range(84, 365, 28), 455, 546, 637, 728),
    "d",
)
"""Days since an idea was sent in: weeks up to eight, then four weeks up to a year, then thirteen
weeks up to two years."""

WIDER: Final = (0, 728)
"""Decisions are told of all ages together: of single weeks they would be too few."""

OUTCOMES: Final[Mapping[str, str]] = {stage: f"decided_{stage}" for stage in DECISIONS}


def blocks(gathering: Gathering) -> list[Block]:
    """The life tables of the quarters of a gathering."""
    ideas, events = gathering.current("ideas"), gathering.current("idea_events")
    if ideas.is_empty():
        return []
    steps = first_steps(ideas, events)
    decided = (
        steps.filter(pl.col("stage").is_in(DECISIONS))
        .sort("on", "stage")
        .group_by("idea_id", maintain_order=True)
        .first()
    )
    done = steps.filter(pl.col("stage") == "implemented")
    deciding, outcomes = _tables(gathering, ideas, decided)
    implementing, _ = _tables(gathering, ideas, done)
    return build_durations(
        SUBJECTS["idea_ages"],
        (
            Counted(_renamed(deciding, "decision"), _measures("decision")),
            Counted(outcomes, dict.fromkeys(OUTCOMES.values(), REASON), gate="ended"),
            Counted(_renamed(implementing, "implementation"), _measures("implementation")),
        ),
        gathering.minimum,
        employee_key(),
        allowed=_staffed(gathering),
    )


def due(connection: Any, _grain: Grain, as_of: date) -> pl.DataFrame:
    """Every quarter from the first idea to the last step: an idea may be open all the while."""
    sent = raw.newest_by(connection, "ideas", "submitted_on")
    steps = raw.newest_by(connection, "idea_events", "at")
    days = pl.concat([sent, steps]).with_columns(pl.col("value").str.to_date("%Y-%m-%d"))
    if sent.is_empty():
        return pl.DataFrame(schema={"period": pl.String, "batch": pl.Int64})
    first = date.fromisoformat(min(sent["value"]))
    last: date = days["value"].max()  # type: ignore[assignment]
    over = complete_periods(first, last, "quarter", min(as_of, last + timedelta(days=1)))
    every = pl.DataFrame({"period": [period.text for period in over]}, schema={"period": pl.String})
    dated = days.group_by(period_of(pl.col("value"), "quarter").alias("period")).agg(
        pl.col("batch").max()
    )
    return every.join(dated, on="period", how="left").with_columns(
        pl.col("batch").fill_null(days["batch"].min())
    )


def _measures(what: str) -> dict[str, Range]:
    return {f"{what}_exposed": EXPOSED, f"{what}_ended": ENDED}


def _renamed(rows: pl.DataFrame, what: str) -> pl.DataFrame:
    return rows.rename({"exposed": f"{what}_exposed", "ended": f"{what}_ended"})


def _tables(
    gathering: Gathering, ideas: pl.DataFrame, ends: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of the wait for one kind of end, by age; and all ages together, by its stage."""
    lives = ideas.join(ends.select("idea_id", "stage", "on"), on="idea_id", how="left").select(
        "stage",
        "desk_type",
        "theme",
        id=pl.col("idea_id"),
        begun=pl.col("submitted_on"),
        # A step before the day of sending in is taken for one of that day.
        last=pl.when(pl.col("on").is_not_null()).then(pl.max_horizontal("on", "submitted_on")),
        customer_related=pl.col("customer_related").cast(pl.String),
    )
    periods = [parse(text) for text in gathering.periods]
    rows = exposures(lives.select("id", "begun", "last"), AGE, periods).join(
        lives.drop("begun", "last"), on="id"
    )
    fine = rows.rename({"id": "person", "unit": "age"}).with_columns(
        pl.col("ended").cast(pl.Float64)
    )
    wide = fine.with_columns(
        *(
            ((pl.col("stage") == stage) & (pl.col("ended") > 0))
            .fill_null(value=False)
            .cast(pl.Float64)
            .alias(code)
            for stage, code in OUTCOMES.items()
        ),
        age=pl.col("age").replace_strict(AGE.wider(WIDER), return_dtype=pl.String),
    )
    return fine, wide


def _staffed(gathering: Gathering) -> dict[str, pl.DataFrame]:
    """The groups that are large enough to speak of: by desk type, and the company.

    Where no headcount is known the company is told of, as its ideas one by one are
    (`models.releases.ideas`), and no desk type.
    """
    heads = gathering.headcounts().with_columns(pl.col("desk_type").fill_null(UNKNOWN))
    everybody = (
        pl.DataFrame({"period": gathering.periods})
        .join(heads.group_by("period").agg(pl.col("people").sum()), on="period", how="left")
        .filter((pl.col("people") >= gathering.minimum).fill_null(value=True))
        .select("period")
    )
    desks = (
        heads.group_by("period", "desk_type")
        .agg(pl.col("people").sum())
        .filter(pl.col("people") >= gathering.minimum)
        .select("period", "desk_type")
    )
    views = {view.name: everybody for view in SUBJECTS["idea_ages"].views}
    return {**views, "desk_type": desks}
