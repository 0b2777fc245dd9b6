"""Puts the questions of the Interaction page to the door; what comes back is for all visitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from metrics.changes import change
from metrics.low_means import low_means
from metrics.results import Table
from models.cells import EVERYTHING, Scope
from pages.people import pairs
from pages.people.contact import CONTACT, FIGURES, REACH, Figure
from pages.people.interaction_rollouts import Rollout, rollouts
from pages.people.pairs import Pair
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.places import of_work
from pages.shared.windows import Window, chosen, latest_year

_KEEP: Final = 32


@dataclass(frozen=True, slots=True)
class Read:
    """A figure in the selection: over ``window``, a year before (None: not known), by period."""

    figure: Figure
    window: Window
    now: Table
    before: Table | None
    course: Table

    @property
    def moved(self) -> Table | None:
        return None if self.before is None else change(self.now, self.before)


@dataclass(frozen=True, slots=True)
class Sites:
    """What is told of every released site, whatever the filters on place; as in `Interaction`."""

    contact: Mapping[str, pl.DataFrame]
    whole: Mapping[str, float]
    network: Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes with contact, of the whole company; as in `Interaction`."""

    burnout: tuple[Pair, ...]
    turnover: tuple[Pair, ...]
    customers: Pair | None


@dataclass(frozen=True, slots=True)
class Interaction:
    """What the page shows.

    Attributes:
        figures: by code, those that are told of the selection.
        unknown: released, but not told by what is filtered.
        every: per measure of contact every released site, as `low_means`; the mean of the whole
            company; per figure of the staff network every released site that it is told of.
        shown: the sites of the selection.
        work: contact by desk type.
        rollouts: those that started at three sites or more, the most sites first.
        beside: burnout and turnover against contact; acting friendly against NPS.
    """

    figures: Mapping[str, Read]
    unknown: tuple[Figure, ...]
    every: Sites
    shown: frozenset[str]
    work: Mapping[str, Table]
    rollouts: tuple[Rollout, ...]
    beside: Beside

    @property
    def leading(self) -> Read:
        """The figure of the headline: reach, or else the first there is."""
        return self.figures.get(REACH.code) or next(iter(self.figures.values()))

    def sites(self, code: str) -> pl.DataFrame | None:
        """The sites of the selection by a measure of contact, the worst first; None without any."""
        every = self.every.contact.get(code)
        rows = None if every is None else every.filter(pl.col("location").is_in(self.shown))
        return None if rows is None or rows.is_empty() else rows


def read(filters: Filters, scope: Scope) -> Interaction | None:
    """The page's numbers for a selection; None where no figure tells of it."""
    return _read(loading.release().number, filters, scope)


def released() -> bool:
    """Whether any figure of the page was ever published."""
    facts = loading.release().facts
    return any(_is_released(figure, facts) for figure in FIGURES)


def _is_released(figure: Figure, facts: Mapping[str, pl.DataFrame]) -> bool:
    return all(code in facts for code in figure.codes)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _read(number: int, filters: Filters, scope: Scope) -> Interaction | None:
    asked = Asked(loading.release(), scope, filters)
    figures = {each.figure.code: each for figure in FIGURES if (each := _one(asked, figure))}
    if not figures:
        return None
    window = next(iter(figures.values())).window
    shown = asked.shown()
    facts = asked.release.facts
    return Interaction(
        figures=figures,
        unknown=tuple(
            each
            for each in FIGURES
            if _is_released(each, facts) and not asked.fits(each.metric, measure=each.measure)
        ),
        every=_sites(number, Filters(chosen=of_work(filters)), window),
        shown=shown,
        work={
            each.code: table
            for each in CONTACT
            if (table := asked.table(each.metric, window, "desk_type", measure=each.measure))
        },
        rollouts=rollouts(number, shown),
        beside=_beside(number, window),
    )


def _one(asked: Asked, figure: Figure) -> Read | None:
    """The figure in the selection; None where it is not released, or the filters do not fit."""
    if not asked.fits(figure.metric, measure=figure.measure):
        return None
    every = asked.release.periods(figure.codes[0])
    periods = chosen(every, asked.filters)
    window = latest_year(periods)
    if window is None:
        return None
    earlier = window.year_before()
    now, before, course = (
        asked.table(figure.metric, stretch, *by, measure=figure.measure)
        for stretch, by in (
            (window, ()),
            (earlier, ()),
            (Window(periods[0], periods[-1]), ("period",)),
        )
    )
    if now is None or course is None:
        return None
    return Read(figure, window, now, before if earlier.first in every else None, course)


@st.cache_resource(show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Window: repr})
def _sites(number: int, work: Filters, window: Window) -> Sites:  # noqa: ARG001 - the key
    asked = Asked(loading.release(), EVERYTHING, work)
    company = asked.company()
    contact, network = {}, {}
    for figure in FIGURES:
        cells = asked.cells(figure.metric, window, "location", measure=figure.measure)
        if cells is None or cells.rows.is_empty():
            continue
        if figure.measure is None:
            network[figure.code] = figure.of(cells).rows
        else:
            contact[figure.code] = low_means(cells, figure.measure)
    return Sites(
        contact,
        {
            each.code: told.value
            for each in CONTACT
            if (table := company.table(each.metric, window, measure=each.measure))
            and (told := table.estimate())
        },
        network,
    )


@st.cache_resource(show_spinner=False, max_entries=_KEEP, hash_funcs={Window: repr})
def _beside(number: int, window: Window) -> Beside:  # noqa: ARG001 - the key
    asked = Asked(loading.release(), EVERYTHING, Filters())
    return Beside(
        tuple(pairs.with_burnout(asked, window)),
        tuple(pairs.with_turnover(asked, window)),
        pairs.with_customers(asked, window),
    )
