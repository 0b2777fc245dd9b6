"""Numbers and days in mappings: grouped thousands, scales, offsets, years that are slips."""

from pathlib import Path

import pytest

from models.imports.service import Report, check
from tests.models.imports.company import places
from tests.models.imports.test_mapping import SITES, run


def test_thousands_are_never_misread_silently(tmp_path: Path) -> None:
    for name, separator in (("tabs", "\t"), ("semicolons", ";")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "locations.csv").write_text("location_id,name\nA,a\n")
        grouped = ("12.500", "1.250,50") if name == "tabs" else ("12,500", "1,250.50")
        rows = [("period", "location_id", "revenue", "customers")]
        rows += [("2024-01", "A", grouped[0], "1.000"), ("2024-02", "A", grouped[1], "1,200")]
        text = "\n".join(separator.join(row) for row in rows)
        (folder / "financials.csv").write_text(text)
        assert places(check((folder,))) == [
            ("ambiguous_number", 2, "revenue", grouped[0]),
            ("ambiguous_number", 2, "customers", "1.000"),
            ("ambiguous_number", 3, "customers", "1,200"),
        ]


def test_a_whole_number_that_is_none_is_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_text("location_id,name\nA,a\n")
    text = "period,location_id,customers\n2024-01,A,12.500\n2024-02,A,12.5\n"
    (tmp_path / "financials.csv").write_text(text)
    assert sorted(places(check((tmp_path,)))) == [
        ("ambiguous_number", 2, "customers", "12.500"),
        ("not_whole", 3, "customers", "12.5"),
    ]


MONEY = """
[[file]]
match = ["figures.csv"]
{file}
[[file.table]]
table = "financials"
[file.table.columns]
period = {{ from = "day", period = "month" }}
location_id = "site"
revenue = {revenue}
customers = {customers}
"""


def money(
    folder: Path,
    *rows: dict[str, str],
    file: str = "",
    revenue: str = '"r"',
    customers: str = '"c"',
) -> Report:
    mapping = MONEY.format(file=file, revenue=revenue, customers=customers) + SITES
    return run(folder, mapping, figures=[{"site": "A", "r": "5", "c": "", **row} for row in rows])


def test_a_scale_is_of_what_the_steps_before_it_made(tmp_path: Path) -> None:
    report = money(
        tmp_path,
        {"day": "2024-06-01", "r": "", "c": "x"},
        {"day": "2024-07-01", "r": "5", "c": "9"},
        {"day": "2024-08-01", "r": "6", "c": "x"},
        revenue='{ from = "r", only = ["5"], default = "7", scale = 1000 }',
        customers='{ from = "c", map = { x = "3" }, otherwise = "missing", scale = 2 }',
    )
    assert report.problems == ()
    assert report.tables["financials"].select("revenue", "customers").rows() == [
        (7000.0, 6),
        (5000.0, None),
        (7000.0, 6),
    ]


@pytest.mark.parametrize("dates", ["", 'dates = ["%Y-%m-%dT%H:%M:%S%z", "%d-%m-%Y"]'])
def test_a_period_is_that_of_the_day_there(tmp_path: Path, dates: str) -> None:
    days = ("2024-06-01T00:00:00+02:00", "2024-07-31T23:30:00-05:00")
    report = money(tmp_path, *({"day": day} for day in days), file=dates)
    assert report.problems == ()
    assert report.tables["financials"]["period"].to_list() == ["2024-06", "2024-07"]


def test_a_form_with_an_offset_gives_days_there_and_moments_in_utc(tmp_path: Path) -> None:
    mapping = """
[[file]]
match = ["figures.csv"]
dates = ["%d-%m-%Y %H:%M %z"]
[[file.table]]
table = "ideas"
[file.table.columns]
idea_id = "id"
submitted_on = "at"
location_id = "site"
[[file.table]]
table = "cases"
[file.table.columns]
case_id = "id"
opened_at = "at"
location_id = "site"
"""
    rows = [{"id": "i", "site": "A", "at": "01-03-2024 00:15 +01:00"}]
    report = run(tmp_path, mapping + SITES, figures=rows)
    assert report.problems == ()
    assert str(report.tables["ideas"]["submitted_on"].item()) == "2024-03-01"
    assert str(report.tables["cases"]["opened_at"].item()) == "2024-02-29 23:15:00"


def test_a_year_that_is_a_slip_is_no_period(tmp_path: Path) -> None:
    report = money(tmp_path, {"day": "03-06-24"}, file='dates = ["%d-%m-%Y"]')
    assert places(report)[0] == ("not_a_timestamp", 2, "day", "03-06-24")
