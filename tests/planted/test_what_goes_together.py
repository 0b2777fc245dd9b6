"""What was planted to go with burnout is found, and what has nothing to do with it is not claimed.

Contact is found where it differs: between teams of one kind of site, as the Interaction page asks.
Acting friendly and workload hardly differ between sites, and 37 sites are too few to tell: they are
found from month to month within sites (each site's mean, and each month's, taken off).
"""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from metrics import within
from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.intervals import Intervals
from metrics.sums import floats
from models.cells import EVERYTHING, Question, Release, answer
from seed import truth
from seed.company import IDS, KINDS
from tests.planted import released
from tests.planted.company import ITEMS, asked, company
from tests.planted.telling import Tell

MEAN = METRICS["measure.mean"]
KIND = dict(zip(IDS.tolist(), KINDS.tolist(), strict=True))
TEAMS, MONTHS, SITES = ("location", "team"), ("location", "period"), ("location",)
CONTACT = ("peer_interaction", "manager_interaction")
SHUFFLES, FEW = 25, 8

Pairs = dict[tuple[int, tuple[str, ...], str], pl.DataFrame]
"""By seed, grouping and measure: `location`, the group, ``x``, ``y`` (burnout) and ``n``."""


def pair(release: Release, dims: tuple[str, ...], code: str) -> pl.DataFrame:
    found = answer(Question(("bat12", code), dims), EVERYTHING, release)
    score = MEAN.compute(found.only(("bat12",)), CATALOGUE["bat12"]).rows
    other = MEAN.compute(found.only((code,)), CATALOGUE[code]).rows
    return (
        other.select(*dims, x="value")
        .join(score.select(*dims, "n", y="value"), on=dims)
        .cast(dict.fromkeys(dims, pl.String))
    )


@pytest.fixture(scope="module")
def pairs(seeds: tuple[int, ...]) -> Pairs:
    found: Pairs = {}
    for seed in seeds:
        release = released.survey(released.scored(asked(company(seed))))
        for dims in (TEAMS, MONTHS, SITES):
            found |= {(seed, dims, code): pair(release, dims, code) for code in ITEMS}
    return found


def claimed(interval: Intervals) -> int:
    """Which way the two are said to go together; 0: they are not."""
    return int(interval.low[0] > 0) - int(interval.high[0] < 0)


def between_teams(rows: pl.DataFrame) -> int:
    places = rows["location"].to_list()
    kinds = [KIND[site] for site in places]
    found = within.correlation(floats(rows, "x"), floats(rows, "y"), kinds, places)
    assert found is not None
    return claimed(found.correlation)


def curve(rows: pl.DataFrame) -> within.Curve:
    places = rows["location"].to_list()
    kinds = [KIND[site] for site in places]
    found = within.curve(floats(rows, "x"), floats(rows, "y"), kinds, 2, places=places)
    assert found is not None
    return found


def from_month_to_month(rows: pl.DataFrame) -> int:
    places, periods = rows["location"].to_list(), rows["period"].to_list()
    found = within.over_time(floats(rows, "x"), floats(rows, "y"), places, periods)
    assert found is not None
    return claimed(found.correlation)


@pytest.mark.parametrize("code", CONTACT)
def test_less_contact_goes_with_more_burnout_between_teams(
    pairs: Pairs, seeds: tuple[int, ...], enough: int, code: str, tell: Tell
) -> None:
    found = [between_teams(pairs[seed, TEAMS, code]) for seed in seeds]
    tell(f"{code}: {found.count(-1)} of {len(found)}, the wrong way {found.count(1)}")
    assert found.count(-1) >= enough
    assert found.count(1) == 0


