"""Who is looking, as far as it is known, for the record of what was done."""

import streamlit as st

from pages.shared.guard import signed_in_is_configured

UNSIGNED = "dashboard"
"""Without sign-in: somebody at this machine's dashboard. The terminal says `terminal`."""


def name() -> str:
    """The visitor's e-mail address when signed in."""
    if signed_in_is_configured() and st.user.is_logged_in:
        return str(st.user.email or UNSIGNED)
    return UNSIGNED
