"""Worlds with a known truth: 60 sites, 24 months, means of 15-90 employees and 40-400 customers.

Worker experience X and customer experience Y of a site move around their levels with a
month-to-month persistence of .5 and a standard deviation of one; levels differ between sites by one
as well. What is seen of them carries the noise of a sample: the answers of one site and month have
a standard deviation of 4 (employees) and 7 (customers), so that about three quarters of what moves
in the means is true.
"""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from metrics.intervals import FloatArray
from metrics.link.across import across
from metrics.link.evidence import Evidence
from metrics.link.follows import follows
from metrics.link.panel import Panel, Side
from metrics.link.rollout import rolled
from metrics.link.sureness import sureness

EMPLOYEES: Final = (15, 90)
CUSTOMERS: Final = (40, 400)
OF_AN_EMPLOYEE: Final = 4.0
OF_A_CUSTOMER: Final = 7.0
PERSISTENCE: Final = 0.5
SLOW: Final = 0.85
EFFECT: Final = 0.3
_BEFORE: Final = 40

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class World:
    """A world and what may be claimed of it; sizes are in standard deviations within sites.

    Attributes:
        name: for the table.
        lag: what X does to Y a month later.
        back: what Y does to X a month later.
        between: the correlation of the levels of X and Y.
        common: the standard deviation of what hits all sites at once, on both sides.
        cause: the size of an unseen cause of persistence .85, in X and in Y of the same month.
        first: it reaches Y a month after X, instead of at once.
        shared: the part of each side's error that comes from the same raters.
        rollout: what a roll-out does to Y and X at half of the sites when it has grown: None has
            none, 0 has no effect.
        sites, months: how many.
    """

    name: str
    lag: float = 0.0
    back: float = 0.0
    between: float = 0.0
    common: float = 0.0
    cause: float = 0.0
    first: bool = False
    shared: float = 0.0
    rollout: float | None = None
    sites: int = 60
    months: int = 24

    @property
    def true_within(self) -> bool:
        """Whether customers do follow within sites."""
        return self.lag != 0


BASE: Final = World("nothing")
WORLDS: Final = (
    BASE,
    replace(BASE, name="lag", lag=EFFECT),
    replace(BASE, name="reverse", back=EFFECT),
    *(replace(BASE, name=f"levels {r}", between=r) for r in (0.3, 0.6, 0.9)),
    replace(BASE, name="common shocks", common=2.0),
    *(replace(BASE, name=f"slow cause {size}", cause=size) for size in (0.3, 0.5, 0.7, 0.85)),
    replace(BASE, name="slow cause, X first", cause=0.5, first=True),
    replace(BASE, name="same raters", shared=0.5),
    replace(BASE, name="roll-out", rollout=1.0),
    replace(BASE, name="roll-out without effect", rollout=0.0),
    replace(BASE, name="few sites", lag=EFFECT, sites=12),
)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One draw: what is seen, and the true average effect of its roll-out (NaN: it has none)."""

    x: Side
    y: Side
    start: FloatArray
    effect: float = field(default=np.nan)

    def panel(self) -> Panel:
        sites, months = self.x.value.shape
        return Panel(
            tuple(f"S{at:05}" for at in range(sites)),
            tuple(f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(months)),
            self.x,
            self.y,
            {},
        )


def drawn(world: World, rng: Rng) -> Drawn:
    """A company of a world."""
    size = (world.sites, world.months + _BEFORE)
    x, y = _moving(world, rng, size)
    x, y = x[:, _BEFORE:], y[:, _BEFORE:]
    sites, months = x.shape
    level = rng.normal(size=(2, sites, 1))
    rest = np.sqrt(1 - world.between**2)
    x, y = x + level[0], y + world.between * level[0] + rest * level[1]
    shock = world.common * _persistent(rng, (1, months), 0.8)
    x, y = x + shock, y + shock
    start, rise = _roll_out(world, rng)
    n = [
        np.repeat(rng.integers(low, high + 1, (sites, 1)), months, axis=1).astype(np.float64)
        for low, high in (EMPLOYEES, CUSTOMERS)
    ]
    noise = rng.normal(size=(3, sites, months))
    both, own = np.sqrt(world.shared), np.sqrt(1 - world.shared)
    errors = [both * noise[2] + own * noise[side] for side in range(2)]
    effect = np.nan
    if rise.any() or world.rollout is not None:
        there = np.arange(months) >= np.where(np.isnan(start), np.inf, start)[:, None]
        effect = float((rise * n[1])[there].sum() / n[1][there].sum())
    return Drawn(
        _seen(x + rise, errors[0], n[0], OF_AN_EMPLOYEE),
        _seen(y + rise, errors[1], n[1], OF_A_CUSTOMER),
        start,
        effect,
    )


def gathered(found: Drawn) -> Evidence:
    """The evidence on a draw, by the page's own estimators."""
    panel = found.panel()
    if panel.missing:
        return Evidence(panel, None, None, None, {}, {})
    after = follows(panel)
    none = np.full(found.start.shape, np.nan)
    raised, moved = (rolled(side.value, side.n, found.start, none) for side in (found.y, found.x))
    return Evidence(
        panel,
        across(panel),
        after,
        None if after is None else sureness(panel, after),
        {} if raised is None else {"roll-out": raised},
        {} if moved is None else {"roll-out": moved},
    )


def _moving(world: World, rng: Rng, size: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    x, y = (_persistent(rng, size, PERSISTENCE) for _side in range(2))
    if world.lag:
        y[:, 1:] = world.lag * x[:, :-1] + np.sqrt(1 - world.lag**2) * y[:, 1:]
    if world.back:
        news = np.sqrt(1 - PERSISTENCE**2 - world.back**2) * rng.normal(size=size)
        for at in range(1, size[1]):
            x[:, at] = PERSISTENCE * x[:, at - 1] + world.back * y[:, at - 1] + news[:, at]
    if world.cause:
        cause = _persistent(rng, size, SLOW)
        own = np.sqrt(1 - world.cause**2)
        x = world.cause * cause + own * x
        y = world.cause * (_later(cause) if world.first else cause) + own * y
    return x, y


def _later(values: FloatArray) -> FloatArray:
    return np.concatenate([values[:, :1], values[:, :-1]], axis=1)


def _persistent(rng: Rng, size: tuple[int, int], by: float) -> FloatArray:
    values = rng.normal(size=size)
    for at in range(1, size[1]):
        values[:, at] = by * values[:, at - 1] + np.sqrt(1 - by**2) * values[:, at]
    return values


def _roll_out(world: World, rng: Rng) -> tuple[FloatArray, FloatArray]:
    """When it started at half of the sites, in four groups, and what it did: growing, differing."""
    start = np.full(world.sites, np.nan)
    rise = np.zeros((world.sites, world.months))
    if world.rollout is None:
        return start, rise
    chosen = rng.permutation(world.sites)[: world.sites // 2]
    start[chosen] = rng.choice([8, 11, 14, 17], chosen.size)
    since = np.arange(world.months) - np.where(np.isnan(start), np.inf, start)[:, None]
    size = world.rollout * (0.5 + rng.random((world.sites, 1)))
    return start, np.where(since >= 0, size * np.clip((since + 1) / 4, 0, 1), 0.0)


def _seen(true: FloatArray, error: FloatArray, n: FloatArray, spread: float) -> Side:
    return Side(true + spread * error / np.sqrt(n), n, spread**2 / n)
