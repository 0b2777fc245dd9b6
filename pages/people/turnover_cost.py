"""What turnover costs: a range, of the whole and by site, and the company's own percentages."""

import streamlit as st

from figures.palette import THEMED
from figures.ranking import Row, ranking
from metrics.pay import STANDARD, Triangle, TriangleError
from metrics.results import Table
from models import settings
from models.engine import engine
from pages.people.turnover_cost_reading import Costs
from pages.shared import showing, sidebar, states
from pages.shared.plain import plain
from pages.shared.words import _, words

_MOST = 12


def cost(found: Costs | None, shares: Triangle) -> None:
    """The cost of leavers as a range, and by site."""
    if found is None:
        states.too_few(
            _(
                "No pay has been published. It needs the column annual_cost of the assignments and "
                "a whole calendar year of at least so many person-years as a group needs people."
            )
        )
        return
    level = None if found.turnover is None else found.turnover.estimate()
    if level is None:
        states.too_few(_("The cost of this selection can't be told."))
        return
    said = words()
    st.markdown(
        plain(
            _(
                "{leavers} leavers at the pay of their job families ({year}), times {low} to "
                "{high} of a year's pay, most likely {mode}: about {value} a year, between {least} "
                "and {most}."
            ).format(
                leavers=said.number(level.n),
                year=found.year,
                low=_share(shares.low),
                high=_share(shares.high),
                mode=_share(shares.mode),
                value=said.value(level.value, "eur"),
                least=said.value(level.low, "eur"),
                most=said.value(level.high, "eur"),
            )
        )
    )
    st.caption(
        _(
            "The range holds what the number of leavers and the share leave open, together 95 %; "
            "not how far a leaver's pay is from the mean of the job family. It is the cost of "
            "finding and training a successor, and of the work that is not done meanwhile."
        )
    )
    if found.sites is not None and found.sites.rows.height > 1:
        by_site(found.sites, _("Cost of turnover per year"), "turnover-cost")
    _own(shares)


def by_site(table: Table, name: str, key: str) -> None:
    """The sites that cost most, each as a range."""
    names = sidebar.names()
    rows = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row["value"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
        )
        for row in table.rows.sort("value", descending=True).head(_MOST).iter_rows(named=True)
    ]
    st.subheader(_("{name}, by site").format(name=name), anchor=False)
    showing.picture(ranking(name, "eur", rows, None, words(), THEMED), key)
    left_out = table.rows.height - len(rows)
    told = _("The sites with the highest amounts, which are as a rule the largest ones.")
    if left_out > 0:
        told += " " + _("{count} others are not drawn.").format(count=words().number(left_out))
    st.caption(told)


def _share(part: float) -> str:
    return words().value(100 * part, "percent")


def _own(shares: Triangle) -> None:
    """The company's own percentages."""
    with (
        st.expander(_("Percentages of your own"), icon=":material/tune:", key="leaver-cost"),
        st.form("leaver_cost_form", border=False),
    ):
        st.markdown(
            _(
                "What it takes to replace a leaver, in percent of a year's pay. The published "
                "ones: 16, 21 and 30 % (median 21 % over 27 case studies, Boushey and Glynn 2012). "
                "They hold for everybody who opens this page."
            )
        )
        with st.container(horizontal=True):
            numbers = [
                st.number_input(
                    label,
                    min_value=0.0,
                    max_value=500.0,
                    value=round(100 * part, 1),
                    step=1.0,
                    format="%.1f",
                    key=key,
                )
                for label, part, key in (
                    (_("At least, %"), shares.low, "leaver_low"),
                    (_("Most likely, %"), shares.mode, "leaver_mode"),
                    (_("At most, %"), shares.high, "leaver_high"),
                )
            ]
        with st.container(horizontal=True):
            kept = st.form_submit_button(_("Use these"), key="leaver_keep")
            back = st.form_submit_button(_("Back to the published ones"), key="leaver_back")
    if kept:
        _keep(*(number / 100 for number in numbers))
    if back:
        for key in ("leaver_low", "leaver_mode", "leaver_high"):
            st.session_state.pop(key, None)
        _keep(STANDARD.low, STANDARD.mode, STANDARD.high)


def _keep(low: float, mode: float, high: float) -> None:
    try:
        shares = Triangle(low, mode, high)
    except TriangleError:
        st.warning(
            _("Write the least, the most likely and the most in that order."),
            icon=":material/error:",
        )
        return
    settings.set_leaver_cost(engine(), shares)
    st.rerun()
