"""Two quantities of the same sites, lined up by site and period."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl

from metrics.adoption import steps_between
from metrics.intervals import FloatArray, Z
from release.periods import Grain, parse, period_of

LEAST_SITES: Final = 20
LEAST_PERIODS: Final = 4
"""Of fewer nothing is said of a link; counted before anything is lagged."""

Reason = Literal["no_wx", "no_cx", "never_together"]

_COARSENESS: Final[tuple[Grain, ...]] = ("month", "four_weeks", "quarter", "year")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One quantity by site and period; three arrays, sites x periods, NaN where unknown.

    ``value``; ``n``: how many answers (or people, tickets ...) it rests on; ``error``: the variance
    that comes from these being a sample (from the 95 % interval; NaN: no interval was given).
    """

    value: FloatArray
    n: FloatArray
    error: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Lined:
    """One quantity with its sites and consecutive periods, in order."""

    sites: tuple[str, ...]
    periods: tuple[str, ...]
    side: Side


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Worker experience (x) and customer experience (y) of the sites that have both.

    Attributes:
        sites, periods: in order; the periods are consecutive, those in which nothing is known too.
        x, y: the quantities.
        left_out: sites that are not in it, and why.
    """

    sites: tuple[str, ...]
    periods: tuple[str, ...]
    x: Side
    y: Side
    left_out: dict[str, Reason]

    @property
    def both(self) -> np.ndarray:
        """Where both are known, sites x periods."""
        return np.isfinite(self.x.value) & np.isfinite(self.y.value)

    @property
    def lone(self) -> tuple[int, int]:
        """Site-periods in which x is known and y is not, and the other way round."""
        x, y = np.isfinite(self.x.value), np.isfinite(self.y.value)
        return int((x & ~y).sum()), int((y & ~x).sum())

    @property
    def gaps(self) -> int:
        """Site-periods without both, between a site's first and last period with both."""
        both = self.both
        begun = np.maximum.accumulate(both, axis=1)
        going = np.maximum.accumulate(both[:, ::-1], axis=1)[:, ::-1]
        return int((begun & going & ~both).sum())

    @property
    def missing(self) -> dict[str, int]:
        """What there is too little of, and how many there are; empty when there is enough."""
        both = self.both
        there = {
            "sites": int(both.any(axis=1).sum()),
            "periods": int(both.any(axis=0).sum()),
        }
        least = {"sites": LEAST_SITES, "periods": LEAST_PERIODS}
        return {name: count for name, count in there.items() if count < least[name]}


def panel(x: pl.DataFrame, y: pl.DataFrame) -> Panel:
    """Line up two quantities.

    Where one is told in longer periods, the other is brought to these: its values weighted by n.
    Sites that lack one of the two, or never have both in one period, are left out and named.

    Args:
        x, y: ``location``, ``period``, ``value``, ``low``, ``high`` (95 %) and ``n``, a row per
            site and period (the rows of a table by these); rows without a value are left out.
    """
    grain = _coarser(x, y)
    first, second = _brought(x, grain), _brought(y, grain)
    known = [set(each["location"].to_list()) for each in (first, second)]
    left_out: dict[str, Reason] = dict.fromkeys(sorted(known[1] - known[0]), "no_wx")
    left_out |= dict.fromkeys(sorted(known[0] - known[1]), "no_cx")
    together = set(first.join(second, on=["location", "period"], how="semi")["location"].to_list())
    left_out |= dict.fromkeys(sorted((known[0] & known[1]) - together), "never_together")
    sites = tuple(sorted(together))
    periods = _consecutive(first, second, together)
    return Panel(
        sites, periods, _side(first, sites, periods), _side(second, sites, periods), left_out
    )


def lined(rows: pl.DataFrame) -> Lined:
    """One quantity by site and period; rows as in `panel`, all of one grain or brought to it."""
    mine = _brought(rows, _coarser(rows))
    sites = tuple(sorted(mine["location"].unique().to_list()))
    periods = _consecutive(mine, mine, set(sites))
    return Lined(sites, periods, _side(mine, sites, periods))


