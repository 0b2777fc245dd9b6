"""Choose files and a mapping, check or import them."""

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.typing import UploadedFile

from models.imports import starting
from models.imports.mapping.loading import bundled
from pages.shared.words import _, words
from pages.steward import working

KINDS = ["csv", "xlsx", "parquet", "zip", "gz"]
_OWN = ""


def show() -> None:
    """The form; its buttons wait until there are files and no job is running."""
    files = st.file_uploader(
        _("Files, or one zip of them"), type=KINDS, accept_multiple_files=True, key="import_files"
    )
    forms = {_OWN: _("Werkvloer's own tables"), **{name: name for name in bundled()}}
    mapping = st.selectbox(
        _("Form of the files"),
        list(forms),
        format_func=forms.__getitem__,
        key=f"import_mapping_{words().language}",
        width=420,
        help=_("Other programs' exports fit through a mapping; without one the contract holds."),
    )
    waiting = not files or working.running() is not None
    with st.container(horizontal=True):
        for kind, label, icon, dressed in (
            ("check", _("Check only"), ":material/rule:", "secondary"),
            ("import", _("Check and import"), ":material/upload:", "primary"),
        ):
            if st.button(label, icon=icon, type=dressed, disabled=waiting, key=f"start_{kind}"):  # type: ignore[arg-type]
                _start(kind, files, mapping or None)
                st.rerun()
    st.caption(
        _(
            "All errors of all files are shown at once, and nothing is stored unless all of it is "
            "good. The files themselves are deleted afterwards; employee numbers become a keyed "
            "code before they are stored."
        )
    )


def _start(kind: str, files: Sequence[UploadedFile], mapping: str | None) -> None:
    folder = Path(tempfile.mkdtemp(prefix="werkvloer-upload-"))
    for file in files:
        # The browser gives the name: only its last part is taken.
        (folder / Path(file.name).name).write_bytes(file.getvalue())
    begin = partial(
        starting.start,
        [folder],
        mapping=mapping,
        dry_run=kind == "check",
        source=", ".join(sorted(file.name for file in files)),
    )
    working.start("check" if kind == "check" else "import", begin, folder)
