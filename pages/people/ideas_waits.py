"""How long ideas wait for a decision, by group; and whether the floor is heard as fast."""

from collections.abc import Sequence
from typing import Final

import polars as pl
import streamlit as st

from figures.courses import Course, courses
from figures.palette import THEMED
from metrics.idea_floor import SURE, Heard
from metrics.life_tables import ends_of
from metrics.results import Table
from metrics.words import N_
from pages.people.ideas_parts import FOLLOWED, length
from pages.people.ideas_reading import Ideas
from pages.people.ideas_waits_reading import WHOLE
from pages.shared import showing, sidebar, states
from pages.shared.filters import DIMENSIONS
from pages.shared.values import in_order, value_name
from pages.shared.words import _, words

DAYS: Final = (0, 28, 56, 84, 112, 168, 252, 364, 546, 728)
MONTHS: Final = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 60, 120)
"""Where the axis has its numbers, and the table below says how many still waited."""

FARTHEST: Final = {"age": 364, "months": 12}
"""A curve is drawn so far: what waits longer is in the list of the oldest."""

_TICKS: Final = {"age": DAYS, "months": MONTHS}
_SURE_P: Final = 0.001


def _labels() -> dict[str, str]:
    own = {WHOLE: N_("all ideas"), "theme": N_("Theme"), "customer_related": N_("Customers")}
    every = {**DIMENSIONS, **own}
    return {group: _(label) for group, label in every.items()}


@st.fragment
def curves(found: Ideas) -> None:
    """The share decided by age, of one dimension by choice."""
    told = found.waits.curves
    if not told:
        states.too_few(_("Too few ideas waited in this period for a curve."))
        return
    labels = _labels()
    options = list(told)
    key = f"ideas_wait_{words().language}"
    group = st.segmented_control(
        _("Compare by"),
        options,
        format_func=labels.__getitem__,
        default=options[0],
        required=True,
        key=key,
    )
    group = group if group in options else options[0]
    table = told[group]
    axis = "age" if "age" in table.by else "months"
    lines = [_course(name, rows, axis) for name, rows in _groups(table, group)]
    farthest = max(line.at[-1] for line in lines)
    showing.picture(
        courses(
            _("Decided"),
            "percent",
            _("days since it was sent in") if axis == "age" else _("months since it was sent in"),
            lines,
            [tick for tick in _TICKS[axis] if tick <= farthest],
            words(),
            THEMED,
            whole=True,
        ),
        "ideas-waits",
    )
    st.caption(_explained(table, group))
    _waiting(table, group, axis)
    _differ(found, group)


def _groups(table: Table, group: str) -> list[tuple[str, pl.DataFrame]]:
    if group == WHOLE:
        return [(_("all ideas"), table.rows)]
    return [
        (value_name(group, value), table.rows.filter(pl.col(group) == value))
        for value in in_order(group, table.rows[group].unique())
    ]


def _ends(rows: pl.DataFrame, axis: str) -> list[int]:
    return [ends_of(unit)[1] if axis == "age" else int(unit) for unit in rows[axis]]


def _course(name: str, rows: pl.DataFrame, axis: str) -> Course:
    ends = _ends(rows, axis)
    kept = sum(end <= FARTHEST[axis] for end in ends)
    rows, ends = rows.head(kept), ends[:kept]
    # By months the first point is what was decided in the month of sending in.
    first: tuple[list[int], list[float], list[int]] = (
        ([0], [0.0], [rows["n"][0]]) if axis == "age" else ([], [], [])
    )
    return Course(
        name,
        [*first[0], *ends],
        [*first[1], *rows["value"].to_list()],
        [*first[1], *rows["low"].to_list()],
        [*first[1], *rows["high"].to_list()],
        [*first[2], *rows["n"].to_list()],
    )


