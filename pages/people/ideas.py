"""Ideas: what became of them, how long they wait, where, about what, and what is open."""

import streamlit as st

from pages.people import ideas_closing as closing
from pages.people import ideas_forecast as ahead
from pages.people import ideas_funnel as course
from pages.people import ideas_parts as parts
from pages.people import ideas_sites as where
from pages.people import ideas_themes as about
from pages.people import ideas_waits as waiting
from pages.people.ideas_headline import headline
from pages.people.ideas_reading import read
from pages.shared import cards, loading, showing, sidebar, states
from pages.shared.guard import guard, scope
from pages.shared.words import _

guard()

release = loading.release()
if release.number == 0:
    st.title(_("Ideas"))
    states.empty()
    st.stop()

filters = sidebar.current()
found = read(filters, scope())
if found is None:
    st.title(_("Ideas"))
    parts.why_nothing(release)
    st.stop()

headline(found, release.number)
parts.not_followed(found)
cards.show(parts.key_figures(found))
parts.coverage(found, release.minimum)

st.header(_("What became of them"))
course.funnel(found)
course.flow(found)

st.header(_("How long they wait"))
waiting.curves(found)
waiting.floor_and_office(found)

st.header(_("Where"))
where.sites(found)

st.header(_("What they are about"))
about.themes(found)

st.header(_("What is still open"))
ahead.oldest(found)
ahead.forecast(found)

st.header(_("What to do next"))
closing.next_steps(found)
showing.how_computed(closing.explained(found, filters))
