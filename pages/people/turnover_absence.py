"""Absence: how much, how often, its course, where, and what it costs."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from figures.palette import THEMED
from figures.ranking import Row, Verdict, ranking
from figures.trend import Series, trend
from pages.people.turnover_absence_reading import Absence
from pages.people.turnover_cost import by_site
from pages.people.turnover_cost_reading import Costs
from pages.people.turnover_parts import when
from pages.people.turnover_reading import Turnover
from pages.shared import showing, sidebar, states
from pages.shared.plain import plain
from pages.shared.words import _, words

_MOST = 14


def absence(
    found: Turnover, told: Absence, costs: Costs | None, targets: Mapping[str, float]
) -> None:
    """Absence in a sentence, over time and by site."""
    figure = found.figures.get("absence.rate")
    level = None if figure is None else figure.now.estimate()
    if figure is None or level is None:
        states.too_few(
            _(
                "Absence is told by region, site and desk type only: not by contract, job family "
                "or other kinds of work. Take such a filter away to see it."
            )
        )
        return
    said = words()
    sentences = [
        _(
            "{rate} of contract hours was lost to sickness (95 % interval {interval}), {when}."
        ).format(
            rate=said.value(level.value, "percent"),
            interval=said.interval(level.low, level.high, "percent"),
            when=when(figure.now),
        )
    ]
    often = None if told.spells is None else told.spells.estimate()
    if often is not None:
        sentences.append(
            _("Somebody reported sick {spells} times a year on average ({interval}).").format(
                spells=said.value(often.value, "score"),
                interval=said.interval(often.low, often.high, "score"),
            )
        )
    cost = None if costs is None or costs.absence is None else costs.absence.estimate()
    if cost is not None and costs is not None:
        sentences.append(
            _(
                "The hours lost cost about {value} a year ({low} to {high}), at the pay of {year}."
            ).format(
                value=said.value(cost.value, "eur"),
                low=said.value(cost.low, "eur"),
                high=said.value(cost.high, "eur"),
                year=costs.year,
            )
        )
    st.markdown(plain(" ".join(sentences)))
    left, right = st.columns(2, gap="medium")
    with left:
        _course(found, targets)
    with right:
        _sites(told)
    at_sites = None if costs is None else costs.absence_sites
    if at_sites is not None and at_sites.rows.height > 1:
        by_site(at_sites, _("Cost of absence per year"), "absence-cost")


def _course(found: Turnover, targets: Mapping[str, float]) -> None:
    figure = found.figures["absence.rate"]
    if figure.course is None or figure.course.rows.is_empty():
        states.too_few(_("The selection is too short for a rolling year."))
        return
    series = Series(
        name=_("Absence"),
        unit="percent",
        rows=figure.course.rows,
        target=targets.get("absence.rate"),
    )
    showing.picture(trend(series, words(), THEMED, height=360), "absence-course")
    st.caption(_("Of the twelve months up to each month."))


def _sites(told: Absence) -> None:
    if told.sites is None or told.sites.rows.is_empty():
        states.too_few(_("Absence is not told by site here."))
        return
    names = sidebar.names()
    rows = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row["value"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
            verdict=_verdict(flagged=row["flagged"], worse=row["worse"]),
        )
        for row in told.sites.rows.sort("value", descending=True).head(_MOST).iter_rows(named=True)
    ]
    showing.picture(
        ranking(_("Absence"), "percent", rows, told.whole, words(), THEMED), "absence-ranking"
    )
    flagged = told.sites.rows.filter(pl.col("flagged") & pl.col("worse")).height
    st.caption(
        _(
            "The highest first. Square: higher than all other sites together, with few false "
            "alarms ({count} of {all} sites); diamond: lower. Dotted line: the whole company."
        ).format(count=words().number(flagged), all=words().number(told.sites.rows.height))
    )


def _verdict(*, flagged: bool, worse: bool) -> Verdict:
    if not flagged:
        return "unclear"
    return "worse" if worse else "better"
