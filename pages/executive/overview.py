"""Overview."""

import streamlit as st

from pages.shared import loading, states
from pages.shared.guard import guard

guard()

if loading.release().number == 0:
    states.empty()
    st.stop()
