"""How a share grows at sites after a roll-out, beside sites where it has not started."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from scipy import special

from metrics.intervals import LEVEL
from release.periods import Period, parse, period_of

BEFORE: Final = 6
AFTER: Final = 18
"""Periods of months that are looked at around the start."""

LEAST: Final = 3
"""Of fewer sites no mean is told."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """Means over sites by the number of periods since the start.

    Attributes:
        started: ``since`` (0 is the period of the start), ``value``, ``low``, ``high`` (95 %
            Student's t over the sites) and ``n`` sites; points with fewer than three are left out.
        others: the same of the sites where nothing at all had started yet, each over the calendar
            periods in which the started ones were so far.
        sites: how many sites started.
    """

    started: pl.DataFrame
    others: pl.DataFrame
    sites: int


def steps_between(first: Period, then: Period) -> int:
    """How many periods `then` is later than `first`; both of one grain."""
    per_year = round(12 / first.months)
    return (then.year - first.year) * per_year + then.index - first.index


def adoption(
    shares: pl.DataFrame,
    starts: Mapping[str, str],
    touched: Mapping[str, str],
    shown: frozenset[str],
) -> Adoption | None:
    """Line up sites by the start of a roll-out; None with fewer than three started sites.

    Every site counts once, however large: a large one should not stand for all. What is compared
    are means beside each other, no effect: who starts first may differ from who starts later.

    Args:
        shares: ``location``, ``period`` and ``value`` of each site; periods of one grain.
        starts: per site the period in which it started, of any grain; the earliest.
        touched: per site the period in which anything started first, this or something else; a site
            that something else has begun to change is no comparison.
        shown: the started sites that are asked for.
    """
    known = shares.drop_nulls("value")
    if known.is_empty():
        return None
    mine = _lined(known, starts, "since").filter(
        pl.col("location").is_in(list(shown)), pl.col("since").is_between(-BEFORE, AFTER)
    )
    sites = mine["location"].n_unique()
    if sites < LEAST:
        return None
    waiting = _lined(known, touched, "changed").filter(
        pl.col("changed").is_null() | (pl.col("changed") < 0)
    )
    beside = (
        mine.select("since", "period")
        .join(waiting.select("period", "location", "value"), on="period")
        .group_by("since", "location")
        .agg(pl.col("value").mean())
    )
    return Adoption(_means(mine), _means(beside), sites)


def _lined(shares: pl.DataFrame, starts: Mapping[str, str], name: str) -> pl.DataFrame:
    """The shares with how many periods each is after the start at its site; null without one."""
    grain = parse(shares["period"][0]).grain
    places = {text: parse(text) for text in shares["period"].unique()}
    begun = {
        site: parse(pl.select(period_of(pl.lit(parse(text).first_day), grain)).item())
        for site, text in starts.items()
    }
    steps = pl.DataFrame(
        [
            (text, site, steps_between(start, period))
            for text, period in places.items()
            for site, start in begun.items()
        ],
        schema={"period": pl.String, "location": pl.String, name: pl.Int64},
        orient="row",
    )
    return shares.join(steps, on=["period", "location"], how="left")


def _means(rows: pl.DataFrame) -> pl.DataFrame:
    """Per `since` the mean over the sites with its interval; fewer than three are left out."""
    found = (
        rows.group_by("since")
        .agg(pl.col("value").mean(), pl.col("value").std().alias("spread"), pl.len().alias("n"))
        .filter(pl.col("n") >= LEAST)
        .sort("since")
        .cast({"n": pl.Int64})
    )
    size, value = found["n"].to_numpy(), found["value"].to_numpy()
    half = special.stdtrit(size - 1, 0.5 + LEVEL / 2) * found["spread"].to_numpy() / np.sqrt(size)
    return found.select(
        "since",
        "value",
        low=pl.Series(value - half, dtype=pl.Float64),
        high=pl.Series(value + half, dtype=pl.Float64),
        n="n",
    )
