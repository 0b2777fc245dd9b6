"""Sites judged by the whole company: a sentence, a ranking of shrunken values, a funnel."""

from collections.abc import Sequence
from typing import Final

import polars as pl
import streamlit as st

from figures.funnel import Dot, Limit, funnel, sizes
from figures.palette import THEMED
from figures.ranking import Row, ranking
from metrics.funnel import ALARM, WARNING, Funnel
from metrics.rate_funnel import RateFunnel
from pages.shared import choosing_sites, showing, sidebar
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words

MOST: Final = 14
"""More rows than this are no picture any more."""

_NAMED: Final = 5


def hot_names(rows: pl.DataFrame) -> list[str]:
    """The names of the sites beyond chance, the worst first."""
    names = sidebar.names()
    return [names.get(site, site) for site in rows.filter("hot")["location"]]


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
            count=words().number(len(hot)),
            sites=words().listed([plain(name) for name in hot[:_NAMED]]),
        )
    )


def ranked(rows: pl.DataFrame, name: str, unit: str, whole: float | None, key: str) -> None:
    """The worst sites by their shrunken value, or by their own where there are too few to shrink.

    Args:
        rows: of `metrics.hotspots` or `metrics.rate_hotspots`.
        name, unit: of what is told. whole: of the company.
        key: of the picture.
    """
    names = sidebar.names()
    moved = rows.filter(pl.col("shrunken").is_not_null())
    told = rows if moved.is_empty() else moved
    prefix = "" if moved.is_empty() else "shrunken_"
    drawn = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row["value" if moved.is_empty() else "shrunken"],
            low=row[f"{prefix}low"],
            high=row[f"{prefix}high"],
            n=row["n"],
            verdict="worse" if row["hot"] else "unclear",
        )
        for row in told.head(MOST).iter_rows(named=True)
    ]
    showing.picture(ranking(name, unit, drawn, whole, words(), THEMED), key)


def funnel_of(
    rows: pl.DataFrame, limits: Funnel | RateFunnel, name: str, unit: str, sized: str, key: str
) -> None:
    """Raw values by size within the limits of chance; a chosen dot limits the page to that site.

    Args:
        rows, name, unit, key: as in `ranked`; values in percent, limits in shares.
        sized: what the size is.
    """
    names = sidebar.names()
    dots = [
        Dot(
            name=names.get(row["location"], row["location"]),
            value=row["value"],
            size=row["size"],
            n=row["n"],
            hot=row["hot"],
        )
        for row in rows.iter_rows(named=True)
    ]
    at = sizes(dots)
    lines = []
    for level in (WARNING, ALARM):
        low, high = limits.limits(at, level)
        lines.append(Limit(100 * level, list(100 * low), list(100 * high)))
    drawn = funnel(
        name, unit, dots, list(at), lines, 100 * limits.whole, words(), THEMED, sized=sized
    )
    choosing_sites.picture(drawn, key, rows["location"].to_list())
