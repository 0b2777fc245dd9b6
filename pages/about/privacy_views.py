"""The part of the Privacy page about the second view: what was examined before it was shown."""

import streamlit as st

from metrics.words import N_
from models.cells import Release
from models.engine import engine
from models.releases import showing
from models.releases.showing import Audited
from pages.shared.showing import measure_name
from pages.shared.subjects import subject_name
from pages.shared.words import _, ngettext, words

REASONS = {
    "sums": N_("adding and subtracting would tell of fewer people than the minimum"),
    "alike": N_("in one place all answered alike, and sums would tell what"),
    "few": N_("too few people answered it in each group"),
}
"""Why a measure has no second view in a period (`release.blocks.Report`)."""


def audits(release: Release, minimum: int) -> None:
    """What was examined, joined and left out before both views were shown side by side."""
    found = showing.audits(engine())
    if not found:
        return
    said = words()
    st.header(_("Two ways to split, side by side"))
    st.markdown(
        _(
            "Groups by place and groups by kind of work hold the same people, so one can be "
            "subtracted from the other. Before a period is published, every pair of groups that "
            "share people is examined, for each measure: does any sum or difference tell of fewer "
            "than **{minimum} people**? Groups by kind of work are joined until none does. Their "
            "numbers carry a little noise, so that nobody is known to be at risk since no other "
            "number would fit. The groups by place are exact and never change for it."
        ).format(minimum=minimum)
    )
    st.table(
        {
            _("Subject"): [subject_name(each.subject) for each in found],
            _("Periods"): [said.number(each.periods) for each in found],
            _("Pairs of groups examined"): [said.number(each.overlaps) for each in found],
            _("Groups joined"): [said.number(each.merges) for each in found],
            _("Fewest people in any sum or difference"): [
                said.number(each.smallest) for each in found
            ],
            _("Measures by kind of work"): [_told(each) for each in found],
        },
        border="horizontal",
        hide_index=True,
        alt=_("What was examined before the second view was published, per subject"),
    )
    _without(found, release)


def _told(audited: Audited) -> str:
    """How many of the measures, counted per period, are shown by kind of work."""
    said = words()
    return _("{shown} of {judged}").format(
        shown=said.number(audited.judged - len(audited.without)),
        judged=said.number(audited.judged),
    )


@st.fragment
def _without(found: list[Audited], release: Release) -> None:
    """The measures that are not shown by kind of work in a period, and why."""
    missing = [each for audited in found for each in audited.without]
    if not missing:
        st.caption(_("Every measure is shown by kind of work in every period."))
        return
    said = words()
    opened = st.expander(
        ngettext(
            "{count} measure of a period is not shown by kind of work",
            "{count} measures of a period are not shown by kind of work",
            len(missing),
        ).format(count=said.number(len(missing))),
        key="without-second-view",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        known = {code: release.measure(code) for code, _period, _fault in missing}
        st.dataframe(
            {
                _("Measure"): [
                    measure_name(measure) if (measure := known[code]) is not None else code
                    for code, _period, _fault in missing
                ],
                _("Period"): [said.period(period) for _code, period, _fault in missing],
                _("Why"): [_(REASONS[fault]) for _code, _period, fault in missing],
            },
            hide_index=True,
            alt=_("Measures without groups by kind of work, and why"),
        )
