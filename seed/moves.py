"""Who fills a place from inside, and who comes back."""

import numpy as np
import numpy.typing as npt

from seed.company import KINDS
from seed.jobs import MANAGER, ON_CALL, PERMANENT, STUDENT
from seed.spells import END_OF_CONTRACT, OPEN, VOLUNTARY

Ints = npt.NDArray[np.int64]

NOBODY = -1
_SETTLED = np.timedelta64(180, "D")
_AWAY = np.timedelta64(60, "D")


def candidates(
    rng: np.random.Generator, spells: np.ndarray, places: np.ndarray, first: np.datetime64
) -> Ints:
    """For each place the row of a colleague who moves there on `first`, or NOBODY.

    A manager is promoted from the same site; any other place is filled from the same job family at
    another site of the same kind. Only permanent staff moves, after half a year in one place.
    """
    free = (spells["end"] == OPEN) & (spells["contract"] == PERMANENT)
    free &= spells["start"] < first - _SETTLED
    rows = np.full(len(places), NOBODY, dtype=np.int64)
    for number, place in enumerate(places):
        same_site = spells["site"] == place["site"]
        if place["family"] == MANAGER:
            fits = free & same_site & (spells["family"] != MANAGER)
        else:
            fits = free & ~same_site & (spells["family"] == place["family"])
            fits &= KINDS[spells["site"]] == KINDS[place["site"]]
        found = np.flatnonzero(fits)
        if len(found):
            rows[number] = rng.choice(found)
            free[rows[number]] = False
    return rows


def former_colleagues(
    rng: np.random.Generator, spells: np.ndarray, new: np.ndarray, share: float
) -> Ints:
    """For each new spell the row of the former colleague who it is, or NOBODY.

    About `share` of on-call staff and students worked at the same site before, left by choice or by
    contract, and were away for two months or more.
    """
    last = np.zeros(len(spells), dtype=bool)
    order = np.lexsort((spells["start"], spells["employee"]))
    employees = spells["employee"][order]
    last[order[np.append(employees[1:] != employees[:-1], True)]] = True
    left = last & np.isin(spells["reason"], (VOLUNTARY, END_OF_CONTRACT))
    left &= np.isin(spells["contract"], (ON_CALL, STUDENT))
    comes_back = np.isin(new["contract"], (ON_CALL, STUDENT)) & (rng.random(len(new)) < share)
    rows = np.full(len(new), NOBODY, dtype=np.int64)
    for number in np.flatnonzero(comes_back):
        fits = left & (spells["site"] == new["site"][number])
        fits &= spells["end"] + _AWAY < new["start"][number]
        found = np.flatnonzero(fits)
        if len(found):
            rows[number] = rng.choice(found)
            left[rows[number]] = False
    return rows
