"""The registry of metrics."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from metrics import (
    absence,
    burnout,
    idea_waits,
    ideas,
    incidence,
    measure,
    reliability,
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
            reliability.RELIABILITY,
            turnover.RATE,
            retention.RETENTION,
            incidence.INCIDENCE,
            retention.HAZARD,
            retention.EARLY,
            retention.STABILITY,
            absence.RATE,
            ideas.THROUGHPUT,
            idea_waits.DECIDED,
            idea_waits.IMPLEMENTED,
            response.RATE,
        )
    }
)
"""Every metric by its code."""
