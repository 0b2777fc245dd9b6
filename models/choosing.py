"""Which of the views of a subject answers a question: of two, the one that covers most of it.

The choice looks at all published periods, whatever the window, so that a figure, the year before
it and its course rest on one view. Life tables leave small cells out instead of pooling them, so of
their views the first answers that knows what is asked.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from models.held import Release
from models.summing import Filters, Part, summed
from release.subjects import SITES, WORK


def choose(
    measures: Sequence[str], by: Sequence[str], where: Filters, release: Release
) -> Mapping[str, str]:
    """The view that answers each measure; of two that cover as much, the first.

    Measures that count a whole population (hires, people asked) are divided by one another, so all
    of them that a question names take one view.

    Args:
        measures: codes that the release has.
        by, where: dimensions and filters that one view at least knows (`Release.together`).
    """
    grouped = tuple(dim for dim in by if dim != "period")
    dims = [*grouped, *(dim for dim, _ in where)]
    every = {code: release.views(code, dims) for code in measures}
    # Without limits the first view holds everybody.
    first = {code: views[0] for code, views in every.items()}
    possible = {code: views for code, views in every.items() if release.knows_sites(code)}
    if not dims or not possible:
        return first
    counts = [code for code in possible if _counts(code, release)]
    shared = [view for view in (SITES, WORK) if all(view in possible[code] for code in counts)]
    open_ones = tuple(code for code, views in possible.items() if len(views) > 1)
    inside = _inside_of(open_ones, grouped, where, release) if open_ones else {}

    def most(codes: Sequence[str], views: Sequence[str]) -> str:
        return max(views, key=lambda view: sum(inside.get((code, view), 0) for code in codes))

    chosen = {code: most([code], views) for code, views in possible.items()}
    if shared and counts:
        chosen.update(dict.fromkeys(counts, most(counts, shared)))
    return {**first, **chosen}


def _inside_of(
    measures: tuple[str, ...], by: tuple[str, ...], where: Filters, release: Release
) -> Mapping[tuple[str, str], int]:
    """Per measure and view how many answers lie inside a question, over all periods."""
    key = (measures, by, where)
    known = release.choices.get(key)
    if known is None:
        known = {}
        for view in (SITES, WORK):
            rows = summed(Part(view, measures, by, where), release).rows
            counted = rows.group_by(pl.col("measure").cast(pl.String)).agg(pl.col("n").sum())
            known.update({(code, view): n for code, n in counted.iter_rows()})
        release.choices[key] = known
    return known


def _counts(code: str, release: Release) -> bool:
    """Whether a measure counts a whole population."""
    measure = release.measure(code)
    return measure is not None and measure.transform == "sum"
