"""What respondents answered: person, team and site behind each item (wide, one column an item)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seed import truth
from seed.jobs import DESK, HYBRID, MANAGER, NON_DESK
from seed.kinds import DESK_TYPES
from seed.rollouts import FIXED_DAY, shift
from seed.scales import Scale, yes
from seed.world import World, contact_curve, in_window

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BAT_ITEMS: Mapping[str, float] = {
    "bat01": 0.40, "bat03": 0.15, "bat04": 0.25,
    "bat09": 0.00, "bat11": -0.10, "bat13": -0.05,
    "bat14": 0.00, "bat17": -0.05, "bat18": -0.02,
    "bat19": -0.15, "bat20": -0.20, "bat23": -0.23,
}  # fmt: skip
"""The items of BAT-12 and how far each one's mean lies from the scale's; the sum is nil."""

MONTHLY = ("enps", "uwes1", "uwes2", "uwes3", "autonomy", "peer_interaction",
           "manager_interaction", "tool_fit", "emotional_dissonance", "voice",
           "workload")  # fmt: skip
QUARTERLY = ("clarity", "growth", "coaching", "connection", "informal_contact", "work_anywhere",
             "representation", "own_pride")  # fmt: skip

_BAT = Scale(1, 5, 0.75)
_POINTS = Scale(1, 5, 0.80)
_ENPS = Scale(0, 10, 1.9)
_UWES = Scale(0, 6, 1.1)
_SKIPPED, _BROKE_OFF = 0.012, 0.025
"""Shares: of answers left empty, and of responses that stop half-way."""
TEAM_CONTACT, TEAM_BURNOUT = 0.22, 0.06
"""Standard deviations between teams of a site, in points."""
_TRAIT = {"contact": 0.40, "dissonance": 0.40, "workload": 0.35, "burnout": 0.37, "tool_fit": 0.4}
_PASSING = {"contact": 0.28, "dissonance": 0.25, "workload": 0.25, "burnout": 0.18, "tool_fit": 0.2}
"""Standard deviations between people: lasting, and of the month."""
_WORK_ANYWHERE = {"desk": 3.3, "non_desk": 2.1, "hybrid": 4.0}
_AUTONOMY = {"desk": 0.20, "non_desk": -0.08, "hybrid": 0.40}


@dataclass(frozen=True, slots=True)
class Respondents:
    """Their spells, the number of the month, and whether the quarterly items are asked."""

    rows: np.ndarray
    month: Ints
    quarterly: npt.NDArray[np.bool_]


class _Feelings:
    """Person-month quantities of the respondents, in points."""

    def __init__(self, rng: np.random.Generator, who: Respondents, world: World) -> None:
        rows, self._rng, self._who = who.rows, rng, who
        self.people = int(rows["employee"].max()) + 1
        self.mood = self.lasting(truth.COMMON_SOURCE)
        contact_teams, burnout_teams = rng.standard_normal((2, int(rows["team"].max()) + 1))
        site = {
            name: world.seen(name)[rows["site"], who.month]
            for name in ("contact", "dissonance", "workload", "tool_fit", "voice", "burnout_rest")
        }
        self.contact = site["contact"] + TEAM_CONTACT * contact_teams[rows["team"]]
        self.contact += self._own("contact")
        self.dissonance = site["dissonance"] + self._own("dissonance")
        self.workload = site["workload"] + self._own("workload")
        self.tool_fit = site["tool_fit"] + self._own("tool_fit")
        self.voice = site["voice"] + 0.4 * (self.contact - site["contact"])
        days = np.array(list(truth.REMOTE_DAYS_TO_BURNOUT.values()))
        desk = np.array([truth.DESK_TO_BURNOUT[name] for name in DESK_TYPES])
        self.burnout = (
            site["burnout_rest"]
            + contact_curve(self.contact)
            - truth.CONTACT_TO_BURNOUT.size * _variance("contact", TEAM_CONTACT)
            + truth.DISSONANCE_TO_BURNOUT.size * (self.dissonance - truth.DISSONANCE.centre)
            + truth.WORKLOAD_TO_BURNOUT.size * (self.workload - truth.WORKLOAD.centre)
            + desk[rows["desk"]]
            + days[rows["days"]]
            + TEAM_BURNOUT * burnout_teams[rows["team"]]
            + self._own("burnout")
        )

    def lasting(self, spread: float) -> Floats:
        """A quantity of each person that stays over the waves."""
        return spread * self._rng.standard_normal(self.people)[self._who.rows["employee"]]

    def _own(self, name: str) -> Floats:
        passing = _PASSING[name] * self._rng.standard_normal(len(self._who.rows))
        return self.lasting(_TRAIT[name]) + passing


def _variance(name: str, team: float) -> float:
    """Variance between the people of a site; keeps the curve's mean at the site's own value."""
    return _TRAIT[name] ** 2 + _PASSING[name] ** 2 + team**2


def _means(who: Respondents, feel: _Feelings) -> dict[str, Floats]:
    """Expected answer to each single item."""
    worn, contact = feel.burnout - truth.BURNOUT.centre, feel.contact - truth.CONTACT.centre
    days = np.array(list(truth.REMOTE_DAYS_TO_CONNECTION.values()))[who.rows["days"]]
    by_desk = {DESK: "desk", NON_DESK: "non_desk", HYBRID: "hybrid"}
    anywhere = np.array([_WORK_ANYWHERE[by_desk[number]] for number in range(3)])
    freedom = np.array([_AUTONOMY[by_desk[number]] for number in range(3)])
    at_office = _fixed_day(who)
    return {
        "enps": 7.45 - 1.1 * worn + 0.5 * contact - 1.2 * feel.mood,
        "uwes1": 3.9 - 0.8 * worn + 0.25 * contact - feel.mood,
        "uwes2": 4.0 - 0.8 * worn + 0.25 * contact - feel.mood,
        "uwes3": 4.1 - 0.6 * worn + 0.25 * contact - feel.mood,
        "autonomy": 3.3 - 0.25 * worn + freedom[who.rows["desk"]] - feel.mood,
        "peer_interaction": feel.contact + 0.1 - feel.mood,
        "manager_interaction": feel.contact - 0.15 - feel.mood,
        "tool_fit": feel.tool_fit - feel.mood,
        "emotional_dissonance": feel.dissonance + feel.mood,
        "voice": feel.voice - feel.mood,
        "workload": feel.workload + feel.mood,
        "clarity": 3.4 + 0.2 * contact - feel.mood,
        "growth": 3.1 - 0.15 * worn - feel.mood,
        "coaching": 3.0 + 0.4 * contact - feel.mood,
        "connection": 3.5 + 0.3 * contact + days + FIXED_DAY["connection"] * at_office - feel.mood,
        "informal_contact": 3.3
        + 0.4 * contact
        + days
        + FIXED_DAY["informal_contact"] * at_office
        - feel.mood,
        "work_anywhere": anywhere[who.rows["desk"]] - feel.mood,
        "representation": 3.7 - 0.25 * (feel.dissonance - truth.DISSONANCE.centre) - feel.mood,
        "own_pride": 3.6 - 0.3 * worn + 0.2 * contact - feel.mood,
    }


def _fixed_day(who: Respondents) -> Floats:
    """How far the fixed office day works for each respondent (0-1)."""
    works = in_window(shift("office day"))[who.rows["site"], who.month]
    holds = (who.rows["desk"] == HYBRID) & (who.rows["team"] % 2 == 0)
    return np.where(holds, works, 0.0)


def _scale(item: str) -> Scale:
    return {"enps": _ENPS, "uwes1": _UWES, "uwes2": _UWES, "uwes3": _UWES}.get(item, _POINTS)


def draw_answers(rng: np.random.Generator, who: Respondents, world: World) -> dict[str, Floats]:
    """Answers by item, each an array over the respondents; NaN becomes null where left empty."""
    feel = _Feelings(rng, who, world)
    count = len(who.rows)
    answers = {
        item: _BAT.answer(
            _BAT.latent(feel.burnout + feel.mood + offset), rng.standard_normal(count)
        )
        for item, offset in BAT_ITEMS.items()
    }
    means = _means(who, feel)
    for item in (*MONTHLY, *QUARTERLY):
        scale = _scale(item)
        answers[item] = scale.answer(scale.latent(means[item]), rng.standard_normal(count))
    for item, share in truth.BARRIERS.items():
        opinion = feel.lasting(0.8) + 0.6 * rng.standard_normal(count)
        answers[item] = yes(np.full(count, 100 * share), opinion).astype(float)
    return _left_empty(rng, who, answers)


def _left_empty(
    rng: np.random.Generator, who: Respondents, answers: dict[str, Floats]
) -> dict[str, Floats]:
    """Blank what was not asked, skipped, or not reached; every sheet keeps its first answer."""
    count = len(who.rows)
    reached = np.where(rng.random(count) < _BROKE_OFF, rng.integers(6, 18, count), len(answers))
    manager = who.rows["family"] == MANAGER
    kept = {}
    for number, (item, values) in enumerate(answers.items()):
        given = (number < reached) & ((rng.random(count) >= _SKIPPED) | (number == 0))
        if item in QUARTERLY or item in truth.BARRIERS:
            given &= who.quarterly
        if item in truth.BARRIERS:
            given &= manager
        kept[item] = np.where(given, values, np.nan)
    return kept
