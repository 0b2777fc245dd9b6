"""Imports: files in, all that is wrong with them, release and publish, and what came when."""

import streamlit as st

from pages.shared.guard import guard
from pages.shared.words import _
from pages.steward import (
    batches_view,
    freshness_view,
    import_form,
    import_result,
    release_form,
    told,
    undo_view,
    working,
)

guard()

st.title(_("Imports"))
st.markdown(_("From files to figures in three steps. Nothing is shown before you publish it."))
told.show()
freshness_view.show()

running, done = working.running(), working.done()
if running is not None and running.kind not in working.UNDOING:
    with st.container(border=True):
        working.progress()

st.header(_("1 Bring files in"))
import_form.show()
if done is not None and done.kind in ("check", "import"):
    import_result.show(done)

st.header(_("2 Build, 3 publish"))
release_form.show()
if done is not None and done.kind in ("build", "publish"):
    release_form.report(done)

st.header(_("What was imported"))
if running is not None and running.kind in working.UNDOING:
    with st.container(border=True):
        working.progress()
if done is not None and done.kind in working.UNDOING:
    undo_view.show(done)
batches_view.show()
