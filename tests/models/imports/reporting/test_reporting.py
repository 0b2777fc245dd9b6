"""A report can be opened, says all that is wrong, marks the cells, and runs nothing."""

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest

from models.imports import reporting
from models.imports.notes import Note
from models.imports.problems import Cause, ProblemLog
from models.imports.readers import read
from models.imports.reporting import annotated
from models.imports.service import check
from models.imports.sources import find
from tests.models.imports.company import write, write_csv

ABSENCE = {
    "Period": "2024-06", "location_id": "A", "hours_lost": "10", "contract_hours": "100",
    "remark": "=1+1",
}  # fmt: skip


def reported(folder: Path, report: Path, words: dict[str, str] | None = None) -> tuple[Cause, ...]:
    """Check a folder and write its report."""
    found = check((folder,))
    log = ProblemLog()
    sheets = [sheet for one in find((folder,), log).sources if (sheet := read(one, log))]
    reporting.write(report, found.problems, found.notes, sheets, words)
    return found.problems


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = write(
        tmp_path / "in",
        absence=[
            ABSENCE,
            ABSENCE | {"Period": "2024-07", "hours_lost": "=2+2"},
            ABSENCE | {"Period": "2024-08", "location_id": "AA"},
            ABSENCE | {"Period": "2024-06"},
        ],
        strange=[{"a": "b"}],
    )
    reported(folder, tmp_path / "report")
    return tmp_path / "report"


def cells(book: Path, sheet: str | int = 0) -> list[tuple[object, ...]]:
    read_sheet = fastexcel.read_excel(book).load_sheet(sheet, header_row=None, dtypes="string")
    return read_sheet.to_polars().rows()


def part(book: Path, name: str) -> str:
    with zipfile.ZipFile(book) as archive:
        return "".join(archive.read(n).decode() for n in archive.namelist() if re.search(name, n))


def test_a_report_is_a_table_json_a_workbook_and_a_copy_of_each_file_with_problems(report) -> None:
    with zipfile.ZipFile(report / reporting.WHOLE) as archive:
        assert archive.namelist() == [
            "problems.csv", "problems.json", "problems.xlsx",
            "annotated/absence.xlsx", "annotated/strange.xlsx",
        ]  # fmt: skip
    assert report.stat().st_mode & 0o077 == 0


def test_the_table_is_for_excel_and_runs_no_formula(report) -> None:
    content = (report / reporting.TABLE).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    found = {(row["Rule"], row["Row"], row["Column"], row["Value"]) for row in rows}
    assert found == {
        ("unknown_column", "", "remark", ""),
        ("not_a_number", "3", "hours_lost", "'=2+2"),
        ("unknown_location", "4", "location_id", "AA"),
        ("duplicate_key", "5", "period, location_id, desk_type", "2024-06, A, -"),
        ("unknown_file", "", "", ""),
    }


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\r=1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert reporting.table.harmless(text) == f"'{text}"
    assert reporting.table.harmless(f"a{text}") == f"a{text}"


def test_json_says_the_same(report) -> None:
    told = json.loads((report / reporting.JSON).read_text())
    by_rule = {cause["rule"]: cause for cause in told["problems"]}
    assert by_rule["unknown_location"]["values"][0]["value"] == "AA"
    assert by_rule["not_a_number"]["examples"][0]["value"] == "=2+2"


def test_the_workbook_begins_with_a_summary(report) -> None:
    book = report / reporting.WORKBOOK
    assert fastexcel.read_excel(book).sheet_names == ["Summary", "absence.csv", "strange.csv"]
    summary = cells(book)
    assert summary[0][:3] == ("File", "Column", "Times")
    assert len(summary) == 6
    assert "<f>" not in part(book, "worksheets/")


def test_a_copy_has_every_cell_in_its_place_as_text(report) -> None:
    copy = report / "annotated" / "absence.xlsx"
    assert fastexcel.read_excel(copy).sheet_names == ["absence", "Problems"]
    rows = cells(copy)
    assert rows[0] == ("Period", "location_id", "hours_lost", "contract_hours", "remark")
    assert rows[2] == ("2024-07", "A", "=2+2", "100", "=1+1")
    sheets = part(copy, "worksheets/sheet")
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets


