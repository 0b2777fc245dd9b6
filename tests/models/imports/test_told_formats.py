"""What is told of a file without a word from anybody: separators, headings, sheets, dates."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from models.imports.problems import ROW, ProblemLog
from models.imports.readers import Sheet, read
from models.imports.service import check
from models.imports.sources import Source
from tests.models.imports.company import locations, places, problems, write, write_csv


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    write_csv(tmp_path / "locations.csv", locations(), separator=separator)
    assert check((tmp_path,)).rows == {"locations": 2}


def test_the_separator_is_the_sign_that_stands_equally_often(tmp_path: Path) -> None:
    text = "location_id;name\nA;Delft, oud\nB;Delft, nieuw, noord\nC;Gouda\n"
    (tmp_path / "locations.csv").write_text(text)
    names = check((tmp_path,)).tables["locations"]["name"].to_list()
    assert names == ["Delft, oud", "Delft, nieuw, noord", "Gouda"]


def test_excels_hint_of_a_separator_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_text("sep=;\r\nlocation_id;name\r\nA;\r\n")
    assert places(check((tmp_path,))) == [("empty", 2, "name", None)]


@pytest.mark.parametrize("lines", ["\r", "\r\n", "\n"])
def test_line_ends(tmp_path: Path, lines: str) -> None:
    text = lines.join(["location_id,name", 'A,"a', 'b"', "B,"])
    (tmp_path / "locations.csv").write_bytes(text.encode())
    assert places(check((tmp_path,))) == [("empty", 3, "name", None)]


def test_mixed_line_ends(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_bytes(b"location_id,name\rA,a\r\nB,b\nC,\rD,d")
    assert places(check((tmp_path,))) == [("empty", 4, "name", None)]


@pytest.mark.parametrize("top", ["\n\n", "Sites of 2024\n\n", "Sites of 2024,\n,\n"])
def test_blank_rows_and_a_title_above_the_headings(tmp_path: Path, top: str) -> None:
    (tmp_path / "locations.csv").write_text(f"{top}location_id,name\nA,a\n\nB,\n")
    report = check((tmp_path,))
    assert places(report) == [("empty", 6, "name", None)]
    assert [note.message() for note in report.notes] == [
        "locations.csv: the headings were found in row 3."
    ]


def test_a_workbook_with_blank_rows_a_title_and_a_margin(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "locations.xlsx")
    sheet = book.add_worksheet()
    sheet.write("C2", "Sites of 2024")
    sheet.write_row("C4", ["location_id", "name", "opened_on"])
    sheet.write_row("C5", ["A", "a"])
    sheet.write_row("C7", ["B"])
    book.close()
    assert places(check((tmp_path,))) == [("empty", 7, "name", None)]


def test_errors_and_bare_formulas_of_a_workbook_are_named(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "financials.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row("B2", ["period", "location_id", "revenue", "customers"])
    sheet.write_row("B3", [2024, "A", 12.5])
    sheet.write_formula("D4", "=1/0", None, "#DIV/0!")
    sheet.write_row("B4", [2024, "B"])
    sheet.write_formula("D5", "=1+1", None, 2)
    sheet.write_row("B5", [2024, "A"])
    sheet.write_formula("E5", "=1+1", None, "")
    book.close()
    with zipfile.ZipFile(tmp_path / "financials.xlsx") as old:
        entries = {name: old.read(name) for name in old.namelist()}
    part = entries["xl/worksheets/sheet1.xml"].replace(b' t="str"', b"")
    with zipfile.ZipFile(tmp_path / "financials.xlsx", "w") as new:
        for name, content in {**entries, "xl/worksheets/sheet1.xml": part}.items():
            new.writestr(name, content)
    write(tmp_path)
    report = check((tmp_path,))
    found = [one for one in places(report) if one[0] == "spreadsheet_error"]
    assert found == [
        ("spreadsheet_error", 4, "revenue", "#DIV/0!"),
        ("spreadsheet_error", 5, "customers", "#FORMULA!"),
    ]


def book_of(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return path


SITE_ROWS: list[list[str]] = [["location_id", "name"], ["A", "a"]]


def test_every_sheet_named_after_a_table_is_read(tmp_path: Path) -> None:
    teams = [["team_id", "name", "location_id"], ["t", "T", ""]]
    book_of(tmp_path / "company.xlsx", Notes=[["hello"]], Locations=SITE_ROWS, teams=teams)
    report = check((tmp_path,))
    assert report.rows == {"locations": 1, "teams": 1}
    (problem,) = problems(report)
    assert (problem.file, problem.row, problem.column) == ("company.xlsx [teams]", 2, "location_id")


def test_of_a_file_named_after_a_table_one_sheet_is_read_and_said(tmp_path: Path) -> None:
    book_of(tmp_path / "locations.xlsx", Empty=[], Data=SITE_ROWS, teams=[["x"]])
    report = check((tmp_path,))
    assert report.rows == {"locations": 1}
    assert [note.message() for note in report.notes] == [
        "locations.xlsx has several sheets; Data was read."
    ]


def test_numbers_of_days_are_dates_in_a_workbook_only(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["location_id", "name", "opened_on"],
        ["A", "a", 45292],
        ["B", "b", 45293.5],
    ]
    book_of(tmp_path / "locations.xlsx", Sheet1=rows)
    days = check((tmp_path,)).tables["locations"]["opened_on"].to_list()
    assert days == [date(2024, 1, 1), date(2024, 1, 2)]
    folder = write(tmp_path / "in", locations=opened("45292"))
    assert places(check((folder,))) == [("not_a_date", 2, "opened_on", "45292")]


def test_a_year_is_no_number_of_days(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["location_id", "name", "opened_on"],
        ["A", "a", 2024],
        ["B", "b", 45293],
    ]
    book_of(tmp_path / "locations.xlsx", Sheet1=rows)
    assert places(check((tmp_path,))) == [("not_a_date", 2, "opened_on", "2024")]


def opened(*days: str) -> list[dict[str, str]]:
    return [
        {"location_id": str(place), "name": "a", "opened_on": day} for place, day in enumerate(days)
    ]


def test_dates_with_their_day_first_are_told_by_the_whole_column(tmp_path: Path) -> None:
    report = check((write(tmp_path, locations=opened("1-2-2024", "13/02/2024", "")),))
    assert report.problems == ()
    days = report.tables["locations"]["opened_on"].to_list()
    assert days == [date(2024, 2, 1), date(2024, 2, 13), None]
    assert [note.message() for note in report.notes] == [
        "locations.csv: the dates in opened_on were read with the day first."
    ]


@pytest.mark.parametrize(
    "days", [("1-2-2024", "12-2-2024"), ("13-2-2024", "2-13-2024"), ("13-2-24",)]
)
def test_dates_that_can_be_read_in_two_ways_are_problems(tmp_path: Path, days) -> None:
    report = check((write(tmp_path, locations=opened(*days)),))
    assert {one.rule for one in problems(report)} == {"not_a_date"}
    assert len(problems(report)) == len(days)


def test_a_point_among_semicolons_may_group_thousands(tmp_path: Path) -> None:
    money = {"period": "2024", "location_id": "A", "revenue": "1.234"}
    write(tmp_path)
    write_csv(tmp_path / "financials.csv", [money], separator=";")
    assert places(check((tmp_path,))) == [("ambiguous_number", 2, "revenue", "1.234")]


def test_many_pieces_give_the_same_rows_as_one(tmp_path: Path, monkeypatch) -> None:
    rows = [[f'"é{n}"', f'say "{n}", or\nnot' * (n % 3)] for n in range(400)]
    with (tmp_path / "locations.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["location_id", "name"], *rows])
    source = Source("locations.csv", tmp_path / "locations.csv")
    whole = sheet_of(source).frame
    monkeypatch.setattr("models.imports.reading.records.FIRST", 7)
    monkeypatch.setattr("models.imports.reading.records.PIECE", 23)
    monkeypatch.setattr("models.imports.unpacking.BLOCK", 5)
    assert sheet_of(source).frame.equals(whole)
    with (tmp_path / "locations.csv").open(newline="") as file:
        expected = [tuple(cell.strip() or None for cell in row) for row in csv.reader(file)][1:]
    assert whole.drop(ROW).rows() == expected
    assert whole[ROW].to_list() == list(range(2, 402))


def sheet_of(source: Source) -> Sheet:
    sheet = read(source, ProblemLog())
    assert sheet is not None
    return sheet


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u2009", "\u3000", "\x0b"])
@pytest.mark.parametrize("cell", ["{0}a", "a{0}", "{0}a{0}", '"{0}a"'])
def test_blanks_around_a_cell_are_left_out(tmp_path: Path, blank: str, cell: str) -> None:
    for row in ("{0},A", "A,{0}"):
        text = f"location_id,name\n{row.format(cell.format(blank))}\n"
        (tmp_path / "locations.csv").write_text(text)
        report = check((tmp_path,))
        assert set(report.tables["locations"].select("location_id", "name").row(0)) == {"A", "a"}