def _explained(table: Table, group: str) -> str:
    said = words()
    told = [
        _(
            "Of whatever is sent in, the share decided by each age (Kaplan-Meier) at the pace of "
            "{first} to {last}; ideas that still wait count as waiting. The band is the 95 % "
            "interval."
        ).format(first=said.period(table.first), last=said.period(table.last))
    ]
    if "age" not in table.by:
        told.append(
            _("In months: split this way, ideas are told by month only.")
            if group
            else _("In months, since of this selection no more is told.")
        )
    elif group == "desk_type" and _by_place():
        told.append(
            _("Of the whole company: by desk type ideas are not told of a site or a region.")
        )
    return " ".join(told)


def _by_place() -> bool:
    return any(dim in FOLLOWED for dim, _values in sidebar.current().chosen)


def _waiting(table: Table, group: str, axis: str) -> None:
    """How many still waited, under the curve."""
    said = words()
    heading = _("Waiting up to day") if axis == "age" else _("Waiting at month")
    rows = []
    for name, part in _groups(table, group):
        known = dict(zip(_ends(part, axis), part["n"], strict=True))
        ticks = [tick for tick in _TICKS[axis] if (tick or axis == "months")]
        rows.append(
            {heading: name}
            | {
                str(tick): said.number(known[tick]) if tick in known else "–"
                for tick in ticks
                if tick <= FARTHEST[axis]
            }
        )
    st.table(rows, border="horizontal", hide_index=True, alt=_("How many waited, under the curve"))


def _differ(found: Ideas, group: str) -> None:
    test = found.waits.differ.get(group)
    if test is None:
        return
    st.markdown(
        _("These groups do not wait equally long (log-rank, {p}).").format(p=_p(test.p))
        if test.p < SURE
        else _("No clear difference between these groups (log-rank, {p}).").format(p=_p(test.p))
    )


def _p(p: float) -> str:
    return "p < 0.001" if p < _SURE_P else f"p = {words().number(p, 3)}"


def floor_and_office(found: Ideas) -> None:
    """Is the floor heard as fast as the office, and accepted as often."""
    heard = found.waits.heard
    if heard is None or heard.test is None:
        return
    st.subheader(_("Is the floor heard as fast as the office?"))
    st.markdown(" ".join([_pace(heard), *_acceptance(heard)]))
    if _by_place():
        st.caption(
            _("Of the whole company: by desk type ideas are not told of a site or a region.")
        )


def _pace(heard: Heard) -> str:
    assert heard.test is not None, "asked before"
    p = _p(heard.test.p)
    halves = _halves(heard)
    if heard.slower is None:
        return " ".join(
            [_("No clear difference in the wait (log-rank, {p}).").format(p=p), *halves]
        )
    told = (
        _("**No: ideas from the floor wait longer** (log-rank, {p}).")
        if heard.slower
        else _("**Yes: ideas from the floor wait shorter** (log-rank, {p}).")
    )
    return " ".join([told.format(p=p), *halves])


def _halves(heard: Heard) -> Sequence[str]:
    if heard.floor is None or heard.office is None:
        return []
    return [
        _(
            "Half of the ideas from the floor are decided within {floor}, of those from the office "
            "within {office}."
        ).format(floor=length(heard.floor, "days"), office=length(heard.office, "days"))
    ]


def _acceptance(heard: Heard) -> Sequence[str]:
    if heard.acceptance is None:
        return []
    said = words()
    value, low, high = (
        float(part[0])
        for part in (heard.acceptance.value, heard.acceptance.low, heard.acceptance.high)
    )
    interval = said.interval(low, high, "points")
    if not heard.accepted_differs:
        return [
            _(
                "There is no clear difference in how often they are accepted: {change} for the "
                "floor (95 % interval {interval})."
            ).format(change=said.signed(value, "percent"), interval=interval)
        ]
    return [
        _(
            "Of those decided, {change} are accepted against the office (95 % interval {interval})."
        ).format(change=said.signed(value, "percent"), interval=interval)
    ]
