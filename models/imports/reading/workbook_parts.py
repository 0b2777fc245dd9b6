"""What the parts of an XLSX file say that its values do not: sheets, errors, bare formulas."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from posixpath import normpath

from models.imports.unpacking import BLOCK, check_entries

NOT_CALCULATED = "#FORMULA!"
"""Stands for a formula that was saved without its value."""

_PART_LIMIT = 16 * 1024**2
_CELL_LIMIT = 1024**2

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_CELL = re.compile(rb'<c\s([^>]*?)\br="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook: its name, whether it is hidden, and the part that holds it."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets in order, and the day that has the number 0."""

    sheets: tuple[SheetPart, ...]
    day_zero: date


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with anything in it; its row counts from 1, its column from 0.

    ``bad`` is its text where it holds an error, or a formula that was never worked out.
    """

    row: int
    column: int
    bad: str | None


def contents(path: Path) -> Contents:
    """The sheets of a workbook.

    Raises:
        TooLarge: it unpacks to too much.
        any of BROKEN, KeyError, ValueError: it is no workbook.
    """
    with zipfile.ZipFile(path) as archive:
        check_entries(archive)
        book = _part(archive, "xl/workbook.xml")
        targets = {
            one.get("Id", ""): one.get("Target", "")
            for one in map(_attributes, _RELATION.findall(_part(archive, _RELATIONS)))
        }
    sheets = []
    for one in map(_attributes, _SHEET.findall(book)):
        target = targets.get(next((v for k, v in one.items() if k.endswith(":id")), ""), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        sheets.append(
            SheetPart(one.get("name", ""), one.get("state", "visible") != "visible", part)
        )
    if not sheets:
        raise ValueError("it has no sheets")
    from_1904 = re.search(rb'date1904\s*=\s*"(1|true)"', book)
    return Contents(tuple(sheets), date(1904, 1, 1) if from_1904 else date(1899, 12, 30))


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PART_LIMIT)


def _attributes(text: bytes) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(text)
    return {key.decode(): unescape(value.decode("utf-8", "replace")) for key, value in pairs}


def cells(path: Path, part: str, *, until: int | None = None) -> Iterator[Cell]:
    """The filled cells of a sheet: those up to row ``until``, and after it the bad ones."""
    with zipfile.ZipFile(path) as archive, archive.open(part) as content:
        rest = b""
        row = 0
        while block := content.read(BLOCK):
            data = rest + block
            end = data.rfind(b"</c>") + 4
            if end < 4:
                rest = data[-_CELL_LIMIT:]
                continue
            if row <= (until or 0) or b't="e"' in data or b"<f" in data:
                for cell in _cells(data[:end]):
                    row = cell.row
                    if cell.bad is not None or row <= (until or 0):
                        yield cell
            rest = data[end:]


def _cells(data: bytes) -> Iterator[Cell]:
    for match in _CELL.finditer(data):
        before, letters, row, after, inner = match.groups()
        value = _VALUE.search(inner or b"")
        kind = before + after
        bad = None
        if b't="e"' in kind:
            bad = unescape(value.group(1).decode("utf-8", "replace")) if value else "#N/A"
        elif inner and b"<f" in inner and not (value and value.group(1)) and b't="str"' not in kind:
            bad = NOT_CALCULATED
        if inner:
            yield Cell(int(row), _place(letters), bad)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
