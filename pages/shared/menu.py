"""The menu: the pages in their groups."""

from collections.abc import Mapping

import streamlit as st

from pages.shared.registry import GROUPS, PAGES
from pages.shared.words import _


def draw(pages: Mapping[str, st.Page]) -> None:
    """A heading per group that has pages, and a link to each of them."""
    with st.container(key="menu", gap="xxsmall"):
        for group, label in GROUPS.items():
            entries = [entry for entry in PAGES if entry.group == group]
            if entries:
                st.markdown(f"**{_(label)}**")
            for entry in entries:
                st.page_link(pages[entry.code], width="stretch")
