"""The language of mappings, operation by operation, on files small enough to check by hand."""

from pathlib import Path

import polars as pl
import pytest

from models.imports.service import Report, check
from tests.models.imports.company import places, problems, write_csv

SITES = """
[[rows]]
table = "locations"
columns = ["location_id", "name"]
rows = [["A", "Site A"], ["B", "Site B"]]
"""

FIGURES = """
[[file]]
match = ["figures*.csv"]
{file}
[[file.table]]
table = "group_measurements"
{table}
[file.table.columns]
period = {period}
location_id = "site"
measure = {{ value = "enps" }}
n = {n}
value = {value}
"""


def figures(
    *, file: str = "", table: str = "", period: str = '"year"', n: str = '"n"', value: str = '"v"'
) -> str:
    return FIGURES.format(file=file, table=table, period=period, n=n, value=value) + SITES


def run(folder: Path, mapping: str, **files: list[dict[str, str]]) -> Report:
    for name, rows in files.items():
        write_csv(folder / f"{name}.csv", rows)
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    paths = tuple(folder / f"{name}.csv" for name in files)
    return check(paths, str(folder / "mapping.toml"))


def values(report: Report) -> list[tuple[object, ...]]:
    """Period, site, n and value of the figures that came out."""
    assert report.problems == ()
    frame = report.tables["group_measurements"].select("period", "location_id", "n", "value")
    return frame.rows()


def row(year: str = "2024", site: str = "A", n: str = "20", v: str = "3", **more: str):
    return {"year": year, "site": site, "n": n, "v": v, **more}


def test_renames_constants_and_rows_of_its_own(tmp_path: Path) -> None:
    report = run(tmp_path, figures(), figures=[row(), row("2023", "B", "30", "4,5")])
    assert values(report) == [("2024", "A", 20, 3.0), ("2023", "B", 30, 4.5)]
    assert report.tables["locations"]["name"].to_list() == ["Site A", "Site B"]
    assert report.tables["group_measurements"]["measure"].unique().to_list() == ["enps"]


def test_missing_markers(tmp_path: Path) -> None:
    mapping = figures(file='missing = ["-", "NA"]', table="keep = { v = { filled = true } }")
    report = run(tmp_path, mapping, figures=[row(), row("2023", v="-"), row("2022", v="NA")])
    assert values(report) == [("2024", "A", 20, 3.0)]
    (note,) = report.notes
    assert note.message() == (
        "group_measurements: rows of figures.csv left out by the mapping's filters: 2."
    )


def test_filters_by_value_range_and_month(tmp_path: Path) -> None:
    rows = [
        row(kind="a", size="9", day="2024-09-30"),
        row(kind="b", size="10", day="2024-09-30"),
        row(kind="b", size="x9", day="2024-09-30"),
    ]
    keep = run(tmp_path, figures(table='keep = { kind = ["a"], size = { to = 9 } }'),
               figures=rows[:2])  # fmt: skip
    assert len(values(keep)) == 1
    drop = run(tmp_path, figures(table='drop = { kind = "a", day = { months = [10] } }'),
               figures=rows[:2])  # fmt: skip
    assert len(values(drop)) == 1
    bad = run(tmp_path, figures(table="keep = { size = { from = 1 } }"), figures=rows)
    assert ("not_a_number", 4, "size", "x9") in places(bad)


@pytest.mark.parametrize(
    ("span", "expected"),
    [("year", "2021"), ("quarter", "2021-Q2"), ("month", "2021-04"), ("four_weeks", "2021-P04")],
)
def test_dates_become_periods(tmp_path: Path, span: str, expected: str) -> None:
    period = f'{{ from = "year", dates = ["%B %Y", "%d/%m/%Y"], period = "{span}" }}'
    both = [row("April 2021"), row("1/4/2021", "B")]
    report = run(tmp_path, figures(period=period), figures=both)
    assert [found[0] for found in values(report)] == [expected, expected]


def test_a_date_that_fits_no_form_is_named(tmp_path: Path) -> None:
    period = '{ from = "year", dates = ["%B %Y"], period = "year" }'
    report = run(tmp_path, figures(period=period), figures=[row("Avril 2021")])
    assert places(report)[0] == ("not_a_timestamp", 2, "year", "Avril 2021")


def test_value_maps(tmp_path: Path) -> None:
    rows = [row("last"), row("2023")]
    keep = figures(period='{ from = "year", map = { last = "2024" }, otherwise = "keep" }')
    assert [found[0] for found in values(run(tmp_path, keep, figures=rows))] == ["2024", "2023"]
    strict = figures(period='{ from = "year", map = { last = "2024" } }')
    report = run(tmp_path, strict, figures=rows)
    assert places(report) == [("not_mapped", 3, "year", "2023")]
    assert "'keep' or 'missing'" in problems(report)[0].remedy()
    missing = figures(
        period='{ from = "year", map = { last = "2024" }, otherwise = "missing", default = "2020" }'
    )
    assert [f[0] for f in values(run(tmp_path, missing, figures=rows))] == ["2024", "2020"]


