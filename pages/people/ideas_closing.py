"""The end of the Ideas page: what to do next, and how it is computed."""

import polars as pl
import streamlit as st

from metrics.definitions import METRICS
from pages.people.ideas_followed import IN_TIME
from pages.people.ideas_parts import FOLLOWED
from pages.people.ideas_reading import Ideas
from pages.shared import showing
from pages.shared.filters import Filters
from pages.shared.plain import plain
from pages.shared.terminal import command
from pages.shared.words import _, ngettext, words


def next_steps(found: Ideas) -> None:
    """What a manager can do with this page."""
    said = words()
    steps = []
    first = found.oldest.rows.head(3)["idea"].to_list()
    if first:
        steps.append(
            _("Decide on the oldest first: {ideas}. A no with a reason is an answer too.").format(
                ideas=said.listed([plain(idea) for idea in first])
            )
        )
    heard = found.waits.heard
    if heard is not None and heard.slower:
        steps.append(
            _(
                "Ideas from the floor wait longer than those from the office: look at where they "
                "lie still."
            )
        )
    waiting = found.open.rows.filter(pl.col("stage") == "to_start")
    if waiting.height and waiting["n"].item():
        steps.append(
            ngettext(
                "{count} idea was accepted and is not started: name who starts it, and when.",
                "{count} ideas were accepted and are not started: name who starts them, and when.",
                waiting["n"].item(),
            ).format(count=said.number(waiting["n"].item()))
        )
    steps.append(_("Tell people what became of their idea: nobody sends in a second one unheard."))
    st.markdown("\n".join(f"1. {step}" for step in steps))


def explained(found: Ideas, filters: Filters) -> list[showing.Explained]:
    """The definitions behind the page, and the commands that give its numbers."""
    kept = Filters(
        found.window.first,
        found.window.last,
        tuple((dim, each) for dim, each in filters.chosen if dim in FOLLOWED),
    )
    half = METRICS["ideas.median_to_decision"]
    in_months = found.waits.half is not None and found.waits.half.unit == "months"
    codes = (
        *("ideas.funnel", "ideas.per_month", "ideas.cumulative", "ideas.throughput"),
        *("ideas.time_to_decision", "ideas.time_to_implementation"),
        *("ideas.median_to_implementation", "ideas.acceptance", "ideas.realised"),
        *("ideas.realised_of_submitted", "ideas.per_100_employees", "ideas.growth"),
        *("ideas.open", "ideas.oldest", "ideas.forecast"),
    )
    return [
        showing.Explained(
            half.otherwise if in_months and half.otherwise is not None else half,
            None,
            command(half.code, filters=kept),
        ),
        showing.Explained(
            METRICS["measure.mean"],
            IN_TIME,
            command("measure.mean", IN_TIME.code, filters=kept),
        ),
        *(showing.Explained(METRICS[code], None, command(code, filters=kept)) for code in codes),
    ]
