"""The end of the Turnover page: what to do next, and how its numbers are computed."""

import streamlit as st

from metrics.definitions import METRICS
from metrics.metric import Metric
from pages.people.turnover_parts import EARLY, early
from pages.people.turnover_reading import REASONS, Turnover
from pages.people.turnover_stay_reading import Stays
from pages.shared import showing
from pages.shared.filters import Filters
from pages.shared.plain import plain
from pages.shared.terminal import command
from pages.shared.words import _, words

_MUCH = 20.0
"""Percent: where more leave within ninety days, hiring itself is what to look at first."""


def next_steps(found: Turnover, hot: list[str]) -> None:
    """What a manager can do with this page."""
    steps = []
    if hot:
        steps.append(
            _(
                "Start with {sites}: ask the people who stay what makes others go, before asking "
                "those who left."
            ).format(sites=words().listed(hot[:3]))
        )
    figure = found.figures.get("turnover.early")
    level = None if figure is None else early(figure, EARLY[0]).now.estimate()
    if level is not None and level.value > _MUCH:
        steps.append(
            _(
                "{share} of newcomers are gone within 90 days: look at what is promised in "
                "recruiting and at the first weeks, before anything that keeps people longer."
            ).format(share=words().value(level.value, "percent"))
        )
    steps.append(
        _(
            "Look at voluntary turnover apart: what the company can change is why people choose "
            "to go, not retirement and ended contracts."
        )
    )
    steps.append(
        _(
            "Where burnout risk, absence and turnover are all high, treat them as one matter: the "
            "figures do not tell which comes first for any site."
        )
    )
    st.markdown("\n".join(f"1. {plain(step)}" for step in steps))


def explained(found: Turnover, stays: Stays | None) -> list[showing.Explained]:
    """The definitions behind the page, and the commands that give its numbers."""
    filters = Filters(found.window.first, found.window.last, found.asked.filters.chosen)
    codes: list[tuple[Metric, Filters]] = [(found.metric, filters)]
    named = ("turnover.hires", "turnover.net_flow", "turnover.headcount", *REASONS)
    others = ("turnover.early", "turnover.stability", "turnover.cost", "absence.rate")
    codes += [
        (METRICS[code], filters)
        for code in (*named, *others, "absence.spells", "absence.cost")
        if found.asked.fits(code)
    ]
    if stays is not None:
        quarters = Filters(stays.window.first, stays.window.last, found.asked.filters.chosen)
        codes += [
            (METRICS[code], quarters)
            for code in ("turnover.retention", "turnover.incidence", "turnover.hazard")
            if found.asked.fits(code)
        ]
    return [
        showing.Explained(metric, None, command(metric.code, filters=kept))
        for metric, kept in codes
    ]
