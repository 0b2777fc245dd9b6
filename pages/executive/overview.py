"""Overview: how the shop floor is doing, what changed, and where to look."""

import streamlit as st

from metrics.overview import leading
from models import settings
from models.engine import engine
from pages.executive import overview_figures as upper
from pages.executive import overview_sites as lower
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
    upper.why_nothing(found, release.minimum)
    st.stop()

first = next(shown for shown in found.shown if shown.figure == main)
upper.headline(first, release.number)
targets = settings.targets(engine())
cards.show([upper.card(shown, targets) for shown in found.shown])
upper.remarks(found, first, release.minimum)

st.header(_("How it developed"))
upper.course(found.shown, targets)

compared = [shown for shown in found.shown if shown.sites is not None]
if compared:
    st.header(_("Where"))
    lower.sites(compared)
    left, right = st.columns(2, gap="large")
    with left, st.container(gap="xsmall", key="rows-look"):
        st.header(_("Where to look"))
        lower.where_to_look(compared)
    with right, st.container(gap="xsmall", key="rows-changed"):
        st.header(_("What changed"))
        lower.what_changed(compared)

st.header(_("What to do next"))
lower.next_steps(found.shown, compared, targets)
showing.how_computed([upper.explained(shown, filters) for shown in found.shown])
