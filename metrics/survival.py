"""Durations from life tables: how many were at risk and how many ended, per unit of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.intervals import FloatArray, Intervals, Z


@dataclass(frozen=True, slots=True)
class LifeTable:
    """A row per time at which something ended, or per unit of time.

    Attributes:
        time: the end of each unit, increasing.
        at_risk: how many could end at that time.
        ended: how many did, by reason; each of the length of ``time``.
        noise: the variance that noise in these numbers adds to log(1 - d/n) of each time; None
            where they are exact.
    """

    time: FloatArray
    at_risk: FloatArray
    ended: Mapping[str, FloatArray]
    noise: FloatArray | None = None

    @property
    def all_ended(self) -> FloatArray:
        """Ended for whatever reason."""
        every: FloatArray = np.zeros_like(self.time, dtype=np.float64)
        return sum(self.ended.values(), start=every)

    @property
    def added(self) -> FloatArray:
        """The variance that noise adds, 0 where there is none."""
        return np.zeros_like(self.time, dtype=np.float64) if self.noise is None else self.noise


def retention(table: LifeTable) -> Intervals:
    """The share still there after each time: Kaplan-Meier with the log-log interval.

    S(t) = prod (1 - d_i/n_i); Greenwood's variance of log S, sum d_i / (n_i (n_i - d_i)), on the
    scale of log(-log S), plus the variance of noise. Nobody ended yet: 1 with an upper end of 1,
    and a lower one of 1 as well where nothing carries noise. Nobody left: 0, without interval.
    Nobody at risk: NaN from there on.

    Source: Kaplan & Meier (1958); Kalbfleisch & Prentice (2002), section 1.4.
    """
    n, d = table.at_risk, table.all_ended
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.cumprod(np.where(n > 0, 1 - d / n, np.nan), dtype=np.float64)
        error = np.sqrt(np.cumsum(np.where(n > 0, d / (n * (n - d)) + table.added, np.nan)))
        log = np.log(share)
        factor = np.exp(Z * error / log)
        low, high = share ** (1 / factor), share**factor
    inside = (share > 0) & (share < 1)
    sure = np.where(share == 1, 1.0, np.nan)
    return Intervals(
        share, np.where(inside, low, sure * np.exp(-Z * error)), np.where(inside, high, sure)
    )


def incidence(table: LifeTable) -> dict[str, Intervals]:
    """The share that ended for each reason by each time, the others competing: Aalen-Johansen.

    F_r(t) = sum S(t_i-) d_ri / n_i. Variance by the delta method (Marubini & Valsecchi 1995,
    section 10.2), interval on the scale of log(-log F). Added up over the reasons it is 1 - S.
    """
    n, d = table.at_risk, table.all_ended
    with np.errstate(invalid="ignore", divide="ignore"):
        hazard = np.where(n > 0, d / n, np.nan)
        before = np.concatenate([[1.0], np.cumprod(1 - hazard)[:-1]])
        return {
            reason: _with_interval(np.cumsum(before * own / n), before, own, d, n)
            for reason, own in table.ended.items()
        }


def _with_interval(
    found: FloatArray, before: FloatArray, own: FloatArray, every: FloatArray, n: FloatArray
) -> Intervals:
    variance = np.empty_like(found)
    spread = every / (n * (n - every))
    part = before * own / n
    inner = before**2 * (n - own) * own / n**3
    cross = before * own / n**2
    for place in range(found.size):
        gap = found[place] - found[: place + 1]
        variance[place] = (
            np.nansum(gap**2 * spread[: place + 1])
            + np.nansum(inner[: place + 1])
            - 2 * np.nansum(gap * cross[: place + 1])
        )
    kept = np.isfinite(part)
    given = _on_log_log(found, np.sqrt(np.maximum(variance, 0)))
    return Intervals(found, np.where(kept, given.low, np.nan), np.where(kept, given.high, np.nan))


def incidence_by_share(
    table: LifeTable,
    group: Sequence[int],
    told: Mapping[str, FloatArray],
    error: FloatArray,
) -> dict[str, Intervals]:
    """The same, where reasons are known of only some of those who ended.

    F_r(t) = sum S(t_i-) q_i w_r(g_i): q_i = d_i/n_i of whatever reason, w_r(g) the share of the
    reason among those of whom it is told in the wider unit g of time i. Variance by the delta
    method over all q_i (Greenwood's, and noise) and all w_r(g) (multinomial, and noise); interval
    on the scale of log(-log F). Where each time is a unit of its own, and every reason is told, it
    is Aalen-Johansen's. From the first unit of which nothing is told on: NaN.

    Args:
        table: ``ended`` of whatever reason.
        group: of each time the number of its wider unit.
        told: per reason how many of each wider unit ended for it.
        error: per wider unit the variance of the noise in each of these numbers.
    """
    n, d = table.at_risk, table.all_ended
    counts = {reason: np.clip(values, 0, None) for reason, values in told.items()}
    every = sum(counts.values(), start=np.zeros_like(error))
    place = np.asarray(group, dtype=np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        hazard = np.where(n > 0, d / n, np.nan)
        before = np.concatenate([[1.0], np.cumprod(1 - hazard)[:-1]])
        spread = hazard * (1 - hazard) / n + table.added * (1 - hazard) ** 2
        reach = before * hazard
        found = {}
        for reason, own in counts.items():
            share = own / every
            unsure = share * (1 - share) / every
            noise = error * ((1 - share) ** 2 + (len(counts) - 1) * share**2) / every**2
            part = reach * share[place]
            total = np.cumsum(part)
            variance = np.empty_like(total)
            for last in range(total.size):
                here = slice(0, last + 1)
                slope = before[here] * share[place[here]] - (total[last] - total[here]) / (
                    1 - hazard[here]
                )
                weight = np.bincount(place[here], reach[here], minlength=every.size)
                used = weight > 0
                variance[last] = (slope**2 * spread[here]).sum() + (
                    weight[used] ** 2 * (unsure + noise)[used]
                ).sum()
            found[reason] = _on_log_log(total, np.sqrt(variance))
    return found


def _on_log_log(found: FloatArray, error: FloatArray) -> Intervals:
    """Estimates strictly between 0 and 1 with an interval on the scale of log(-log)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = np.exp(Z * error / (found * np.log(found)))
        inside = (found > 0) & (found < 1)
        low = np.where(inside, found ** (1 / factor), np.nan)
        high = np.where(inside, found**factor, np.nan)
    return Intervals(found, low, high)


def median(table: LifeTable) -> float:
    """The first time at which half or fewer are still there; infinite when that never is."""
    share = retention(table).value
    reached = np.flatnonzero(share <= 0.5)
    return float(table.time[reached[0]]) if reached.size else float("inf")


@dataclass(frozen=True, slots=True)
class LogRank:
    """Whether groups end at the same pace: chi-squared with ``freedom`` degrees, and its p."""

    statistic: float
    freedom: int
    p: float


def log_rank(tables: Sequence[LifeTable]) -> LogRank | None:
    """Compare life tables on the same times; None for fewer than two groups, or without ends.

    Of each time, what ended in a group less what would have, had all groups the same hazard,
    d n_j/n; the sums over time against their hypergeometric covariance. Noise in what ended adds
    its own covariance: of each group's d_j the variance is that of log(1 - d/n) times (n - d)^2.

    Source: Mantel (1966); Peto & Peto (1972).

    Raises:
        ValueError: the tables have different times.
    """
    if len(tables) < 2:
        return None
    if any(not np.array_equal(table.time, tables[0].time) for table in tables):
        raise ValueError("life tables can only be compared on the same times")
    n = np.array([table.at_risk for table in tables])
    d = np.array([table.all_ended for table in tables])
    error = np.array([table.added for table in tables]) * (n - d) ** 2
    total, ended = n.sum(axis=0), d.sum(axis=0)
    use = (total > 1) & (ended > 0)
    n, d, error, total, ended = n[:, use], d[:, use], error[:, use], total[use], ended[use]
    if not ended.size:
        return None
    part = n / total
    away = (d - ended * part).sum(axis=1)
    scale = ended * (total - ended) / (total - 1)
    covariance = np.diag((scale * part).sum(axis=1)) - (scale * part) @ part.T
    # d_j - part_j (d_1 + d_2 + ...): each group's noise is also in what all expect.
    covariance += np.diag(error.sum(axis=1)) - error @ part.T - part @ error.T
    covariance += (part * error.sum(axis=0)) @ part.T
    freedom = len(tables) - 1
    kept = slice(0, freedom)
    statistic = float(away[kept] @ np.linalg.pinv(covariance[kept, kept]) @ away[kept])
    return LogRank(statistic, freedom, float(special.chdtrc(freedom, statistic)))
