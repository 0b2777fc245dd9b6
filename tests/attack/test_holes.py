"""Ways to a small group that a hostile reader found once; each is closed, and stays so."""

from datetime import date

import polars as pl
import pytest
from sqlalchemy import Engine

from models import settings
from models.cells import EVERYTHING, Question, Release, answer, load
from models.releases import service
from tests.models.raw_rows import Put, put

AS_OF = date(2025, 1, 15)

LOCATIONS = pl.DataFrame(
    {
        "location_id": ["a", "b", "c", "d"],
        "name": ["A", "B", "C", "D"],
        "region": ["north", "north", "south", "west"],
        "kind": ["shop"] * 4,
    }
)


@pytest.fixture
def bring() -> Put:
    """Stores frames, by the name of their table, as the next batch."""
    return put


def publish() -> dict:
    return service.start("publish", as_of=AS_OF).result()


def counted(measure: str, release: Release, *by: str, **where: str) -> dict[tuple, tuple]:
    question = Question((measure,), by, tuple((dim, (value,)) for dim, value in where.items()))
    rows = answer(question, EVERYTHING, release).rows
    return {row[:-2]: row[-2:] for row in rows.select(*by, "n", "total").iter_rows()}


def staff(**sites: int) -> pl.DataFrame:
    rows: list[tuple[str, date, date | None, str, str]] = [
        (f"{site}-{number}", date(2020, 1, 1), None, site, "non_desk")
        for site, people in sites.items()
        for number in range(people)
    ]
    rows += [
        ("gone", date(2020, 1, 1), date(2023, 12, 31), "a", "non_desk"),
        ("new", date(2024, 12, 1), None, "a", "non_desk"),
    ]
    return pl.DataFrame(
        rows,
        schema={
            "employee_id": pl.String,
            "start_on": pl.Date,
            "end_on": pl.Date,
            "location_id": pl.String,
            "desk_type": pl.String,
        },
        orient="row",
    )


def feedback(first: int, people: int, site: str, nps: float, month: int = 1) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "feedback_id": [f"f{first + number}" for number in range(people)],
            "at": [date(2024, month, 10)] * people,
            "location_id": [site] * people,
            "nps": [nps] * people,
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us")))


def figure(measure: str, n: int, value: float, desk: str | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        [("2024-01", "a", measure, n, value, desk)],
        schema={
            "period": pl.String,
            "location_id": pl.String,
            "measure": pl.String,
            "n": pl.Int64,
            "value": pl.Float64,
            "desk_type": pl.String,
        },
        orient="row",
    )


def answers(people: int, score: float, desk: str = "desk") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "response_id": [f"r{number}" for number in range(people)],
            "wave": ["2024-01"] * people,
            "answered_on": [date(2024, 1, 10)] * people,
            "location_id": ["a"] * people,
            "desk_type": [desk] * people,
            "item": ["autonomy"] * people,
            "score": [score] * people,
        }
    )


# --- sites of a few people


def test_temps_of_a_day_make_no_site_large(database: Engine, bring: Put) -> None:
    temps = (
        staff(b=9)
        .filter(pl.col("location_id") == "b")
        .with_columns(
            pl.format("temp {}", pl.col("employee_id")).alias("employee_id"),
            start_on=pl.lit(date(2024, 1, 2)),
            end_on=pl.lit(date(2024, 1, 2)),
        )
    )
    people = pl.concat([staff(a=40, b=2), temps])
    bring(
        locations=LOCATIONS,
        assignments=people,
        customer_feedback=pl.concat([feedback(0, 30, "a", 9), feedback(100, 12, "b", 0)]),
    )
    publish()
    assert counted("nps", load(database), "location") == {}


# --- the same people twice


def test_a_total_and_its_parts_are_not_both_shown(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, group_measurements=figure("safety", 30, 4.0))
    publish()
    bring(group_measurements=figure("safety", 29, 4.1, "non_desk"))
    publish()
    assert counted("safety", load(database)) == {(): (30, 120.0)}


def test_answers_do_not_join_what_was_told_by_a_figure(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, group_measurements=figure("autonomy", 12, 3.0))
    publish()
    bring(survey_answers=answers(11, 3.0))
    publish()
    assert counted("autonomy", load(database)) == {(): (12, 36.0)}


