"""Logs of ideas written by hand: a word per idea and step, as a release would tell them."""

from collections.abc import Mapping

import polars as pl

from metrics.idea_log import MEASURES, WITHIN
from metrics.results import Cells
from tests.metrics.by_hand import cells

Steps = Mapping[str, str]
"""Stage and the period in which it was first reached."""


def logged(
    ideas: Mapping[str, Steps],
    *,
    by: Mapping[str, Mapping[str, str]] | None = None,
    first: str | None = "2024-01",
    last: str | None = "2024-12",
) -> Cells:
    """The cells of these ideas; ``by``: dimensions and the value of each idea."""
    dims = by or {}
    rows = [
        {
            **{dim: values[idea] for dim, values in dims.items()},
            "idea": idea,
            "period": period,
            "measure": f"ideas_{stage}",
            "n": 1,
            "total": 1.0,
        }
        for idea, steps in ideas.items()
        for stage, period in steps.items()
    ]
    found = cells(*rows, by=(*dims, *WITHIN), first=first, last=last, measures=MEASURES)
    return found.apart(WITHIN)


def told(rows: pl.DataFrame, *keys: str) -> dict[object, float]:
    """Key and value."""
    named = rows.select(pl.concat_str(keys, separator=" ").alias("key"), "value")
    return dict(named.iter_rows())
