"""What is open: the oldest by number and site, and when today's backlog is decided."""

from typing import Final

import streamlit as st

from metrics.idea_log import OPEN, STANDING
from pages.people.ideas_parts import length
from pages.people.ideas_reading import Ideas
from pages.shared import sidebar, states
from pages.shared.words import _, ngettext, words
from release.periods import parse

MOST: Final = 15


def oldest(found: Ideas) -> None:
    """How many are open and for how long, and the oldest of those that wait for a decision."""
    said = words()
    rows = {row["stage"]: row for row in found.open.rows.iter_rows(named=True)}
    if not rows:
        states.too_few(_("No idea is open."))
        return
    st.table(
        {
            _("Open ideas"): [_(STANDING[stage]) for stage in OPEN if stage in rows],
            _("n"): [said.number(rows[stage]["n"]) for stage in OPEN if stage in rows],
            _("Median age"): [
                length(rows[stage]["value"], "months") for stage in OPEN if stage in rows
            ],
        },
        border="horizontal",
        hide_index=True,
        alt=_("Open ideas and their age"),
    )
    st.caption(
        _(
            "All there are, so without an interval. Age since it was sent in; of accepted ideas "
            "since the decision."
        )
    )
    if found.undecided:
        _by_number(found)


def _by_number(found: Ideas) -> None:
    st.subheader(_("The oldest that wait for a decision"))
    names, said = sidebar.names(), words()
    last = parse(found.window.last)
    rows = found.oldest.rows.head(MOST)
    standing = {stage: _(label) for stage, label in STANDING.items()}
    st.table(
        {
            _("Idea"): rows["idea"].to_list(),
            _("Site"): [
                names.get(found.sites[idea], found.sites[idea])
                if idea in found.sites
                else _("told with a neighbour")
                for idea in rows["idea"]
            ],
            _("Sent in"): [
                said.period(last.shifted(-round(months / last.months)).text)
                for months in rows["value"]
            ],
            _("Months"): [round(months) for months in rows["value"]],
            _("Stage"): [standing[stage] for stage in rows["stage"]],
        },
        border="horizontal",
        hide_index=True,
        alt=_("The oldest ideas that wait for a decision"),
    )


def forecast(found: Ideas) -> None:
    """When the backlog is decided, how sure, and whether such forecasts held."""
    if not found.undecided:
        return
    st.subheader(_("When today's ideas are decided"))
    told = dict(found.forecast.rows.select("percentile", "value").iter_rows())
    if "50" not in told:
        states.too_few(_("Too little was decided in the last twelve months for a forecast."))
        return
    said = words()
    last = parse(found.window.last)

    def by(percentile: str) -> str:
        if percentile not in told:
            return _("later than ten years from now")
        months = told[percentile]
        when = last.shifted(round(months / last.months)).text
        return _("{when} (within {length})").format(
            when=said.period(when), length=length(months, "months")
        )

    sure = told["50"] == told.get("95")
    st.markdown(
        (
            _(
                "At the pace of the last twelve months, as many ideas as wait now ({count}) are "
                "decided by **{likely}**; with 95 % too, since the pace is even."
            )
            if sure
            else _(
                "At the pace of the last twelve months, as many ideas as wait now ({count}) are "
                "decided by **{likely}** with even chance, by {late} with 85 %, by {latest} with "
                "95 %."
            )
        ).format(
            count=said.number(found.undecided), likely=by("50"), late=by("85"), latest=by("95")
        )
    )
    st.caption(_checked(found))


def _checked(found: Ideas) -> str:
    said = words()
    told = _(
        "If the oldest are decided first: what is passed over takes longer. It says nothing of any "
        "person."
    )
    if not found.check.periods:
        return told + " " + _("The past is too short to test such forecasts on.")
    return (
        told
        + " "
        + ngettext(
            "Tested on the past: in {inside} of {count} month the backlog was decided within the "
            "85 % forecast.",
            "Tested on the past: in {inside} of {count} months the backlog was decided within the "
            "85 % forecast; 85 % is expected, and months that follow each other share most of "
            "their history.",
            found.check.periods,
        ).format(inside=said.number(found.check.inside), count=said.number(found.check.periods))
    )
