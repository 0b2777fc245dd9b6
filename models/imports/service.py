"""Files in, tables and problems out: the whole check, without touching the database.

Rows pass through memory a chunk at a time, on their way to a spool on disk; rules that compare
rows look at the spool.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from metrics.words import N_
from models.imports import answers, crossing, mapping
from models.imports.adjusting import adjust
from models.imports.cells import Part, parse
from models.imports.contract import STORED, TABLES
from models.imports.known import NothingStored, Stored, Vocabulary, vocabulary
from models.imports.mapping import Matched
from models.imports.mapping.language import TableMap
from models.imports.notes import Note, NoteLog
from models.imports.problems import FILE, ROW, Cause, Problem, ProblemLog
from models.imports.readers import Sheet, read_all
from models.imports.routing import fit, table_of
from models.imports.rows import RowRules
from models.imports.rows import check as check_together
from models.imports.sources import FORMATS, Source, find
from models.imports.spool import Spool

Tell = Callable[[str, int, int], None]
"""Told how far the work is: stage, done, total (rows or files)."""

NOT_MAPPED = N_("{file} was left out: the mapping does not name it.")

# Measures first: the other tables use their codes. A table comes after those it refers to.
_ORDER = ("measures", *(name for name in TABLES if name != "measures"))


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    ``spool`` holds the rows in the form that is stored but for employee ids and submitters, which
    are still as brought; they are complete only when there are no problems.
    ``sheets`` are the files that could be read.
    """

    spool: Spool
    problems: tuple[Cause, ...]
    notes: tuple[Note, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def good(self) -> bool:
        """Whether all of it may be stored."""
        return not self.problems

    @property
    def rows(self) -> dict[str, int]:
        """Rows per table, in the order of the contract."""
        return {name: self.spool.height(name) for name in STORED if name in self.spool}

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table as one frame, for imports that fit in memory."""
        return {name: rows.drop(FILE, ROW).collect() for name, rows in self.spool.items()}

    def to_json(self) -> dict[str, Any]:
        """Plain values: files, rows, problems by cause, notes."""
        return {
            "files": [sheet.source.name for sheet in self.sheets],
            "rows": self.rows,
            "problems": [cause.to_json() for cause in self.problems],
            "notes": [note.to_json() for note in self.notes],
        }


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def check(
    paths: tuple[Path, ...],
    mapped_by: str | mapping.Written | mapping.Mapping | None = None,
    stored: Stored | None = None,
    tell: Tell = silent,
    scratch: Path | None = None,
) -> Report:
    """Read and check every file behind ``paths``.

    Args:
        paths: files, folders or zips.
        mapped_by: a mapping, its text, the name of a bundled one or the path of one; None when the
            files follow the contract. Files that a mapping does not name still count when they are
            named after a table.
        stored: what the files may refer to beside each other; None is an empty database.
        tell: told how far it is.
        scratch: where rows and unpacked files lie meanwhile; None is a folder of its own.
    """
    return _Check(mapped_by, stored or NothingStored(), tell, scratch).run(paths)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one table is to get from one file, or from the files of one [[file]]."""

    rows: int
    parts: Callable[[], Iterator[Part]]


class _Check:
    """One check: what was read so far, and what was found wrong."""

    def __init__(
        self,
        mapped_by: str | mapping.Written | mapping.Mapping | None,
        stored: Stored,
        tell: Tell,
        scratch: Path | None,
    ) -> None:
        self.mapped_by = mapped_by
        self.stored = stored
        self.tell = tell
        self.scratch = scratch
        self.spool = Spool(scratch)
        self.log = ProblemLog()
        self.notes = NoteLog()
        self.files: tuple[str, ...] = ()
        self.unknown_items: set[tuple[int, str]] = set()
        self.words: Vocabulary = vocabulary(stored.measures())

    def run(self, paths: tuple[Path, ...]) -> Report:
        """Read, check, report."""
        plan = self._mapping()
        found = find(paths, self.log, self.scratch)
        for note in found.notes:
            self.notes.add(note)
        sheets = self._read(found.sources, plan)
        self.files = (*(sheet.source.name for sheet in sheets), plan.name if plan else "")
        readings = self._readings(list(enumerate(sheets)), plan)
        self._take(readings)
        for note in (note for sheet in sheets for note in sheet.notes):
            self.notes.add(note)
        seconds = answers.check_responses(self.spool, self.files, self.log)
        check_together(self.spool, self.files, self.stored, self.log, seconds)
        self.tell("comparing", 0, 0)
        crossing.check(self.spool, self.files, self.stored, self.words, self.log, self.notes)
        return Report(self.spool, self.log.causes(), self.notes.notes(), tuple(sheets))

    def _mapping(self) -> mapping.Mapping | None:
        if self.mapped_by is None or isinstance(self.mapped_by, mapping.Mapping):
            return self.mapped_by
        try:
            return mapping.load(self.mapped_by)
        except mapping.MappingError as error:
            for reason in error.errors:
                self.log.add(Problem("mapping_wrong", error.name, params={"reason": reason}))
            return None

    def _read(self, sources: tuple[Source, ...], plan: mapping.Mapping | None) -> list[Sheet]:
        sheets: list[Sheet] = []
        for place, source in enumerate(sources):
            self.tell("reading", place, len(sources))
            layouts = mapping.layouts(plan, source) if plan else ()
            sheets += read_all(source, self.log, layouts)
        if not sources and not self.log:
            allowed = ", ".join((*FORMATS, ".zip"))
            self.log.add(Problem("nothing_to_read", "-", params={"allowed": allowed}))
        return sheets

    def _readings(
        self, sheets: list[tuple[int, Sheet]], plan: mapping.Mapping | None
    ) -> dict[str, list[_Reading]]:
        """Per table what there is to read: by the mapping, and sheets named after it."""
        readings: dict[str, list[_Reading]] = {name: [] for name in _ORDER}
        taken: set[int] = set()
        if plan is not None:
            for name, reading in self._mapped(sheets, plan, taken):
                readings[name].append(reading)
        for index, sheet in sheets:
            table = table_of(sheet.source)
            if index in taken:
                continue
            if table is not None:
                readings[table.name].append(self._unmapped(table.name, index, sheet))
            elif self.mapped_by is not None:
                self.notes.add(Note(NOT_MAPPED, {"file": sheet.source.name}))
            else:
                params = {"allowed": ", ".join(TABLES)}
                self.log.add(Problem("unknown_file", sheet.source.name, params=params))
        return {name: found for name, found in readings.items() if found}

    def _unmapped(self, name: str, index: int, sheet: Sheet) -> _Reading:
        def parts() -> Iterator[Part]:
            # Only now: the items that are known depend on the measures that were read before.
            items = frozenset(self.words.items)
            fitting = fit(sheet, TABLES[name], index, items, self.log)
            yield from fitting.parts() if fitting else ()

        return _Reading(sheet.rows, parts)

    def _mapped(
        self, sheets: list[tuple[int, Sheet]], plan: mapping.Mapping, taken: set[int]
    ) -> Iterator[tuple[str, _Reading]]:
        """What a mapping makes; the sheets that it used are added to ``taken``."""
        matches = mapping.match(plan, sheets)
        if not matches and sheets:
            allowed = ", ".join(pattern for rule in plan.files for pattern in rule.match)
            params = {"mapping": plan.name, "allowed": allowed}
            self.log.add(Problem("mapping_matches_nothing", plan.name, params=params))
        for matched in matches:
            taken.update(index for index, _ in matched.sheets)
            height = sum(sheet.rows for _, sheet in matched.sheets)
            for rule in matched.rule.tables:
                yield rule.table, _Reading(height, self._applied(plan, matched, rule))
        if matches:
            for part in mapping.fixed(plan, len(self.files) - 1):
                yield part.table.name, _Reading(part.frame.height, partial(iter, (part,)))

    def _applied(
        self, plan: mapping.Mapping, matched: Matched, rule: TableMap
    ) -> Callable[[], Iterator[Part]]:
        return lambda: mapping.apply(plan, matched, rule, self.files, self.log, self.notes)

    def _take(self, readings: dict[str, list[_Reading]]) -> None:
        """Every table into the spool, and the codes that later tables may use."""
        total = sum(reading.rows for found in readings.values() for reading in found)
        done = 0
        for name, found in readings.items():
            rules = RowRules(TABLES[name], self.spool, self.stored, self.words, self.log)
            for reading in found:
                seen = 0
                self.tell("checking", done, total)
                for part in reading.parts():
                    self._one(part, rules)
                    seen = min(seen + part.frame.height, reading.rows)
                    self.tell("checking", done + seen, total)
                done += reading.rows
            if name == "measures" and name in self.spool:
                self._learn()
        self.tell("checking", total, total)

    def _one(self, part: Part, rules: RowRules) -> None:
        """One part, checked and in stored form, into the spool."""
        frame = parse(part, self.files, self.log)
        if part.known or part.not_before:
            frame = adjust(part, frame, self.spool, self.stored, self.notes)
        rules.check(frame, self.files)
        if part.table.wide:
            frame = self._answers(part, frame)
        self.spool.append(part.table.name, frame)

    def _answers(self, part: Part, frame: pl.DataFrame) -> pl.DataFrame:
        """A part of survey answers, checked; one answer a row."""
        said = answers.descriptions(frame, wide=bool(part.items))
        self.spool.append(answers.RESPONSES, said)
        if not part.items:
            answers.check_long(frame, self.files, self.words, self.log)
            return frame
        answers.check_items(part, self.files, self.words, self.log, self.unknown_items)
        answers.check_wide(frame, part.items, self.files, self.words, self.log)
        return answers.long(frame, part.items)

    def _learn(self) -> None:
        """The company's own measures count from now on."""
        brought = self.spool["measures"].drop(FILE, ROW).collect()
        own = pl.concat([self.stored.measures(), brought])
        self.words = vocabulary(own.unique("measure", keep="last", maintain_order=True))
