"""What the roll-outs did, seen in the rows, against the world in which they did not come."""

import numpy as np
import polars as pl
import pytest

from seed import DEFAULT_SEED, latent_world
from seed.calendar import month_number
from seed.company import IDS, NUMBER
from seed.rollouts import CUSTOMER_PLATFORM, FIXED_DAY, PLACEBO, PLATFORM, Rollout, started
from tests.seed.estimates import After, after_start, grid


def true_effect(rollout: Rollout, name: str) -> float:
    """The effect on a latent quantity: mean over treated sites of their treated months."""
    with_it, without = (
        latent_world(np.random.default_rng(DEFAULT_SEED), left_out).seen(name)
        for left_out in ("", rollout.rollout)
    )
    gap = with_it - without
    return float(
        np.mean([gap[NUMBER[site], month_number(month) :].mean()
                 for site, month in started(rollout).items()])
    )  # fmt: skip


@pytest.fixture(scope="session")
def platform(survey, customers) -> dict[str, After]:
    return {
        "contact": after_start(PLATFORM, survey["peer_interaction"], survey["n"]),
        "burnout": after_start(PLATFORM, survey["bat12"], survey["n"]),
        "nps": after_start(PLATFORM, customers["nps"], customers["n"]),
    }


def test_the_counterfactual_world_differs_by_the_roll_out_only(world):
    without = latent_world(np.random.default_rng(DEFAULT_SEED), PLATFORM.rollout)
    gap = world.seen("burnout") - without.seen("burnout")
    treated = np.isin(IDS, list(started(PLATFORM)))
    assert np.all(gap[~treated] == 0)
    for site, month in started(PLATFORM).items():
        first = month_number(month)
        assert np.all(gap[NUMBER[site], :first] == 0)
        assert np.all(gap[NUMBER[site], first + 3 :] < -0.1)


def test_the_platform_raises_contact_then_lowers_burnout_then_raises_nps(platform):
    # Standard errors over 14 sites leave out the noise of the sites compared with, and both carry
    # lasting differences between people who come and go: hence plain tolerances, about a third.
    assert platform["contact"].effect.value == pytest.approx(
        true_effect(PLATFORM, "contact"), abs=0.10
    )
    assert platform["burnout"].effect.value == pytest.approx(
        true_effect(PLATFORM, "burnout"), abs=0.08
    )
    assert platform["nps"].effect.value == pytest.approx(
        true_effect(PLATFORM, "experience"), abs=3.0
    )


def test_the_platforms_effects_come_in_order(platform):
    contact, burnout, score = (platform[name].months for name in ("contact", "burnout", "nps"))
    for months in (-4, -3, -2, -1):
        assert abs(contact[months]) < 0.15
        assert abs(burnout[months]) < 0.09
        assert abs(score[months]) < 7
    assert contact[2] > 0.2
    assert burnout[0] > -0.13
    assert burnout[3] < -0.15
    assert score[1] < score[5]


def test_the_customer_platform_helps_in_one_go_and_hardly_moves_nps(customers):
    def effect(name: str) -> float:
        return after_start(CUSTOMER_PLATFORM, customers[name], customers["n"]).effect.value

    planted = {part.target: part.size for part in CUSTOMER_PLATFORM.effects}
    assert effect("first_contact") == pytest.approx(planted["first_contact"], abs=2.0)
    assert effect("ces") == pytest.approx(planted["ces"], abs=0.10)
    assert effect("nps") == pytest.approx(planted["nps"], abs=3.0)


def test_the_placebo_does_nothing(survey, customers):
    assert PLACEBO.effects == ()
    assert abs(after_start(PLACEBO, survey["bat12"], survey["n"]).effect.value) < 0.08
    assert abs(after_start(PLACEBO, customers["nps"], customers["n"]).effect.value) < 3.5


def test_no_site_has_two_of_the_large_roll_outs():
    sites = [
        site for rollout in (PLATFORM, CUSTOMER_PLATFORM, PLACEBO) for site in started(rollout)
    ]
    assert len(sites) == len(set(sites))
    assert len(started(PLATFORM)) == 14
    assert len(PLATFORM.starts) == 4


def test_adoption_follows_the_platform(demo):
    rows = demo["social_activity"].with_columns(share=pl.col("active") / pl.col("headcount"))
    reach = grid(rows, "period", pl.col("share").sum())
    for site, month in started(PLATFORM).items():
        first = month_number(month)
        assert np.mean(reach[NUMBER[site], :first]) < 0.2
        assert np.mean(reach[NUMBER[site], first + 7 :]) > 0.5


def test_a_fixed_office_day_brings_hybrid_teams_together(demo):
    """The jump in connection from 2025 on, in teams that hold the day against the others."""
    teams = demo["teams"].with_row_index("number")
    rows = demo["survey_answers"].join(teams.select("team_id", "number"), on="team_id")
    rows = rows.filter(
        pl.col("location_id").is_in(["L40", "L41"]) & (pl.col("desk_type") == "hybrid")
    )
    holds, late = rows["number"] % 2 == 0, rows["wave"] >= "2025-03"

    def mean(where: pl.Series) -> float:
        return float(rows.filter(where)["informal_contact"].mean())

    jump = (mean(holds & late) - mean(holds & ~late)) - (mean(~holds & late) - mean(~holds & ~late))
    assert jump == pytest.approx(FIXED_DAY["informal_contact"], abs=0.25)
