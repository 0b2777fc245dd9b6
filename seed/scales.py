"""Answers on whole-number scales with an exact mean.

A respondent's answer is a normal draw, rounded and kept within the scale, which pulls means towards
the middle. So the normal's mean is looked up such that the *expected answer* is what was asked for;
effects written in points of the answer then hold exactly.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

Floats = npt.NDArray[np.float64]

_POINTS = 801


@dataclass(frozen=True)
class Scale:
    """A scale of whole numbers from `low` to `high`; `spread` is the sd of the latent normal."""

    low: int
    high: int
    spread: float

    @cached_property
    def _grid(self) -> Floats:
        reach = 3.0 * self.spread
        return np.linspace(self.low - reach, self.high + reach, _POINTS)

    @cached_property
    def _means(self) -> Floats:
        cuts = np.arange(self.low, self.high) + 0.5
        return self.low + ndtr((self._grid[:, None] - cuts) / self.spread).sum(axis=1)

    @cached_property
    def _scores(self) -> Floats:
        promoters = ndtr((self._grid - 8.5) / self.spread)
        detractors = ndtr((6.5 - self._grid) / self.spread)
        return 100.0 * (promoters - detractors)

    def latent(self, mean: Floats) -> Floats:
        """The normal's mean for which the expected answer is `mean`; kept within the scale."""
        return np.interp(mean, self._means, self._grid)

    def latent_nps(self, score: Floats) -> Floats:
        """The normal's mean for which promoters minus detractors are `score` (-100..100)."""
        return np.interp(score, self._scores, self._grid)

    def latent_share(self, percent: Floats, at_least: int) -> Floats:
        """The normal's mean for which `percent` of the answers are `at_least` or higher."""
        share = np.clip(percent / 100.0, 0.005, 0.995)
        return at_least - 0.5 + self.spread * ndtri(share)

    def answer(self, latent: Floats, noise: Floats) -> Floats:
        """Whole-number answers from standard normal noise, as floats."""
        return np.clip(np.rint(latent + self.spread * noise), self.low, self.high)


def yes(percent: Floats, noise: Floats) -> npt.NDArray[np.bool_]:
    """Yes with a probability of `percent`, from standard normal noise."""
    return noise < ndtri(np.clip(percent / 100.0, 0.001, 0.999))
