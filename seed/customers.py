"""What customers said: table `customer_feedback`, 36 months of answers from every site they meet.

Every customer measure follows one latent experience of site and month, in NPS points (see `truth`);
a customer's own humour ties the answers of one sheet together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from seed import truth
from seed.calendar import FIRST_DAYS, LAST_DAYS, LEAD_IN, of_year
from seed.company import IDS, KINDS, SITES, open_months
from seed.kinds import KIND
from seed.rollouts import shift
from seed.scales import Scale, yes
from seed.world import World, in_window

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """Where in the journey: its share of the answers, its channels, its gap to the site's NPS."""

    name: str
    share: float
    channels: Mapping[str, float]
    gap: float = 0.0


_STORE = {"store": 0.8, "web": 0.2}
_REMOTE = {"phone": 0.62, "chat": 0.23, "email": 0.15}
JOURNEY: Mapping[str, tuple[Touchpoint, ...]] = {
    "shop": (
        Touchpoint("advice", 0.27, {"store": 1.0}, 3.0),
        Touchpoint("purchase", 0.45, {"store": 1.0}, 2.0),
        Touchpoint("click_and_collect", 0.13, _STORE),
        Touchpoint("return", 0.15, _STORE, 2.0 + truth.RETURN_GAP),
    ),
    "airport_shop": (
        Touchpoint("advice", 0.30, {"store": 1.0}, 2.0),
        Touchpoint("purchase", 0.62, {"store": 1.0}, 1.0),
        Touchpoint("return", 0.08, {"store": 1.0}, 1.0 + truth.RETURN_GAP),
    ),
    "day_care": (
        Touchpoint("intake", 0.15, {"site": 0.6, "phone": 0.4}, -3.0),
        Touchpoint("daily_care", 0.65, {"app": 0.7, "site": 0.3}, 2.0),
        Touchpoint("planning", 0.20, {"app": 0.6, "phone": 0.4}, -6.0),
    ),
    "contact_centre": (
        Touchpoint("order", 0.30, _REMOTE, 5.0),
        Touchpoint("delivery", 0.30, _REMOTE, -3.0),
        Touchpoint("service", 0.22, _REMOTE, 2.0),
        Touchpoint("return", 0.18, _REMOTE, 5.0 + truth.RETURN_GAP),
    ),
    "it_service_desk": (
        Touchpoint("request", 0.55, {"portal": 0.6, "phone": 0.4}, 4.0),
        Touchpoint("incident", 0.45, {"phone": 0.7, "portal": 0.3}, -5.0),
    ),
    "warehouse": (Touchpoint("delivery", 1.0, {"web": 1.0}),),
}
_SEASON = {11: 0.10, 12: 0.35, 1: -0.05, 2: -0.08, 7: 0.02, 8: 0.02}
_MONTHLY_SPREAD = 0.08
_HUMOUR = 0.75
"""Share of the standard deviation of an answer that one customer's answers have in common."""
_ASKED = {"nps": 0.88, "csat": 0.72, "ces": 0.55, "resolved": 0.62, "first_contact": 0.55,
          "empathy": 0.50, "lost_minutes": 0.30}  # fmt: skip
_LEVEL = {"csat": 76.0, "resolved": 82.0, "first_contact": 68.0, "ces": 5.2, "empathy": 3.85,
          "lost_minutes": 17.0}  # fmt: skip
