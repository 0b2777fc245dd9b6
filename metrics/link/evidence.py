"""All the evidence on one pair of quantities, gathered from released rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics.intervals import FloatArray
from metrics.link.across import Across, across
from metrics.link.follows import Follows, follows
from metrics.link.panel import Lined, Panel, column, lined, panel
from metrics.link.rollout import Rolled, rolled
from metrics.link.sureness import Sureness, sureness


@dataclass(frozen=True, slots=True)
class Started:
    """A roll-out: its code, its kind (empty: not known) and per site the period it started in."""

    code: str
    kind: str
    starts: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All that a verdict rests on.

    Attributes:
        panel, across, follows, sureness: of one pair; None where it could not be estimated.
        raised: what became of customer experience, by roll-out that could be judged.
        moved: what became of worker experience, by the same roll-outs.
    """

    panel: Panel
    across: Across | None
    follows: Follows | None
    sureness: Sureness | None
    raised: Mapping[str, Rolled]
    moved: Mapping[str, Rolled]


def gather(
    x: pl.DataFrame, y: pl.DataFrame, rollouts: Sequence[Started] = (), lag: int = 1
) -> Evidence:
    """Gather it; nothing is estimated of a panel that is too small (``Panel.missing``).

    Args:
        x, y: worker and customer experience, rows as in ``panel``.
        rollouts: everything that started anywhere.
        lag: periods that customer experience comes after, chosen beforehand.
    """
    both = panel(x, y)
    if both.missing:
        return Evidence(both, None, None, None, {}, {})
    after = follows(both, lag)
    raised = judged(y, rollouts)
    return Evidence(
        both,
        across(both),
        after,
        None if after is None else sureness(both, after),
        raised,
        {code: found for code, found in judged(x, rollouts).items() if code in raised},
    )


def judged(rows: pl.DataFrame, rollouts: Sequence[Started]) -> Mapping[str, Rolled]:
    """What became of a quantity at every roll-out that can be judged, by its code."""
    if rows.is_empty():
        return {}
    mine = lined(rows)
    found = {
        each.code: rolled(
            mine.side.value,
            mine.side.n,
            _columns(mine, [each]),
            _columns(mine, [other for other in rollouts if other.code != each.code]),
        )
        for each in rollouts
    }
    return {code: told for code, told in found.items() if told is not None}


def _columns(mine: Lined, rollouts: Sequence[Started]) -> FloatArray:
    """Of each site the column in which the first of these started; NaN: none did."""
    known = {
        period: column(period, mine.periods) for each in rollouts for period in each.starts.values()
    }
    return np.array(
        [
            min(
                (known[each.starts[site]] for each in rollouts if site in each.starts),
                default=np.nan,
            )
            for site in mine.sites
        ],
        dtype=np.float64,
    )
