"""What every subject needs to gather its rows: the periods asked for, sites, headcounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from metrics.catalogue import Measure
from models import raw
from models.imports import contract
from release.periods import Grain, Period, parse, period_of

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
    """

    connection: Any
    periods: tuple[str, ...]
    minimum: int
    measures: Mapping[str, Measure]
    upto: int | None = None

    def current(self, table: str, where: str = "") -> pl.DataFrame:
        return raw.current(self.connection, table, where, upto=self.upto)

    def in_periods(self, table: str, column: str) -> pl.DataFrame:
        """The rows whose period or day lies in the periods, with their `period`."""
        rows = self.current(table, self._condition(table, column))
        if rows.schema[column].is_temporal():
            grain = parse(self.periods[0]).grain
            rows = rows.with_columns(period=period_of(pl.col(column), grain))
        elif column != "period":
            rows = rows.with_columns(period=pl.col(column))
        return rows.filter(pl.col("period").is_in(self.periods))

    def _condition(self, table: str, column: str) -> str:
        kind = contract.STORED[table].column(column).stored_type
        if not kind.is_temporal():
            return raw.among(column, self.periods)
        days = [parse(period) for period in self.periods]
        first = min(period.first_day for period in days)
        after = max(period.last_day for period in days) + timedelta(days=1)
        return f"{column} >= '{first}' AND {column} < '{after}'"

    def with_region(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with a `location` get the `region` of that site as it is known now."""
        sites = self.current("locations").select(pl.col("location_id").alias("location"), "region")
        return rows.join(sites, on="location", how="left")

    def headcounts(self) -> pl.DataFrame:
        """People at each site in each period: `period`, `location`, `desk_type`, `people`.

        From the assignments; for a site without any, from the staff network's headcount or a
        group measurement of the measure `headcount`, whose desk type is not known.
        """
        counted = (
            self.people().group_by("period", "location", "desk_type").agg(pl.len().alias("people"))
        )
        told = [
            self.in_periods("social_activity", "period").select(
                "period", "location_id", pl.col("headcount").alias("people")
            ),
            self.in_periods("group_measurements", "period")
            .filter(pl.col("measure") == "headcount")
            .select("period", "location_id", pl.col("value").cast(pl.Int64).alias("people")),
        ]
        others = (
            pl.concat(told)
            .rename({"location_id": "location"})
            .group_by("period", "location")
            .agg(pl.col("people").max())
            .join(counted, on=["period", "location"], how="anti")
            .with_columns(desk_type=pl.lit(None, pl.String))
        )
        return pl.concat([counted.cast({"people": pl.Int64}), others.select(counted.columns)])

    def people(self) -> pl.DataFrame:
        """One row per employee and period: see `person_periods`."""
        return person_periods(self.current("assignments"), self.periods)


def person_periods(spells: pl.DataFrame, periods: tuple[str, ...]) -> pl.DataFrame:
    """Who worked when, from the spells of assignment.

    Returns:
        `period`, `employee_id`, the `location`, `desk_type` and `job_family` of the last spell
        in the period, and 0/1 for `headcount_start` (employed before the first day too),
        `hires` (first day in it), `exits` (last day in it) and `headcount` (employed after the
        last day too); `person_years` employed in it. So start + hires - exits = headcount. A next
        spell within `SAME_EMPLOYMENT` is a move: neither exit nor hire.
    """
    ordered = spells.sort("employee_id", "start_on").with_columns(
        next_start=pl.col("start_on").shift(-1).over("employee_id"),
        last_end=pl.col("end_on").shift(1).over("employee_id"),
    )
    ordered = ordered.with_columns(
        leaves=pl.col("end_on").is_not_null()
        & (
            pl.col("next_start").is_null()
            | (pl.col("next_start") > pl.col("end_on") + SAME_EMPLOYMENT)
        ),
        joins=pl.col("last_end").is_null()
        | (pl.col("start_on") > pl.col("last_end") + SAME_EMPLOYMENT),
    )
    frames = [_in_period(ordered, parse(text)) for text in periods]
    return pl.concat(frames) if frames else _in_period(ordered.clear(), Period(2000, "year", 1))


def _in_period(spells: pl.DataFrame, period: Period) -> pl.DataFrame:
    first, last = pl.lit(period.first_day), pl.lit(period.last_day)
    after = pl.col("end_on").is_null() | (pl.col("end_on") > last)
    days = (
        pl.min_horizontal(pl.col("end_on").fill_null(last), last)
        - pl.max_horizontal(pl.col("start_on"), first)
    ).dt.total_days() + 1
    present = spells.filter(
        (pl.col("start_on") <= last) & (pl.col("end_on").is_null() | (pl.col("end_on") >= first))
    )
    one = pl.Float64
    return (
        present.group_by("employee_id", maintain_order=True)
        .agg(
            pl.col("location_id").last().alias("location"),
            pl.col("desk_type", "job_family").last(),
            (pl.col("start_on") < first).any().cast(one).alias("headcount_start"),
            (pl.col("joins") & (pl.col("start_on") >= first)).sum().cast(one).alias("hires"),
            (pl.col("leaves") & (pl.col("end_on") <= last))
            .fill_null(value=False)
            .sum()
            .cast(one)
            .alias("exits"),
            after.any().cast(one).alias("headcount"),
            (days.sum() / 365.25).alias("person_years"),
        )
        .select(pl.lit(period.text).alias("period"), pl.all())
    )


def complete_periods(first: date, last: date, grain: Grain, as_of: date) -> list[Period]:
    """The periods that touch `first` to `last` and were over on `as_of`."""
    days = pl.Series([first], dtype=pl.Date)
    start = parse(pl.select(period_of(pl.lit(days), grain)).item())
    periods = []
    while start.first_day <= last and start.last_day < as_of:
        periods.append(start)
        start = start.shifted(1)
    return periods
