"""Where burnout risk is high beyond chance: sites ranked by a shrunken value, and the funnel."""

import streamlit as st

from metrics.hotspots import Hotspots
from pages.people.burnout_parts import name
from pages.people.burnout_reading import Burnout
from pages.people.judged import funnel_of, hot_names, ranked, said
from pages.shared import showing, sidebar
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words

FEW_ANSWERED = 30.0
"""Percent: under this, those who did not answer weigh more than those who did."""


def sites(found: Burnout, judged: Hotspots) -> None:
    """The sites, the worst first, and how far chance alone could carry them."""
    said(hot_names(judged.rows))
    if found.main.unit == "percent":
        left, right = st.columns(2, gap="medium")
        with left:
            _ranked(found, judged)
        with right:
            _funnel(found, judged)
    else:
        _ranked(found, judged)
    _table(found, judged)


def _ranked(found: Burnout, judged: Hotspots) -> None:
    whole = 100 * judged.funnel.whole if judged.funnel is not None else None
    ranked(judged.rows, name(found), found.main.unit, whole, "burnout-ranking")
    st.caption(
        _(
            "The highest first. Each site is moved towards the company's mean, a small one further "
            "(empirical Bayes), so that noise does not rank. Square: beyond chance."
        )
    )


def _funnel(found: Burnout, judged: Hotspots) -> None:
    limits = judged.funnel
    if limits is None:
        st.caption(_("All sites have the same share, so there is nothing to tell apart."))
        return
    sized = _("Answers per survey")
    funnel_of(judged.rows, limits, name(found), found.main.unit, sized, "burnout-funnel")
    st.caption(
        _(
            "Raw shares by size. Of sites that do not differ, 95 % lie within the dashed lines and "
            "99.8 % within the solid ones. Here sites differ {times} times as much as chance alone "
            "would make them."
        ).format(times=words().number(limits.spread**0.5, 1))
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
    showing.table(
        _("All sites"),
        lambda: _rows(found, judged),
        _("Burnout risk of all sites"),
        "burnout-sites",
    )


def _rows(found: Burnout, judged: Hotspots) -> dict[str, list[object]]:
    rows, names = judged.rows, sidebar.names()
    decimals = 1 if found.main.unit == "percent" else 2
    return {
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
    }
