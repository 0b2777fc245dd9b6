"""Builds from raw rows: incremental equals full, and what is published stays published."""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import settings
from models.cells import EVERYTHING, Question, answer, current, load
from models.releases import service
from models.tables import ReleaseBlock
from release.blocks import unpack
from release.subjects import SITES
from tests.models.raw_rows import Put

AS_OF = date(2024, 12, 31)

LOCATIONS = pl.DataFrame(
    {
        "location_id": ["a", "b", "c"],
        "name": ["Site A", "Site B", "Site C"],
        "region": ["north", "north", "south"],
        "kind": ["shop", "shop", "office"],
    }
)


def answers(wave: str, *groups: tuple[str, int, float], start: int = 0) -> pl.DataFrame:
    """One item, `autonomy`, answered by groups of people: site, people, score."""
    rows = [
        (
            f"r{start + number}",
            wave,
            date(int(wave[:4]), int(wave[5:7]), 10),
            site,
            "autonomy",
            score,
        )
        for number, (site, score) in enumerate(
            (site, score) for site, people, score in groups for _ in range(people)
        )
    ]
    return pl.DataFrame(
        rows,
        schema=["response_id", "wave", "answered_on", "location_id", "item", "score"],
        orient="row",
    )


def build() -> dict:
    return service.start("build", as_of=AS_OF).result()


def publish() -> dict:
    return service.start("publish", as_of=AS_OF).result()


def blocks(engine: Engine) -> dict[tuple[str, str, int], tuple[str, pl.DataFrame, pl.DataFrame]]:
    with Session(engine) as session:
        return {
            (block.subject, block.period, block.version): (
                block.state,
                unpack(block.cells_data),
                unpack(block.values_data),
            )
            for block in session.exec(select(ReleaseBlock)).all()
        }


def test_a_build_shows_nothing_before_it_is_published(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0)))
    assert build()["drafts"] == [["survey", "2024-01"]]
    assert load(database).measures() == []
    assert current(database) == 0
    assert publish()["release"] == 1
    held = load(database)
    assert held.measures() == ["autonomy", "responses"]
    assert held.locations["name"].to_list() == ["Site A", "Site B", "Site C"]


def test_publishing_twice_changes_nothing(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0)))
    publish()
    before = blocks(database)
    assert publish()["release"] is None
    assert current(database) == 1
    assert blocks(database).keys() == before.keys()


def test_building_step_by_step_equals_building_at_once(database: Engine, bring: Put) -> None:
    first = answers("2024-01", ("a", 20, 3.0), ("b", 8, 2.0))
    more = answers("2024-01", ("b", 7, 1.0), ("c", 14, 5.0), start=100)
    other = answers("2024-02", ("a", 20, 4.0), start=200)
    bring(locations=LOCATIONS, survey_answers=first)
    build()
    bring(survey_answers=more)
    assert build()["drafts"] == [["survey", "2024-01"]]
    bring(survey_answers=other)
    assert build()["drafts"] == [["survey", "2024-02"]]
    stepwise = blocks(database)
    with Session(database) as session:
        for block in session.exec(select(ReleaseBlock)).all():
            session.delete(block)
        session.commit()
    assert len(build()["drafts"]) == 2
    for key, (state, cells, values) in blocks(database).items():
        assert stepwise[key][0] == state == "draft"
        assert_frame_equal(stepwise[key][1], cells)
        assert_frame_equal(stepwise[key][2], values)


def test_another_minimum_rebuilds_drafts_but_no_published_period(
    database: Engine, bring: Put
) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0), ("b", 12, 3.0)))
    publish()
    bring(survey_answers=answers("2024-02", ("a", 20, 3.0), ("b", 12, 3.0), start=100))
    build()
    settings.set_minimum(database, 15)
    assert build()["drafts"] == [["survey", "2024-02"]]
    stored = blocks(database)
    sites = pl.col("view") == SITES
    cells = [stored["survey", period, 1][1].filter(sites) for period in ("2024-01", "2024-02")]
    assert [each["people"].to_list() for each in cells] == [[20, 12], [32]]


