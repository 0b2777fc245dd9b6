"""People, spells, sites: what a works council would check first."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from seed.calendar import LAST_DAYS
from seed.company import CLOSED_SITE, OPENED_SITE, SITES, SMALL_SITES

YEARS = 3.0


@pytest.fixture(scope="session")
def spells(demo) -> pl.DataFrame:
    """Assignments with the kind of the site and the next spell of the same employee."""
    return (
        demo["assignments"]
        .join(demo["locations"].select("location_id", "kind"), on="location_id")
        .sort("employee_id", "start_on")
        .with_columns(next_start=pl.col("start_on").shift(-1).over("employee_id"))
    )


def on(spells, day: date):
    """The spells that hold on a day."""
    open_then = pl.col("end_on").is_null() | (pl.col("end_on") >= day)
    return spells.filter((pl.col("start_on") <= day) & open_then)


def leavers(spells):
    return spells.filter(pl.col("end_on").is_not_null() & (pl.col("end_reason") != "transfer"))


def yearly_rate(spells: pl.DataFrame, kind: str) -> float:
    """Leavers per person-year, in percent."""
    of_kind = spells.filter(pl.col("kind") == kind)
    heads = [on(of_kind, day.item()).height for day in LAST_DAYS]
    return 100 * leavers(of_kind).height / (YEARS * float(np.mean(heads)))


def test_there_are_42_sites_and_about_6000_employees(demo, spells):
    assert demo["locations"].height == 42
    assert demo["locations"]["kind"].n_unique() == 7
    for day in (date(2023, 7, 31), date(2025, 1, 31), date(2026, 6, 30)):
        assert 5_700 <= on(spells, day).height <= 6_300


def test_four_in_five_have_no_desk(spells):
    share = (on(spells, date(2025, 6, 30))["desk_type"] == "non_desk").mean()
    assert share == pytest.approx(0.79, abs=0.03)


def test_small_sites_stay_under_the_minimum_and_the_others_above_it(spells):
    for day in (date(2023, 7, 31), date(2024, 12, 31), date(2026, 6, 30)):
        heads = dict(on(spells, day).group_by("location_id").len().iter_rows())
        for site in SITES:
            if site.location_id in SMALL_SITES:
                assert 4 <= heads[site.location_id] <= 10
            elif site.location_id in heads:
                assert heads[site.location_id] >= 40
    assert len(SMALL_SITES) == 4


def test_the_closed_site_empties_and_some_of_its_staff_move_on(spells):
    there = spells.filter(pl.col("location_id") == CLOSED_SITE)
    assert there["end_on"].null_count() == 0
    assert there["end_on"].max() == date(2025, 1, 31)
    last_day = there.filter(pl.col("end_on") == date(2025, 1, 31))
    assert last_day.filter(pl.col("end_reason") == "transfer").height >= 15
    assert last_day.filter(pl.col("end_reason") == "involuntary").height >= 10


def test_the_opened_site_fills_from_its_first_day(spells):
    there = spells.filter(pl.col("location_id") == OPENED_SITE)
    assert there["start_on"].min() == date(2024, 9, 1)
    assert on(there, date(2024, 12, 31)).height >= 50


def test_no_employee_is_in_two_places_at_once(spells):
    followed = spells.filter(pl.col("next_start").is_not_null())
    assert followed["end_on"].null_count() == 0
    assert (followed["next_start"] > followed["end_on"]).all()


def test_a_spell_has_a_reason_exactly_when_it_has_ended(spells):
    assert (spells["end_on"].is_null() == spells["end_reason"].is_null()).all()


def test_a_transfer_goes_on_the_next_day_and_nothing_else_does(spells):
    gap = (pl.col("next_start") - pl.col("end_on")).dt.total_days()
    moves = spells.filter(pl.col("end_reason") == "transfer")
    assert (moves.select(gap).to_series() == 1).all()
    # Who comes back after leaving was away for two months: nobody is a leaver for a week.
    assert leavers(spells).select(gap.min()).item() > 60
    assert leavers(spells).select(gap.count()).item() > 50


def test_every_reason_occurs(spells):
    counts = dict(spells.drop_nulls("end_reason").group_by("end_reason").len().iter_rows())
    assert set(counts) == {
        "voluntary", "involuntary", "retirement", "end_of_contract", "transfer", "other",
    }  # fmt: skip
    assert min(counts.values()) >= 30


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [("shop", 25, 38), ("airport_shop", 25, 42), ("office", 7, 12), ("day_care", 15, 30),
     ("contact_centre", 25, 42), ("warehouse", 35, 60)],
)  # fmt: skip
def test_turnover_is_of_its_sector(spells, kind, low, high):
    assert low <= yearly_rate(spells, kind) <= high


def test_many_leave_within_90_days_and_the_old_hands_date_back_to_2005(spells):
    gone = leavers(spells)
    days = (gone["end_on"] - gone["start_on"]).dt.total_days()
    assert 0.10 <= (days < 90).mean() <= 0.40
    assert spells["start_on"].min().year == 2005
    assert (spells["start_on"] == spells["start_on"].min()).sum() <= 5


def test_the_peak_brings_seasonal_staff_to_the_shops(spells):
    shops = spells.filter(pl.col("kind") == "shop")
    december, october = on(shops, date(2024, 12, 31)), on(shops, date(2024, 10, 15))
    assert december.height >= 1.05 * october.height


def test_contracts_fit_the_kind_of_site(spells):
    now = on(spells, date(2025, 6, 30))
    share = dict(
        now.group_by("kind", "contract_type").len()
        .with_columns(pl.col("len") / pl.col("len").sum().over("kind"))
        .select(pl.concat_str("kind", "contract_type", separator=" "), "len").iter_rows()
    )  # fmt: skip
    assert share["warehouse agency"] > 0.2
    assert share["shop student"] > 0.1
    assert share["office permanent"] > 0.8
    assert "shop agency" not in share


def test_teams_belong_to_their_site_and_are_of_working_size(demo, spells):
    joined = spells.join(demo["teams"], on="team_id", suffix="_of_team")
    assert (joined["location_id"] == joined["location_id_of_team"]).all()
    sizes = on(spells, date(2025, 6, 30)).group_by("team_id", "location_id").len()
    large = sizes.filter(~pl.col("location_id").is_in(SMALL_SITES))
    assert large["len"].max() <= 45
    assert 15 <= large["len"].median() <= 28


def test_absence_is_four_to_seven_percent_and_peaks_in_winter(demo):
    rate = pl.col("hours_lost").sum() / pl.col("contract_hours").sum()
    assert 0.04 <= demo["absence"].select(rate).item() <= 0.07
    month = demo["absence"].with_columns(pl.col("period").str.slice(5).alias("month"))
    by_month = dict(month.group_by("month").agg(rate).iter_rows())
    assert by_month["01"] > by_month["07"] + 0.01
    keys = ["period", "location_id", "desk_type"]
    assert demo["absence"].select(keys).is_unique().all()
