"""What the nature of a yes or no pins down: groups of whom nobody, or everybody, must be at risk.

Of each overlap of two cells it is known how many people are in it, and of each cell how many of its
people are at risk, exactly or within bounds. That is a transport problem, and the true numbers are
one solution. Another one differs from it by rounds in the network: one more at risk here, one fewer
there, until the sums agree again. So an overlap can be other than it is exactly when a round leads
through it: when its two cells lie in one strongly connected component of the steps that are
possible (Ahuja, Magnanti and Orlin 1993, Network Flows; the principle behind Gusfield's 1988 audit
of two-dimensional tables).
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def pinned(steps: pl.DataFrame) -> pl.Series:
    """Which numbers of a transport problem lie at an end of their range and cannot leave it.

    Args:
        steps: a row per number: `one` and `other`, the nodes that it lies between; `value`, what it
            truly is; `least` and `most`, what it can be by itself. Nodes are any integers; the sum
            of the numbers at a node is known, but for a node that all unknown sums share.

    Returns:
        A boolean per row. A number inside its range may still follow from the sums: that is
        arithmetic, which `release.network` looks after.
    """
    more = steps.filter(pl.col("value") < pl.col("most"))
    less = steps.filter(pl.col("value") > pl.col("least"))
    tails = np.concatenate([more["one"].to_numpy(), less["other"].to_numpy()])
    heads = np.concatenate([more["other"].to_numpy(), less["one"].to_numpy()])
    nodes = np.unique(np.concatenate([steps["one"].to_numpy(), steps["other"].to_numpy()]))
    component = _components(nodes, tails, heads)
    one = component[np.searchsorted(nodes, steps["one"].to_numpy())]
    other = component[np.searchsorted(nodes, steps["other"].to_numpy())]
    return pl.Series("pinned", one != other)


def _components(
    nodes: npt.NDArray[np.int64], tails: npt.NDArray[np.int64], heads: npt.NDArray[np.int64]
) -> npt.NDArray[np.int32]:
    size = len(nodes)
    places = (np.searchsorted(nodes, tails), np.searchsorted(nodes, heads))
    graph = coo_array((np.ones(len(tails), dtype=np.int8), places), shape=(size, size))
    _, labels = connected_components(graph.tocsr(), directed=True, connection="strong")
    found: npt.NDArray[np.int32] = labels
    return found