def test_late_responses_join_when_there_are_enough_and_wait_when_not(
    database: Engine, bring: Put
) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0), ("c", 20, 3.0)))
    publish()
    bring(survey_answers=answers("2024-01", ("a", 3, 5.0), start=100))
    assert build()["waiting"] == [["survey", "2024-01"]]
    bring(survey_answers=answers("2024-01", ("a", 9, 5.0), start=200))
    assert publish()["grown"] == [["survey", "2024-01"]]
    states = {key: state for key, (state, _, _) in blocks(database).items()}
    assert states == {
        ("survey", "2024-01", 1): "superseded",
        ("survey", "2024-01", 2): "published",
    }
    cells = answer(Question(("autonomy",), by=("location",)), EVERYTHING, load(database))
    assert cells.rows.select("location", "n", "total").rows() == [("a", 32, 120.0), ("c", 20, 60.0)]


def test_a_corrected_answer_waits(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0)))
    publish()
    bring(survey_answers=answers("2024-01", ("a", 1, 1.0)))
    assert publish()["waiting"] == [["survey", "2024-01"]]
    assert blocks(database).keys() == {("survey", "2024-01", 1)}


@pytest.mark.usefixtures("database")
def test_the_same_answers_once_more_change_nothing(bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0)))
    publish()
    bring(survey_answers=answers("2024-01", ("a", 20, 3.0)))
    result = build()
    assert (result["drafts"], result["grown"], result["waiting"]) == ([], [], [])


def test_a_quarter_over_published_months_is_refused(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers("2024-01", ("a", 20, 3.0)))
    publish()
    quarter = answers("2024-01", ("a", 40, 3.0), start=100).with_columns(wave=pl.lit("2024-Q1"))
    bring(survey_answers=quarter)
    assert publish()["refused"] == [["survey", "2024-Q1"]]
    assert load(database).periods("autonomy") == ["2024-01"]


def test_a_withdrawn_period_is_gone_and_does_not_come_back(database: Engine, bring: Put) -> None:
    bring(
        locations=LOCATIONS,
        survey_answers=pl.concat(
            [
                answers("2024-01", ("a", 20, 3.0)),
                answers("2024-02", ("a", 20, 3.0), start=100),
            ]
        ),
    )
    publish()
    assert service.start_withdrawal("survey", "2024-01").result() == {"release": 2}
    assert load(database).periods("autonomy") == ["2024-02"]
    assert current(database) == 2
    assert build()["drafts"] == []
    assert service.start_withdrawal("survey", "2024-01").result() == {"release": None}


def test_a_measure_with_answers_does_not_come_from_group_figures_too(
    database: Engine, bring: Put
) -> None:
    figures = pl.DataFrame(
        {
            "period": ["2024-01", "2024-01"],
            "location_id": ["a", "a"],
            "measure": ["autonomy", "safety"],
            "n": [50, 50],
            "value": [1.0, 4.0],
        }
    )
    bring(
        locations=LOCATIONS,
        survey_answers=answers("2024-01", ("a", 20, 3.0)),
        group_measurements=figures,
    )
    publish()
    held = load(database)
    assert answer(Question(("autonomy",)), EVERYTHING, held).rows["n"].item() == 20
    assert answer(Question(("safety",)), EVERYTHING, held).rows["n"].item() == 50


def test_new_group_figures_of_a_published_period_join_and_changed_ones_wait(
    database: Engine, bring: Put
) -> None:
    def figure(measure: str, value: float) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "period": ["2024"],
                "location_id": ["a"],
                "measure": [measure],
                "n": [50],
                "value": [value],
            }
        )

    bring(locations=LOCATIONS, group_measurements=figure("safety", 4.0))
    publish()
    bring(group_measurements=figure("waits", 30.0))
    assert publish()["grown"] == [["group", "2024"]]
    bring(group_measurements=figure("safety", 1.0))
    assert publish()["waiting"] == [["group", "2024"]]
    held = load(database)
    assert answer(Question(("safety",)), EVERYTHING, held).rows["total"].item() == 200.0