@pytest.mark.parametrize("code", CONTACT)
def test_the_curve_of_contact_is_bent_and_turns_where_it_was_planted(
    pairs: Pairs, seeds: tuple[int, ...], enough: int, code: str, tell: Tell
) -> None:
    # What people answer lies a little off their contact itself (`seed.answers`).
    turn = truth.CONTACT_TO_BURNOUT.optimum + (0.1 if code == "peer_interaction" else -0.15)
    drawn = [curve(pairs[seed, TEAMS, code]) for seed in seeds]
    bent = [each for each in drawn if each.bent]
    turns = [each.turns for each in bent if np.isfinite(each.turns.value[0])]
    held = [bool(each.low[0] <= turn <= each.high[0]) for each in turns]
    tell(f"{code}: {len(bent)} bent of {len(drawn)}; turn held {sum(held)} of {len(held)}")
    assert len(bent) >= enough
    assert sum(held) >= int(0.9 * len(held))


@pytest.mark.parametrize("code", ["emotional_dissonance", "workload"])
def test_what_wears_people_out_is_found_from_month_to_month(
    pairs: Pairs, seeds: tuple[int, ...], enough: int, code: str, tell: Tell
) -> None:
    found = [from_month_to_month(pairs[seed, MONTHS, code]) for seed in seeds]
    teams = [between_teams(pairs[seed, TEAMS, code]) for seed in seeds]
    tell(f"{code}: {found.count(1)} of {len(found)}; between teams {teams.count(1)}")
    assert found.count(1) >= enough
    assert found.count(-1) + teams.count(-1) == 0


def test_tools_do_not_go_with_burnout(pairs: Pairs, seeds: tuple[int, ...], tell: Tell) -> None:
    """But for the platform, which came with better tools: 14 sites, hardly to be told."""
    found = [from_month_to_month(pairs[seed, MONTHS, "tool_fit"]) for seed in seeds]
    tell(f"tool_fit: {len(found) - found.count(0)} of {len(found)}")
    assert len(found) - found.count(0) <= 0.05 * len(found)


@pytest.mark.deep
@pytest.mark.parametrize(
    ("dims", "judge", "codes"),
    [
        (TEAMS, between_teams, ("emotional_dissonance", "workload")),
        (TEAMS, lambda rows: int(curve(rows).bent), ("emotional_dissonance", "workload")),
        # Workload has a season of its own in each kind of site, and so has burnout: no such pair.
        (MONTHS, from_month_to_month, ("emotional_dissonance",)),
    ],
    ids=["between teams", "curve between teams", "from month to month"],
)
def test_what_another_company_answered_does_not_go_with_burnout(
    pairs: Pairs,
    seeds: tuple[int, ...],
    dims: tuple[str, ...],
    judge: Callable[[pl.DataFrame], int],
    codes: tuple[str, ...],
    tell: Tell,
) -> None:
    """One company's answers beside another's burnout: places are alike, nothing else is."""
    sure = [
        judge(
            pairs[seed, dims, code]
            .drop("y")
            .join(pairs[other, dims, code].select(*dims, "y"), on=dims)
        )
        != 0
        for code in codes
        for seed in seeds
        for other in seeds
        if other != seed
    ]
    tell(f"claimed {np.mean(sure):.3f} of {len(sure)}")
    # Pairs share companies: two standard errors, counting each company once per measure.
    assert np.mean(sure) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / (len(codes) * len(seeds)))


def test_shuffled_sites_are_claimed_in_five_percent_of_cases(
    pairs: Pairs, seeds: tuple[int, ...], tell: Tell, *, deep: bool
) -> None:
    """Between sites of one kind, as the pages ask where teams are not told."""
    sure: dict[str, list[bool]] = {code: [] for code in ITEMS}
    for code in ITEMS:
        for seed in seeds:
            rng = np.random.default_rng([seed, *code.encode()])
            rows = pairs[seed, SITES, code]
            places = rows["location"].to_list()
            kinds = [KIND[site] for site in places]
            for _ in range(SHUFFLES if deep else FEW):
                y = rng.permutation(floats(rows, "y"))
                found = within.correlation(floats(rows, "x"), y, kinds, places)
                assert found is not None
                sure[code].append(claimed(found.correlation) != 0)
    tell(str({code: round(float(np.mean(each)), 3) for code, each in sure.items()}))
    assert np.mean(list(sure.values())) <= 0.05
