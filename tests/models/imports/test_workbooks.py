"""Workbooks as other programs write them: where cells are, and errors among them."""

import gzip
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from models.imports.guessing.sampling import sample_bytes
from models.imports.reading.workbook_parts import SheetCells
from models.imports.service import check
from tests.models.imports.company import places, problems

SHEET = "xl/worksheets/sheet1.xml"


def book(folder: Path, *rows: list[str], far: str = "") -> Path:
    """A workbook of sites; a text that begins with `=` is a formula without its value."""
    path = folder / "locations.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for place, row in enumerate([["location_id", "name", "region"], *rows]):
        for column, cell in enumerate(row):
            if str(cell).startswith("="):
                sheet.write_formula(place, column, cell, value="" if cell == "=A1" else "#REF!")
            else:
                sheet.write(place, column, cell)
    if far:
        sheet.write(far, "x")
    made.close()
    return path


def rewrite(path: Path, *changes: tuple[str, str]) -> None:
    """The sheet's XML with patterns replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[SHEET].decode()
    for pattern, by in changes:
        text = re.sub(pattern, by, text)
    parts[SHEET] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


PREFIXED = (
    (r"<(/?)(\w)", r"<\1x:\2"),
    ("xmlns=", "xmlns:x="),
)


@pytest.mark.parametrize(
    "changes",
    [(), PREFIXED, ((r' r="[A-Z0-9]+"', ""),), (('"', "'"),), ((r'r="([A-Z]+)', r'r = "\1'),)],
    ids=["plain", "a prefix", "no names of cells", "single quotes", "blanks"],
)
def test_errors_and_bare_formulas_are_told_however_they_are_written(
    tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    path = book(tmp_path, ["A", "a", "=1/0"], ["B", "b", "=A1"], ["C", "c", "north"])
    rewrite(path, (r"<v></v>|<v>0</v>(?=</c></row><row r=.4)", ""), *changes)
    assert places(check((path,))) == [
        ("spreadsheet_error", 2, "region", "#REF!"),
        ("spreadsheet_error", 3, "region", "#FORMULA!"),
    ]


def test_a_cell_far_off_is_named_and_nothing_is_unfolded(tmp_path: Path) -> None:
    path = book(tmp_path, ["A", "a"], far="XFD1048576")
    (one,) = problems(check((path,)))
    assert one.rule == "too_many_cells"
    assert one.message() == (
        "locations.xlsx has a cell so far off that all up to there are too many: XFD1048576."
    )
    sample, (cause,) = sample_bytes("locations.xlsx", path.read_bytes())
    assert sample is None
    assert cause.rule == "too_many_cells"


def test_the_sheets_of_a_packed_workbook_are_told(tmp_path: Path) -> None:
    path = book(tmp_path, ["A", "a"])
    packed = gzip.compress(path.read_bytes())
    sample, causes = sample_bytes("locations.xlsx.gz", packed)
    assert sample is not None, causes
    assert sample.sheets == ("Sheet1",)


def test_a_cell_a_little_way_off_is_read(tmp_path: Path) -> None:
    path = book(tmp_path, ["A", "a"], far="C5000")
    assert places(check((path,))) == [
        ("empty", 5000, "location_id", None),
        ("empty", 5000, "name", None),
    ]


def test_where_the_cells_are(tmp_path: Path) -> None:
    path = book(tmp_path, ["A", "a"], ["B", "b"])
    cells = SheetCells(path, SHEET, top=2)
    assert cells.filled == 7
    assert cells.first_columns == {1: 0, 2: 0}
    assert cells.bad == {}
