"""Build a release and publish it: two explicit acts, each with what it would do."""

from functools import partial
from typing import Any

import streamlit as st

from metrics.words import N_
from models import settings
from models.engine import engine
from models.releases import service
from models.releases.standing import Standing, standing
from pages.shared import visitor
from pages.shared.subjects import subject_name
from pages.shared.words import _, words
from pages.steward import working
from pages.steward.naming import spanned_periods
from pages.steward.working import Done

_REPORT = {
    "drafts": N_("built, ready to publish"),
    "grown": N_("published before, late additions ready to publish"),
    "waiting": N_("published before, late or corrected rows that have to wait"),
    "refused": N_(
        "left out, since they overlap other periods of the same subject or repeat their answers"
    ),
}


def show() -> None:
    """What would be built, what waits, and the two buttons."""
    minimum = settings.minimum(engine())
    busy = working.running() is not None
    drafts = standing(engine(), "draft")
    st.markdown(
        _(
            "**Build** groups everything that is not published yet into groups of at least "
            "{minimum} people. It can be done over and over; nobody sees it."
        ).format(minimum=minimum)
    )
    if st.button(_("Build release"), icon=":material/build:", disabled=busy, key="start_build"):
        working.start("build", partial(service.start, "build", actor=visitor.name()))
        st.rerun()
    st.markdown(
        _(
            "**Publish** shows what was built to everyone. Published stays published: a figure "
            "that is out never changes in small steps, and only a whole period can be withdrawn."
        )
    )
    if not drafts:
        st.caption(_("Nothing is built that waits to be published."))
        return
    _drafts(drafts)
    sure = st.checkbox(_("Publish these periods"), key="publish_sure", disabled=busy)
    if st.button(
        _("Publish"),
        icon=":material/campaign:",
        type="primary",
        disabled=busy or not sure,
        key="start_publish",
    ):
        working.start("publish", partial(service.start, "publish", actor=visitor.name()))
        st.rerun()


def _drafts(drafts: list[Standing]) -> None:
    said = words()
    st.table(
        {
            _("Subject"): [subject_name(draft.subject) for draft in drafts],
            _("Periods"): [
                spanned_periods(draft.periods, draft.first, draft.last) for draft in drafts
            ],
            _("Groups"): [said.number(draft.cells) for draft in drafts],
            _("Smallest group"): [said.number(draft.smallest) for draft in drafts],
        },
        border="horizontal",
        hide_index=True,
        alt=_("What would be published"),
    )


def report(done: Done) -> None:
    """How a build or a publication ended."""
    if done.error is not None:
        st.error(
            _("The process ended before it was done, and nothing was published."),
            title=_("The release failed"),
            icon=":material/error:",
        )
        st.code(done.error, language=None, wrap_lines=True)
        return
    if done.kind == "publish" and done.values["release"]:
        title = _("Published as release {number}").format(number=done.values["release"])
    elif any(done.values[name] for name in _REPORT):
        title = _("Built")
    else:
        title = _("Nothing new to build")
    lines = [line for name in _REPORT for line in _line(name, done.values[name])]
    st.success(
        "\n".join(f"- {line}" for line in lines) or _("Everything was up to date."),
        title=title,
        icon=":material/check_circle:",
    )


def _line(name: str, entries: list[Any]) -> list[str]:
    if not entries:
        return []
    counts: dict[str, int] = {}
    for subject, _period in entries:
        counts[subject] = counts.get(subject, 0) + 1
    listed = words().listed([f"{subject_name(name)} {count}" for name, count in counts.items()])
    return [_("{subjects}: {what}").format(subjects=listed, what=_(_REPORT[name]))]
