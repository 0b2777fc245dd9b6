"""What turnover and absence cost, whole and by site."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from metrics.cost import told
from metrics.pay import Triangle
from metrics.results import Table
from models.cells import Scope
from models.pricing import year_of_pay
from pages.people.turnover_reading import Turnover
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.windows import Window

_KEEP: Final = 32


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs per year of a selection; None: not told.

    ``year``: of the pay; ``sites`` and ``absence_sites``: by location.
    """

    year: str
    turnover: Table | None
    sites: Table | None
    absence: Table | None
    absence_sites: Table | None


def read(found: Turnover, shares: Triangle) -> Costs | None:
    """The costs over the window of the page; None where no pay is released."""
    asked = found.asked
    number = loading.release().number
    return _read(number, asked.filters, asked.scope, found.window, shares)


@st.cache_resource(
    show_spinner=False,
    max_entries=_KEEP,
    hash_funcs={Filters: repr, Scope: loading.scope_key, Window: repr, Triangle: repr},
)
def _read(
    number: int,  # noqa: ARG001 - the key
    filters: Filters,
    scope: Scope,
    window: Window,
    shares: Triangle,
) -> Costs | None:
    release = loading.release()
    year = year_of_pay(release, window.last)
    if year is None:
        return None
    asked = Asked(release, scope, filters, shares)
    return Costs(
        year=year,
        turnover=_told(asked, "turnover.cost", window),
        sites=_told(asked, "turnover.cost", window, "location"),
        absence=_told(asked, "absence.cost", window),
        absence_sites=_told(asked, "absence.cost", window, "location"),
    )


def _told(asked: Asked, code: str, window: Window, *by: str) -> Table | None:
    table = asked.table(code, window, *by)
    return None if table is None else told(table)
