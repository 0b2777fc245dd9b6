"""Per subject: which periods its raw rows speak of, and how they become blocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from models import raw
from models.imports.employee_key import employee_key
from models.releases import (
    customers,
    employment,
    groups,
    idea_ages,
    ideas,
    network,
    pay,
    reliability,
    rollouts,
    sites,
    survey,
    workforce,
)
from models.releases.gathering import (
    DAYS_PER_YEAR,
    Gathering,
    complete_periods,
    quarters_of,
)
from release.blocks import Block
from release.build import build, measures_in
from release.leaves import PARTS, leaf_counts, part, risk_flag
from release.pairs import build_pair
from release.periods import Grain, Period, parse, period_of
from release.places import PLACE, PLACE_REGION, STAFF, places
from release.subjects import SUBJECTS, Subject
from release.telling import COLLEAGUE, Range

Sheets = Callable[[Gathering], pl.DataFrame]
Due = Callable[[Any, Grain, date], pl.DataFrame]

_DUE_SCHEMA = {"period": pl.String(), "batch": pl.Int64()}


@dataclass(frozen=True, slots=True)
class Source:
    """How one subject is gathered.

    Attributes:
        due: `period` and the newest `batch` that touched it, for the periods that are over.
        tables: the raw tables of which any new row touches every draft (sites, headcounts).
        blocks: the blocks of the periods of a gathering.
        sheets: one row per person or answer, with `id`; None for sums and figures.
    """

    subject: Subject
    due: Due
    tables: tuple[str, ...]
    blocks: Callable[[Gathering], list[Block]]
    sheets: Sheets | None = None


def measures_of(rows: pl.DataFrame, subject: Subject) -> list[str]:
    """The measures that a frame of sheets has a column for."""
    other = {"id", "period", *subject.dims}
    flags = {risk_flag(column) for column in rows.columns}
    return [column for column in rows.columns if column not in other | flags]


def count(rows: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """Leaf counts of a frame of sheets."""
    return pl.DataFrame(leaf_counts(rows, ("period", *subject.dims), measures_of(rows, subject)))


def personal_measures(gathering: Gathering) -> list[str]:
    """The measures that people answered about themselves."""
    return [
        code
        for code, measure in gathering.measures.items()
        if measure.rater == "employee" and measure.transform != "sum"
    ]


def ranges(gathering: Gathering) -> dict[str, Range]:
    """Per measure what one person can add to its sum; a measure without ends has none."""
    found = {
        code: Range(measure.low, measure.high)
        for code, measure in gathering.measures.items()
        if measure.transform != "sum" and measure.low is not None and measure.high is not None
    }
    # Everybody who answered counts for one: the sum is the number of people, which is told.
    found["responses"] = Range(1, 1)
    found.update(dict.fromkeys(workforce.HEADS, COLLEAGUE))
    longest = max((_days(parse(period)) for period in gathering.periods), default=0)
    found["person_years"] = Range(0, longest / DAYS_PER_YEAR, part=COLLEAGUE.part)
    return found


def _days(period: Period) -> int:
    return (period.last_day - period.first_day).days + 1


def untold(leaves: pl.DataFrame, gathering: Gathering) -> pl.DataFrame:
    """Leaf counts without the measures that were published as ready-made figures.

    Both together would count people twice; whoever knows the figure could subtract it.
    """
    for code in measures_in(leaves):
        told = [period for period, codes in gathering.figures.items() if code in codes]
        if told:
            parts = [part(code, name) for name in PARTS if part(code, name) in leaves.columns]
            out = pl.col("period").is_in(told)
            leaves = leaves.with_columns(
                pl.when(out).then(0).otherwise(pl.col(name)).alias(name) for name in parts
            )
    return leaves


def with_staff(leaves: pl.DataFrame, gathering: Gathering) -> pl.DataFrame:
    """Leaf counts with the headcount of each leaf's site; 0 where it is not known."""
    heads = gathering.headcounts().group_by("period", "location").agg(pl.col("people").sum())
    return leaves.join(
        heads.rename({"people": STAFF}), on=["period", "location"], how="left"
    ).with_columns(pl.col(STAFF).fill_null(0))


