"""Burnout, absence and turnover of the same sites: side by side, and one before the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from metrics.absence import RATE as ABSENCE
from metrics.definitions import METRICS
from metrics.hotspots import hotspots
from metrics.lags import Lagged, clear, lagged
from metrics.results import Cells
from metrics.standing_out import standing_out
from metrics.vocabulary import Measure
from models import cells
from models.cells import EVERYTHING, Question, Release
from pages.people.burnout_reading import scales
from pages.people.turnover_reading import sites_of
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.windows import Window, chosen

_KEEP: Final = 16
PAIRS: Final = (
    ("burnout", "turnover"),
    ("burnout", "absence"),
    ("absence", "turnover"),
)
"""What may move before what."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What sites have side by side, over the window and from month to month.

    Attributes:
        sites: per quantity (`burnout`, `absence`, `turnover`) a row per released site: `location`,
            `value`, `low`, `high`, `n`, `hot` (beyond chance on the bad side).
        whole: per quantity the value of all together.
        lags: per pair of `PAIRS` the associations, and of each whether it is more than chance.
        periods: how many periods the lags rest on.
    """

    sites: Mapping[str, pl.DataFrame]
    whole: Mapping[str, float]
    lags: Mapping[tuple[str, str], Sequence[tuple[Lagged, bool]]]
    periods: int


def read(window: Window, filters: Filters) -> Beside:
    """Of all released sites, whatever the filters on place and work; the filters give the time."""
    return _read(loading.release().number, window, Filters(filters.first, filters.last))


@st.cache_resource(show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Window: repr})
def _read(number: int, window: Window, filters: Filters) -> Beside:  # noqa: ARG001 - the key
    release = loading.release()
    asked = Asked(release, EVERYTHING, Filters())
    measure = next(iter(scales(release)), None)
    sites: dict[str, pl.DataFrame] = {}
    whole: dict[str, float] = {}
    columns = ("location", "value", "low", "high", "n", "hot")
    judged = sites_of(asked, window)
    if judged is not None and judged.funnel is not None:
        sites["turnover"] = judged.rows.select(columns)
        whole["turnover"] = 100 * judged.funnel.whole
    absent = asked.cells(ABSENCE, window, "location")
    if absent is not None:
        rows = standing_out(absent, ABSENCE).rows
        sites["absence"] = rows.with_columns(hot=pl.col("flagged") & pl.col("worse")).select(
            columns
        )
        level = asked.table(ABSENCE, window)
        estimate = None if level is None else level.estimate()
        if estimate is not None:
            whole["absence"] = estimate.value
    if measure is not None:
        found = hotspots(_burnout(release, measure, window, "location"), measure)
        if found.funnel is not None:
            sites["burnout"] = found.rows.select(columns)
            whole["burnout"] = 100 * found.funnel.whole
    return Beside(sites, whole, *_lags(asked, measure, filters))


def _burnout(release: Release, measure: Measure, window: Window, *by: str) -> Cells:
    question = Question((measure.code,), by, (), window.first, window.last)
    return cells.answer(question, EVERYTHING, release)


def _lags(
    asked: Asked, measure: Measure | None, filters: Filters
) -> tuple[Mapping[tuple[str, str], Sequence[tuple[Lagged, bool]]], int]:
    periods = chosen(asked.release.periods("exits"), filters)
    if not periods:
        return {}, 0
    wide = Window(periods[0], periods[-1])
    by = ("location", "period")
    frames: dict[str, pl.DataFrame] = {}
    for name, code in (("turnover", "turnover.rate"), ("absence", "absence.rate")):
        table = asked.table(code, wide, *by)
        if table is not None:
            frames[name] = table.rows
    if measure is not None:
        mean = METRICS["measure.mean"]
        told = mean.compute(_burnout(asked.release, measure, wide, *by), measure)
        frames["burnout"] = told.rows
    found = {
        (cause, effect): lagged(frames[cause], frames[effect])
        for cause, effect in PAIRS
        if cause in frames and effect in frames
    }
    sure = clear(list(found.values()))
    return {
        pair: list(zip(each, flags, strict=True))
        for (pair, each), flags in zip(found.items(), sure, strict=True)
        if each
    }, len(periods)
