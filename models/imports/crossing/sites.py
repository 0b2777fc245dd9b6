"""Rows about a site on a day on which it was not open yet, or closed for good."""

from datetime import timedelta

import polars as pl

from metrics.words import N_
from models.imports.contract import TABLES
from models.imports.crossing.brought import Brought, RowRule
from models.imports.known import Stored
from models.imports.problems import FILE, ROW
from models.imports.spool import Spool
from release.periods import days_of

BEFORE_OPENING = N_(
    "assignments: spells that begin before their site opened, and count from then on: {count}."
)
AFTER_CLOSING = N_(
    "assignments: spells that go on after their site closed: {count}. Give them an end_on, or "
    "their people keep counting."
)

_DAYS = {
    "survey_answers": "answered_on",
    "ideas": "submitted_on",
    "customer_feedback": "at",
    "cases": "opened_at",
    "assignments": "start_on",
    "rollouts": "started_on",
}
"""Tables whose rows are about one day."""

_PERIODS = ("absence", "survey_invitations", "social_activity", "tool_use", "group_measurements")
"""Tables whose rows are about a period, which must touch the time the site was open.

Money and goals go on before a site opens and after it closes.
"""

_PREPARED = frozenset({"assignments", "rollouts"})
"""Tables that may be early: people are hired, and changes made, before a site opens."""

_LATE = {"customer_feedback": timedelta(days=31), "cases": timedelta(days=31)}
"""How long after a closure customers still speak about the site."""


def rules(brought: Brought, table: str) -> list[RowRule]:
    """The rule for rows of this table; none when no site has a first or last day."""
    if table not in _DAYS and table not in _PERIODS:
        return []
    if brought.sites.is_empty():
        return []
    rule = _Open(brought, table)
    return [rule.check, rule.spells] if table == "assignments" else [rule.check]


def open_days(spool: Spool, stored: Stored) -> pl.DataFrame:
    """Location, first and last day of every site that has one; brought rows before stored ones."""
    names = ("location_id", "opened_on", "closed_on")
    sites = [stored.current("locations", names[1:]).select(names)]
    if "locations" in spool:
        sites.append(spool["locations"].select(names).collect())
    return (
        pl.concat(sites)
        .unique("location_id", keep="last")
        .filter(pl.any_horizontal(pl.col("opened_on", "closed_on").is_not_null()))
    )


class _Open:
    """Holds rows of one table against the days on which their sites were open."""

    def __init__(self, brought: Brought, table: str) -> None:
        self._brought = brought
        self._table = TABLES[table]
        self._sites = brought.sites

    def check(self, rows: pl.DataFrame) -> None:
        """Report rows about a day outside."""
        name = self._table.name
        about = self._about(rows).join(self._sites, on="location_id")
        late = pl.col("closed_on") + _LATE.get(name, timedelta())
        self._report("closed_site", about.filter(pl.col("first") > late))
        early = about.filter(pl.col("last") < pl.col("opened_on"))
        if name == "assignments":
            self._brought.notes.count(BEFORE_OPENING, early.height)
        elif name not in _PREPARED:
            self._report("not_open_yet", early)

    def spells(self, rows: pl.DataFrame) -> None:
        """Warn of spells that outlive their site."""
        end = pl.col("end_on").fill_null(pl.date(9999, 12, 31))
        left = rows.join(self._sites, on="location_id").filter(
            end > pl.col("closed_on"), pl.col("start_on") <= pl.col("closed_on")
        )
        if left.height:
            self._brought.notes.warn(AFTER_CLOSING, left.height)

    def _about(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Per row its site, the first and last day it is about, and both as the text `day`."""
        day = _DAYS.get(self._table.name)
        if day is not None:
            days = (pl.col(day).cast(pl.Date).alias(name) for name in ("first", "last"))
            text = pl.col(day).cast(pl.Date).cast(pl.String).alias("day")
            return rows.select(FILE, ROW, "location_id", *days, text)
        period = "wave" if self._table.name == "survey_invitations" else "period"
        return rows.select(FILE, ROW, "location_id", pl.col(period).alias("day")).join(
            days_of(rows[period]).rename({"period": "day"}), on="day", maintain_order="left"
        )

    def _report(self, rule: str, failing: pl.DataFrame) -> None:
        params = ("day", "opened_on" if rule == "not_open_yet" else "closed_on")
        self._brought.report(rule, failing, "location_id", "location_id", params)
