"""A quantity before and after something started, lined up by the start, beside a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from figures.axes import nice_ticks, numbered, titled
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import LEGEND, Part, band, figure, upright

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
    traces = [
        trace
        for course, colour in zip(courses, (palette.main, palette.accent), strict=False)
        for trace in _line(course, unit, colour, words, strong=course is courses[0])
    ]
    every = pl.concat(course.rows for course in courses)
    at = sorted(every["since"].to_list())
    first, last = at[0], at[-1]
    steps = [step for step in range(first, last + 1) if step % _TICK == 0]
    ends = [end for column in ("value", "low", "high") for end in every[column].drop_nulls()]
    ticks = nice_ticks(max(min(ends), 0) if unit == "percent" else min(ends), max(ends))
    drawn = figure(
        traces,
        palette,
        height=360,
        x={
            "tickvals": steps,
            "ticktext": [_step(step, words) for step in steps],
            "range": [first - 0.5, last + 0.5],
            **titled(_("Months since the start")),
        },
        y={**numbered(ticks, unit, words), "range": [ticks[0], ticks[-1]]},
        shapes=[upright(-0.5, palette.quiet)],
        layout=LEGEND if len(courses) > 1 else None,
    )
    return Picture(drawn, _alt(name, unit, courses, words), _table(name, courses, words))


def _step(step: int, words: Words) -> str:
    sign = "+" if step > 0 else "\u2212" if step < 0 else ""
    return f"{sign}{words.number(abs(step))}"


def _line(
    course: Course, unit: str, colour: str, words: Words, *, strong: bool
) -> tuple[Part, Part]:
    """The band of a course and its line."""
    rows = course.rows
    at = rows["since"].to_list()
    told = [
        f"<b>{words.value(row['value'], unit)}</b><br>{course.name}"
        f", {_step(row['since'], words)}"
        f"<br>{words.interval(row['low'], row['high'], unit)}<br>n = {words.number(row['n'])}"
        for row in rows.iter_rows(named=True)
    ]
    return (
        {
            **band(at, rows["low"].to_list(), rows["high"].to_list(), colour, _BAND),
            "showlegend": False,
        },
        {
            "type": "scatter",
            "x": at,
            "y": rows["value"].to_list(),
            "mode": "lines+markers" if strong else "lines",
            "name": course.name,
            "line": {"color": colour, "width": 2.5, "dash": "solid" if strong else "dash"},
            "marker": {"size": 6, "color": colour},
            "hovertext": told,
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
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
