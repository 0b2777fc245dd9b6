"""What the parts of an XLSX file say that its values do not: sheets, errors, bare formulas."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import unescape
from pathlib import Path
from posixpath import normpath
from xml.parsers import expat

from models.imports.unpacking import BLOCK, check_entries

NOT_CALCULATED = "#FORMULA!"
"""Stands for a formula that was saved without its value."""

_PART_LIMIT = 16 * 1024**2

CELLS_LIMIT = 60_000_000
"""Cells from the first to the last one that is used, the empty ones between them too."""

SPARSE_LIMIT = 10_000_000
"""The same, for a sheet of which fewer than one in ten of them is used."""

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FROM_1904 = re.compile(rb"""date1904\s*=\s*["'](1|true)["']""")


class TooManyCells(ValueError):
    """A sheet has a cell so far off that all up to there can't be read; says which."""


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
    return Contents(
        tuple(sheets), date(1904, 1, 1) if _FROM_1904.search(book) else date(1899, 12, 30)
    )


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PART_LIMIT)


def _attributes(text: bytes) -> dict[str, str]:
    return {
        key.decode(): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(text)
    }


def has_cells(path: Path, part: str) -> bool:
    """Whether a sheet has anything on it."""
    return SheetCells(path, part, only_first=True).filled > 0


class SheetCells:
    """Where the cells of a sheet are, read without unfolding it. Rows count from 1, columns from 0.

    ``filled`` counts the cells with a value. ``first_columns`` gives per row, up to row ``top``,
    the first of them. ``bad`` gives per column and row the text of a cell that holds an error, or
    a formula that was never worked out.

    Raises:
        ValueError: it is not XML, or it has definitions of its own, which may unfold without end.
        any of BROKEN: it is damaged.
    """

    def __init__(self, path: Path, part: str, top: int = 0, *, only_first: bool = False) -> None:
        self.filled = 0
        self.first_columns: dict[int, int] = {}
        self.bad: dict[int, dict[int, str]] = {}
        self._top = top
        self._leftmost = self._rightmost = self._lowest = -1
        self._rightmost_row = self._lowest_column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._started()
        self._parser.StartDoctypeDeclHandler = self._refuse
        try:
            with zipfile.ZipFile(path) as archive, archive.open(part) as content:
                while block := content.read(BLOCK):
                    self._parser.Parse(block, False)  # noqa: FBT003
                    if only_first and self.filled:
                        break
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error
        finally:
            self._finish()
            del self._parser, self._finish  # They hold each other.

    def check(self) -> None:
        """Refuse a sheet that unfolds to too many cells.

        Raises:
            TooManyCells: with the name of the cell that lies too far off.
        """
        cells = self._lowest * (self._rightmost - self._leftmost + 1)
        if cells > min(CELLS_LIMIT, max(SPARSE_LIMIT, 10 * self.filled)):
            lowest = f"{_letters(self._lowest_column)}{self._lowest}"
            rightmost = f"{_letters(self._rightmost)}{self._rightmost_row}"
            raise TooManyCells(", ".join(dict.fromkeys((rightmost, lowest))))

    def _refuse(self, *_: object) -> None:
        raise ValueError("its XML has definitions of its own")

    def _started(self) -> Callable[[str, dict[str, str]], None]:  # noqa: C901
        """What is told of each element; a cell ends where the next one begins.

        There are millions of them, so this is one function with its state around it.
        """
        local = {"c": "c", "v": "v", "row": "row"}
        text: list[str] = []
        row = column = 0
        kind = ""
        in_cell = formula = valued = False

        def finish() -> None:
            nonlocal in_cell
            if not in_cell:
                return
            in_cell = False
            if formula or kind == "e":
                self._parser.CharacterDataHandler = None
                self._judge("".join(text).strip(), row, column, kind, valued=valued)
            elif valued:
                self._count(row, column)

        def started(name: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, kind, in_cell, formula, valued
            name = local.get(name) or local.setdefault(name, name.rpartition(":")[2])
            if name == "c":
                finish()
                column += 1
                if "r" in attributes:
                    place = attributes["r"]
                    letters = place.rstrip("0123456789")
                    row, column = int(place[len(letters) :]), _place(letters)
                kind = attributes.get("t", "")
                in_cell, formula, valued = True, False, False
            elif name == "v" and in_cell:
                valued = True
                if formula or kind == "e":
                    text.clear()
                    self._parser.CharacterDataHandler = text.append
            elif name == "row":
                finish()
                row, column = int(attributes.get("r", row + 1)), -1
            elif name == "is":
                valued = True
            elif name == "f":
                formula = True

        self._finish = finish
        return started

    def _judge(self, text: str, row: int, column: int, kind: str, *, valued: bool) -> None:
        """A cell with an error or a formula."""
        text = text if valued else ""
        if kind == "e":
            self.bad.setdefault(column, {})[row] = text or "#N/A"
        elif not text and kind != "str":
            self.bad.setdefault(column, {})[row] = NOT_CALCULATED
        if text or kind == "str":
            self._count(row, column)

    def _count(self, row: int, column: int) -> None:
        self.filled += 1
        if column > self._rightmost:
            self._rightmost, self._rightmost_row = column, row
        if self._leftmost < 0 or column < self._leftmost:
            self._leftmost = column
        if row > self._lowest:
            self._lowest, self._lowest_column = row, column
            if row <= self._top:
                self.first_columns[row] = column


@lru_cache(maxsize=32_768)
def _place(letters: str) -> int:
    """The column of `A` is 0."""
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        raise ValueError(f"{letters[:20]} is no column")
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _letters(place: int) -> str:
    letters, rest = "", place + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
