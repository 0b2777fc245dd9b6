"""Ideas by site: how many for the size of the staff, how fast, and what waits there."""

from typing import Final

import polars as pl
import streamlit as st

from figures.palette import THEMED
from figures.picture import Picture
from figures.ranking import Row, ranking
from metrics.results import Table
from metrics.words import N_
from pages.people.ideas_reading import Ideas
from pages.shared import showing, sidebar, states
from pages.shared.words import _, words

MOST: Final = 14
FIGURES: Final = {
    "per_100": N_("Ideas per 100 employees per year"),
    "in_time": N_("Decided within 30 days"),
}


@st.fragment
def sites(found: Ideas) -> None:
    """Sites by a figure of choice, those that differ from all others first."""
    told = {
        code: table
        for code, table in (
            ("per_100", found.places.per_100),
            ("in_time", found.places.in_time),
        )
        if table is not None
    }
    if not told:
        states.too_few(_("No site of this selection can be told apart."))
        return
    labels = {code: _(FIGURES[code]) for code in told}
    code = st.segmented_control(
        _("Figure"),
        list(labels),
        format_func=labels.__getitem__,
        default=next(iter(labels)),
        required=True,
        key=f"ideas_site_{words().language}",
    )
    code = code if code in told else next(iter(told))
    showing.picture(_picture(told[code], labels[code], found.places.whole.get(code)), "ideas-sites")
    st.caption(
        _(
            "Sites that differ from all others first (a square below, a diamond above, false "
            "discovery rate 5 %), then those of which most is sure. Dotted line: the whole "
            "company. Ideas of a small site are told together with those of a neighbour, and "
            "stand at neither."
        )
    )
    showing.table(_("All sites"), lambda: _rows(found), _("Ideas of all sites"), "ideas-all-sites")


def _picture(table: Table, name: str, whole: float | None) -> Picture:
    names = sidebar.names()
    rows = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row["value"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
            verdict=("worse" if row["worse"] else "better") if row["flagged"] else "unclear",
        )
        for row in table.rows.head(MOST).iter_rows(named=True)
    ]
    return ranking(name, table.unit, rows, whole, words(), THEMED)


def _rows(found: Ideas) -> dict[str, list[object]]:
    parts = []
    for name, table in (("per_100", found.places.per_100), ("in_time", found.places.in_time)):
        if table is not None:
            parts.append(
                table.rows.select(
                    "location",
                    pl.col("value").round(1).alias(name),
                    pl.col("low").round(1).alias(f"{name} low"),
                    pl.col("high").round(1).alias(f"{name} high"),
                    pl.col("n").alias(f"{name} n"),
                )
            )
    parts.append(found.places.waiting)
    every = pl.concat([part.select("location") for part in parts]).unique().sort("location")
    for part in parts:
        every = every.join(part, on="location", how="left")
    names = sidebar.names()
    headings = {
        "per_100": _("Per 100 employees"),
        "in_time": _("Within 30 days, %"),
    }
    columns: dict[str, list[object]] = {
        _("Site"): [names.get(site, site) for site in every["location"]]
    }
    for name, heading in headings.items():
        if name in every.columns:
            columns[heading] = every[name].to_list()
            columns[_("{name}: 95 % from").format(name=heading)] = every[f"{name} low"].to_list()
            columns[_("{name}: 95 % to").format(name=heading)] = every[f"{name} high"].to_list()
            columns[_("{name}: n").format(name=heading)] = every[f"{name} n"].to_list()
    columns[_("Waiting for a decision")] = every["waiting"].fill_null(0).to_list()
    columns[_("Oldest, months")] = every["oldest"].to_list()
    return columns
