"""Undoing batches, for pages and terminal: each runs in a child process of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models import jobs, journal
from models.imports.undoing.meaning import Undoing

MODULE = "models.imports.undoing.child"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a job said: the `undoing`, or why it was `refused` (`unknown` or `undone`)."""

    undoing: Undoing | None
    refused: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Answer":
        """The answer of a finished job (`Job.result()`)."""
        undoing = values["undoing"]
        return cls(None if undoing is None else Undoing.from_json(undoing), values["refused"])


def start_plan(batch: int) -> jobs.Job:
    """Find out what undoing a batch would mean; changes nothing."""
    return jobs.start(MODULE, {"action": "plan", "batch": batch, "actor": ""})


def start(batch: int, *, actor: str = "") -> jobs.Job:
    """Undo a batch: all of it, or nothing."""
    entry = journal.begin("undo", f"batch {batch}", actor)
    return jobs.start(MODULE, {"action": "undo", "batch": batch, "actor": actor}, entry)
