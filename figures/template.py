"""The look that all figures share: few lines, no frame, room for labels."""

import plotly.graph_objects as go

from figures.palette import Palette

# Applied to every figure by the page: no buttons over the picture, no zoom by scrolling.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


def dress(figure: go.Figure, palette: Palette, *, height: int) -> go.Figure:
    """Give a new figure the shared look. Changes `figure` and gives it back.

    With a palette that leaves text and background to the page, both stay unset.
    """
    figure.update_layout(
        template=go.layout.Template(),
        height=height,
        margin={"l": 8, "r": 16, "t": 12, "b": 8, "pad": 4},
        hovermode="closest",
        hoverlabel={"align": "left"},
        showlegend=False,
        dragmode=False,
        colorway=list(palette.series),
        # Keeps the reader's zoom out of the way when the data change.
        uirevision="fixed",
    )
    figure.update_xaxes(
        showgrid=False, zeroline=False, fixedrange=True, automargin=True, title_text=None
    )
    figure.update_yaxes(zeroline=False, fixedrange=True, automargin=True, title_text=None)
    if palette.font is not None:
        grid = palette.quiet
        figure.update_layout(
            font={"family": palette.font, "color": palette.text},
            paper_bgcolor=palette.background,
            plot_bgcolor=palette.background,
        )
        figure.update_yaxes(gridcolor=grid, gridwidth=0.5)
    return figure
