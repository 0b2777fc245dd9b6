"""What sites of one kind have in common: contracts, work, turnover, pay, customers.

Shares lie between 0 and 1 and sum to one; rates are per year; money is EUR a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

FAMILIES = (
    "sales",
    "cashier",
    "care",
    "logistics",
    "service_agent",
    "it_support",
    "office",
    "manager",
)
CONTRACTS = ("permanent", "temporary", "on_call", "agency", "student")
DESK_TYPES = ("desk", "non_desk", "hybrid")
FULL_TIME_COST: Mapping[str, float] = {
    "sales": 37_000,
    "cashier": 34_000,
    "care": 43_000,
    "logistics": 38_000,
    "service_agent": 40_000,
    "it_support": 58_000,
    "office": 64_000,
    "manager": 76_000,
}
"""What a full-time year of each job family costs the employer, on-costs included."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of site.

    families: share of each job family. hybrid: share of each family that works partly elsewhere;
    the rest of a family sits at a desk where it is in `desk`, and has none otherwise.
    leaving: voluntary leavers per year among permanent staff after the first year. peak: extra
    staff by month of the year, as a share. sick: share of contract hours lost to sickness.
    burnout: points that the kind of work adds. dissonance: mean of emotional dissonance. feedback:
    answers per month and per 100 staff. nps: level. remote: shares of 1, 2, 3, 4, 5 days.
    """

    families: Mapping[str, float]
    contracts: Mapping[str, float]
    leaving: float
    sick: float
    burnout: float
    dissonance: float
    nps: float
    feedback: float
    revenue: float = 0.0
    desk: frozenset[str] = frozenset()
    hybrid: Mapping[str, float] = field(default_factory=dict)
    peak: Mapping[int, float] = field(default_factory=dict)


_SHOP_FLOOR = {"sales": 0.50, "cashier": 0.28, "logistics": 0.16, "manager": 0.06}
_SHOP_CONTRACTS = {"permanent": 0.54, "temporary": 0.15, "on_call": 0.11, "student": 0.20}
_OFFICE_WORK = frozenset({"service_agent", "it_support", "office", "manager"})

KIND: Mapping[str, Kind] = {
    "shop": Kind(
        families=_SHOP_FLOOR,
        contracts=_SHOP_CONTRACTS,
        leaving=0.090,
        sick=0.049,
        burnout=0.03,
        dissonance=2.70,
        nps=22.0,
        feedback=135.0,
        revenue=190_000.0,
        peak={11: 0.04, 12: 0.09},
    ),
    "airport_shop": Kind(
        families=_SHOP_FLOOR,
        contracts={"permanent": 0.60, "temporary": 0.18, "on_call": 0.12, "student": 0.10},
        leaving=0.090,
        sick=0.053,
        burnout=0.08,
        dissonance=2.85,
        nps=12.0,
        feedback=210.0,
        revenue=240_000.0,
        peak={6: 0.02, 7: 0.07, 8: 0.07},
    ),
    "day_care": Kind(
        families={"care": 0.92, "manager": 0.08},
        contracts={"permanent": 0.76, "temporary": 0.14, "on_call": 0.10},
        leaving=0.105,
        sick=0.061,
        burnout=0.08,
        dissonance=2.55,
        nps=44.0,
        feedback=80.0,
        revenue=62_000.0,
    ),
    "contact_centre": Kind(
        families={"service_agent": 0.85, "office": 0.06, "manager": 0.09},
        contracts={"permanent": 0.58, "temporary": 0.20, "agency": 0.10, "student": 0.12},
        leaving=0.115,
        sick=0.062,
        burnout=0.05,
        dissonance=2.90,
        nps=4.0,
        feedback=235.0,
        desk=_OFFICE_WORK,
        hybrid={"service_agent": 0.38, "office": 0.5, "manager": 0.5},
        peak={12: 0.05, 1: 0.05},
    ),
    "it_service_desk": Kind(
        families={"it_support": 0.88, "manager": 0.12},
        contracts={"permanent": 0.84, "temporary": 0.16},
        leaving=0.075,
        sick=0.040,
        burnout=-0.12,
        dissonance=2.45,
        nps=14.0,
        feedback=260.0,
        desk=_OFFICE_WORK,
        hybrid={"it_support": 0.5, "manager": 0.5},
    ),
    "office": Kind(
        families={"office": 0.78, "it_support": 0.09, "manager": 0.13},
        contracts={"permanent": 0.90, "temporary": 0.08, "student": 0.02},
        leaving=0.048,
        sick=0.033,
        burnout=-0.20,
        dissonance=2.20,
        nps=20.0,
        feedback=0.0,
        desk=_OFFICE_WORK,
        hybrid={"office": 0.58, "it_support": 0.65, "manager": 0.55},
    ),
    "warehouse": Kind(
        families={"logistics": 0.86, "office": 0.08, "manager": 0.06},
        contracts={"permanent": 0.48, "temporary": 0.14, "on_call": 0.06, "agency": 0.32},
        leaving=0.10,
        sick=0.058,
        burnout=0.04,
        dissonance=2.20,
        nps=15.0,
        feedback=55.0,
        desk=frozenset({"office"}),
        peak={11: 0.08, 12: 0.10},
    ),
}
HYBRID_AT: Mapping[str, Mapping[str, float]] = {
    "L09": {"sales": 0.25},
    "L13": {"logistics": 0.18},
}
"""Shops with staff who also work elsewhere: one with a group of them, one with only a few."""

REMOTE_DAYS = (1, 2, 3, 4, 5)
REMOTE_DAY_SHARES = (0.20, 0.33, 0.24, 0.13, 0.10)
"""Days a week that hybrid staff works elsewhere, and how many of them do so."""
