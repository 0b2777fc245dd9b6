"""What goes with burnout: a correlation and its shape, never an effect."""

import streamlit as st

from pages.people import pairs_drawn as told
from pages.people.asked import name
from pages.people.burnout_reading import Burnout
from pages.shared.words import _, words


def associations(found: Burnout) -> None:
    """How each measure goes with the burnout score, and one of them drawn."""
    said = words()
    st.markdown(
        _(
            "Over the same twelve months: how the mean of each measure goes with the mean burnout "
            "score, among groups of one kind of site. Both come from the same people, so part of "
            "it is how somebody fills in a survey. It says what goes together, not what causes "
            "what."
        )
    )
    rows = [(name(pair.x), pair.together) for pair in found.beside if pair.together is not None]
    st.table(
        {
            _("Measure"): [label for label, _each in rows],
            _("Correlation"): [
                told.signed(float(each.correlation.value[0])) for _label, each in rows
            ],
            _("95 % interval"): [
                _("{low} to {high}").format(
                    low=told.signed(float(each.correlation.low[0])),
                    high=told.signed(float(each.correlation.high[0])),
                )
                for _label, each in rows
            ],
            _("Groups"): [said.number(each.groups) for _label, each in rows],
        },
        border="horizontal",
        hide_index=True,
        alt=_("How each measure goes with burnout"),
    )
    _one(found)


@st.fragment
def _one(found: Burnout) -> None:
    labels = {pair.x.code: name(pair.x) for pair in found.beside}
    code = st.selectbox(
        _("Measure"),
        list(labels),
        format_func=labels.__getitem__,
        key=f"burnout_beside_{words().language}",
        width=360,
    )
    pair = next((each for each in found.beside if each.x.code == code), found.beside[0])
    told.drawn(pair, found.shown, "burnout-beside")
    st.markdown(told.shape(pair))
    st.caption(told.groups(pair))
