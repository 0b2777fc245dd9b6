"""Two quantities of groups held against each other, among groups of one kind of site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from metrics import burnout, within
from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.sums import floats
from metrics.vocabulary import Measure
from models.cells import UNKNOWN
from pages.people.contact import CONTACT, Figure, mean
from pages.shared.asked import Asked
from pages.shared.windows import Window

TURNOVER = Figure(METRICS["turnover.rate"])


@dataclass(frozen=True, slots=True)
class Pair:
    """A quantity ``x`` against a quantity ``y``, among groups of one kind of site.

    ``rows``: ``location``, ``x``, ``y`` (moved to the average kind) and ``n`` answers behind x.
    ``by``: what the groups are.
    """

    x: Figure
    y: Figure
    by: Literal["team", "location"]
    rows: pl.DataFrame
    curve: within.Curve
    together: within.Together | None


def with_score(asked: Asked, x: Figure, scale: Measure, window: Window) -> Pair | None:
    """A measure of the people against burnout: by team, or site where teams are not told."""
    by_team = all("team" in asked.release.dims(code) for code in (*x.codes, scale.code))
    score = Figure(METRICS["measure.mean"], scale)
    return _pair(asked, x, score, window, "team" if by_team else "location", 2)


def over_time(asked: Asked, x: Figure, scale: Measure, window: Window) -> within.Together | None:
    """How a measure and a burnout score move together within sites, from period to period."""
    score = Figure(METRICS["measure.mean"], scale)
    dims = ("location", "period")
    if not all("location" in asked.release.dims(code) for code in (*x.codes, *score.codes)):
        return None
    found = asked.raw((*x.codes, *score.codes), window, *dims)
    rows = (
        x.of(found)
        .rows.select(*dims, x="value")
        .join(score.of(found).rows.select(*dims, y="value"), on=dims)
    )
    places, periods = rows["location"].to_list(), rows["period"].to_list()
    return within.over_time(floats(rows, "x"), floats(rows, "y"), places, periods)


def with_burnout(asked: Asked, window: Window) -> Iterator[Pair]:
    """Contact against burnout."""
    scale = next((code for code in burnout.MEANS if code in asked.release.facts), None)
    if scale is None:
        return
    for contact in CONTACT:
        found = with_score(asked, contact, CATALOGUE[scale], window)
        if found is not None:
            yield found


def with_turnover(asked: Asked, window: Window) -> Iterator[Pair]:
    """Contact against turnover between sites."""
    for contact in CONTACT:
        found = _pair(asked, contact, TURNOVER, window, "location", 2)
        if found is not None:
            yield found


def with_customers(asked: Asked, window: Window) -> Pair | None:
    """Acting friendly against what customers say, between sites."""
    return _pair(asked, mean("emotional_dissonance"), mean("nps"), window, "location", 1)


def _pair(
    asked: Asked,
    x: Figure,
    y: Figure,
    window: Window,
    by: Literal["team", "location"],
    degree: Literal[1, 2],
) -> Pair | None:
    dims = ("location",) if by == "location" else ("location", by)
    if not all(set(dims) <= asked.release.dims(code) for code in (*x.codes, *y.codes)):
        return None
    found = asked.raw((*x.codes, *y.codes), window, *dims)
    rows = (
        x.of(found)
        .rows.select(*dims, "n", x="value")
        .join(y.of(found).rows.select(*dims, y="value"), on=dims)
    )
    kinds = _kinds(asked)
    named = [kinds.get(site, UNKNOWN) for site in rows["location"]]
    left, right = floats(rows, "x"), floats(rows, "y")
    places = rows["location"].to_list()
    drawn = within.curve(left, right, named, degree, places=places)
    if drawn is None:
        return None
    moved = rows.select("location", "x", "n").with_columns(y=pl.Series(drawn.y))
    return Pair(x, y, by, moved, drawn, within.correlation(left, right, named, places))


def _kinds(asked: Asked) -> Mapping[str, str]:
    places = asked.release.locations.select("location_id", pl.col("kind").fill_null(UNKNOWN))
    return dict(places.iter_rows())
