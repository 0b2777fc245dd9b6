"""What is true in the demo company: what drives what, how strongly, when, and what does not.

Everything that a page may claim about the demo can be held against this file. The generator reads
the same objects, so that the truth and the rows can't differ.

Sizes hold for *latent* site-month quantities, in the units of the answers: one BAT point, one point
on a 1-5 item, one NPS point, one percentage point. What a survey sees of them carries sampling
noise, so a regression on observed site means finds them attenuated by the means' reliability.

All latent worker-experience processes share one within-site persistence (`PERSISTENCE`); so, given
the whole path of one of them, future values say nothing about today's customers: leads are nil.
"""

from dataclasses import dataclass

PERSISTENCE = 0.5
"""Month-to-month autocorrelation of a site's deviation from its own level."""


@dataclass(frozen=True, slots=True)
class Process:
    """A latent quantity of a site: a level that differs between sites, an AR(1) around it.

    centre: mean level. between: standard deviation of the levels over sites. within: standard
    deviation of the monthly deviation, whose autocorrelation is `PERSISTENCE`.
    """

    centre: float
    between: float
    within: float


CONTACT = Process(centre=3.40, between=0.36, within=0.16)
"""Contact with peers and managers (items peer_interaction, manager_interaction), 1-5."""
DISSONANCE = Process(centre=2.60, between=0.12, within=0.15)
"""Acting friendly (item emotional_dissonance), 1-5, high is bad. Levels add to the kind's."""
WORKLOAD = Process(centre=3.05, between=0.15, within=0.12)
"""Item workload, 1-5, high is bad."""
TOOL_FIT = Process(centre=3.20, between=0.35, within=0.10)
"""Item tool_fit, 1-5."""
BURNOUT = Process(centre=2.00, between=0.10, within=0.08)
"""The part of burnout (BAT, 1-5) that nothing else here explains."""
EXPERIENCE = Process(centre=0.0, between=6.0, within=2.5)
"""Customer experience in NPS points, as a deviation from the level of the site's kind."""


@dataclass(frozen=True, slots=True)
class Link:
    """`outcome` moves by `size` (in `unit`) when `cause` is one unit higher `lag` months before."""

    cause: str
    outcome: str
    lag: int
    size: float
    unit: str
    about: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Burnout moves by size * ((contact - optimum)^2 - (centre - optimum)^2), same month.

    Most contact levels lie under the optimum, so more contact mostly goes with less burnout; above
    it more contact goes with more burnout. It holds for each person's contact as well.
    """

    cause: str
    outcome: str
    optimum: float
    size: float

    def slope(self, level: float) -> float:
        """Points of burnout per point of contact at a level of contact."""
        return 2.0 * self.size * (level - self.optimum)


CONTACT_TO_BURNOUT = Curve("contact", "burnout", optimum=3.75, size=0.35)
DISSONANCE_TO_BURNOUT = Link(
    "dissonance", "burnout", 0, 0.25, "BAT points per point", "acting friendly wears people out"
)
WORKLOAD_TO_BURNOUT = Link(
    "workload", "burnout", 0, 0.20, "BAT points per point", "too much work wears people out"
)
BURNOUT_TO_EXPERIENCE = Link(
    "burnout", "nps", 1, -28.0, "NPS points per BAT point", "worn-out staff serve worse next month"
)
DISSONANCE_TO_EXPERIENCE = Link(
    "dissonance", "nps", 1, -7.0, "NPS points per point", "customers see through acted friendliness"
)
DISSONANCE_TO_EMPATHY = Link(
    "dissonance", "empathy", 1, -0.30, "points of 1-5 per point", "on top of the way through NPS"
)
BURNOUT_TO_ABSENCE = Link(
    "burnout", "absence", 1, 4.0, "percentage points of contract hours per BAT point", ""
)
BURNOUT_TO_LEAVING = (
    Link("burnout", "voluntary turnover", 2, 0.8, "log hazard per BAT point", ""),
    Link("burnout", "voluntary turnover", 3, 0.8, "log hazard per BAT point", ""),
)
TOOL_FIT_TO_SHADOW_IT = Link(
    "tool_fit", "shadow IT", 0, -0.60, "log users of unsanctioned apps per point", ""
)
EXPERIENCE_TO_MARGIN = Link(
    "nps", "gross margin", 1, 0.004, "log gross margin per NPS point", "through revenue and visits"
)
HANDLING_TO_SOLVED = Link(
    "log2 handling time", "solved", 0, 0.80, "log odds of staying solved per doubling", ""
)
LINKS: tuple[Link, ...] = (
    DISSONANCE_TO_BURNOUT,
    WORKLOAD_TO_BURNOUT,
    BURNOUT_TO_EXPERIENCE,
    DISSONANCE_TO_EXPERIENCE,
    DISSONANCE_TO_EMPATHY,
    BURNOUT_TO_ABSENCE,
    *BURNOUT_TO_LEAVING,
    TOOL_FIT_TO_SHADOW_IT,
    EXPERIENCE_TO_MARGIN,
    HANDLING_TO_SOLVED,
)

LEVELS_CORRELATION = -0.5
"""Correlation between sites of the levels of BURNOUT and EXPERIENCE: well-run sites are good at
both. It is no effect, and it makes the association across sites larger than the effect within."""

COMMON_SOURCE = 0.22
"""Standard deviation of a person's mood, in points, that tints every answer of one response: it
makes employee measures go together beyond what the links say, and touches no customer's answer."""


