"""Werkvloer: the way in. Address check, language, filters, navigation."""

import logging

import streamlit as st

from pages.shared import guard, loading, menu, registry, sidebar, states, style, words
from pages.shared.words import _

# Before the navigation: it would fetch each page's icon from the internet as the tab's icon.
st.set_page_config(page_title="Werkvloer", page_icon=style.MARK, layout="wide")
words.choose()
if not guard.address_is_allowed():
    states.refused()
    st.stop()

pages = {entry.code: registry.navigable(entry, _) for entry in registry.PAGES}
# Streamlit's own menu is no valid list for a screen reader when it has groups.
opened = st.navigation(list(pages.values()), position="hidden")
st.set_page_config(page_title=f"{opened.title} · Werkvloer")
style.apply()
filtered = any(entry.filtered for entry in registry.PAGES if pages[entry.code] is opened)

try:
    loading.settle()
    sidebar.settle()
    with st.sidebar:
        menu.draw(pages)
        if filtered:
            sidebar.draw()
        words.switch()
    opened.run()
except Exception:
    # What went wrong can hold data, so it goes to the log and not to the screen.
    logging.getLogger("werkvloer").exception("a page could not be drawn")
    states.broken()
