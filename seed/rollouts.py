"""What was rolled out where and when, what it did, and what it did not do (part of the truth)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from seed.calendar import ALL_MONTHS, LEAD_IN, month_number
from seed.company import NUMBER, SITES


@dataclass(frozen=True, slots=True)
class Effect:
    """A latent quantity moves by `size`, from `delay` months after the start, over `ramp` months.

    In month m after the start (0 = the month of the start) the effect is
    size * min(1, (m - delay + 1) / ramp), and nil while m < delay.
    """

    target: str
    size: float
    delay: int = 0
    ramp: int = 1


@dataclass(frozen=True, slots=True)
class Rollout:
    """One change. starts: (month, sites) per group; effects are nil for a placebo."""

    rollout: str
    kind: str
    owner_role: str
    hoped_effect: str
    starts: tuple[tuple[str, tuple[str, ...]], ...]
    effects: tuple[Effect, ...] = ()
    cost_one_off: float = 0.0
    cost_per_employee_year: float = 0.0


PLATFORM = Rollout(
    "floor-app",
    "platform",
    "Director of store operations",
    "more contact on the floor, fewer people worn out",
    (
        ("2024-02", ("L01", "L07", "L13", "L24")),
        ("2024-06", ("L14", "L17", "L25", "L30")),
        ("2024-10", ("L10", "L26", "L34")),
        ("2025-02", ("L04", "L16", "L38")),
    ),
    (
        Effect("contact", 0.35, delay=0, ramp=3),
        Effect("voice", 0.25, delay=0, ramp=3),
        Effect("tool_fit", 0.20),
        Effect("burnout", -0.15, delay=1, ramp=2),
        Effect("log ideas", 0.40, delay=0, ramp=3),
    ),
    cost_one_off=18_000.0,
    cost_per_employee_year=40.0,
)
"""The front-line platform. Burnout falls through more contact (by the curve) and directly from the
month after the start; NPS rises through burnout only, so one month later again."""

CUSTOMER_PLATFORM = Rollout(
    "customer-view",
    "customer_platform",
    "Director of customer service",
    "customers helped in one go, a higher NPS",
    (
        ("2024-05", ("L03", "L08", "L39")),
        ("2024-10", ("L05", "L18", "L23")),
        ("2025-04", ("L11", "L15", "L36")),
    ),
    (
        Effect("first_contact", 8.0, ramp=2),
        Effect("ces", 0.35, ramp=2),
        Effect("nps", 0.5, ramp=2),
    ),
    cost_one_off=95_000.0,
    cost_per_employee_year=110.0,
)
"""The customer platform: first contact (percentage points) and effort (points) improve, NPS
hardly."""

PLACEBO = Rollout(
    "hospitality-campaign",
    "campaign",
    "Head of marketing",
    "friendlier shops",
    (
        ("2024-04", ("L06", "L12", "L32")),
        ("2024-09", ("L27", "L29")),
        ("2025-01", ("L02", "L31")),
    ),
    cost_one_off=4_000.0,
    cost_per_employee_year=6.0,
)
"""A campaign with posters, without any effect. No site has two of these three roll-outs, but they
run at the same time: next to sites that the other two lift, the campaign looks harmful. Compare
with sites that nothing was rolled out to, or has not been yet."""

ACTIONS: tuple[Rollout, ...] = (
    Rollout(
        "fixed-office-day",
        "office_day",
        "HR business partner",
        "more informal talk in teams that work from home",
        (("2025-01", ("L40", "L41")),),
        (Effect("office day", 1.0, ramp=2),),
    ),
    Rollout(
        "no-calls-per-hour",
        "target_dropped",
        "Manager of customer service",
        "calls end when the customer is done",
        (("2025-03", ("L39",)),),
        (Effect("log2 handling", 0.35, ramp=2),),
    ),
    Rollout(
        "start-of-day-talk",
        "contact_moments",
        "Regional manager",
        "ten minutes together before opening",
        (("2025-06", ("L27", "L29")),),
        (Effect("contact", 0.20, ramp=2),),
    ),
    Rollout(
        "extra-days-off",
        "days_off",
        "Head of day care",
        "room to recover",
        (("2025-09", ("L31", "L33")),),
        (Effect("burnout", -0.10, delay=1, ramp=2),),
        cost_per_employee_year=310.0,
    ),
    Rollout(
        "online-fitness",
        "fitness",
        "Vitality coordinator",
        "fewer sick days",
        (("2025-05", ("L39", "L41", "L42")),),
        cost_per_employee_year=35.0,
    ),
    Rollout(
        "lower-targets-same-bonus",
        "lower_targets",
        "Sales director",
        "less pressure on the floor",
        (("2025-11", ("L09", "L32")),),
        (Effect("workload", -0.30, ramp=1),),
    ),
)
"""Actions of the steering log. Fitness is without effect; for the office day see FIXED_DAY."""

FIXED_DAY = {"connection": 0.30, "informal_contact": 0.40}
"""Points that the fixed office day adds for hybrid staff of the teams that hold it (every second
team of the site, in the order of team_id)."""

ROLLOUTS: tuple[Rollout, ...] = (PLATFORM, CUSTOMER_PLATFORM, PLACEBO, *ACTIONS)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one site and stayed: the latent quantity moves by `size`."""

    location_id: str
    month: str
    target: str
    size: float
    about: str


