"""Does customer experience follow when a site's own worker experience moves?

Three readings, because each is fooled by something that the others see through. *Alone*: customer
experience on earlier worker experience; it finds an effect, but a cause of both that changes slowly
as well. *Direction*: is the earlier worker experience worth more than the later one? A cause that
moves both at once, or raters that both sides share, is worth the same before and after. *Jointly*:
all leads and lags in one equation, of which the leads must be nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.intervals import FloatArray, Intervals
from metrics.link.fit import Fit, fit
from metrics.link.panel import Panel, Side

FURTHEST: Final = 3
"""Leads and lags that are looked at, where there are periods enough."""

_PER_STEP: Final = 4
"""Periods that there must be for a step of leads and lags, on top of two."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A coefficient: in plain units, and in standard deviations of what moves within sites.

    ``plain``: of y per unit of x; ``standard``: times the ratio of the spreads of x and y that are
    left after taking off site and period levels. Arrays of one, 95 % intervals. ``p``: two-sided.
    """

    plain: Intervals
    standard: Intervals
    p: float


@dataclass(frozen=True, slots=True)
class Step:
    """One lead (``lag`` negative) or lag of the joint equation, standardised; arrays of one."""

    lag: int
    standard: Intervals
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class Follows:
    """What moves with what within sites, site and period levels taken off.

    Attributes:
        lag: periods between the two, chosen beforehand.
        alone: y on x of ``lag`` periods before.
        direction: how much more x of ``lag`` periods before is worth than x of ``lag`` periods
            later, both in one equation; None where there are too few periods.
        profile: all leads and lags in one equation, from the earliest x to the latest; empty where
            there are too few periods.
        leads_p: of all leads being nothing (Bonferroni's); None without a profile.
        reverse: x on y of ``lag`` periods before.
        fit: what ``alone`` comes from.
        x: x of ``lag`` periods before, as it was fitted; weight: of the site-periods, before those
            with something unknown were left out.
    """

    lag: int
    alone: Effect
    direction: Effect | None
    profile: tuple[Step, ...]
    leads_p: float | None
    reverse: Effect | None
    fit: Fit
    x: FloatArray
    weight: FloatArray

    @property
    def sites(self) -> int:
        """How many sites it rests on."""
        return self.fit.sites

    @property
    def rows(self) -> int:
        """How many site-periods it rests on."""
        return self.fit.rows


def follows(panel: Panel, lag: int = 1) -> Follows | None:
    """The three readings; None where ``alone`` can't be estimated.

    y_it = site_i + period_t + b x_i,t-lag + e_it, weighted by the answers behind y, errors
    clustered by site (``fit``). What b stands for is what can be *seen*: x is a mean of a sample,
    and its sampling error makes b smaller (attenuation); it is not corrected for that.
    """
    y, weight = panel.y.value, panel.y.n
    earlier = shifted(panel.x.value, lag)
    found = fit(y, earlier[..., None], weight)
    if found is None or not found.spread.all():
        return None
    steps = _steps(len(panel.periods), lag)
    profile, leads_p = _profile(panel, steps)
    return Follows(
        lag,
        effect(found, np.ones(1), found.spread[1]),
        _direction(panel, lag),
        profile,
        leads_p,
        _reverse(panel.y, panel.x, lag),
        found,
        earlier,
        weight,
    )


def shifted(values: FloatArray, lag: int) -> FloatArray:
    """Sites x periods, moved so that period t holds the value of ``lag`` periods before.

    Where that is outside: NaN. A negative lag takes later periods.
    """
    moved = np.full(values.shape, np.nan)
    if lag == 0:
        return values.copy()
    if abs(lag) < values.shape[1]:
        if lag > 0:
            moved[:, lag:] = values[:, :-lag]
        else:
            moved[:, :lag] = values[:, -lag:]
    return moved


def effect(found: Fit, weights: FloatArray, spread: float) -> Effect:
    """A linear combination of coefficients; ``spread``: of the regressor that they belong to."""
    plain = found.intervals(weights)
    return Effect(plain, plain.scaled(float(spread / found.spread[0])), found.p(weights))


def _steps(periods: int, lag: int) -> int:
    return max(lag, 1, min(FURTHEST, (periods - 2) // _PER_STEP))


def _direction(panel: Panel, lag: int) -> Effect | None:
    if lag < 1:
        return None
    both = np.stack([shifted(panel.x.value, lag), shifted(panel.x.value, -lag)], axis=2)
    found = fit(panel.y.value, both, panel.y.n)
    if found is None or not found.spread.all():
        return None
    return effect(found, np.array([1.0, -1.0]), float(found.spread[1:].mean()))


def _profile(panel: Panel, steps: int) -> tuple[tuple[Step, ...], float | None]:
    lags = list(range(steps, -steps - 1, -1))
    every = np.stack([shifted(panel.x.value, lag) for lag in lags], axis=2)
    found = fit(panel.y.value, every, panel.y.n)
    if found is None or not found.spread.all():
        return (), None
    told = [effect(found, row, found.spread[1 + at]) for at, row in enumerate(np.eye(len(lags)))]
    leads = [at for at, lag in enumerate(lags) if lag < 0]
    return (
        tuple(Step(lag, each.standard, each.p) for lag, each in zip(lags, told, strict=True)),
        found.any_p(leads),
    )


def _reverse(x: Side, y: Side, lag: int) -> Effect | None:
    found = fit(y.value, shifted(x.value, lag)[..., None], y.n)
    if found is None or not found.spread.all():
        return None
    return effect(found, np.ones(1), found.spread[1])