def _split(name: str, sheets: Sheets) -> Callable[[Gathering], list[Block]]:
    subject = SUBJECTS[name]

    def blocks(gathering: Gathering) -> list[Block]:
        leaves = untold(count(sheets(gathering), subject), gathering)
        personal = personal_measures(gathering)
        if subject.second is not None:
            return build_pair(
                subject,
                leaves,
                gathering.minimum,
                ranges=ranges(gathering),
                key=employee_key(),
                personal=personal,
            )
        if not subject.by_place:
            return build(
                name,
                leaves,
                subject.dims,
                gathering.minimum,
                counts=subject.counts,
                personal=personal,
            )
        staffed = with_staff(leaves, gathering)
        sites = staffed.select("period", "region", "location").unique()
        placed = staffed.join(
            places(sites, gathering.headcounts(), gathering.minimum),
            on=["period", "location"],
            how="left",
        )
        split_by = (PLACE_REGION, PLACE, *subject.dims[2:])
        return build(name, placed, subject.dims, gathering.minimum, split_by=split_by)

    return blocks


def _summed(name: str, leaves: Sheets) -> Callable[[Gathering], list[Block]]:
    dims = SUBJECTS[name].dims

    def blocks(gathering: Gathering) -> list[Block]:
        counted = untold(leaves(gathering), gathering)
        blocks = build(name, counted, dims, gathering.minimum, counts=True)
        return [sites.rounded(block) for block in blocks]

    return blocks


def _by_period(table: str, column: str) -> Due:
    def due(connection: Any, _grain: Grain, _as_of: date) -> pl.DataFrame:
        return raw.newest_by(connection, table, column).rename({"value": "period"})

    return due


def _by_day(*columns: tuple[str, str]) -> Due:
    def due(connection: Any, grain: Grain, as_of: date) -> pl.DataFrame:
        days = pl.concat(raw.newest_by(connection, *column) for column in columns)
        return _over(days.with_columns(pl.col("value").str.to_date("%Y-%m-%d")), grain, as_of)

    return due


def _over(days: pl.DataFrame, grain: Grain, as_of: date) -> pl.DataFrame:
    """Days and their newest batch, as the periods that were over."""
    if days.is_empty():
        return pl.DataFrame(schema=_DUE_SCHEMA)
    over = complete_periods(days["value"].min(), days["value"].max(), grain, as_of)  # type: ignore[arg-type]
    return (
        days.select(period_of(pl.col("value"), grain).alias("period"), "batch")
        .filter(pl.col("period").is_in([period.text for period in over]))
        .group_by("period")
        .agg(pl.col("batch").max())
    )


def _idea_days(connection: Any, grain: Grain, as_of: date) -> pl.DataFrame:
    sent = raw.newest_by(connection, "ideas", "submitted_on")
    steps = raw.newest_by(connection, "idea_events", "at")
    days = pl.concat([sent, steps]).with_columns(pl.col("value").str.to_date("%Y-%m-%d"))
    if days.is_empty():
        return pl.DataFrame(schema=_DUE_SCHEMA)
    known_until = date.fromisoformat(max((*sent["value"], *steps["value"])))
    judged = sent.with_columns(ideas.judged_on(pl.col("value").str.to_date("%Y-%m-%d"), grain))
    judged = judged.filter(pl.col("value") <= known_until)
    # A period whose last days the export does not reach yet is not over.
    return _over(pl.concat([days, judged]), grain, min(as_of, known_until + timedelta(days=1)))