EVENTS: tuple[Event, ...] = (
    Event("L35", "2025-08", "contact", -0.45, "the site manager left and was not replaced"),
    Event("L35", "2025-08", "burnout", 0.15, "likewise"),
    Event("L37", "2025-11", "workload", 0.50, "vacancies stay open"),
    Event("L37", "2025-11", "burnout", 0.18, "likewise"),
    Event("L28", "2025-10", "dissonance", 0.45, "a smile policy with mystery guests"),
    Event("L09", "2025-08", "burnout", -0.12, "a rota made by the teams themselves"),
    Event("L33", "2025-08", "burnout", -0.20, "the last vacancies were filled"),
    Event("L40", "2025-10", "burnout", -0.15, "duties at night were shared out anew"),
)
"""Local changes, so that there is something to find under "what changed". They happen at sites
without the two platforms, and for customers they nearly cancel out over those sites, so that these
still serve for comparison."""


def path(effect: Effect, started: str) -> np.ndarray:
    """The effect over all months, lead-in included, of a start in `started` ("2024-02")."""
    since = np.arange(len(ALL_MONTHS)) - LEAD_IN - month_number(started)
    return effect.size * np.clip((since - effect.delay + 1) / effect.ramp, 0.0, 1.0)


def shift(target: str, without: str = "") -> np.ndarray:
    """What roll-outs and events add to a latent quantity: sites x all months.

    `without` leaves one roll-out out, for the company as it would be if that had not come.
    """
    total = np.zeros((len(SITES), len(ALL_MONTHS)))
    for rollout in ROLLOUTS:
        for effect in rollout.effects:
            if effect.target != target or rollout.rollout == without:
                continue
            for month, sites in rollout.starts:
                total[[NUMBER[site] for site in sites]] += path(effect, month)
    for event in EVENTS:
        if event.target == target:
            total[NUMBER[event.location_id]] += path(Effect(target, event.size), event.month)
    return total


def started(rollout: Rollout) -> dict[str, str]:
    """Site -> month of the start."""
    return {site: month for month, sites in rollout.starts for site in sites}


def rollouts() -> pl.DataFrame:
    """Table `rollouts`: each started on the first day of its month."""
    rows = [
        (
            rollout.rollout,
            site,
            f"{month}-01",
            rollout.kind,
            rollout.owner_role,
            rollout.hoped_effect,
            rollout.cost_one_off or None,
            rollout.cost_per_employee_year or None,
        )
        for rollout in ROLLOUTS
        for site, month in started(rollout).items()
    ]
    names = ("rollout", "location_id", "started_on", "kind", "owner_role", "hoped_effect",
             "cost_one_off", "cost_per_employee_year")  # fmt: skip
    return pl.DataFrame(rows, schema=list(names), orient="row").with_columns(
        pl.col("started_on").str.to_date()
    )
