"""What the next start says of jobs that ended, and what it leaves alone."""

import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models import jobs, journal, leftovers
from models.imports import starting
from tests.models.imports.company import write
from tests.models.killing import answers, told
from translations.words import Words

pytestmark = pytest.mark.usefixtures("new_processes")

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


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        ("undo", "batch 3", "Het ongedaan maken van levering 3 door Ans"),
        ("release", "publish", r"\(publiceren\)"),
        ("release", "build", r"\(klaarzetten\)"),
        ("release", "withdraw survey 2024-Q2", r"\(intrekken van survey 2024-Q2\)"),
        ("import", "batch 3", "van batch 3 door"),
        ("import", "build", "van build door"),
    ],
)
def test_what_a_job_is_about_is_told_in_the_language_of_who_reads(
    kind: str, about: str, said: str
) -> None:
    ended = journal.Ended("1", kind, about, "Ans", datetime(2026, 11, 22, tzinfo=UTC), None)
    assert re.search(said, ended.message(Words("nl")))


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
