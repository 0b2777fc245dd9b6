"""Who worked where and when: hires, leavers and moves, month by month.

Whoever left before the window is not there, so staff of the first day enters a retention curve late
(left truncation). Every leaver leaves a vacancy, which keeps the mix of a site steady.
"""

import numpy as np
import numpy.typing as npt

from seed import jobs, leaving, moves
from seed.calendar import FIRST_DAYS, LAST_DAYS, MONTH_OF_YEAR, WINDOW_START
from seed.company import CLOSED_SITE, KINDS, NUMBER, SITES
from seed.jobs import AGENCY, MANAGER, ON_CALL, PERMANENT, STUDENT, TEMPORARY
from seed.kinds import CONTRACTS, FAMILIES, KIND
from seed.spells import (
    END_OF_CONTRACT,
    INVOLUNTARY,
    NO_REASON,
    OPEN,
    SPELL,
    TRANSFER,
)
from seed.world import World

Ints = npt.NDArray[np.int64]

_FILLED = 0.72
"""Share of vacancies filled in a month."""
_FROM_INSIDE, _PROMOTED, _CAME_BACK = 0.07, 0.5, 0.15
"""Shares: moves from a like site, promotions to manager, on-call staff and students returning."""
_STARTS_TEMPORARY = 0.88
"""Share of the successors of permanent staff who start on a temporary contract."""
_MOVES_AT_CLOSURE = 0.55
_YEARS = {PERMANENT: 8.0, TEMPORARY: 0.5, ON_CALL: 1.6, AGENCY: 0.8, STUDENT: 1.2}
"""Mean years with the company on the first day, by contract."""
_OLDEST = np.datetime64("2005-01-03", "D")
"""Nobody was hired before."""
_PEAK_FAMILY = {"warehouse": "logistics", "contact_centre": "service_agent"}
_OPENED = np.array([site.opened_on for site in SITES], dtype="M8[D]")
_CLOSED = np.array([site.closed_on or OPEN for site in SITES], dtype="M8[D]")
_STAFF = np.array([site.staff for site in SITES])


def _no_places() -> np.ndarray:
    return np.zeros(0, dtype=SPELL)


