"""Puts the questions of the Interaction page to the door; what comes back is for all visitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from metrics.adoption import Adoption, adoption
from metrics.low_means import low_means
from metrics.results import Table
from models.cells import Scope
from pages.people import pairs
from pages.people.asked import CONTACT, FIGURES, NETWORK, REACH, Asked, Figure, Read
from pages.people.pairs import Pair
from pages.shared import loading
from pages.shared.filters import Filters
from pages.shared.windows import Window

STARTED: Final = "rolled_out"
_KEEP: Final = 32


@dataclass(frozen=True, slots=True)
class Rollout:
    """A roll-out: its kind (empty: not known), at how many sites, and how the reach went there."""

    code: str
    kind: str
    sites: int
    reach: Adoption | None


@dataclass(frozen=True, slots=True)
class Interaction:
    """What the page shows.

    Attributes:
        figures: by code, those that are told of the selection.
        unknown: released, but not told by what is filtered.
        contact: per measure of contact every released site, as `low_means`.
        whole: per measure of contact the mean of the whole company.
        network: per figure of the staff network every released site that it is told of.
        shown: the sites of the selection.
        work: contact by desk type.
        rollouts: those that started at three sites or more, the most sites first.
        burnout, turnover: against contact. ``customers``: acting friendly against NPS.
    """

    figures: Mapping[str, Read]
    unknown: tuple[Figure, ...]
    contact: Mapping[str, pl.DataFrame]
    whole: Mapping[str, float]
    network: Mapping[str, pl.DataFrame]
    shown: frozenset[str]
    work: Mapping[str, Table]
    rollouts: tuple[Rollout, ...]
    burnout: tuple[Pair, ...]
    turnover: tuple[Pair, ...]
    customers: Pair | None

    @property
    def leading(self) -> Read:
        """The figure of the headline: reach, or else the first there is."""
        return self.figures.get(REACH.code) or next(iter(self.figures.values()))

    def sites(self, code: str) -> pl.DataFrame | None:
        """The sites of the selection by a measure of contact, the worst first; None without any."""
        every = self.contact.get(code)
        rows = None if every is None else every.filter(pl.col("location").is_in(self.shown))
        return None if rows is None or rows.is_empty() else rows


def read(filters: Filters, scope: Scope) -> Interaction | None:
    """The page's numbers for a selection; None where no figure tells of it."""
    return _read(loading.release().number, filters, scope)


def released() -> bool:
    """Whether any figure of the page was ever published."""
    asked = Asked(loading.release(), Scope(), Filters())
    return any(asked.released(figure) for figure in FIGURES)


@st.cache_resource(
    show_spinner=False, max_entries=_KEEP, hash_funcs={Filters: repr, Scope: loading.scope_key}
)
def _read(number: int, filters: Filters, scope: Scope) -> Interaction | None:  # noqa: ARG001 - key
    asked = Asked(loading.release(), scope, filters)
    figures = {each.figure.code: each for figure in FIGURES if (each := asked.read(figure))}
    if not figures:
        return None
    window = next(iter(figures.values())).window
    shown = asked.shown()
    return Interaction(
        figures=figures,
        unknown=tuple(f for f in FIGURES if asked.released(f) and not asked.known(f)),
        contact=_contact(asked, window),
        whole={
            figure.code: told.value
            for figure in CONTACT
            if asked.released(figure)
            and (told := figure.of(asked.everywhere(figure.codes, window)).estimate())
        },
        network={
            figure.code: figure.of(found).rows.with_columns(pl.col("location").cast(pl.String))
            for figure in NETWORK
            if (found := asked.sites(figure, window)) is not None
        },
        shown=shown,
        work={
            figure.code: table
            for figure in CONTACT
            if (table := asked.grouped(figure, window, "desk_type")) is not None
        },
        rollouts=tuple(_rollouts(asked, shown)),
        burnout=tuple(pairs.with_burnout(asked, window)),
        turnover=tuple(pairs.with_turnover(asked, window)),
        customers=pairs.with_customers(asked, window),
    )


def _contact(asked: Asked, window: Window) -> dict[str, pl.DataFrame]:
    found = {}
    for figure in CONTACT:
        cells = asked.sites(figure, window)
        if cells is not None and figure.measure is not None:
            rows = low_means(cells, figure.measure)
            found[figure.code] = rows.with_columns(pl.col("location").cast(pl.String))
    return found


def _rollouts(asked: Asked, shown: frozenset[str]) -> list[Rollout]:
    if STARTED not in asked.release.facts or not asked.released(REACH):
        return []
    dims = ("period", "location", "rollout")
    began = (
        asked.everywhere((STARTED,), None, *dims)
        .rows.select(dims)
        .with_columns(pl.col("location", "rollout").cast(pl.String))
    )
    kinds = asked.everywhere((STARTED,), None, "rollout", "rollout_kind").rows
    kind_of = dict(kinds.select(pl.col("rollout", "rollout_kind").cast(pl.String)).iter_rows())
    shares = (
        REACH.of(asked.everywhere(REACH.codes, None, "location", "period"))
        .rows.select("location", "period", "value")
        .with_columns(pl.col("location").cast(pl.String))
    )
    # Periods come in the order of time.
    touched = _first(began)
    told = []
    for (code,), rows in began.group_by("rollout", maintain_order=True):
        starts = _first(rows)
        reach = adoption(shares, starts, touched, shown)
        told.append(Rollout(str(code), kind_of.get(str(code), ""), len(starts), reach))
    return sorted(told, key=lambda each: (-each.sites, each.code))


def _first(rows: pl.DataFrame) -> dict[str, str]:
    """Per site the first period in which something started there."""
    first = rows.unique("location", keep="first", maintain_order=True)
    return dict(first.select("location", "period").iter_rows())
