"""A picture whose dots are sites: a chosen dot becomes the filter on sites."""

from collections.abc import Sequence

import streamlit as st

from figures.picture import Picture
from figures.template import CONFIG
from pages.shared import showing, sidebar
from pages.shared.words import _, words


@st.fragment
def picture(shown: Picture, key: str, sites: Sequence[str]) -> None:
    """A picture as `showing.picture`; under it a button for the sites whose dots were chosen.

    Args:
        shown: its last trace has a dot per site.
        key: of the picture.
        sites: in the order of the dots.
    """
    event = st.plotly_chart(
        shown.figure,
        config=CONFIG,
        alt=shown.alt,
        key=key,
        on_select="rerun",
        selection_mode="points",
    )
    last = len(shown.figure.data) - 1
    picked = [
        sites[point["point_index"]]
        for point in event.selection.points
        if point["curve_number"] == last and point["point_index"] < len(sites)
    ]
    if picked:
        names = sidebar.names()
        if st.button(
            _("Show only {sites}").format(
                sites=words().listed([names.get(site, site) for site in picked])
            ),
            icon=":material/filter_alt:",
            key=f"{key}-only",
        ):
            sidebar.keep(sidebar.current().with_values("location", picked))
            st.rerun()
    showing.numbers(shown, key)
