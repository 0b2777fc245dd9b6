"""Imports and releases that are killed: all or nothing, and the next start says which."""

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models import jobs, journal, leftovers
from models.imports import starting
from models.releases import service
from tests.models.imports.company import write

SEED = 20_240_229
NOT_CONTENT = ("job", "setting")
PEOPLE, ITEMS = 4_000, 10
PATIENCE_SECONDS = 60


def content(database: Engine) -> str:
    """A hash of every raw row, batch and block, but for the moments of writing."""
    told = hashlib.sha256()
    with database.connect() as connection:
        for table in sorted(SQLModel.metadata.sorted_tables, key=lambda table: table.name):
            if table.name in NOT_CONTENT:
                continue
            columns = [each for each in table.columns if not isinstance(each.type, UTCDateTime)]
            rows = connection.execute(table.select().with_only_columns(*columns))
            told.update(repr((table.name, sorted(map(repr, map(tuple, rows))))).encode())
    return told.hexdigest()


def answers(folder: Path, wave: str) -> Path:
    """A survey that takes a while to store."""
    write(folder)
    numbers = pl.int_range(PEOPLE, eager=True)
    pl.DataFrame({"response_id": numbers.cast(pl.String)}).with_columns(
        wave=pl.lit(wave),
        answered_on=pl.lit(f"{wave}-10"),
        location_id=pl.when(pl.int_range(PEOPLE) % 2 == 0).then(pl.lit("A")).otherwise(pl.lit("B")),
        **{f"bat{item:02d}": pl.int_range(PEOPLE) * item % 5 + 1 for item in range(1, ITEMS + 1)},
    ).write_parquet(folder / "survey_answers.parquet")
    return folder


@dataclass(frozen=True, slots=True)
class Course:
    """How long an undisturbed job takes in all, and from the moment that it begins to write."""

    whole: float
    writing: float


def watched(start: Callable[[], jobs.Job], writes: Callable[[jobs.Progress], bool]) -> Course:
    begun = time.monotonic()
    job = start()
    while not writes(progress := job.progress()):
        assert not progress.finished
        time.sleep(0.005)
    since = time.monotonic()
    job.result()
    return Course(time.monotonic() - begun, time.monotonic() - since)


def killed(
    start: Callable[[], jobs.Job],
    writes: Callable[[jobs.Progress], bool],
    course: Course,
    chance: random.Random,
    *,
    writing: bool,
) -> None:
    """Kill a job at a random moment of its life, or of its writing; whoever started it is gone."""
    job = start()
    if writing:
        while not (writes(now := job.progress()) or now.finished):
            time.sleep(0.002)
    time.sleep(chance.uniform(0, course.writing if writing else course.whole))
    job.process.kill()
    job.process.wait()


