"""Puts a page's questions to the door and has the metrics compute the answers; nothing else.

Figures that speak of the same stretch of time share their questions. The result is kept per
release, scope and filters, and shared by all visitors.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from metrics import overview
from metrics.changes import change
from metrics.overview import KeyFigure
from metrics.results import Cells, Table
from metrics.standing_out import standing_out
from models import cells
from models.cells import Question, Release, Scope
from pages.shared import loading
from pages.shared.filters import DIMENSIONS, Filters
from pages.shared.windows import Window, chosen, latest_year

_KEEP = 64
MOST_FIGURES = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A key figure in the selection.

    ``now``: over ``window``, the last twelve months of the selection; ``before``: a year earlier;
    ``course``: by period; ``sites``: `standing_out` by location, None when there are no sites to
    compare; ``moved``: `change` by location on a year earlier; ``dims``: what it can be split by.
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
    """The key figures that can be shown, and those that some filters do not fit.

    ``unknown``: figures that are not known by some of the filtered dimensions, ``misfits``;
    ``apart``: figures that are known by each filtered dimension, but by no view of them all.
    """

    shown: tuple[Reading, ...]
    unknown: tuple[KeyFigure, ...]
    misfits: tuple[str, ...]
    apart: tuple[KeyFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The time that figures share: their window, a year earlier if known, the whole course."""

    window: Window
    earlier: Window | None
    course: Window


@dataclass(frozen=True, slots=True)
class _Asked:
    """The cells of all figures of one stretch."""

    now: Cells
    before: Cells | None
    course: Cells
    sites: Cells | None
    sites_before: Cells | None


def readings(filters: Filters, scope: Scope) -> Readings:
    """The key figures of the newest release in this selection."""
    return _readings(loading.release().number, filters, scope)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _readings(number: int, filters: Filters, scope: Scope) -> Readings:  # noqa: ARG001 - the key
    release = loading.release()
    figures = _both_sides(overview.choose(release.measures(), release.own))
    wanted = {dim for dim, _values in filters.chosen} | {"location"}
    lacks = {figure: wanted - _dims(figure, release) for figure in figures}
    fit = [figure for figure in figures if not lacks[figure]]
    dims = _filtered(filters, scope)
    known = [figure for figure in fit if _together(figure, dims, release)]
    stretches = {figure: _stretch(figure, filters, release) for figure in known}
    asked = {
        stretch: _ask(
            stretch,
            [figure for figure in known if stretches[figure] == stretch],
            filters,
            scope,
            release,
        )
        for stretch in dict.fromkeys(stretches.values())
        if stretch is not None
    }
    return Readings(
        tuple(
            _reading(figure, stretch, asked[stretch], release)
            for figure, stretch in stretches.items()
            if stretch is not None
        ),
        tuple(figure for figure in figures if lacks[figure]),
        tuple(dim for dim in DIMENSIONS if any(dim in missing for missing in lacks.values())),
        tuple(figure for figure in fit if figure not in known),
    )


def _filtered(filters: Filters, scope: Scope) -> frozenset[str]:
    """The dimensions that a question about this selection limits."""
    granted = () if scope.locations is None else ("location",)
    return frozenset((*(dim for dim, _values in filters.chosen), *granted))


def _together(figure: KeyFigure, dims: frozenset[str], release: Release) -> bool:
    """Whether one view knows all these dimensions, for every measure behind the figure."""
    return all(release.together(code, dims) for code in _codes(figure, release))


def _both_sides(figures: Sequence[KeyFigure]) -> tuple[KeyFigure, ...]:
    """The first figures, with the first of the customer's side in the last place if need be."""
    first = tuple(figures[:MOST_FIGURES])
    if any(figure.side == "cx" for figure in first):
        return first
    others = [figure for figure in figures[MOST_FIGURES:] if figure.side == "cx"]
    return (*first[: MOST_FIGURES - 1], *others[:1]) if others else first


def _codes(figure: KeyFigure, release: Release) -> tuple[str, ...]:
    return figure.metric.asks(release.measures(), figure.measure)


def _dims(figure: KeyFigure, release: Release) -> frozenset[str]:
    """What every measure behind the figure can be split by."""
    return frozenset.intersection(*(release.dims(code) for code in _codes(figure, release)))


def _stretch(figure: KeyFigure, filters: Filters, release: Release) -> _Stretch | None:
    every = release.periods(_codes(figure, release)[0])
    periods = chosen(every, filters)
    window = latest_year(periods)
    if window is None:
        return None
    earlier = window.year_before()
    return _Stretch(
        window, earlier if earlier.first in every else None, Window(periods[0], periods[-1])
    )


def _ask(
    stretch: _Stretch,
    figures: Sequence[KeyFigure],
    filters: Filters,
    scope: Scope,
    release: Release,
) -> _Asked:
    measures = _measures(figures, release)
    by_site = _filtered(filters, scope) | {"location"}
    at_sites = _measures([f for f in figures if _together(f, by_site, release)], release)

    def ask(window: Window, *by: str, of: tuple[str, ...] = measures) -> Cells:
        question = Question(of, by, filters.chosen, window.first, window.last)
        return cells.answer(question, scope, release)

    earlier = stretch.earlier
    return _Asked(
        now=ask(stretch.window),
        before=ask(earlier) if earlier is not None else None,
        course=ask(stretch.course, "period"),
        sites=ask(stretch.window, "location", of=at_sites) if at_sites else None,
        sites_before=ask(earlier, "location", of=at_sites) if earlier and at_sites else None,
    )


def _measures(figures: Sequence[KeyFigure], release: Release) -> tuple[str, ...]:
    return tuple(sorted({code for figure in figures for code in _codes(figure, release)}))


def _reading(figure: KeyFigure, stretch: _Stretch, asked: _Asked, release: Release) -> Reading:
    codes = _codes(figure, release)

    def compute(found: Cells) -> Table:
        return figure.metric.compute(found.only(codes), figure.measure)

    sites = moved = None
    by_site = asked.sites.only(codes) if asked.sites is not None else None
    if (
        by_site is not None
        and figure.metric.compares_groups
        and by_site.rows["location"].n_unique() > 1
    ):
        sites = standing_out(by_site, figure.metric, figure.measure)
        if asked.sites_before is not None:
            moved = change(sites, compute(asked.sites_before))
    return Reading(
        figure=figure,
        window=stretch.window,
        now=compute(asked.now),
        before=compute(asked.before) if asked.before is not None else None,
        course=compute(asked.course),
        sites=sites,
        moved=moved,
        dims=_dims(figure, release),
    )
