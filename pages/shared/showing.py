"""The pieces that pages are made of: pictures with their table, coverage, explanations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import streamlit as st

from figures.picture import Picture
from figures.template import CONFIG
from metrics.definitions import Metric
from metrics.results import Table
from metrics.vocabulary import Measure
from models.cells import WORK
from pages.shared.plain import plain
from pages.shared.words import _, words


def picture(shown: Picture, key: str) -> None:
    """A picture with its description and, behind a button, its numbers."""
    st.plotly_chart(shown.figure, config=CONFIG, alt=shown.alt, key=key)
    numbers(shown, key)


def numbers(shown: Picture, key: str) -> None:
    """The numbers of a picture, behind a button."""
    table(_("The numbers as a table"), lambda: shown.table, shown.alt, f"{key}-table")


Rows = pl.DataFrame | Mapping[str, Sequence[object]]


@st.fragment
def table(label: str, rows: Callable[[], Rows], alt: str, key: str) -> None:
    """A table behind a button: made, sent and drawn when somebody opens it."""
    with st.container(key=f"screen-only-{key}"):
        opened = st.expander(label, icon=":material/table_rows:", key=key, on_change="rerun")
    if opened.open:
        with opened:
            st.dataframe(rows(), hide_index=True, alt=alt)


def coverage(table: Table, minimum: int) -> None:
    """How much of the answers a table rests on, what is missing, and why, in words."""
    told = [*_share(table, minimum), *_view(table)]
    if told:
        st.caption(" ".join(told))


def _share(table: Table, minimum: int) -> Iterator[str]:
    estimate = table.estimate()
    share = estimate.coverage if estimate is not None else None
    if share is not None and share < 1:
        yield _(
            "Rests on about {share} of the answers in this selection; the rest lies in groups "
            "that reach outside it or are smaller than {minimum} people."
        ).format(share=f"{words().number(100 * share)}%", minimum=minimum)
    elif table.withheld:
        yield _("Some groups have fewer than {minimum} people and are not shown.").format(
            minimum=minimum
        )


def _view(table: Table) -> Iterator[str]:
    """What follows from resting on groups by kind of work instead of by site."""
    if WORK not in table.views:
        return
    yield _(
        "Added up from groups by kind of work, which do not tell sites apart. Their numbers carry "
        "a little noise, which the interval allows for."
    )
    if table.without:
        said = words()
        yield _(
            "Without {periods}: then no groups by kind of work may stand next to those by site."
        ).format(periods=said.listed([said.period(period) for period in table.without]))


@dataclass(frozen=True, slots=True)
class Explained:
    """A number on the page: the metric behind it, its measure and the command that gives it."""

    metric: Metric
    measure: Measure | None
    command: str


@st.fragment
def how_computed(numbers: Sequence[Explained]) -> None:
    """The definitions behind a page, from the objects that computed it; closed until asked for."""
    with st.container(key="screen-only-how"):
        opened = st.expander(
            _("How is this computed?"),
            icon=":material/function:",
            key="how-computed",
            on_change="rerun",
        )
    if not opened.open:
        return
    with opened:
        headings = [heading(number) for number in numbers]
        place = st.selectbox(
            _("Figure"),
            range(len(numbers)),
            format_func=headings.__getitem__,
            key=f"how-computed-{words().language}",
            width=480,
        )
        number = numbers[place]
        st.markdown(definition(number.metric, number.measure))
        st.caption(_("In a terminal the same number comes from:"))
        st.code(number.command, language=None, wrap_lines=True)


def measure_name(measure: Measure) -> str:
    """The measure's name in the visitor's language; a company's own may bring its own words."""
    if words().language == "nl" and measure.label_nl:
        return measure.label_nl
    return _(measure.label)


def heading(number: Explained) -> str:
    if number.measure is None:
        return _(number.metric.label)
    return f"{measure_name(number.measure)} · {_(number.metric.label)}"


def definition(metric: Metric, measure: Measure | None) -> str:
    """Formula, interval, what n counts and source, as a list in Markdown."""
    lines = {
        _("Formula"): _(metric.formula),
        _("Interval"): _(metric.interval),
        _("n counts"): _(metric.counted),
        _("Source"): _(metric.source),
    }
    if measure is not None and measure.source:
        lines[_("Measure")] = _(measure.source)
    return "\n".join(f"- **{name}**: {plain(text)}" for name, text in lines.items())
