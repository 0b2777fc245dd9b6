"""Undoing an import: what it means, a tick, and what was done."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from models.imports.undoing import service
from models.imports.undoing.meaning import Fate, Undoing
from pages.shared import visitor
from pages.shared.subjects import subject_name
from pages.shared.words import _, ngettext, words
from pages.steward import working
from pages.steward.working import Done

MOST_PERIODS = 6


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
            "\n".join(f"- {line}" for line in _lines(answer.undoing)),
            title=_("Batch {batch} is undone").format(batch=answer.undoing.batch),
            icon=":material/undo:",
        )


def _ask(meaning: Undoing) -> None:
    """What it means, and the tick without which nothing can be undone."""
    busy = working.running() is not None
    with st.container(border=True, key="undo_panel"):
        st.subheader(_("Undo batch {batch}?").format(batch=meaning.batch))
        st.markdown("\n".join(f"- {line}" for line in _lines(meaning)))
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


def _lines(meaning: Undoing) -> Iterator[str]:
    said = words()
    for table, fate in meaning.tables.items():
        yield _table(table, fate)
    for orphans in meaning.orphans:
        yield _(
            "`{table}`: {rows} rows of other imports refer in `{column}` to what only this import "
            "brought."
        ).format(table=orphans.table, rows=said.number(orphans.rows), column=orphans.column)
    drafts = sum(meaning.drafts.values())
    if drafts:
        subjects = said.listed([subject_name(subject) for subject in meaning.drafts])
        yield ngettext(
            "{count} draft is thrown away ({subjects}); the next build makes it anew.",
            "{count} drafts are thrown away ({subjects}); the next build makes them anew.",
            drafts,
        ).format(count=said.number(drafts), subjects=subjects)
    for subject in dict.fromkeys(subject for subject, _period in meaning.severed):
        periods = [period for owner, period in meaning.severed if owner == subject]
        yield _(
            "{subject}, {periods}: published with these rows. It stays as published and can't grow "
            "any more; you can withdraw a period as a whole."
        ).format(subject=subject_name(subject), periods=_listed(periods))
    if not meaning.severed:
        yield _("Nothing that is published was made with these rows.")


def _table(table: str, fate: Fate) -> str:
    said = words()
    parts = [
        text.format(count=said.number(count))
        for count, text in (
            (fate.gone, _("{count} are there no longer")),
            (fate.older, _("for {count} the row of an older import holds again")),
            (fate.replaced, _("{count} had been replaced already")),
        )
        if count
    ]
    return _("`{table}`: {rows} rows go; {fates}.").format(
        table=table, rows=said.number(fate.rows), fates=said.listed(parts)
    )


def _listed(periods: list[str]) -> str:
    said = words()
    if len(periods) <= MOST_PERIODS:
        return said.listed([said.period(period) for period in periods])
    return _("{count} periods, {first} to {last}").format(
        count=said.number(len(periods)),
        first=said.period(periods[0]),
        last=said.period(periods[-1]),
    )
