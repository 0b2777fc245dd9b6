"""The main numbers of the Turnover page; what comes back is shared by all visitors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
import streamlit as st

from metrics.definitions import METRICS
from metrics.metric import Metric
from metrics.rate_hotspots import RateHotspots, rate_hotspots
from metrics.results import Table
from metrics.rolling import rolling
from metrics.turnover import DENOMINATORS
from models.cells import Scope
from pages.people.turnover_choices import Choice
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.places import of_work, shown
from pages.shared.windows import Window, chosen, latest_year

_KEEP: Final = 32
REASONS: Final = ("turnover.voluntary", "turnover.involuntary", "turnover.other")
FLOWS: Final = ("turnover.headcount", "turnover.hires", "turnover.net_flow")
BESIDE: Final = ("turnover.early", "turnover.stability", "absence.rate")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number over the window, a year earlier (None: not known), and its course."""

    now: Table
    before: Table | None
    course: Table | None


@dataclass(frozen=True, slots=True)
class Turnover:
    """What the upper part of the page shows.

    Attributes:
        metric: the rate by the chosen denominator.
        window: the last twelve months of the selection.
        asked: the questions of the selection, with what was chosen on the page.
        rate: with a rolling course; `by_period` where the selection is shorter than a year.
        figures: the other metrics by code, as far as they are told of the selection.
        sites: every released site judged by the whole company; None where sites are not told.
        shown: the sites of the selection.
        same: how many sites are told in both years, of how many; None when not asked for.
        refused_same: like for like was asked for, and the selection knows no sites.
    """

    metric: Metric
    window: Window
    asked: Asked
    rate: Figure
    by_period: bool
    figures: Mapping[str, Figure]
    sites: RateHotspots | None
    shown: frozenset[str]
    same: tuple[int, int] | None
    refused_same: bool


def selection(filters: Filters, choice: Choice) -> Filters:
    """The filters of the sidebar, and those that were chosen on the page."""
    if not choice.permanent:
        return filters
    return filters.with_values("contract_type", ("permanent",))


def read(filters: Filters, scope: Scope, choice: Choice) -> Turnover | None:
    """The page's numbers for a selection; None where no view tells of it."""
    return _read(loading.release().number, filters, scope, choice)


@st.cache_resource(
    show_spinner=False,
    max_entries=_KEEP,
    hash_funcs={Filters: repr, Scope: loading.scope_key, Choice: repr},
)
def _read(number: int, filters: Filters, scope: Scope, choice: Choice) -> Turnover | None:  # noqa: ARG001 - the key
    release = loading.release()
    asked = Asked(release, scope, selection(filters, choice))
    metric = DENOMINATORS[choice.denominator]
    periods = chosen(release.periods("exits"), filters)
    window = latest_year(periods)
    if window is None or not asked.fits(metric.code):
        return None
    same = None
    if choice.same_sites:
        asked, same = _same_sites(asked, window)
    wide = Window(periods[0], periods[-1])
    rate = _figure(asked, metric.code, window, wide)
    if rate is None:
        return None
    by_period = rate.course is None or rate.course.rows.is_empty()
    if by_period:
        rate = replace(rate, course=asked.table(metric.code, window, "period"))
    found = {code: _figure(asked, code, window, wide) for code in (*FLOWS, *REASONS, *BESIDE)}
    return Turnover(
        metric=metric,
        window=window,
        asked=asked,
        rate=rate,
        by_period=by_period,
        figures={code: each for code, each in found.items() if each is not None},
        sites=sites_of(asked, window),
        shown=shown(release, asked.filters, scope),
        same=same,
        refused_same=choice.same_sites and same is None,
    )


def _figure(asked: Asked, code: str, window: Window, wide: Window) -> Figure | None:
    now = asked.table(code, window)
    if now is None:
        return None
    before = asked.table(code, window.year_before())
    if code in FLOWS:
        course = None
    elif METRICS[code].axis is not None:
        course = asked.table(code, wide, "period")
    else:
        cells = asked.cells(code, wide, "period")
        course = None if cells is None else rolling(cells, METRICS[code])
    return Figure(now, before if before is not None and before.rows.height else None, course)


def _same_sites(asked: Asked, window: Window) -> tuple[Asked, tuple[int, int] | None]:
    """The selection limited to the sites that are told in every period of both years.

    And how many these are, of how many; None where sites can't be told.
    """
    both = Window(window.year_before().first, window.last)
    cells = asked.cells("turnover.rate", both, "location", "period")
    if cells is None:
        return asked, None
    rows = cells.rows
    told = rows.filter(pl.col("measure") == "person_years").group_by("location").len()
    kept = told.filter(pl.col("len") == rows["period"].n_unique())["location"].sort().to_list()
    filters = asked.filters.with_values("location", kept)
    return replace(asked, filters=filters), (len(kept), told.height)


def sites_of(asked: Asked, window: Window) -> RateHotspots | None:
    """Every released site within the filters on work; places limit what is shown, not this."""
    found = asked.everywhere().cells("turnover.rate", window, "location")
    return None if found is None or found.rows.is_empty() else rate_hotspots(found)


def limits_work(found: Turnover) -> bool:
    """Whether the selection is limited to some kinds of work."""
    return bool(of_work(found.asked.filters))


def shown_sites(found: Turnover) -> RateHotspots | None:
    """The sites of the selection, judged by the whole company; None without any."""
    if found.sites is None:
        return None
    rows = found.sites.rows.filter(pl.col("location").is_in(found.shown))
    return replace(found.sites, rows=rows) if rows.height else None
