"""The numbers of the Ideas page; what comes back is shared by all visitors."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import streamlit as st

from metrics import idea_flow, idea_forecast
from metrics.changes import change
from metrics.definitions import METRICS
from metrics.idea_flow import Balance
from metrics.idea_forecast import Check
from metrics.idea_log import SUBMITTED
from metrics.results import Table
from metrics.vocabulary import Measure
from models.cells import Scope
from pages.people.ideas_followed import IN_TIME, followed, lost
from pages.people.ideas_sites_reading import Places, places
from pages.people.ideas_themes_reading import Themes, themes
from pages.people.ideas_waits_reading import Waits, waits
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.windows import Window, chosen, latest_year

_KEEP = 32

CARDS = (
    ("measure.mean", IN_TIME),
    ("ideas.per_100_employees", None),
    ("ideas.acceptance", None),
    ("ideas.realised", None),
    ("ideas.throughput", None),
)
"""The key figures: metric and measure."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key figure: over the window, a year earlier and against it, and by period."""

    metric: str
    measure: Measure | None
    now: Table
    moved: Table | None
    course: Table | None


@dataclass(frozen=True, slots=True)
class Ideas:
    """What the page shows.

    Attributes:
        window: the last twelve months of the selection.
        lost: filtered dimensions that ideas one by one do not know.
        keys: the key figures that can be told.
        funnel, happened: of the ideas submitted in the window; what happened in it.
        cumulative: by period and stage.
        balance: in- and outflow; None without ideas.
        open, oldest: where open ideas are and their age; the oldest by number.
        waits: how long they wait, in all and by group.
        places, themes: by site, and by what they are about.
        forecast, check: when the backlog is decided; how such forecasts turned out.
        sites: the site of each open idea that is told.
    """

    window: Window
    lost: tuple[str, ...]
    keys: tuple[Key, ...]
    funnel: Table
    happened: Table
    cumulative: Table
    balance: Balance | None
    open: Table
    oldest: Table
    sites: Mapping[str, str]
    waits: Waits
    places: Places
    themes: Themes
    forecast: Table
    check: Check

    @property
    def submitted(self) -> int:
        """How many were sent in in the window."""
        told = self.funnel.rows.filter(
            (pl.col("reading") == "reached") & (pl.col("stage") == "submitted")
        )
        return int(told["n"].sum())

    @property
    def undecided(self) -> int:
        """How many wait for a decision."""
        return self.oldest.rows.height


def read(filters: Filters, scope: Scope) -> Ideas | None:
    """The page's numbers for a selection; None where no idea is told of it."""
    return _read(loading.release().number, filters, scope)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _read(number: int, filters: Filters, scope: Scope) -> Ideas | None:  # noqa: ARG001 - the key
    release = loading.release()
    window = latest_year(chosen(release.periods(SUBMITTED), filters))
    if window is None:
        return None
    asked = Asked(release, scope, followed(filters, release))
    # Every figure that is counted idea by idea shares the answer to this one question.
    log = asked.cells("ideas.funnel", window)
    if log is None or log.rows.is_empty():
        return None
    by_site = asked.table("ideas.oldest", window, "location")

    def of(code: str) -> Table:
        return METRICS[code].compute(log)

    return Ideas(
        window=window,
        lost=lost(filters, release),
        keys=tuple(key for code, measure in CARDS if (key := _key(asked, window, code, measure))),
        funnel=of("ideas.funnel"),
        happened=of("ideas.per_month"),
        cumulative=of("ideas.cumulative"),
        balance=idea_flow.balance(log),
        open=of("ideas.open"),
        oldest=of("ideas.oldest"),
        sites={} if by_site is None else dict(by_site.rows.select("idea", "location").iter_rows()),
        waits=waits(asked, window),
        places=places(asked, window, by_site),
        themes=themes(asked, window),
        forecast=of("ideas.forecast"),
        check=idea_forecast.checked(log),
    )


def _key(asked: Asked, window: Window, code: str, measure: Measure | None) -> Key | None:
    now = asked.table(code, window, measure=measure)
    if now is None or now.rows.is_empty():
        return None
    earlier = window.year_before()
    known = asked.release.periods(SUBMITTED)
    before = asked.table(code, earlier, measure=measure) if earlier.first in known else None
    moved = change(now, before) if before is not None and not before.rows.is_empty() else None
    # Of what is judged later, or counted from a log, no month has a figure of its own.
    own = METRICS[code]
    course = asked.table(code, window, "period", measure=measure) if not own.past else None
    return Key(code, measure, now, moved, course)
