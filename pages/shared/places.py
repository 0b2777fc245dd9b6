"""Filters on place: they limit which sites are shown, and not what these are judged by."""

from typing import Final

import polars as pl

from models.cells import UNKNOWN, Release, Scope
from pages.shared.filters import Filters

PLACES: Final = ("region", "location", "kind")
_COLUMNS: Final = dict(zip(PLACES, ("region", "location_id", "kind"), strict=True))

Chosen = tuple[tuple[str, tuple[str, ...]], ...]


def of_work(filters: Filters) -> Chosen:
    """What was chosen besides place."""
    return tuple((dim, values) for dim, values in filters.chosen if dim not in PLACES)


def shown(release: Release, filters: Filters, scope: Scope) -> frozenset[str]:
    """The sites that the filters on place, and what was granted, leave."""
    places = release.locations
    for dim, column in _COLUMNS.items():
        values = filters.values(dim)
        if values:
            places = places.filter(pl.col(column).fill_null(UNKNOWN).is_in(values))
    found = frozenset(places["location_id"])
    return found if scope.locations is None else found & scope.locations
