"""A spell: one employee in one place, as a row of a structured array."""

import numpy as np
import numpy.typing as npt

from seed.calendar import FIRST_DAYS, LAST_DAYS, SURVEY_DAY
from seed.company import SITES
from seed.kinds import DESK_TYPES

Ints = npt.NDArray[np.int64]

REASONS = ("voluntary", "involuntary", "retirement", "end_of_contract", "transfer", "other")
VOLUNTARY, INVOLUNTARY, RETIREMENT, END_OF_CONTRACT, TRANSFER, OTHER = range(len(REASONS))
NO_REASON = -1
OPEN = np.datetime64("9999-12-31", "D")

SPELL = np.dtype(
    [
        ("employee", "i8"),  # number of the employee
        ("start", "M8[D]"),
        ("end", "M8[D]"),  # OPEN while it lasts
        ("reason", "i8"),  # place in REASONS
        ("site", "i8"),
        ("team", "i8"),
        ("family", "i8"),  # place in FAMILIES
        ("desk", "i8"),  # place in DESK_TYPES
        ("contract", "i8"),  # place in CONTRACTS
        ("days", "i8"),  # days a week worked elsewhere
        ("fte", "f8"),
        ("hired", "M8[D]"),  # first day of this employment, over its spells
        ("born", "M8[D]"),
        ("seasonal", "?"),  # hired for a peak
    ]
)
"""Columns of a spell. An employment is a chain of spells that follow each other by transfer."""


def active(spells: np.ndarray, day: np.datetime64) -> Ints:
    """Rows of the spells that hold on a day."""
    return np.flatnonzero((spells["start"] <= day) & (spells["end"] >= day))


def survey_days() -> np.ndarray:
    """The day of each month on which the survey's invitations go out."""
    return FIRST_DAYS + SURVEY_DAY


def people(spells: np.ndarray, days: np.ndarray | None = None) -> Ints:
    """Headcount on each day (default: the last of each month): sites x desk types x days."""
    days = LAST_DAYS if days is None else days
    shape = (len(SITES), len(DESK_TYPES))
    counts = np.zeros((*shape, len(days)), dtype=np.int64)
    for column, day in enumerate(days):
        there = spells[active(spells, day)]
        np.add.at(counts[:, :, column], (there["site"], there["desk"]), 1)
    return counts


def full_time(spells: np.ndarray) -> npt.NDArray[np.float64]:
    """Sum of contract shares on the last of each month: sites x desk types x months."""
    totals = np.zeros((len(SITES), len(DESK_TYPES), len(LAST_DAYS)))
    for column, day in enumerate(LAST_DAYS):
        there = spells[active(spells, day)]
        np.add.at(totals[:, :, column], (there["site"], there["desk"]), there["fte"])
    return totals
