"""A Streamlit page without data that draws as much as another page does, in Streamlit's own ways.

This is the floor to stay near: no page of so many charts and figures can be faster.
"""

from dataclasses import asdict
from pathlib import Path

from tests.bench.drawing import Content

PAGE = """
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
chosen = st.sidebar.multiselect("Filter", ["one", "two", "three"])
columns = st.columns(4)
for i in range({cards}):
    line = [(7 * j + i) % 11 + len(chosen) for j in range(36)] if i < {sparklines} else None
    columns[i % 4].metric(f"Figure {{i}}", i + len(chosen), 1, chart_data=line)
for i in range({charts}):
    line = go.Scatter(x=list(range(36)), y=[(7 * j + i) % 11 + len(chosen) for j in range(36)])
    st.plotly_chart(go.Figure(line), key=f"chart {{i}}")
for i in range({heats}):
    rows = [[(7 * j + k) % 11 + len(chosen) for k in range(8)] for j in range(20)]
    heat = go.Heatmap(z=rows, text=rows, texttemplate="%{{text}}")
    st.plotly_chart(go.Figure(heat), key=f"heat {{i}}")
"""


SAME = """
import json
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
chosen = st.sidebar.multiselect("Filter", ["one", "two", "three"])
columns = st.columns(4)
for i in range({cards}):
    line = [(7 * j + i) % 11 + len(chosen) for j in range(36)] if i < {sparklines} else None
    columns[i % 4].metric(f"Figure {{i}}", i + len(chosen), 1, chart_data=line)
charts = json.loads((Path(__file__).parent / "charts.json").read_text())
for i, chart in enumerate(charts):
    # A chart that did not change would not be drawn again.
    for trace in chart["data"]:
        trace["x"] = [at + len(chosen) / 100 for at in trace["x"]]
    st.plotly_chart(go.Figure(chart), key=f"chart {{i}}")
"""


def write_same(folder: Path, content: Content, charts: str) -> Path:
    """Write a page without data that draws these very charts; gives its file."""
    script = folder / "same_charts.py"
    script.write_text(SAME.format(**asdict(content)))
    (folder / "charts.json").write_text(charts)
    return script


def write(folder: Path, content: Content) -> Path:
    """Write the page; gives its file."""
    script = folder / "empty_page.py"
    script.write_text(PAGE.format(**asdict(content)))
    return script
