"""The parts of the Overview, top to bottom."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from figures.heat import Column, Field, heat
from figures.palette import THEMED
from figures.trend import Series, trend
from metrics import noteworthy
from metrics.changes import change
from metrics.headline import headline as sentences_of
from metrics.overview import KeyFigure
from models import settings
from models.engine import engine
from pages.shared import registry, showing, sidebar, states
from pages.shared.cards import Card
from pages.shared.filters import DIMENSIONS, Filters
from pages.shared.reading import Reading, Readings
from pages.shared.terminal import command
from pages.shared.words import _, ngettext, words

MOST_ROWS = 6
SITES_A_PAGE = 20


def label(figure: KeyFigure) -> str:
    """The figure's name; a company's own measure may bring its own Dutch."""
    if figure.label_nl and words().language == "nl":
        return figure.label_nl
    return _(figure.label)


def targets() -> dict[str, float]:
    """Targets by the code of a measure or metric."""
    return settings.targets(engine())


def target(figure: KeyFigure, known: dict[str, float]) -> float | None:
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
        " · ".join([_("Overview"), place, _("release {number}").format(number=said.number(number))])
    )
    st.title(said.sentence(sentences[0]), anchor=False)
    st.markdown(" ".join(said.sentence(sentence) for sentence in sentences[1:]))


def _selection(filters: Filters) -> str:
    """The places and groups that were chosen, in words."""
    names = sidebar.names()
    chosen = [
        names.get(value, value) if dim == "location" else sidebar.value_name(dim, value)
        for dim, values in filters.chosen
        for value in values[:3]
    ]
    more = sum(max(0, len(values) - 3) for _dim, values in filters.chosen)
    if not chosen:
        return _("whole company")
    text = words().listed(chosen)
    if more:
        text += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    return text


def card(reading: Reading) -> Card:
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
        target=target(figure, targets()),
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
    estimate = main.now.estimate()
    showing.coverage(
        estimate.coverage if estimate is not None else None,
        withheld=main.now.withheld,
        minimum=minimum,
    )
    _not_known(found)


def _not_known(found: Readings) -> None:
    if found.unknown:
        dims = [_(DIMENSIONS[dim]).lower() for dim, _values in sidebar.current().chosen]
        st.caption(
            _("Not known by {dimensions}, so not shown here: {figures}.").format(
                dimensions=words().listed(dims),
                figures=words().listed([label(figure) for figure in found.unknown]),
            )
        )


@st.fragment
def course(shown: Sequence[Reading]) -> None:
    """One figure over time; which one is the reader's choice."""
    readings = {reading.figure.code: reading for reading in shown if reading.course.rows.height}
    if not readings:
        states.too_few(_("No figure has a period that may be shown."))
        return
    code = st.selectbox(
        _("Figure"),
        list(readings),
        format_func=lambda code: label(readings[code].figure),
        key="overview_course",
        width=360,
    )
    reading = readings.get(code) or next(iter(readings.values()))
    series = Series(
        name=label(reading.figure),
        unit=reading.figure.unit,
        rows=reading.course.rows,
        target=target(reading.figure, targets()),
    )
    showing.picture(trend(series, words(), THEMED), "overview-course")


