"""Who leaves in a month, on which day and why: competing hazards by contract, tenure and site."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seed import truth
from seed.company import KINDS
from seed.jobs import MANAGER, TEMPORARY
from seed.kinds import KIND
from seed.spells import END_OF_CONTRACT, INVOLUNTARY, OTHER, RETIREMENT, TRANSFER, VOLUNTARY
from seed.world import World

Floats = npt.NDArray[np.float64]

_VOLUNTARY = np.array([1.0, 1.2, 2.4, 2.2, 2.2])
"""Voluntary hazard of each contract, against permanent staff."""
_INVOLUNTARY = np.array([0.014, 0.04, 0.05, 0.14, 0.04])
_END_OF_CONTRACT = np.array([0.0, 0.0, 0.08, 0.25, 0.10])
"""Per year, by contract. A temporary contract ends by its own date, see TEMPORARY_MONTHS."""
_OTHER = 0.006
TEMPORARY_MONTHS = 11
"""From this many months on, a temporary contract is made permanent or ends."""
_MADE_PERMANENT, _NOT_RENEWED = 0.30, 0.13
"""Shares of those contracts per month."""
_TENURE = ((0.25, 2.4), (1.0, 1.5), (3.0, 1.05), (10.0, 0.8), (np.inf, 0.5))
"""Factor on the voluntary hazard up to so many years with the company."""
RETIREMENT_AGE = 67.0


@dataclass(frozen=True, slots=True)
class Ends:
    """Spells (row numbers) that end in a month, the day, and the reason (place in REASONS)."""

    spell: npt.NDArray[np.int64]
    day: npt.NDArray[np.datetime64]
    reason: npt.NDArray[np.int64]


def burnout_risk(world: World) -> Floats:
    """Log of the factor that burnout of earlier months puts on leaving: sites x months."""
    parts = (
        link.size * (world.seen("burnout", link.lag) - truth.BURNOUT.centre)
        for link in truth.BURNOUT_TO_LEAVING
    )
    return sum(parts, start=np.zeros(1))


def _hazards(spells: np.ndarray, risk: Floats, last: np.datetime64) -> Floats:
    """Hazards of a month: spells x reasons."""
    years = (last - spells["hired"]).astype(float) / 365.25
    months = (last - spells["start"]).astype(float) / 30.4
    age = (last - spells["born"]).astype(float) / 365.25
    contract = spells["contract"]
    base = np.array([KIND[kind].leaving for kind in KINDS])[spells["site"]]
    limits, factors = zip(*_TENURE, strict=True)
    tenure = np.array(factors)[np.searchsorted(np.array(limits), years)]
    calm = np.where(spells["family"] == MANAGER, 0.6, 1.0)
    hazards = np.zeros((len(spells), 6))
    hazards[:, VOLUNTARY] = (
        base * _VOLUNTARY[contract] * tenure * calm * np.exp(risk[spells["site"]]) / 12
    )
    hazards[:, INVOLUNTARY] = _INVOLUNTARY[contract] * np.where(years < 1, 1.5, 1.0) / 12
    hazards[:, END_OF_CONTRACT] = _END_OF_CONTRACT[contract] / 12
    hazards[:, OTHER] = _OTHER / 12
    hazards[:, RETIREMENT] = np.where(age >= RETIREMENT_AGE, 50.0, np.where(age > 64, 0.012, 0))
    due = (contract == TEMPORARY) & (months >= TEMPORARY_MONTHS)
    hazards[due, TRANSFER] = _MADE_PERMANENT
    hazards[due, END_OF_CONTRACT] = _NOT_RENEWED
    return hazards


def draw(
    rng: np.random.Generator,
    spells: np.ndarray,
    active: npt.NDArray[np.int64],
    risk: Floats,
    days: tuple[np.datetime64, np.datetime64],
    *,
    moves: bool,
) -> Ends:
    """Draw the month's ends among the active spells.

    Args:
        active: row numbers of spells without an end.
        risk: by site, the log factor on voluntary leaving.
        days: first and last day of the month.
        moves: whether contracts may be made permanent (a transfer: a new spell must follow).
    """
    first, last = days
    rows = spells[active]
    hazards = _hazards(rows, risk, last)
    if not moves:
        hazards[:, TRANSFER] = 0.0
    total = hazards.sum(axis=1)
    leaves = rng.random(len(rows)) < -np.expm1(-total)
    which = rng.random(len(rows)) * total
    reason = (which[:, None] > np.cumsum(hazards, axis=1)).sum(axis=1)
    at_month_end = (rng.random(len(rows)) < 0.5) | (reason == TRANSFER) | (reason == RETIREMENT)
    day = first + rng.integers(0, int((last - first).astype(int)) + 1, len(rows))
    day = np.where(at_month_end, last, np.maximum(day, rows["start"] + 4))
    kept = leaves & (day <= last) & (day > rows["start"])
    return Ends(active[kept], day[kept], reason[kept])
