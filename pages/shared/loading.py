"""Reads through Streamlit's cache, and nothing else.

Keys are small frozen values, never frames: the key of a frame is made of an abbreviated text of
it, so two frames that differ in the middle would share an answer. What comes back is shared by
all visitors and must not be changed.
"""

import streamlit as st

from metrics.results import Cells
from models import cells
from models.cells import Question, Release, Scope
from models.engine import engine

_KEEP_ANSWERS = 512


def release() -> Release:
    """The newest release. Its number is read each time, the cells once per number."""
    return _release(cells.current(engine()))


def answer(question: Question, scope: Scope) -> Cells:
    """The answer to a question, from the newest release."""
    return _answer(release().number, question, scope)


def scope_key(scope: Scope) -> str:
    """Equal scopes have equal keys, whatever the order of their sites."""
    return "all" if scope.locations is None else repr(sorted(scope.locations))


@st.cache_resource(show_spinner=False, max_entries=2)
def _release(number: int) -> Release:  # noqa: ARG001 - the key
    return cells.load(engine())


@st.cache_resource(
    show_spinner=False,
    max_entries=_KEEP_ANSWERS,
    hash_funcs={Question: repr, Scope: scope_key},
)
def _answer(number: int, question: Question, scope: Scope) -> Cells:
    return cells.answer(question, scope, _release(number))
