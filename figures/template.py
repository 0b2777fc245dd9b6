"""The look that all figures share: few lines, no frame, room for labels."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from figures.palette import Palette

# Applied to every figure by the page: no buttons over the picture, no zoom by scrolling.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}

Part = Mapping[str, object]
"""A part of a figure by Plotly's own names."""

_MARGIN: Part = {"l": 8, "r": 16, "t": 12, "b": 8, "pad": 4}
ABOVE: Part = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
LEGEND: Part = {"showlegend": True, "legend": ABOVE, "margin": {**_MARGIN, "t": 40}}
"""A layout with a legend in a row above the picture."""

_AXIS: Part = {"zeroline": False, "fixedrange": True, "automargin": True}


def figure(
    traces: Sequence[Part],
    palette: Palette,
    *,
    height: int,
    x: Part,
    y: Part,
    shapes: Sequence[Part] = (),
    layout: Part | None = None,
) -> go.Figure:
    """A figure with the shared look.

    All of it is handed to Plotly at once: changing a figure takes several times as long as making
    it does. With a palette that leaves text and background to the page, both stay unset.

    Args:
        traces: each with its `type`.
        x, y: of the axes, what differs from the shared look.
        shapes: lines and texts besides the traces; texts have the key `text`.
        layout: what else differs from the shared look.
    """
    shared: dict[str, object] = {
        # Keeps Plotly's own template out.
        "template": go.layout.Template(),
        "height": height,
        "margin": _MARGIN,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "showlegend": False,
        "dragmode": False,
        "colorway": list(palette.series),
        # Keeps the reader's zoom out of the way when the data change.
        "uirevision": "fixed",
        "shapes": [shape for shape in shapes if "text" not in shape],
        "annotations": [shape for shape in shapes if "text" in shape],
    }
    grid: dict[str, object] = {}
    if palette.font is not None:
        shared["font"] = {"family": palette.font, "color": palette.text}
        shared["paper_bgcolor"] = shared["plot_bgcolor"] = palette.background
        grid = {"gridcolor": palette.quiet, "gridwidth": 0.5}
    axes = {"xaxis": {**_AXIS, "showgrid": False, **x}, "yaxis": {**_AXIS, **grid, **y}}
    return go.Figure({"data": list(traces), "layout": {**shared, **axes, **(layout or {})}})


def band(
    at: Sequence[float], low: Sequence[float], high: Sequence[float], colour: str, opacity: float
) -> Part:
    """The area between two lines."""
    return {
        "type": "scatter",
        "x": [*at, *reversed(at)],
        "y": [*high, *reversed(low)],
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": colour,
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def level(value: float, colour: str) -> Part:
    """A dotted line from left to right."""
    return _dotted("x", "y", value, colour)


def upright(value: float, colour: str) -> Part:
    """A dotted line from bottom to top."""
    return _dotted("y", "x", value, colour)


def _dotted(along: str, across: str, value: float, colour: str) -> Part:
    return {
        "type": "line",
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
        f"{along}0": 0,
        f"{along}1": 1,
        f"{along}ref": f"{along} domain",
        f"{across}0": value,
        f"{across}1": value,
        f"{across}ref": across,
    }
