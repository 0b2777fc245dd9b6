"""Child processes for imports and releases, with progress that a page or a terminal can poll.

A child runs `python -m MODULE JOB.json` and writes a JSON object a line: progress
(`{"stage", "done", "total"}`), at last `{"result": ...}` (`models.child`). Only
the child reaches the database through ADBC; `models.engine` says why.
"""

import json
import os
import re
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from models import leftovers
from models.journal import Entry

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 10


class Process(Protocol):
    """What a job asks of its process; as of `subprocess.Popen`."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | Any: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


class JobError(RuntimeError):
    """The child process ended without a result; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        stage: what it is doing; empty before the first word.
        done, total: of that stage, in rows or periods; total 0 is not known.
        seconds_left: at the speed so far; None while nothing can be said.
        finished: the process has ended.
    """

    stage: str
    done: int
    total: int
    seconds_left: float | None
    finished: bool


@dataclass(slots=True, weakref_slot=True)
class Job:
    """One running or finished child process; its folder goes when the job is forgotten."""

    process: Process
    folder: Path
    entry: Entry | None = None
    held: int | None = None
    _watching: Callable[[], object] | None = field(default=None, init=False)
    _first: tuple[int, int, float] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, leftovers.forget, self.folder, self.held)
        if self.entry is not None and self.entry.descriptor is not None:
            # As long as somebody here may ask for the result, nobody else has to be told.
            self._watching = weakref.finalize(self, os.close, self.entry.descriptor)

    def progress(self) -> Progress:
        """The last thing the child said."""
        said = [line for line in self._lines() if "stage" in line]
        last: dict[str, Any] = said[-1] if said else {"stage": "", "done": 0, "total": 0}
        done, total = int(last["done"]), int(last["total"])
        return Progress(
            str(last["stage"]),
            done,
            total,
            self._seconds_left(done, total),
            self.process.poll() is not None,
        )

    def _seconds_left(self, done: int, total: int) -> float | None:
        """At the speed since this total was first heard of; another total is another stage."""
        now = time.monotonic()
        if self._first is None or self._first[0] != total or done < self._first[1]:
            self._first = (total, done, now)
        _, begun, since = self._first
        return (now - since) * (total - done) / (done - begun) if done > begun else None

    def result(self) -> Any:
        """What the child gave back; waits for it.

        Raises:
            JobError: it ended without a result (failed, cancelled, killed).
        """
        self.process.wait()
        said = [line for line in self._lines() if "result" in line]
        if self.entry is not None and said:
            self.entry.path.unlink(missing_ok=True)
        elif self.entry is not None and self.process.returncode >= 0:
            # It ended by itself and failed, as is said here. Only that it held is news later.
            self.entry.failed()
        if self._watching is not None:
            self._watching()
        if said:
            return said[-1]["result"]
        errors = (self.folder / "stderr").read_text(encoding="utf-8", errors="replace").strip()
        last = _last_words(errors) or f"exit code {self.process.returncode}"
        raise JobError(f"the process ended without a result: {last}")

    def cancel(self) -> None:
        """Stop the child; what it had not committed is as if it had never begun."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _lines(self) -> list[dict[str, Any]]:
        text = (self.folder / "stdout").read_text(encoding="utf-8")
        complete = text[: text.rfind("\n") + 1]
        return [json.loads(line) for line in complete.splitlines()]


def _last_words(errors: str) -> str:
    """The first line of the exception that ended a process; without one the last line of all."""
    lines = errors.splitlines()
    frames = [number for number, line in enumerate(lines) if line.startswith('  File "')]
    after = [line for line in lines[frames[-1] if frames else 0 :] if not line.startswith("  ")]
    said = after[0] if frames and after else lines[-1] if lines else ""
    # What this project says itself needs no name of an exception before it.
    return re.sub(r"^models\.[\w.]+: ", "", said)


def start(module: str, job: dict[str, Any], entry: Entry | None = None) -> Job:
    """Run a module in a process of its own, with the job as its file.

    A job that writes has an entry of `models.journal.begin`, and finds its number as `job`.
    """
    leftovers.clear()
    folder, held = leftovers.folder()
    path = folder / "job.json"
    path.write_text(json.dumps({**job, "job": entry.id if entry else None}), encoding="utf-8")
    descriptors = (held, entry.descriptor if entry else None)
    inherited = [each for each in descriptors if each is not None]
    return Job(spawn(module, path, inherited), folder, entry, held)


def spawn(module: str, path: Path, inherited: Sequence[int]) -> Process:
    """A new Python that runs a module with a job's file and keeps the `inherited` descriptors."""
    with (path.parent / "stdout").open("wb") as out, (path.parent / "stderr").open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", module, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            env=_environment(),
            pass_fds=inherited,
        )


def _environment() -> dict[str, str]:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
