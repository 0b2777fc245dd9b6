"""The registry of metrics."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from metrics import absence, burnout, ideas, interaction, measure, response, turnover
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
            absence.RATE,
            ideas.THROUGHPUT,
            response.RATE,
            interaction.REACH,
            interaction.RECIPROCITY,
            interaction.MANAGER_REPLIES,
            interaction.PEERS,
            interaction.MANAGERS,
        )
    }
)
"""Every metric by its code."""
