"""The planted links are in the rows.

Two kinds of check. Against the *latent* quantities the written size must come back: the outcome is
observed, so its noise is in the standard error, and four of these are allowed (one miss in 16,000
if the size is right). Against *observed* site means a size comes back attenuated, because a site's
15 to 90 respondents differ by chance (reliability of about .6): sign and order of size are held.
"""

import numpy as np
import polars as pl
import pytest

from seed import latent_world, truth
from seed.answers import BAT_ITEMS
from seed.calendar import MONTHS
from seed.company import KINDS
from tests.seed.estimates import LARGE, earlier, grid, poisson, within


def test_burnout_and_dissonance_lower_nps_one_month_later(world, customers):
    burnout, dissonance = world.seen("burnout", 1), world.seen("dissonance", 1)
    found = within(customers["nps"], [burnout, dissonance], customers["n"])
    assert found[0].near(truth.BURNOUT_TO_EXPERIENCE.size)
    assert found[1].near(truth.DISSONANCE_TO_EXPERIENCE.size)


def test_neither_this_months_nor_next_months_burnout_moves_nps(world, customers):
    burnout = world.seen("burnout")
    lags = [earlier(burnout, lag) for lag in (1, 0, -1)]
    dissonance = [world.seen("dissonance", 1)]
    found = within(customers["nps"], lags + dissonance, customers["n"])
    assert found[0].near(truth.BURNOUT_TO_EXPERIENCE.size)
    assert found[1].near(0.0)
    assert found[2].near(0.0)


def test_the_link_is_seen_in_answers_alone_though_attenuated(survey, customers):
    found = within(customers["nps"], [earlier(survey["bat12"], 1)], customers["n"])[0]
    assert found.value < -8 * found.error
    assert 0.5 < found.value / truth.BURNOUT_TO_EXPERIENCE.size < 1.2


def test_dissonance_lowers_empathy_beyond_its_way_through_nps(world, customers):
    acting, experience = world.seen("dissonance", 1), world.seen("experience")
    found = within(customers["empathy"], [acting, experience], customers["n"])
    assert found[0].near(truth.DISSONANCE_TO_EMPATHY.size)
    assert found[1].near(truth.FOLLOWS_EXPERIENCE.empathy)


def test_what_wears_people_out_shows_in_the_answers(world, survey):
    drivers = [survey[name] for name in ("peer_interaction", "emotional_dissonance", "workload")]
    contact, dissonance, workload = within(survey["bat12"], drivers, survey["n"])
    typical = truth.CONTACT_TO_BURNOUT.slope(float(np.mean(world.seen("contact"))))
    assert 0.5 < contact.value / typical < 1.7
    assert 0.5 < dissonance.value / truth.DISSONANCE_TO_BURNOUT.size < 1.3
    assert 0.5 < workload.value / truth.WORKLOAD_TO_BURNOUT.size < 1.3
    for slope in (contact, dissonance, workload):
        assert abs(slope.value) > 4 * slope.error


def test_contact_and_burnout_make_a_curve_with_its_lowest_point_inside(demo):
    """By team over all waves: more than a hundred responses each, so hardly any attenuation."""
    rows = demo["survey_answers"].with_columns(bat12=pl.mean_horizontal(*BAT_ITEMS))
    teams = (
        rows.group_by("team_id", "location_id", "desk_type")
        .agg(
            pl.len().alias("n"),
            pl.col("bat12").mean(),
            ((pl.col("peer_interaction") + pl.col("manager_interaction")) / 2).mean().alias("x"),
        )
        .filter(pl.col("n") >= 100)
    )
    x, y = teams["x"].to_numpy(), teams["bat12"].to_numpy()
    bend, slope, _ = np.polyfit(x, y, 2, w=np.sqrt(teams["n"].to_numpy()))
    assert bend > 0.1
    assert -slope / (2 * bend) == pytest.approx(truth.CONTACT_TO_BURNOUT.optimum, abs=0.5)
    assert x.max() > truth.CONTACT_TO_BURNOUT.optimum + 0.2


