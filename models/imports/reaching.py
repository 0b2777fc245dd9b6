"""Which periods the next release would touch, after an import. Only for the child process."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from models import raw
from models.imports.contract import STORED
from models.imports.difference import Compared
from models.releases.gathering import complete_periods, quarters_of
from models.releases.sources import SOURCES
from models.releases.store import Stored, stored
from models.releases.touching import OWN
from models.tables import RAW
from release.periods import Grain, parse, period_of

_OF_EVERYBODY = ("workforce", "employment", "pay")
"""Subjects of which any change of an assignment speaks of every period."""

_GRAINS: Mapping[str, Grain] = {"pay": "year", "employment": "quarter", "idea_ages": "quarter"}
"""Of subjects that have a grain of their own."""


def reached(
    connection: Any, compared: Mapping[str, Compared], as_of: date
) -> dict[tuple[str, str], list[str]]:
    """Per subject and state (`models.imports.difference.STATES`) the periods, by time."""
    grain = _grain(connection)
    known = stored(connection)
    found: dict[tuple[str, str], list[str]] = {}
    for subject in OWN:
        blocks = {b.period: b for b in known if b.subject == subject and b.state != "superseded"}
        own = _GRAINS.get(subject, grain)
        joined, corrected = _periods(connection, subject, compared, own, as_of)
        if subject in _OF_EVERYBODY and corrected:
            corrected |= set(blocks)
        if any(name in compared and compared[name].told.any for name in SOURCES[subject].tables):
            joined |= {period for period, block in blocks.items() if block.state == "draft"}
        for period in sorted(joined | corrected, key=parse):
            state = _state(
                subject, blocks.get(period), period, as_of, corrected=period in corrected
            )
            found.setdefault((subject, state), []).append(period)
    return found


def _state(subject: str, block: Stored | None, period: str, as_of: date, *, corrected: bool) -> str:
    if block is None:
        return "new" if _over(subject, period, as_of) else "open"
    if block.state != "published":
        return block.state
    grows = SOURCES[subject].subject.grows and not block.severed and not corrected
    return "late" if grows else "waits"


def _over(subject: str, period: str, as_of: date) -> bool:
    """Whether a period is over; what comes by period is taken as it comes."""
    by_day = all(STORED[dated.table].period is None for dated in OWN[subject])
    return not by_day or parse(period).last_day < as_of


def _periods(
    connection: Any, subject: str, compared: Mapping[str, Compared], grain: Grain, as_of: date
) -> tuple[set[str], set[str]]:
    """The periods that rows only join; and those in which rows change or go."""
    joined: set[str] = set()
    corrected: set[str] = set()
    for dated in OWN[subject]:
        one = compared.get(dated.table)
        if one is None or not one.told.any:
            continue
        if subject in _OF_EVERYBODY:
            # Who works where decides on every period since the first leaver on record.
            quarters = SOURCES[subject].subject.durations
            corrected |= _employed(connection, one, grain, as_of, whole_quarters=quarters)
        elif STORED[dated.table].period:
            joined |= set(one.new_on)
            corrected |= set(one.other_on)
        else:
            joined |= _named(one.new_on, grain)
            corrected |= _named(one.other_on, grain)
    return joined, corrected


def _named(days: Iterable[str], grain: Grain) -> set[str]:
    """The periods in which days lie."""
    column = pl.Series(list(days), dtype=pl.String).str.to_date("%Y-%m-%d")
    return set(pl.select(period_of(pl.lit(column), grain)).to_series().unique())


def _employed(
    connection: Any, one: Compared, grain: Grain, as_of: date, *, whole_quarters: bool
) -> set[str]:
    """The periods from the first leaver on record to the last change that is brought."""
    sql = f"SELECT CAST(min(end_on) AS TEXT) AS first FROM {RAW}assignments"
    first = raw.query(connection, sql, {"first": pl.String()})["first"].item()
    days = [day for day in (*one.new_on, *one.other_on) if day <= as_of.isoformat()]
    if first is None or not days:
        return set()
    start, last = date.fromisoformat(first[:10]), date.fromisoformat(max(days))
    if whole_quarters:
        months = complete_periods(start, last, "month", as_of)
        return {period.text for period in quarters_of(months)}
    return {period.text for period in complete_periods(start, last, grain, as_of)}


def _grain(connection: Any) -> Grain:
    sql = "SELECT value FROM setting WHERE key = 'grain'"
    rows = raw.query(connection, sql, {"value": pl.String()})
    return rows["value"].item() if rows.height else "month"