def test_feedback_of_a_small_site_is_shown_with_its_neighbours(
    database: Engine, bring: Put
) -> None:
    staff = pl.DataFrame(
        [
            (f"{site}{number}", date(2020, 1, 1), site, "non_desk")
            for site, people in (("a", 30), ("b", 3), ("c", 12))
            for number in range(people)
        ]
        + [("old", date(2020, 1, 1), "a", "non_desk")],
        schema=["employee_id", "start_on", "location_id", "desk_type"],
        orient="row",
    )
    feedback = pl.DataFrame(
        [
            (f"{site}{number}", date(2024, 3, 5), site, float(number % 11))
            for site in ("a", "b", "c")
            for number in range(40)
        ],
        schema=["feedback_id", "at", "location_id", "nps"],
        orient="row",
    ).with_columns(pl.col("at").cast(pl.Datetime("us")))
    bring(locations=LOCATIONS, assignments=staff, customer_feedback=feedback)
    publish()
    held = load(database)
    cells = answer(Question(("nps",), by=("location",)), EVERYTHING, held)
    assert cells.rows.select("location", "n").rows() == [("c", 40)]
    north = answer(Question(("nps",), by=("region",)), EVERYTHING, held)
    assert north.rows.select("region", "n").rows() == [("north", 80), ("south", 40)]


def test_ideas_are_dated_and_judged_in_time(database: Engine, bring: Put) -> None:
    ideas = pl.DataFrame(
        {
            "idea_id": ["1", "2", "3"],
            "submitted_on": [date(2024, 1, 10), date(2024, 1, 20), date(2024, 2, 25)],
            "location_id": ["a", "a", "a"],
            "theme": ["planning", "tools", None],
            "customer_related": [True, False, None],
        }
    )
    events = pl.DataFrame(
        {
            "idea_id": ["1", "1", "2", "3"],
            "stage": ["accepted", "implemented", "rejected", "triaged"],
            "at": [date(2024, 1, 30), date(2024, 3, 1), date(2024, 3, 15), date(2024, 4, 2)],
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us")))
    bring(locations=LOCATIONS, ideas=ideas, idea_events=events)
    publish()
    held = load(database)

    def told(measure: str) -> list[tuple[str, float]]:
        rows = answer(Question((measure,), by=("period",)), EVERYTHING, held).rows
        return rows.select("period", "total").rows()

    assert told("ideas_submitted") == [("2024-01", 2.0), ("2024-02", 1.0)]
    assert told("ideas_decided") == [("2024-01", 1.0), ("2024-03", 1.0)]
    # All terms of January have ended on 1 March, those of February on 30 March: one of the three
    # ideas was decided in time. April is not over: no step after it is known.
    assert told("decided_in_30_days") == [("2024-03", 100.0)]
    assert held.periods("ideas_triaged") == []


def test_a_draft_from_which_all_rows_moved_away_is_not_published(
    database: Engine, bring: Put
) -> None:
    figure = pl.DataFrame(
        {
            "period": ["2024-01"],
            "location_id": ["a"],
            "measure": ["autonomy"],
            "n": [50],
            "value": [1.0],
        }
    )
    bring(locations=LOCATIONS, group_measurements=figure)
    assert build()["drafts"] == [["group", "2024-01"]]
    bring(survey_answers=answers("2024-01", ("a", 20, 3.0)))
    publish()
    assert answer(Question(("autonomy",)), EVERYTHING, load(database)).rows["n"].item() == 20


def test_a_month_in_which_no_idea_takes_a_counted_step(database: Engine, bring: Put) -> None:
    ideas = pl.DataFrame(
        {"idea_id": ["1"], "submitted_on": [date(2024, 1, 10)], "location_id": ["a"]}
    )
    again = pl.DataFrame(
        {
            "idea_id": ["1"] * 9,
            "stage": ["triaged"] * 9,
            "at": [date(2024, month, 28) for month in range(1, 10)],
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us")))
    bring(locations=LOCATIONS, ideas=ideas, idea_events=again)
    publish()
    assert load(database).periods("ideas_triaged") == ["2024-01"]
