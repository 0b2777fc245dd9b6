"""Undoing an import: what it means, a tick, and what was done."""

from collections.abc import Iterator, Mapping
from functools import partial

import streamlit as st

from models.imports.undoing import service
from models.imports.undoing.meaning import Fate, Undoing
from pages.shared import visitor
from pages.shared.subjects import subject_name
from pages.shared.words import _, ngettext, words
from pages.steward import working
from pages.steward.naming import table_named, with_periods
from pages.steward.working import Done


def show(done: Done) -> None:
    """The answer of a job of kind `plan` or `undo`."""
    if done.error is not None:
        st.error(
            _("The process ended before it was done, and nothing was changed."),
            title=_("The undo failed"),
            icon=":material/error:",
        )
        st.code(done.error, language=None, wrap_lines=True)
        return
    answer = service.Answer.of(done.values)
    if answer.undoing is None:
        told = {
            "undone": _("This import was undone already. Nothing was changed."),
            "unknown": _("There is no such import. Nothing was changed."),
        }
        st.warning(told[answer.refused or "unknown"], icon=":material/info:")
    elif done.kind == "plan":
        _ask(answer.undoing)
    else:
        st.success(
            _("Rows that are gone: {rows}. Next: build a release.").format(
                rows=words().number(answer.undoing.rows)
            ),
            title=_("Batch {batch} is undone").format(batch=answer.undoing.batch),
            icon=":material/undo:",
        )
        _show(answer.undoing)


def _ask(meaning: Undoing) -> None:
    """What it means, and the tick without which nothing can be undone."""
    busy = working.running() is not None
    with st.container(border=True, key="undo_panel"):
        st.subheader(_("Undo batch {batch}?").format(batch=meaning.batch))
        _show(meaning)
        st.caption(
            _(
                "The raw tables are then as if this import had never come. An undo can't be "
                "undone; the files can be imported again, as a new batch."
            )
        )
        sure = st.checkbox(
            _("Undo batch {batch} and delete its rows").format(batch=meaning.batch),
            key="undo_sure",
            disabled=busy,
        )
        with st.container(horizontal=True):
            if st.button(
                _("Undo"),
                icon=":material/undo:",
                type="primary",
                disabled=busy or not sure,
                key="start_undo",
            ):
                working.start("undo", partial(service.start, meaning.batch, actor=visitor.name()))
                st.rerun()
            st.button(_("Keep it"), key="undo_keep", on_click=working.forget, disabled=busy)


def _show(meaning: Undoing) -> None:
    """What becomes of the rows, table by table, and of what was made of them."""
    _tables(meaning.tables)
    st.markdown("\n".join(f"- {line}" for line in _lines(meaning)))


def _tables(tables: Mapping[str, Fate]) -> None:
    said = words()
    fates = tables.values()
    columns = {
        _("Rows"): [one.rows for one in fates],
        _("There no longer"): [one.gone for one in fates],
        _("Older rows hold again"): [one.older for one in fates],
        _("Replaced already"): [one.replaced for one in fates],
    }
    st.table(
        {_("Table"): [table_named(name) for name in tables]}
        | {
            heading: [said.number(count) for count in counts]
            for heading, counts in columns.items()
            if any(counts)
        },
        border="horizontal",
        hide_index=True,
        width="content",
        alt=_("What becomes of the rows, by table"),
    )


def _lines(meaning: Undoing) -> Iterator[str]:
    said = words()
    for orphans in meaning.orphans:
        yield _(
            "`{table}`: rows of other imports that refer in `{column}` to what only this import "
            "brought: {rows}."
        ).format(table=orphans.table, rows=said.number(orphans.rows), column=orphans.column)
    drafts = sum(meaning.drafts.values())
    if drafts:
        subjects = said.listed([subject_name(subject) for subject in meaning.drafts])
        yield ngettext(
            "{count} draft is thrown away ({subjects}); the next build makes it anew.",
            "{count} drafts are thrown away ({subjects}); the next build makes them anew.",
            drafts,
        ).format(count=said.number(drafts), subjects=subjects)
    if not meaning.severed:
        yield _("Nothing that is published was made with these rows.")
        return
    severed: dict[str, list[str]] = {}
    for subject, period in meaning.severed:
        severed.setdefault(subject, []).append(period)
    yield with_periods(
        _(
            "Published with these rows. It stays as published and can't grow any more; you can "
            "withdraw a period as a whole:"
        ),
        severed.items(),
    )