def told(database: Engine) -> journal.Ended:
    """What the next start says: one thing, once."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (ended := journal.settle(database)):
        # A server takes a moment to notice that the other end is gone.
        assert time.monotonic() < deadline
        time.sleep(0.1)
    (one,) = ended
    assert journal.settle(database) == []
    return one


def statements(database: Engine, *lines: str) -> None:
    with database.begin() as connection:
        for line in lines:
            connection.execute(text(line))


def test_an_import_that_is_killed_is_stored_whole_or_not_at_all(
    database: Engine, tmp_path: Path, *, deep: bool
) -> None:
    chance = random.Random(SEED)
    first, second = answers(tmp_path / "first", "2024-01"), answers(tmp_path / "second", "2024-02")

    def start() -> jobs.Job:
        return starting.start((second,), actor="Ans")

    def writes(now: jobs.Progress) -> bool:
        return now.stage == "storing"

    starting.start((first,)).result()
    before = content(database)
    course = watched(start, writes)
    after = content(database)
    assert before != after
    for number in range(50 if deep else 5):
        _take_out(database)
        assert content(database) == before
        killed(start, writes, course, chance, writing=number % 2 == 0)
        ended = told(database)
        assert content(database) == (before if ended.outcome is None else after)
        begun = "The import of second by Ans that began at "
        end = "nothing of it was stored." if ended.outcome is None else "it is stored as batch 2."
        assert ended.message().startswith(begun)
        assert ended.message().endswith(end)
    last = starting.Result.of(start().result())
    assert (last.batch, last.problems) == (2, ())
    assert content(database) == after


def _take_out(database: Engine) -> None:
    tables = SQLModel.metadata.sorted_tables
    brought = [table.name for table in tables if "batch" in table.columns]
    lines = [f"DELETE FROM {name} WHERE batch = 2" for name in brought]
    statements(database, *lines, "DELETE FROM batch WHERE id = 2")


def test_a_release_that_is_killed_is_published_whole_or_not_at_all(
    database: Engine, tmp_path: Path, *, deep: bool
) -> None:
    chance = random.Random(SEED)
    for month in ("2024-01", "2024-02", "2024-03"):
        starting.start((answers(tmp_path / month, month),)).result()

    def start() -> jobs.Job:
        return service.start("publish", actor="Ans", as_of=date(2024, 12, 31))

    def writes(now: jobs.Progress) -> bool:
        return 0 < now.total == now.done

    before = content(database)
    course = watched(start, writes)
    after = content(database)
    assert before != after
    for number in range(50 if deep else 5):
        _withdraw_all(database)
        assert content(database) == before
        killed(start, writes, course, chance, writing=number % 2 == 0)
        ended = told(database)
        assert content(database) == (before if ended.outcome is None else after)
        begun = "The release (publish) by Ans that began at "
        stopped = "nothing of it was stored or published."
        end = stopped if ended.outcome is None else "was done after all, as release 1."
        assert ended.message().startswith(begun)
        assert ended.message().endswith(end)
    if content(database) == before:
        assert start().result()["release"] == 1
    assert content(database) == after


def _withdraw_all(database: Engine) -> None:
    tables = ("release_block", "release", "released_location", "released_measure")
    statements(database, *(f"DELETE FROM {table}" for table in tables))


ORPHAN = """
import sys, time
from pathlib import Path
from models.imports import starting
job = starting.start((Path(sys.argv[1]),), actor="Ans")
print(job.process.pid, job.folder, flush=True)
time.sleep(600)
"""


def test_a_job_whose_starter_was_killed_goes_on_and_is_told_of_later(
    database: Engine, tmp_path: Path
) -> None:
    folder = answers(tmp_path / "in", "2024-01")
    starter = subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(folder)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout
    _, left = starter.stdout.readline().split()
    starter.kill()
    starter.communicate()
    ended = told(database)
    assert ended.message().endswith("is stored as batch 1.")
    # The folder of a job that is gone goes too, once it is a minute old.
    os.utime(left, (0, 0))
    leftovers.clear()
    assert not Path(left).exists()


def test_nobody_is_told_twice_of_what_was_seen(database: Engine, tmp_path: Path) -> None:
    starting.start((write(tmp_path / "in"),)).result()
    broken = starting.start((write(tmp_path / "bad", locations=[{"location_id": "A"}]),)).result()
    assert broken["problems"]
    assert journal.settle(database) == []


def test_a_running_job_is_not_told_of(database: Engine) -> None:
    entry = journal.begin("undo", "batch 3", "Ans")
    assert journal.settle(database) == []
    assert entry.descriptor is not None
    os.close(entry.descriptor)
    (ended,) = journal.settle(database)
    assert ended.message().startswith("The undoing of batch 3 by Ans that began at ")
    assert ended.message().endswith("nothing was changed.")


def test_folders_in_use_stay() -> None:
    folder, held = leftovers.folder()
    os.utime(folder, (0, 0))
    leftovers.clear()
    assert folder.is_dir()
    assert held is not None
    os.close(held)
    leftovers.clear()
    assert not folder.exists()


def test_who_may_still_ask_for_a_result_is_not_told_by_others(
    database: Engine, tmp_path: Path
) -> None:
    job = starting.start((write(tmp_path / "in"),))
    job.process.wait()
    assert journal.settle(database) == []
    job.result()
    assert journal.settle(database) == []
    job = starting.start((write(tmp_path / "in", locations=[]),))
    job.process.kill()
    with pytest.raises(jobs.JobError):
        job.result()
    (ended,) = journal.settle(database)
    assert ended.outcome is None


def test_only_own_folders_are_cleared() -> None:
    stranger = Path(tempfile.gettempdir(), f"{leftovers.PREFIX}data-of-somebody")
    stranger.mkdir()
    forgotten = leftovers.for_visitor("upload")
    for folder in (stranger, forgotten):
        os.utime(folder, (0, 0))
    try:
        leftovers.clear()
        assert stranger.is_dir()
        assert not forgotten.exists()
    finally:
        stranger.rmdir()


COMMITS_AND_FAILS = """
import json, sys
from models import journal, raw
from models.engine import adbc
job = json.loads(open(sys.argv[1]).read())
if job["commits"]:
    with adbc() as connection:
        raw.lock(connection)
        journal.finish(connection, job["job"], {"batch": 7, "already": False})
raise SystemExit("no room left to say so")
"""


@pytest.mark.parametrize("commits", [True, False])
def test_what_held_is_told_though_its_process_failed_afterwards(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, commits: bool
) -> None:
    (tmp_path / "failing_child.py").write_text(COMMITS_AND_FAILS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    job = jobs.start("failing_child", {"commits": commits}, journal.begin("import", "x.csv", "Ans"))
    with pytest.raises(jobs.JobError, match="no room left"):
        job.result()
    told = [ended.message() for ended in journal.settle(database)]
    assert len(told) == commits
    assert all(one.endswith("is stored as batch 7.") for one in told)
    assert journal.settle(database) == []
