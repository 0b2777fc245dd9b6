"""What the reader chooses on the Turnover page: denominator, contracts, the same sites."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from metrics.turnover import DENOMINATORS, PERSON_YEARS
from metrics.words import N_
from models import settings
from models.engine import engine
from pages.shared import choices
from pages.shared.filters import Filters
from pages.shared.words import _, words

_ALL: Final = "all"
_PERMANENT: Final = "permanent"
_SAME: Final = "same"

NAMES: Final[Mapping[str, str]] = {
    PERSON_YEARS: N_("person-years"),
    "average": N_("average headcount"),
    "end_of_period": N_("headcount at the end"),
}
"""The denominators in words (msgids)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. ``fixed``: the sidebar limits contracts already, so the page does not."""

    denominator: str
    permanent: bool
    same_sites: bool
    fixed: bool = False


def choose(filters: Filters) -> Choice:
    """The three controls, side by side where there is room."""
    default = settings.denominator(engine())
    fixed = bool(filters.values("contract_type"))
    first, second, third = st.columns(3, gap="medium")
    names = {code: _(NAMES[code]) for code in DENOMINATORS}
    denominator = choices.settled("denominator", list(names), default)
    key = _key("denominator", denominator)
    first.selectbox(
        _("Turnover divided by"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=choices.keep,
        args=("denominator", key),
    )
    with second:
        contracts = _one_of(
            "contracts",
            _("Contracts"),
            {_ALL: _("all"), _PERMANENT: _("permanent only")},
            disabled=fixed,
            about=_("Without temporary, on-call, agency and student contracts."),
        )
    with third:
        sites = _one_of(
            "sites",
            _("Sites"),
            {_ALL: _("all"), _SAME: _("the same in both years")},
            about=_("Only sites with figures in every period of these and the year before."),
        )
    return Choice(denominator, contracts == _PERMANENT and not fixed, sites == _SAME, fixed)


def _key(name: str, value: str) -> str:
    """The key of a widget, which is set to a value: the browser remembers labels, not codes.

    So each language needs a widget of its own.
    """
    key = f"turnover_{name}_{words().language}"
    st.session_state[key] = value
    return key


def _one_of(
    name: str, label: str, options: Mapping[str, str], *, about: str, disabled: bool = False
) -> str:
    """One of a few options side by side; the first is the default."""
    value = choices.settled(name, list(options), next(iter(options)))
    key = _key(name, value)
    st.segmented_control(
        label,
        list(options),
        format_func=dict(options).__getitem__,
        key=key,
        on_change=choices.keep,
        args=(name, key),
        disabled=disabled,
        help=about,
        required=True,
    )
    return value
