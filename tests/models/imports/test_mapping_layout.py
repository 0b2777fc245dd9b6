"""What a mapping says of a file as a whole: headings, sheets, missing cells, decimals, dates."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from models.imports.service import check
from tests.models.imports.company import places, problems
from tests.models.imports.test_mapping import figures, row, run, values

LAYOUTS = [
    ("header_row = 3", "Report\nmade,today,by,me\n{head}\n{row}\n", 4),
    ("header_row = 1\nheader_rows = 3", "{head}\nJaar,Plek,Aantal,Waarde\na,b,c,d\n{row}\n", 4),
    ("skip_rows = 2", "made,today,by,me\nfor,you,and,me\n\n{head}\n{row}\n", 5),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "line"), LAYOUTS)
def test_where_the_headings_stand(tmp_path: Path, file: str, text: str, line: int) -> None:
    def content(n: str) -> str:
        return text.format(head="year,site,n,v", row=f"2024,A,{n},3")

    (tmp_path / "mapping.toml").write_text(figures(file=file))
    path = tmp_path / "figures.csv"
    path.write_text(content("20"))
    assert values(check((path,), str(tmp_path / "mapping.toml"))) == [("2024", "A", 20, 3.0)]
    path.write_text(content("x"))
    (problem,) = problems(check((path,), str(tmp_path / "mapping.toml")))
    assert (problem.rule, problem.row) == ("not_whole", line)


def book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    made = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)
    made.close()
    return path


def test_sheets_by_name(tmp_path: Path) -> None:
    rows: list[list[object]] = [["year", "site", "n", "v"], [2024, "A", 20, 3]]
    path = book(
        tmp_path / "report.xlsx", Cover=[["hello"]], Q1=rows, Q2=[rows[0], [2023, "B", 9, 4]]
    )
    mapping = figures(file='sheet = "q*"').replace("figures*.csv", "report*.xlsx")
    (tmp_path / "mapping.toml").write_text(mapping)
    report = check((path,), str(tmp_path / "mapping.toml"))
    assert values(report) == [("2024", "A", 20, 3.0), ("2023", "B", 9, 4.0)]
    (tmp_path / "mapping.toml").write_text(mapping.replace('"q*"', '"year"'))
    report = check((path,), str(tmp_path / "mapping.toml"))
    problem = problems(report)[0]
    assert (problem.rule, problem.value) == ("missing_sheet", "year")
    assert problem.remedy() == "Check the export; it has: Cover, Q1, Q2."


def test_the_usual_marks_of_missing_cells(tmp_path: Path) -> None:
    mapping = figures(file='missing = ["usual", "x"]', table="keep = { v = { filled = true } }")
    marks = ["-", "NA", "N/A", "?", "#N/A", "#NULL!", "n.v.t.", "null", "x"]
    rows = [row(), *(row(str(2000 + place), v=mark) for place, mark in enumerate(marks))]
    assert values(run(tmp_path, mapping, figures=rows)) == [("2024", "A", 20, 3.0)]


@pytest.mark.parametrize(
    ("word", "cell", "value"),
    [("decimal_comma", "1.234", 1234.0), ("decimal_point", "1,234", 1234.0),
     ("decimal_comma", "1,234", 1.234), ("decimal_point", "1.234", 1.234)],
)  # fmt: skip
def test_a_mapping_says_which_sign_is_decimal(tmp_path: Path, word, cell, value) -> None:
    for how in ("", ', take = "sum"'):
        table = 'group = ["period", "location_id", "measure"]' if how else ""
        mapping = figures(file=f"{word} = true", table=table, value=f'{{ from = "v"{how} }}')
        report = run(tmp_path, mapping, figures=[row(v=cell)])
        assert values(report) == [("2024", "A", 20, value)]


def test_dates_of_a_mapped_column_are_told_by_the_whole_column(tmp_path: Path) -> None:
    period = '{ from = "year", period = "month" }'
    report = run(tmp_path, figures(period=period), figures=[row("3-4-2024"), row("13-4-2024", "B")])
    assert [found[0] for found in values(report)] == ["2024-04", "2024-04"]
    assert "day first" in report.notes[0].message()


def test_numbers_of_days_in_a_mapped_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "figures.xlsx", S=[["year", "site", "n", "v"], [45292, "A", 20, 3]])
    period = '{ from = "year", period = "month", dates = ["%d/%m/%Y"] }'
    mapping = figures(period=period).replace("figures*.csv", "figures*")
    (tmp_path / "mapping.toml").write_text(mapping)
    report = check((path,), str(tmp_path / "mapping.toml"))
    assert values(report) == [("2024-01", "A", 20, 3.0)]


def test_the_errors_of_a_workbook_can_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for place, cells in enumerate([["year", "site", "n", "v"], [2024, "A", 20, 3], [2023, "A", 9]]):
        sheet.write_row(place, 0, cells)
    sheet.write_formula("D3", "=NA()", None, "#N/A")
    made.close()
    mapping = figures(file='missing = "usual"', table="keep = { v = { filled = true } }")
    (tmp_path / "mapping.toml").write_text(mapping.replace("figures*.csv", "figures*"))
    assert values(check((path,), str(tmp_path / "mapping.toml"))) == [("2024", "A", 20, 3.0)]
    strict = figures().replace("figures*.csv", "figures*")
    (tmp_path / "mapping.toml").write_text(strict)
    report = check((path,), str(tmp_path / "mapping.toml"))
    assert ("spreadsheet_error", 3, "v", "#N/A") in places(report)
