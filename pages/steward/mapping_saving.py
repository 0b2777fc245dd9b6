"""Save the mapping by name, take it along as a file, or go back to the guess."""

import streamlit as st

from models.engine import engine
from models.imports.guessing.editing import lacking
from models.imports.mapping import saved
from models.imports.mapping.loading import MappingError
from pages.shared import visitor
from pages.shared.plain import plain
from pages.shared.words import _
from pages.steward import mapping_choice, mapping_state
from pages.steward.mapping_state import Work

_NAME = "mapping_name"
_REFUSED = "mapping_refused"


def show(work: Work) -> None:
    """The name, the buttons, and what came of the last one."""
    unfinished = bool(lacking(work.mapping, work.at))
    if _NAME not in st.session_state:
        st.session_state[_NAME] = work.name or work.mapping.name.replace("_", " ")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Save this mapping as"), key=_NAME, max_chars=60, width=320)
        st.button(
            _("Save"),
            icon=":material/save:",
            key="mapping_save",
            disabled=unfinished,
            on_click=_save,
            args=(work,),
        )
        st.button(
            _("Back to the guess"),
            icon=":material/undo:",
            key="mapping_reset",
            type="tertiary",
            on_click=_reset,
        )
    refused: saved.NameRefused | MappingError | None = st.session_state.get(_REFUSED)
    if isinstance(refused, saved.NameTaken):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":orange[{_said(refused)}]")
            st.button(
                _("Save over it"),
                key="mapping_over",
                on_click=_save,
                args=(work,),
                kwargs={"over": True},
            )
    elif isinstance(refused, saved.NameRefused):
        st.markdown(f":red[{_said(refused)}]")
    elif refused is not None:
        st.error(plain("; ".join(refused.errors)))
    with st.expander(_("As a file, for the terminal"), on_change="rerun", key="mapping_toml") as it:
        if it.open:
            st.code(work.toml, language="toml")
            st.download_button(
                _("Download"),
                work.toml,
                file_name=f"{work.mapping.name}.toml",
                icon=":material/download:",
                key="mapping_download",
            )


def _said(refused: saved.NameRefused) -> str:
    return _(refused.msgid).format(**{key: plain(text) for key, text in refused.params.items()})


def _save(work: Work, *, over: bool = False) -> None:
    st.session_state.pop(_REFUSED, None)
    name = st.session_state.get(_NAME) or ""
    own = bool(work.name) and name.strip().lower() == work.name.lower()
    try:
        kept = saved.save(engine(), name, work.toml, over=over or own, actor=visitor.name())
    except (saved.NameRefused, MappingError) as error:
        st.session_state[_REFUSED] = error
        return
    work.name, work.kept = kept.name, work.mapping
    mapping_choice.choose(mapping_choice.of_saved(kept.name))
    st.session_state["mapping_said"] = kept.name


def _reset() -> None:
    st.session_state.pop(_REFUSED, None)
    st.session_state.pop(_NAME, None)
    mapping_state.again()
