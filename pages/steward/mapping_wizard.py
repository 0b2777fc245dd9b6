"""A file of any program: what it seems to be, corrected until its first rows are right."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.typing import UploadedFile

from models.imports.contract import TABLES
from models.imports.guessing import LIKELY, SURE
from pages.shared.plain import plain
from pages.shared.words import _
from pages.steward import (
    mapping_choice,
    mapping_columns,
    mapping_file,
    mapping_fixed,
    mapping_preview,
    mapping_saving,
    mapping_state,
)
from pages.steward.mapping_names import table_name
from pages.steward.mapping_state import Work

_WHICH = "mapping_which"


def show(files: Sequence[UploadedFile], starts: Callable[[], None]) -> None:
    """Everything there is to say about one file.

    Args:
        files: what was chosen; empty after the visitor was on another page.
        starts: draws the buttons that check and import.
    """
    readable = [file for file in files if not file.name.lower().endswith(".zip")]
    file = _which(readable)
    work = mapping_state.opened(file) if file else mapping_state.work()
    if file is not None and work is None:
        _not_readable(file)
        return
    if work is None:
        st.info(
            _("Choose a file above: its columns are shown here with a guess of what they are."),
            icon=":material/upload_file:",
        )
        return
    if file is None:
        st.info(
            _("Nothing is lost. To check or import, choose {file} again.").format(
                file=plain(work.file)
            ),
            icon=":material/history:",
        )
    with st.container(border=True, key="mapping_wizard"):
        _fragment(work, file, starts)


def _which(files: Sequence[UploadedFile]) -> UploadedFile | None:
    if len(files) < 2:
        return files[0] if files else None
    names = [file.name for file in files]
    chosen = st.selectbox(_("File to look at"), names, key=_WHICH, width=420)
    return files[names.index(chosen)] if chosen in names else files[0]


def _not_readable(file: UploadedFile) -> None:
    reasons = [one for cause in mapping_state.unreadable() for one in cause.examples[:1]]
    st.error(
        "\n".join(f"- {plain(one.message(_))} {plain(one.remedy(_))}" for one in reasons)
        or _("There are no rows in it."),
        title=_("{file} can't be read").format(file=plain(file.name)),
        icon=":material/error:",
    )


@st.fragment
def _fragment(_work: Work, file: UploadedFile | None, starts: Callable[[], None]) -> None:
    """A correction draws only this anew."""
    work = mapping_state.work()
    if work is None or mapping_choice.chosen() != mapping_choice.NEW:
        # It was just saved: the whole page goes on with the saved mapping.
        st.rerun()
    if work.asked is not None and file is not None:
        asked, work.asked = work.asked, None
        read = mapping_state.opened(file, asked)
        work = read or work
        if read is None:
            _not_readable(file)
    st.subheader(_("What is in {file}?").format(file=plain(work.file)))
    _table(work)
    mapping_fixed.show(work)
    mapping_file.show(work, layout_can_change=file is not None)
    st.markdown(_("**The columns of the file**"))
    mapping_columns.show(work)
    st.markdown(_("**The first rows, as they would be stored**"))
    with st.container(key="mapping_preview"):
        mapping_preview.show(work)
    mapping_saving.show(work)
    if file is not None:
        starts()


def _table(work: Work) -> None:
    """Which table it is: the guess and its runners-up first, then all others."""
    ranked = [name for name, _score in work.guess.tables]
    tables = work.mapping.files[0].tables
    current = tables[work.at].table
    if len(tables) > 1:
        _part(work)
    st.session_state["mapping_table"] = current
    scores = dict(work.guess.tables)
    st.selectbox(
        _("What the file holds"),
        ranked,
        format_func=lambda name: f"{table_name(name)} · {name}",
        key="mapping_table",
        width=420,
        on_change=_set_table,
        help=TABLES[current].about,
    )
    if current == ranked[0]:
        _sureness(work, scores[current])


def _sureness(work: Work, score: float) -> None:
    others = ", ".join(table_name(name) for name, _score in work.guess.tables[1:3])
    if score >= SURE:
        text = _("A guess by the names of the columns and by what stands in them.")
    elif score >= LIKELY:
        text = _("A guess, not a sure one. It could also be: {tables}.").format(tables=others)
    else:
        text = _("Hard to say: nothing in the file tells for certain. Please choose.")
    st.caption(text)


def _part(work: Work) -> None:
    """Several tables come out of the file: the one that is worked on."""
    tables = work.mapping.files[0].tables
    st.session_state["mapping_part"] = work.at
    st.radio(
        _("The file gives"),
        list(range(len(tables))),
        format_func=lambda at: table_name(tables[at].table),
        key="mapping_part",
        horizontal=True,
        on_change=_set_part,
        args=(work,),
    )


def _set_part(work: Work) -> None:
    work.at = st.session_state["mapping_part"]


def _set_table() -> None:
    mapping_state.again(st.session_state["mapping_table"])
