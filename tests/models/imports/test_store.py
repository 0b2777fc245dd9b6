"""Imports through the child process: all or nothing, once, and nobody's id."""

import hashlib
import hmac
import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from models.imports.employee_key import employee_key, hashed, key_path
from models.imports.service import check
from models.imports.starting import Result, start
from models.imports.store import Finished
from models.tables import Batch, Target
from tests.models.imports.company import Rows, answer, checked, locations, wide, write

PEOPLE = [
    {"employee_id": "100", "start_on": "2023-01-01", "location_id": "A", "desk_type": "desk"},
    {"employee_id": "100", "start_on": "2024-01-01", "location_id": "B", "desk_type": "desk"},
    {"employee_id": "101", "start_on": "2023-01-01", "location_id": "A", "desk_type": "hybrid"},
]
IDEAS = [
    {"idea_id": "1", "submitted_on": "2024-02-01", "location_id": "A", "submitter": "100"},
    {"idea_id": "2", "submitted_on": "2024-02-28", "location_id": "A", "submitter": "100"},
    {"idea_id": "3", "submitted_on": "2024-02-28", "location_id": "A", "submitter": "101"},
    {"idea_id": "4", "submitted_on": "2024-03-01", "location_id": "A", "submitter": ""},
]


def imported(*paths: Path, dry_run: bool = False, mapping: str | None = None) -> Result:
    job = start(paths, mapping=mapping, dry_run=dry_run, actor="tester")
    return Result.of(job.result())


def stored(database: Engine, query: str) -> list[tuple[Any, ...]]:
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def counts(database: Engine) -> dict[str, int]:
    tables = ("batch", "raw_locations", "raw_assignments", "raw_survey_answers", "raw_ideas")
    return {name: stored(database, f"SELECT count(*) FROM {name}")[0][0] for name in tables}