@dataclass(frozen=True, slots=True)
class FollowsExperience:
    """What one NPS point of customer experience is worth on the other customer measures."""

    csat: float = 0.40
    resolved: float = 0.25
    first_contact: float = 0.15
    ces: float = 0.015
    empathy: float = 0.010
    lost_minutes: float = -0.08


FOLLOWS_EXPERIENCE = FollowsExperience()
"""Percentage points (csat 4-5, resolved, first_contact), points (ces, empathy), minutes."""

RETURN_GAP = -18.0
"""NPS points by which the touchpoint `return` lies under `purchase` at every site: the silo."""

LOG_WAIT_FRONT_LINE = 0.75
"""Log of how much longer a front-line idea waits for its decision than a desk idea."""
ACCEPTANCE = 0.38
"""Share of decisions that accept, alike for desk and front line: only the wait differs."""

WATERMELONS = (("L40", "account_access"), ("L40", "scanner_handheld"), ("L39", "return"))
"""Services (site, service) within the agreed time yet with content customers in the minority."""

BARRIERS = {
    "barrier_structure": 0.36,
    "barrier_skills": 0.22,
    "barrier_technology": 0.33,
    "struggle_cx": 0.71,
    "struggle_wx": 0.83,
}
"""Share of managers who agree, in the population that answers (0-1)."""


@dataclass(frozen=True, slots=True)
class NoLink:
    """A pair that somebody might expect and that is not there, beyond what passes through LINKS."""

    cause: str
    outcome: str
    about: str


NOT_PLANTED: tuple[NoLink, ...] = (
    NoLink("nps", "burnout", "customers do not drive worker experience, at any lag"),
    NoLink("burnout", "nps in the same month", "the effect takes a month"),
    NoLink("autonomy", "nps", "only through burnout's share in the answers"),
    NoLink("workload", "nps", "only through burnout, a month later"),
    NoLink("burnout", "answering", "who answers does not depend on how one feels"),
    NoLink("burnout", "involuntary turnover", "only people's own choice to leave depends on it"),
    NoLink("desk type", "acceptance of ideas", "the floor's ideas are as good"),
    NoLink("remote share", "nps", "where one works does not change what customers say"),
    NoLink("key results", "anything", "they are kept beside everything else"),
    NoLink("mystery_visit", "anything", "visits follow customer experience weakly, drive nothing"),
)

REMOTE_DAYS_TO_CONNECTION = {0: 0.0, 1: 0.05, 2: 0.05, 3: -0.12, 4: -0.12, 5: -0.50}
"""Points of connection and informal_contact by days a week worked elsewhere (hybrid and desk)."""
REMOTE_DAYS_TO_BURNOUT = {0: 0.0, 1: -0.10, 2: -0.10, 3: -0.04, 4: -0.04, 5: 0.12}
"""BAT points by days a week worked elsewhere: some is good, everything is too much."""
DESK_TO_BURNOUT = {"desk": -0.03, "non_desk": 0.06, "hybrid": -0.03}
"""BAT points of the kind of workplace, on top of the kind of site."""
