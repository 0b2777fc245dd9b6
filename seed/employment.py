"""The workforce as the contract's tables: `assignments` and `absence`."""

import numpy as np
import polars as pl

from seed import truth
from seed.calendar import ALL_MONTHS, LEAD_IN, PERIODS, of_year
from seed.company import IDS, KINDS, open_months
from seed.jobs import AGENCY, teams
from seed.kinds import CONTRACTS, DESK_TYPES, FAMILIES, FULL_TIME_COST, KIND
from seed.spells import OPEN, REASONS, full_time, people
from seed.world import World

_HOURS_PER_MONTH = 36.0 * 52.0 / 12.0
_SICK_SEASON = {12: 0.006, 1: 0.012, 2: 0.011, 3: 0.006, 6: -0.006, 7: -0.010, 8: -0.010}
_SICK_BY_DESK = {"desk": 0.0, "non_desk": 0.0, "hybrid": -0.006}
_SPELLS_PER_YEAR = 1.3
"""Reports of sickness per employee and year at an absence of five percent."""


def assignments(rng: np.random.Generator, spells: np.ndarray) -> pl.DataFrame:
    """Table `assignments`, sorted by employee and first day."""
    cost = np.array([FULL_TIME_COST[name] for name in FAMILIES])[spells["family"]] * spells["fte"]
    years = (spells["start"] - spells["hired"]).astype(float) / 365.25
    cost *= (1 + 0.01 * np.minimum(years, 15)) * rng.lognormal(0.0, 0.05, len(spells))
    cost *= np.where(spells["contract"] == AGENCY, 1.15, 1.0)
    reasons = np.array([*REASONS, None], dtype=object)
    frame = pl.DataFrame(
        {
            "employee_id": [f"E{number:05}" for number in spells["employee"] + 1],
            "start_on": spells["start"],
            "end_on": spells["end"],
            "location_id": IDS[spells["site"]],
            "team_id": teams()["team_id"].to_numpy()[spells["team"]],
            "job_family": np.array(FAMILIES)[spells["family"]],
            "desk_type": np.array(DESK_TYPES)[spells["desk"]],
            "contract_type": np.array(CONTRACTS)[spells["contract"]],
            "remote_share": spells["days"] / 5.0,
            "fte": spells["fte"],
            "annual_cost": np.rint(cost / 100) * 100,
            "end_reason": pl.Series(reasons[spells["reason"]].tolist(), dtype=pl.String),
        }
    )
    ended = pl.Series(spells["end"] != OPEN)
    return frame.with_columns(
        pl.when(ended).then("end_on").alias("end_on"),
    ).sort("employee_id", "start_on")


def absence(rng: np.random.Generator, spells: np.ndarray, world: World) -> pl.DataFrame:
    """Table `absence`: per site, month and desk type."""
    hours = full_time(spells) * _HOURS_PER_MONTH
    staff = people(spells)
    link = truth.BURNOUT_TO_ABSENCE
    rate = np.array([KIND[kind].sick for kind in KINDS])[:, None]
    rate = rate + of_year(_SICK_SEASON)[LEAD_IN : len(ALL_MONTHS)]
    rate = rate + link.size / 100 * (world.seen("burnout", link.lag) - truth.BURNOUT.centre)
    rate = rate[:, None, :] + np.array([_SICK_BY_DESK[name] for name in DESK_TYPES])[:, None]
    noise = 0.055 / np.sqrt(np.maximum(staff, 1))
    sick = np.clip(rate + noise * rng.standard_normal(staff.shape), 0.0, 0.35)
    reports = rng.poisson(staff * _SPELLS_PER_YEAR / 12 * np.clip(rate, 0.01, None) / 0.05)
    site, desk, month = np.nonzero((staff > 0) & open_months()[:, None, :])
    index = (site, desk, month)
    return pl.DataFrame(
        {
            "period": np.array(PERIODS)[month],
            "location_id": IDS[site],
            "desk_type": np.array(DESK_TYPES)[desk],
            "hours_lost": np.round((hours * sick)[index], 1),
            "contract_hours": np.round(hours[index], 1),
            "spells": reports[index],
        }
    ).sort("period", "location_id", "desk_type")
