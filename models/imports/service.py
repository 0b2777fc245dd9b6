"""Checking files: from paths to tables in stored form, with every problem found in one pass."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from models.imports import answers, rows
from models.imports.cells import Part, parse
from models.imports.contract import STORED, TABLES
from models.imports.known import NothingStored, Stored, Vocabulary, vocabulary
from models.imports.notes import Note
from models.imports.problems import FILE, ROW, Cause, Problem, ProblemLog
from models.imports.readers import Sheet, read
from models.imports.routing import part_of, table_of
from models.imports.sources import FORMATS, Source, find

Tell = Callable[[str, int, int], None]
"""Told how far the work is: stage, done, total (rows or files)."""

ORDER = ("measures", *(name for name in TABLES if name != "measures"))
"""Measures first: the other tables use their codes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    ``tables`` are in the form that is stored but for employee ids and submitters, which are still
    as brought; they are complete only when there are no problems. ``rows`` counts per table.
    """

    tables: Mapping[str, pl.DataFrame]
    problems: tuple[Cause, ...]
    notes: tuple[Note, ...] = ()

    @property
    def good(self) -> bool:
        """Whether all of it may be stored."""
        return not self.problems

    @property
    def rows(self) -> dict[str, int]:
        """Rows per table, in the order of the contract."""
        return {name: self.tables[name].height for name in STORED if name in self.tables}

    def to_json(self, examples: int = 20) -> dict[str, Any]:
        """Plain values: rows, problems by cause, notes."""
        return {
            "rows": self.rows,
            "problems": [cause.to_json(examples) for cause in self.problems],
            "notes": [note.to_json() for note in self.notes],
        }


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def check(
    paths: tuple[Path, ...],
    mapping: str | None = None,
    stored: Stored | None = None,
    tell: Tell = silent,
) -> Report:
    """Read and check every file behind ``paths``.

    Args:
        paths: files, folders or zips.
        stored: what the files may refer to beside each other; None is an empty database.
        tell: told how far it is.
    """
    log = ProblemLog()
    found = find(paths, log)
    sheets = _read(found.sources, log, tell)
    files = tuple(sheet.source.name for sheet in sheets)
    routed = _route(sheets, log)
    known = stored or NothingStored()
    frames, words = _parse(routed, files, known, log, tell)
    rows.check(frames, files, known, words, log)
    tables = {name: frames[name].drop(FILE, ROW) for name in TABLES if name in frames}
    return Report(tables, log.causes(), found.notes)


def _read(sources: tuple[Source, ...], log: ProblemLog, tell: Tell) -> list[Sheet]:
    sheets: list[Sheet] = []
    for place, source in enumerate(sources):
        tell("reading", place, len(sources))
        sheet = read(source, log)
        if sheet is not None:
            sheets.append(sheet)
    if not sources and not log:
        allowed = ", ".join((*FORMATS, ".zip"))
        log.add(Problem("nothing_to_read", "-", params={"allowed": allowed}))
    return sheets


def _route(sheets: list[Sheet], log: ProblemLog) -> dict[str, list[tuple[int, Sheet]]]:
    """The sheets of each table, measures first."""
    routed: dict[str, list[tuple[int, Sheet]]] = {name: [] for name in ORDER}
    for index, sheet in enumerate(sheets):
        table = table_of(sheet.source)
        if table is None:
            params = {"allowed": ", ".join(TABLES)}
            log.add(Problem("unknown_file", sheet.source.name, params=params))
        else:
            routed[table.name].append((index, sheet))
    return {name: found for name, found in routed.items() if found}


def _parse(
    routed: dict[str, list[tuple[int, Sheet]]],
    files: tuple[str, ...],
    stored: Stored,
    log: ProblemLog,
    tell: Tell,
) -> tuple[dict[str, pl.DataFrame], Vocabulary]:
    """Every table read, and the codes that it may use."""
    frames: dict[str, pl.DataFrame] = {}
    words = vocabulary(stored.measures())
    total = sum(sheet.frame.height for sheets in routed.values() for _, sheet in sheets)
    done = 0
    for name, sheets in routed.items():
        parsed: list[pl.DataFrame] = []
        for index, sheet in sheets:
            tell("checking", done, total)
            part = part_of(sheet, TABLES[name], index, frozenset(words.items), log)
            if part is not None:
                parsed.append(_long(part, files, words, log))
            done += sheet.frame.height
        if parsed:
            frames[name] = pl.concat(parsed)
        if name == "survey_answers" and parsed:
            answers.check_descriptions(frames[name], files, log)
        if name == "measures" and parsed:
            own = pl.concat([stored.measures(), frames[name].drop(FILE, ROW)])
            words = vocabulary(own.unique("measure", keep="last", maintain_order=True))
    return frames, words


def _long(part: Part, files: tuple[str, ...], words: Vocabulary, log: ProblemLog) -> pl.DataFrame:
    """The part in stored form; survey answers one a row, with their scores checked."""
    frame = parse(part, files, log)
    if part.items:
        answers.check_wide(frame, part.items, files, words, log)
        return answers.long(frame, part.items)
    if part.table.name == "survey_answers":
        answers.check_long(frame, files, words, log)
    return frame
