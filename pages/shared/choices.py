"""A choice that one page holds besides the filters: in the session and in the address.

The session's own state is the truth, as with the filters (`pages.shared.sidebar`): a widget
forgets its value on a page that does not draw it.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

NAMES: Final = ("denominator", "contracts", "sites")
"""The parameters of the address that pages hold."""


def settled(name: str, options: Sequence[str], default: str) -> str:
    """The choice of this run, put in the address unless it is the default.

    An address that is not the one written last was typed or followed, and wins; but not over a
    widget that was touched in this very run. What is no option is no choice.
    """
    state, written = f"choice_{name}", f"choice_{name}_written"
    touched = st.session_state.pop(f"choice_{name}_touched", False)
    address = st.query_params.get(name)
    if not touched and address in options and address != st.session_state.get(written):
        value = address
    else:
        value = st.session_state.get(state, default)
    value = str(value) if value in options else default
    st.session_state[state] = st.session_state[written] = value
    if value == default:
        st.query_params.pop(name, None)
    elif address != value:
        st.query_params[name] = value
    return value


def keep(name: str, key: str) -> None:
    """Take over what a widget was set to, from its callback; nothing chosen changes nothing."""
    chosen = st.session_state[key]
    if chosen is not None:
        st.session_state[f"choice_{name}"] = chosen
        st.session_state[f"choice_{name}_touched"] = True
