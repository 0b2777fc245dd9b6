"""The survey: who was asked, who answered, and what the release can show of it."""

import polars as pl
import pytest

from release.partition import partition
from seed import truth
from seed.answers import BAT_ITEMS, MONTHLY, QUARTERLY
from seed.calendar import PERIODS, survey_day_of

MINIMUM = 11


@pytest.fixture(scope="session")
def sheets(demo) -> pl.DataFrame:
    """Responses with the BAT-12 score (2/3 of the items answered) and the site's region."""
    answered = pl.sum_horizontal(pl.col(*BAT_ITEMS).is_not_null())
    score = pl.when(answered >= 8).then(pl.mean_horizontal(*BAT_ITEMS))
    return (
        demo["survey_answers"]
        .with_columns(bat12=score)
        .join(demo["locations"].select("location_id", "region", "kind"), on="location_id")
    )


def asked(demo, wave: str) -> pl.DataFrame:
    day = survey_day_of(wave)
    open_then = pl.col("end_on").is_null() | (pl.col("end_on") >= day)
    return demo["assignments"].filter((pl.col("start_on") <= day) & open_then)


def test_a_wave_a_month_with_random_codes(sheets):
    assert sheets["wave"].unique().sort().to_list() == list(PERIODS)
    assert sheets["response_id"].is_unique().all()
    # Sorted by code, so that the order of the rows says nothing about who answered when.
    first = sheets.filter(pl.col("wave") == PERIODS[0])
    assert first["response_id"].is_sorted()
    assert not first["answered_on"].is_sorted()


@pytest.mark.parametrize("wave", ["2023-07", "2024-12", "2026-06"])
def test_everybody_employed_on_the_day_is_asked(demo, wave):
    heads = asked(demo, wave).group_by("location_id", "desk_type").len().sort(pl.all())
    told = demo["survey_invitations"].filter(pl.col("wave") == wave).drop("wave").sort(pl.all())
    assert told.rows() == heads.rows()


@pytest.mark.parametrize("wave", ["2023-07", "2024-12", "2026-06"])
def test_respondents_are_among_the_assigned(demo, wave):
    keys = ["location_id", "team_id", "job_family", "desk_type"]
    there = asked(demo, wave).group_by(keys).len("assigned")
    answered = demo["survey_answers"].filter(pl.col("wave") == wave).group_by(keys).len()
    joined = answered.join(there, on=keys, how="left")
    assert joined["assigned"].null_count() == 0
    assert (joined["len"] <= joined["assigned"]).all()


def test_more_answers_than_invitations_occur_nowhere(demo):
    keys = ["wave", "location_id", "desk_type"]
    counts = demo["survey_answers"].group_by(keys).len()
    joined = counts.join(demo["survey_invitations"], on=keys, how="left")
    assert (joined["len"] <= joined["invited"]).all()


def test_response_rates_differ_by_site_and_season(demo):
    answered = demo["survey_answers"].group_by("location_id").len()
    invited = demo["survey_invitations"].group_by("location_id").agg(pl.col("invited").sum())
    rate = answered.join(invited, on="location_id").with_columns(pl.col("len") / pl.col("invited"))
    assert 4 <= (rate["len"] < 0.32).sum() <= 6
    assert 0.45 <= rate["len"].median() <= 0.60
    by_wave = (
        demo["survey_answers"]
        .group_by("wave")
        .len()
        .join(demo["survey_invitations"].group_by("wave").agg(pl.col("invited").sum()), on="wave")
    )
    share = {wave: n / invited for wave, n, invited in by_wave.iter_rows()}
    assert share["2024-08"] < share["2024-06"]
    assert share["2024-12"] < share["2024-10"]


def test_bands_follow_the_assignment(sheets):
    days = sheets.group_by("desk_type").agg((pl.col("remote_band") == "0 days").mean())
    at_site = dict(days.iter_rows())
    assert at_site["non_desk"] == 1
    assert at_site["desk"] == 1
    assert at_site["hybrid"] == 0
    assert sheets["tenure_band"].n_unique() == 4
    assert (sheets["is_manager"] == (sheets["job_family"] == "manager")).all()


def test_quarterly_and_managers_items_are_asked_when_and_of_whom_they_should(sheets):
    last_of_quarter = pl.col("wave").str.slice(5).is_in(["03", "06", "09", "12"])
    other, due = sheets.filter(~last_of_quarter), sheets.filter(last_of_quarter)
    assert other.select(pl.col(*QUARTERLY, *truth.BARRIERS).count()).row(0) == (0,) * 13
    assert due.select(pl.col(*QUARTERLY).null_count() / pl.len()).max_horizontal().item() < 0.08
    staff, managers = due.filter(~pl.col("is_manager")), due.filter("is_manager")
    assert staff.select(pl.col(*truth.BARRIERS).count()).row(0) == (0,) * 5
    assert managers.select(pl.col(*truth.BARRIERS).count()).min_horizontal().item() > 1_000


def test_some_items_are_left_empty(sheets):
    empty = sheets.select(pl.col(*BAT_ITEMS, *MONTHLY).null_count() / pl.len()).row(0)
    assert min(empty[1:]) > 0.005
    assert max(empty) < 0.06
    # A response without any answer would be no response.
    assert sheets["bat01"].null_count() == 0


def test_about_a_fifth_to_a_quarter_is_at_risk_and_it_differs_by_site(sheets):
    scored = sheets.drop_nulls("bat12").with_columns(risk=pl.col("bat12") >= 2.54)
    assert 0.19 <= scored["risk"].mean() <= 0.26
    sites = scored.group_by("location_id").agg(pl.col("risk").mean(), pl.len())
    large = sites.filter(pl.col("len") > 300)["risk"]
    assert large.quantile(0.9) - large.quantile(0.1) > 0.10
    desk = dict(
        scored.group_by(pl.col("desk_type") == "non_desk").agg(pl.col("risk").mean()).rows()
    )
    assert desk[True] > desk[False] + 0.04


def test_the_scale_is_as_reliable_as_the_real_one(sheets):
    """Cronbach's alpha of real BAT-12 sheets is .88 (reference/metrics.md)."""
    items = sheets.select(*BAT_ITEMS).drop_nulls().to_numpy()
    covariance = pl.DataFrame(items.T).transpose().corr().to_numpy()
    mean = (covariance.sum() - 12) / (12 * 11)
    assert 12 * mean / (1 + 11 * mean) == pytest.approx(0.88, abs=0.04)


def test_nearly_all_responses_can_be_shown_by_site_and_most_by_site_and_desk_type(sheets):
    dims = ["region", "location_id", "desk_type", "job_family", "team_id"]
    leaves = sheets.group_by("wave", *dims).agg(pl.len().alias("people")).sort("wave", *dims)
    leaves = leaves.rename({"wave": "period"})
    leaves = leaves.with_columns(cell=partition(leaves, dims, MINIMUM))
    cells = leaves.group_by("period", "cell").agg(
        pl.col("people").sum(), pl.col("location_id", "desk_type").n_unique()
    )
    assert cells["people"].min() >= MINIMUM
    one_site = pl.col("location_id") == 1
    by_site = cells.filter(one_site)["people"].sum() / cells["people"].sum()
    both = cells.filter(one_site & (pl.col("desk_type") == 1))["people"].sum()
    assert by_site >= 0.95
    assert both / cells["people"].sum() >= 0.75
    # The demo also holds what has to be pooled.
    assert by_site < 1.0
