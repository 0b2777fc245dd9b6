"""The visitor's language: the address first, then the browser, then English; switch in the sidebar.

Pages write `_("English text")` and `words()` for numbers, dates and periods.
"""

import streamlit as st

from translations.words import LANGUAGES, Words, pick

PARAMETER = "lang"
_CHOSEN = "language"
_SWITCH = "language_switch"


def words() -> Words:
    """The language of this session; English before `choose` has run."""
    known: Words | None = st.session_state.get("words")
    return known or Words("en")


def _(text: str) -> str:
    """The text in the visitor's language."""
    return words()(text)


def ngettext(one: str, many: str, count: int) -> str:
    return words().ngettext(one, many, count)


def choose() -> Words:
    """Settle the language of this run; `app.py` calls it before anything is shown."""
    asked = st.query_params.get(PARAMETER)
    if asked in LANGUAGES and asked != st.session_state.get("language_written"):
        st.session_state[_CHOSEN] = asked
    chosen = st.session_state.get(_CHOSEN)
    settled = Words(pick(chosen, st.context.locale))
    st.session_state["words"] = settled
    st.session_state["language_written"] = chosen
    return settled


def parameters() -> dict[str, list[str]]:
    """What the address must say for this language to come back: only a language that was chosen."""
    chosen = st.session_state.get(_CHOSEN)
    return {PARAMETER: [chosen]} if chosen else {}


def switch() -> None:
    """The switch between the languages."""
    st.session_state[_SWITCH] = words().language
    st.radio(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=_SWITCH,
        on_change=_switched,
        horizontal=True,
    )


def _switched() -> None:
    if st.session_state[_SWITCH] in LANGUAGES:
        st.session_state[_CHOSEN] = st.session_state[_SWITCH]
        # The address still names the old language in this run: it must not win.
        st.session_state["language_written"] = st.query_params.get(PARAMETER)
