"""Burnout risk: how much, where beyond chance, in which work, and what goes with it."""

import streamlit as st

from models import settings
from models.engine import engine
from pages.people import burnout_beside as beside
from pages.people import burnout_parts as parts
from pages.people import burnout_sites as where
from pages.people.burnout_reading import of_sites, read, scale
from pages.shared import cards, loading, showing, sidebar, states
from pages.shared.guard import guard, scope
from pages.shared.words import _

guard()

release = loading.release()
if release.number == 0:
    st.title(_("Burnout risk"))
    states.empty()
    st.stop()

filters = sidebar.current()
found = read(filters, scope())
if found is None or found.share.rows.is_empty():
    st.title(_("Burnout risk"))
    parts.why_nothing(scale(release), found, release.minimum)
    st.stop()

parts.headline(found, release.number)
cards.show(parts.key_figures(found, settings.targets(engine())))
showing.coverage(found.share, release.minimum)

st.header(_("How it developed"))
parts.course(found, settings.targets(engine()))

sites = of_sites(found)
if sites is not None:
    st.header(_("Where"))
    where.sites(found, sites)

if found.groups:
    st.header(_("In which work"))
    parts.groups(found)

if found.beside:
    st.header(_("What goes with it"))
    beside.associations(found)

st.header(_("What to do next"))
parts.next_steps(found, sites)
showing.how_computed(parts.explained(found, filters))
