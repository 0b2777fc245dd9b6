"""What an undo means for the release: nothing published changes, and nothing can be subtracted."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.imports.undoing import service as undoing
from models.imports.undoing.meaning import Fate, Orphans, Undoing
from models.releases import service
from models.tables import Batch, ReleaseBlock
from release.blocks import unpack
from tests.models.raw_rows import Put

ROOT = Path(__file__).parents[3]
AS_OF = date(2024, 12, 31)

LOCATIONS = pl.DataFrame(
    {"location_id": ["a", "b"], "name": ["Site A", "Site B"], "region": ["north", "south"]}
)


def answers(people: int, *, start: int = 0, score: float = 3.0, site: str = "a") -> pl.DataFrame:
    """Answers of a number of people to one item, `autonomy`, in January."""
    return pl.DataFrame(
        {
            "response_id": [f"r{start + number}" for number in range(people)],
            "wave": ["2024-01"] * people,
            "answered_on": [date(2024, 1, 10)] * people,
            "location_id": [site] * people,
            "item": ["autonomy"] * people,
            "score": [score] * people,
        }
    )


def publish() -> dict:
    return service.start("publish", as_of=AS_OF).result()


def undo(batch: int) -> Undoing:
    answer = undoing.Answer.of(undoing.start(batch, actor="tester").result())
    assert answer.undoing is not None, answer.refused
    return answer.undoing


def people(engine: Engine) -> dict[tuple[str, str, int], tuple[str, bool, int]]:
    """State, severed and people of every block, by subject, period and version."""
    with Session(engine) as session:
        return {
            (block.subject, block.period, block.version): (block.state, block.severed, block.people)
            for block in session.exec(select(ReleaseBlock)).all()
        }


def figures(engine: Engine) -> pl.DataFrame:
    with Session(engine) as session:
        blocks = session.exec(select(ReleaseBlock).where(ReleaseBlock.subject == "group")).all()
        return pl.concat([unpack(block.values_data) for block in blocks])


def test_a_period_whose_rows_were_undone_never_grows(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(20))
    publish()
    meaning = undo(2)
    assert meaning.severed == (("survey", "2024-01"),)
    assert meaning.tables == {"survey_answers": Fate(20, gone=20, older=0, replaced=0)}
    # The corrected file has three people less, and eleven more: against what is published, the
    # three could be told from the new version.
    bring(survey_answers=pl.concat([answers(17), answers(11, start=100)]))
    result = publish()
    assert (result["release"], result["grown"]) == (None, [])
    assert result["waiting"] == [["survey", "2024-01"]]
    assert people(database) == {("survey", "2024-01", 1): ("published", True, 20)}


def test_nor_does_it_grow_when_the_very_same_rows_come_back(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(20))
    publish()
    undo(2)
    bring(survey_answers=answers(20))
    bring(survey_answers=answers(15, start=100))
    assert publish()["waiting"] == [["survey", "2024-01"]]
    assert people(database) == {("survey", "2024-01", 1): ("published", True, 20)}
    # The whole period can be withdrawn; it was seen, so it does not come back either.
    service.start_withdrawal("survey", "2024-01").result()
    assert publish()["release"] is None
    assert people(database) == {("survey", "2024-01", 1): ("withdrawn", True, 20)}


def test_only_versions_that_were_made_of_the_rows_are_severed(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(20))
    publish()
    bring(survey_answers=answers(12, start=100))
    assert publish()["grown"] == [["survey", "2024-01"]]
    undo(2)
    assert people(database) == {
        ("survey", "2024-01", 1): ("superseded", False, 20),
        ("survey", "2024-01", 2): ("published", True, 32),
    }
    bring(survey_answers=answers(30, start=200))
    assert publish()["waiting"] == [["survey", "2024-01"]]


def test_rows_that_were_replaced_before_publishing_are_undone_without_a_trace(
    database: Engine, bring: Put
) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(20, score=1.0))
    bring(locations=LOCATIONS, survey_answers=answers(20))
    publish()
    meaning = undo(1)
    assert meaning.severed == ()
    assert meaning.tables["survey_answers"] == Fate(20, gone=0, older=0, replaced=20)
    bring(survey_answers=answers(12, start=100))
    assert publish()["grown"] == [["survey", "2024-01"]]
    assert people(database)["survey", "2024-01", 2] == ("published", False, 32)


def test_rows_that_wait_are_undone_without_a_trace(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(20))
    publish()
    bring(survey_answers=pl.concat([answers(3, start=50), answers(1, score=1.0)]))
    assert publish()["waiting"] == [["survey", "2024-01"]]
    meaning = undo(2)
    assert meaning.severed == ()
    assert meaning.tables == {"survey_answers": Fate(4, gone=3, older=1, replaced=0)}
    bring(survey_answers=answers(12, start=100))
    assert publish()["grown"] == [["survey", "2024-01"]]
    assert people(database)["survey", "2024-01", 2] == ("published", False, 32)


def test_a_figure_can_not_take_the_place_of_answers_that_were_published(
    database: Engine, bring: Put
) -> None:
    """Whoever kept the published answers of 20 could subtract them from a figure of 21 people."""
    figure = pl.DataFrame(
        {
            "period": ["2024-01", "2024-01"],
            "location_id": ["a", "a"],
            "measure": ["autonomy", "safety"],
            "n": [21, 21],
            "value": [3.1, 4.0],
            "sd": [0.5, 0.5],
        }
    )
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(20))
    bring(group_measurements=figure)
    publish()
    assert figures(database)["measure"].to_list() == ["safety"]
    undo(2)
    bring(group_measurements=figure.with_columns(period=pl.lit("2024")).head(1))
    assert publish()["release"] is None
    bring(group_measurements=figure.with_columns(measure=pl.lit("waits")).head(1))
    assert publish()["grown"] == [["group", "2024-01"]]
    assert figures(database)["measure"].unique().sort().to_list() == ["safety", "waits"]


def test_undone_answers_do_not_count_once_more_in_another_wave(
    database: Engine, bring: Put
) -> None:
    """February with the 20 of January and one more, less January, would be that one."""
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(20))
    publish()
    undo(2)
    # The wave was wrong; and a few came late.
    bring(survey_answers=answers(32).with_columns(wave=pl.lit("2024-02")))
    assert publish()["drafts"] == [["survey", "2024-02"]]
    # Another wave may number its responses from 0 again.
    march = {"wave": pl.lit("2024-03"), "answered_on": pl.lit(date(2024, 3, 9))}
    bring(survey_answers=answers(20, score=4.0).with_columns(**march))
    publish()
    assert {period: block[2] for (_, period, _), block in people(database).items()} == {
        "2024-01": 20,
        "2024-02": 12,
        "2024-03": 20,
    }


def test_undone_feedback_does_not_count_once_more_on_another_day(
    database: Engine, bring: Put
) -> None:
    def feedback(customers: int, day: date) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "feedback_id": [f"f{number}" for number in range(customers)],
                "at": [day] * customers,
                "location_id": ["a"] * customers,
                "nps": [number % 11 for number in range(customers)],
            }
        ).with_columns(pl.col("at").cast(pl.Datetime("us")))

    staff = pl.DataFrame(
        {
            "employee_id": [f"e{number}" for number in range(30)],
            "start_on": [date(2020, 1, 1)] * 30,
            "location_id": ["a"] * 30,
            "desk_type": ["desk"] * 30,
        }
    )
    bring(locations=LOCATIONS, assignments=staff)
    # The third of April, read as the fourth of March.
    bring(customer_feedback=feedback(20, date(2024, 3, 4)))
    publish()
    undo(2)
    bring(customer_feedback=feedback(21, date(2024, 4, 3)))
    publish()
    # The one that is left is too few for a group.
    assert people(database) == {
        ("feedback", "2024-03", 1): ("published", True, 20),
        ("feedback", "2024-04", 1): ("published", False, 0),
    }


def test_an_undo_throws_drafts_away_and_the_next_build_makes_them_anew(
    database: Engine, bring: Put
) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(20))
    service.start("build", as_of=AS_OF).result()
    with Session(database) as session:
        before = unpack(session.exec(select(ReleaseBlock)).one().values_data)
    bring(survey_answers=answers(20, start=10, score=1.0))
    service.start("build", as_of=AS_OF).result()
    assert people(database) == {("survey", "2024-01", 1): ("draft", False, 30)}
    meaning = undo(2)
    assert meaning.drafts == {"survey": 1}
    assert meaning.tables == {"survey_answers": Fate(20, gone=10, older=10, replaced=0)}
    assert people(database) == {}
    service.start("build", as_of=AS_OF).result()
    with Session(database) as session:
        assert_frame_equal(unpack(session.exec(select(ReleaseBlock)).one().values_data), before)


def test_a_plan_says_what_is_lost_and_changes_nothing(database: Engine, bring: Put) -> None:
    own = pl.DataFrame(
        {
            "measure": ["pride"],
            "label_en": ["Pride"],
            "side": ["wx"],
            "rater": ["employee"],
            "unit": ["percent"],
            "better": ["higher"],
        }
    )
    bring(locations=LOCATIONS, measures=own)
    bring(locations=LOCATIONS.head(1))
    bring(
        survey_answers=pl.concat(
            [answers(20), answers(3, start=50, site="b").with_columns(item=pl.lit("pride"))]
        )
    )
    publish()
    before = people(database)
    answer = undoing.Answer.of(undoing.start_plan(1).result())
    assert answer.undoing == Undoing(
        1,
        {
            "locations": Fate(2, gone=1, older=0, replaced=1),
            "measures": Fate(1, gone=1, older=0, replaced=0),
        },
        (
            Orphans("survey_answers", "location_id", 3),
            Orphans("survey_answers", "item", 3),
        ),
        severed=(("survey", "2024-01"),),
    )
    assert people(database) == before
    with Session(database) as session:
        assert [batch.undone_at for batch in session.exec(select(Batch)).all()] == [None] * 3


def test_a_batch_is_undone_once(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS)
    undo(1)
    with Session(database) as session:
        batch = session.exec(select(Batch)).one()
    assert batch.undone_at is not None
    assert batch.undone_by == "tester"
    for start in (undoing.start, undoing.start_plan):
        assert undoing.Answer.of(start(1).result()).refused == "undone"
        assert undoing.Answer.of(start(2).result()).refused == "unknown"


_MEANWHILE = """
from datetime import date
from models import raw
from models.engine import adbc
from models.imports.undoing import child
from models.releases.build import Settings, build
from models.releases.store import ReleaseConflict, check_unchanged

with adbc() as connection:
    drafts, report = build(connection, Settings(11), date(2024, 12, 31), lambda *_: None)
assert drafts
assert child.run({"action": "undo", "batch": 1, "actor": ""})["refused"] is None
with adbc() as connection:
    raw.lock(connection)
    try:
        check_unchanged(connection, report.seen)
    except ReleaseConflict as conflict:
        print(conflict)
"""


@pytest.mark.usefixtures("database")
def test_a_build_that_read_rows_before_they_were_undone_is_not_stored(bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(20))
    done = subprocess.run(
        [sys.executable, "-c", _MEANWHILE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "an import undone meanwhile; nothing was stored" in done.stdout
