"""What became of the ideas: the funnel in two readings, and the cumulative flow."""

from collections.abc import Mapping
from typing import Final

import polars as pl
import streamlit as st

from figures.flow import Level
from figures.flow import flow as flow_of
from figures.palette import THEMED
from figures.stages import Stage, stages
from metrics.idea_log import OPEN, REACHED, STANDING
from metrics.words import N_
from pages.people.ideas_parts import stretch
from pages.people.ideas_reading import Ideas
from pages.shared import showing, states
from pages.shared.words import _, words

READINGS: Final[Mapping[str, str]] = {
    "sent": N_("Ideas sent in"),
    "happened": N_("What happened"),
}


@st.fragment
def funnel(found: Ideas) -> None:
    """The funnel by choice: of the ideas sent in in the window, or of all that happened in it."""
    reading = st.segmented_control(
        _("Count"),
        list(READINGS),
        format_func={code: _(label) for code, label in READINGS.items()}.__getitem__,
        default="sent",
        required=True,
        key=f"ideas_reading_{words().language}",
    )
    if reading == "happened":
        _happened(found)
    else:
        _sent(found)


def _sent(found: Ideas) -> None:
    if not found.submitted:
        states.too_few(_("No idea was sent in in this period."))
        return
    st.markdown(
        _("Of the **{count}** ideas that were sent in ({when}):").format(
            count=words().number(found.submitted), when=stretch(found)
        )
    )
    left, right = st.columns(2, gap="medium")
    with left:
        showing.picture(
            stages(_("How far they came"), _stages(found, "reached", REACHED), words(), THEMED),
            "ideas-reached",
        )
        st.caption(_("How far they came: an idea counts in every stage that it reached."))
    with right:
        showing.picture(
            stages(_("Where they are now"), _stages(found, "standing", STANDING), words(), THEMED),
            "ideas-standing",
        )
        st.caption(
            _(
                "Where they are now: each idea counts once, so this adds up to all of them. The "
                "second colour is open."
            )
        )


def _stages(found: Ideas, reading: str, labels: Mapping[str, str]) -> list[Stage]:
    rows = found.funnel.rows.filter(pl.col("reading") == reading)
    said = {stage: _(label) for stage, label in labels.items()}
    return [
        Stage(
            said[row["stage"]],
            row["n"],
            row["value"],
            row["low"],
            row["high"],
            open=reading == "standing" and row["stage"] in OPEN,
        )
        for row in rows.iter_rows(named=True)
        if reading == "reached" or row["n"]
    ]


def _happened(found: Ideas) -> None:
    rows = {row["stage"]: row for row in found.happened.rows.iter_rows(named=True)}
    told = [Stage(_(label), rows[stage]["n"]) for stage, label in REACHED.items() if stage in rows]
    if not told:
        states.too_few(_("Nothing happened with ideas in this period."))
        return
    showing.picture(stages(_("What happened with ideas"), told, words(), THEMED), "ideas-happened")
    balance = found.balance
    if balance is None:
        return
    said = words()
    st.markdown(
        _(
            "At the start **{opening}** ideas waited for a decision, **{inflow}** came in and "
            "**{outflow}** were decided, so **{closing}** wait at the end of {when}."
        ).format(
            opening=said.number(balance.opening),
            inflow=said.number(balance.inflow),
            outflow=said.number(balance.outflow),
            closing=said.number(balance.closing),
            when=said.period(found.window.last),
        )
    )


def flow(found: Ideas) -> None:
    """The cumulative flow of the window, and Little's law where it holds."""
    counted = {
        stage: rows.sort("period") for (stage,), rows in found.cumulative.rows.group_by("stage")
    }
    if not {"submitted", "decided", "finished"} <= set(counted):
        return
    periods = counted["submitted"]["period"].to_list()
    if len(periods) < 2:
        return
    levels = [
        Level(_(name), _(between), counted[stage]["n"].to_list())
        for stage, name, between in (
            ("submitted", N_("Submitted"), N_("Waiting for a decision")),
            ("decided", N_("Decided"), N_("Accepted, not finished")),
            ("finished", N_("Finished"), N_("Finished")),
        )
    ]
    st.subheader(_("Cumulative flow"))
    showing.picture(flow_of(_("Cumulative flow"), periods, levels, words(), THEMED), "ideas-flow")
    st.caption(
        _(
            "Counted from the ideas finished by the end of {first}. The height of a band is how "
            "many are in it; a band that widens is a queue that grows."
        ).format(first=words().period(periods[0]))
    )
    _little(found)


def _little(found: Ideas) -> None:
    balance = found.balance
    if balance is None:
        return
    said = words()
    counts = {"inflow": said.number(balance.inflow), "outflow": said.number(balance.outflow)}
    if balance.wait is None:
        st.caption(
            _(
                "{inflow} ideas came in and {outflow} were decided. These differ, so no average "
                "wait follows from the length of the queue."
            ).format(**counts)
        )
        return
    st.caption(
        _(
            "About as many came in ({inflow}) as were decided ({outflow}). Then the queue of "
            "{stock} on average, at that pace, is a wait of {wait} months (Little's law): a check "
            "on the curves below, where long waits weigh less."
        ).format(**counts, stock=said.number(balance.stock), wait=said.number(balance.wait, 1))
    )
