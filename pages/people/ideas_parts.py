"""The upper part of the Ideas page, and its advice."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from metrics.definitions import METRICS
from metrics.idea_log import SUBMITTED
from metrics.words import N_
from models.cells import Release
from pages.people.ideas_reading import Ideas, Key
from pages.shared import showing, states
from pages.shared.cards import Card
from pages.shared.filters import DIMENSIONS
from pages.shared.words import _, ngettext, words

LABELS: Final = {
    "measure.mean": N_("Decided within 30 days"),
    "ideas.per_100_employees": N_("Ideas per 100 employees per year"),
    "ideas.acceptance": N_("Accepted, of those decided"),
    "ideas.realised": N_("Implemented so far, of those decided"),
    "ideas.throughput": N_("Finished per month"),
}
WEEK: Final = 7
FOLLOWED: Final = ("region", "location", "kind")


def why_nothing(release: Release) -> None:
    """No ideas were released, or none in this selection."""
    if SUBMITTED in release.facts:
        states.nothing_selected()
    else:
        states.too_few(
            _(
                "No ideas have been published. Bring in the tables ideas and idea_events: one row "
                "for each idea, and one for each step of it."
            )
        )


def length(value: float, unit: str) -> str:
    """A stretch of time as people say it: days by the week as weeks."""
    if unit == "days" and value % WEEK == 0:
        weeks = round(value / WEEK)
        return ngettext("{count} week", "{count} weeks", weeks).format(count=words().number(weeks))
    if unit == "days":
        return words().value(value, "days")
    months = round(value)
    return ngettext("{count} month", "{count} months", months).format(count=words().number(months))


def stretch(found: Ideas) -> str:
    """The window in words."""
    said = words()
    first, last = said.period(found.window.first), said.period(found.window.last)
    return last if first == last else _("{first} to {last}").format(first=first, last=last)


def moved(key: Key) -> dict[str, float] | None:
    if key.moved is None or key.moved.rows.height != 1:
        return None
    return key.moved.rows.row(0, named=True)


def not_followed(found: Ideas) -> None:
    """Which filters ideas can't follow, and why."""
    if not found.lost:
        return
    dims = [_(DIMENSIONS[dim]).lower() for dim in found.lost]
    st.info(
        _(
            "This page does not follow the filters on {dims}: of who sent in an idea nothing is "
            "kept. What is told by desk type stands under How long they wait."
        ).format(dims=words().listed(dims)),
        icon=":material/filter_alt_off:",
    )


def key_figures(found: Ideas) -> Sequence[Card]:
    """The key figures against a year ago."""
    when = stretch(found)
    told = []
    for key in found.keys:
        metric = METRICS[key.metric]
        row = moved(key)
        course = key.course.rows.sort("period") if key.course is not None else None
        told.append(
            Card(
                label=_(LABELS[key.metric]),
                better="higher",
                estimate=key.now.estimate(),
                counted=_(metric.counted) if key.measure is None else _("ideas"),
                when=when,
                change=None if row is None else row["value"],
                clear=row is not None and bool(row["changed"]),
                course=() if course is None else course["value"].to_list(),
            )
        )
    return told


def coverage(found: Ideas, minimum: int) -> None:
    """What the figures rest on, and what they can't say."""
    showing.coverage(found.funnel, minimum)
    st.caption(
        _(
            "How many different people send ideas in is not told: who did is dropped when a file "
            "comes in."
        )
    )