def placed(
    values: FloatArray, of: Panel, sites: tuple[str, ...], periods: tuple[str, ...]
) -> FloatArray:
    """Values of a panel's sites and periods, at the places of others; NaN where it has none."""
    moved = np.full((len(sites), len(periods)), np.nan)
    rows = [(at, sites.index(site)) for at, site in enumerate(of.sites) if site in sites]
    columns = [(at, periods.index(each)) for at, each in enumerate(of.periods) if each in periods]
    if rows and columns:
        from_rows, to_rows = zip(*rows, strict=True)
        from_columns, to_columns = zip(*columns, strict=True)
        moved[np.ix_(to_rows, to_columns)] = values[np.ix_(from_rows, from_columns)]
    return moved


def column(period: str, periods: tuple[str, ...]) -> int:
    """The place of a period among consecutive ones of one grain, by its first day.

    Negative before the first of them, and beyond their number after the last.
    """
    first = parse(periods[0])
    mine = parse(pl.select(period_of(pl.lit(parse(period).first_day), first.grain)).item())
    return steps_between(first, mine)


def _coarser(*frames: pl.DataFrame) -> Grain:
    grains = {parse(text).grain for frame in frames for text in frame["period"].unique()}
    return max(grains, key=_COARSENESS.index, default="month")


def _brought(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Rows by location and period of a grain: means weighted by n, with their error."""
    found = (
        rows.drop_nulls("value")
        .filter(pl.col("n") > 0)
        .select(
            pl.col("location").cast(pl.String),
            pl.col("period").cast(pl.String),
            pl.col("value").cast(pl.Float64),
            pl.col("n").cast(pl.Float64),
            error=((pl.col("high") - pl.col("low")).cast(pl.Float64) / (2 * Z)) ** 2,
        )
    )
    if {parse(text).grain for text in found["period"].unique()} <= {grain}:
        return found
    coarse = {
        text: pl.select(period_of(pl.lit(parse(text).first_day), grain)).item()
        for text in found["period"].unique()
    }
    total = pl.col("n").sum()
    return (
        found.with_columns(pl.col("period").replace_strict(coarse))
        .group_by("location", "period")
        .agg(
            value=(pl.col("value") * pl.col("n")).sum() / total,
            error=pl.when(pl.col("error").is_null().any())
            .then(None)
            .otherwise((pl.col("error") * pl.col("n") ** 2).sum() / total**2),
            n=total,
        )
    )


def _consecutive(x: pl.DataFrame, y: pl.DataFrame, sites: set[str]) -> tuple[str, ...]:
    """All periods from the first to the last in which anything is known of these sites."""
    inside = pl.col("location").is_in(list(sites))
    texts = pl.concat([each.filter(inside)["period"] for each in (x, y)]).unique()
    every = sorted((parse(text) for text in texts), key=lambda period: period.first_day)
    if not every:
        return ()
    found = [every[0]]
    while found[-1].first_day < every[-1].first_day:
        found.append(found[-1].shifted(1))
    return tuple(period.text for period in found)


def _side(rows: pl.DataFrame, sites: tuple[str, ...], periods: tuple[str, ...]) -> Side:
    place = {site: i for i, site in enumerate(sites)}
    time = {period: i for i, period in enumerate(periods)}
    mine = rows.filter(pl.col("location").is_in(sites))
    at = (
        np.array([place[site] for site in mine["location"]], dtype=np.int64),
        np.array([time[period] for period in mine["period"]], dtype=np.int64),
    )
    arrays = []
    for column in ("value", "n", "error"):
        array = np.full((len(sites), len(periods)), np.nan)
        array[at] = mine[column].to_numpy()
        arrays.append(array)
    return Side(*arrays)
