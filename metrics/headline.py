"""The headline: what, how much, since when, how sure. It never says why."""

import polars as pl

from metrics.changes import change
from metrics.overview import KeyFigure
from metrics.results import Estimate, Table
from metrics.words import N_, Amount, Moment, Sentence, Word

_LEVEL = N_("{label} stands at {value} (95 % interval {low} to {high}), {first} to {last}.")
_LEVEL_ONE = N_("{label} stands at {value} (95 % interval {low} to {high}), {last}.")
_BARE = N_("{label} stands at {value}, {first} to {last}.")
_BARE_ONE = N_("{label} stands at {value}, {last}.")
_BOUND = N_("{label} stands at {value} or more (95 % interval {low} to {high}), {first} to {last}.")
_BOUND_ONE = N_("{label} stands at {value} or more (95 % interval {low} to {high}), {last}.")
_UP = N_("That is {difference} more than a year before (95 % interval {low} to {high}).")
_DOWN = N_("That is {difference} less than a year before (95 % interval {low} to {high}).")
_SAME = N_("No detectable change on a year before.")
_UNSURE = N_("Whether it changed on a year before cannot be told: there is no interval.")
_NO_PAST = N_("There is no comparable figure of a year before.")
_SITES = N_("Sites that stand out as worse than the others: {count} of {all}.")
_NO_SITES = N_("No site stands out as worse than the others.")


def headline(
    figure: KeyFigure, now: Table, before: Table | None = None, sites: Table | None = None
) -> tuple[Sentence, ...]:
    """Up to three sentences about one key figure; none when there is nothing to show.

    Args:
        figure: as a rule ``overview.leading(...)``.
        now: its metric without grouping, over the window.
        before: the same a year earlier; None or empty: it says that there is none.
        sites: ``standing_out`` by location; None leaves the sentence out.
    """
    level = now.estimate()
    if level is None:
        return ()
    said = [_level(figure, level), _change(figure, now, before)]
    if sites is not None and sites.rows.height:
        said.append(_sites(sites))
    return tuple(said)


def _level(figure: KeyFigure, level: Estimate) -> Sentence:
    params: dict[str, Word | Amount | Moment] = {
        "label": Word(figure.label, figure.label_nl),
        "value": Amount(level.value, level.unit),
    }
    known = level.low is not None and level.high is not None
    if level.low is not None and level.high is not None:
        params |= {"low": Amount(level.low, level.unit), "high": Amount(level.high, level.unit)}
    one = level.first == level.last
    if level.last is not None:
        params["last"] = Moment(level.last)
    if level.first is not None and not one:
        params["first"] = Moment(level.first)
    if not known:
        return Sentence(_BARE_ONE if one else _BARE, params)
    if level.at_least:
        return Sentence(_BOUND_ONE if one else _BOUND, params)
    return Sentence(_LEVEL_ONE if one else _LEVEL, params)


def _change(figure: KeyFigure, now: Table, before: Table | None) -> Sentence:
    if before is None or before.rows.height != 1:
        return Sentence(_NO_PAST)
    row = change(now, before).rows.row(0, named=True)
    if row["low"] is None:
        return Sentence(_UNSURE)
    if not row["changed"]:
        return Sentence(_SAME)
    unit = "points" if figure.unit in ("percent", "nps") else figure.unit
    up = row["value"] > 0
    # A fall is told as a positive amount, so its interval turns around as well.
    ends = (row["low"], row["high"]) if up else (-row["high"], -row["low"])
    return Sentence(
        _UP if up else _DOWN,
        {
            "difference": Amount(abs(row["value"]), unit),
            "low": Amount(ends[0], unit),
            "high": Amount(ends[1], unit),
        },
    )


def _sites(sites: Table) -> Sentence:
    worse = sites.rows.filter(pl.col("flagged") & pl.col("worse")).height
    if not worse:
        return Sentence(_NO_SITES)
    count, every = Amount(worse, "count"), Amount(sites.rows.height, "count")
    return Sentence(_SITES, {"count": count, "all": every})
