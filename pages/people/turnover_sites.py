"""Where turnover is high beyond chance: sites ranked by a shrunken value, and the funnel."""

import streamlit as st

from metrics.rate_hotspots import RateHotspots
from pages.people.judged import funnel_of, hot_names, ranked, said
from pages.shared import showing, sidebar
from pages.shared.words import _, words


def sites(judged: RateHotspots) -> None:
    """The sites, the worst first, and how far chance alone could carry them."""
    said(hot_names(judged.rows))
    left, right = st.columns(2, gap="medium")
    with left:
        _ranked(judged)
    with right:
        _funnel(judged)
    showing.table(
        _("All sites"), lambda: _rows(judged), _("Turnover of all sites"), "turnover-sites"
    )


def _ranked(judged: RateHotspots) -> None:
    whole = 100 * judged.funnel.whole if judged.funnel is not None else None
    ranked(judged.rows, _("Turnover per year"), "percent", whole, "turnover-ranking")
    st.caption(
        _(
            "The highest first, per person-year. Each site is moved towards the company's mean, a "
            "small one further (empirical Bayes), so that noise does not rank. Square: beyond "
            "chance."
        )
    )


def _funnel(judged: RateHotspots) -> None:
    limits = judged.funnel
    if limits is None:
        st.caption(_("Nobody left, so there is nothing to tell apart."))
        return
    sized, name = _("Person-years"), _("Turnover per year")
    funnel_of(judged.rows, limits, name, "percent", sized, "turnover-funnel")
    st.caption(
        _(
            "Raw rates by size. Of sites that do not differ, 95 % lie within the dashed lines and "
            "99.8 % within the solid ones (Poisson). Here sites differ {times} times as much as "
            "chance alone would make them."
        ).format(times=words().number(limits.spread**0.5, 1))
    )


def _rows(judged: RateHotspots) -> dict[str, list[object]]:
    """Raw and shrunken value of each site."""
    rows, names = judged.rows, sidebar.names()
    return {
        _("Site"): [names.get(site, site) for site in rows["location"]],
        _("Turnover, %"): rows["value"].round(1).to_list(),
        _("95 % from"): rows["low"].round(1).to_list(),
        _("95 % to"): rows["high"].round(1).to_list(),
        _("Shrunken, %"): rows["shrunken"].round(1).to_list(),
        _("Leavers"): rows["events"].round(0).to_list(),
        _("n"): rows["n"].to_list(),
    }
