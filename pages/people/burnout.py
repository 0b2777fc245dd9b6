"""Burnout risk: how much, where beyond chance, in which work, and what goes with it."""

import streamlit as st

from models import settings
from models.engine import engine
from pages.people import burnout_beside as beside
from pages.people import burnout_parts as parts
from pages.people import burnout_sites as where
from pages.people.burnout_reading import of_sites, read, scales
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
every = scales(release)
found = read(filters, scope(), parts.chosen_scale(every).code) if every else None
if found is None or found.main.rows.is_empty():
    st.title(_("Burnout risk"))
    parts.why_nothing(every, found, release.minimum)
    st.stop()

targets = settings.targets(engine())
parts.headline(found, release.number)
cards.show(parts.key_figures(found, targets))
parts.about_the_scale(found)
showing.coverage(found.main, release.minimum)
parts.shifted(found)

st.header(_("How it developed"))
parts.course(found, targets)

sites = of_sites(found)
if sites is not None:
    st.header(_("Where"))
    where.sites(found, sites)

if found.groups:
    st.header(_("In which work"))
    parts.groups(found)
    parts.outside(found)

if found.beside:
    st.header(_("What goes with it"))
    beside.associations(found)

st.header(_("What to do next"))
parts.next_steps(found, sites)
showing.how_computed(parts.explained(found, filters))
