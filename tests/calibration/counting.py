"""Draws worlds many times and counts what is claimed of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat
from typing import Final

import numpy as np

from metrics.catalogue import CATALOGUE
from metrics.link.fit import fit
from metrics.link.follows import follows, shifted
from metrics.link.quantity import Quantity, quantity
from metrics.link.verdict import LADDER, Step, verdict
from tests.calibration.worlds import World, drawn, gathered

SEED: Final = 20_260_601
_MANY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one draw.

    Attributes:
        step: the verdict's.
        alone: the lagged effect is called sure.
        held: its interval holds what can be seen; None where that is not known.
        raised: the roll-out is called sure to have changed customer experience; None without one.
        average: its interval holds the true average; None without one.
    """

    step: Step
    alone: bool
    held: bool | None
    raised: bool | None
    average: bool | None


@dataclass(frozen=True, slots=True)
class Count:
    """Shares of the runs of a world; NaN where there is nothing to count."""

    world: World
    runs: int
    steps: Counter[Step]
    alone: float
    held: float
    raised: float
    average: float

    def reached(self, step: Step) -> float:
        """The share of runs whose verdict is this step or a higher one."""
        above = LADDER[LADDER.index(step) :]
        return sum(self.steps[each] for each in above) / self.runs

    def error(self, share: float) -> float:
        """The Monte-Carlo standard error of a share."""
        return float(np.sqrt(share * (1 - share) / self.runs))


def count(world: World, runs: int, workers: int = 2) -> Count:
    """Draw a world so many times; one worker does it in this process."""
    seen = estimand(world)
    if workers == 1:
        every = [_one(world, run, seen) for run in range(runs)]
    else:
        with ProcessPoolExecutor(workers) as pool:
            every = list(pool.map(_one, repeat(world), range(runs), repeat(seen), chunksize=10))
    return Count(
        world,
        runs,
        Counter(each.step for each in every),
        _share([each.alone for each in every]),
        _share([each.held for each in every]),
        _share([each.raised for each in every]),
        _share([each.average for each in every]),
    )


def estimand(world: World) -> float | None:
    """What the lagged coefficient stands for: that of very many sites of this world.

    Attenuation by sampling error is in it. None with a roll-out: the effects of that are no shocks
    of a stationary world, and differ from draw to draw.
    """
    if world.rollout is not None:
        return None
    return _of_many(replace(world, name="", sites=_MANY))


@lru_cache
def _of_many(world: World) -> float:
    made = drawn(world, np.random.default_rng([SEED, 0]))
    found = fit(made.y.value, shifted(made.x.value, 1)[..., None], made.y.n)
    assert found is not None
    return float(found.beta[0])


def _one(world: World, run: int, seen: float | None) -> Run:
    found = drawn(world, np.random.default_rng([SEED, *world.name.encode(), run]))
    evidence = gathered(found)
    told = verdict(evidence, *_sides())
    after = evidence.follows or follows(found.panel())
    assert after is not None
    alone = after.alone.plain
    rolled = evidence.raised.get("roll-out")
    return Run(
        told.step,
        after.alone.p < 0.05,
        None if seen is None else bool(alone.low[0] <= seen <= alone.high[0]),
        None if rolled is None else rolled.p < 0.05,
        None
        if rolled is None
        else bool(rolled.average.low[0] <= found.effect <= rolled.average.high[0]),
    )


@lru_cache
def _sides() -> tuple[Quantity, Quantity]:
    x, y = (quantity(CATALOGUE[code]) for code in ("peer_interaction", "nps"))
    assert x is not None
    assert y is not None
    return x, y


def _share(flags: Sequence[bool | None]) -> float:
    known = [flag for flag in flags if flag is not None]
    return sum(known) / len(known) if known else float("nan")


def counts(worlds: Sequence[World], runs: int) -> Iterator[Count]:
    """One after the other, so that progress can be told."""
    for world in worlds:
        yield count(world, runs)