def _employed(connection: Any, grain: Grain, as_of: date) -> pl.DataFrame:
    """From the first leaver on record to the last change: outside these an export is silent.

    Whoever left before the first recorded leaver is not in the export, so earlier periods would
    show a company without leavers.
    """
    ends = raw.newest_by(connection, "assignments", "end_on")
    starts = raw.newest_by(connection, "assignments", "start_on")
    if ends.is_empty():
        return pl.DataFrame(schema=_DUE_SCHEMA)
    # Planned ends and starts lie ahead; they say nothing about how far the export reaches.
    days = [date.fromisoformat(day) for day in (*ends["value"], *starts["value"])]
    past = [day for day in days if day <= as_of]
    first = date.fromisoformat(min(ends["value"]))
    newest = max(ends["batch"].max(), starts["batch"].max())  # type: ignore[type-var]
    over = complete_periods(first, max(past, default=first), grain, as_of)
    return pl.DataFrame(
        {"period": [period.text for period in over], "batch": [newest] * len(over)},
        schema=_DUE_SCHEMA,
    )


def _of_years(connection: Any, _grain: Grain, as_of: date) -> pl.DataFrame:
    """As `_employed`, by calendar year whatever the grain of other subjects."""
    return _employed(connection, "year", as_of)


def _whole_quarters(connection: Any, _grain: Grain, as_of: date) -> pl.DataFrame:
    """The quarters of which each month lies between the first leaver and the last change."""
    months = _employed(connection, "month", as_of)
    quarters = [each.text for each in quarters_of([parse(text) for text in months["period"]])]
    return pl.DataFrame(
        {"period": quarters, "batch": [months["batch"].max()] * len(quarters)}, schema=_DUE_SCHEMA
    )


_HEADS = ("assignments", "locations", "social_activity", "group_measurements")

SOURCES: Mapping[str, Source] = {
    source.subject.name: source
    for source in (
        Source(
            SUBJECTS["survey"],
            _by_period("survey_answers", "wave"),
            ("locations", "measures"),
            _split("survey", survey.sheets),
            survey.sheets,
        ),
        Source(
            SUBJECTS["reliability"],
            lambda connection, _grain, as_of: reliability.due(connection, as_of),
            (),
            reliability.blocks,
        ),
        Source(
            SUBJECTS["group"],
            _by_period("group_measurements", "period"),
            ("survey_answers", "measures", *_HEADS, *groups.RAW_OF.values()),
            groups.blocks,
        ),
        Source(
            SUBJECTS["workforce"],
            _employed,
            ("assignments", "locations"),
            _split("workforce", workforce.sheets),
        ),
        Source(SUBJECTS["pay"], _of_years, ("assignments",), pay.blocks),
        Source(
            SUBJECTS["absence"],
            _by_period("absence", "period"),
            _HEADS,
            _summed("absence", sites.absence),
        ),
        Source(
            SUBJECTS["invitations"],
            _by_period("survey_invitations", "wave"),
            ("locations",),
            _summed("invitations", sites.invitations),
        ),
        Source(
            SUBJECTS["feedback"],
            _by_day(("customer_feedback", "at")),
            _HEADS,
            _split("feedback", customers.feedback),
            customers.feedback,
        ),
        Source(
            SUBJECTS["cases"],
            _by_day(("cases", "closed_at")),
            (*_HEADS, "case_events"),
            _split("cases", customers.cases),
            customers.cases,
        ),
        Source(SUBJECTS["ideas"], _idea_days, (*_HEADS, "ideas", "idea_events"), ideas.blocks),
        Source(
            SUBJECTS["employment"],
            _whole_quarters,
            ("assignments", "locations"),
            employment.blocks,
        ),
        Source(
            SUBJECTS["idea_ages"],
            idea_ages.due,
            (*_HEADS, "ideas", "idea_events"),
            idea_ages.blocks,
        ),
        Source(
            SUBJECTS["network"],
            _by_period("social_activity", "period"),
            _HEADS,
            network.blocks,
        ),
        Source(
            SUBJECTS["network_managers"],
            _by_period("social_activity", "period"),
            _HEADS,
            network.of_managers,
        ),
        Source(
            SUBJECTS["rollouts"],
            _by_day(("rollouts", "started_on")),
            (*_HEADS, "rollouts"),
            rollouts.blocks,
        ),
    )
}
