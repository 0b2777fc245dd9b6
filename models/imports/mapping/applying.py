"""A mapping at work: which files it takes, and the rows of each table that come out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import polars as pl

from metrics.words import N_
from models.imports import parsing
from models.imports.cells import Part
from models.imports.contract import TABLES, Kind, Table
from models.imports.mapping.columns import Rows, expression
from models.imports.mapping.filtering import chosen, ordered, unpivoted
from models.imports.mapping.grouping import beside, grouped
from models.imports.mapping.language import ColumnMap, FileMap, Mapping, TableMap
from models.imports.notes import Note, NoteLog
from models.imports.problems import FILE, ROW, Problem, ProblemLog
from models.imports.readers import Sheet
from models.imports.reading.headings import Layout
from models.imports.sources import Source
from models.imports.workers import names_worker

FILTERED = N_("{table}: rows of {files} left out by the mapping's filters: {count}.")
INCOMPLETE = N_("{table}: figures of {files} left out because a cell is missing: {count}.")
WORKERS = N_("{files}: columns that name workers do not get into {table}: {columns}.")


@dataclass(frozen=True, slots=True)
class Matched:
    """The sheets (with their index) that one [[file]] of a mapping takes."""

    rule: FileMap
    sheets: tuple[tuple[int, Sheet], ...]

    @property
    def names(self) -> str:
        """The names of the files, for people."""
        return ", ".join(sheet.source.name for _, sheet in self.sheets)


def match(mapping: Mapping, sheets: Sequence[tuple[int, Sheet]]) -> list[Matched]:
    """Each [[file]] of the mapping that some sheet fits, by file name whatever its case."""
    found = [
        Matched(rule, tuple((i, sheet) for i, sheet in sheets if _fits(sheet, rule)))
        for rule in mapping.files
    ]
    return [matched for matched in found if matched.sheets]


def layouts(mapping: Mapping, source: Source) -> tuple[Layout, ...]:
    """What the mapping says about where the headings of a file stand, and on which sheets."""
    return tuple(dict.fromkeys(rule.layout for rule in mapping.files if _named(source, rule)))


def _fits(sheet: Sheet, rule: FileMap) -> bool:
    wanted, name = rule.layout.sheet.lower(), sheet.source.sheet.lower()
    return _named(sheet.source, rule) and (not wanted or fnmatchcase(name, wanted))


def _named(source: Source, rule: FileMap) -> bool:
    return any(fnmatchcase(source.file_name, pattern.lower()) for pattern in rule.match)


def apply(
    mapping: Mapping,
    matched: Matched,
    rule: TableMap,
    files: tuple[str, ...],
    log: ProblemLog,
    notes: NoteLog,
) -> Iterator[Part]:
    """The rows of one table that come out of the sheets of one [[file]], a chunk at a time.

    A table that groups, orders or compares rows needs all of them at once.
    """
    table = TABLES[rule.table]
    if _lacking(mapping, matched, rule, log) | _watching(matched, rule, table, log, notes):
        return
    comma = matched.rule.decimal_comma or all(s.decimal_comma for _, s in matched.sheets)
    pieces = _pieces(matched, rule)
    for cells in [pl.concat(pieces)] if rule.at_once else pieces:
        forms, thousands = matched.rule.dates, matched.rule.thousands
        rows = Rows(cells, files, mapping.name, forms, comma, log, thousands)
        frame = _shaped(rows, rule, table, matched, notes)
        yield Part(table, frame, _headings(rule), comma, rule.known, rule.not_before, thousands)


def _shaped(
    rows: Rows, rule: TableMap, table: Table, matched: Matched, notes: NoteLog
) -> pl.DataFrame:
    """The steps of the language, one after the other."""
    told = {"table": table.name, "files": matched.names}
    frame = chosen(rows, rule)
    notes.count(FILTERED, rows.frame.height - frame.height, **told)
    if rule.unpivot:
        frame, left = unpivoted(frame, rule.unpivot)
        notes.count(INCOMPLETE, left, **told)
    rows = replace(rows, frame=frame)
    if rule.order:
        rows = replace(rows, frame=ordered(rows, rule.order))
    values = [expression(rows, column, _kind(table, column)) for column in rule.columns]
    others = [one for column in rule.columns for one in beside(rows, column)]
    frame = rows.frame.select(FILE, ROW, *values, *others)
    return grouped(frame, rule) if rule.group else frame


def _kind(table: Table, column: ColumnMap) -> Kind | None:
    return table.column(column.name).kind if column.name in table.names else None


def _pieces(matched: Matched, rule: TableMap) -> Iterator[pl.DataFrame]:
    """The columns that a table reads, of all its sheets, as text with missing cells empty."""
    missing = list(matched.rule.missing)
    headings = list(rule.headings)
    for index, sheet in matched.sheets:
        for chunk in sheet.chunks(headings, _dates(matched.rule, rule, sheet)):
            cells = [parsing.text(heading, chunk.schema[heading]) for heading in headings]
            yield chunk.select(
                pl.lit(index, pl.UInt32).alias(FILE),
                ROW,
                *(pl.when(~cell.is_in(missing)).then(cell) for cell in cells),
            )


def _dates(file: FileMap, rule: TableMap, sheet: Sheet) -> list[str]:
    """The headings that hold dates; those with forms of their own only where days have numbers."""
    table = TABLES[rule.table]
    forms = {
        column.source: column.dates or file.dates
        for column in rule.columns
        if column.source is not None
        and (column.period or _kind(table, column) in ("date", "timestamp"))
    }
    forms.update({one.heading: file.dates for one in (*rule.keep, *rule.drop) if one.months})
    numbered = sheet.body.day_zero is not None
    return [h for h, own in forms.items() if h in sheet.headings and (numbered or not own)]


def _headings(rule: TableMap) -> dict[str, str]:
    """What the file calls each column, where it comes straight from one."""
    made = rule.unpivot.names if rule.unpivot else ()
    return {
        column.name: column.source
        for column in rule.columns
        if column.source is not None and column.source not in made
    }


def _lacking(mapping: Mapping, matched: Matched, rule: TableMap, log: ProblemLog) -> bool:
    """Report headings that the mapping reads and a file has not; whether there are any."""
    lacking = False
    for _, sheet in matched.sheets:
        for heading in rule.headings:
            if heading not in sheet.headings:
                lacking = True
                params = {"mapping": mapping.name, "allowed": ", ".join(sheet.headings)}
                log.add(
                    Problem("missing_heading", sheet.source.name, column=heading, params=params)
                )
    return lacking


def _watching(
    matched: Matched, rule: TableMap, table: Table, log: ProblemLog, notes: NoteLog
) -> bool:
    """Refuse a mapping that brings a worker into a table that may not hold one; tell what it drops.

    Only columns that a mapping names come along, so that leaving one out drops it.
    """
    if not table.no_workers:
        return False
    used = {column.source for column in rule.columns}
    refused = dropped = False
    for _, sheet in matched.sheets:
        naming = [heading for heading in sheet.headings if names_worker(heading)]
        for heading in naming:
            if heading in used:
                refused = True
                params = {"table": table.name}
                log.add(Problem("worker_column", sheet.source.name, column=heading, params=params))
        dropped = dropped or bool(naming)
    if dropped and not refused:
        columns = sorted({h for _, s in matched.sheets for h in s.headings if names_worker(h)})
        params = {"files": matched.names, "table": table.name, "columns": ", ".join(columns)}
        notes.add(Note(WORKERS, params))
    return refused


def fixed(mapping: Mapping, index: int) -> Iterator[Part]:
    """The rows that the mapping itself brings; ``index`` is that of the mapping as a file."""
    for one in mapping.rows:
        schema = dict.fromkeys(one.columns, pl.String)
        frame = pl.DataFrame(list(one.rows), schema=schema, orient="row")
        yield Part(
            TABLES[one.table],
            frame.with_row_index(ROW, offset=1).with_columns(pl.lit(index, pl.UInt32).alias(FILE)),
        )
