"""Days that can't be, or are odd: in the future, or far from the wave they belong to."""

from datetime import timedelta
from functools import partial

import polars as pl

from metrics.words import N_
from models.imports.crossing.brought import Brought, RowRule
from release.periods import days_of

FAR_FROM_WAVE = N_(
    "survey_answers: answers given more than 100 days before or after their wave: {count}."
)

_HAPPENED = {
    "survey_answers": ("answered_on",),
    "ideas": ("submitted_on",),
    "idea_events": ("at",),
    "customer_feedback": ("at",),
    "cases": ("opened_at", "closed_at"),
    "case_events": ("at",),
}
"""Columns with days of things that happened. Contracts and plans may lie ahead."""

_COUNTED = ("absence", "social_activity", "tool_use", "financials", "group_measurements")
"""Tables that count what happened in a period, which must have begun."""

_CLOCKS = timedelta(days=2)
"""How far clocks and time zones may differ."""

_FAR = timedelta(days=100)


def rules(brought: Brought, table: str) -> list[RowRule]:
    """The rules for rows of this table."""
    found: list[RowRule] = []
    if table in _HAPPENED or table in _COUNTED:
        found.append(partial(_future, brought, table))
    if table == "survey_answers":
        found.append(partial(_far, brought))
    return found


def _future(brought: Brought, table: str, rows: pl.DataFrame) -> None:
    last = brought.today + _CLOCKS
    for name in _HAPPENED.get(table, ()):
        if (rows[name].cast(pl.Date) > last).any():
            failing = rows.filter(pl.col(name).cast(pl.Date) > last)
            brought.report("in_future", failing, name, name)
    if table in _COUNTED:
        ahead = days_of(rows["period"]).filter(pl.col("first") > last)
        if ahead.height:
            failing = rows.filter(pl.col("period").is_in(ahead["period"].implode()))
            brought.report("in_future", failing, "period", "period")


def _far(brought: Brought, rows: pl.DataFrame) -> None:
    waves = days_of(rows["wave"]).rename({"period": "wave"})
    day = pl.col("answered_on")
    far = (
        rows.select("wave", "answered_on")
        .join(waves, on="wave")
        .filter((day < pl.col("first") - _FAR) | (day > pl.col("last") + _FAR))
    )
    if far.height:
        brought.notes.warn(FAR_FROM_WAVE, far.height)