def test_a_good_import_is_stored_as_one_batch(database: Engine, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", assignments=PEOPLE, ideas=IDEAS, survey_answers=[answer()])
    result = imported(folder)
    assert (result.stored, result.batch, result.already) == (True, 1, False)
    assert result.rows == {"locations": 2, "assignments": 3, "survey_answers": 1, "ideas": 4}
    with Session(database) as session:
        batch = session.exec(select(Batch)).one()
    assert (batch.source, batch.actor) == ("in", "tester")
    assert batch.rows == {**result.rows, "idea_submitters": 1}
    # SQLite keeps days as text.
    day = "2024-02-01" if database.dialect.name == "sqlite" else date(2024, 2, 1)
    assert stored(database, "SELECT * FROM raw_survey_answers") == [
        ("r1", "2024-Q1", day, "A", None, None, None, None, None, None, "bat01", 3.0, 1)
    ]


def test_a_dry_run_stores_nothing(database: Engine, tmp_path: Path) -> None:
    result = imported(write(tmp_path / "in", assignments=PEOPLE), dry_run=True)
    assert (result.stored, result.batch, result.problems) == (False, None, ())
    assert set(counts(database).values()) == {0}


def test_one_bad_cell_keeps_everything_out(database: Engine, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", assignments=PEOPLE, survey_answers=[answer(score="9")])
    result = imported(folder)
    assert not result.stored
    (cause,) = result.problems
    assert (cause.rule, cause.count, cause.examples[0].row) == ("outside_scale", 1, 2)
    assert cause.examples[0].message() == "Score 9 of item bat01 lies outside its scale, 1 to 5."
    assert set(counts(database).values()) == {0}


def test_an_error_while_storing_leaves_no_row(database: Engine, tmp_path: Path) -> None:
    with database.begin() as connection:
        connection.execute(text("DROP TABLE raw_survey_answers"))
    job = start((write(tmp_path / "in", survey_answers=[answer()]),))
    with pytest.raises(RuntimeError, match="raw_survey_answers"):
        job.result()
    assert stored(database, "SELECT count(*) FROM raw_locations") == [(0,)]
    assert stored(database, "SELECT count(*) FROM batch") == [(0,)]


def test_the_same_content_twice_changes_nothing(database: Engine, tmp_path: Path) -> None:
    tables = {"assignments": PEOPLE, "survey_answers": [wide(bat01="3", enps="9")]}
    first = imported(write(tmp_path / "in", **tables))
    before = counts(database)
    (tmp_path / "other").mkdir()
    for name, rows in {"locations": locations(), **tables}.items():
        pl.DataFrame(rows[::-1]).write_parquet(tmp_path / "other" / f"{name}.parquet")
    again = imported(tmp_path / "other")
    assert (again.stored, again.already, again.batch) == (False, True, first.batch)
    assert counts(database) == before
    changed = imported(write(tmp_path / "in", **{**tables, "assignments": PEOPLE[:2]}))
    assert (changed.stored, changed.batch) == (True, 2)
    # What was there before that change is not there any more: bringing it back is a correction.
    restored = imported(tmp_path / "other")
    assert (restored.stored, restored.batch) == (True, 3)


def test_two_equal_imports_at_once_store_one(database: Engine, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey_answers=[wide(bat01="3")])
    jobs = [start((folder,)), start((folder,))]
    results = [Result.of(job.result()) for job in jobs]
    assert sorted(result.already for result in results) == [False, True]
    assert counts(database)["batch"] == 1
    assert counts(database)["raw_locations"] == 2


@pytest.mark.usefixtures("database")
def test_later_files_may_refer_to_what_is_stored(tmp_path: Path) -> None:
    imported(write(tmp_path / "one", ideas=IDEAS))
    events = [{"idea_id": "1", "stage": "accepted", "at": "2024-03-01"}]
    later = imported(write(tmp_path / "two", locations=[], idea_events=events))
    assert later.stored
    lost = imported(
        write(tmp_path / "three", locations=[], idea_events=[{**events[0], "idea_id": "9"}])
    )
    assert [cause.rule for cause in lost.problems] == ["unknown_reference"]
    grains = [{"period": "2024-Q1", "location_id": "A", "hours_lost": "1", "contract_hours": "9"}]
    assert imported(write(tmp_path / "four", absence=grains)).stored
    month = [{**grains[0], "period": "2024-02"}]
    mixed = imported(write(tmp_path / "five", absence=month))
    assert [cause.rule for cause in mixed.problems] == ["mixed_grains"]


def test_an_employee_is_a_keyed_hash(database: Engine, tmp_path: Path) -> None:
    imported(write(tmp_path / "in", assignments=PEOPLE, ideas=IDEAS))
    key = bytes.fromhex(key_path().read_text())
    assert stat.S_IMODE(key_path().stat().st_mode) == 0o600
    found = [one[0] for one in stored(database, "SELECT employee_id FROM raw_assignments")]
    expected = {
        one: hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in ("100", "101")
    }
    assert sorted(found) == sorted([expected["100"], expected["100"], expected["101"]])
    assert len(key) == 32
    assert employee_key() == key


@pytest.mark.usefixtures("database")
def test_the_database_and_its_log_never_hold_an_id(
    tmp_path: Path, on_disk: Callable[[], list[bytes]]
) -> None:
    people = [{**one, "employee_id": f"geheim-{one['employee_id']}"} for one in PEOPLE]
    ideas = [{**one, "submitter": f"geheim-{one['submitter']}"} for one in IDEAS]
    imported(write(tmp_path / "in", assignments=people, ideas=ideas))
    written = on_disk()
    secrets = (b"geheim", key_path().read_bytes().strip())
    assert any(b"raw_assignments" in file for file in written)
    assert not any(secret in file for secret in secrets for file in written)


def test_submitters_are_counted_once_a_month_and_dropped(database: Engine, tmp_path: Path) -> None:
    imported(write(tmp_path / "in", ideas=IDEAS))
    assert stored(database, "SELECT period, location_id, submitters FROM raw_idea_submitters") == [
        ("2024-02", "A", 2)
    ]


def test_rows_written_during_an_import_are_all_there_after_it(
    database: Engine, tmp_path: Path
) -> None:
    """The standard engine goes on writing in this process; nothing of either is lost."""
    count, items = 20_000, 10
    responses = pl.DataFrame({"response_id": pl.int_range(count, eager=True).cast(pl.String)})
    answers = responses.with_columns(
        wave=pl.lit("2024-Q1"), answered_on=pl.lit("2024-02-01"), location_id=pl.lit("A"),
        **{f"bat{number:02d}": pl.lit(3) for number in range(1, items + 1)},
    )  # fmt: skip
    write(tmp_path / "in")
    answers.write_parquet(tmp_path / "in" / "survey_answers.parquet")
    job = start((tmp_path / "in",))
    written = 0
    while not job.progress().finished or written < 20:
        with Session(database) as session:
            session.add(Target(measure=f"m{written}", value=1.0))
            session.commit()
        written += 1
    assert Result.of(job.result()).stored
    assert stored(database, "SELECT count(*) FROM target") == [(written,)]
    assert stored(database, "SELECT count(*) FROM raw_survey_answers") == [(count * items,)]
    if database.dialect.name == "sqlite":
        assert stored(database, "PRAGMA integrity_check") == [("ok",)]


def test_a_cancelled_import_leaves_no_row(database: Engine, tmp_path: Path) -> None:
    job = start((write(tmp_path / "in", survey_answers=[answer()]),))
    job.cancel()
    assert job.progress().finished
    assert counts(database)["batch"] in (0, 1)
    assert counts(database)["raw_locations"] == 2 * counts(database)["batch"]


@pytest.mark.usefixtures("database")
def test_progress_counts_rows(tmp_path: Path) -> None:
    job = start((write(tmp_path / "in", survey_answers=[answer()]),))
    job.result()
    last = job.progress()
    assert (last.stage, last.done, last.total, last.finished) == ("storing", 3, 3, True)


def test_the_hash_of_the_content_is_that_of_the_rows(tmp_path: Path) -> None:
    def mark(name: str, key: bytes = b"k" * 32, people: Rows = PEOPLE) -> str:
        report = checked(tmp_path / name, assignments=people)
        return Finished(report.spool, key).sha256()

    assert mark("a") == mark("b", people=PEOPLE[::-1])
    assert mark("a") != mark("c", people=PEOPLE[:2])
    assert mark("a") != mark("d", people=[{**PEOPLE[0], "location_id": "B"}, *PEOPLE[1:]])
    # Without the key nobody can test a guessed employee number on it.
    assert mark("a") != mark("e", key=b"q" * 32)


def test_hashing_leaves_empty_cells_empty() -> None:
    ids = hashed(pl.Series(["a", None, "a"]), b"k" * 32)
    assert ids[1] is None
    assert ids[0] == ids[2] == hmac.new(b"k" * 32, b"a", hashlib.sha256).hexdigest()
    assert hashed(pl.Series([None], dtype=pl.String), b"k" * 32).to_list() == [None]


@pytest.mark.usefixtures("database")
def test_a_broken_key_is_refused() -> None:
    key_path().write_text("00ff")
    with pytest.raises(ValueError, match=r"employee\.key"):
        employee_key()


def test_a_report_survives_the_way_through_json(tmp_path: Path) -> None:
    report = check((write(tmp_path / "in", survey_answers=[answer(score="9")]),))
    values = {"stored": False, "batch": None, "already": False, **report.to_json()}
    result = Result.of(json.loads(json.dumps(values)))
    assert result.problems == report.problems
    assert result.notes == report.notes