def test_sums_weighted_means_ratios_and_counts(tmp_path: Path) -> None:
    table = 'group = ["period", "location_id", "measure"]'
    rows = [row(n="10", v="1", w="1"), row(n="30", v="5", w="3"), row(n="7", v="", w="9")]
    cases = {
        '{ from = "v", take = "mean" }': 3.0,
        '{ from = "v", take = "mean", weight = "w" }': 4.0,
        '{ from = "v", take = "mean", weight = "w", scale = 100 }': 400.0,
        '{ from = "v", take = "sum", per = "w", scale = 100 }': 150.0,
        '{ from = "v", take = "max" }': 5.0,
        '{ from = "v", take = "last" }': 5.0,
        '{ from = "v", take = "count" }': 2.0,
        '{ from = "site", take = "n_unique" }': 1.0,
    }
    for value, expected in cases.items():
        report = run(
            tmp_path,
            figures(table=table, n='{ from = "n", take = "sum" }', value=value),
            figures=rows,
        )
        assert values(report) == [("2024", "A", 47, expected)], value


def test_first_and_last_follow_the_order_of_numbers_and_of_dates(tmp_path: Path) -> None:
    value = '{ from = "v", take = "last" }'
    rows = [row(v="1", o="10", d="2/10/2024"), row(v="2", o="9", d="10/9/2024")]
    for order, expected in (("o", 1.0), ("d", 1.0)):
        table = f'group = ["period", "location_id", "measure"]\norder = ["{order}"]'
        mapping = figures(file='dates = ["%d/%m/%Y"]', table=table, value=value)
        assert values(run(tmp_path, mapping, figures=rows)) == [("2024", "A", 20, expected)]


def test_takes_over_wider_groups(tmp_path: Path) -> None:
    table = 'group = ["period", "location_id", "measure"]'
    value = '{ from = "who", take = "n_unique", within = ["location_id"] }'
    rows = [row(who="x"), row(who="y"), row("2023", who="z"), row("2023", "B", who="z")]
    report = run(tmp_path, figures(table=table, value=value), figures=rows)
    assert values(report) == [("2024", "A", 20, 3), ("2023", "A", 20, 3), ("2023", "B", 20, 1)]


def test_unpivot_leaves_out_what_is_suppressed(tmp_path: Path) -> None:
    mapping = """
    missing = ["*"]
    [[file]]
    match = ["wide.csv"]
    [[file.table]]
    table = "group_measurements"
    [file.table.columns]
    period = "year"
    location_id = "site"
    [file.table.unpivot]
    into = "measure"
    [file.table.unpivot.rows]
    enps = { value = "enps score", n = "enps base" }
    csat = { value = "csat score", n = "csat base" }
    """
    one = {"year": "2024", "site": "A", "enps score": "7", "enps base": "20", "csat score": "*",
           "csat base": "5"}  # fmt: skip
    report = run(tmp_path, mapping + SITES, wide=[one])
    assert report.tables["group_measurements"].select("measure", "n", "value").rows() == [
        ("enps", 20, 7.0)
    ]
    assert report.notes[0].message() == (
        "group_measurements: figures of wide.csv left out because a cell is missing: 1."
    )


EVENTS = """
[[file]]
match = ["log.csv"]
[[file.table]]
table = "cases"
group = ["case_id"]
[file.table.columns]
case_id = "nr"
opened_at = "opened"
location_id = { value = "A" }
[[file.table]]
table = "case_events"
rises = { column = "reopened", within = "nr", order = "step" }
[file.table.columns]
case_id = "nr"
at = "when"
event = { value = "reopened" }
"""


def test_rises_are_rows_where_a_count_goes_up(tmp_path: Path) -> None:
    steps = [("1", "0"), ("2", "0"), ("10", "2"), ("9", "1"), ("11", "2")]
    log = [
        {
            "nr": "c",
            "opened": "2024-01-01",
            "when": f"2024-01-{step:0>2}",
            "step": step,
            "reopened": r,
        }
        for step, r in steps
    ]
    report = run(tmp_path, EVENTS + SITES, log=log)
    assert report.problems == ()
    assert report.tables["case_events"]["at"].dt.day().to_list() == [10, 9]


def test_workers_do_not_get_in_and_the_report_says_so(tmp_path: Path) -> None:
    log = [{"nr": "c", "opened": "2024-01-01", "when": "2024-01-01", "step": "1", "reopened": "0",
            "assigned_to": "Jan"}]  # fmt: skip
    report = run(tmp_path, EVENTS + SITES, log=log)
    assert report.problems == ()
    assert "do not get into cases: assigned_to" in report.notes[0].message()
    sneaking = EVENTS.replace('case_id = "nr"', 'case_id = "nr"\nservice = "assigned_to"', 1)
    (problem, *_) = problems(run(tmp_path, sneaking + SITES, log=log))
    assert (problem.rule, problem.column) == ("worker_column", "assigned_to")


