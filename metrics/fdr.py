"""Control of the false-discovery rate among many comparisons."""

from typing import Final

import numpy as np

from metrics.intervals import FloatArray

RATE: Final = 0.05
"""Of the comparisons that are flagged, at most this share is expected to be flagged by chance."""


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Adjusted p-values: flag where they are <= ``RATE``.

    q_(i) = min over j >= i of p_(j) m / j, m the number of p-values that are known; at most 1.
    NaN stays NaN and does not count in m. Valid for independent and for positively dependent
    comparisons.

    Source: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
    """
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    if known.size == 0:
        return adjusted
    order = known[np.argsort(p[known])[::-1]]
    ranks = np.arange(known.size, 0, -1)
    adjusted[order] = np.minimum.accumulate(np.minimum(p[order] * known.size / ranks, 1))
    return adjusted
