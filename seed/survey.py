"""The monthly survey: who was asked, who answered (tables `survey_invitations`, `survey_answers`).

One wave per month: everybody employed on the 10th is asked once. Who answers depends on the site,
the season and the person's habit, never on how one feels.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import logit

from seed.answers import Respondents, draw_answers
from seed.calendar import LEAD_IN, MONTHS, PERIODS, of_year
from seed.company import IDS, SITES
from seed.jobs import MANAGER, teams
from seed.kinds import DESK_TYPES, FAMILIES
from seed.spells import active, survey_days
from seed.world import World

Ints = npt.NDArray[np.int64]

REMOTE_BANDS = ("0 days", "1-2 days", "1-2 days", "3-4 days", "3-4 days", "5 days")
"""Band of 0, 1, 2, 3, 4, 5 days a week worked elsewhere."""
TENURE_BANDS = ("under 1 year", "1-3 years", "3-10 years", "over 10 years")
_TENURE_YEARS = (1.0, 3.0, 10.0)
_HABIT = 0.9
"""Standard deviation between people in the (log-odds) habit of answering."""
_SEASON = {7: -0.25, 8: -0.30, 12: -0.30, 9: 0.08, 2: 0.05}


def _asked(spells: np.ndarray) -> tuple[Ints, Ints]:
    """Row of the spell and number of the month, for everybody asked in each wave."""
    rows = [active(spells, day) for day in survey_days()]
    return np.concatenate(rows), np.repeat(np.arange(len(rows)), [len(part) for part in rows])


def _answering(rng: np.random.Generator, asked: np.ndarray, month: Ints) -> npt.NDArray[np.bool_]:
    """Who answers, among those asked."""
    habit = _HABIT * rng.standard_normal(int(asked["employee"].max()) + 1)
    level = logit(np.array([site.response for site in SITES]))[asked["site"]]
    spread = np.sqrt(1 + _HABIT**2 / 2.89)
    odds = level * spread + habit[asked["employee"]] + of_year(_SEASON)[LEAD_IN:][month]
    return rng.random(len(asked)) < 1 / (1 + np.exp(-odds))


def _codes(rng: np.random.Generator, count: int) -> list[str]:
    """Random codes of responses: nothing about the person or the order of answering."""
    numbers = np.unique(rng.integers(0, 2**48, count + 64))
    return [f"r-{number:012x}" for number in rng.permutation(numbers)[:count]]


def _sheet(
    rng: np.random.Generator, rows: np.ndarray, month: Ints, days: np.ndarray
) -> pl.DataFrame:
    """The columns of a response that are not answers."""
    years = (days - rows["hired"]).astype(float) / 365.25
    delay = np.minimum(rng.geometric(0.22, len(rows)) - 1, 16)
    return pl.DataFrame(
        {
            "response_id": _codes(rng, len(rows)),
            "wave": np.array(PERIODS)[month],
            "answered_on": days + delay,
            "location_id": IDS[rows["site"]],
            "team_id": teams()["team_id"].to_numpy()[rows["team"]],
            "job_family": np.array(FAMILIES)[rows["family"]],
            "desk_type": np.array(DESK_TYPES)[rows["desk"]],
            "remote_band": np.array(REMOTE_BANDS)[rows["days"]],
            "tenure_band": np.array(TENURE_BANDS)[np.searchsorted(_TENURE_YEARS, years, "right")],
            "is_manager": rows["family"] == MANAGER,
        }
    )


def survey(
    rng: np.random.Generator, spells: np.ndarray, world: World
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tables `survey_answers` (wide, sorted by wave and code) and `survey_invitations`."""
    row, month = _asked(spells)
    asked = spells[row]
    answers = _answering(rng, asked, month)
    rows, months = asked[answers], month[answers]
    sheet = _sheet(rng, rows, months, survey_days()[months])
    quarterly = (MONTHS.astype(int) % 3 == 2)[months]
    items = draw_answers(rng, Respondents(rows, months, quarterly), world)
    invited = (
        pl.DataFrame(
            {
                "wave": np.array(PERIODS)[month],
                "location_id": IDS[asked["site"]],
                "desk_type": np.array(DESK_TYPES)[asked["desk"]],
            }
        )
        .group_by("wave", "location_id", "desk_type")
        .agg(pl.len().cast(pl.Int64).alias("invited"))
        .sort("wave", "location_id", "desk_type")
    )
    wide = pl.concat([sheet, pl.DataFrame(items).fill_nan(None)], how="horizontal")
    return wide.sort("wave", "response_id"), invited