class Workforce:
    """The simulation's state: all spells so far, and vacancies as spells still to be filled."""

    def __init__(self, rng: np.random.Generator, world: World) -> None:
        self._rng = rng
        self._risk = leaving.burnout_risk(world)
        self._people = 0
        self._vacancies = _no_places()
        self.spells = _no_places()
        self._append(self._first_day())

    def _first_day(self) -> np.ndarray:
        """Everybody who is there when the window begins."""
        rng = self._rng
        site, family = _places(_OPENED < WINDOW_START)
        spells = jobs.draw(rng, site, family)
        mean = np.array([_YEARS[number] for number in range(len(CONTRACTS))])[spells["contract"]]
        possible = (WINDOW_START - np.maximum(_OPENED[site], _OLDEST)).astype(float) / 365.25
        possible = np.where(spells["contract"] == TEMPORARY, 1.0, possible)
        share = rng.random(len(spells)) * -np.expm1(-possible / mean)
        years = -mean * np.log1p(-share)
        start = WINDOW_START - 1 - (years * 365.25).astype("timedelta64[D]")
        spells["start"] = spells["hired"] = start
        spells["born"] = jobs.born(rng, spells, spells["start"])
        spells = spells[np.argsort(spells["start"], kind="stable")]
        return self._numbered(spells)

    def month(self, number: int) -> None:
        """One month: an opening, hires, seasonal staff, a closure, ends and what follows them."""
        first, last = FIRST_DAYS[number], LAST_DAYS[number]
        self._open(first)
        self._fill(first, last)
        self._season(number, first)
        if _CLOSED[NUMBER[CLOSED_SITE]] == last:
            self._close(NUMBER[CLOSED_SITE], last)
        rows = np.flatnonzero(self.spells["end"] == OPEN)
        ends = leaving.draw(
            self._rng,
            self.spells,
            rows,
            self._risk[:, number],
            (first, last),
            moves=number < len(FIRST_DAYS) - 1,
        )
        self._end(ends.spell, ends.day, ends.reason)
        self._make_permanent(ends.spell[ends.reason == TRANSFER])

    def _append(self, new: np.ndarray) -> None:
        self.spells = np.concatenate([self.spells, new])

    def _numbered(self, new: np.ndarray) -> np.ndarray:
        """Give new employees their numbers."""
        new["employee"] = self._people + np.arange(len(new))
        self._people += len(new)
        return new

    def _vacate(self, places: np.ndarray) -> None:
        """Places to fill again, but at a site that soon closes and of staff hired for a peak."""
        stays = (_CLOSED[places["site"]] > places["end"] + 100) & ~places["seasonal"]
        self._vacancies = np.concatenate([self._vacancies, places[stays]])

    def _end(self, rows: Ints, day: npt.ArrayLike, reason: npt.ArrayLike) -> None:
        """End spells; those that end by a transfer are followed up by the caller."""
        self.spells["end"][rows] = day
        self.spells["reason"][rows] = reason
        ended = self.spells[rows]
        self._vacate(ended[ended["reason"] != TRANSFER])

    def _follow(self, rows: Ints, places: np.ndarray | None = None) -> None:
        """Spells on the day after those in `rows`, in `places` where given."""
        new = self.spells[rows]
        new["start"], new["end"], new["reason"] = new["end"] + 1, OPEN, NO_REASON
        if places is not None:
            for column in ("site", "team", "family", "desk", "days"):
                new[column] = places[column]
        self._append(new)

    def _open(self, first: np.datetime64) -> None:
        """A site that opens in this month starts with all its places vacant."""
        new = (first > WINDOW_START) & (first == _OPENED)
        if new.any():
            self._vacancies = np.concatenate([self._vacancies, jobs.draw(self._rng, *_places(new))])

    def _fill(self, first: np.datetime64, last: np.datetime64) -> None:
        """Fill most vacancies: from inside, by former colleagues, by newcomers."""
        filled = self._rng.random(len(self._vacancies)) < _FILLED
        places, self._vacancies = self._vacancies[filled], self._vacancies[~filled]
        chance = np.where(places["family"] == MANAGER, _PROMOTED, _FROM_INSIDE)
        inside = self._rng.random(len(places)) < chance
        rows = np.full(len(places), moves.NOBODY, dtype=np.int64)
        rows[inside] = moves.candidates(self._rng, self.spells, places[inside], first)
        found = rows != moves.NOBODY
        self.spells["end"][rows[found]], self.spells["reason"][rows[found]] = first - 1, TRANSFER
        self._vacate(self.spells[rows[found]])
        self._follow(rows[found], places[found])
        later = self._rng.integers(1, int((last - first).astype(int)) - 7, np.sum(~found))
        self._hire(places[~found], first + np.where(self._rng.random(len(later)) < 0.6, 0, later))

    def _hire(self, places: np.ndarray, start: np.ndarray) -> None:
        """Newcomers, and former colleagues who come back, in the given places."""
        rng = self._rng
        new = jobs.draw(rng, places["site"], places["family"])
        for column in ("desk", "contract", "days", "seasonal"):
            new[column] = places[column]
        trial = (new["contract"] == PERMANENT) & (new["family"] != MANAGER)
        new["contract"][trial & (rng.random(len(new)) < _STARTS_TEMPORARY)] = TEMPORARY
        new["fte"] = jobs.draw_hours(rng, new["contract"], new["family"])
        new["start"] = new["hired"] = start
        new["born"] = jobs.born(rng, new, start)
        rows = moves.former_colleagues(rng, self.spells, new, _CAME_BACK)
        known = rows != moves.NOBODY
        again = new[known]
        for column in ("employee", "born"):
            again[column] = self.spells[column][rows[known]]
        self._append(np.concatenate([again, self._numbered(new[~known])]))

    def _season(self, number: int, first: np.datetime64) -> None:
        """Staff for the peak comes on the first of a month and goes when less is needed."""
        peak = np.array([KIND[kind].peak.get(int(MONTH_OF_YEAR[number]), 0.0) for kind in KINDS])
        needed = np.where((first + 60 < _CLOSED) & (_STAFF >= 20), np.rint(peak * _STAFF), 0)
        rows = np.flatnonzero((self.spells["end"] == OPEN) & self.spells["seasonal"])
        rows = self._rng.permutation(rows)
        site = self.spells["site"][rows]
        there = np.bincount(site, minlength=len(SITES))
        surplus = rows[_rank(site) >= needed[site]]
        self._end(surplus, first + self._rng.integers(2, 20, len(surplus)), END_OF_CONTRACT)
        short = np.maximum(needed - there, 0).astype(np.int64)
        site = np.repeat(np.arange(len(SITES)), short)
        family = np.array(
            [FAMILIES.index(_PEAK_FAMILY.get(kind, "sales")) for kind in KINDS], dtype=np.int64
        )[site]
        places = jobs.draw(self._rng, site, family)
        places["contract"] = np.where(KINDS[site] == "warehouse", AGENCY, STUDENT)
        places["seasonal"] = True
        self._hire(places, np.full(len(places), first))

    def _make_permanent(self, rows: Ints) -> None:
        """Temporary contracts that go on as permanent ones."""
        before = len(self.spells)
        self._follow(rows)
        self.spells["contract"][before:] = PERMANENT

    def _close(self, site: int, last: np.datetime64) -> None:
        """The site closes: some of its permanent staff moves to like sites in the region."""
        rng, like = self._rng, _like_sites(site)
        rows = np.flatnonzero((self.spells["end"] == OPEN) & (self.spells["site"] == site))
        permanent = self.spells["contract"][rows] == PERMANENT
        moved = permanent & (rng.random(len(rows)) < _MOVES_AT_CLOSURE)
        reason = np.where(permanent, INVOLUNTARY, END_OF_CONTRACT)
        self._end(rows, last, np.where(moved, TRANSFER, reason))
        places = self.spells[rows[moved]]
        places["site"] = rng.choice(like, len(places))
        places["team"] = jobs.draw_teams(rng, places["site"], places["family"])
        self._follow(rows[moved], places)
        self._vacancies = self._vacancies[self._vacancies["site"] != site]


def _places(where: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Site and job family of each position at the sites where `where` holds."""
    table = np.where(where[:, None], jobs.positions(), 0)
    site, family = (np.repeat(grid.ravel(), table.ravel()) for grid in np.indices(table.shape))
    return site, family


def _rank(groups: Ints) -> Ints:
    """How many earlier entries each entry's group has: [4, 4, 2, 4] -> [0, 1, 0, 2]."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - np.searchsorted(ordered, ordered)
    return rank


def _like_sites(site: int) -> Ints:
    """Other sites of the same kind in the same region, small ones left out."""
    return np.array(
        [
            number
            for number, other in enumerate(SITES)
            if (other.kind, other.region) == (SITES[site].kind, SITES[site].region)
            and number != site
            and other.staff >= 20
        ],
        dtype=np.int64,
    )


def simulate(rng: np.random.Generator, world: World) -> np.ndarray:
    """All spells of the window, as rows of SPELL."""
    workforce = Workforce(rng, world)
    for number in range(len(FIRST_DAYS)):
        workforce.month(number)
    return workforce.spells
