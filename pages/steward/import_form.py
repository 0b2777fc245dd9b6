"""Choose files and how they are read, check or import them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.typing import UploadedFile

from models import leftovers
from models.imports import starting
from models.imports.guessing.editing import lacking
from pages.shared import visitor
from pages.shared.plain import plain
from pages.shared.words import _
from pages.steward import (
    batches_view,
    mapping_choice,
    mapping_kept,
    mapping_state,
    mapping_wizard,
    working,
)

KINDS = ["csv", "tsv", "xlsx", "parquet", "zip", "gz"]


def show() -> None:
    """The form; its buttons wait until there are files and no job is running."""
    files = st.file_uploader(
        _("Files, or one zip of them"), type=KINDS, accept_multiple_files=True, key="import_files"
    )
    choice = mapping_choice.show(files)
    if choice == mapping_choice.NEW:
        mapping_wizard.show(files, partial(_starts, files, choice))
    else:
        _said_saved(choice)
        mapping_kept.show(files, choice)
        _starts(files, choice)
    st.caption(
        _(
            "All errors of all files are shown at once, and nothing is stored unless all of it is "
            "good. The files themselves are deleted afterwards; employee numbers become a keyed "
            "code before they are stored."
        )
    )


def _said_saved(choice: str) -> None:
    name = st.session_state.pop("mapping_said", None)
    if name is not None and choice == mapping_choice.of_saved(name):
        st.success(
            _("{name} is saved and chosen. The terminal takes it by the same name.").format(
                name=plain(name)
            ),
            icon=":material/check_circle:",
        )


def _starts(files: Sequence[UploadedFile], choice: str) -> None:
    """The two buttons. A mapping that is not finished can't be checked yet."""
    work = mapping_state.work() if choice == mapping_choice.NEW else None
    unfinished = work is not None and bool(lacking(work.mapping, work.at))
    waiting = not files or unfinished or working.running() is not None
    replace = batches_view.replaced() if files else None
    with st.container(horizontal=True):
        for kind, label, icon, dressed in (
            ("check", _("Check only"), ":material/rule:", "secondary"),
            ("import", _("Check and import"), ":material/upload:", "primary"),
        ):
            if st.button(label, icon=icon, type=dressed, disabled=waiting, key=f"start_{kind}"):  # type: ignore[arg-type]
                _start(kind, files, choice, replace)
                st.rerun()


def places(folder: Path, names: Sequence[str]) -> list[Path]:
    """Where each upload goes; one with the name of another lies in a folder of its own.

    The browser gives the names: only the last part of one is taken.
    """
    found: dict[str, Path] = {}
    for name in names:
        path, number = folder / Path(name).name, 1
        # Some file systems take capitals for small letters.
        while str(path).casefold() in found:
            number += 1
            path = folder / str(number) / path.name
        found[str(path).casefold()] = path
    return list(found.values())


def _start(
    kind: str, files: Sequence[UploadedFile], choice: str, replace: int | None = None
) -> None:
    folder = leftovers.for_visitor("upload")
    for path, file in zip(places(folder, [file.name for file in files]), files, strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.getbuffer())
    work = mapping_state.work() if choice == mapping_choice.NEW else None
    begin = partial(
        starting.start,
        [folder],
        mapping=work.mapping.name if work else mapping_choice.name_of(choice),
        toml=work.toml if work else None,
        dry_run=kind == "check",
        replace=replace,
        actor=visitor.name(),
        source=", ".join(sorted(file.name for file in files)),
    )
    working.start("check" if kind == "check" else "import", begin, folder)
