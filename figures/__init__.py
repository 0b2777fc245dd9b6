"""Pictures: a result goes in, a Plotly figure with its description and its table comes out.

Nothing here knows Streamlit. Words come in as a callable, colours as a palette.
"""
