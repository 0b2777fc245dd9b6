"""What ideas are about: counts of themes, about customers or not, and growth on a year ago."""

import polars as pl
import streamlit as st

from figures.palette import THEMED
from figures.stages import Stage, stages
from pages.people.ideas_reading import Ideas
from pages.shared import showing, states
from pages.shared.values import value_name
from pages.shared.words import _, words


def themes(found: Ideas) -> None:
    """The sum of their thoughts."""
    by_theme = found.themes.by_theme
    if by_theme.is_empty() and found.themes.by_customer.is_empty():
        states.too_few(_("The ideas in this selection have no theme."))
        return
    _customers(found)
    if by_theme.is_empty():
        return
    whole = int(by_theme["n"].sum())
    rows = [
        Stage(value_name("theme", row["theme"]), row["n"], 100 * row["n"] / whole)
        for row in by_theme.iter_rows(named=True)
    ]
    left, right = st.columns(2, gap="medium")
    with left:
        showing.picture(stages(_("Ideas by theme"), rows, words(), THEMED), "ideas-themes")
    with right:
        _growth(by_theme)


def _customers(found: Ideas) -> None:
    counted = dict(found.themes.by_customer.select("customer_related", "n").iter_rows())
    if "true" not in counted:
        return
    said = words()
    whole = sum(counted.values())
    st.markdown(
        _("**{share}** of {count} ideas is about customers.").format(
            share=said.value(100 * counted["true"] / whole, "percent"), count=said.number(whole)
        )
    )


def _growth(by_theme: pl.DataFrame) -> None:
    """Against a year ago, with interval; called more or fewer only beyond chance."""
    if by_theme["growth"].null_count() == by_theme.height:
        states.too_few(_("The year before is not known, so no growth can be given."))
        return
    said = words()
    st.table(
        {
            _("Theme"): [value_name("theme", theme) for theme in by_theme["theme"]],
            _("On a year ago"): [_signed(value) for value in by_theme["growth"]],
            _("95 % interval"): [
                "–" if low is None or high is None else f"{_signed(low)} … {_signed(high)}"
                for low, high in by_theme.select("low", "high").iter_rows()
            ],
            _("Verdict"): [
                _verdict(growth, clear=bool(clear))
                for growth, clear in by_theme.select("growth", "clear").iter_rows()
            ],
        },
        border="horizontal",
        hide_index=True,
        alt=_("Themes against a year ago"),
    )
    st.caption(
        _(
            "Called more or fewer where it is beyond chance among all {count} themes (false "
            "discovery rate 5 %)."
        ).format(count=said.number(by_theme.height))
    )


def _signed(value: float | None) -> str:
    if value is None:
        return "–"
    text = words().number(abs(value))
    return f"{'−' if round(value) < 0 else '+'}{text}%"


def _verdict(growth: float | None, *, clear: bool) -> str:
    if growth is None or not clear:
        return _("no clear change")
    return _("more") if growth > 0 else _("fewer")
