"""Who may open a page. The first statement of every page is `guard()`.

There are no roles yet: without sign-in everybody on this machine may see everything, and `app.py`
serves this machine only. Sign-in and roles are joined here.
"""

import streamlit as st

from models.cells import EVERYTHING, Scope

LOCAL = ("localhost", "127.0.0.1", "::1")


def signed_in_is_configured() -> bool:
    """Whether Streamlit knows an identity provider (`[auth]` in its secrets)."""
    try:
        return bool(st.secrets.get("auth"))
    except FileNotFoundError:
        return False


def address_is_allowed() -> bool:
    """This machine only, until sign-in is configured. An unset address means every address."""
    return st.get_option("server.address") in LOCAL or signed_in_is_configured()


def guard() -> None:
    """Stop the page unless the visitor may see it."""
    if not address_is_allowed():
        st.stop()


def scope() -> Scope:
    """What the visitor may see of the cells."""
    return EVERYTHING
