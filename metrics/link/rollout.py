"""Did customer experience rise where something was rolled out?

Sites where it started are held against what the sites without it, or not yet with it, went through
in the same periods. The two steps are kept apart (Gardner's two-stage difference in differences),
so that sites that started early never serve as comparison for those that started later; one
equation with both, as is usual, would do just that and mix their effects up.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from metrics.intervals import LEVEL, FloatArray, Intervals
from metrics.link.fit import fit, sums

LEAST: Final = 5
"""Fewer sites with it, or without it, say nothing."""
BEFORE: Final = 3
"""Periods before the start whose paths must be alike."""
AFTER: Final = 12
"""Periods since the start that are drawn."""


@dataclass(frozen=True, slots=True)
class Since:
    """The effect so many periods since the start (0: that of the start), array of one, sites."""

    periods: int
    effect: Intervals
    sites: int


@dataclass(frozen=True, slots=True, eq=False)
class Rolled:
    """What became of a quantity where something was rolled out.

    Attributes:
        average: over all site-periods with it, weighted by their answers; in plain units.
        p: of it being nothing, two-sided.
        course: by periods since the start; before it, against the period ``BEFORE`` + 1 and more
            periods before (that which is not told).
        before_p: of the paths before the start being alike; None where too few periods are known.
        sites: with it; others: without it, or not yet, while others had it.
        rows: site-periods with it.
        clashing: site-periods left out because something else had started there.
    """

    average: Intervals
    p: float
    course: tuple[Since, ...]
    before_p: float | None
    sites: int
    others: int
    rows: int
    clashing: int


def rolled(
    y: FloatArray,
    weight: FloatArray,
    start: FloatArray,
    other: FloatArray,
) -> Rolled | None:
    """The effect of a roll-out; None with fewer than five sites with it or without it.

    Stage one: y_it = site_i + period_t + e_it over the site-periods without it, weighted. Stage
    two: the mean of y less both levels over those with it. Variance: the jackknife over sites of
    both stages together, Student's t with the sites that have it less one. Before the start:
    y_it = site_i + period_t + one level for each of the three last periods before the start + e_it,
    over the site-periods without it (Borusyak, Jaravel & Spiess 2024, Review of Economic Studies
    91, 3253-3285).

    Source: Gardner (2022), Two-stage differences in differences, arXiv 2207.05943.

    Args:
        y, weight: sites x periods, NaN unknown.
        start: of each site the column in which it started, NaN where it never did; less than 0
            where it started before the first period.
        other: the same of the first of everything else that was rolled out. Site-periods from then
            on are left out: what came of that is not to be told apart from this.
    """
    columns = np.arange(y.shape[1])
    clash = columns >= np.where(np.isnan(other), np.inf, other)[:, None]
    known = np.isfinite(y) & (np.nan_to_num(weight) > 0)
    since = columns - np.where(np.isnan(start), np.inf, start)[:, None]
    treated = since >= 0
    w = np.where(known & ~clash, np.nan_to_num(weight), 0.0)
    before = _comparable(np.where(treated, 0.0, w))
    used = before.sum(axis=1) > 0
    # In a period in which hardly any site waits any more there is nothing to compare with.
    compared = (before > 0).sum(axis=0) >= LEAST
    after = np.where(treated & used[:, None] & compared, w, 0.0)
    with_it = (after > 0).any(axis=1)
    others = (before[:, (after > 0).any(axis=0)] > 0).any(axis=1)
    if with_it.sum() < LEAST:
        return None
    keep = used
    values, before, after, since = y[keep], before[keep], after[keep], since[keep]
    steps = [step for step in range(AFTER + 1) if (after[since == step] > 0).sum() >= LEAST]
    found = _two_stages(values, before, after, since, steps)
    if found is None:
        return None
    whole, without = found
    count = without.shape[0]
    variance = (count - 1) / count * ((without - whole) ** 2).sum(axis=0)
    free = min(int(with_it.sum()), count) - 1
    half = float(special.stdtrit(free, 0.5 + LEVEL / 2)) * np.sqrt(variance)
    told = Intervals(whole, whole - half, whole + half)
    leads, before_p = _leads(values, before, since)
    return Rolled(
        _at(told, 0),
        float(2 * special.stdtr(free, -abs(whole[0]) / max(np.sqrt(variance[0]), 1e-300))),
        (
            *leads,
            *(
                Since(step, _at(told, 1 + at), int((after[since == step] > 0).sum()))
                for at, step in enumerate(steps)
            ),
        ),
        before_p,
        int(with_it.sum()),
        int(others.sum()),
        int((after > 0).sum()),
        int((known & clash & treated).sum()),
    )


def _comparable(w: FloatArray) -> FloatArray:
    """Weights without sites that are there once before the start: no level can be told of them."""
    while True:
        alone = ((w > 0).sum(axis=1, keepdims=True) < 2) | ((w > 0).sum(axis=0) < 2)
        if not ((w > 0) & alone).any():
            return w
        w = np.where(alone, 0.0, w)


def _two_stages(
    y: FloatArray, before: FloatArray, after: FloatArray, since: FloatArray, steps: list[int]
) -> tuple[FloatArray, FloatArray] | None:
    """The average and each step's mean, and the same without each site.

    Given the period levels l, the level of a site is the mean of y - l before; so what is added up
    after is linear in l: sum a_it (y_it - l_t) - A_i mean_i(y - l).
    """
    first = sums(y, np.zeros((*y.shape, 0)), before)
    open_ = np.flatnonzero(before.sum(axis=0) > 0)
    left, right = first.left.sum(axis=0), first.right.sum(axis=0)
    if np.linalg.cond(left) > 1e10:
        return None
    levels = np.zeros((1 + y.shape[0], y.shape[1]))
    levels[0, open_[1:]] = np.linalg.solve(left, right)
    rest = left - first.left
    singular = np.linalg.cond(rest) > 1e10
    solved = np.linalg.pinv(rest, hermitian=True) if singular.any() else np.linalg.inv(rest)
    levels[1:, open_[1:]] = (solved @ (right - first.right)[..., None])[..., 0]
    filled = np.nan_to_num(y)
    share = before / before.sum(axis=1, keepdims=True)
    mean = (share * filled).sum(axis=1)
    found = []
    for mask in (np.ones(since.shape, dtype=bool), *(since == step for step in steps)):
        a = np.where(mask, after, 0.0)
        size = a.sum(axis=1)
        fixed = (a * filled).sum(axis=1) - size * mean
        slope = a - size[:, None] * share
        added = np.concatenate([[0.0], fixed]), np.vstack([np.zeros(y.shape[1]), slope])
        counted = np.concatenate([[0.0], size])
        top = fixed.sum() - added[0] - ((slope.sum(axis=0) - added[1]) * levels).sum(axis=1)
        bottom = size.sum() - counted
        if (bottom <= 0).any():
            return None
        found.append(top / bottom)
    whole = np.stack(found, axis=1)
    return whole[0], whole[1:]


def _leads(
    y: FloatArray, before: FloatArray, since: FloatArray
) -> tuple[list[Since], float | None]:
    """Levels of the last periods before the start against the earlier ones, of those without it."""
    steps = [step for step in range(-BEFORE, 0) if ((since == step) & (before > 0)).sum() >= LEAST]
    earlier = (since < -BEFORE) & np.isfinite(since) & (before > 0)
    if not steps or earlier.any(axis=1).sum() < LEAST:
        return [], None
    dummies = np.stack([(since == step).astype(np.float64) for step in steps], axis=2)
    found = fit(y, dummies, before)
    if found is None:
        return [], None
    told = found.intervals()
    return [
        Since(step, _at(told, at), int(((since == step) & (before > 0)).sum()))
        for at, step in enumerate(steps)
    ], found.any_p(range(len(steps)), int(earlier.any(axis=1).sum()) - 1)


def _at(told: Intervals, at: int) -> Intervals:
    return Intervals(told.value[at : at + 1], told.low[at : at + 1], told.high[at : at + 1])
