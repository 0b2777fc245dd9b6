"""Statements of child processes: the same on both databases, and one that writes at a time."""

import textwrap
import time

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.tables import Batch, JobRecord, ReleaseNumber
from tests.models.talking import child
from tests.models.test_standing import block

NUMBERED = """
    with engine.adbc() as connection:
        raw.lock(connection)
        say("locked")
        wait()
        number = raw.query(
            connection, "SELECT coalesce(max(number), 0) + 1 AS n FROM release", {"n": pl.Int64()}
        ).item()
        raw.execute(
            connection,
            "INSERT INTO release (number, published_at, actor) VALUES (?, ?, ?)",
            (number, datetime.now(UTC), "somebody?"),
        )
    say(number)
"""
IMPORTS = "import polars as pl\nfrom datetime import UTC, date, datetime\n"


def script(text: str) -> str:
    return IMPORTS + textwrap.dedent(text)


def test_one_that_writes_waits_for_the_other_and_sees_what_it_did(database: Engine) -> None:
    ready = 'say("ready")\n' + script(NUMBERED)
    with child(script(NUMBERED)) as first:
        assert first.hear() == "locked"
        with child(ready) as second:
            assert second.hear() == "ready"
            second.go_on()
            time.sleep(0.5)  # long enough for the second to read too early, if it did not wait
            first.go_on()
            assert first.hear() == "1"
            assert [second.hear(), second.hear()] == ["locked", "2"]
    with Session(database) as session:
        found = session.exec(select(ReleaseNumber).order_by("number")).all()
    assert [(each.number, each.actor) for each in found] == [(1, "somebody?"), (2, "somebody?")]
    assert all(each.published_at.tzinfo is not None for each in found)


@pytest.mark.usefixtures("database")
def test_who_waits_too_long_is_told_why() -> None:
    impatient = "engine.PATIENCE_SECONDS = sql.PATIENCE_SECONDS = 1\n" + script(NUMBERED)
    with child(script(NUMBERED)) as first:
        assert first.hear() == "locked"
        with child(impatient) as second:
            assert second.hear() == ""
            assert second.last_words().startswith(
                "models.engine.DatabaseBusy: another import or release has been writing"
            )


@pytest.mark.usefixtures("database")
def test_reading_goes_on_while_another_writes_and_sees_one_moment() -> None:
    reading = """
        numbers = "SELECT count(*) AS n FROM release"
        count = lambda: raw.query(connection, numbers, {"n": pl.Int64()})
        with engine.adbc() as connection:
            say(count().item())
            wait()
            say(count().item())
        with engine.adbc() as connection:
            say(count().item())
    """
    with child(script(NUMBERED)) as writing, child(script(reading)) as reader:
        assert writing.hear() == "locked"
        assert reader.hear() == "0"
        writing.go_on()
        assert writing.hear() == "1"
        assert writing.last_words() == ""
        reader.go_on()
        assert [reader.hear(), reader.hear()] == ["0", "1"]


def test_a_transaction_that_fails_leaves_nothing(database: Engine) -> None:
    failing = """
        with engine.adbc() as connection:
            raw.lock(connection)
            raw.execute(connection, "DELETE FROM batch WHERE id = ?", (1,))
            raise SystemExit("enough")
    """
    with Session(database) as session:
        session.add(Batch(source="x", sha256="x", rows={}, files=[]))
        session.commit()
    with child(script(failing)) as failed:
        assert failed.last_words() == "enough"
    with Session(database) as session:
        assert len(session.exec(select(Batch)).all()) == 1


