"""The registry of metrics."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from metrics import (
    absence,
    burnout,
    cost,
    headcount,
    idea_flow,
    idea_forecast,
    idea_funnel,
    idea_medians,
    idea_volume,
    idea_waits,
    ideas,
    incidence,
    interaction,
    measure,
    reasons,
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
            idea_funnel.FUNNEL,
            idea_funnel.ACCEPTANCE,
            idea_funnel.REALISED,
            idea_funnel.REALISED_OF_SUBMITTED,
            idea_flow.PER_MONTH,
            idea_flow.CUMULATIVE,
            idea_flow.OPEN_NOW,
            idea_flow.OLDEST,
            idea_waits.DECIDED,
            idea_waits.IMPLEMENTED,
            idea_medians.TO_DECISION,
            idea_medians.TO_IMPLEMENTATION,
            idea_volume.PER_100,
            idea_volume.GROWTH,
            idea_forecast.FORECAST,
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