_NPS, _CSAT, _CES, _EMPATHY = (
    Scale(0, 10, 2.0),
    Scale(1, 5, 1.0),
    Scale(1, 7, 1.4),
    Scale(1, 5, 0.9),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Site, month and touchpoint (place in the site's journey) of each answering customer."""

    site: Ints
    month: Ints
    point: Ints


def _volume(rng: np.random.Generator) -> Ints:
    """Answers per site and month of the window."""
    per_hundred = np.array([KIND[kind].feedback for kind in KINDS])
    staff = np.array([site.staff for site in SITES])
    season = 1 + of_year(_SEASON)[LEAD_IN:]
    mean = (per_hundred * staff / 100)[:, None] * season * open_months()
    return rng.poisson(mean * rng.lognormal(0.0, _MONTHLY_SPREAD, mean.shape))


def _draw_points(rng: np.random.Generator, site: Ints) -> Ints:
    point = np.zeros(len(site), dtype=np.int64)
    for kind, journey in JOURNEY.items():
        rows = np.flatnonzero(KINDS[site] == kind)
        point[rows] = rng.choice(len(journey), len(rows), p=[place.share for place in journey])
    return point


def _names(rng: np.random.Generator, asked: _Asked) -> tuple[np.ndarray, np.ndarray, Floats]:
    """Touchpoint, channel and gap of each answer."""
    touchpoint = np.empty(len(asked.site), dtype=object)
    channel, gap = touchpoint.copy(), np.zeros(len(asked.site))
    for kind, journey in JOURNEY.items():
        of_kind = KINDS[asked.site] == kind
        for number, place in enumerate(journey):
            rows = np.flatnonzero(of_kind & (asked.point == number))
            touchpoint[rows], gap[rows] = place.name, place.gap
            names, shares = list(place.channels), list(place.channels.values())
            channel[rows] = np.array(names, dtype=object)[
                rng.choice(len(names), len(rows), p=shares)
            ]
    return touchpoint, channel, gap


def _scores(
    rng: np.random.Generator, world: World, asked: _Asked, gap: Floats
) -> dict[str, Floats]:
    """Every customer measure, before some are left out; true or false as one or nil."""
    count, at = len(asked.site), (asked.site, asked.month)
    humour = rng.standard_normal(count)

    def noise() -> Floats:
        return _HUMOUR * humour + np.sqrt(1 - _HUMOUR**2) * rng.standard_normal(count)

    base = np.array([KIND[kind].nps for kind in KINDS])[asked.site]
    score = world.seen("experience")[at] + gap
    more, follows = score - base, truth.FOLLOWS_EXPERIENCE
    acting = world.seen("dissonance", truth.DISSONANCE_TO_EMPATHY.lag)[at]
    acting = acting - np.array([KIND[kind].dissonance for kind in KINDS])[asked.site]
    first = (
        _LEVEL["first_contact"]
        + follows.first_contact * more
        + in_window(shift("first_contact"))[at]
    )
    ces = _LEVEL["ces"] + follows.ces * more + in_window(shift("ces"))[at]
    empathy = _LEVEL["empathy"] + follows.empathy * more
    empathy = empathy + truth.DISSONANCE_TO_EMPATHY.size * acting
    lost = np.maximum(_LEVEL["lost_minutes"] + follows.lost_minutes * more, 2.0)
    return {
        "nps": _NPS.answer(_NPS.latent_nps(score), noise()),
        "csat": _CSAT.answer(
            _CSAT.latent_share(_LEVEL["csat"] + follows.csat * more, at_least=4), noise()
        ),
        "ces": _CES.answer(_CES.latent(ces), noise()),
        "resolved": yes(_LEVEL["resolved"] + follows.resolved * more, -noise()).astype(float),
        "first_contact": yes(first, -noise()).astype(float),
        "empathy": _EMPATHY.answer(_EMPATHY.latent(empathy), noise()),
        "lost_minutes": np.rint(lost * rng.gamma(1.6, 1 / 1.6, count)),
    }


def moments(rng: np.random.Generator, month: Ints) -> np.ndarray:
    """A moment in each month, between nine and nine, whole seconds."""
    length = (LAST_DAYS - FIRST_DAYS).astype(int)[month] + 1
    day = FIRST_DAYS[month] + np.floor(rng.random(len(month)) * length).astype(np.int64)
    second = 9 * 3600 + np.floor(rng.beta(2.0, 1.8, len(month)) * 12 * 3600).astype(np.int64)
    return day.astype("datetime64[us]") + second.astype("timedelta64[s]")


def feedback(rng: np.random.Generator, world: World) -> pl.DataFrame:
    """Table `customer_feedback`, in the order in which the answers came."""
    volume = _volume(rng)
    site, month = (np.repeat(grid.ravel(), volume.ravel()) for grid in np.indices(volume.shape))
    asked = _Asked(site, month, _draw_points(rng, site))
    touchpoint, channel, gap = _names(rng, asked)
    scores = _scores(rng, world, asked, gap)
    for name, values in scores.items():
        values[rng.random(len(site)) >= _ASKED[name]] = np.nan
    frame = pl.DataFrame(
        {
            "at": moments(rng, month),
            "location_id": IDS[site],
            "touchpoint": touchpoint.tolist(),
            "channel": channel.tolist(),
            **scores,
        }
    ).sort("at", "location_id", maintain_order=True)
    whole, flags = ("nps", "csat", "ces"), ("resolved", "first_contact")
    return frame.with_columns(
        pl.col(*scores).fill_nan(None),
    ).select(
        pl.format("f-{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)).alias(
            "feedback_id"
        ),
        "at",
        "location_id",
        "touchpoint",
        "channel",
        pl.col(*whole).cast(pl.Int64),
        pl.col(*flags).cast(pl.Int8).cast(pl.Boolean),
        "empathy",
        "lost_minutes",
    )
