"""What the Privacy page tells of the published groups: how many, how small, what they can show."""

import streamlit as st

from figures.bars import Bar, bars
from figures.palette import THEMED
from metrics.words import N_
from models import settings
from models.cells import Release
from models.engine import engine
from models.releases import showing
from models.releases.standing import standing
from pages.shared import loading
from pages.shared import showing as shown
from pages.shared.plain import plain
from pages.shared.subjects import subject_name
from pages.shared.words import _, ngettext, words

DIMENSIONS = {
    "region": N_("Region"),
    "location": N_("Location"),
    "desk_type": N_("Desk type"),
    "job_family": N_("Job family"),
    "remote_band": N_("Remote work"),
    "tenure_band": N_("Time with the company"),
    "team": N_("Team"),
    "touchpoint": N_("Touchpoint"),
    "channel": N_("Channel"),
}

MEMBERS = {
    "survey": N_("people who answered"),
    "group": N_("people behind a figure"),
    "workforce": N_("people employed"),
    "reliability": N_("complete sheets a survey"),
    "pay": N_("person-years"),
    "absence": N_("staff of the sites"),
    "invitations": N_("people asked"),
    "feedback": N_("answers, and staff of the sites"),
    "cases": N_("cases, and staff of the sites"),
    "ideas": N_("none: idea by idea, without the sender"),
    "employment": N_("people employed, and for reasons people who left"),
    "idea_ages": N_("ideas, and staff of the group"),
    "network": N_("staff of the sites"),
    "network_managers": N_("staff of at least five sites"),
    "rollouts": N_("staff of the site"),
}
"""What the minimum counts, per subject."""


def rule(release: Release, minimum: int) -> None:
    """The rule in a few numbers."""
    said = words()
    blocks = release.blocks
    act = showing.last_act(engine())
    people = blocks.filter(blocks["subject"] != "ideas")
    least = people["smallest"].min()
    facts = [
        (_("Minimum in a group"), said.number(minimum), _("people")),
        (_("Published groups"), said.number(int(people["cells"].sum())), _("ideas not counted")),
        (
            _("Smallest of them"),
            said.number(None if least is None else int(least)),  # type: ignore[arg-type]
            _("people"),
        ),
        (
            _("Release"),
            said.number(act.number) if act else said.number(None),
            said.date(act.at) if act else _("nothing published yet"),
        ),
    ]
    with st.grid(len(facts), min_column_width=150):
        for label, value, note in facts:
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f"**{label}**")
                st.markdown(f"### {value}")
                st.caption(note)
    ahead = settings.minimum(engine())
    if ahead != minimum:
        st.caption(
            _("For periods that are not published yet the minimum is set to {minimum}.").format(
                minimum=ahead
            )
        )


def subjects(release: Release) -> None:
    """Per subject: periods, groups, the smallest, and what the minimum counts."""
    if release.blocks.is_empty():
        st.caption(_("Nothing has been published yet."))
        return
    said = words()
    rows = standing(engine(), "published")
    st.table(
        {
            _("Subject"): [subject_name(row.subject) for row in rows],
            _("Periods"): [said.number(row.periods) for row in rows],
            _("Groups"): [said.number(row.cells) for row in rows],
            _("Smallest group"): [said.number(row.smallest) for row in rows],
            _("The minimum counts"): [_(MEMBERS[row.subject]) for row in rows],
        },
        border="horizontal",
        hide_index=True,
        alt=_("What is published, per subject"),
    )
    st.caption(
        _(
            "Ideas and ready-made group figures are groups of one row each; what protects them is "
            "the number of people behind the row."
        )
    )


def not_shown() -> None:
    """What waits to be published, and what was taken back."""
    said = words()
    waiting = standing(engine(), "draft")
    if waiting:
        count = sum(row.periods for row in waiting)
        st.markdown(
            ngettext(
                "**{count} period** is built and waits to be published: {subjects}.",
                "**{count} periods** are built and wait to be published: {subjects}.",
                count,
            ).format(
                count=said.number(count),
                subjects=said.listed([plain(subject_name(row.subject)) for row in waiting]),
            )
        )
    gone = showing.withdrawn(engine())
    if not gone:
        st.caption(_("Nothing was ever withdrawn."))
        return
    told = [f"{plain(subject_name(name))} {said.period(period)}" for name, period in gone]
    st.markdown(_("Withdrawn, for good: {periods}.").format(periods=said.listed(told)))


def shares(number: int) -> None:
    """Per dimension the share of responses that lie in groups of one value of it."""
    found = {name: loading.showable(number, name) for name in showing.SHARED}
    filled = [name for name, rows in found.items() if rows]
    if not filled:
        st.caption(_("Neither survey responses nor customer feedback is published."))
        return
    st.markdown(
        _(
            "A group shows a dimension when all its people have the same value in it: a group of "
            "two sites tells nothing of one site. This is the price of the rule, over all "
            "published periods."
        )
    )
    for column, name in zip(st.columns(len(filled), gap="large"), filled, strict=True):
        with column:
            st.subheader(subject_name(name))
            rows = [
                Bar(" × ".join(_(DIMENSIONS.get(dim, dim)) for dim in row.dims), row.share)
                for row in found[name]
                if row.share is not None
            ]
            title = _("Share of responses that can be shown")
            shown.picture(bars(title, "percent", rows, words(), THEMED), f"showable-{name}")
