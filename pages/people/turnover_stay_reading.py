"""How long people stay: the life tables of a selection, whole and by group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from metrics.life_tables import TENURE, groups_differ
from metrics.results import Table
from metrics.survival import LogRank
from models.cells import Scope
from pages.people.turnover_choices import Choice
from pages.people.turnover_reading import selection
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters
from pages.shared.windows import Window, chosen

WHOLE: Final = ""
GROUPS: Final = (WHOLE, "desk_type", "contract_type", "region", "entry")
"""What retention is compared by; "" is everybody together."""

_KEEP: Final = 32


@dataclass(frozen=True, slots=True)
class Stays:
    """What is told of how long people stay, over a stretch of quarters.

    Attributes:
        window: from the first to the last quarter.
        retention, early: by each of `GROUPS` that is told.
        differ: of groups that are compared, whether they leave at the same pace.
        incidence, hazard: of all together; None where that is not told.
    """

    window: Window
    retention: Mapping[str, Table]
    early: Mapping[str, Table]
    differ: Mapping[str, LogRank]
    incidence: Table | None
    hazard: Table | None


def read(filters: Filters, scope: Scope, choice: Choice) -> Stays | None:
    """The life tables of a selection; None where they are not told of it."""
    return _read(loading.release().number, selection(filters, choice), scope)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _read(number: int, filters: Filters, scope: Scope) -> Stays | None:  # noqa: ARG001 - the key
    release = loading.release()
    asked = Asked(release, scope, filters)
    quarters = chosen(release.periods("tenure_exposed"), filters)
    if not quarters:
        return None
    window = Window(quarters[0], quarters[-1])
    by = {group: (group,) if group else () for group in GROUPS}
    retention = {
        group: table
        for group, dims in by.items()
        if (table := asked.table("turnover.retention", window, *dims)) is not None
        and table.rows.height
        # One group alone is nothing to compare.
        and (not group or table.rows[group].n_unique() > 1)
    }
    if not retention:
        return None
    early = {group: asked.table("turnover.early", window, *by[group]) for group in retention}
    differ = {
        group: groups_differ(cells, TENURE)
        for group in retention
        if group and (cells := asked.cells("turnover.retention", window, group)) is not None
    }
    return Stays(
        window=window,
        retention=retention,
        early={group: table for group, table in early.items() if table is not None},
        differ={group: test for group, test in differ.items() if test is not None},
        incidence=asked.table("turnover.incidence", window),
        hazard=asked.table("turnover.hazard", window),
    )
