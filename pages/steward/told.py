"""What became of jobs that ended while nobody looked."""

import streamlit as st

from models import journal
from models.engine import engine
from pages.shared.plain import plain
from pages.shared.words import _
from pages.steward import working

_TOLD = "journal_told"


def show() -> None:
    """A message per job; each stays in this session until it is put away."""
    if working.running() is None:
        st.session_state.setdefault(_TOLD, []).extend(journal.settle(engine()))
    ended = st.session_state.get(_TOLD, [])
    if not ended:
        return
    lines = [plain(each.message(_)) for each in ended]
    st.warning(
        "\n".join(f"- {line}" for line in lines),
        title=_("While nobody looked"),
        icon=":material/history:",
    )
    st.button(_("Understood"), key="journal_read", on_click=ended.clear)
