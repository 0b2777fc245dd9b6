"""What the Ideas page can follow of a selection: nothing is told of who sent an idea in."""

from dataclasses import replace
from typing import Final

from metrics.catalogue import CATALOGUE
from metrics.idea_log import SUBMITTED
from models.cells import Release
from pages.shared.filters import DIMENSIONS, Filters

IN_TIME: Final = CATALOGUE["decided_in_30_days"]


def followed(filters: Filters, release: Release) -> Filters:
    """The filters that ideas one by one know."""
    return replace(filters, chosen=filters.where(release.dims(SUBMITTED)))


def lost(filters: Filters, release: Release) -> tuple[str, ...]:
    """The filtered dimensions that they do not know."""
    known = release.dims(SUBMITTED)
    return tuple(dim for dim in DIMENSIONS if dim not in known and filters.values(dim))
