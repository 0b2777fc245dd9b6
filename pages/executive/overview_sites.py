"""The lower part of the Overview: the sites, which stand out, what changed, what to do next."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from figures.heat import Column, Field, heat
from metrics import noteworthy
from metrics.overview import KeyFigure
from pages.executive.overview_figures import label, target
from pages.shared import registry, sidebar, states
from pages.shared.filters import DIMENSIONS
from pages.shared.plain import plain
from pages.shared.reading import Reading
from pages.shared.words import _, words

MOST_ROWS = 6
SITES_A_PAGE = 20


@st.fragment
def sites(compared: Sequence[Reading]) -> None:
    """Sites against figures, the most noteworthy first, a page at a time."""
    ranked = noteworthy.sites_in_order([(r.figure, r.sites) for r in compared if r.sites])
    names = sidebar.names()
    pages = -(-len(ranked) // SITES_A_PAGE)
    st.caption(
        _(
            "Colour says how far a number is on a fixed scale from good (petrol) to bad (rust); "
            "the sites that stand out most come first. A dash is too small to show."
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
    title = _("Sites against key figures")
    named = [names.get(site, site) for site in chosen]
    slot.html(heat(named, columns, fields, title, words()))


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
    chosen = sidebar.current().with_values("location", [site])
    pressed = st.button(
        f"**{plain(name)}** · {plain(text)}",
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


def next_steps(
    shown: Sequence[Reading], compared: Sequence[Reading], targets: Mapping[str, float]
) -> None:
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
    without = [label(r.figure) for r in shown if target(r.figure, targets) is None]
    if without:
        steps.append(
            _("Agree on a target for {figures}, so that good enough has a meaning.").format(
                figures=words().listed(without[:3])
            )
        )
    limits = [_(DIMENSIONS[dim]).lower() for dim in sidebar.dimensions()]
    if limits:
        steps.append(
            _(
                "Compare groups, not people: the filters by {dimensions} show whether a figure is "
                "a matter of place or of work."
            ).format(dimensions=words().listed(limits))
        )
    st.markdown("\n".join(f"1. {plain(step)}" for step in steps))
