"""Reads through Streamlit's cache, and nothing else.

Keys are small frozen values, never frames: the key of a frame is made of an abbreviated text of
it, so two frames that differ in the middle would share an answer. What comes back is shared by
all visitors and must not be changed.
"""

import streamlit as st

from metrics.showable import Showable
from models import cells
from models.cells import Release, Scope
from models.engine import engine
from models.releases import showing

_NUMBER = "release_number"


def settle() -> None:
    """Settle which release this run shows; `app.py` calls it before anything else is read."""
    st.session_state[_NUMBER] = cells.current(engine())


def release() -> Release:
    """The release of this run: its number is read once a run, its cells once per number."""
    if _NUMBER not in st.session_state:
        settle()
    return _release(st.session_state[_NUMBER])


def scope_key(scope: Scope) -> str:
    """Equal scopes have equal keys, whatever the order of their sites."""
    return "all" if scope.locations is None else repr(sorted(scope.locations))


@st.cache_resource(show_spinner=False, max_entries=2)
def _release(number: int) -> Release:  # noqa: ARG001 - the key
    return cells.load(engine())


@st.cache_data(show_spinner=False, max_entries=8)
def showable(number: int, subject: str) -> list[Showable]:  # noqa: ARG001 - part of the key
    """What share of a subject's responses each dimension can show, in release `number`."""
    return showing.shares(engine(), subject)
