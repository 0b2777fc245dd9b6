"""Privacy: the rule in force, what is shown, what is kept back, and what is not promised."""

import streamlit as st

from models import settings
from models.engine import engine
from pages.about import privacy_example as worked
from pages.about import privacy_published as published
from pages.about import privacy_text as said
from pages.about import privacy_views as two_views
from pages.shared import loading
from pages.shared.guard import guard
from pages.shared.words import _

guard()

release = loading.release()
minimum = release.minimum or settings.minimum(engine())

st.title(_("Privacy"))
st.markdown(
    _(
        "A screen reads published groups only, never anyone's answers. A group has at least "
        "**{minimum} people**. Each period is split by place and, where it is safe, once more by "
        "kind of work; whatever anyone adds and subtracts, it speaks of {minimum} people or more."
    ).format(minimum=minimum)
)
published.rule(release, minimum)

st.header(_("What is published now"))
published.subjects(release)
published.not_shown()

if not release.blocks.is_empty():
    st.header(_("What each dimension can show"))
    published.shares(release.number)
    two_views.audits(release, minimum)

st.header(_("An example to follow"))
worked.one_site(minimum)
if not release.blocks.is_empty():
    worked.own_site(release)

st.header(_("How people are kept from being recognised"))
said.points(said.KEPT, minimum)
st.header(_("What is never stored"))
said.points(said.NEVER_STORED, minimum)
st.header(_("What is not promised"))
said.points(said.NOT_PROMISED, minimum)

st.header(_("For employees and the works council"))
said.for_employees(minimum)
