"""Child processes: progress, results, errors, cancelling, and no folders left behind."""

import gc
import sys
import time
from pathlib import Path

import pytest

from models import jobs

pytestmark = pytest.mark.usefixtures("new_processes")

CHILD = """
import json, sys, time
job = json.loads(open(sys.argv[1]).read())
print(json.dumps({"stage": "counting", "done": 1, "total": 4}), flush=True)
if job.get("fails"):
    raise SystemExit("the disk is full")
if job.get("waits"):
    time.sleep(60)
print(json.dumps({"stage": "counting", "done": 4, "total": 4}), flush=True)
print(json.dumps({"result": {"sum": 10}}), flush=True)
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "counting_child.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "counting_child"


def test_a_job_gives_its_progress_and_result(child: str) -> None:
    job = jobs.start(child, {})
    assert job.result() == {"sum": 10}
    progress = job.progress()
    assert (progress.stage, progress.done, progress.total) == ("counting", 4, 4)
    assert progress.finished


def test_a_job_that_fails_says_its_last_words(child: str) -> None:
    job = jobs.start(child, {"fails": True})
    with pytest.raises(jobs.JobError, match="the disk is full"):
        job.result()


def test_a_cancelled_job_has_ended_without_a_result(child: str) -> None:
    job = jobs.start(child, {"waits": True})
    while job.progress().done == 0:
        time.sleep(0.01)
    assert not job.progress().finished
    job.cancel()
    assert job.progress().finished
    with pytest.raises(jobs.JobError, match="without a result"):
        job.result()


def test_time_left_goes_by_the_speed_of_the_stage(
    child: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([10.0, 12.0, 13.0])
    job = jobs.start(child, {})
    job.process.wait()
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    out = job.folder / "stdout"
    told = []
    for done, total in ((100, 1000), (300, 1000), (1, 7)):
        out.write_text(f'{{"stage": "storing", "done": {done}, "total": {total}}}\n')
        told.append(job.progress().seconds_left)
    # 200 rows in 2 seconds leave 700 rows: 7 seconds. Another total starts anew.
    assert told == [None, 7.0, None]


def test_no_folder_stays_behind(child: str) -> None:
    job = jobs.start(child, {})
    job.result()
    folder = job.folder
    assert folder.is_dir()
    del job
    gc.collect()
    assert not folder.exists()


def test_the_child_finds_the_project_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    job = jobs.start("models.releases.child", {})
    with pytest.raises(jobs.JobError, match="action"):
        job.result()
    assert sys.executable == job.process.args[0]  # type: ignore[attr-defined]
