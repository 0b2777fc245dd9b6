"""Published figures of the Netherlands to hold one's own against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from metrics.results import Estimate
from metrics.words import N_


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure in percent, of what, of when and by whom; texts are msgids."""

    who: str
    value: float
    when: str
    source: str


_NEA: Final = N_("CBS and TNO (NEA)")

EXHAUSTION: Final[Sequence[Published]] = (
    Published(N_("Netherlands, all employees"), 20.0, "2022", _NEA),
    Published(N_("Men"), 18.3, "2022", _NEA),
    Published(N_("Women"), 21.9, "2022", _NEA),
    Published(N_("Netherlands, all employees"), 17.0, "2019", _NEA),
    Published(N_("Education"), 24.0, "2019", _NEA),
    Published(N_("Health care"), 20.0, "2019", _NEA),
    Published(N_("ICT"), 17.0, "2019", _NEA),
    Published(N_("Commercial occupations"), 15.0, "2019", _NEA),
    Published(N_("Service occupations"), 15.0, "2019", _NEA),
)
"""Share with work-related mental exhaustion (UBOS-5 above 3.20); the series breaks at 2022."""
SAME_EMPLOYER: Final[Sequence[Published]] = (
    Published(
        N_("Netherlands, all employees"), 75.9, N_("January 2019 to January 2020"), N_("CBS")
    ),
    Published(
        N_("Netherlands, hotels and restaurants"),
        57.1,
        N_("January 2019 to January 2020"),
        N_("CBS"),
    ),
)
"""Share of employees who have the same employer a year later."""

CHANGED_JOB: Final[Sequence[Published]] = (
    Published(N_("Netherlands, all employees"), 4.7, N_("2022, per quarter"), N_("CBS")),
)
"""Share of employees who changed job in a quarter."""

_QUARTERS: Final = 4


def per_quarter(yearly: Estimate) -> Estimate:
    """A rate per year as a rate per quarter: a fourth of it, since rates add up."""
    low = None if yearly.low is None else yearly.low / _QUARTERS
    high = None if yearly.high is None else yearly.high / _QUARTERS
    return replace(yearly, value=yearly.value / _QUARTERS, low=low, high=high)
