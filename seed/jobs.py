"""The jobs of a site and who holds them: families, teams, contracts, hours, remote days."""

from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from seed.company import IDS, KINDS, SITES
from seed.kinds import (
    CONTRACTS,
    DESK_TYPES,
    FAMILIES,
    HYBRID_AT,
    KIND,
    REMOTE_DAY_SHARES,
    REMOTE_DAYS,
)
from seed.spells import NO_REASON, OPEN, SPELL

Ints = npt.NDArray[np.int64]

TEAM_SIZE = 24
DESK, NON_DESK, HYBRID = range(len(DESK_TYPES))
PERMANENT, TEMPORARY, ON_CALL, AGENCY, STUDENT = range(len(CONTRACTS))
MANAGER = FAMILIES.index("manager")
_FTE = {
    PERMANENT: (0.55, 1.0),
    TEMPORARY: (0.5, 1.0),
    ON_CALL: (0.2, 0.5),
    AGENCY: (0.7, 1.0),
    STUDENT: (0.2, 0.4),
}
_DEPARTMENT = {
    "sales": "Verkoop",
    "cashier": "Kassa",
    "care": "Groepen",
    "logistics": "Logistiek",
    "service_agent": "Klantcontact",
    "it_support": "IT-ondersteuning",
    "office": "Kantoor",
    "manager": "Leiding",
}


@cache
def positions() -> Ints:
    """People aimed at: sites x job families; each row sums to the site's staff."""
    table = np.zeros((len(SITES), len(FAMILIES)), dtype=np.int64)
    for row, site in enumerate(SITES):
        shares = KIND[site.kind].families
        for family, share in shares.items():
            table[row, FAMILIES.index(family)] = round(site.staff * share)
        largest = max(shares, key=lambda family: shares[family])
        table[row, FAMILIES.index(largest)] += site.staff - table[row].sum()
    return table


@cache
def team_counts() -> Ints:
    """Number of teams: sites x job families."""
    counts = np.rint(positions() / TEAM_SIZE).astype(np.int64)
    return np.where(positions() > 0, np.maximum(counts, 1), 0)


@cache
def _first_team() -> Ints:
    """Number of the first team of each site and job family."""
    counts = team_counts()
    return (np.cumsum(counts.ravel()) - counts.ravel()).reshape(counts.shape)


def draw_teams(rng: np.random.Generator, site: Ints, family: Ints) -> Ints:
    """A team of the right site and job family for each person."""
    count = np.maximum(team_counts()[site, family], 1)
    return _first_team()[site, family] + rng.integers(0, count)


def _desk_types(rng: np.random.Generator, site: Ints, family: Ints) -> Ints:
    hybrid = np.zeros((len(SITES), len(FAMILIES)))
    seated = np.zeros_like(hybrid, dtype=bool)
    for row, place in enumerate(SITES):
        kind = KIND[place.kind]
        for number, name in enumerate(FAMILIES):
            share = kind.hybrid.get(name, 0.0)
            hybrid[row, number] = HYBRID_AT.get(place.location_id, {}).get(name, share)
            seated[row, number] = name in kind.desk
    elsewhere = rng.random(len(site)) < hybrid[site, family]
    return np.where(elsewhere, HYBRID, np.where(seated[site, family], DESK, NON_DESK))


def _contracts(rng: np.random.Generator, site: Ints, family: Ints) -> Ints:
    shares = np.array([[KIND[kind].contracts.get(name, 0.0) for name in CONTRACTS]
                       for kind in KINDS])  # fmt: skip
    drawn = (rng.random((len(site), 1)) > np.cumsum(shares, axis=1)[site]).sum(axis=1)
    return np.where(family == MANAGER, PERMANENT, np.minimum(drawn, STUDENT))


def draw_hours(rng: np.random.Generator, contract: Ints, family: Ints) -> np.ndarray:
    """Contract hours as a share of a full week, in steps of a tenth."""
    low, high = np.array([_FTE[number] for number in range(len(CONTRACTS))]).T
    low, high = low[contract], high[contract]
    hours = np.rint(10 * (low + (high - low) * rng.random(len(contract)))) / 10
    return np.where(family == MANAGER, np.maximum(hours, 0.8), hours)


def draw(rng: np.random.Generator, site: Ints, family: Ints) -> np.ndarray:
    """New spells for people in these jobs; employee, start, hired and born are left to fill."""
    spells = np.zeros(len(site), dtype=SPELL)
    spells["site"], spells["family"] = site, family
    spells["end"], spells["reason"] = OPEN, NO_REASON
    spells["team"] = draw_teams(rng, site, family)
    spells["desk"] = _desk_types(rng, site, family)
    spells["contract"] = _contracts(rng, site, family)
    days = rng.choice(REMOTE_DAYS, len(site), p=REMOTE_DAY_SHARES)
    spells["days"] = np.where(spells["desk"] == HYBRID, days, 0)
    spells["fte"] = draw_hours(rng, spells["contract"], family)
    return spells


def born(rng: np.random.Generator, spells: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Days of birth for people hired on `day`: students are young, others 18 to 61 then."""
    years = 18.5 + 43.0 * rng.beta(1.3, 1.9, len(spells))
    years = np.where(spells["contract"] == STUDENT, rng.uniform(16.0, 22.0, len(spells)), years)
    return day - (years * 365.25).astype("timedelta64[D]")


def teams() -> pl.DataFrame:
    """Table `teams`; the row number is the team's number."""
    rows: list[tuple[str, str, str, str]] = []
    for row, site in enumerate(SITES):
        for column, family in enumerate(FAMILIES):
            for number in range(team_counts()[row, column]):
                code = f"{site.location_id}-T{len(rows) + 1:03}"
                name = f"{_DEPARTMENT[family]} {number + 1}"
                rows.append((code, name, str(IDS[row]), _DEPARTMENT[family]))
    return pl.DataFrame(rows, schema=["team_id", "name", "location_id", "department"], orient="row")
