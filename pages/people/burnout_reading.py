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
from metrics.results import Table
from metrics.vocabulary import Measure
from metrics.within import Together
from models.cells import EVERYTHING, Release, Scope
from pages.people.contact import mean
from pages.people.pairs import Pair, over_time, with_score
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
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
_RISK: Final = METRICS["measure.share_at_risk"]


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
    asked = Asked(release, scope, filters)
    every = release.periods(measure.code)
    periods = chosen(every, filters)
    window = latest_year(periods)
    if window is None:
        return None
    year_ago = window.year_before()
    earlier = year_ago if year_ago.first in every else None

    def told(metric: Metric, measure: Measure | None, window: Window | None) -> Table | None:
        return asked.table(metric, window, measure=measure) if measure and window else None

    main = told(metric, measure, window)
    course = asked.table(metric, Window(periods[0], periods[-1]), "period", measure=measure)
    if main is None or course is None:
        return None
    scored = measure if metric is not _MEAN else None
    severe = CATALOGUE.get(f"{scale}_severe")
    beside, moved = _beside(number, scale, window)
    return Burnout(
        measure=measure,
        metric=metric,
        window=window,
        main=main,
        before=told(metric, measure, earlier),
        course=course,
        mean=told(_MEAN, scored, window),
        mean_before=told(_MEAN, scored, earlier),
        severe=told(_RISK, severe, window),
        severe_before=told(_RISK, severe, earlier),
        reliability=_reliability(asked.company(), measure, window),
        subscales=_subscales(asked, measure, window),
        shifts=_shifts(asked, metric, measure, window, earlier),
        sites=_sites(asked.everywhere(), metric, measure, window),
        shown=asked.shown(),
        response=_response(asked.company(), window),
        groups=_groups(asked, metric, measure, window),
        beside=beside,
        over_time=moved,
    )


def _groups(asked: Asked, metric: Metric, measure: Measure, window: Window) -> Mapping[str, Table]:
    """By each dimension in which at least two groups are told."""
    told = {dim: asked.table(metric, window, dim, measure=measure) for dim in GROUPS}
    return {
        dim: table for dim, table in told.items() if table is not None and table.rows.height > 1
    }


def _reliability(company: Asked, measure: Measure, window: Window) -> Table | None:
    """Of the newest year that was over when the window ended: a figure of the company."""
    code = f"{measure.code}_alpha"
    years = [year for year in company.release.periods(code) if year <= window.last[:4]]
    if not years:
        return None
    return METRICS["burnout.reliability"].compute(
        company.raw((code,), Window(years[-1], years[-1]))
    )


def _subscales(asked: Asked, measure: Measure, window: Window) -> Mapping[str, Table]:
    if measure.code != burnout.SCALES[0]:
        return {}
    told = {code: asked.table(_RISK, window, measure=CATALOGUE[code]) for code in burnout.SUBSCALES}
    return {code: table for code, table in told.items() if table is not None}


def _shifts(
    asked: Asked, metric: Metric, measure: Measure, window: Window, earlier: Window | None
) -> Mapping[str, Shift]:
    found: dict[str, Shift] = {}
    if earlier is None:
        return found
    for dim in _MIXED:
        now = asked.cells(metric, window, dim, measure=measure)
        before = asked.cells(metric, earlier, dim, measure=measure)
        moved = shift(now, before, metric, measure) if now and before else None
        if moved is not None and moved.notable:
            found[dim] = moved
    return found


def _sites(every: Asked, metric: Metric, measure: Measure, window: Window) -> Hotspots | None:
    found = every.cells(metric, window, "location", measure=measure)
    return hotspots(found, measure, metric) if found and found.rows.height else None


def _response(company: Asked, window: Window) -> Mapping[str, float]:
    table = company.table("response.rate", window, "location")
    return {} if table is None else dict(table.rows.select("location", "value").iter_rows())


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
    figures = [mean(code) for code in BESIDE]
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
