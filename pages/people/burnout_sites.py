"""Where burnout risk is high beyond chance: sites ranked by a shrunken value, and the funnel."""

import streamlit as st

from figures.funnel import Dot, Limit, funnel, sizes
from figures.palette import THEMED
from figures.ranking import Row, ranking
from metrics.funnel import ALARM, WARNING
from metrics.hotspots import Hotspots
from pages.people.burnout_parts import name
from pages.people.burnout_reading import Burnout
from pages.shared import choosing_sites, showing, sidebar
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words

MOST = 14
FEW_ANSWERED = 30.0
"""Percent: under this, those who did not answer weigh more than those who did."""


def sites(found: Burnout, judged: Hotspots) -> None:
    """The sites, the worst first, and how far chance alone could carry them."""
    _said(judged)
    if found.main.unit == "percent":
        left, right = st.columns(2, gap="medium")
        with left:
            _ranked(found, judged)
        with right:
            _funnel(found, judged)
    else:
        _ranked(found, judged)
    _table(found, judged)


def _said(judged: Hotspots) -> None:
    hot = judged.rows.filter("hot")
    names = sidebar.names()
    if hot.is_empty():
        st.markdown(_("No site lies beyond what chance can do on the bad side."))
        return
    listed = words().listed(
        [plain(names.get(site, site)) for site in hot["location"].head(5).to_list()]
    )
    st.markdown(
        ngettext(
            "**{count} site** lies beyond what chance can do: {sites}.",
            "**{count} sites** lie beyond what chance can do: {sites}.",
            hot.height,
        ).format(count=words().number(hot.height), sites=listed)
    )


def _ranked(found: Burnout, judged: Hotspots) -> None:
    names = sidebar.names()
    moved = judged.rows.filter(judged.rows["shrunken"].is_not_null()).head(MOST)
    own = moved.is_empty()
    told = judged.rows.head(MOST) if own else moved
    prefix = "" if own else "shrunken_"
    rows = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row["value"] if own else row["shrunken"],
            low=row[f"{prefix}low"],
            high=row[f"{prefix}high"],
            n=row["n"],
            verdict="worse" if row["hot"] else "unclear",
        )
        for row in told.iter_rows(named=True)
    ]
    whole = 100 * judged.funnel.whole if judged.funnel is not None else None
    showing.picture(
        ranking(name(found), found.main.unit, rows, whole, words(), THEMED), "burnout-ranking"
    )
    st.caption(
        _(
            "The highest first. Each site is moved towards the company's mean, a small one further "
            "(empirical Bayes), so that noise does not rank. Square: beyond chance."
        )
    )


def _funnel(found: Burnout, judged: Hotspots) -> None:
    if judged.funnel is None:
        st.caption(_("All sites have the same share, so there is nothing to tell apart."))
        return
    names = sidebar.names()
    dots = [
        Dot(
            name=names.get(row["location"], row["location"]),
            value=row["value"],
            size=row["size"],
            n=row["n"],
            hot=row["hot"],
        )
        for row in judged.rows.iter_rows(named=True)
    ]
    at = sizes(dots)
    limits = []
    for level in (WARNING, ALARM):
        low, high = judged.funnel.limits(at, level)
        limits.append(Limit(100 * level, list(100 * low), list(100 * high)))
    choosing_sites.picture(
        funnel(
            name(found),
            found.main.unit,
            dots,
            list(at),
            limits,
            100 * judged.funnel.whole,
            words(),
            THEMED,
        ),
        "burnout-funnel",
        judged.rows["location"].to_list(),
    )
    st.caption(
        _(
            "Raw shares by size. Of sites that do not differ, 95 % lie within the dashed lines and "
            "99.8 % within the solid ones. Here sites differ {times} times as much as chance alone "
            "would make them."
        ).format(times=words().number(judged.funnel.spread**0.5, 1))
    )


def _table(found: Burnout, judged: Hotspots) -> None:
    """Raw and shrunken value and response rate of each site."""
    names, said = sidebar.names(), words()
    few = [
        row["location"]
        for row in judged.rows.iter_rows(named=True)
        if found.response.get(row["location"], 100.0) < FEW_ANSWERED
    ]
    if few:
        st.warning(
            ngettext(
                "At {count} site fewer than 30 % answered: {sites}. Its figure may not speak for "
                "all who work there.",
                "At {count} sites fewer than 30 % answered: {sites}. Their figures may not speak "
                "for all who work there.",
                len(few),
            ).format(
                count=said.number(len(few)),
                sites=said.listed([plain(names.get(site, site)) for site in few[:5]]),
            ),
            icon=":material/person_off:",
        )
    with st.expander(_("All sites"), icon=":material/table_rows:", key="burnout-sites"):
        rows = judged.rows
        decimals = 1 if found.main.unit == "percent" else 2
        st.dataframe(
            {
                _("Site"): [names.get(site, site) for site in rows["location"]],
                _("Value"): rows["value"].round(decimals).to_list(),
                _("95 % from"): rows["low"].round(decimals).to_list(),
                _("95 % to"): rows["high"].round(decimals).to_list(),
                _("Shrunken"): rows["shrunken"].round(decimals).to_list(),
                _("n"): rows["n"].to_list(),
                _("Answered, %"): [
                    None if (share := found.response.get(site)) is None else round(share, 1)
                    for site in rows["location"]
                ],
            },
            hide_index=True,
            alt=_("Burnout risk of all sites"),
        )
