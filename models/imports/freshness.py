"""How fresh each table is, and which sites are late: dates and counts only, no values.

From what each batch left word of (`models.imports.arrivals`), so it costs the same however many
rows there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from models.imports.contract import STORED
from models.tables import RAW_TABLES, Arrival, Batch
from release.periods import parse

BY_SITE = frozenset(
    {name for name, table in STORED.items() if table.period} | {"customer_feedback", "cases"}
) - {"idea_submitters"}
"""Tables that every site has rows of, time and again; of others silence says nothing."""

NOW_AND_THEN = frozenset({"rollouts"})
"""Tables with days but without a rhythm: nothing is late when no change starts."""

_MADE = frozenset({"idea_submitters"})
"""Tables that an import makes of another, which tells how fresh it is."""


@dataclass(frozen=True, slots=True)
class LateSite:
    """A site that is behind the others: its code, name, and the last period or day that it has."""

    location_id: str
    name: str
    newest: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """One table.

    Attributes:
        table: its name in the contract.
        came_at, batch: when its newest rows came, and with which batch.
        newest: the newest period, or day; empty for a table without dates.
        every_days: its usual rhythm: the median of the days from period to period (of what comes
            by day: from month to month); None before there are two, and for what has none.
        late: more than two such stretches have passed since the newest period ended.
        late_sites: sites that are behind, longest silent first. A site that closed before is not.
    """

    table: str
    came_at: datetime
    batch: int
    newest: str
    every_days: float | None
    late: bool
    late_sites: tuple[LateSite, ...]


def freshness(engine: Engine, as_of: date) -> list[Freshness]:
    """Every table that has rows, in the order of the contract; nothing before the first import."""
    with Session(engine) as session:
        came = {
            name: (batch, created)
            for name, batch, created in session.exec(
                select(Arrival.table_name, Batch.id, Batch.created_at)
                .join(Batch, col(Batch.id) == col(Arrival.batch))
                .distinct()
                .order_by(col(Batch.id))
            )
        }
        periods: dict[str, list[str]] = {}
        for name, period in session.exec(
            select(Arrival.table_name, Arrival.period).where(Arrival.period != "").distinct()
        ):
            periods.setdefault(name, []).append(period)
        sites: dict[str, dict[str, tuple[str, date | None]]] = {}
        for name, site, period, last in session.exec(
            select(
                Arrival.table_name,
                Arrival.location_id,
                func.max(Arrival.period),
                func.max(Arrival.last_on),
            ).group_by(col(Arrival.table_name), col(Arrival.location_id))
        ):
            sites.setdefault(name, {})[site] = (period, _day(last))
        places = _places(session)
    return [
        _told(name, came[name], periods.get(name, []), sites[name], places, as_of)
        for name in STORED
        if name in came and name not in _MADE
    ]


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    closed_on: date | None


def _places(session: Session) -> Mapping[str, _Place]:
    table = RAW_TABLES["locations"]
    rows = session.connection().execute(
        table.select()
        .with_only_columns(table.c.location_id, table.c.name, table.c.closed_on)
        .order_by(table.c.batch)
    )
    return {site: _Place(name, closed) for site, name, closed in rows}


def _told(
    name: str,
    came: tuple[int | None, datetime],
    periods: Iterable[str],
    sites: Mapping[str, tuple[str, date | None]],
    places: Mapping[str, _Place],
    as_of: date,
) -> Freshness:
    ordered = sorted(periods, key=lambda text: parse(text).first_day)
    every = None if name in NOW_AND_THEN else _rhythm(ordered)
    ends = {site: _end(*about) for site, about in sites.items() if about[0]}
    end = max(ends.values(), default=None)
    late = end is not None and every is not None and end + timedelta(2 * every) < as_of
    behind: list[tuple[date, LateSite]] = []
    if name in BY_SITE and end is not None:
        patience = timedelta(0) if STORED[name].period else timedelta(every or 31)
        start = parse(ordered[-1]).first_day if STORED[name].period else end
        for site, last in ends.items():
            place = places.get(site, _Place(site, None))
            closed = place.closed_on is not None and place.closed_on < start
            if site and last + patience < end and not closed:
                behind.append((last, LateSite(site, place.name, _newest(*sites[site]))))
    return Freshness(
        name,
        came[1],
        came[0] or 0,
        max((_newest(*about) for about in sites.values()), default=""),
        every,
        late,
        tuple(site for _, site in sorted(behind, key=lambda each: (each[0], each[1].name))),
    )


def _rhythm(periods: list[str]) -> float | None:
    starts = [parse(text).first_day for text in periods]
    gaps = [(after - before).days for before, after in pairwise(starts)]
    return float(median(gaps)) if gaps else None


def _end(period: str, last: date | None) -> date:
    return last or parse(period).last_day


def _newest(period: str, last: date | None) -> str:
    return last.isoformat() if last else period
