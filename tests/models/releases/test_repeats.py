"""The same answers under another day or wave: two published waves less one another are nobody."""

from datetime import date

import polars as pl
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.imports.undoing import service as undoing
from models.releases import service
from models.tables import ReleaseBlock
from tests.models.raw_rows import Put

LOCATIONS = pl.DataFrame({"location_id": ["a", "b"], "name": ["Site A", "Site B"]})
WRONG, RIGHT = date(2024, 5, 4), date(2024, 4, 5)
"""The fifth of April, with day and month turned round, and as it was meant."""


def answers(
    day: date, people: int, *, start: int = 0, shift: int = 0, site: str = "a", items: int = 2
) -> pl.DataFrame:
    """Answers of people to one or two items, in the wave of the month of the day."""
    rows = [
        (f"r{number}", f"{day:%Y-%m}", day, site, item, float((number + shift + step) % 5 + 1))
        for number in range(start, start + people)
        for step, item in enumerate(("autonomy", "peer_interaction")[:items])
    ]
    schema = ["response_id", "wave", "answered_on", "location_id", "item", "score"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def publish() -> dict:
    return service.start("publish", as_of=date(2024, 12, 31)).result()


def undo(batch: int) -> None:
    assert undoing.Answer.of(undoing.start(batch).result()).refused is None


def people(engine: Engine) -> dict[str, int]:
    """People in the newest version of each wave."""
    with Session(engine) as session:
        blocks = session.exec(select(ReleaseBlock).order_by(ReleaseBlock.version)).all()  # type: ignore[arg-type]
        return {block.period: block.people for block in blocks}


def test_undone_answers_are_known_again_when_their_day_was_wrong(
    database: Engine, bring: Put
) -> None:
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(WRONG, 20))
    publish()
    undo(2)
    # The three that came late would be April less May.
    bring(survey_answers=answers(RIGHT, 23))
    publish()
    assert people(database) == {"2024-05": 20, "2024-04": 0}


def test_also_when_two_imports_had_brought_them(database: Engine, bring: Put) -> None:
    """The response is known by all of its scores, not only by those that were undone."""
    both = answers(WRONG, 20)
    first = pl.col("item") == "autonomy"
    bring(locations=LOCATIONS)
    bring(survey_answers=both.filter(first))
    bring(survey_answers=both.filter(~first))
    publish()
    undo(3)
    undo(2)
    bring(survey_answers=answers(RIGHT, 23).sort("item", descending=True))
    publish()
    assert people(database) == {"2024-05": 20, "2024-04": 0}


def test_other_answers_under_the_same_numbers_still_count(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(WRONG, 20))
    publish()
    undo(2)
    bring(survey_answers=pl.concat([answers(RIGHT, 12, shift=1), answers(RIGHT, 11, start=50)]))
    publish()
    assert people(database) == {"2024-05": 20, "2024-04": 23}


def test_a_wave_that_repeats_a_published_one_is_not_released(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(WRONG, 20))
    publish()
    bring(survey_answers=answers(RIGHT, 23))
    result = publish()
    assert (result["release"], result["refused"]) == (None, [["survey", "2024-04"]])
    # What was seen and taken back can still be subtracted.
    service.start_withdrawal("survey", "2024-05").result()
    assert publish()["refused"] == [["survey", "2024-04"]]
    assert people(database) == {"2024-05": 20}


def test_of_two_drafts_with_the_same_answers_one_is_released(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(WRONG, 20))
    service.start("build", as_of=date(2024, 12, 31)).result()
    bring(survey_answers=answers(RIGHT, 23))
    assert publish()["refused"] == [["survey", "2024-05"]]
    assert people(database) == {"2024-04": 23}


def test_late_responses_that_another_wave_has_already_wait(database: Engine, bring: Put) -> None:
    bring(locations=LOCATIONS)
    bring(survey_answers=answers(WRONG, 20))
    bring(survey_answers=answers(RIGHT, 20, start=100))
    publish()
    bring(survey_answers=answers(RIGHT, 23))
    assert publish()["waiting"] == [["survey", "2024-04"]]
    assert people(database) == {"2024-05": 20, "2024-04": 20}


@pytest.mark.parametrize(
    ("second", "released"),
    [
        (answers(RIGHT, 10), True),
        (pl.concat([answers(RIGHT, 11), answers(RIGHT, 11, start=11, shift=1)]), False),
        (pl.concat([answers(RIGHT, 11), answers(RIGHT, 12, start=11, shift=1)]), True),
        (answers(RIGHT, 23, site="b"), True),
        (answers(RIGHT, 23, items=1), True),
    ],
    ids=["fewer than k", "half of them", "less than half", "another site", "fewer items"],
)
def test_what_makes_a_wave_a_repeat(
    database: Engine, bring: Put, second: pl.DataFrame, *, released: bool
) -> None:
    bring(locations=LOCATIONS, survey_answers=answers(WRONG, 23))
    publish()
    bring(survey_answers=second)
    assert (publish()["refused"] == []) is released
    assert ("2024-04" in people(database)) is released


def test_published_responses_with_numbers_that_were_undone_elsewhere_are_not_late(
    database: Engine, bring: Put
) -> None:
    """April's own responses equal some of May's; after May is undone they are no news in April."""
    april = pl.concat([answers(RIGHT, 12), answers(RIGHT, 13, start=12, shift=1)])
    bring(locations=LOCATIONS)
    bring(survey_answers=april)
    bring(survey_answers=answers(WRONG, 25))
    publish()
    undo(3)
    bring(survey_answers=answers(RIGHT, 12, start=100))
    assert publish()["grown"] == [["survey", "2024-04"]]
    assert people(database) == {"2024-04": 37, "2024-05": 25}
