"""What every subject needs to gather its rows: the periods asked for, sites, headcounts."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from metrics.catalogue import Measure
from models import raw
from models.imports import contract
from models.tables import RAW
from release.periods import Grain, Period, parse, period_of

DAYS_PER_YEAR = 365.25
_NO_END = date(9999, 1, 1)
TENURE_BANDS = ((1, "under 1 year"), (3, "1-3 years"), (10, "3-10 years"))
LONGEST_TENURE = "over 10 years"
"""How long somebody is employed: under so many years, and a name for it."""
_KEPT = ("assignments", "locations")
"""The tables that are small beside the others, and that nearly every subject reads."""
SAME_EMPLOYMENT = timedelta(days=7)
"""A spell that starts within a week of the last one's end goes on: a move, not a leaver."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """One reading of the raw tables.

    Attributes:
        connection: an ADBC connection.
        periods: the periods to gather.
        minimum: k.
        measures: every measure by code, the company's own included.
        upto: read as if this was the newest batch; None is now.
        closed: periods of the subject that were published once, also if withdrawn since.
        figures: per period the measures that were published as ready-made group figures.
        answers: per period the measures, and the subjects, that were published from rows which
            were undone since.
        spent: marks of answers that count no more, since such a publication holds them.
        kept: frames that subject after subject asks for, of one build.
    """

    connection: Any
    periods: tuple[str, ...]
    minimum: int
    measures: Mapping[str, Measure]
    upto: int | None = None
    closed: frozenset[str] = frozenset()
    figures: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spent: frozenset[str] = frozenset()
    kept: dict[Hashable, pl.DataFrame] = field(default_factory=dict, compare=False)

    def current(self, table: str, where: str = "") -> pl.DataFrame:
        def read() -> pl.DataFrame:
            return raw.current(self.connection, table, where, upto=self.upto)

        return read() if where or table not in _KEPT else self._once((table, self.upto), read)

    def _once(self, key: Hashable, made: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        if key not in self.kept:
            self.kept[key] = made()
        return self.kept[key]

    def in_periods(self, table: str, column: str) -> pl.DataFrame:
        """The rows whose period or day lies in the periods, with their `period`.

        A row that was corrected to another day leaves the period where it was, unless that one
        is closed: then it stays there and is not counted once more.
        """
        if not contract.STORED[table].column(column).stored_type.is_temporal():
            rows = self.current(table, raw.among(column, self.periods))
            return rows if column == "period" else rows.with_columns(period=pl.col(column))
        grain = parse(self.periods[0]).grain
        (key,) = contract.STORED[table].key
        versions = raw.versions(
            self.connection, table, f"{key} IN ({self._touched(table, key, column)})", self.upto
        ).with_columns(period=period_of(pl.col(column), grain))
        newest = versions.unique(key, keep="last", maintain_order=True)
        counted = versions.filter(pl.col("period").is_in(list(self.closed))).select(
            key, pl.col("period").alias("counted in")
        )
        elsewhere = newest.join(counted, on=key).filter(pl.col("counted in") != pl.col("period"))
        return newest.filter(pl.col("period").is_in(self.periods)).join(
            elsewhere.select(key), on=key, how="anti", maintain_order="left"
        )

    def _touched(self, table: str, key: str, column: str) -> str:
        """SQL for the keys that any version of a row puts in the periods."""
        days = [parse(period) for period in self.periods]
        first = min(period.first_day for period in days)
        after = max(period.last_day for period in days) + timedelta(days=1)
        return (
            f"SELECT {key} FROM {RAW}{table} WHERE {column} >= '{first}' AND {column} < '{after}'"
        )

    def with_region(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with a `location` get the `region` of that site as it is known now."""
        sites = self.current("locations").select(pl.col("location_id").alias("location"), "region")
        return rows.join(sites, on="location", how="left")

    def headcounts(self) -> pl.DataFrame:
        """People at each site in each period: `period`, `location`, `desk_type`, `people`.

        From the assignments, on average over the period and rounded: a temp of one day makes no
        site larger. For a site without any, the smaller of the staff network's headcount and a
        group measurement of the measure `headcount`, whose desk type is not known.
        """
        return self._once(("headcounts", self.periods, self.upto), self._headcounts)

    def _headcounts(self) -> pl.DataFrame:
        spans = {text: parse(text).days / DAYS_PER_YEAR for text in self.periods}
        years = pl.col("person_years").sum() / pl.col("period").first().replace_strict(
            spans, return_dtype=pl.Float64
        )
        counted = (
            self.people()
            .group_by("period", "location", "desk_type")
            .agg(years.round().alias("people"))
        )
        told = {
            "network": self.in_periods("social_activity", "period").select(
                "period", "location_id", pl.col("headcount").alias("people")
            ),
            "figure": self.in_periods("group_measurements", "period")
            .filter(pl.col("measure") == "headcount")
            .select("period", "location_id", pl.col("value").cast(pl.Int64).alias("people")),
        }
        others = (
            pl.concat(frame.with_columns(source=pl.lit(name)) for name, frame in told.items())
            .rename({"location_id": "location"})
            .group_by("period", "location", "source")
            .agg(pl.col("people").sum())
            .group_by("period", "location")
            .agg(pl.col("people").min())
            .join(counted, on=["period", "location"], how="anti")
            .with_columns(desk_type=pl.lit(None, pl.String))
        )
        return pl.concat([counted.cast({"people": pl.Int64}), others.select(counted.columns)])

    @staticmethod
    def whole_or_split(rows: pl.DataFrame, group: Sequence[str]) -> pl.DataFrame:
        """A site's rows without desk type where it has any, else its rows by desk type.

        Both together would count people twice, and their difference could be anybody.
        """
        total = pl.col("desk_type").is_null()
        return rows.filter(total | ~total.any().over(group))

    def people(self) -> pl.DataFrame:
        """One row per employee and period: see `person_periods`."""
        return person_periods(self.current("assignments"), self.periods)