@st.fragment
def sites(compared: Sequence[Reading]) -> None:
    """Sites against figures, the most noteworthy first, a page at a time."""
    ranked = noteworthy.sites_in_order([(r.figure, r.sites) for r in compared if r.sites])
    names = sidebar.names()
    pages = -(-len(ranked) // SITES_A_PAGE)
    st.caption(
        _(
            "Colour says how far a number is on a fixed scale from good (petrol) to bad (rust); "
            "the sites that stand out most come first. An empty field is too small to show."
        )
    )
    slot = st.container()
    page = 1
    if pages > 1:
        with st.container(horizontal=True, key="screen-only-sites"):
            page = st.pagination(pages, key="overview_sites")
            st.caption(
                _("{count} sites, {size} a page").format(
                    count=words().number(len(ranked)), size=SITES_A_PAGE
                )
            )
    chosen = ranked[(page - 1) * SITES_A_PAGE : page * SITES_A_PAGE]
    columns = [_column(reading.figure) for reading in compared]
    by_site = [_fields(reading, chosen) for reading in compared]
    fields = [[column[site] for column in by_site] for site in chosen]
    with slot:
        drawn = heat([names.get(site, site) for site in chosen], columns, fields, words(), THEMED)
        showing.picture(drawn, "overview-sites")


def _column(figure: KeyFigure) -> Column:
    good, bad = (figure.low, figure.high) if figure.better == "lower" else (figure.high, figure.low)
    return Column(label(figure), figure.unit, good=good, bad=bad)


def _fields(reading: Reading, chosen: Sequence[str]) -> dict[str, Field]:
    known = dict.fromkeys(chosen, Field(None))
    if reading.sites is not None:
        rows = reading.sites.rows.filter(pl.col("location").is_in(chosen))
        for row in rows.iter_rows(named=True):
            known[row["location"]] = Field(row["value"], row["low"], row["high"], row["n"])
    return known


def where_to_look(compared: Sequence[Reading]) -> None:
    """The sites that are worse than the others, the surest first."""
    rows = noteworthy.worst_first([(r.figure, r.sites) for r in compared if r.sites])
    if rows.is_empty():
        states.too_few(_("No site is clearly worse than the others on any of these figures."))
        return
    for row in rows.head(MOST_ROWS).iter_rows(named=True):
        figure = compared[row["figure"]].figure
        _link(
            "look",
            row["location"],
            figure,
            _("{figure} {value}, elsewhere {other}").format(
                figure=label(figure),
                value=words().value(row["value"], figure.unit),
                other=words().value(row["other"], figure.unit),
            ),
        )
    st.caption(
        _(
            "Of the sites named here, one in twenty is expected to be named by chance "
            "(Benjamini-Hochberg). It says where to look, not why."
        )
    )


def what_changed(compared: Sequence[Reading]) -> None:
    """The sites that changed on a year ago, the surest first."""
    parts = [(reading.figure, reading.moved) for reading in compared if reading.moved is not None]
    if not parts:
        states.too_few(_("There are no figures of a year ago to compare with."))
        return
    rows = noteworthy.changed_most(parts)
    if rows.is_empty():
        states.too_few(_("No site clearly changed on a year ago on any of these figures."))
        return
    for row in rows.head(MOST_ROWS).iter_rows(named=True):
        figure = parts[row["figure"]][0]
        _link(
            "changed",
            row["location"],
            figure,
            _("{figure} {difference} to {value}, {verdict}").format(
                figure=label(figure),
                difference=words().signed(row["difference"], figure.unit),
                value=words().value(row["value"], figure.unit),
                verdict=_("worse") if row["worse"] else _("better"),
            ),
        )
    st.caption(
        _(
            "Changes on a year ago whose interval excludes zero, corrected for the number of "
            "comparisons (Benjamini-Hochberg, 5 %)."
        )
    )


def _link(key: str, site: str, figure: KeyFigure, text: str) -> None:
    """A row that opens the page behind the figure, or this one, with the site chosen."""
    name = sidebar.names().get(site, site)
    chosen = Filters().with_values("location", [site])
    pressed = st.button(
        f"**{_plain(name)}** · {_plain(text)}",
        key=f"{key}-{figure.code}-{site}",
        type="tertiary",
        icon=":material/arrow_forward:",
        wrap=True,
        help=_("Show this site"),
        on_click=sidebar.keep,
        args=(chosen,),
    )
    entry = registry.page(_theme(figure))
    if pressed and entry is not None:
        st.switch_page(entry.path, query_params=sidebar.parameters(chosen))


def _theme(figure: KeyFigure) -> str:
    return figure.measure.theme if figure.measure is not None else figure.metric.code.split(".")[0]


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|<>~:$" else sign for sign in text)


def next_steps(shown: Sequence[Reading], compared: Sequence[Reading]) -> None:
    """What a manager can do with this page, from what it shows."""
    rows = noteworthy.worst_first([(r.figure, r.sites) for r in compared if r.sites])
    names = sidebar.names()
    steps = []
    if rows.height:
        worst = rows["location"].unique(maintain_order=True).head(3).to_list()
        steps.append(
            _(
                "Start with {sites}: ask the managers there what lies behind the figures before "
                "deciding anything, and look at the same sites again after the next survey."
            ).format(sites=words().listed([names.get(site, site) for site in worst]))
        )
    known = targets()
    without = [label(r.figure) for r in shown if target(r.figure, known) is None]
    if without:
        steps.append(
            _("Agree on a target for {figures}, so that good enough has a meaning.").format(
                figures=words().listed(without[:3])
            )
        )
    steps.append(
        _(
            "Compare groups, not people: pick a region, a desk type or a job family in the "
            "sidebar to see whether a figure is a matter of place or of work."
        )
    )
    st.markdown("\n".join(f"1. {_plain(step)}" for step in steps))


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
