"""Puts a page's questions to the door and has the metrics compute the answers; nothing else.

The result is kept per release, scope and filters, and shared by all visitors.
"""

from dataclasses import dataclass

import streamlit as st

from metrics import overview
from metrics.changes import change
from metrics.overview import KeyFigure
from metrics.results import Table
from metrics.standing_out import standing_out
from models import asking, cells
from models.cells import Question, Release, Scope
from pages.shared import loading
from pages.shared.filters import Filters
from pages.shared.windows import Window, chosen, latest_year

_KEEP = 64
MOST_FIGURES = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A key figure in the selection.

    ``now``: over the last twelve months of the selection; ``before``: a year earlier; ``course``:
    by period; ``sites``: `standing_out` by location, None when there are no sites to compare;
    ``moved``: `change` by location on a year earlier; ``dims``: what it can be split by.
    """

    figure: KeyFigure
    window: Window
    now: Table
    before: Table | None
    course: Table
    sites: Table | None
    moved: Table | None
    dims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Readings:
    """The key figures that can be shown, and those that a filter does not know."""

    shown: tuple[Reading, ...]
    unknown: tuple[KeyFigure, ...]


def readings(filters: Filters, scope: Scope) -> Readings:
    """The key figures of the newest release in this selection."""
    return _readings(loading.release().number, filters, scope)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _readings(number: int, filters: Filters, scope: Scope) -> Readings:  # noqa: ARG001 - the key
    release = loading.release()
    figures = overview.choose(release.measures(), release.own, most=MOST_FIGURES)
    shown, unknown = [], []
    for figure in figures:
        dims = _dims(figure, release)
        if any(dim not in dims for dim, _values in filters.chosen):
            unknown.append(figure)
            continue
        reading = _reading(figure, dims, filters, scope, release)
        if reading is not None:
            shown.append(reading)
    return Readings(tuple(shown), tuple(unknown))


def _codes(figure: KeyFigure, release: Release) -> tuple[str, ...]:
    return figure.metric.asks(release.measures(), figure.measure)


def _dims(figure: KeyFigure, release: Release) -> frozenset[str]:
    """What every measure behind the figure can be split by."""
    return frozenset.intersection(*(release.dims(code) for code in _codes(figure, release)))


def _reading(
    figure: KeyFigure, dims: frozenset[str], filters: Filters, scope: Scope, release: Release
) -> Reading | None:
    codes = _codes(figure, release)
    every = release.periods(codes[0])
    periods = chosen(every, filters)
    window = latest_year(periods)
    if window is None:
        return None
    earlier = window.year_before()
    past = earlier.first in every

    def ask(first: str, last: str, *by: str) -> Table:
        return asking.ask(
            figure.metric,
            scope,
            release,
            measure=figure.measure.code if figure.measure is not None else None,
            by=by,
            where=dict(filters.chosen),
            first=first,
            last=last,
        )

    sites = moved = None
    if "location" in dims and figure.metric.compares_groups:
        asked = Question(codes, ("location",), filters.chosen, window.first, window.last)
        by_site = cells.answer(asked, scope, release)
        if by_site.rows["location"].n_unique() > 1:
            sites = standing_out(by_site, figure.metric, figure.measure)
            if past:
                now = figure.metric.compute(by_site, figure.measure)
                moved = change(now, ask(earlier.first, earlier.last, "location"))
    return Reading(
        figure=figure,
        window=window,
        now=ask(window.first, window.last),
        before=ask(earlier.first, earlier.last) if past else None,
        course=ask(periods[0], periods[-1], "period"),
        sites=sites,
        moved=moved,
        dims=dims,
    )