def test_burnout_raises_absence_one_month_later(world, absence):
    rate, hours = absence
    burnout = world.seen("burnout")
    later, same, ahead = within(rate, [earlier(burnout, lag) for lag in (1, 0, -1)], hours)
    assert later.near(truth.BURNOUT_TO_ABSENCE.size)
    assert same.near(0.0)
    assert ahead.near(0.0)


def test_burnout_makes_people_leave_two_to_three_months_later(demo, world):
    gone = demo["assignments"].filter(pl.col("end_reason") == "voluntary")
    gone = gone.with_columns(month=pl.col("end_on").dt.strftime("%Y-%m"))
    leavers = np.nan_to_num(grid(gone, "month", pl.len()))
    heads = np.nan_to_num(grid(demo["social_activity"], "period", pl.col("headcount").sum()))
    two, three = truth.BURNOUT_TO_LEAVING
    cause = (world.seen("burnout", two.lag) + world.seen("burnout", three.lag)) / 2
    found = poisson(leavers, heads, cause)
    assert found.near(two.size + three.size, errors=3.0)
    assert found.value > 3 * found.error


def test_involuntary_leaving_does_not_follow_burnout(demo, world):
    gone = demo["assignments"].filter(
        (pl.col("end_reason") == "involuntary") & (pl.col("location_id") != "L12")
    )
    gone = gone.with_columns(month=pl.col("end_on").dt.strftime("%Y-%m"))
    leavers = np.nan_to_num(grid(gone, "month", pl.len()))
    heads = np.nan_to_num(grid(demo["social_activity"], "period", pl.col("headcount").sum()))
    cause = (world.seen("burnout", 2) + world.seen("burnout", 3)) / 2
    assert poisson(leavers, heads, cause).near(0.0, errors=3.0)


def test_the_margin_follows_last_months_customer_experience(demo, world):
    rows = demo["financials"]
    margin = np.log(grid(rows, "period", pl.col("gross_margin").sum()))
    kinds = np.unique(KINDS, return_inverse=True)[1]
    # Sales have seasons of their own by kind of site, so each kind has its own months.
    time = kinds[:, None] * len(MONTHS) + np.arange(len(MONTHS))
    found = within(margin, [world.seen("experience", 1)], np.ones_like(margin), time)[0]
    assert found.near(truth.EXPERIENCE_TO_MARGIN.size)
    assert found.value > 5 * found.error


def test_where_tools_fail_people_bring_their_own(demo, world):
    own = demo["tool_use"].filter(~pl.col("sanctioned"))
    users = np.nansum(grid(own, "period", pl.col("users").sum()), axis=1)
    heads = np.nansum(grid(demo["social_activity"], "period", pl.col("headcount").sum()), axis=1)
    fit = world.seen("tool_fit").mean(axis=1)
    large = LARGE[:, 0]
    slope = np.polyfit(fit[large], np.log(users / heads)[large], 1)[0]
    assert slope == pytest.approx(truth.TOOL_FIT_TO_SHADOW_IT.size, abs=0.15)


def test_customers_do_not_drive_burnout(world, survey):
    """Given last month's burnout, last month's NPS (latent, without noise) adds nothing."""
    past = [earlier(world.seen("experience"), 1), earlier(world.seen("burnout"), 1)]
    past += [earlier(world.seen("burnout"), 2), earlier(world.seen("dissonance"), 2)]
    assert within(survey["bat12"], past, survey["n"])[0].near(0.0)


def test_levels_differ_between_sites_more_than_the_effect_explains():
    """Averaged over seeds: 38 levels of one seed say little about a correlation."""
    found = []
    for number in range(60):
        drawn = latent_world(np.random.default_rng(number))
        several = np.isin(KINDS, ["shop", "day_care", "airport_shop"])
        own = drawn.burnout_rest.mean(axis=1)
        rest = drawn.experience - truth.BURNOUT_TO_EXPERIENCE.size * drawn.burnout
        rest = rest - truth.DISSONANCE_TO_EXPERIENCE.size * drawn.dissonance
        within_kind = [
            np.corrcoef(own[kind == KINDS], rest.mean(axis=1)[kind == KINDS])[0, 1]
            for kind in np.unique(KINDS[several])
        ]
        found.append(np.mean(within_kind))
    assert np.mean(found) < -0.2
