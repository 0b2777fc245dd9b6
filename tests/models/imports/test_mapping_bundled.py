"""The bundled mappings on made-up exports of the programs they are for, by hand."""

from pathlib import Path

import polars as pl
import pytest

from models.imports.mapping import bundled, load, read
from models.imports.service import Report, check
from tests.models.imports.company import locations, places, write_csv

EXPORTS = Path(__file__).parent / "exports"


def brought(mapping: str, file: str, folder: Path, *sites: str) -> Report:
    paths = [EXPORTS / file]
    if sites:
        paths.append(write_csv(folder / "locations.csv", locations(*sites)))
    return check(tuple(paths), mapping)


def rows(report: Report, table: str, *columns: str) -> list[tuple[object, ...]]:
    assert report.problems == ()
    return report.tables[table].select(columns).rows()


def test_limesurvey(tmp_path: Path) -> None:
    report = brought("limesurvey", "results-survey482113.csv", tmp_path, "AMS", "UTR")
    answers = report.tables["survey_answers"]
    assert report.problems == ()
    assert report.rows == {"locations": 2, "survey_answers": 39}
    assert sorted(answers["response_id"].unique()) == ["1", "2", "4"]
    assert set(answers["wave"]) == {"2024-Q2"}
    assert set(answers["desk_type"]) == {"desk", "non_desk", "hybrid"}
    first = answers.filter(response_id="1").sort("item")
    assert dict(first.select("item", "score").rows())["bat01"] == 2.0
    assert dict(first.select("item", "score").rows())["bat03"] == 3.0
    assert dict(first.select("item", "score").rows())["enps"] == 8.0
    assert any("filters: 1." in note.message() for note in report.notes)


def test_qualtrics(tmp_path: Path) -> None:
    report = brought("qualtrics", "qualtrics_wave.csv", tmp_path, "AMS", "UTR")
    answers = report.tables["survey_answers"]
    assert report.problems == ()
    # The preview and the response that was not finished are left out, as are both header rows.
    assert sorted(answers["response_id"].unique()) == ["R_3example1", "R_3example4"]
    assert answers.height == 26
    enps = answers.filter(item="enps").sort("response_id")["score"].to_list()
    assert enps == [7.0, 10.0]
    assert answers.filter(item="bat03")["score"].to_list() == [3.0, 1.0]


def test_employees_of_a_dutch_hr_system(tmp_path: Path) -> None:
    report = brought("hr-employees", "medewerkers 2024-06.csv", tmp_path)
    assert rows(report, "locations", "location_id", "name", "region") == [
        ("AMS", "Amsterdam Centrum", "Noord"),
        ("UTR", "Utrecht Oost", "Midden"),
        ("HK", "Hoofdkantoor", "Midden"),
    ]
    assert rows(report, "teams", "team_id", "name", "location_id") == [
        ("AMS-VK", "Verkoop", "AMS"),
        ("UTR-VK", "Verkoop", "UTR"),
        ("UTR-MG", "Magazijn", "UTR"),
    ]
    found = report.tables["assignments"].with_columns(pl.col("start_on", "end_on").cast(pl.String))
    assert found.select(
        "start_on", "end_on", "team_id", "desk_type", "contract_type", "fte", "end_reason"
    ).rows() == [
        ("2019-09-01", None, "AMS-VK", "non_desk", "permanent", 0.8, None),
        ("2021-02-15", "2024-03-31", "AMS-VK", "non_desk", "temporary", 1.0, "end_of_contract"),
        ("2012-01-01", None, "UTR-VK", "hybrid", "permanent", 1.0, None),
        ("2024-05-01", None, "UTR-MG", "non_desk", "on_call", 0.4, None),
        ("1998-03-01", "2024-05-31", None, "desk", "permanent", 0.9, "retirement"),
    ]
    everything = str([frame.rows() for frame in report.tables.values()])
    assert "Voorbeeld" not in everything


def test_tickets_of_a_help_desk(tmp_path: Path) -> None:
    report = brought("helpdesk", "tickets_june.csv", tmp_path)
    assert rows(report, "cases", "case_id", "location_id", "channel", "sla_met", "csat") == [
        ("70011", "Store systems", "Phone", True, 5),
        ("70012", "Store systems", "E-mail", False, 1),
        ("70013", "Accounts", "Portal", True, None),
        ("70014", "Unassigned", "Phone", None, None),
    ]
    events = report.tables["case_events"].with_columns(pl.col("at").dt.to_string("%d %H:%M"))
    assert sorted(events.rows()) == [
        ("70011", "03 09:25", "resolved"),
        ("70012", "04 11:00", "reopened"),
        ("70012", "05 16:40", "resolved"),
        ("70013", "04 12:00", "resolved"),
    ]
    assert rows(report, "customer_feedback", "feedback_id", "first_contact") == [
        ("70011", True),
        ("70012", False),
        ("70013", True),
    ]
    said = " ".join(note.message() for note in report.notes)
    assert "Assignee" in said
    assert "Agent" not in str([frame.rows() for frame in report.tables.values()])


@pytest.mark.parametrize("name", bundled())
def test_what_a_bundled_mapping_is_for_is_said(name: str) -> None:
    assert load(name).about.strip()


def test_a_problem_of_grouped_rows_says_where_the_first_of_them_stands(tmp_path: Path) -> None:
    toml = """
[[file]]
match = "sites*"
[[file.table]]
table = "locations"
group = ["location_id"]
columns = { location_id = "code", name = "name" }
"""
    lines = [{"code": "A", "name": "x"}, {"code": "B", "name": ""}, {"code": "B", "name": ""}]
    path = write_csv(tmp_path / "sites.csv", lines)
    report = check((path,), read(toml, "sites"))
    assert places(report) == [("empty", 3, "name", None)]
