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
    """

    time: FloatArray
    at_risk: FloatArray
    ended: Mapping[str, FloatArray]

    @property
    def all_ended(self) -> FloatArray:
        """Ended for whatever reason."""
        return np.sum(list(self.ended.values()), axis=0) if self.ended else np.zeros_like(self.time)


def retention(table: LifeTable) -> Intervals:
    """The share still there after each time: Kaplan-Meier with the log-log interval.

    S(t) = prod (1 - d_i/n_i); Greenwood's variance of log S, sum d_i / (n_i (n_i - d_i)), on the
    scale of log(-log S). Nobody ended yet: 1 with ends of 1. Nobody left: 0, without interval.
    Nobody at risk: NaN from there on.

    Source: Kaplan & Meier (1958); Kalbfleisch & Prentice (2002), section 1.4.
    """
    n, d = table.at_risk, table.all_ended
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.cumprod(np.where(n > 0, 1 - d / n, np.nan))
        error = np.sqrt(np.cumsum(np.where(n > 0, d / (n * (n - d)), np.nan)))
        log = np.log(share)
        factor = np.exp(Z * error / log)
        low, high = share ** (1 / factor), share**factor
    inside = (share > 0) & (share < 1)
    sure = np.where(share == 1, 1.0, np.nan)
    return Intervals(share, np.where(inside, low, sure), np.where(inside, high, sure))


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
    error = np.sqrt(np.maximum(variance, 0))
    log = np.log(found)
    factor = np.exp(Z * error / (found * log))
    inside = (found > 0) & (found < 1) & np.isfinite(part)
    return Intervals(
        found,
        np.where(inside, found ** (1 / factor), np.nan),
        np.where(inside, found**factor, np.nan),
    )


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
    d n_j/n; the sums over time against their hypergeometric covariance.

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
    total, ended = n.sum(axis=0), d.sum(axis=0)
    use = (total > 1) & (ended > 0)
    n, d, total, ended = n[:, use], d[:, use], total[use], ended[use]
    if not ended.size:
        return None
    away = (d - ended * n / total).sum(axis=1)
    scale = ended * (total - ended) / (total**2 * (total - 1))
    covariance = np.diag((scale * total * n).sum(axis=1)) - (scale * n) @ n.T
    freedom = len(tables) - 1
    kept = slice(0, freedom)
    statistic = float(away[kept] @ np.linalg.pinv(covariance[kept, kept]) @ away[kept])
    return LogRank(statistic, freedom, float(special.chdtrc(freedom, statistic)))
