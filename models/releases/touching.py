"""Which periods of which subjects the rows of a raw table speak of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from release.periods import days_of

ALWAYS = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Dated:
    """A raw table whose rows a subject counts, and the columns that say when.

    Attributes:
        first: the column of the period, or of the day, or of the first day.
        last: the column of the last day, where a row covers several; empty is not over yet.
        onward: a row speaks of every day from the first on.
    """

    table: str
    first: str
    last: str = ""
    onward: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.first, self.last) if self.last else (self.first,)


OWN: Mapping[str, tuple[Dated, ...]] = {
    "survey": (Dated("survey_answers", "wave"),),
    "group": (Dated("group_measurements", "period"),),
    "workforce": (Dated("assignments", "start_on", "end_on"),),
    "pay": (Dated("assignments", "start_on", "end_on"),),
    "absence": (Dated("absence", "period"),),
    "invitations": (Dated("survey_invitations", "wave"),),
    "feedback": (Dated("customer_feedback", "at"),),
    "cases": (Dated("cases", "closed_at"),),
    "ideas": (Dated("ideas", "submitted_on"), Dated("idea_events", "at")),
    "employment": (Dated("assignments", "start_on", "end_on"),),
    "idea_ages": (
        Dated("ideas", "submitted_on", onward=True),
        Dated("idea_events", "at", onward=True),
    ),
    "network": (Dated("social_activity", "period"),),
    "network_managers": (Dated("social_activity", "period"),),
    "rollouts": (Dated("rollouts", "started_on"),),
}
"""Per subject the tables that it counts; the reliability of scales goes with the survey."""


def spans(rows: pl.DataFrame, dated: Dated) -> pl.DataFrame:
    """Rows with the `first` and `last` day that they speak of; rows without a day are left out."""
    column = pl.col(dated.first)
    if rows.schema[dated.first] == pl.String:
        days = days_of(rows[dated.first]).rename({"period": dated.first})
        return rows.join(days, on=dated.first)
    last = pl.col(dated.last).fill_null(ALWAYS[1]) if dated.last else column
    if dated.onward:
        last = pl.lit(ALWAYS[1])
    return rows.filter(column.is_not_null()).with_columns(
        first=column.cast(pl.Date), last=last.cast(pl.Date)
    )
