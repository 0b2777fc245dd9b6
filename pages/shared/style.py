"""The frame around every page: logo, print style, small screens."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
# A file of our own: Streamlit fetches a Material icon in this place from the internet.
MARK = str(_HERE / "mark.svg")


def apply() -> None:
    """Put the logo and the style sheet in place; called once per run."""
    st.logo(str(_HERE / "logo.svg"), size="large")
    st.html(_HERE / "style.css")
