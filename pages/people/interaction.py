"""Interaction: who is in touch with whom, where nobody is, and what goes with it."""

import streamlit as st

from models import settings
from models.engine import engine
from pages.people import interaction_adoption as adoption
from pages.people import interaction_curves as curves
from pages.people import interaction_parts as parts
from pages.people import interaction_sites as where
from pages.people.interaction_reading import read, released
from pages.shared import cards, loading, showing, sidebar, states
from pages.shared.guard import guard, scope
from pages.shared.words import _

guard()

release = loading.release()
if release.number == 0:
    st.title(_("Interaction"))
    states.empty()
    st.stop()

filters = sidebar.current()
found = read(filters, scope())
if found is None or all(each.now.rows.is_empty() for each in found.figures.values()):
    st.title(_("Interaction"))
    parts.why_nothing(found, release.minimum, known=released())
    st.stop()

targets = settings.targets(engine())
parts.headline(found, release.number)
cards.show(parts.key_figures(found, targets))
parts.not_told(found)
showing.coverage(found.leading.now, release.minimum)

st.header(_("How it developed"))
parts.course(found, targets)

if found.rollouts:
    st.header(_("After a roll-out"))
    adoption.adopted(found)

if found.every.contact:
    st.header(_("Where"))
    where.sites(found)

if found.work:
    st.header(_("In which work"))
    parts.work(found)

if found.beside.burnout or found.beside.turnover:
    st.header(_("How much contact is enough"))
    curves.contact(found)

if found.beside.customers is not None:
    st.header(_("Acting friendly and customers"))
    curves.customers(found.beside.customers, found.shown)

st.header(_("What to do next"))
parts.next_steps(found)
showing.how_computed(parts.explained(found, filters))
