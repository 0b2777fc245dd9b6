"""The upper part of the Turnover page, and its advice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from figures.palette import THEMED
from figures.trend import Series, trend
from metrics.changes import change
from metrics.definitions import METRICS
from metrics.headline import headline as sentences_of
from metrics.overview import choose as key_figures_of
from metrics.results import Estimate, Table
from pages.people.turnover_choices import NAMES, Choice
from pages.people.turnover_reading import FLOWS, Figure, Turnover
from pages.shared import showing, sidebar, states
from pages.shared.cards import Card
from pages.shared.filters import DIMENSIONS
from pages.shared.plain import plain
from pages.shared.words import _, words

EARLY = ("000-003", "000-012")
"""Units of `turnover.early`: the first ninety days, the first year."""


def why_nothing(released: Sequence[str], minimum: int) -> None:
    """No workforce was released, the filters do not fit, or the groups are too small."""
    if "exits" not in released:
        states.too_few(
            _(
                "No workforce has been published. It comes from the table of assignments: who "
                "worked where, since when, until when and why it ended."
            )
        )
        return
    chosen = [_(DIMENSIONS[dim]).lower() for dim, _values in sidebar.current().chosen]
    if not chosen:
        states.too_small(minimum)
        return
    states.nothing_selected()
    st.caption(
        _(
            "Turnover is told by place (region, site, desk type, job family), or by kind of work "
            "(desk type, contract, job family, time with the company), never by both at once. "
            "Chosen now: {dimensions}."
        ).format(dimensions=words().listed(chosen))
    )


def headline(found: Turnover, choice: Choice, number: int) -> None:
    """What, how much, since when, how sure."""
    said = words()
    figure = replace(
        next(each for each in key_figures_of(["exits", "person_years"])), metric=found.metric
    )
    before = found.rate.before
    sentences = sentences_of(figure, found.rate.now, before)
    st.caption(
        " · ".join(
            [
                _("Turnover and absence"),
                _("divided by {denominator}").format(denominator=_(NAMES[choice.denominator])),
                _("release {number}").format(number=said.number(number)),
            ]
        )
    )
    st.title(plain(said.sentence(sentences[0])), anchor=False)
    st.markdown(plain(" ".join(said.sentence(sentence) for sentence in sentences[1:])))


def remarks(found: Turnover, choice: Choice, minimum: int) -> None:
    """What the figures rest on, and what a choice could not reach."""
    showing.coverage(found.rate.now, minimum)
    if choice.permanent:
        st.caption(
            _(
                "Permanent contracts only. Contracts are told by kind of work, not by site; the "
                "parts of this page by site are left out."
            )
        )
    if found.same is not None:
        kept, every = (words().number(count) for count in found.same)
        st.caption(
            _(
                "Like for like: {kept} of {all} sites, those with figures in every period of both "
                "years. Figures from life tables (reasons, early leavers, stability, retention) "
                "do not know sites and are left out."
            ).format(kept=kept, all=every)
        )
    if found.refused_same:
        st.caption(
            _(
                "The same sites can't be picked here: groups by kind of work do not tell sites "
                "apart. The figures are of all sites."
            )
        )


def _moved(figure: Figure) -> tuple[float | None, bool]:
    """The change on a year ago, and whether its interval excludes zero."""
    if figure.before is None:
        return None, False
    rows = change(figure.now, figure.before).rows
    if rows.height != 1:
        return None, False
    row = rows.row(0, named=True)
    return row["value"], row["changed"]


def one_unit(table: Table, unit: str) -> Table:
    """The rows of one unit of time, as a table that is not grouped by it."""
    by = tuple(dim for dim in table.by if dim != "tenure")
    rows = table.rows.filter(pl.col("tenure") == unit).drop("tenure")
    return replace(table, rows=rows, by=by)


def early(figure: Figure, unit: str) -> Figure:
    """Early leaving within one unit of time."""
    before, course = (
        None if table is None else one_unit(table, unit) for table in (figure.before, figure.course)
    )
    if before is not None and before.rows.is_empty():
        before = None
    return Figure(one_unit(figure.now, unit), before, course)


def card(label: str, code: str, figure: Figure, target: float | None, counted: str = "") -> Card:
    """A key figure with what n counts, its course and its change."""
    moved, clear = _moved(figure)
    course = () if figure.course is None else figure.course.rows.sort("period")["value"].to_list()
    return Card(
        label=label,
        better=METRICS[code].better_of(None),
        estimate=figure.now.estimate(),
        counted=counted or _(METRICS[code].counted),
        when=when(figure.now),
        target=target,
        change=moved,
        clear=clear,
        course=course,
    )


def when(table: Table) -> str:
    """The stretch of time that a table speaks of."""
    said = words()
    first, last = said.period(table.first), said.period(table.last)
    return last if first == last else _("{first} to {last}").format(first=first, last=last)


def key_figures(
    found: Turnover, choice: Choice, cost: Estimate | None, targets: Mapping[str, float]
) -> list[Card]:
    """Turnover, who goes of their own accord, early, who stays, absence, and the cost."""
    divided = _("people, divided by {denominator}").format(denominator=_(NAMES[choice.denominator]))
    target = targets.get(found.metric.code, targets.get("turnover.rate"))
    shown = [card(_("Turnover per year"), found.metric.code, found.rate, target, divided)]
    known = found.figures
    for code, label in (
        ("turnover.voluntary", _("Voluntary turnover")),
        ("turnover.early", _("Left within 90 days")),
        ("turnover.stability", _("Still there after a year")),
        ("absence.rate", _("Absence")),
    ):
        if code not in known:
            continue
        figure = early(known[code], EARLY[0]) if code == "turnover.early" else known[code]
        shown.append(card(label, code, figure, targets.get(code)))
    if cost is not None:
        shown.append(
            Card(
                label=_("Cost of turnover per year"),
                better="lower",
                estimate=cost,
                counted=_("leavers"),
                when=when(found.rate.now),
                target=targets.get("turnover.cost"),
                compared=False,
            )
        )
    return shown


def flows(found: Turnover) -> None:
    """People, hires and net flow, and turnover by reason, as a table."""
    said = words()
    names = {
        "turnover.headcount": _("People at the end"),
        "turnover.hires": _("Hires per year"),
        "turnover.net_flow": _("Net flow per year"),
        "turnover.voluntary": _("Left of their own accord, per year"),
        "turnover.involuntary": _("Dismissed, per year"),
        "turnover.other": _("Left for another reason, per year"),
    }
    rows = []
    for code, name in names.items():
        figure = found.figures.get(code)
        level = figure.now.estimate() if figure is not None else None
        if figure is None or level is None:
            continue
        exact = code == "turnover.headcount" and level.low is None
        rows.append(
            {
                _("Figure"): name,
                _("Value"): said.value(level.value, level.unit),
                _("95 % interval"): _("all counted") if exact else _ends(level),
                _("n"): said.number(level.n),
                _("When"): when(figure.now) if code not in FLOWS[:1] else said.period(level.last),
            }
        )
    if rows:
        st.table(rows, border="horizontal", hide_index=True, alt=_("Who came and who left"))
        st.caption(
            _(
                "A move inside the company, or a change of contract, is neither a hire nor a "
                "leaver: of a part of the company, net flow is not how much it grew."
            )
        )


def _ends(level: Estimate) -> str:
    """The interval of a figure; of one that can be below 0 with a word between its ends."""
    said = words()
    if level.low is None or level.low >= 0:
        return said.interval(level.low, level.high, level.unit)
    low, high = (said.value(end, level.unit) for end in (level.low, level.high))
    return _("{low} to {high}").format(low=low, high=high)


def course(found: Turnover, targets: Mapping[str, float]) -> None:
    """Turnover of the twelve months up to each month, with its band."""
    told = found.rate.course
    if told is None or told.rows.is_empty():
        states.too_few(_("No period of this selection may be shown."))
        return
    series = Series(
        name=_("Turnover per year"),
        unit="percent",
        rows=told.rows,
        target=targets.get(found.metric.code, targets.get("turnover.rate")),
    )
    showing.picture(trend(series, words(), THEMED, height=360), "turnover-course")
    if found.by_period:
        st.caption(
            _(
                "Each period by itself, as if a year went like it: the selection is too short for "
                "a rolling year."
            )
        )
    else:
        st.caption(
            _(
                "Of the twelve months up to each month, so that seasons do not show. Neighbouring "
                "points share eleven months."
            )
        )
