"""The latent site-month quantities behind every table: what nobody sees and everything follows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seed import truth
from seed.calendar import ALL_MONTHS, LEAD_IN, of_year
from seed.company import KINDS, NUMBER, SITES
from seed.kinds import KIND
from seed.rollouts import PLATFORM, shift, started

Floats = npt.NDArray[np.float64]

_WORKLOAD_PEAKS: dict[str, dict[int, float]] = {
    "shop": {11: 0.20, 12: 0.40},
    "airport_shop": {7: 0.30, 8: 0.30, 12: 0.15},
    "day_care": {1: 0.15, 9: 0.15},
    "contact_centre": {12: 0.30, 1: 0.35},
    "warehouse": {11: 0.35, 12: 0.45},
}
_WINTER = {12: 0.02, 1: 0.05, 2: 0.05, 3: 0.02, 6: -0.02, 7: -0.05, 8: -0.05}
_CUSTOMER_SEASON = {12: -3.0, 1: -1.0, 5: 1.0, 6: 1.0, 7: -1.0}
PLATFORM_CONTACT = 3.10
"""Mean contact level of the sites that got the platform: it went where contact was poor."""


ROOM = np.array([0.3 if np.sum(kind == KINDS) == 1 else 1.0 for kind in KINDS])
"""How far a site's level may differ from its kind's: the only site of a kind stays close to it, so
that desk and non-desk differ by what is written and not by one draw."""


@dataclass(frozen=True, slots=True)
class World:
    """Latent quantities, each sites x all months (lead-in included), in units of the answers.

    burnout holds the whole site-month quantity; burnout_rest is what contact, dissonance and
    workload do not explain. experience is in NPS points, as a level and not as a deviation.
    """

    contact: Floats
    dissonance: Floats
    workload: Floats
    tool_fit: Floats
    voice: Floats
    burnout_rest: Floats
    burnout: Floats
    experience: Floats

    def seen(self, name: str, lag: int = 0) -> Floats:
        """A quantity over the window's months, `lag` months earlier: sites x months."""
        values: Floats = getattr(self, name)
        return values[:, LEAD_IN - lag : len(ALL_MONTHS) - lag]


def in_window(values: Floats) -> Floats:
    """The window's columns of an array over all months."""
    return values[:, LEAD_IN:]


def contact_curve(contact: Floats) -> Floats:
    """Burnout that a level of contact adds, against the centre of contact (BAT points)."""
    curve = truth.CONTACT_TO_BURNOUT
    centre = truth.CONTACT.centre
    return curve.size * ((contact - curve.optimum) ** 2 - (centre - curve.optimum) ** 2)


def _deviations(rng: np.random.Generator, within: float) -> Floats:
    """A stationary AR(1) for each site with standard deviation `within`."""
    rho = truth.PERSISTENCE
    shocks = rng.standard_normal((len(SITES), len(ALL_MONTHS)))
    values = np.empty_like(shocks)
    values[:, 0] = shocks[:, 0]
    for month in range(1, values.shape[1]):
        values[:, month] = rho * values[:, month - 1] + np.sqrt(1 - rho**2) * shocks[:, month]
    return within * values


def _kind_season(patterns: dict[str, dict[int, float]]) -> Floats:
    return np.stack([of_year(patterns.get(site.kind, {})) for site in SITES])


def _contact_levels(rng: np.random.Generator) -> Floats:
    levels = truth.CONTACT.centre + truth.CONTACT.between * ROOM * rng.standard_normal(len(SITES))
    platform = [NUMBER[site] for site in started(PLATFORM)]
    levels[platform] = rng.normal(PLATFORM_CONTACT, 0.15, len(platform))
    return np.clip(levels, 2.6, 4.2)


def build(rng: np.random.Generator, without: str = "") -> World:
    """Draw the world: levels, monthly deviations, seasons, roll-outs, events and links.

    With the same generator and `without` a roll-out, it is the world in which that roll-out did not
    come; the difference of the two is the roll-out's true effect, site by site, month by month.
    """
    count = len(SITES)
    by_kind = {name: np.array([getattr(KIND[kind], name) for kind in KINDS])
               for name in ("burnout", "dissonance", "nps")}  # fmt: skip
    quality = rng.standard_normal(count)
    rest = np.sqrt(1 - abs(truth.LEVELS_CORRELATION))
    shared = np.sqrt(abs(truth.LEVELS_CORRELATION))

    def level(process: truth.Process, sign: float) -> Floats:
        own = rng.standard_normal(count)
        return process.centre + process.between * ROOM * (sign * shared * quality + rest * own)

    def column(values: Floats) -> Floats:
        return values[:, None]

    contact = column(_contact_levels(rng)) + _deviations(rng, truth.CONTACT.within)
    dissonance_level = rng.normal(by_kind["dissonance"], truth.DISSONANCE.between)
    dissonance = column(dissonance_level) + _deviations(rng, truth.DISSONANCE.within)
    workload_level = rng.normal(truth.WORKLOAD.centre, truth.WORKLOAD.between, count)
    workload = column(workload_level) + _deviations(rng, truth.WORKLOAD.within)
    tool_level = rng.normal(truth.TOOL_FIT.centre, truth.TOOL_FIT.between, count)
    tool_fit = column(tool_level) + _deviations(rng, truth.TOOL_FIT.within)
    contact = contact + shift("contact", without)
    dissonance = dissonance + shift("dissonance", without)
    workload = workload + shift("workload", without) + _kind_season(_WORKLOAD_PEAKS)

    burnout_rest = (
        column(level(truth.BURNOUT, -1.0) + by_kind["burnout"])
        + _deviations(rng, truth.BURNOUT.within)
        + of_year(_WINTER)
        + shift("burnout", without)
    )
    burnout = (
        burnout_rest
        + contact_curve(contact)
        + truth.DISSONANCE_TO_BURNOUT.size * (dissonance - truth.DISSONANCE.centre)
        + truth.WORKLOAD_TO_BURNOUT.size * (workload - truth.WORKLOAD.centre)
    )
    experience = (
        column(level(truth.EXPERIENCE, 1.0) + by_kind["nps"])
        + _deviations(rng, truth.EXPERIENCE.within)
        + of_year(_CUSTOMER_SEASON)
        + shift("nps", without)
        + truth.BURNOUT_TO_EXPERIENCE.size
        * _earlier(burnout - truth.BURNOUT.centre, truth.BURNOUT_TO_EXPERIENCE.lag)
        + truth.DISSONANCE_TO_EXPERIENCE.size
        * _earlier(dissonance - column(by_kind["dissonance"]), truth.DISSONANCE_TO_EXPERIENCE.lag)
    )
    return World(
        contact=contact,
        dissonance=dissonance,
        workload=workload,
        tool_fit=tool_fit + shift("tool_fit", without),
        voice=3.0 + 0.4 * (contact - truth.CONTACT.centre) + shift("voice", without),
        burnout_rest=burnout_rest,
        burnout=burnout,
        experience=experience,
    )


def _earlier(values: Floats, lag: int) -> Floats:
    """The values `lag` months earlier; the first columns, all lead-in, repeat the earliest."""
    return np.concatenate([np.repeat(values[:, :1], lag, axis=1), values[:, :-lag]], axis=1)
