"""Ways to a few people by what the company's own records tell; each is closed, and stays so."""

from datetime import date

import polars as pl
import pytest
from sqlalchemy import Engine

from metrics.catalogue import CATALOGUE
from models.cells import EVERYTHING, Question, Release, answer, load
from models.releases import service
from models.releases.carrying.judging import known
from tests.attack.test_holes import LOCATIONS, answers, figure
from tests.models.raw_rows import Put, put
from tests.models.releases.test_network import activity
from tests.models.releases.test_pay import spells


def pay_of(*groups: tuple[str, int, float]) -> pl.DataFrame:
    """Job family, people, pay; another person, whose pay is not known, left in 2023."""
    rows = [
        (f"{family}{number}", date(2020, 1, 1), None, family, pay)
        for family, people, pay in groups
        for number in range(people)
    ]
    return spells(*rows, ("left", date(2020, 1, 1), date(2023, 1, 31), "office", None))


AS_OF = date(2025, 1, 15)
BAT12 = [f"bat{number:02d}" for number in (1, 3, 4, 9, 11, 13, 14, 17, 18, 19, 20, 23)]


@pytest.fixture
def bring() -> Put:
    """Stores frames, by the name of their table, as the next batch."""
    return put


def publish() -> dict:
    return service.start("publish", as_of=AS_OF).result()


def sums(measure: str, release: Release) -> tuple[int, float | None] | None:
    """What the whole company tells of a measure: n and total."""
    if measure not in release.facts:
        return None
    rows = answer(Question((measure,)), EVERYTHING, release).rows
    told = rows.with_columns(total=pl.when(pl.col("n_known") > 0).then("total"))
    return told.select("n", "total").rows()[0] if told.height else None


def sheets(people: int, score: float) -> pl.DataFrame:
    return pl.concat([answers(people, score).with_columns(item=pl.lit(item)) for item in BAT12])


# --- severe


def test_severe_tells_no_sum_where_the_scale_tells_none(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=sheets(12, 2.9))
    publish()
    release = load(database)
    assert sums("bat12", release) == (12, None)
    # Nobody beyond 2.96, and nothing of the scores.
    assert sums("bat12_severe", release) == (12, 0)


def test_severe_tells_no_sum_beside_a_figure(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, group_measurements=figure("bat12", 12, 2.0))
    publish()
    bring(survey_answers=sheets(11, 2.0))
    publish()
    release = load(database)
    assert sums("bat12", release) == (12, 24.0)
    assert sums("bat12_severe", release) == (11, 0)


# --- the staff network


def test_a_late_site_does_not_make_a_group_of_managers(database: Engine, bring: Put) -> None:
    busy = (20, 10, 10, 5, 12, 4, 6, 6)
    where = LOCATIONS.with_columns(region=pl.lit("north"))
    more = pl.DataFrame(
        {"location_id": ["e"], "name": ["E"], "region": ["north"], "kind": ["shop"]}
    )
    bring(
        locations=pl.concat([where, more]),
        social_activity=activity("2024-01", **dict.fromkeys("abcd", busy)),
    )
    publish()
    assert sums("posts", load(database)) == (80, 40)
    bring(social_activity=activity("2024-01", e=(3, 3, 7, 5, 2, 1, 1, 1)))
    publish()
    release = load(database)
    assert sums("posts", release) == (80, 40)
    assert sums("posts_near_managers", release) is None


# --- pay


@pytest.mark.parametrize("family", ["office", "board"])
def test_a_director_does_not_stand_out_in_a_mean(database: Engine, bring: Put, family: str) -> None:
    """A year with twelve people and a year with a director as well: 13 x the one less 12 x the
    other would be what the director earns. Nor where directors are pooled with others."""
    others = pay_of(("office", 12, 40_000.0))
    director = spells(("director", date(2024, 1, 1), None, family, 250_000.0))
    bring(locations=LOCATIONS, assignments=pl.concat([others, director]))
    publish()
    rows = answer(Question(("annual_cost",), ("period",)), EVERYTHING, load(database)).rows
    assert rows.select("n", "total").rows() == [(11, 11 * 40_000), (13, 13 * 43_000)]


# --- ready-made figures


@pytest.mark.parametrize(
    "measure",
    [
        *("annual_cost", "manager_replies", "ended_voluntary", "network_active", "exits"),
        *("bat12_alpha", "bat12_severe"),
    ],
)
def test_records_have_no_ready_made_figures(database: Engine, bring: Put, measure: str) -> None:
    """Mean pay of 11 people of a site, and of the 12 a year later, is what the twelfth earns."""
    bring(locations=LOCATIONS, group_measurements=figure(measure, 12, 1.0))
    publish()
    assert sums(measure, load(database)) is None


def test_what_records_tell_is_refused_in_a_carried_figure() -> None:
    told = known(CATALOGUE).of_subject["group"]
    assert "bat12" in told
    assert not {"annual_cost", "manager_replies", "exits", "bat12_severe"}.intersection(told)
