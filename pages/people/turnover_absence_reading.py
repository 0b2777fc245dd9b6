"""Absence of a selection: rate, spells and sites, beside turnover."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl
import streamlit as st

from metrics.absence import RATE
from metrics.results import Table
from metrics.standing_out import standing_out
from models.cells import Scope
from pages.people.turnover_reading import Turnover
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.windows import Window

_KEEP: Final = 32


@dataclass(frozen=True, slots=True)
class Absence:
    """What is told of absence over the window.

    ``sites``: every released site against all others (`standing_out`), those of the selection;
    None where there are no sites to compare. ``whole``: of all these sites together.
    """

    spells: Table | None
    sites: Table | None
    whole: float | None


def read(found: Turnover) -> Absence:
    """Absence over the window of the page."""
    asked = found.asked
    return _read(loading.release().number, asked.filters, asked.scope, found.window)


@st.cache_resource(
    show_spinner=False,
    max_entries=_KEEP,
    hash_funcs={Filters: repr, Scope: loading.scope_key, Window: repr},
)
def _read(number: int, filters: Filters, scope: Scope, window: Window) -> Absence:  # noqa: ARG001 - the key
    release = loading.release()
    asked = Asked(release, scope, filters)
    every = asked.everywhere()
    sites = None
    cells = every.cells(RATE, window, "location")
    if cells is not None:
        judged = standing_out(cells, RATE)
        kept = asked.shown()
        sites = replace(judged, rows=judged.rows.filter(pl.col("location").is_in(kept)))
    level = every.table(RATE, window)
    whole = None if level is None else level.estimate()
    return Absence(
        asked.table("absence.spells", window), sites, None if whole is None else whole.value
    )
