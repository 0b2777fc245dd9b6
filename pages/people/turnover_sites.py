"""Where turnover is high beyond chance: sites ranked by a shrunken value, and the funnel."""

from collections.abc import Sequence

import streamlit as st

from figures.funnel import Dot, Limit, funnel, sizes
from figures.palette import THEMED
from figures.ranking import Row, ranking
from metrics.funnel import ALARM, WARNING
from metrics.rate_hotspots import RateHotspots
from pages.shared import choosing_sites, showing, sidebar
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words

MOST = 14


def sites(judged: RateHotspots) -> None:
    """The sites, the worst first, and how far chance alone could carry them."""
    said(hot_names(judged))
    left, right = st.columns(2, gap="medium")
    with left:
        _ranked(judged)
    with right:
        _funnel(judged)
    _table(judged)


def hot_names(judged: RateHotspots) -> list[str]:
    """The names of the sites beyond chance, the worst first."""
    names = sidebar.names()
    return [names.get(site, site) for site in judged.rows.filter("hot")["location"]]


def said(hot: Sequence[str]) -> None:
    """Which sites lie beyond chance, in a sentence."""
    if not hot:
        st.markdown(_("No site lies beyond what chance can do on the bad side."))
        return
    st.markdown(
        ngettext(
            "**{count} site** lies beyond what chance can do: {sites}.",
            "**{count} sites** lie beyond what chance can do: {sites}.",
            len(hot),
        ).format(
            count=words().number(len(hot)), sites=words().listed([plain(name) for name in hot[:5]])
        )
    )


def _ranked(judged: RateHotspots) -> None:
    names = sidebar.names()
    moved = judged.rows.filter(judged.rows["shrunken"].is_not_null()).head(MOST)
    own = moved.is_empty()
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
        for row in (judged.rows.head(MOST) if own else moved).iter_rows(named=True)
    ]
    whole = 100 * judged.funnel.whole if judged.funnel is not None else None
    showing.picture(
        ranking(_("Turnover per year"), "percent", rows, whole, words(), THEMED),
        "turnover-ranking",
    )
    st.caption(
        _(
            "The highest first, per person-year. Each site is moved towards the company's mean, a "
            "small one further (empirical Bayes), so that noise does not rank. Square: beyond "
            "chance."
        )
    )


def _funnel(judged: RateHotspots) -> None:
    if judged.funnel is None:
        st.caption(_("Nobody left, so there is nothing to tell apart."))
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
    whole = 100 * judged.funnel.whole
    choosing_sites.picture(
        funnel(
            _("Turnover per year"),
            "percent",
            dots,
            list(at),
            limits,
            whole,
            words(),
            THEMED,
            sized=_("Person-years"),
        ),
        "turnover-funnel",
        judged.rows["location"].to_list(),
    )
    st.caption(
        _(
            "Raw rates by size. Of sites that do not differ, 95 % lie within the dashed lines and "
            "99.8 % within the solid ones (Poisson). Here sites differ {times} times as much as "
            "chance alone would make them."
        ).format(times=words().number(judged.funnel.spread**0.5, 1))
    )


def _table(judged: RateHotspots) -> None:
    """Raw and shrunken value of each site."""
    names = sidebar.names()
    with st.expander(_("All sites"), icon=":material/table_rows:", key="turnover-sites"):
        rows = judged.rows
        st.dataframe(
            {
                _("Site"): [names.get(site, site) for site in rows["location"]],
                _("Turnover, %"): rows["value"].round(1).to_list(),
                _("95 % from"): rows["low"].round(1).to_list(),
                _("95 % to"): rows["high"].round(1).to_list(),
                _("Shrunken, %"): rows["shrunken"].round(1).to_list(),
                _("Leavers"): rows["events"].round(0).to_list(),
                _("n"): rows["n"].to_list(),
            },
            hide_index=True,
            alt=_("Turnover of all sites"),
        )
