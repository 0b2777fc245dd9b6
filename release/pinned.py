"""What the nature of a yes or no pins down: groups of whom nobody, or everybody, must be at risk.

Of each overlap of two cells it is known how many people are in it, and of each cell how many of its
people are at risk, exactly or within bounds. That is a transport problem, and the true numbers are
one solution. Another one differs from it by rounds in the network: one more at risk here, one fewer
there, until the sums agree again. So an overlap can be other than it is exactly when a round leads
through it: when its two cells lie in one strongly connected component of the steps that are
possible (Ahuja, Magnanti and Orlin 1993, Network Flows; the principle behind Gusfield's 1988 audit
of two-dimensional tables).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Steps:
    """The numbers of a transport problem.

    Attributes:
        one, other: the nodes that each lies between, any integers; the sum of the numbers at a node
            is known, but for a node that all unknown sums share.
        value: what each truly is.
        most: what it can be by itself; the least is 0.
    """

    one: Integers
    other: Integers
    value: Integers
    most: Integers

    def joined(self, others: "Steps") -> "Steps":
        """These numbers, and then the others."""
        return Steps(
            np.concatenate([self.one, others.one]),
            np.concatenate([self.other, others.other]),
            np.concatenate([self.value, others.value]),
            np.concatenate([self.most, others.most]),
        )


def pinned(steps: Steps) -> npt.NDArray[np.bool_]:
    """Which numbers of a transport problem lie at an end of their range and cannot leave it.

    A number inside its range may still follow from the sums: that is arithmetic, which
    `release.network` looks after.
    """
    more, less = steps.value < steps.most, steps.value > 0
    tails = np.concatenate([steps.one[more], steps.other[less]])
    heads = np.concatenate([steps.other[more], steps.one[less]])
    nodes = np.unique(np.concatenate([steps.one, steps.other]))
    component = _components(nodes, tails, heads)
    one = component[np.searchsorted(nodes, steps.one)]
    other = component[np.searchsorted(nodes, steps.other)]
    found: npt.NDArray[np.bool_] = one != other
    return found


def _components(nodes: Integers, tails: Integers, heads: Integers) -> npt.NDArray[np.int32]:
    # Loading these takes longer than a small import, which never comes here.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(nodes)
    places = (np.searchsorted(nodes, tails), np.searchsorted(nodes, heads))
    graph = coo_array((np.ones(len(tails), dtype=np.int8), places), shape=(size, size))
    _, labels = connected_components(graph.tocsr(), directed=True, connection="strong")
    found: npt.NDArray[np.int32] = labels
    return found
