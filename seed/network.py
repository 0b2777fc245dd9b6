"""The staff network and the apps in use: `social_activity` and `tool_use`."""

import numpy as np
import numpy.typing as npt
import polars as pl

from seed import truth
from seed.calendar import MONTHS, PERIODS, month_number
from seed.company import IDS, KINDS, NUMBER, SITES
from seed.rollouts import PLATFORM, started
from seed.spells import people
from seed.world import World

Floats = npt.NDArray[np.float64]

_BEFORE = {"non_desk": 0.09, "desk": 0.46}
"""Share of staff active on the old intranet, by who most of the site's staff are."""
_PLATFORM_SHARE, _HALF_WAY = 0.66, 2.5
"""Share active on the platform in the end, and months until half of the way."""
SANCTIONED = ("rota", "till_and_stock", "intranet", "floor_app", "customer_view")
UNSANCTIONED = {
    "group_chat_private": (0.10, "floor_app"),
    "private_mail": (0.025, "intranet"),
    "free_file_sharing": (0.030, "intranet"),
    "own_rota_sheet": (0.035, "rota"),
    "translation_app": (0.020, None),
    "ai_chatbot_free": (0.008, None),
}
"""Apps that people bring: users per employee at the centre of tool fit, and what is offered."""
_CHATBOT_GROWTH = 0.045
"""Monthly growth of the log number of users of the chatbot: a new app that nobody provided."""


def reach() -> Floats:
    """Share of a site's staff active on the staff network: sites x months of the window."""
    desk = np.isin(KINDS, ("office", "contact_centre", "it_service_desk"))
    share = np.where(desk, _BEFORE["desk"], _BEFORE["non_desk"])[:, None] * np.ones(len(MONTHS))
    for site, month in started(PLATFORM).items():
        since = np.arange(len(MONTHS)) - month_number(month)
        grown = _PLATFORM_SHARE / (1 + np.exp(-(since - _HALF_WAY) / 0.9))
        row = NUMBER[site]
        share[row] = np.where(since >= 0, np.maximum(share[row], grown), share[row])
    return share


def social_activity(rng: np.random.Generator, spells: np.ndarray, world: World) -> pl.DataFrame:
    """Table `social_activity`: per site and month with at least one employee."""
    headcount = people(spells).sum(axis=1)
    contact = world.seen("contact") - truth.CONTACT.centre
    wobble = np.exp(0.10 * rng.standard_normal(headcount.shape))
    active = rng.binomial(headcount, np.clip(reach() * wobble, 0.01, 0.95))
    posts = rng.poisson(active * 0.8)
    replies = rng.poisson(posts * np.exp(0.35 + 0.6 * contact))
    rows = np.nonzero(headcount > 0)
    table = {
        "headcount": headcount,
        "active": active,
        "posts": posts,
        "reactions": rng.poisson(posts * 4.2),
        "replies": replies,
        "manager_replies": rng.binomial(replies, np.clip(0.14 + 0.10 * contact, 0.02, 0.6)),
        "with_peer_contact": rng.binomial(active, np.clip(0.72 + 0.20 * contact, 0.1, 0.97)),
        "with_manager_contact": rng.binomial(active, np.clip(0.38 + 0.20 * contact, 0.05, 0.9)),
    }
    return pl.DataFrame(
        {
            "period": np.array(PERIODS)[rows[1]],
            "location_id": IDS[rows[0]],
            **{name: values[rows] for name, values in table.items()},
        }
    ).sort("period", "location_id")


def _offered(app: str) -> Floats:
    """Share of a site's staff that uses an app the company provides: sites x months."""
    front_line = np.isin(KINDS, ("shop", "airport_shop", "day_care", "warehouse"))[:, None]
    ones = np.ones((len(SITES), len(MONTHS)))
    till = np.isin(KINDS, ("shop", "airport_shop", "warehouse"))[:, None]
    shares = {
        "rota": 0.80 * ones * front_line,
        "till_and_stock": 0.70 * ones * till,
        "intranet": np.where(front_line, 0.20, 0.85) * ones,
        "customer_view": np.where(KINDS == "contact_centre", 0.9, 0.0)[:, None] * ones,
    }
    if app == "floor_app":
        has_it = np.isin(IDS, list(started(PLATFORM)))[:, None]
        return np.where(has_it & (reach() > _BEFORE["non_desk"]), reach(), 0.0)
    return shares[app]


def tool_use(rng: np.random.Generator, spells: np.ndarray, world: World) -> pl.DataFrame:
    """Table `tool_use`: per site, month and app that somebody used."""
    headcount = people(spells).sum(axis=1)
    fit = truth.TOOL_FIT_TO_SHADOW_IT.size * (world.seen("tool_fit") - truth.TOOL_FIT.centre)
    parts = [_app(app, rng.binomial(headcount, _offered(app)), None) for app in SANCTIONED]
    for app, (share, alternative) in UNSANCTIONED.items():
        growth = _CHATBOT_GROWTH * np.arange(len(MONTHS)) if app == "ai_chatbot_free" else 0.0
        users = rng.poisson(headcount * share * np.exp(fit + growth))
        parts.append(_app(app, np.minimum(users, headcount), alternative, sanctioned=False))
    return pl.concat(parts).sort("period", "location_id", "app")


def _app(
    app: str, users: np.ndarray, alternative: str | None, *, sanctioned: bool = True
) -> pl.DataFrame:
    site, month = np.nonzero(users > 0)
    return pl.DataFrame(
        {
            "period": np.array(PERIODS)[month],
            "location_id": IDS[site],
            "app": [app] * len(site),
            "users": users[site, month],
            "sanctioned": [sanctioned] * len(site),
            "alternative": pl.Series([alternative] * len(site), dtype=pl.String),
        }
    )
