"""Roll-outs that reached at least some sites, and how the staff network grew there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from metrics.adoption import Adoption, adoption
from models.cells import EVERYTHING
from pages.people.contact import REACH
from pages.shared import loading
from pages.shared.asked import Asked
from pages.shared.filters import Filters

STARTED: Final = "rolled_out"


@dataclass(frozen=True, slots=True)
class Rollout:
    """A roll-out: its kind (empty: not known), at how many sites, and how the reach went there."""

    code: str
    kind: str
    sites: int
    reach: Adoption | None


@dataclass(frozen=True, slots=True)
class _Started:
    """What started where and when, and the reach of every site by period.

    Attributes:
        starts: per roll-out, per site the first period.
        kinds: of roll-outs.
        touched: per site the first period of any.
        shares: `location`, `period`, `value`.
    """

    starts: Mapping[str, Mapping[str, str]]
    kinds: Mapping[str, str]
    touched: Mapping[str, str]
    shares: pl.DataFrame


def rollouts(number: int, shown: frozenset[str]) -> tuple[Rollout, ...]:
    """Those that started somewhere, the most sites first; the reach of the sites shown."""
    found = _started(number)
    if found is None:
        return ()
    told = [
        Rollout(
            code,
            found.kinds.get(code, ""),
            len(starts),
            adoption(found.shares, starts, found.touched, shown),
        )
        for code, starts in found.starts.items()
    ]
    return tuple(sorted(told, key=lambda each: (-each.sites, each.code)))


@st.cache_resource(show_spinner=False, max_entries=2)
def _started(number: int) -> _Started | None:  # noqa: ARG001 - the key
    asked = Asked(loading.release(), EVERYTHING, Filters())
    facts = asked.release.facts
    if STARTED not in facts or not all(code in facts for code in REACH.codes):
        return None
    dims = ("period", "location", "rollout")
    began = asked.raw((STARTED,), None, *dims).rows.select(dims)
    kinds = asked.raw((STARTED,), None, "rollout", "rollout_kind").rows
    reach = REACH.of(asked.raw(REACH.codes, None, "location", "period"))
    # Periods come in the order of time.
    return _Started(
        {
            str(code): _first(rows)
            for (code,), rows in began.group_by("rollout", maintain_order=True)
        },
        dict(kinds.select("rollout", "rollout_kind").iter_rows()),
        _first(began),
        reach.rows.select("location", "period", "value"),
    )


def _first(rows: pl.DataFrame) -> dict[str, str]:
    """Per site the first period in which something started there."""
    first = rows.unique("location", keep="first", maintain_order=True)
    return dict(first.select("location", "period").iter_rows())
