"""The upper part of the Overview: headline, key figures, their course."""

from collections.abc import Mapping, Sequence

import streamlit as st

from figures.palette import THEMED
from figures.picture import Picture
from figures.ranking import Row, ranking
from figures.trend import Series, trend
from metrics.changes import change
from metrics.headline import headline as sentences_of
from metrics.overview import KeyFigure
from metrics.results import Table
from pages.shared import showing, sidebar, states
from pages.shared.cards import Card
from pages.shared.filters import DIMENSIONS, Filters
from pages.shared.plain import plain
from pages.shared.reading import Reading, Readings
from pages.shared.terminal import command
from pages.shared.values import value_name
from pages.shared.words import _, ngettext, words

MOST_SITES = 12
_COURSE = "overview_course"


def label(figure: KeyFigure) -> str:
    """The figure's name; a company's own measure may bring its own Dutch."""
    if figure.label_nl and words().language == "nl":
        return figure.label_nl
    return _(figure.label)


def target(figure: KeyFigure, known: Mapping[str, float]) -> float | None:
    """The figure's target, by the code of its measure or metric."""
    code = figure.measure.code if figure.measure is not None else figure.metric.code
    return known.get(figure.code, known.get(code))


def why_nothing(found: Readings, minimum: int) -> None:
    """No figure at all: too small, not known in this selection, or nothing there."""
    if found.shown:
        states.too_small(minimum)
    else:
        states.nothing_selected()
    _not_known(found)


def headline(reading: Reading, number: int) -> None:
    """What, how much, since when, how sure."""
    said = words()
    sentences = sentences_of(reading.figure, reading.now, reading.before, reading.sites)
    place = _selection(sidebar.current())
    st.caption(
        " · ".join(
            [_("Overview"), plain(place), _("release {number}").format(number=said.number(number))]
        )
    )
    st.title(plain(said.sentence(sentences[0])), anchor=False)
    st.markdown(plain(" ".join(said.sentence(sentence) for sentence in sentences[1:])))


def _selection(filters: Filters) -> str:
    """The places and groups that were chosen, in words."""
    names = sidebar.names()
    chosen = [
        names.get(value, value) if dim == "location" else value_name(dim, value)
        for dim, values in filters.chosen
        for value in values[:3]
    ]
    more = sum(max(0, len(values) - 3) for _dim, values in filters.chosen)
    if not chosen:
        return _("whole company")
    text = ", ".join(chosen)
    if more:
        text += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    return text


def card(reading: Reading, targets: Mapping[str, float]) -> Card:
    """The key figure over the last year of the selection, against the year before."""
    figure = reading.figure
    moved = change(reading.now, reading.before) if reading.before is not None else None
    row = moved.rows.row(0, named=True) if moved is not None and moved.rows.height == 1 else None
    return Card(
        label=label(figure),
        better=figure.better,
        estimate=reading.now.estimate(),
        counted=_(figure.metric.counted),
        when=_stretch(reading),
        target=target(figure, targets),
        change=None if row is None else row["value"],
        clear=row is not None and row["changed"],
        course=reading.course.rows.sort("period")["value"].to_list(),
    )


def _stretch(reading: Reading) -> str:
    said = words()
    first, last = said.period(reading.window.first), said.period(reading.window.last)
    return last if first == last else _("{first} to {last}").format(first=first, last=last)


def remarks(found: Readings, main: Reading, minimum: int) -> None:
    """How much of the answers the screen rests on, and what a filter leaves out."""
    showing.coverage(main.now, minimum)
    _not_known(found)


def _not_known(found: Readings) -> None:
    if found.unknown:
        dims = [_(DIMENSIONS[dim]).lower() for dim in found.misfits]
        st.caption(
            _("Not known by {dimensions}, so not shown here: {figures}.").format(
                dimensions=words().listed(dims),
                figures=plain(words().listed([label(figure) for figure in found.unknown])),
            )
        )
    if found.apart:
        chosen = [_(DIMENSIONS[dim]).lower() for dim, _values in sidebar.current().chosen]
        st.caption(
            _(
                "Known by each of {dimensions}, but not by all at once: groups by place and groups "
                "by kind of work are never crossed, since that would make them small. Take one "
                "filter away to see {figures}."
            ).format(
                dimensions=words().listed(chosen),
                figures=plain(words().listed([label(figure) for figure in found.apart])),
            )
        )


def _course_chosen(key: str) -> None:
    st.session_state[_COURSE] = st.session_state[key]


@st.fragment
def course(shown: Sequence[Reading], targets: Mapping[str, float]) -> None:
    """One figure over time; which one is the reader's choice."""
    readings = {reading.figure.code: reading for reading in shown if reading.course.rows.height}
    if not readings:
        states.too_few(_("No figure has a period that may be shown."))
        return
    labels = {code: label(reading.figure) for code, reading in readings.items()}
    # The browser remembers labels, not codes: each language needs a widget of its own.
    key = f"overview_course_{words().language}"
    if st.session_state.get(_COURSE) in readings:
        st.session_state[key] = st.session_state[_COURSE]
    code = st.selectbox(
        _("Figure"),
        list(readings),
        format_func=labels.__getitem__,
        key=key,
        on_change=_course_chosen,
        args=(key,),
        width=360,
    )
    reading = readings.get(code) or next(iter(readings.values()))
    series = Series(
        name=label(reading.figure),
        unit=reading.figure.unit,
        rows=reading.course.rows,
        target=target(reading.figure, targets),
    )
    drawn = trend(series, words(), THEMED, height=380)
    if reading.sites is None or reading.sites.rows.is_empty():
        showing.picture(drawn, "overview-course")
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        showing.picture(drawn, "overview-course")
    with right:
        showing.picture(_ranked(reading, reading.sites), "overview-ranking")
        st.caption(
            _(
                "The sites that differ most. Square: worse than the others together; diamond: "
                "better; ring: no clear difference. Dotted line: all together."
            )
        )


def _ranked(reading: Reading, sites: Table) -> Picture:
    """The sites that stand out most, the worst on top, against the whole."""
    names = sidebar.names()
    noteworthy = sites.rows.head(MOST_SITES)
    ordered = noteworthy.sort("value", descending=reading.figure.better == "lower")
    rows = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row["value"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
            verdict=("worse" if row["worse"] else "better") if row["flagged"] else "unclear",
        )
        for row in ordered.iter_rows(named=True)
    ]
    whole = reading.now.estimate()
    return ranking(
        label(reading.figure),
        reading.figure.unit,
        rows,
        whole.value if whole is not None else None,
        words(),
        THEMED,
    )


def explained(reading: Reading, filters: Filters) -> showing.Explained:
    """The definition of a figure and the command that gives its number."""
    figure = reading.figure
    window = Filters(reading.window.first, reading.window.last, filters.chosen)
    return showing.Explained(
        metric=figure.metric,
        measure=figure.measure,
        command=command(
            figure.metric.code,
            figure.measure.code if figure.measure is not None else None,
            filters=window,
        ),
    )
