"""How the reach went at sites after something started there; beside it, never because of it."""

import streamlit as st

from figures.palette import THEMED
from figures.since import Course, since
from metrics.adoption import LEAST
from pages.people.contact import REACH
from pages.people.interaction_reading import Interaction
from pages.people.interaction_rollouts import Rollout
from pages.shared import showing, states
from pages.shared.plain import plain
from pages.shared.values import value_name
from pages.shared.words import _, words


@st.fragment
def adopted(found: Interaction) -> None:
    """The reach by months since the start, of the roll-out that the reader chooses."""
    told = {each.code: each for each in found.rollouts}
    code = st.selectbox(
        _("What started"),
        list(told),
        format_func=lambda code: _name(told[code]),
        key=f"interaction_rollout_{words().language}",
        width=360,
    )
    rollout = told.get(code or "", found.rollouts[0])
    reach = rollout.reach
    if reach is None or reach.started.is_empty():
        states.too_few(
            _(
                "At fewer than {count} sites of this selection it started and the reach is known."
            ).format(count=words().number(LEAST))
        )
        return
    said = words()
    courses = [Course(_("Started"), reach.started)]
    if not reach.others.is_empty():
        courses.append(Course(_("Nothing started yet"), reach.others))
    showing.picture(
        since(_(REACH.metric.label), REACH.unit, courses, said, THEMED), "interaction-adoption"
    )
    first = reach.started.row(0, named=True)
    last = reach.started.row(-1, named=True)
    st.markdown(
        plain(
            _(
                "{name}, {sites} sites: on average {before} were reached at first, {after} in the "
                "last month that is known (95 % interval {interval}, n = {n} sites)."
            ).format(
                name=_name(rollout),
                sites=said.number(reach.sites),
                before=said.value(first["value"], REACH.unit),
                after=said.value(last["value"], REACH.unit),
                interval=said.interval(last["low"], last["high"], REACH.unit),
                n=said.number(last["n"]),
            )
        )
    )
    st.caption(
        _(
            "Mean over sites, each counted once, with its 95 % interval. Beside it, in the same "
            "months, the sites where nothing had started yet. It shows what happened after the "
            "start, not what the start brought about: who begins first may differ from who begins "
            "later, and few sites are left to compare with at the end."
        )
    )


def _name(rollout: Rollout) -> str:
    said = value_name("rollout", rollout.code)
    return f"{said} ({value_name('rollout_kind', rollout.kind)})" if rollout.kind else said
