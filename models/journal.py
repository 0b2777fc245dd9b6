"""What became of jobs that write, also when they were killed.

A job has a file in `data_dir()/jobs` from before it starts; its process holds that file, and the
kernel lets go when it dies. What it did stands in the table `job`, written in the same transaction
as the work. So a file that nobody holds tells of a job that has ended: with a record it did its
work, without one nothing of it was stored. The file goes when somebody was told.
"""

import json
import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from metrics.words import N_, as_is
from models import holding, leftovers, sql
from models.engine import DatabaseBusy, briefly, data_dir
from models.tables import JobRecord

_STOPPED: Mapping[str, str] = {
    "import": N_(
        "The import of {about} by {actor} that began at {began} UTC was stopped before it was "
        "done; nothing of it was stored."
    ),
    "undo": N_(
        "The undoing of {about} by {actor} that began at {began} UTC was stopped before it was "
        "done; nothing was changed."
    ),
    "release": N_(
        "The release ({about}) by {actor} that began at {began} UTC was stopped before it was "
        "done; nothing of it was stored or published."
    ),
    "import-release": N_(
        "The taking in of {about} by {actor} that began at {began} UTC was stopped before it was "
        "done; nothing of it was taken in."
    ),
}
_STOPPED_OTHER = N_(
    "The job {about} by {actor} that began at {began} UTC was stopped before it was done; "
    "nothing was changed."
)
_DONE: Mapping[str, str] = {
    "batch": N_(
        "The import of {about} by {actor} that began at {began} UTC was done after all: it is "
        "stored as batch {batch}."
    ),
    "release": N_(
        "The release ({about}) by {actor} that began at {began} UTC was done after all, as "
        "release {release}."
    ),
}
_DONE_OTHER = N_("The job {about} by {actor} that began at {began} UTC was done after all.")
_ABOUT: Mapping[str, Mapping[str, str]] = {
    "undo": {"batch": N_("batch {what}")},
    "release": {
        "build": N_("build"),
        "publish": N_("publish"),
        "withdraw": N_("withdraw {what}"),
    },
}
"""Per kind the first words of what a job is about that are words and no name; `what` follows."""
_DRAFT = "."
_NOBODY = N_("somebody")


@dataclass(frozen=True, slots=True)
class Entry:
    """A job that is about to start: its number, its file, and how this process holds that."""

    id: str
    path: Path
    descriptor: int | None

    def failed(self) -> None:
        """Note that somebody was told that the job failed."""
        try:
            noted = _read(self.path) | {"failed": "told"}
            self.path.write_text(json.dumps(noted), encoding="utf-8")
        except FileNotFoundError:
            # It was settled meanwhile.
            return


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that ended without anybody being told.

    Attributes:
        outcome: what it did, as it was told to `finish`; None when it was stopped and nothing of
            it was stored.
    """

    id: str
    kind: str
    about: str
    actor: str
    began: datetime
    outcome: Mapping[str, Any] | None

    def message(self, translate: Callable[[str], str] = as_is) -> str:
        """What happened, in the reader's language."""
        told = {
            "about": self._about(translate),
            "actor": self.actor or translate(_NOBODY),
            "began": self.began.strftime("%Y-%m-%d %H:%M"),
        }
        if self.outcome is None:
            return translate(_STOPPED.get(self.kind, _STOPPED_OTHER)).format(**told)
        known = (key for key in _DONE if self.outcome.get(key) is not None)
        msgid = _DONE.get(next(known, ""), _DONE_OTHER)
        return translate(msgid).format(**told, **self.outcome)

    def _about(self, translate: Callable[[str], str]) -> str:
        word, _, what = self.about.partition(" ")
        msgid = _ABOUT.get(self.kind, {}).get(word)
        return translate(msgid).format(what=what) if msgid else self.about or self.kind


def begin(kind: str, about: str = "", actor: str = "") -> Entry:
    """Note that a job that writes is about to start; `jobs.start` takes the entry.

    Args:
        kind: import, release, undo or another word for what it does.
        about: what it is about: the name of a file, or words that begin as in `_ABOUT`.
        actor: who started it.
    """
    folder = data_dir() / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    number = uuid.uuid4().hex
    path = folder / number
    noted = {"kind": kind, "about": about, "actor": actor, "began": datetime.now(UTC).isoformat()}
    # It gets its name when it is whole and held: nobody takes it for one that was left behind.
    draft = path.with_name(f"{_DRAFT}{number}")
    draft.write_text(json.dumps(noted), encoding="utf-8")
    descriptor = holding.take(draft)
    draft.rename(path)
    return Entry(number, path, descriptor)


def finish(connection: Any, job: str | None, outcome: Mapping[str, Any]) -> None:
    """In the job's own transaction: write down what it did; a job without an entry has no record.

    `outcome` holds `batch` or `release` where the job made one.
    """
    if job is None:
        return
    noted = _read(data_dir() / "jobs" / job)
    sql.execute(
        connection,
        "INSERT INTO job (id, kind, about, actor, started_at, finished_at, outcome) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            job,
            *(noted[name] for name in ("kind", "about", "actor")),
            datetime.fromisoformat(noted["began"]),
            datetime.now(UTC),
            dict(outcome),
        ),
    )


def settle(engine: Engine, *, keep: bool = False) -> list[Ended]:
    """What became of the jobs that ended without anybody being told, oldest first.

    Said once, unless it is kept for the next who asks.

    Clears what they left behind. A job that can't be judged because another one is writing is
    left for the next time.
    """
    leftovers.clear()
    ended = []
    for path in sorted((data_dir() / "jobs").glob("*")):
        if path.name.startswith(_DRAFT):
            continue
        try:
            descriptor = holding.take(path, make=False)
            if descriptor is None:
                continue
            try:
                one = _judged(engine, path)
                if one.outcome is not None or "failed" not in _read(path):
                    ended.append(one)
                if not keep:
                    path.unlink()
            finally:
                os.close(descriptor)
        except (DatabaseBusy, FileNotFoundError):
            continue
    return sorted(ended, key=lambda each: each.began)


def _judged(engine: Engine, path: Path) -> Ended:
    noted = _read(path)
    kind, about, actor = noted["kind"], noted["about"], noted["actor"]
    began = datetime.fromisoformat(noted["began"])
    record = _record(engine, path.name)
    if record is None:
        stopped = JobRecord(
            id=path.name,
            kind=kind,
            about=about,
            actor=actor,
            started_at=began,
            stopped_at=datetime.now(UTC),
        )
        try:
            # On a server the job's transaction may be about to end: this waits for it.
            with briefly(engine) as connection:
                connection.execute(insert(JobRecord).values(stopped.model_dump()))
        except IntegrityError:
            record = _record(engine, path.name)
    done = None if record is None or record.finished_at is None else record.outcome or {}
    return Ended(path.name, kind, about, actor, began, done)


def _record(engine: Engine, job: str) -> JobRecord | None:
    with Session(engine) as session:
        return session.get(JobRecord, job)


def _read(path: Path) -> dict[str, str]:
    noted: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return noted
