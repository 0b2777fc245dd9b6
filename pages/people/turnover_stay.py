"""How long people stay, why they go and when: the pictures of the life tables."""

import polars as pl
import streamlit as st

from figures.courses import Course, courses
from figures.palette import THEMED
from figures.ranking import Row, ranking
from metrics.life_tables import ends_of
from metrics.results import Table
from pages.people.turnover_parts import EARLY, one_unit
from pages.people.turnover_stay_reading import WHOLE, Stays
from pages.shared import showing, states
from pages.shared.values import in_order, value_name
from pages.shared.words import _, words

_TICKS = (0, 12, 24, 36, 60, 84, 120)
_AT_RISK_AT = (3, 12, 24, 36, 60)
"""Months: under the curve stands how many were at risk in the unit that ends there."""
_MOST = 8
_SURE = 0.001


def not_told() -> None:
    """No life tables of this selection, and why."""
    states.too_few(
        _(
            "How long people stay is told of the whole company, or by one of desk type, contract "
            "and region: not by site, job family or other filters, and by quarters that lie wholly "
            "in the chosen period. Take such a filter away to see it."
        )
    )


def staying(found: Stays) -> None:
    """Retention by choice, who leaves early, why, and when."""
    _retention(found)
    left, right = st.columns(2, gap="medium")
    with left:
        _reasons(found)
    with right:
        _when(found)


@st.fragment
def _retention(found: Stays) -> None:
    labels = {
        WHOLE: _("everybody"),
        "desk_type": _("Desk type"),
        "contract_type": _("Contract"),
        "region": _("Region"),
        "entry": _("Year of entry"),
    }
    options = [group for group in labels if group in found.retention]
    key = f"turnover_group_{words().language}"
    group = st.segmented_control(
        _("Compare by"),
        options,
        format_func=labels.__getitem__,
        default=options[0],
        required=True,
        key=key,
    )
    group = group if group in options else options[0]
    table = found.retention[group]
    lines = _courses(table, group)
    showing.picture(
        courses(
            _("Still with the company"),
            "percent",
            _("months since the first day"),
            lines,
            [tick for tick in _TICKS if tick <= max(line.at[-1] for line in lines)],
            words(),
            THEMED,
            whole=True,
        ),
        "turnover-retention",
    )
    st.caption(_stretch(found))
    _at_risk(table, group)
    _differ(found, group)
    _early(found, group)


def _stretch(found: Stays) -> str:
    said = words()
    return _(
        "Of whoever begins, the share still there (Kaplan-Meier), at the pace of leaving of "
        "{first} to {last}. The band is the 95 % interval, with the noise that is added to each "
        "number of these tables."
    ).format(first=said.period(found.window.first), last=said.period(found.window.last))


def _groups(table: Table, group: str) -> list[tuple[str, pl.DataFrame]]:
    """The groups of a table in their order, with their rows; the latest of many years of entry."""
    if group == WHOLE:
        return [(_("everybody"), table.rows)]
    values = in_order(group, table.rows[group].unique())
    return [
        (value_name(group, value), table.rows.filter(pl.col(group) == value))
        for value in values[-_MOST:]
    ]


def _courses(table: Table, group: str) -> list[Course]:
    lines = []
    for name, rows in _groups(table, group):
        ends = [ends_of(unit)[1] for unit in rows["tenure"]]
        lines.append(
            Course(
                name,
                [0, *ends],
                [100.0, *rows["value"].to_list()],
                [100.0, *rows["low"].to_list()],
                [100.0, *rows["high"].to_list()],
                [rows["n"][0], *rows["n"].to_list()],
            )
        )
    return lines


def _at_risk(table: Table, group: str) -> None:
    """How many were at risk, in the units under the curve."""
    said = words()
    rows = []
    for name, part in _groups(table, group):
        known = {ends_of(unit)[1]: n for unit, n in part.select("tenure", "n").iter_rows()}
        rows.append(
            {_("At risk at month"): name}
            | {str(at): said.number(known[at]) if at in known else "–" for at in _AT_RISK_AT}
        )
    st.table(rows, border="horizontal", hide_index=True, alt=_("Number at risk under the curve"))


