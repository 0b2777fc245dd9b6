"""The demo company of a seed, with what only its maker knows: what is true in it.

Of each company only what a test needs is drawn, by the functions of `seed/`, and published by
`tests.planted.released`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from unittest import mock

import numpy as np
import numpy.typing as npt
import polars as pl

from seed import employment, leaving, survey, workforce
from seed import ideas as ideas_of_staff
from seed import world as latent
from seed.answers import BAT_ITEMS, Respondents, draw_answers
from seed.calendar import FIRST_DAYS, PERIODS
from seed.company import IDS, NUMBER, locations
from seed.generation import DEFAULT_SEED
from seed.jobs import teams
from seed.kinds import DESK_TYPES, FAMILIES
from seed.spells import NO_REASON, RETIREMENT, TRANSFER
from seed.world import World

Floats = npt.NDArray[np.float64]
SEEDS = tuple(range(DEFAULT_SEED + 1, DEFAULT_SEED + 21))
QUICK = 3
"""How many of the seeds are tried outside the deep run."""

YEAR = PERIODS[-12:]
"""The last twelve months, of which the pages speak."""


@dataclass(frozen=True)
class Company:
    """A company of one seed.

    Attributes:
        spells: who worked where and when (`seed.spells.SPELL`).
        chances: `site`, `month` (number), `hired`, `first` and `last` (days on which an end may
            fall), the `chance` of leaving in that month and how much of it is `at_end` of it; a row
            per person at risk and month of the last year.
        planned: `site`, `hired` and `end` of those who left in that year as was planned when they
            came, by no chance.
    """

    seed: int
    world: World
    spells: np.ndarray
    chances: pl.DataFrame
    planned: pl.DataFrame

    def generator(self, purpose: str) -> np.random.Generator:
        """A source of randomness of its own for each purpose."""
        return np.random.default_rng([self.seed, *purpose.encode()])

    def assignments(self) -> pl.DataFrame:
        return employment.assignments(self.generator("assignments"), self.spells)

    def ideas(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Tables `ideas` and `idea_events`."""
        return ideas_of_staff.ideas(self.generator("ideas"), self.spells)


@lru_cache(maxsize=QUICK)
def company(seed: int, worn_out: str = "", points: float = 0.0) -> Company:
    """The company of a seed, with the chance of leaving that each person had in each month.

    Args:
        worn_out, points: a site at which burnout is so many BAT points higher, all the time.
    """
    rng = np.random.default_rng([seed, 0])
    world = latent.build(rng)
    if worn_out:
        more = np.zeros((len(IDS), 1))
        more[NUMBER[worn_out]] = points
        world = replace(world, burnout=world.burnout + more, burnout_rest=world.burnout_rest + more)
    seen: list[pl.DataFrame] = []
    drawn: list[npt.NDArray[np.int64]] = []
    draw = leaving.draw

    def watched(rng, spells, active, risk, days, *, moves):
        rows = spells[active]
        hazards = leaving._hazards(rows, risk, days[1])
        if not moves:
            hazards[:, TRANSFER] = 0.0
        seen.append(_chances(rows, hazards, days, len(seen)))
        ends = draw(rng, spells, active, risk, days, moves=moves)
        drawn.append(ends.spell)
        return ends

    with mock.patch.object(leaving, "draw", watched):
        spells = workforce.simulate(rng, world)
    planned = (spells["reason"] != NO_REASON) & (spells["reason"] != TRANSFER)
    planned &= spells["end"] >= FIRST_DAYS[-12]
    planned[np.concatenate(drawn)] = False
    told = {name: spells[name][planned] for name in ("site", "hired", "end")}
    return Company(seed, world, spells, pl.concat(seen[-12:]), pl.DataFrame(told))


def _chances(
    rows: np.ndarray, hazards: Floats, days: tuple[np.datetime64, np.datetime64], month: int
) -> pl.DataFrame:
    total = hazards.sum(axis=1)
    per_hazard = -np.expm1(-total) / np.where(total > 0, total, 1)
    away = total - hazards[:, TRANSFER]
    return pl.DataFrame(
        {
            "site": rows["site"],
            "month": np.full(len(rows), month),
            "hired": rows["hired"],
            "first": np.maximum(days[0], np.minimum(rows["start"] + 4, days[1])),
            "last": np.full(len(rows), days[1]),
            "chance": per_hazard * away,
            # Half of all leave on the last day of a month, and who retires always does.
            "at_end": per_hazard * (away + hazards[:, RETIREMENT]) / 2,
        }
    )


SCALE = tuple(BAT_ITEMS)
ITEMS = (
    *("peer_interaction", "manager_interaction", "emotional_dissonance"),
    *("workload", "autonomy", "tool_fit"),
)


def asked(made: Company) -> pl.DataFrame:
    """What everybody asked in the last year would have answered, whether or not they did.

    Returns:
        A row per person and wave: `employee`, `period`, the dimensions of the sites' view, the
        items, and whether the person `answered`.
    """
    rng = made.generator("survey")
    row, month = survey._asked(made.spells)
    late = month >= len(PERIODS) - len(YEAR)
    rows, month = made.spells[row[late]], month[late]
    answered = survey._answering(rng, rows, month)
    who = Respondents(rows, month, np.zeros(len(rows), dtype=bool))
    items = draw_answers(rng, who, made.world)
    return (
        pl.DataFrame(
            {
                "employee": rows["employee"],
                "period": np.array(PERIODS)[month],
                "location": IDS[rows["site"]],
                "desk_type": np.array(DESK_TYPES)[rows["desk"]],
                "job_family": np.array(FAMILIES)[rows["family"]],
                "team": teams()["team_id"].to_numpy()[rows["team"]],
                "answered": answered,
                **{item: items[item] for item in (*SCALE, *ITEMS)},
            }
        )
        .with_columns(pl.col(*SCALE, *ITEMS).fill_nan(None))
        .join(locations().select("region", location="location_id"), on="location", how="left")
    )