def test_a_copy_colours_wrong_cells_and_says_why(report) -> None:
    copy = report / "annotated" / "absence.xlsx"
    told = part(copy, "comments")
    assert set(re.findall(r'ref="([A-Z]+\d+)"', told)) == {"E1", "C3", "B4", "A5"}
    assert "hours_lost is not a number: '=2+2'." in told.replace("&apos;", "'")
    coloured = set(re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', part(copy, "worksheets/sheet1")))
    by_style: dict[str, set[str]] = {}
    for cell, style in coloured:
        by_style.setdefault(style, set()).add(cell)
    assert {"E1", "C3", "B4", "A5", "B5"} in by_style.values()


def test_a_mended_copy_can_be_brought_again(report, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write(again)
    (report / "annotated" / "absence.xlsx").rename(again / "absence.xlsx")
    assert {cause.rule for cause in check((again,)).problems} == {
        "unknown_column", "not_a_number", "unknown_location", "duplicate_key",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_copies_are_made_of_every_format(form: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "in")
    rows = [
        {"employee_id": "007", "start_on": "2024-01-01", "location_id": site, "desk_type": "desk"}
        for site in ("A", "Z")
    ]
    frame = pl.DataFrame(rows).with_columns(pl.col("start_on").str.to_date())
    path = folder / f"assignments.{form}"
    writers: dict[str, Any] = {"csv": frame.write_csv, "xlsx": frame.write_excel}
    writers.get(form, frame.write_parquet)(path)
    reported(folder, tmp_path / "report")
    copy = tmp_path / "report" / "annotated" / "assignments.xlsx"
    assert cells(copy)[2][0] == "007"
    assert 'ref="C3"' in part(copy, "comments")
    frame = pl.read_excel(copy)
    assert frame["employee_id"].to_list() == ["007", "007"]


def test_a_large_file_gives_its_wrong_rows_with_their_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotated, "MOST_ROWS", 50)
    rows = [
        {"feedback_id": f"f{n}", "at": "2024-01-01", "location_id": "Z" if n in (40, 60) else "A"}
        for n in range(100)
    ]
    folder = write(tmp_path / "in", customer_feedback=rows)
    reported(folder, tmp_path / "report")
    copied = cells(tmp_path / "report" / "annotated" / "customer_feedback.xlsx")
    assert [row[0] for row in copied] == ["Row", "41", "42", "43", "61", "62", "63"]
    listed = cells(tmp_path / "report" / "annotated" / "customer_feedback.xlsx", "Problems")
    assert "customer_feedback.csv is large" in str(listed[1][0])


def test_all_wrong_cells_are_coloured_beyond_the_examples(tmp_path: Path) -> None:
    rows = [{"location_id": f"L{n}", "name": ""} for n in range(1_200)]
    folder = write(tmp_path / "in", locations=rows)
    (cause,) = reported(folder, tmp_path / "report")
    assert (len(cause.examples), cause.count) == (1_000, 1_200)
    coloured = re.findall(
        r'<c r="B\d+" s="\d+"/>',
        part(tmp_path / "report" / "annotated" / "locations.xlsx", "worksheets/sheet1"),
    )
    assert len(coloured) == 1_200


def test_names_that_a_workbook_or_folder_may_not_have(tmp_path: Path) -> None:
    folder = write(tmp_path / "in")
    for name in ("absence [a] (1)", "absence 'b'", "absence=c" + "d" * 80):
        write_csv(folder / f"{name}.csv", [ABSENCE])
    reported(folder, tmp_path / "report")
    copies = sorted(path.name for path in (tmp_path / "report" / "annotated").iterdir())
    assert len(copies) == 3
    assert all(re.fullmatch(r"[\w-]+\.xlsx", name) for name in copies)


def test_control_signs_long_cells_and_odd_dates_leave_a_copy_that_opens(tmp_path: Path) -> None:
    folder = write(tmp_path / "in")
    odd = [
        {"location_id": "A", "name": "a\x01b_x0041_"},
        {"location_id": "Z\u202e", "name": "x" * 40_000},
    ]
    write_csv(folder / "teams.csv", [{"team_id": f"t{n}", **row} for n, row in enumerate(odd)])
    reported(folder, tmp_path / "report")
    copy = cells(tmp_path / "report" / "annotated" / "teams.xlsx")
    assert copy[1][2] == "a\x01b_x0041_"
    assert len(str(copy[2][2])) == 32_001


def test_the_reader_chooses_the_language(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", locations=[{"location_id": "A", "name": ""}])
    words = {"{column} is empty.": "{column} is leeg.", "Summary": "Overzicht"}
    reported(folder, tmp_path / "report", words)
    assert "name is leeg." in (tmp_path / "report" / reporting.TABLE).read_text()
    assert fastexcel.read_excel(tmp_path / "report" / reporting.WORKBOOK).sheet_names[0] == (
        "Overzicht"
    )


def test_remarks_have_a_sheet(tmp_path: Path) -> None:
    notes = (Note("{n} odd rows", {"n": "3"}, warning=True), Note("fine"))
    reporting.write(tmp_path / "report", (), notes)
    assert cells(tmp_path / "report" / reporting.WORKBOOK, "Remarks")[1:] == [
        ("Warning", "3 odd rows"), (None, "fine"),
    ]  # fmt: skip
