"""Imports."""

import streamlit as st

from pages.shared.guard import guard
from pages.shared.words import _

guard()

st.title(_("Imports"))
