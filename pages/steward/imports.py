"""Imports: files in, everything that is wrong with them, release and publish."""

import streamlit as st

from models.engine import engine
from models.imports.batches import recent
from pages.shared.guard import guard
from pages.shared.plain import plain
from pages.shared.words import _, words
from pages.steward import import_form, import_result, release_form, working

guard()

st.title(_("Imports"))
st.markdown(_("From files to figures in three steps. Nothing is shown before you publish it."))

if working.running() is not None:
    with st.container(border=True):
        working.progress()

done = working.done()

st.header(_("1 Bring files in"))
import_form.show()
if done is not None and done.kind in ("check", "import"):
    import_result.show(done)

st.header(_("2 Build, 3 publish"))
release_form.show()
if done is not None and done.kind in ("build", "publish"):
    release_form.report(done)

st.header(_("What was imported"))
batches = recent(engine())
if batches:
    said = words()
    st.table(
        {
            _("Batch"): [said.number(batch.id) for batch in batches],
            _("When (UTC)"): [said.moment(batch.created_at) for batch in batches],
            _("Files"): [plain(batch.source) for batch in batches],
            _("Rows"): [said.number(sum(batch.rows.values())) for batch in batches],
            _("By"): [plain(batch.actor) or "–" for batch in batches],
        },
        border="horizontal",
        hide_index=True,
        alt=_("What was imported, newest first"),
    )
else:
    st.caption(_("Nothing was imported yet."))