def _differ(found: Stays, group: str) -> None:
    test = found.differ.get(group)
    if test is None:
        return
    said = words()
    chance = (
        _("less than {p}").format(p=said.number(_SURE, 3))
        if test.p < _SURE
        else said.number(test.p, 3)
    )
    differs = test.p < 0.05
    st.markdown(
        (
            _(
                "The groups leave at a different pace: were there no difference, chance alone "
                "would show one as large with a probability of {p} (log-rank test, {groups} "
                "groups)."
            )
            if differs
            else _(
                "No detectable difference in pace between the groups: chance alone shows one "
                "as large with a probability of {p} (log-rank test, {groups} groups)."
            )
        ).format(p=chance, groups=said.number(test.freedom + 1))
    )


def _early(found: Stays, group: str) -> None:
    """Who leaves within ninety days and within the first year."""
    table = found.early.get(group)
    if table is None or table.rows.is_empty():
        return
    said = words()
    told = {unit: dict(_groups(one_unit(table, unit), group)) for unit in EARLY}
    rows = []
    for name, _rows in _groups(table, group):
        row = {_("Left early"): name, _("n"): "–"}
        for unit, label in zip(EARLY, (_("within 90 days"), _("within a year")), strict=True):
            part = told[unit].get(name)
            if part is None or part.height != 1:
                row[label] = "–"
                continue
            interval = said.interval(part["low"][0], part["high"][0], "percent")
            row[label] = f"{said.value(part['value'][0], 'percent')} ({interval})"
            row[_("n")] = said.number(part["n"][0])
        rows.append(row)
    st.table(rows, border="horizontal", hide_index=True, alt=_("Who leaves early"))


def _reasons(found: Stays) -> None:
    st.subheader(_("Why they left"), anchor=False)
    table = found.incidence
    if table is None or table.rows.is_empty():
        states.too_few(_("Too few left to tell the reasons."))
        return
    labels = {
        "voluntary": _("of their own accord"),
        "involuntary": _("dismissed"),
        "other": _("another reason"),
    }
    lines = []
    for reason, label in labels.items():
        rows = table.rows.filter(pl.col("reason") == reason)
        if rows.is_empty():
            continue
        lines.append(
            Course(
                label,
                [0, *(ends_of(unit)[1] for unit in rows["tenure"])],
                [0.0, *rows["value"].to_list()],
                [0.0, *rows["low"].to_list()],
                [0.0, *rows["high"].to_list()],
                [rows["n"][0], *rows["n"].to_list()],
            )
        )
    showing.picture(
        courses(
            _("Left, by reason"),
            "percent",
            _("months since the first day"),
            lines,
            [tick for tick in _TICKS if tick <= lines[0].at[-1]],
            words(),
            THEMED,
        ),
        "turnover-reasons",
    )
    st.caption(
        _(
            "Of whoever begins, the share that has left for each reason (Aalen-Johansen: the "
            "reasons compete, none is counted as if the others did not exist). Retirement and the "
            "end of a contract are other reasons."
        )
    )


def _when(found: Stays) -> None:
    st.subheader(_("When they left"), anchor=False)
    table = found.hazard
    if table is None or table.rows.is_empty():
        states.too_few(_("Too few people to tell when they left."))
        return
    rows = [
        Row(_unit(row["tenure"]), row["value"], row["low"], row["high"], row["n"])
        for row in table.rows.sort("tenure").iter_rows(named=True)
    ]
    showing.picture(
        ranking(_("Leavers per year"), "percent", rows, None, words(), THEMED), "turnover-hazard"
    )
    st.caption(
        _("Leavers per 100 person-years, by how long they had been there. Above 100 is possible.")
    )


def _unit(tenure: str) -> str:
    start, end = ends_of(tenure)
    if end <= 12:
        return _("month {first} to {last}").format(first=start, last=end)
    return _("year {first} to {last}").format(
        first=words().number(start / 12, 0 if start % 12 == 0 else 1),
        last=words().number(end / 12, 0 if end % 12 == 0 else 1),
    )
