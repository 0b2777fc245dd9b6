"""What was imported, newest first, a page at a time."""

from functools import partial

import streamlit as st

from models.engine import engine
from models.imports import batches
from models.imports.batches import Batch
from models.imports.undoing import service
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words
from pages.steward import working
from pages.steward.naming import table_named

A_PAGE = 10
NONE = 0
"""No batch has this number."""

SHORT = 12
"""Signs of a SHA-256 that tell one file from another at a glance."""


def show() -> None:
    """A fold per import, with what it brought and the way to undo it."""
    total = batches.count(engine())
    if not total:
        st.caption(_("Nothing was imported yet."))
        return
    pages = -(-total // A_PAGE)
    page = 1
    if pages > 1:
        page = int(
            st.number_input(
                _("Page, of {pages}").format(pages=words().number(pages)),
                min_value=1,
                max_value=pages,
                key="batches_page",
                width=160,
            )
        )
    for batch in batches.recent(engine(), A_PAGE, (page - 1) * A_PAGE):
        _batch(batch)


def _batch(batch: Batch) -> None:
    said = words()
    count = sum(batch.rows.values())
    title = _("Batch {batch} · {when} UTC · {rows} · {source}").format(
        batch=batch.id,
        when=said.moment(batch.created_at),
        rows=ngettext("{count} row", "{count} rows", count).format(count=said.number(count)),
        source=plain(batch.source),
    )
    if batch.undone_at:
        title = _("{title} · undone").format(title=title)
    opened = st.expander(title, on_change="rerun", key=f"batch_{batch.id}_{said.language}")
    if opened.open:
        with opened:
            _inside(batch)


def _inside(batch: Batch) -> None:
    said = words()
    st.markdown(
        _("Brought by {actor}, with {mapping}.").format(
            actor=plain(batch.actor) or _("somebody"),
            mapping=_("the mapping {name}").format(name=plain(batch.mapping))
            if batch.mapping
            else _("no mapping"),
        )
    )
    st.table(
        {
            _("Table"): [table_named(name) for name in batch.rows],
            _("Rows"): [said.number(count) for count in batch.rows.values()],
        },
        border="horizontal",
        hide_index=True,
        width="content",
        alt=_("Rows per table"),
    )
    if batch.files:
        _files(batch)
    if batch.undone_at:
        st.caption(
            _("Undone on {when} UTC by {actor}: its rows are gone.").format(
                when=said.moment(batch.undone_at),
                actor=plain(batch.undone_by or "") or _("somebody"),
            )
        )
        return
    if st.button(
        _("Undo …"),
        icon=":material/undo:",
        key=f"plan_undo_{batch.id}",
        disabled=working.running() is not None,
        help=_("Says first what it would mean; nothing is changed yet."),
    ):
        st.session_state.pop("undo_sure", None)
        working.start("plan", partial(service.start_plan, batch.id or 0))
        st.rerun()


def _files(batch: Batch) -> None:
    said = words()
    whole = st.toggle(_("SHA-256 in full"), key=f"batch_hash_{batch.id}")
    st.table(
        {
            _("File"): [plain(str(file["name"])) for file in batch.files],
            _("Bytes"): [said.number(file["bytes"]) for file in batch.files],
            _("SHA-256"): [
                f"`{file['sha256'] if whole else file['sha256'][:SHORT] + '…'}`"
                for file in batch.files
            ],
        },
        border="horizontal",
        hide_index=True,
        alt=_("The files as they came"),
    )


def replaced() -> int | None:
    """The choice of an earlier import that the next one takes the place of; None without one."""
    standing = {batch.id: batch for batch in batches.standing(engine())}
    if not standing:
        return None
    said = words()

    def named(number: int) -> str:
        if number == NONE:
            return _("Nothing: rows are added, and rows with the same key corrected")
        batch = standing[number]
        return _("Batch {batch} · {when} · {source}").format(
            batch=number, when=said.moment(batch.created_at), source=batch.source
        )

    chosen = st.selectbox(
        _("Take the place of an earlier import"),
        [NONE, *standing],
        format_func=named,
        key=f"import_replace_{said.language}",
        width=560,
        help=_(
            "That import is undone in the same step: what it brought, and these files do not bring "
            "again, is gone. Check only says first what would vanish."
        ),
    )
    return chosen or None
