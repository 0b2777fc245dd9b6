"""What goes with burnout: a correlation and its shape, never an effect."""

import streamlit as st

from metrics.within import Together
from pages.people import pairs_drawn as told
from pages.people.burnout_reading import Burnout
from pages.people.contact import name
from pages.shared.words import _, words


def associations(found: Burnout) -> None:
    """How each measure goes with the burnout score, and one of them drawn."""
    st.markdown(
        _(
            "Over the same twelve months: how the mean of each measure goes with the mean burnout "
            "score, among groups of one kind of site, and from month to month within sites. Both "
            "come from the same people, so part of it is how somebody fills in a survey. It says "
            "what goes together, not what causes what."
        )
    )
    st.table(
        {
            _("Measure"): [name(pair.x) for pair in found.beside],
            _("Among groups"): [_told(pair.together) for pair in found.beside],
            _("Groups"): [_counted(pair.together) for pair in found.beside],
            _("Within sites, over time"): [
                _told(found.over_time.get(pair.x.code)) for pair in found.beside
            ],
            _("Site-months"): [_counted(found.over_time.get(pair.x.code)) for pair in found.beside],
        },
        border="horizontal",
        hide_index=True,
        alt=_("How each measure goes with burnout"),
    )
    st.caption(
        _(
            "Correlations from −1 to +1 with their 95 % interval. Within sites each site's own "
            "level and each month's common level are taken off first."
        )
    )
    _one(found)


def _told(found: Together | None) -> str:
    if found is None:
        return "–"
    value, low, high = (
        told.signed(float(part[0]))
        for part in (found.correlation.value, found.correlation.low, found.correlation.high)
    )
    return _("{value} ({low} to {high})").format(value=value, low=low, high=high)


def _counted(found: Together | None) -> str:
    return "–" if found is None else words().number(found.groups)


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
