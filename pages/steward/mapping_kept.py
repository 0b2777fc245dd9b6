"""What can be done with a mapping that is saved or bundled: change it, rename it, delete it."""

from collections.abc import Sequence

import streamlit as st
from streamlit.typing import UploadedFile

from models.engine import engine
from models.imports.mapping import Mapping, saved
from pages.shared.plain import plain
from pages.shared.words import _, words
from pages.steward import mapping_choice, mapping_state

_REFUSED = "mapping_rename_refused"


def show(files: Sequence[UploadedFile], choice: str) -> None:
    """A line about it, and the buttons; nothing for the contract's own form."""
    mapping = mapping_choice.mapping_of(choice)
    if mapping is None:
        return
    kept = saved.find(engine(), mapping_choice.name_of(choice) or "")
    is_saved = choice == mapping_choice.of_saved(kept.name) if kept else False
    with st.container(horizontal=True, vertical_alignment="center"):
        if kept is not None and is_saved:
            when = words().moment(kept.saved_at)
            st.caption(_("Saved {when}").format(when=when), width="content")
        elif mapping.about:
            st.caption(plain(mapping.about.strip().partition("\n")[0]), width="stretch")
        st.button(
            _("See and change"),
            icon=":material/tune:",
            key="mapping_change",
            disabled=not files or len(mapping.files) != 1,
            help=_("Choose a file first: it is shown with its columns and first rows."),
            on_click=_change,
            args=(files, mapping, kept.name if kept and is_saved else ""),
        )
        if kept is not None and is_saved:
            _manage(kept.name)


def _change(files: Sequence[UploadedFile], mapping: Mapping, name: str) -> None:
    sample = mapping_state.sample_for(files[0], mapping.files[0].layout)
    if sample is not None:
        mapping_state.begin(files[0].name, files[0].file_id, sample, mapping=mapping, name=name)
        st.session_state.pop("mapping_name", None)
    mapping_choice.choose(mapping_choice.NEW)


def _manage(name: str) -> None:
    with st.popover(_("Rename or delete"), icon=":material/more_horiz:"):
        st.text_input(_("New name"), key="mapping_new_name", placeholder=name, max_chars=60)
        st.button(_("Rename"), key="mapping_rename", on_click=_rename, args=(name,))
        refused: saved.NameRefused | None = st.session_state.get(_REFUSED)
        if refused is not None:
            params = {key: plain(text) for key, text in refused.params.items()}
            st.markdown(f":red[{_(refused.msgid).format(**params)}]")
        st.caption(_("Deleting it leaves what it brought in as it is."))
        st.button(
            _("Delete {name}").format(name=plain(name)),
            icon=":material/delete:",
            key="mapping_delete",
            on_click=_delete,
            args=(name,),
        )


def _rename(name: str) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        kept = saved.rename(engine(), name, st.session_state["mapping_new_name"] or "")
    except saved.NameRefused as error:
        st.session_state[_REFUSED] = error
    else:
        mapping_choice.choose(mapping_choice.of_saved(kept.name))


def _delete(name: str) -> None:
    saved.delete(engine(), name)
    mapping_choice.choose(mapping_choice.OWN)
