"""Service cases of the IT service desk and the contact centre: `cases` and `case_events`.

Services differ in how often the agreed time is met and in how content customers are, and the two
do not go together: `truth.WATERMELONS` are green outside and red inside. A case that took longer
to handle stays solved more often, and a case that stays solved leaves a content customer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from seed import truth
from seed.calendar import LEAD_IN, WINDOW_END, of_year
from seed.company import IDS, KINDS, NUMBER
from seed.customers import moments
from seed.kinds import KIND
from seed.rollouts import shift
from seed.scales import Scale, yes
from seed.world import World, in_window

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Service:
    """share of a site's cases; sla, content: percent; hours to solve and minutes to handle."""

    name: str
    share: float
    sla: float
    content: float
    hours: float
    minutes: float


SERVICES: Mapping[str, tuple[Service, ...]] = {
    "L39": (
        Service("order", 0.30, 95.0, 80.0, 4.0, 7.0),
        Service("delivery", 0.28, 92.0, 68.0, 18.0, 9.0),
        Service("return", 0.22, 95.0, 42.0, 30.0, 11.0),
        Service("invoice", 0.12, 91.0, 66.0, 22.0, 10.0),
        Service("product_advice", 0.08, 84.0, 86.0, 8.0, 14.0),
    ),
    "L40": (
        Service("account_access", 0.30, 97.0, 40.0, 5.0, 9.0),
        Service("workplace", 0.24, 92.0, 74.0, 20.0, 22.0),
        Service("scanner_handheld", 0.20, 95.0, 38.0, 28.0, 18.0),
        Service("network", 0.12, 87.0, 62.0, 16.0, 26.0),
        Service("new_request", 0.14, 90.0, 82.0, 60.0, 25.0),
    ),
}
_PER_MONTH = {"L39": 1500.0, "L40": 850.0}
_CHANNELS = {"L39": ("phone", "chat", "email"), "L40": ("portal", "phone", "chat")}
_CHANNEL_SHARES = (0.6, 0.25, 0.15)
_SEASON = {12: 0.20, 1: 0.22, 7: -0.08, 8: -0.10}
_ANSWERED = 0.42
_SOLVED = 86.0
_HANDLE_SPREAD = 0.75
"""Standard deviation of the handling time, in doublings."""
_CONTENT_IF_REOPENED = -30.0
_CSAT = Scale(1, 5, 1.0)


@dataclass(frozen=True, slots=True)
class _Cases:
    site: Ints
    month: Ints
    service: Ints


def _drawn(rng: np.random.Generator) -> _Cases:
    months = len(of_year(_SEASON)) - LEAD_IN
    mean = np.outer(list(_PER_MONTH.values()), 1 + of_year(_SEASON)[LEAD_IN:])
    volume = rng.poisson(mean * rng.lognormal(0.0, 0.05, (len(_PER_MONTH), months)))
    which, month = (np.repeat(grid.ravel(), volume.ravel()) for grid in np.indices(volume.shape))
    service = np.zeros(len(which), dtype=np.int64)
    for number, site in enumerate(_PER_MONTH):
        rows = np.flatnonzero(which == number)
        shares = [service.share for service in SERVICES[site]]
        service[rows] = rng.choice(len(shares), len(rows), p=shares)
    return _Cases(np.array([NUMBER[site] for site in _PER_MONTH])[which], month, service)


def _of_service(cases: _Cases, field: str) -> Floats:
    values = np.zeros(len(cases.site))
    for site, services in SERVICES.items():
        rows = cases.site == NUMBER[site]
        table = np.array([getattr(service, field) for service in services])
        values[rows] = table[cases.service[rows]]
    return values


def _words(rng: np.random.Generator, cases: _Cases) -> tuple[list[str], list[str]]:
    """Service and channel of each case."""
    names = {NUMBER[site]: [s.name for s in services] for site, services in SERVICES.items()}
    ways = {NUMBER[site]: channels for site, channels in _CHANNELS.items()}
    way = rng.choice(3, len(cases.site), p=_CHANNEL_SHARES)
    pairs = list(zip(cases.site.tolist(), cases.service.tolist(), way.tolist(), strict=True))
    return [names[site][s] for site, s, _ in pairs], [ways[site][w] for site, _, w in pairs]


