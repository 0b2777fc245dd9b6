"""By which mapping files are read: none, a saved one, a bundled one, or one yet to be made."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import streamlit as st
from streamlit.typing import UploadedFile

from models.engine import engine
from models.imports.mapping import Mapping, bundled, load, saved
from models.imports.mapping.loading import MappingError
from models.imports.routing import table_of
from models.imports.sources import Source
from pages.shared.words import _, words
from pages.steward import mapping_state

OWN = ""
NEW = "new"
_SAVED = "saved:"
_BUNDLED = "bundled:"
_CHOSEN = "mapping_choice"
_FOR = "mapping_choice_for"


def of_saved(name: str) -> str:
    """The choice of a saved mapping."""
    return _SAVED + name


def name_of(choice: str) -> str | None:
    """The name by which an import takes the mapping; None for the contract's own form."""
    return choice.partition(":")[2] or None


def chosen() -> str:
    """What is chosen."""
    choice: str = st.session_state.get(_CHOSEN, OWN)
    return choice


def choose(choice: str) -> None:
    """Choose it for the next run."""
    st.session_state[_CHOSEN] = choice


def show(files: Sequence[UploadedFile]) -> str:
    """The list to choose from; new files choose for themselves what fits them."""
    kept = saved.listed(engine())
    options = [
        OWN,
        *(of_saved(one.name) for one in kept),
        NEW,
        *(_BUNDLED + name for name in bundled()),
    ]
    ids = [file.file_id for file in files]
    if files and st.session_state.get(_FOR) != ids:
        st.session_state[_FOR] = ids
        choose(_fitting(files, kept))
    if chosen() not in options:
        choose(OWN)
    key = f"import_mapping_{words().language}"
    st.session_state[key] = chosen()
    labels = {option: _label(option) for option in options}
    st.selectbox(
        _("Form of the files"),
        options,
        format_func=labels.__getitem__,
        key=key,
        width=420,
        on_change=lambda: choose(st.session_state[key]),
        help=_(
            "Files of other programs are read by a mapping, which says what each of their columns "
            "is. Without one, the files have the tables and columns of the data contract."
        ),
    )
    return chosen()


def _label(choice: str) -> str:
    if choice == OWN:
        return _("Werkvloer's own tables")
    if choice == NEW:
        return _("Another form: look at the file and map it")
    if choice.startswith(_SAVED):
        return _("{name} (saved)").format(name=name_of(choice))
    return name_of(choice) or ""


def mapping_of(choice: str) -> Mapping | None:
    """The saved or bundled mapping itself; None when it is neither, or can't be read any more."""
    name = name_of(choice)
    if name is None:
        return None
    try:
        if choice.startswith(_BUNDLED):
            return load(name)
        found = saved.find(engine(), name)
        return found.mapping if found else None
    except MappingError:
        return None


def _fitting(files: Sequence[UploadedFile], kept: Sequence[saved.Saved]) -> str:
    """What the files are, by their names and, for mappings, by their headings too."""
    names = [Path(file.name).name.lower() for file in files]
    if all(name.endswith(".zip") or table_of(Source(name, Path())) for name in names):
        return OWN
    newest = sorted(kept, key=lambda one: one.saved_at, reverse=True)
    for choice in (
        *(of_saved(one.name) for one in newest),
        *(_BUNDLED + name for name in bundled()),
    ):
        found = mapping_of(choice)
        if found is not None and _fits(found, files):
            return choice
    return NEW


def _fits(mapping: Mapping, files: Sequence[UploadedFile]) -> bool:
    """Whether the mapping names one of the files and finds its headings there."""
    for rule in mapping.files:
        for file in files:
            name = Path(file.name).name.lower()
            if not any(fnmatchcase(name, pattern.lower()) for pattern in rule.match):
                continue
            sample = mapping_state.sample_for(file, rule.layout)
            headings = set(sample.headings) if sample else set()
            if all(headings.issuperset(table.headings) for table in rule.tables):
                return True
    return False
