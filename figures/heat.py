"""Sites against figures, coloured on absolute scales: the same number has the same colour always.

Colour says how far a number is on the way from the good end of its own scale to the bad end, so
columns of different units can stand side by side. It is a table of HTML, so that it can be read
aloud, printed, and scrolled on a small screen; each field shows its number, and its interval and
n on hovering. The style sheet colours the steps by their class, `h0` (good) to `h9` (bad).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from figures.picture import Words

STEPS = 10


@dataclass(frozen=True, slots=True)
class Column:
    """One figure. ``good`` and ``bad``: the fixed ends of its scale (either may be the larger)."""

    name: str
    unit: str
    good: float
    bad: float


@dataclass(frozen=True, slots=True)
class Field:
    """One number of one site; ``value`` None: nothing may or can be shown."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


def position(value: float, column: Column) -> float:
    """How far `value` is from the good end (0) to the bad end (1), clipped to both."""
    return min(1.0, max(0.0, (value - column.good) / (column.bad - column.good)))


def step(value: float, column: Column) -> int:
    """The step of the colour scale, 0 (good) to 9 (bad)."""
    return min(STEPS - 1, int(position(value, column) * STEPS))


def heat(
    sites: Sequence[str],
    columns: Sequence[Column],
    fields: Sequence[Sequence[Field]],
    title: str,
    words: Words,
) -> str:
    """The table: a row per site (the first on top), a column per figure. Every text is escaped.

    ``title`` names the table for who hears it.

    Raises:
        ValueError: the shape of `fields` does not fit.
    """
    if len(fields) != len(sites) or any(len(row) != len(columns) for row in fields):
        raise ValueError("fields must have a row per site and an entry per column")
    _ = words
    corner = escape(_("Site"))
    head = "".join(f'<th scope="col">{escape(column.name)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(site)}</th>'
        + "".join(_field(f, column, words) for f, column in zip(row, columns, strict=True))
        + "</tr>"
        for site, row in zip(sites, fields, strict=True)
    )
    name = escape(title, quote=True)
    return (
        f'<div class="wv-scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<table class="wv-heat"><thead><tr><th scope="col">{corner}</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _field(field: Field, column: Column, words: Words) -> str:
    _ = words
    if field.value is None:
        why = escape(_("too few to show"), quote=True)
        return f'<td class="none" title="{why}">–</td>'
    lines = []
    if field.low is not None:
        interval = words.interval(field.low, field.high, column.unit)
        lines.append(_("95 % interval {interval}").format(interval=interval))
    if field.n is not None:
        lines.append(f"n = {words.number(field.n)}")
    return (
        f'<td class="h{step(field.value, column)}" title="{escape(" · ".join(lines), quote=True)}">'
        f"{escape(words.value(field.value, column.unit))}</td>"
    )
