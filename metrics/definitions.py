"""The registry of metrics."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from metrics import (
    absence,
    burnout,
    cost,
    headcount,
    idea_waits,
    ideas,
    incidence,
    measure,
    reasons,
    response,
    retention,
    turnover,
)
from metrics.metric import Metric, MetricError

__all__ = ["METRICS", "Metric", "MetricError"]

METRICS: Final[Mapping[str, Metric]] = MappingProxyType(
    {
        metric.code: metric
        for metric in (
            measure.MEAN,
            measure.SHARE_AT_RISK,
            measure.NPS,
            burnout.SHARE,
            burnout.MEAN_SCORE,
            turnover.RATE,
            turnover.AVERAGE,
            turnover.END_OF_PERIOD,
            reasons.VOLUNTARY,
            reasons.INVOLUNTARY,
            reasons.OTHER,
            headcount.HIRES,
            headcount.NET_FLOW,
            headcount.HEADCOUNT,
            retention.RETENTION,
            incidence.INCIDENCE,
            retention.HAZARD,
            retention.EARLY,
            retention.STABILITY,
            cost.TURNOVER,
            absence.RATE,
            absence.FREQUENCY,
            cost.ABSENCE,
            ideas.THROUGHPUT,
            idea_waits.DECIDED,
            idea_waits.IMPLEMENTED,
            response.RATE,
        )
    }
)
"""Every metric by its code."""