def test_a_figure_of_a_quarter_does_not_join_answers_of_its_months(
    database: Engine, bring: Put
) -> None:
    quarterly = figure("autonomy", 12, 3.0).with_columns(period=pl.lit("2024-Q1"))
    bring(locations=LOCATIONS, group_measurements=quarterly, survey_answers=answers(11, 3.0))
    publish()
    assert counted("autonomy", load(database), "period") == {("2024-01",): (11, 33.0)}


def test_a_figure_of_customers_does_not_stand_beside_their_answers(
    database: Engine, bring: Put
) -> None:
    bring(
        locations=LOCATIONS,
        assignments=staff(a=40),
        customer_feedback=feedback(0, 30, "a", 9),
        group_measurements=figure("nps", 25, 10.0),
    )
    publish()
    assert counted("nps", load(database)) == {(): (30, 3000.0)}


def test_feedback_moved_to_another_month_is_not_counted_again(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, assignments=staff(a=40), customer_feedback=feedback(0, 12, "a", 9))
    publish()
    bring(
        customer_feedback=pl.concat(
            [feedback(0, 12, "a", 9, month=2), feedback(12, 1, "a", 0, month=2)]
        )
    )
    publish()
    assert counted("nps", load(database), "period") == {("2024-01",): (12, 1200.0)}


def test_a_withdrawn_month_does_not_come_back_in_a_quarter(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, assignments=staff(a=40), customer_feedback=feedback(0, 12, "a", 9))
    publish()
    service.start_withdrawal("feedback", "2024-01").result()
    settings.set_grain(database, "quarter")
    assert ["feedback", "2024-Q1"] in publish()["refused"]


def test_drafts_of_an_old_grain_are_forgotten(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, assignments=staff(a=40), customer_feedback=feedback(0, 12, "a", 9))
    service.start("build", as_of=AS_OF).result()
    settings.set_grain(database, "quarter")
    publish()
    assert load(database).periods("nps") == ["2024-Q1"]


def test_sick_leave_as_a_whole_and_by_desk_type_counts_nobody_twice(
    database: Engine, bring: Put
) -> None:
    sick = pl.DataFrame(
        [("2024-01", "a", None, 90.0), ("2024-01", "a", "non_desk", 80.0)],
        schema=["period", "location_id", "desk_type", "hours_lost"],
        orient="row",
    ).with_columns(contract_hours=pl.lit(1000.0), spells=pl.lit(4))
    bring(locations=LOCATIONS, assignments=staff(a=12), absence=sick)
    publish()
    assert counted("hours_lost", load(database)) == {(): (12, 90.0)}


# --- what a single value says


def test_an_idea_is_never_said_to_come_from_small_sites_only(database: Engine, bring: Put) -> None:
    ideas = pl.DataFrame(
        {
            "idea_id": ["1", "2", "3", "4"],
            "submitted_on": [*[date(2024, 2, 1)] * 3, date(2024, 3, 1)],
            "location_id": ["a", "b", "d", "c"],
        }
    )
    bring(locations=LOCATIONS, assignments=staff(a=40, b=2, c=30, d=3), ideas=ideas)
    publish()
    release = load(database)
    # b joins its neighbour a; d, alone in the west, joins the smallest region.
    assert counted("ideas_submitted", release, "location") == {}
    assert counted("ideas_submitted", release, "region") == {("north",): (2, 2.0)}


def test_an_own_cut_off_that_changed_lets_no_late_answers_in(bring: Put, database: Engine) -> None:
    def pride(cut: float) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "measure": ["pride"],
                "label_en": ["Pride"],
                "side": ["wx"],
                "rater": ["employee"],
                "unit": ["score"],
                "better": ["lower"],
                "at_risk_from": [cut],
            }
        )

    sheets = answers(31, 4.0).with_columns(item=pl.lit("pride"))
    calm = sheets.head(20).with_columns(score=pl.lit([4.0] * 13 + [1.0] * 7).explode())
    bring(locations=LOCATIONS, measures=pride(4), survey_answers=calm)
    publish()
    bring(measures=pride(5), survey_answers=sheets.tail(11))
    assert publish()["waiting"] == [["survey", "2024-01"]]
    assert load(database).periods("pride") == ["2024-01"]
