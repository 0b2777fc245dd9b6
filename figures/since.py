"""A quantity before and after something started, lined up by the start, beside a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from figures.axes import nice_ticks, tick_text
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import dress

_BAND = 0.18
_TICK = 3


@dataclass(frozen=True, slots=True)
class Course:
    """One line: ``name`` (visible) and ``rows`` with ``since``, ``value``, ``low``, ``high`` and
    ``n`` in the order of ``since``; 0 is where it started."""

    name: str
    rows: pl.DataFrame


def since(
    name: str, unit: str, courses: Sequence[Course], words: Words, palette: Palette
) -> Picture:
    """Draw the courses with their bands, the first one strong, and a line where it started.

    Raises:
        ValueError: the first course has no rows.
    """
    if not courses or courses[0].rows.is_empty():
        raise ValueError("what started needs at least one point")
    _ = words
    figure = go.Figure()
    for course, colour in zip(courses, (palette.main, palette.accent), strict=False):
        _add(figure, course, unit, colour, words, strong=course is courses[0])
    dress(figure, palette, height=360)
    figure.update_layout(
        showlegend=len(courses) > 1,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    )
    every = pl.concat(course.rows for course in courses)
    at = sorted(every["since"].to_list())
    first, last = at[0], at[-1]
    figure.add_vline(x=-0.5, line={"color": palette.quiet, "width": 1.5, "dash": "dot"})
    steps = [step for step in range(first, last + 1) if step % _TICK == 0]
    figure.update_xaxes(
        tickvals=steps,
        ticktext=[_step(step, words) for step in steps],
        range=[first - 0.5, last + 0.5],
        title_text=_("Months since the start"),
    )
    ends = [end for column in ("value", "low", "high") for end in every[column].drop_nulls()]
    ticks = nice_ticks(max(min(ends), 0) if unit == "percent" else min(ends), max(ends))
    figure.update_yaxes(
        tickvals=ticks,
        ticktext=[tick_text(tick, ticks, unit, words) for tick in ticks],
        range=[ticks[0], ticks[-1]],
    )
    return Picture(figure, _alt(name, unit, courses, words), _table(name, courses, words))


def _step(step: int, words: Words) -> str:
    sign = "+" if step > 0 else "\u2212" if step < 0 else ""
    return f"{sign}{words.number(abs(step))}"


def _add(
    figure: go.Figure, course: Course, unit: str, colour: str, words: Words, *, strong: bool
) -> None:
    rows = course.rows
    at = rows["since"].to_list()
    figure.add_scatter(
        x=[*at, *reversed(at)],
        y=[*rows["high"], *reversed(rows["low"].to_list())],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=colour,
        opacity=_BAND,
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=at,
        y=rows["value"].to_list(),
        mode="lines+markers" if strong else "lines",
        name=course.name,
        line={"color": colour, "width": 2.5, "dash": "solid" if strong else "dash"},
        marker={"size": 6, "color": colour},
        hovertext=[
            f"<b>{words.value(row['value'], unit)}</b><br>{course.name}"
            f", {_step(row['since'], words)}"
            f"<br>{words.interval(row['low'], row['high'], unit)}<br>n = {words.number(row['n'])}"
            for row in rows.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _alt(name: str, unit: str, courses: Sequence[Course], words: Words) -> str:
    _ = words
    told = []
    for course in courses:
        if course.rows.is_empty():
            continue
        first, last = course.rows.row(0, named=True), course.rows.row(-1, named=True)
        told.append(
            _("{name}: from {first} to {last}").format(
                name=course.name,
                first=words.value(first["value"], unit),
                last=words.value(last["value"], unit),
            )
        )
    return _("{name} by months since the start. {courses}.").format(
        name=name, courses="; ".join(told)
    )


def _table(name: str, courses: Sequence[Course], words: Words) -> pl.DataFrame:
    _ = words
    frames = [
        course.rows.select(
            pl.col("since").alias(_("Months since the start")),
            pl.lit(course.name).alias(_("Group")),
            pl.col("value").round(2).alias(name),
            pl.col("low").round(2).alias(_("95 % from")),
            pl.col("high").round(2).alias(_("95 % to")),
            pl.col("n").alias(_("n")),
        )
        for course in courses
    ]
    return pl.concat(frames)
