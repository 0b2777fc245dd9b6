"""Published figures of the Netherlands to hold one's own against."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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
