"""A line without axes, small enough for a card: SVG, since a chart library is too heavy for it."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

# Stand out from a light and from a dark background: a picture can't follow the theme.
LINE = "#2A8598"
TARGET = "#C96A25"

_WIDTH = 120
_HEIGHT = 34
_MARGIN = 3


def sparkline(values: Sequence[float | None], alt: str, target: float | None = None) -> str:
    """The course of a number as an HTML image, with a dot on the last and a line at the target.

    A missing number is a gap. Fewer than two numbers give an empty text.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    source = quote(svg(values, target), safe="/:=' ")
    return (
        f'<img class="wv-spark" alt="{escape(alt, quote=True)}" '
        f'src="data:image/svg+xml,{escape(source, quote=True)}">'
    )


def svg(values: Sequence[float | None], target: float | None) -> str:
    """The picture itself; at least one of `values` is known."""
    known = [value for value in values if value is not None]
    ends = [*known, target] if target is not None else known
    low, high = min(ends), max(ends)
    step = (_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)

    def across(place: int) -> float:
        return round(_MARGIN + place * step, 1)

    def up(value: float) -> float:
        share = 0.5 if high == low else (value - low) / (high - low)
        return round(_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN), 1)

    path, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{across(place)} {up(value)}")
        pen = "L"
    last = max(place for place, value in enumerate(values) if value is not None)
    marks = [
        _path(" ".join(path), f"stroke='{LINE}' stroke-width='1.8'"),
        # A line of no length with round ends stays a dot when the picture is stretched.
        _path(
            f"M{across(last)} {up(known[-1])}h0",
            f"stroke='{LINE}' stroke-width='6' stroke-linecap='round'",
        ),
    ]
    if target is not None:
        line = f"M{_MARGIN} {up(target)}H{_WIDTH - _MARGIN}"
        marks.insert(0, _path(line, f"stroke='{TARGET}' stroke-width='1.2' stroke-dasharray='2 3'"))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {_HEIGHT}' "
        f"preserveAspectRatio='none'>{''.join(marks)}</svg>"
    )


def _path(line: str, look: str) -> str:
    return f"<path d='{line}' fill='none' vector-effect='non-scaling-stroke' {look}/>"
