"""The values of dimensions as the reader sees them, and their order."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from metrics.words import N_
from models.cells import UNKNOWN
from pages.shared.words import _

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "desk_type": {"desk": N_("Desk"), "non_desk": N_("Non-desk"), "hybrid": N_("Hybrid")},
    "customer_related": {
        "true": N_("About customers"),
        "false": N_("Not about customers"),
    },
    "contract_type": {
        "permanent": N_("Permanent"),
        "temporary": N_("Temporary"),
        "on_call": N_("On call"),
        "agency": N_("Agency"),
        "student": N_("Student"),
    },
    "remote_band": {
        "0 days": N_("0 days a week"),
        "1-2 days": N_("1-2 days a week"),
        "3-4 days": N_("3-4 days a week"),
        "5 days": N_("5 days a week"),
    },
    "tenure_band": {
        "under 1 year": N_("Under 1 year"),
        "1-3 years": N_("1-3 years"),
        "3-10 years": N_("3-10 years"),
        "over 10 years": N_("Over 10 years"),
    },
}
"""Names (msgids) of the data contract's own words, and of bands that many companies use."""

_BANDS: Final = ("remote_band", "tenure_band")
_LEAST: Final = ("none", "never", "under", "less", "<", "geen", "nooit", "korter", "minder")
_MOST: Final = ("over", "more", "longer", "above", ">", "meer", "langer", "altijd", "always")


def value_name(dim: str, value: str) -> str:
    """A value of a dimension as the reader sees it; the company's own words stay as they are."""
    if value == UNKNOWN:
        return _("Unknown")
    known = _NAMES.get(dim, {}).get(value)
    if known is not None:
        return _(known)
    return value.replace("_", " ").capitalize() if value.islower() else value


def in_order(dim: str, values: Iterable[str]) -> tuple[str, ...]:
    """Values in the order of the alphabet; bands from little to much, what is unknown last."""
    return tuple(sorted(values, key=_size if dim in _BANDS else _text))


def _text(value: str) -> tuple[bool, str]:
    return value == UNKNOWN, value


def _size(band: str) -> tuple[bool, int, float, str]:
    """`under 1 year`, `1-3 years`, `over 10 years`: by the words, then by the first number."""
    said = band.casefold()
    first = re.search(r"\d+(?:[.,]\d+)?", said)
    number = float(first.group().replace(",", ".")) if first else 0.0
    place = -1 if said.startswith(_LEAST) else 1 if said.startswith(_MOST) else 0
    return band == UNKNOWN, place, number, said
