"""Puts the questions of the Burnout page to the door; what comes back is shared by all visitors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
import streamlit as st

from metrics import burnout
from metrics.association import Association, Shape, association, shape
from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.hotspots import Hotspots, hotspots
from metrics.results import Cells, Table
from metrics.sums import floats
from metrics.vocabulary import Measure
from models import cells
from models.cells import EVERYTHING, Question, Release, Scope
from pages.shared import loading
from pages.shared.filters import Filters
from pages.shared.windows import Window, chosen, latest_year

GROUPS: Final = ("desk_type", "job_family", "remote_band")
"""What the share at risk is compared by, besides place."""

BESIDE: Final = (
    "peer_interaction",
    "manager_interaction",
    "emotional_dissonance",
    "workload",
    "autonomy",
    "tool_fit",
)
"""What may go with burnout, in the order of the page."""

_PLACES: Final = ("region", "location", "kind")
_KEEP: Final = 32


@dataclass(frozen=True, slots=True)
class Beside:
    """Another measure of the same people, held against burnout between sites.

    ``rows``: ``location``, ``x`` (its mean), ``y`` (the burnout score) and ``n``.
    """

    measure: Measure
    rows: pl.DataFrame
    together: Association
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Burnout:
    """What the page shows.

    Attributes:
        measure: the scale that speaks.
        window: the last twelve months of the selection.
        share, before, course: the share at risk, a year earlier (None: not known), by period.
        mean: the score over the window.
        sites: every released site judged by the whole company; None where sites are not told.
        shown: the sites of the selection.
        response: per site the share of those asked that answered.
        groups: the share at risk by each of `GROUPS` that can be told.
        beside: what goes with it between sites.
    """

    measure: Measure
    window: Window
    share: Table
    before: Table | None
    course: Table
    mean: Table
    sites: Hotspots | None
    shown: frozenset[str]
    response: Mapping[str, float]
    groups: Mapping[str, Table]
    beside: tuple[Beside, ...]


def scale(release: Release) -> Measure | None:
    """The longest burnout scale that is released; None without any."""
    code = next((code for code in burnout.SCALES if release.facts.get(code) is not None), None)
    return None if code is None else CATALOGUE[code]


def read(filters: Filters, scope: Scope) -> Burnout | None:
    """The page's numbers for a selection; None where no scale, or no view, tells of it."""
    return _read(loading.release().number, filters, scope)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _read(number: int, filters: Filters, scope: Scope) -> Burnout | None:  # noqa: ARG001 - the key
    release = loading.release()
    measure = scale(release)
    if measure is None:
        return None
    asked = _Asked(release, scope, filters, measure)
    every = release.periods(measure.code)
    periods = chosen(every, filters)
    window = latest_year(periods)
    if window is None or not asked.known():
        return None
    earlier = window.year_before()
    share = METRICS["measure.share_at_risk"]
    return Burnout(
        measure=measure,
        window=window,
        share=share.compute(asked.cells(window), measure),
        before=share.compute(asked.cells(earlier), measure) if earlier.first in every else None,
        course=share.compute(asked.cells(Window(periods[0], periods[-1]), "period"), measure),
        mean=METRICS["measure.mean"].compute(asked.cells(window), measure),
        sites=asked.sites(window),
        shown=_sites_in(filters, scope, release),
        response=asked.response(window),
        groups={
            dim: share.compute(asked.cells(window, dim), measure)
            for dim in GROUPS
            if asked.known(dim)
        },
        beside=tuple(asked.beside(window)),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of one selection."""

    release: Release
    scope: Scope
    filters: Filters
    measure: Measure

    def known(self, *dims: str) -> bool:
        """Whether one view knows these dimensions and all that is filtered."""
        granted = () if self.scope.locations is None else ("location",)
        filtered = (dim for dim, _values in self.filters.chosen)
        asked = (*dims, *filtered, *granted)
        own = self.release.dims(self.measure.code)
        return set(asked) <= own and self.release.together(self.measure.code, asked)

    def cells(self, window: Window, *by: str) -> Cells:
        question = Question(
            (self.measure.code,), by, self.filters.chosen, window.first, window.last
        )
        return cells.answer(question, self.scope, self.release)

    def sites(self, window: Window) -> Hotspots | None:
        """Every released site within the filters on work; places limit what is shown, not this."""
        work = tuple((dim, each) for dim, each in self.filters.chosen if dim not in _PLACES)
        dims = ("location", *(dim for dim, _values in work))
        if not self.release.together(self.measure.code, dims):
            return None
        question = Question((self.measure.code,), ("location",), work, window.first, window.last)
        found = cells.answer(question, EVERYTHING, self.release)
        return hotspots(found, self.measure) if found.rows.height else None

    def response(self, window: Window) -> Mapping[str, float]:
        metric = METRICS["response.rate"]
        if not set(metric.measures) <= set(self.release.facts):
            return {}
        question = Question(metric.measures, ("location",), (), window.first, window.last)
        table = metric.compute(cells.answer(question, EVERYTHING, self.release))
        return dict(table.rows.select("location", "value").iter_rows())

    def beside(self, window: Window) -> Sequence[Beside]:
        """The other measures, of all released sites over the window."""
        codes = [code for code in BESIDE if code in self.release.facts]
        if not codes:
            return []
        question = Question(
            (self.measure.code, *codes), ("location",), (), window.first, window.last
        )
        found = cells.answer(question, EVERYTHING, self.release)
        mean = METRICS["measure.mean"]
        score = mean.compute(found.only((self.measure.code,)), self.measure).rows
        told = []
        for code in codes:
            other = CATALOGUE[code]
            rows = (
                mean.compute(found.only((code,)), other)
                .rows.select("location", x="value")
                .join(score.select("location", "n", y="value"), on="location")
            )
            x, y, n = (floats(rows, name) for name in ("x", "y", "n"))
            both = association(x, y, n)
            if both is not None:
                told.append(Beside(other, rows, both, shape(x, y, n)))
        return told


def _sites_in(filters: Filters, scope: Scope, release: Release) -> frozenset[str]:
    """The sites that the filters on place, and what was granted, leave."""
    places = release.locations
    for dim, column in zip(_PLACES, ("region", "location_id", "kind"), strict=True):
        values = filters.values(dim)
        if values:
            places = places.filter(pl.col(column).is_in(values))
    found = frozenset(places["location_id"])
    return found if scope.locations is None else found & scope.locations


def of_sites(found: Burnout) -> Hotspots | None:
    """The sites of the selection, judged by the whole company."""
    if found.sites is None:
        return None
    rows = found.sites.rows.filter(pl.col("location").is_in(found.shown))
    return replace(found.sites, rows=rows) if rows.height else None
