"""Turnover and absence: who leaves, after how long and why, who is ill, and what both cost."""

import streamlit as st

from models import settings
from models.engine import engine
from pages.people import (
    turnover_absence,
    turnover_absence_reading,
    turnover_beside,
    turnover_cost,
    turnover_cost_reading,
    turnover_outside,
    turnover_stay,
)
from pages.people import turnover_beside_reading as beside
from pages.people import turnover_choices as choices
from pages.people import turnover_closing as closing
from pages.people import turnover_parts as parts
from pages.people import turnover_sites as where
from pages.people import turnover_stay_reading as stay
from pages.people.judged import hot_names
from pages.people.turnover_reading import limits_work, read, shown_sites
from pages.shared import cards, loading, showing, sidebar, states
from pages.shared.guard import guard, scope
from pages.shared.words import _

guard()

release = loading.release()
if release.number == 0:
    st.title(_("Turnover and absence"))
    states.empty()
    st.stop()

top = st.container()
filters = sidebar.current()
choice = choices.choose(filters)
found = read(filters, scope(), choice)
if found is None or found.rate.now.rows.is_empty():
    top.title(_("Turnover and absence"))
    parts.why_nothing(release.measures(), release.minimum)
    st.stop()

targets = settings.targets(engine())
shares = settings.leaver_cost(engine())
costs = turnover_cost_reading.read(found, shares)
with top:
    parts.headline(found, choice, release.number)
cost = None if costs is None or costs.turnover is None else costs.turnover.estimate()
cards.show(parts.key_figures(found, choice, cost, targets))
parts.remarks(found, choice, release.minimum)

st.header(_("How it developed"))
parts.course(found, targets)
parts.flows(found)

sites = shown_sites(found)
st.header(_("Where"))
if sites is None:
    states.too_few(_("This selection is told by kind of work, which does not tell sites apart."))
else:
    where.sites(sites)

st.header(_("How long people stay"))
stays = None if found.same is not None else stay.read(filters, scope(), choice)
if stays is None:
    turnover_stay.not_told()
else:
    turnover_stay.staying(stays)

st.header(_("What it costs"))
turnover_cost.cost(costs, shares)

st.header(_("Absence"))
turnover_absence.absence(found, turnover_absence_reading.read(found), costs, targets)

st.header(_("What goes together"))
together = beside.read(found.window, filters)
turnover_beside.side_by_side(together, found.shown, limited=limits_work(found))
turnover_beside.before_and_after(together)

st.header(_("Elsewhere"))
turnover_outside.outside(found)

st.header(_("What to do next"))
closing.next_steps(found, [] if sites is None else hot_names(sites.rows))
showing.how_computed(closing.explained(found, stays))