def employments(spells: pl.DataFrame) -> pl.DataFrame:
    """Spells of assignment with the employment that each is of.

    Spells of one employee that overlap, or follow within `SAME_EMPLOYMENT`, are one employment: a
    move, or a second contract, is neither exit nor hire and makes nobody two people.

    Returns:
        The spells by employee and start, with `until` (the last day; far ahead when open), the
        number `employment` within the employee, its `first_day` and `last_day`, and `since`, the
        first day of the spell that no earlier spell covers.
    """
    return (
        spells.sort("employee_id", "start_on")
        .with_columns(until=pl.col("end_on").fill_null(_NO_END))
        .with_columns(before=pl.col("until").cum_max().shift(1).over("employee_id"))
        .with_columns(
            employment=(
                pl.col("before").is_null()
                | (pl.col("start_on") > pl.col("before") + SAME_EMPLOYMENT)
            )
            .cum_sum()
            .over("employee_id"),
            # Days that an earlier spell covers already count once.
            since=pl.max_horizontal("start_on", pl.col("before") + timedelta(days=1)),
        )
        .with_columns(
            first_day=pl.col("start_on").min().over("employee_id", "employment"),
            last_day=pl.col("until").max().over("employee_id", "employment"),
        )
    )


def person_periods(spells: pl.DataFrame, periods: tuple[str, ...]) -> pl.DataFrame:
    """Who worked when, from the spells of assignment.

    What one employment is says `employments`.

    Returns:
        `period`, `employee_id`, the `location`, `desk_type`, `job_family` and `contract_type` of
        the spell that started last, the `tenure_band` at the end of the period, and 0/1 for
        `headcount_start` (employed before the first day too), `hires` (first day in it), `exits`
        (last day in it) and `headcount` (employed after the last day too); `person_years` worked in
        it. So start + hires - exits = headcount.
    """
    ordered = employments(spells)
    frames = [_in_period(ordered, parse(text)) for text in periods]
    return pl.concat(frames) if frames else _in_period(ordered.clear(), Period(2000, "year", 1))


def _in_period(spells: pl.DataFrame, period: Period) -> pl.DataFrame:
    first, last = pl.lit(period.first_day), pl.lit(period.last_day)
    days = (
        (pl.min_horizontal("until", last) - pl.max_horizontal("since", first)).dt.total_days() + 1
    ).clip(lower_bound=0)
    begun, ended = pl.col("first_day"), pl.col("last_day")
    present = spells.filter((pl.col("start_on") <= last) & (begun <= last) & (ended >= first))
    employments = present.group_by("employee_id", "employment", maintain_order=True).agg(
        pl.col("location_id").last().alias("location"),
        pl.col("desk_type", "job_family", "contract_type").last(),
        begun.first().alias("begun"),
        (begun.first() < first).alias("headcount_start"),
        (begun.first() >= first).alias("hires"),
        (ended.first() <= last).alias("exits"),
        (ended.first() > last).alias("headcount"),
        (days.sum() / DAYS_PER_YEAR).alias("person_years"),
    )
    return (
        employments.group_by("employee_id", maintain_order=True)
        .agg(
            pl.col("location", "desk_type", "job_family", "contract_type").last(),
            *(
                pl.col(name).sum().cast(pl.Float64)
                for name in ("headcount_start", "hires", "exits", "headcount")
            ),
            pl.col("person_years").sum(),
            tenure_band=_tenure(pl.col("begun").last(), last),
        )
        .select(pl.lit(period.text).alias("period"), pl.all())
    )


def _tenure(begun: pl.Expr, day: pl.Expr) -> pl.Expr:
    years = (day - begun).dt.total_days() / DAYS_PER_YEAR
    band = pl.lit(LONGEST_TENURE)
    for limit, name in reversed(TENURE_BANDS):
        band = pl.when(years < limit).then(pl.lit(name)).otherwise(band)
    return band


MONTHS_A_QUARTER = 3


def quarters_of(months: Sequence[Period]) -> list[Period]:
    """The quarters of which every month is among `months`."""
    found: dict[Period, int] = {}
    for month in months:
        quarter = Period(month.year, "quarter", (month.index - 1) // MONTHS_A_QUARTER + 1)
        found[quarter] = found.get(quarter, 0) + 1
    return [quarter for quarter, count in found.items() if count == MONTHS_A_QUARTER]


def complete_periods(first: date, last: date, grain: Grain, as_of: date) -> list[Period]:
    """The periods that touch `first` to `last` and were over on `as_of`."""
    days = pl.Series([first], dtype=pl.Date)
    start = parse(pl.select(period_of(pl.lit(days), grain)).item())
    periods = []
    while start.first_day <= last and start.last_day < as_of:
        periods.append(start)
        start = start.shifted(1)
    return periods