EVERY_KIND = """
    day, moment = date(2024, 2, 29), datetime(2024, 2, 29, 23, 59, 59, 5)
    rows = pl.DataFrame(
        {
            "case_id": ["é\\u200f☃", "'; DROP TABLE batch; --"],
            "opened_at": [moment, None],
            "sla_met": [True, None],
            "handle_minutes": [0.1 + 0.2, None],
            "csat": [2**53, None],
            "batch": [1, 2],
        }
    )
    ideas = pl.DataFrame({"idea_id": ["1"], "submitted_on": [day], "batch": [1]})
    nothing = pl.DataFrame({"case_id": ["third"], "opened_at": [None], "batch": [3]})
    with engine.adbc() as connection:
        raw.lock(connection)
        raw.append(connection, "raw_cases", rows)
        raw.append(connection, "raw_cases", nothing)
        raw.append(connection, "raw_cases", rows.clear())
        raw.append(connection, "raw_ideas", ideas)
    with engine.adbc() as connection:
        found = raw.versions(connection, "cases")
        assert found.schema["opened_at"] == pl.Datetime("us"), found.schema
        same = found.select(rows.columns).head(2)
        assert same.equals(rows.cast(same.schema)), found
        assert found["opened_at"].to_list() == [moment, None, None], found
        assert raw.versions(connection, "ideas")["submitted_on"].to_list() == [day]
        days = raw.newest_by(connection, "cases", "opened_at")
        assert days.rows() == [("2024-02-29", 1)], days
        assert raw.newest_by(connection, "ideas", "submitted_on").rows() == [("2024-02-29", 1)]
        assert raw.newest_of(connection, "cases") == 3
        assert raw.newest_of(connection, "teams") == 0
        empty = raw.current(connection, "tool_use")
        assert empty.is_empty() and empty.schema["sanctioned"] == pl.Boolean, empty.schema
"""


@pytest.mark.usefixtures("database")
def test_every_kind_of_value_comes_back_as_it_was_stored() -> None:
    with child(script(EVERY_KIND)) as done:
        assert done.last_words() == ""


def test_statements_count_what_they_touched_and_take_json_and_moments(database: Engine) -> None:
    told = """
        began = datetime(2024, 2, 29, 12, tzinfo=UTC)
        with engine.adbc() as connection:
            raw.lock(connection)
            insert = "INSERT INTO job (id, kind, about, actor, started_at, outcome)"
            values = (connection, insert + " VALUES (?, ?, ?, ?, ?, ?)")
            say(raw.execute(*values, ("1", "a", "b?", "c", began, {"batch": 1})))
            say(raw.execute(*values, ("2", "a", "b?", "c", began, None)))
            say(raw.execute(connection, "UPDATE job SET actor = ? WHERE kind = ?", ("d", "a")))
            say(raw.execute(connection, "UPDATE job SET finished_at = ? WHERE id = ?", (None, "3")))
    """
    with child(script(told)) as done:
        assert [done.hear() for _ in range(4)] == ["1", "1", "2", "0"]
        assert done.last_words() == ""
    with Session(database) as session:
        first, second = session.exec(select(JobRecord).order_by("id")).all()
    assert (first.about, first.actor, first.outcome) == ("b?", "d", {"batch": 1})
    assert (second.outcome, second.started_at.isoformat()) == (None, "2024-02-29T12:00:00+00:00")


def test_numbers_go_on_after_those_that_were_given(database: Engine) -> None:
    given = """
        row = {"id": 7, "created_at": datetime(2024, 1, 1, tzinfo=UTC), "source": "", "actor": "",
               "sha256": "", "rows": "{}", "files": "[]"}
        with engine.adbc() as connection:
            raw.lock(connection)
            raw.append(connection, "batch", pl.DataFrame([row]))
    """
    with child(script(given)) as done:
        assert done.last_words() == ""
    with Session(database) as session:
        session.add(Batch(source="x", sha256="x", rows={"a": 1}, files=[]))
        session.commit()
        found = session.exec(select(Batch).order_by("id")).all()
    assert [(batch.id, batch.rows) for batch in found] == [(7, {}), (8, {"a": 1})]


CONFLICT = """
    from models.releases import store
    with engine.adbc() as connection:
        seen = store.settled(connection, store.stored(connection))
    say("built")
    wait()
    with engine.adbc() as connection:
        raw.lock(connection)
        store.check_unchanged(connection, seen)
        raw.execute(connection, "DELETE FROM release WHERE number = ?", (1,))
    say("stored")
"""


@pytest.mark.parametrize("changed", [True, False])
def test_a_release_is_refused_when_another_was_published_meanwhile(
    database: Engine, *, changed: bool
) -> None:
    with Session(database) as session:
        session.add(ReleaseNumber(number=1))
        session.add(block("survey", "2024-01", "draft", 3, 12))
        session.commit()
    with child(script(CONFLICT)) as building:
        assert building.hear() == "built"
        with Session(database) as session:
            session.add(block("survey", "2024-02", "published" if changed else "draft", 3, 12))
            session.commit()
        building.go_on()
        assert building.hear() == ("" if changed else "stored")
        conflict = "models.releases.store.ReleaseConflict: a release was published or withdrawn"
        assert building.last_words().startswith(conflict) is changed
    with Session(database) as session:
        assert len(session.exec(select(ReleaseNumber)).all()) == (1 if changed else 0)
