"""Checking files: from paths to tables in stored form, with every problem in one pass."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from metrics.words import N_
from models.imports import answers, mapping, rows
from models.imports.adjusting import adjust
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

NOT_MAPPED = N_("{file} was left out: the mapping does not name it.")

# Measures first: the other tables use their codes.
_ORDER = ("measures", *(name for name in TABLES if name != "measures"))


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

    def to_json(self) -> dict[str, Any]:
        """Plain values: rows, problems by cause, notes."""
        return {
            "rows": self.rows,
            "problems": [cause.to_json() for cause in self.problems],
            "notes": [note.to_json() for note in self.notes],
        }


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def check(
    paths: tuple[Path, ...],
    mapped_by: str | None = None,
    stored: Stored | None = None,
    tell: Tell = silent,
) -> Report:
    """Read and check every file behind ``paths``.

    Args:
        paths: files, folders or zips.
        mapped_by: name of a bundled mapping or path of one; None when the files follow the
            contract. Files that a mapping does not name still count when they are named after a
            table.
        stored: what the files may refer to beside each other; None is an empty database.
        tell: told how far it is.
    """
    return _Check(mapped_by, stored or NothingStored(), tell).run(paths)


class _Check:
    """One check: what was read so far, and what was found wrong."""

    def __init__(self, mapped_by: str | None, stored: Stored, tell: Tell) -> None:
        self.mapped_by = mapped_by
        self.stored = stored
        self.tell = tell
        self.log = ProblemLog()
        self.notes: list[Note] = []
        self.files: tuple[str, ...] = ()
        self.frames: dict[str, pl.DataFrame] = {}
        self.said: list[pl.DataFrame] = []
        self.words: Vocabulary = vocabulary(stored.measures())

    def run(self, paths: tuple[Path, ...]) -> Report:
        """Read, check, report."""
        plan = self._mapping()
        found = find(paths, self.log)
        self.notes += found.notes
        sheets = self._read(found.sources)
        self.files = (*(sheet.source.name for sheet in sheets), self.mapped_by or "")
        parts = self._parts(list(enumerate(sheets)), plan)
        self._parse(parts)
        rows.check(self.frames, self.files, self.stored, self.words, self.log)
        tables = {name: self.frames[name].drop(FILE, ROW) for name in TABLES if name in self.frames}
        return Report(tables, self.log.causes(), tuple(self.notes))

    def _mapping(self) -> mapping.Mapping | None:
        if self.mapped_by is None:
            return None
        try:
            return mapping.load(self.mapped_by)
        except mapping.MappingError as error:
            for reason in error.errors:
                self.log.add(Problem("mapping_wrong", error.name, params={"reason": reason}))
            return None

    def _read(self, sources: tuple[Source, ...]) -> list[Sheet]:
        sheets: list[Sheet] = []
        for place, source in enumerate(sources):
            self.tell("reading", place, len(sources))
            sheet = read(source, self.log)
            if sheet is not None:
                sheets.append(sheet)
        if not sources and not self.log:
            allowed = ", ".join((*FORMATS, ".zip"))
            self.log.add(Problem("nothing_to_read", "-", params={"allowed": allowed}))
        return sheets

    def _parts(
        self, sheets: list[tuple[int, Sheet]], plan: mapping.Mapping | None
    ) -> dict[str, list[Part | tuple[int, Sheet]]]:
        """Per table what there is to read: parts of a mapping, and sheets named after it."""
        parts: dict[str, list[Part | tuple[int, Sheet]]] = {name: [] for name in _ORDER}
        taken: set[int] = set()
        if plan is not None:
            for part in self._mapped(sheets, plan, taken):
                parts[part.table.name].append(part)
        for index, sheet in sheets:
            table = table_of(sheet.source)
            if index in taken:
                continue
            if table is not None:
                parts[table.name].append((index, sheet))
            elif self.mapped_by is not None:
                self.notes.append(Note(NOT_MAPPED, {"file": sheet.source.name}))
            else:
                params = {"allowed": ", ".join(TABLES)}
                self.log.add(Problem("unknown_file", sheet.source.name, params=params))
        return {name: found for name, found in parts.items() if found}

    def _mapped(
        self, sheets: list[tuple[int, Sheet]], plan: mapping.Mapping, taken: set[int]
    ) -> Iterator[Part]:
        """The parts that a mapping makes; the sheets that it used are added to ``taken``."""
        matches = mapping.match(plan, sheets)
        if not matches and sheets:
            allowed = ", ".join(pattern for rule in plan.files for pattern in rule.match)
            params = {"mapping": plan.name, "allowed": allowed}
            self.log.add(Problem("mapping_matches_nothing", plan.name, params=params))
        for place, matched in enumerate(matches):
            self.tell("mapping", place, len(matches))
            taken.update(index for index, _ in matched.sheets)
            yield from mapping.apply(plan, matched, self.files, self.log, self.notes)
        if matches:
            yield from mapping.fixed(plan, len(self.files) - 1)

    def _parse(self, parts: dict[str, list[Part | tuple[int, Sheet]]]) -> None:
        """Every table in stored form, and the codes that the tables may use."""
        total = sum(_height(one) for found in parts.values() for one in found)
        done = 0
        for name, found in parts.items():
            read_parts: list[pl.DataFrame] = []
            for one in found:
                self.tell("checking", done, total)
                done += _height(one)
                part = one if isinstance(one, Part) else self._unmapped(name, *one)
                if part is not None:
                    read_parts.append(self._one(part, read_parts))
            if read_parts:
                self._keep(name, pl.concat(read_parts))

    def _unmapped(self, name: str, index: int, sheet: Sheet) -> Part | None:
        return part_of(sheet, TABLES[name], index, frozenset(self.words.items), self.log)

    def _one(self, part: Part, before: list[pl.DataFrame]) -> pl.DataFrame:
        """One part in stored form; survey answers one a row, with their scores checked."""
        frame = parse(part, self.files, self.log)
        if part.known or part.not_before:
            seen = {**self.frames, part.table.name: pl.concat(before)} if before else self.frames
            frame = adjust(part, frame, seen, self.stored, self.notes)
        if part.table.wide:
            return self._answers(part, frame)
        return frame

    def _answers(self, part: Part, frame: pl.DataFrame) -> pl.DataFrame:
        """A part of survey answers, checked; one answer a row."""
        self.said.append(answers.descriptions(frame))
        if not part.items:
            answers.check_long(frame, self.files, self.words, self.log)
            return frame
        answers.check_items(part, self.files, self.words, self.log)
        answers.check_wide(frame, part.items, self.files, self.words, self.log)
        return answers.long(frame, part.items)

    def _keep(self, name: str, frame: pl.DataFrame) -> None:
        self.frames[name] = frame
        if self.said:
            answers.check_descriptions(pl.concat(self.said), self.files, self.log)
            self.said.clear()
        if name == "measures":
            own = pl.concat([self.stored.measures(), frame.drop(FILE, ROW)])
            self.words = vocabulary(own.unique("measure", keep="last", maintain_order=True))


def _height(one: Part | tuple[int, Sheet]) -> int:
    return one.frame.height if isinstance(one, Part) else one[1].frame.height