def service_cases(rng: np.random.Generator, world: World) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tables `cases`, in the order of opening, and `case_events`."""
    cases = _drawn(rng)
    count, at = len(cases.site), (cases.site, cases.month)
    doublings = _HANDLE_SPREAD * rng.standard_normal(count)
    longer = in_window(shift("log2 handling"))[at]
    minutes = _of_service(cases, "minutes") * 2 ** (doublings + longer)
    odds = np.log(_SOLVED / (100 - _SOLVED))
    odds = odds + truth.HANDLING_TO_SOLVED.size * (doublings + longer)
    stays_solved = rng.random(count) < 1 / (1 + np.exp(-odds))
    more = world.seen("experience")[at] - np.array([KIND[kind].nps for kind in KINDS])[cases.site]
    content = _of_service(cases, "content") + truth.FOLLOWS_EXPERIENCE.csat * more
    content = content + np.where(stays_solved, 4.0, _CONTENT_IF_REOPENED)
    csat = _CSAT.answer(_CSAT.latent_share(content, at_least=4), rng.standard_normal(count))
    csat[rng.random(count) >= _ANSWERED] = np.nan
    sla = yes(_of_service(cases, "sla"), rng.standard_normal(count))
    opened = moments(rng, cases.month)
    service, channel = _words(rng, cases)
    steps = _steps(rng, opened, _of_service(cases, "hours"), sla, stays_solved)
    order = np.argsort(opened, kind="stable")
    frame = pl.DataFrame(
        {
            "opened_at": opened,
            "location_id": IDS[cases.site],
            "service": service,
            "channel": channel,
            "sla_met": sla,
            "closed_at": steps["closed"],
            "handle_minutes": np.maximum(np.round(minutes, 1), 0.5),
            "csat": csat,
        }
    )[order]
    return _finish(frame, {name: values[order] for name, values in steps.items()})


def _steps(
    rng: np.random.Generator, opened: np.ndarray, hours: Floats, sla: np.ndarray, solved: np.ndarray
) -> dict[str, np.ndarray]:
    """Moments of every step; NaT where a case did not have it."""
    count = len(opened)

    def after(start: np.ndarray, mean: Floats) -> np.ndarray:
        seconds = np.maximum(mean * 3600 * rng.gamma(1.5, 1 / 1.5, count), 60.0)
        return start + seconds.astype("timedelta64[s]")

    never = np.full(count, np.datetime64("NaT"), dtype="datetime64[us]")
    late = np.where(sla, 1.0, 3.0)
    assigned = after(opened, np.full(count, 0.4))
    handed_over = after(assigned, 0.3 * hours * late)
    first = after(handed_over, 0.6 * hours * late)
    reopened = after(first, np.full(count, 60.0))
    second = after(reopened, hours)
    closed = after(np.where(solved, first, second), np.full(count, 48.0))
    hand_over = rng.random(count) < np.where(solved, 0.18, 0.45)
    return {
        "assigned": assigned,
        "assigned_again": np.where(hand_over, handed_over, never),
        "resolved": first,
        "reopened": np.where(solved, never, reopened),
        "resolved_again": np.where(solved, never, second),
        "closed": closed,
    }


def _finish(frame: pl.DataFrame, steps: dict[str, np.ndarray]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Number the cases; what lies beyond the window has not happened yet."""
    now = WINDOW_END.astype("datetime64[us]") + np.timedelta64(24 * 3600 - 1, "s")
    code = pl.format("c-{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6))
    frame = frame.with_columns(code.alias("case_id"), pl.col("csat").fill_nan(None).cast(pl.Int64))
    closed = pl.col("closed_at") <= now
    resolved = pl.Series(steps["resolved"] <= now)
    cases = frame.select(
        "case_id",
        "opened_at",
        "location_id",
        "service",
        "channel",
        pl.when(resolved).then("sla_met").alias("sla_met"),
        pl.when(closed).then("closed_at").alias("closed_at"),
        pl.when(resolved).then("handle_minutes").alias("handle_minutes"),
        pl.when(closed).then("csat").alias("csat"),
    )
    events = pl.concat(
        pl.DataFrame({"case_id": frame["case_id"], "at": moments_of}).with_columns(
            pl.lit(name.removesuffix("_again")).alias("event")
        )
        for name, moments_of in steps.items()
    )
    events = events.filter(pl.col("at").is_not_null() & (pl.col("at") <= now))
    return cases, events.sort("case_id", "at", maintain_order=True)