IDEAS = """
[[file]]
match = ["ideas.csv"]
[[file.table]]
table = "ideas"
[file.table.columns]
idea_id = "nr"
submitted_on = "made"
location_id = { value = "A" }
[[file]]
match = ["steps.csv"]
[[file.table]]
table = "idea_events"
known = ["idea_id"]
not_before = { at = "ideas.submitted_on" }
[file.table.columns]
idea_id = "nr"
stage = { value = "accepted" }
at = "when"
"""


def test_unknown_rows_are_left_out_and_early_dates_raised_openly(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        IDEAS + SITES,
        ideas=[{"nr": "1", "made": "2024-02-01"}, {"nr": "2", "made": "2024-02-01"}],
        steps=[
            {"nr": "1", "when": "2024-01-31 12:00"},
            {"nr": "2", "when": "2024-02-01 12:00"},
            {"nr": "3", "when": "2024-03-01"},
        ],
    )
    assert report.problems == ()
    days = report.tables["idea_events"]["at"].dt.to_string("%m-%d %H").to_list()
    assert days == ["02-01 00", "02-01 12"]
    assert [note.message() for note in report.notes] == [
        "idea_events: rows left out because their idea_id is not in ideas: 1.",
        "idea_events: rows with at before ideas.submitted_on, which was set to that: 1.",
    ]


def test_items_of_a_survey_by_other_headings(tmp_path: Path) -> None:
    mapping = """
    [[file]]
    match = ["export.csv"]
    [[file.table]]
    table = "survey_answers"
    [file.table.columns]
    response_id = "ID"
    wave = { value = "2024-Q1" }
    answered_on = "Datum"
    location_id = "Vestiging"
    ubos1 = { from = "Vraag 1", map = { nooit = 1, altijd = 7 } }
    enps = "Vraag 2"
    """
    one = {"ID": "r1", "Datum": "2024-02-01", "Vestiging": "A", "Vraag 1": "altijd", "Vraag 2": "9"}
    report = run(tmp_path, mapping + SITES, export=[one])
    assert report.problems == ()
    answers = report.tables["survey_answers"].select("item", "score").sort("item")
    assert answers.rows() == [("enps", 9.0), ("ubos1", 7.0)]
    unknown = run(tmp_path, mapping.replace("enps =", "zest =") + SITES, export=[one])
    assert places(unknown) == [("unknown_item", 1, "Vraag 2", "zest")]


def test_several_files_of_one_kind_are_taken_together(tmp_path: Path) -> None:
    table = 'group = ["period", "location_id", "measure"]'
    mapping = figures(table=table, n='{ from = "n", take = "sum" }')
    report = run(tmp_path, mapping, figures_1=[row(n="20")], figures_2=[row(n="5")])
    assert values(report) == [("2024", "A", 25, 3.0)]


def test_a_problem_names_the_file_it_is_in(tmp_path: Path) -> None:
    report = run(tmp_path, figures(), figures_1=[row()], figures_2=[row("2023", n="x")])
    assert [(one.file, one.row, one.column) for one in problems(report)] == [
        ("figures_2.csv", 2, "n")
    ]


def test_typed_columns_are_mapped_as_well(tmp_path: Path) -> None:
    frame = pl.DataFrame({"year": [2024.0], "site": ["A"], "n": [20], "v": [2.5]})
    frame.write_excel(tmp_path / "figures.xlsx")
    (tmp_path / "mapping.toml").write_text(figures().replace("figures*.csv", "figures*"))
    report = check((tmp_path / "figures.xlsx",), str(tmp_path / "mapping.toml"))
    assert values(report) == [("2024", "A", 20, 2.5)]


def test_headings_that_the_file_lacks_are_all_named(tmp_path: Path) -> None:
    report = run(tmp_path, figures(), figures=[{"year": "2024", "n": "1"}])
    assert [one.column for one in problems(report)] == ["site", "v"]
    assert {one.rule for one in problems(report)} == {"missing_heading"}


def test_a_mapping_for_other_files(tmp_path: Path) -> None:
    report = run(tmp_path, figures(), other=[row()])
    (problem,) = problems(report)
    assert problem.rule == "mapping_matches_nothing"
    assert "figures*.csv" in problem.message()
    assert "other.csv was left out" in report.notes[0].message()


def test_files_named_after_a_table_come_along(tmp_path: Path) -> None:
    absence = {"period": "2024", "location_id": "A", "hours_lost": "1", "contract_hours": "9"}
    report = run(tmp_path, figures(), figures=[row()], absence=[absence])
    assert report.rows == {"locations": 2, "absence": 1, "group_measurements": 1}
