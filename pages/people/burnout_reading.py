"""Puts the questions of the Burnout page to the door; what comes back is shared by all visitors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
import streamlit as st

from metrics import burnout
from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.hotspots import Hotspots, hotspots
from metrics.metric import Metric
from metrics.mix import Shift, shift
from metrics.results import Cells, Table
from metrics.vocabulary import Measure
from metrics.within import Together
from models import cells
from models.cells import EVERYTHING, Question, Release, Scope
from pages.people.asked import Asked, Figure
from pages.people.pairs import Pair, over_time, with_score
from pages.shared import loading
from pages.shared.filters import Filters
from pages.shared.places import of_work, shown
from pages.shared.windows import Window, chosen, latest_year

GROUPS: Final = ("desk_type", "job_family", "remote_band", "region", "kind")
"""What the share at risk is compared by, besides sites."""

BESIDE: Final = (
    "peer_interaction",
    "manager_interaction",
    "emotional_dissonance",
    "workload",
    "autonomy",
    "tool_fit",
)
"""What may go with burnout, in the order of the page."""

_MIXED: Final = ("desk_type", "location")
"""Whether who answered has shifted is looked at by these."""

_KEEP: Final = 32
_MEAN: Final = METRICS["measure.mean"]


@dataclass(frozen=True, slots=True)
class Burnout:
    """What the page shows.

    Attributes:
        measure: the scale that speaks.
        metric: the share at risk; where the scale has no cut-off, its mean.
        window: the last twelve months of the selection.
        main, before, course: the metric, a year earlier (None: not known), by period.
        mean, mean_before: the score, where it is not the main metric already.
        severe, severe_before: the share beyond the severe cut-off; None where there is none.
        reliability: of the scale, of the whole company; None where it was not released.
        subscales: the share at risk by subscale with a norm.
        shifts: by dimension, how the mix of respondents differs from a year ago.
        sites: every released site judged by the whole company; None where sites are not told.
        shown: the sites of the selection.
        response: per site the share of those asked that answered.
        groups: the metric by each of `GROUPS` that can be told.
        beside: what goes with the score among groups of one kind, by measure.
        over_time: how each of these moves with the score within sites, by its code.
    """

    measure: Measure
    metric: Metric
    window: Window
    main: Table
    before: Table | None
    course: Table
    mean: Table | None
    mean_before: Table | None
    severe: Table | None
    severe_before: Table | None
    reliability: Table | None
    subscales: Mapping[str, Table]
    shifts: Mapping[str, Shift]
    sites: Hotspots | None
    shown: frozenset[str]
    response: Mapping[str, float]
    groups: Mapping[str, Table]
    beside: tuple[Pair, ...]
    over_time: Mapping[str, Together]


def scales(release: Release) -> list[Measure]:
    """The burnout scales that are released, the one to begin with first."""
    return burnout.scales(release.measures(), release.own)


def read(filters: Filters, scope: Scope, scale: str) -> Burnout | None:
    """The page's numbers for a selection; None where no view tells of it.

    Args:
        filters, scope: the selection.
        scale: the code of one of `scales`.
    """
    return _read(loading.release().number, filters, scope, scale)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _read(number: int, filters: Filters, scope: Scope, scale: str) -> Burnout | None:
    release = loading.release()
    measure = next(each for each in scales(release) if each.code == scale)
    metric = burnout.main_metric(measure)
    asked = _Asked(release, scope, filters, measure, metric)
    every = release.periods(measure.code)
    periods = chosen(every, filters)
    window = latest_year(periods)
    if window is None or not asked.known():
        return None
    year_ago = window.year_before()
    earlier = year_ago if year_ago.first in every else None
    scored = metric is not _MEAN
    beside, moved = _beside(number, scale, window)
    return Burnout(
        measure=measure,
        metric=metric,
        window=window,
        main=metric.compute(asked.cells(window), measure),
        before=metric.compute(asked.cells(earlier), measure) if earlier else None,
        course=metric.compute(asked.cells(Window(periods[0], periods[-1]), "period"), measure),
        mean=_MEAN.compute(asked.cells(window), measure) if scored else None,
        mean_before=_MEAN.compute(asked.cells(earlier), measure) if scored and earlier else None,
        severe=asked.severe(window),
        severe_before=asked.severe(earlier) if earlier else None,
        reliability=asked.reliability(window),
        subscales=asked.subscales(window),
        shifts=asked.shifts(window, earlier),
        sites=asked.sites(window),
        shown=shown(release, filters, scope),
        response=asked.response(window),
        groups=asked.groups(window),
        beside=beside,
        over_time=moved,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of one selection."""

    release: Release
    scope: Scope
    filters: Filters
    measure: Measure
    metric: Metric

    def known(self, *dims: str) -> bool:
        """Whether one view knows these dimensions and all that is filtered."""
        granted = () if self.scope.locations is None else ("location",)
        filtered = (dim for dim, _values in self.filters.chosen)
        asked = (*dims, *filtered, *granted)
        own = self.release.dims(self.measure.code)
        return set(asked) <= own and self.release.together(self.measure.code, asked)

    def cells(self, window: Window, *by: str, measure: Measure | None = None) -> Cells:
        code = (measure or self.measure).code
        question = Question((code,), by, self.filters.chosen, window.first, window.last)
        return cells.answer(question, self.scope, self.release)

    def groups(self, window: Window) -> Mapping[str, Table]:
        """By each dimension in which at least two groups are told."""
        told = {
            dim: self.metric.compute(self.cells(window, dim), self.measure)
            for dim in GROUPS
            if self.known(dim)
        }
        return {dim: table for dim, table in told.items() if table.rows.height > 1}

    def severe(self, window: Window) -> Table | None:
        severe = CATALOGUE.get(f"{self.measure.code}_severe")
        if severe is None or severe.code not in self.release.facts:
            return None
        found = self.cells(window, measure=severe)
        return METRICS["measure.share_at_risk"].compute(found, severe)

    def reliability(self, window: Window) -> Table | None:
        """Of the newest year that was over when the window ended: a figure of the company."""
        code = f"{self.measure.code}_alpha"
        years = [year for year in self.release.periods(code) if year <= window.last[:4]]
        if not years:
            return None
        question = Question((code,), (), (), years[-1], years[-1])
        found = cells.answer(question, EVERYTHING, self.release)
        return METRICS["burnout.reliability"].compute(found)

    def subscales(self, window: Window) -> Mapping[str, Table]:
        if self.measure.code != burnout.SCALES[0]:
            return {}
        return {
            code: METRICS["measure.share_at_risk"].compute(
                self.cells(window, measure=CATALOGUE[code]), CATALOGUE[code]
            )
            for code in burnout.SUBSCALES
            if code in self.release.facts
        }

    def shifts(self, window: Window, earlier: Window | None) -> Mapping[str, Shift]:
        if earlier is None:
            return {}
        found = {
            dim: shift(self.cells(window, dim), self.cells(earlier, dim), self.metric, self.measure)
            for dim in _MIXED
            if self.known(dim)
        }
        return {dim: moved for dim, moved in found.items() if moved is not None and moved.notable}

    def sites(self, window: Window) -> Hotspots | None:
        """Every released site within the filters on work; places limit what is shown, not this."""
        work = of_work(self.filters)
        dims = ("location", *(dim for dim, _values in work))
        if not self.release.together(self.measure.code, dims):
            return None
        question = Question((self.measure.code,), ("location",), work, window.first, window.last)
        found = cells.answer(question, EVERYTHING, self.release)
        return hotspots(found, self.measure, self.metric) if found.rows.height else None

    def response(self, window: Window) -> Mapping[str, float]:
        metric = METRICS["response.rate"]
        if not set(metric.measures) <= set(self.release.facts):
            return {}
        question = Question(metric.measures, ("location",), (), window.first, window.last)
        table = metric.compute(cells.answer(question, EVERYTHING, self.release))
        return dict(table.rows.select("location", "value").iter_rows())


@st.cache_resource(show_spinner=False, max_entries=_KEEP, hash_funcs={Window: repr})
def _beside(
    number: int,  # noqa: ARG001 - the key
    scale: str,
    window: Window,
) -> tuple[tuple[Pair, ...], Mapping[str, Together]]:
    """What goes with the score, of all released groups over the window, whatever the filters."""
    release = loading.release()
    measure = next(each for each in scales(release) if each.code == scale)
    asked = Asked(release, EVERYTHING, Filters())
    figures = [Figure(_MEAN, CATALOGUE[code]) for code in BESIDE]
    pairs = (with_score(asked, figure, measure, window) for figure in figures)
    moved = {figure.code: over_time(asked, figure, measure, window) for figure in figures}
    return (
        tuple(pair for pair in pairs if pair is not None),
        {code: each for code, each in moved.items() if each is not None},
    )


def of_sites(found: Burnout) -> Hotspots | None:
    """The sites of the selection, judged by the whole company."""
    if found.sites is None:
        return None
    rows = found.sites.rows.filter(pl.col("location").is_in(found.shown))
    return replace(found.sites, rows=rows) if rows.height else None
