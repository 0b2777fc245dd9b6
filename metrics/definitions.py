"""The registry of metrics."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from metrics import absence, burnout, cost, headcount, ideas, measure, reasons, response, turnover
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
            cost.TURNOVER,
            absence.RATE,
            absence.FREQUENCY,
            cost.ABSENCE,
            ideas.THROUGHPUT,
            response.RATE,
        )
    }
)
"""Every metric by its code."""
