"""An empty Streamlit page that draws as much as another page does: the floor to stay near."""

from pathlib import Path

from tests.bench.drawing import Content

PAGE = """
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
chosen = st.sidebar.multiselect("Filter", ["one", "two", "three"])
columns = st.columns(4)
for i in range({metrics}):
    line = [i, len(chosen), i + 2] if i < {sparklines} else None
    columns[i % 4].metric(f"Figure {{i}}", i + len(chosen), 1, chart_data=line)
for i in range({charts}):
    figure = go.Figure(go.Bar(x=["a", "b", "c"], y=[i + 1, 2, 3 + len(chosen)]))
    st.plotly_chart(figure, key=f"chart {{i}}")
"""


def write(folder: Path, content: Content) -> Path:
    """Write the page; gives its file."""
    script = folder / "empty_page.py"
    script.write_text(
        PAGE.format(charts=content.charts, metrics=content.metrics, sparklines=content.sparklines)
    )
    return script
