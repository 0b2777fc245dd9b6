"""Files into frames: CSV, XLSX and Parquet, with the headings as they stand in the file.

CSV cells stay text; XLSX and Parquet columns keep the types they come with. Text is trimmed, and
empty cells are null. ROW holds the row as a spreadsheet counts it. Rows that are wholly empty are
left out.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from models.imports.parsing import tidy
from models.imports.problems import ROW, Problem, ProblemLog
from models.imports.sources import Source, TooLarge, too_large_problem

CHUNK = 100_000
"""Rows that are in memory at once while a large file is checked."""

_SEPARATORS = (",", ";", "\t")
_FIRST_ROW = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as it was read. ``decimal_comma``: a comma in a number can only be decimal."""

    source: Source
    frame: pl.DataFrame
    decimal_comma: bool = False

    @property
    def headings(self) -> list[str]:
        """The headings of the file, in order."""
        return [name for name in self.frame.columns if name != ROW]

    @property
    def rows(self) -> int:
        """About how many rows there are, for progress."""
        return self.frame.height

    def chunks(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """ROW and these columns, CHUNK rows at a time; a column has one type in all chunks."""
        yield from self.frame.select(ROW, *columns).iter_slices(CHUNK)


@dataclass(frozen=True, slots=True)
class _Content:
    headings: list[str]
    frame: pl.DataFrame
    decimal_comma: bool = False


def read(source: Source, log: ProblemLog) -> Sheet | None:
    """The file as a sheet, or None with the reason in ``log``."""
    reader = {".xlsx": _xlsx, ".parquet": _parquet}.get(source.format, _csv)
    try:
        content = reader(source, log)
    except TooLarge:
        log.add(too_large_problem(source.name))
        return None
    except UnicodeDecodeError as error:
        log.add(Problem("not_utf8", source.name, params={"reason": _where(error)}))
        return None
    except (OSError, EOFError, ValueError, csv.Error, pl.exceptions.PolarsError) as error:
        log.add(Problem("unreadable", source.name, params={"reason": _first_line(error)}))
        return None
    return _sheet(source, content, log)


def _sheet(source: Source, content: _Content, log: ProblemLog) -> Sheet | None:
    headings = [heading.strip() for heading in content.headings]
    frame = content.frame.rename(dict(zip(content.frame.columns, _places(headings), strict=True)))
    unnamed = [
        name
        for name, heading in zip(frame.columns, headings, strict=True)
        if not heading and frame[name].null_count() == frame.height
    ]
    frame = frame.drop(unnamed)
    repeated = sorted({h for h in headings if h and headings.count(h) > 1})
    for heading in repeated:
        log.add(Problem("repeated_column", source.name, column=heading))
    if repeated:
        return None
    if frame.width:
        frame = (
            tidy(frame)
            .with_row_index(ROW, offset=_FIRST_ROW)
            .filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))
        )
    if frame.is_empty():
        log.add(Problem("empty_file", source.name))
        return None
    return Sheet(source, frame, content.decimal_comma)


def _places(headings: list[str]) -> list[str]:
    """A distinct name for each column: its heading, or its place when that is empty or used."""
    seen: set[str] = set()
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = heading if heading and heading not in seen else f"{heading or 'column'} ({place})"
        seen.add(name)
        names.append(name)
    return names


def _csv(source: Source, log: ProblemLog) -> _Content:
    content = source.read()
    first_line, _, _ = content.partition(b"\n")
    separator = _separator(first_line.decode("utf-8-sig"))
    headings = _headings(content, separator)
    if not headings:
        return _Content([], pl.DataFrame())
    schema = {f"{place}": pl.String() for place in range(len(headings))}
    try:
        frame = _read_csv(content, separator, schema, ragged=False)
    except pl.exceptions.PolarsError:
        content.decode("utf-8-sig")
        if not _report_ragged(content, separator, len(headings), source.name, log):
            raise
        frame = _read_csv(content, separator, schema, ragged=True)
    return _Content(headings, frame, decimal_comma=separator == ";")


def _read_csv(
    content: bytes, separator: str, schema: dict[str, pl.String], *, ragged: bool
) -> pl.DataFrame:
    return pl.read_csv(
        content,
        separator=separator,
        has_header=False,
        schema=schema,
        truncate_ragged_lines=ragged,
    ).slice(1)


def _separator(line: str) -> str:
    """The separator that stands most often outside quotation marks in the headings."""
    bare = "".join(part for place, part in enumerate(line.split('"')) if place % 2 == 0)
    return max(_SEPARATORS, key=bare.count)


def _records(content: bytes, separator: str) -> Iterator[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    return csv.reader(text, delimiter=separator)


def _headings(content: bytes, separator: str) -> list[str]:
    return next(iter(_records(content, separator)), [])


def _report_ragged(content: bytes, separator: str, width: int, file: str, log: ProblemLog) -> bool:
    """Name every row with more fields than headings; whether there was one."""
    found = False
    for row, fields in enumerate(_records(content, separator), start=1):
        if len(fields) > width:
            found = True
            params = {"found": str(len(fields)), "expected": str(width)}
            log.add(Problem("too_many_fields", file, row=row, params=params))
    return found


def _xlsx(source: Source, _log: ProblemLog) -> _Content:
    import fastexcel

    try:
        book = fastexcel.read_excel(source.read())
        sheet = _sheet_of(book.sheet_names, source.stem)
        top = book.load_sheet(sheet, header_row=None, n_rows=1, dtypes="string").to_polars()
        frame = book.load_sheet(sheet, schema_sample_rows=None).to_polars()
    except fastexcel.FastExcelError as error:
        raise ValueError(_first_line(error)) from error
    if not frame.width:
        return _Content([], pl.DataFrame())
    return _Content([value or "" for value in top.row(0)], frame)


def _sheet_of(names: list[str], stem: str) -> str:
    """The sheet called like the file, else the first."""
    return next((name for name in names if name.lower() == stem), names[0])


def _parquet(source: Source, _log: ProblemLog) -> _Content:
    frame = pl.read_parquet(io.BytesIO(source.read()))
    return _Content(frame.columns, frame)


def _where(error: UnicodeDecodeError) -> str:
    line = bytes(error.object[: error.start]).count(b"\n") + 1
    return f"line {line}, byte {error.start + 1}"


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
