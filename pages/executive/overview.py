"""Overview: how the shop floor is doing, what changed, and where to look."""

import streamlit as st

from metrics.overview import leading
from pages.executive import overview_parts as parts
from pages.shared import cards, loading, reading, showing, sidebar, states
from pages.shared.guard import guard, scope
from pages.shared.words import _

guard()

release = loading.release()
if release.number == 0:
    st.title(_("Overview"))
    states.empty()
    st.stop()

filters = sidebar.current()
found = reading.readings(filters, scope())
main = leading([shown.figure for shown in found.shown if shown.now.rows.height])
if main is None:
    st.title(_("Overview"))
    parts.why_nothing(found, release.minimum)
    st.stop()

first = next(shown for shown in found.shown if shown.figure == main)
parts.headline(first, release.number)
cards.show([parts.card(shown) for shown in found.shown])
parts.remarks(found, first, release.minimum)

st.header(_("How it developed"))
parts.course(found.shown)

compared = [shown for shown in found.shown if shown.sites is not None]
if compared:
    st.header(_("Where"))
    parts.sites(compared)
    left, right = st.columns(2, gap="large")
    with left:
        st.header(_("Where to look"))
        parts.where_to_look(compared)
    with right:
        st.header(_("What changed"))
        parts.what_changed(compared)

st.header(_("What to do next"))
parts.next_steps(found.shown, compared)
showing.how_computed([parts.explained(shown, filters) for shown in found.shown])
