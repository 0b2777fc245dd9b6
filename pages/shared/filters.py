"""The filters: a frozen value, read from an address, checked against what exists, written back.

Nothing here knows Streamlit: `pages.shared.sidebar` holds the value in the session and draws it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from metrics.words import N_
from models.cells import UNKNOWN
from release.periods import PeriodError, parse

DIMENSIONS: Final[Mapping[str, str]] = {
    "region": N_("Region"),
    "location": N_("Location"),
    "kind": N_("Site kind"),
    "desk_type": N_("Desk type"),
    "job_family": N_("Job family"),
    "remote_band": N_("Remote work"),
    "tenure_band": N_("Time with the company"),
    "contract_type": N_("Contract"),
}
"""What can be filtered, in the order of the sidebar, with labels (msgids)."""

FROM: Final = "from"
TO: Final = "to"
PARAMETERS: Final = (FROM, TO, *DIMENSIONS)

# A longer list would not fit in an address; the choice itself is not limited.
MOST_IN_ADDRESS: Final = 60


@dataclass(frozen=True, slots=True)
class Filters:
    """What the visitor limited the view to. An empty tuple or None does not limit.

    ``chosen``: dimension and values, only for dimensions that limit, in the order of
    `DIMENSIONS`.
    """

    first: str | None = None
    last: str | None = None
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def values(self, dim: str) -> tuple[str, ...]:
        return dict(self.chosen).get(dim, ())

    def with_values(self, dim: str, values: Sequence[str]) -> "Filters":
        """These filters with another choice in one dimension."""
        choice = {**dict(self.chosen), dim: tuple(values)}
        kept = tuple((name, choice[name]) for name in DIMENSIONS if choice.get(name))
        return replace(self, chosen=kept)

    def is_open(self) -> bool:
        """Whether nothing is limited."""
        return self == Filters()

    def where(self, dims: frozenset[str] | None = None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The filters as a question wants them; with `dims` only those among them."""
        return tuple((dim, values) for dim, values in self.chosen if dims is None or dim in dims)


@dataclass(frozen=True, slots=True)
class Options:
    """What exists: the periods in order, the values of each dimension, the sites by place."""

    periods: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    region_of: Mapping[str, str | None]
    kind_of: Mapping[str, str | None]

    def locations(self, filters: Filters) -> tuple[str, ...]:
        """The sites in the chosen regions and of the chosen kinds."""
        regions, kinds = set(filters.values("region")), set(filters.values("kind"))
        return tuple(
            site
            for site in self.values.get("location", ())
            if (not regions or (self.region_of.get(site) or UNKNOWN) in regions)
            and (not kinds or (self.kind_of.get(site) or UNKNOWN) in kinds)
        )


def read(address: Mapping[str, Sequence[str]], options: Options) -> Filters:
    """The filters that an address asks for, as far as they exist."""
    filters = Filters(
        first=next(iter(address.get(FROM, ())), None), last=next(iter(address.get(TO, ())), None)
    )
    for dim in DIMENSIONS:
        filters = filters.with_values(dim, address.get(dim, ()))
    return checked(filters, options)


def checked(filters: Filters, options: Options) -> Filters:
    """The filters without what does not exist: the browser's word is not taken for it."""
    first = filters.first if filters.first in options.periods else None
    last = filters.last if filters.last in options.periods else None
    if first and last and not _in_order(first, last):
        first, last = last, first
    kept = Filters(first=first, last=last)
    for dim in DIMENSIONS:
        kept = kept.with_values(dim, _known(filters.values(dim), options.values.get(dim, ())))
    # The sites are limited by region and kind, once these are checked.
    sites = options.locations(kept)
    return kept.with_values("location", _known(kept.values("location"), sites))


def _known(wanted: Sequence[str], exist: Sequence[str]) -> list[str]:
    return [value for value in dict.fromkeys(wanted) if value in set(exist)]


def _in_order(first: str, last: str) -> bool:
    try:
        return parse(first).first_day <= parse(last).first_day
    except PeriodError:
        return False


def written(filters: Filters) -> dict[str, list[str]]:
    """What the address must say for these filters to come back.

    A choice of more than `MOST_IN_ADDRESS` values is left out: the session still holds it.
    """
    said: dict[str, list[str]] = {}
    if filters.first:
        said[FROM] = [filters.first]
    if filters.last:
        said[TO] = [filters.last]
    for dim, values in filters.chosen:
        if len(values) <= MOST_IN_ADDRESS:
            said[dim] = list(values)
    return said
