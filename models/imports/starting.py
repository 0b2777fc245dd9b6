"""Imports for pages and terminal: each runs in a child process of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import jobs, journal
from models.engine import engine, upgrade
from models.imports.difference import Difference
from models.imports.mapping.saved import resolve
from models.imports.notes import Note
from models.imports.problems import Cause

MODULE = "models.imports.child"


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did.

    ``stored``: the rows are in, as ``batch``. ``already``: the same content was there before, as
    ``batch``, and nothing changed. ``files`` are the names of those that could be read; ``rows``
    counts per table what was read. ``difference`` is that of a dry run without problems.
    ``report``: files that say what is wrong were written.
    """

    stored: bool
    batch: int | None
    already: bool
    files: tuple[str, ...]
    rows: Mapping[str, int]
    problems: tuple[Cause, ...]
    notes: tuple[Note, ...]
    difference: Difference | None = None
    report: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Result":
        """The result of a finished job (``Job.result()``)."""
        return cls(
            values["stored"],
            values["batch"],
            values["already"],
            tuple(values["files"]),
            values["rows"],
            tuple(Cause.from_json(cause) for cause in values["problems"]),
            tuple(Note.from_json(note) for note in values["notes"]),
            Difference.from_json(values["difference"]) if values.get("difference") else None,
            values.get("report", False),
        )


def start(
    paths: Iterable[Path],
    *,
    mapping: str | None = None,
    toml: str | None = None,
    dry_run: bool = False,
    replace: int | None = None,
    report: Path | None = None,
    words: Mapping[str, str] | None = None,
    actor: str = "",
    source: str = "",
) -> jobs.Job:
    """Check files and, unless it is a dry run or there are problems, store them.

    Args:
        paths: files, folders or zips.
        mapping: name of a bundled or saved mapping, or path of one.
        toml: the text of the mapping, when it is not saved; ``mapping`` then only names it.
        dry_run: only check, and say what would change.
        replace: a batch that is undone in the same step, so that what it brought and these files
            do not have is gone.
        report: a folder for files that say what is wrong, made when something is; see `reporting`.
        words: translations of the texts in them.
        actor: who imports, for the batch.
        source: what the batch is called; the names of the paths when empty.
    """
    upgrade()
    paths = tuple(paths)
    source = source or ", ".join(path.name for path in paths)
    if mapping is not None and toml is None:
        mapping, toml = resolve(engine(), mapping)
    return jobs.start(
        MODULE,
        {
            "paths": [str(path) for path in paths],
            "mapping": mapping,
            "toml": toml,
            "dry_run": dry_run,
            "replace": replace,
            "report": None if report is None else str(report.absolute()),
            "words": dict(words or {}),
            "actor": actor,
            "source": source,
        },
        None if dry_run else journal.begin("import", source, actor),
    )
