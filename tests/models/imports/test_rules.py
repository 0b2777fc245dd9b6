"""Each rule on the smallest file that breaks it: rule, row, column and value."""

from pathlib import Path

import polars as pl
import pytest

from models.imports import rows, service
from models.imports.problems import EXAMPLES_KEPT, FILE, ROW, ProblemLog
from tests.models.imports.company import (
    answer,
    checked,
    figure,
    locations,
    measure,
    places,
    problems,
    wide,
    write,
    write_csv,
)


def test_good_files_have_no_problems(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        survey_answers=[answer(), answer(item="enps", score="10"), answer("r2", score="5")],
        measures=[measure()],
        group_measurements=[figure(), figure(period="2023")],
    )
    assert report.problems == ()
    assert report.rows == {
        "locations": 2, "survey_answers": 3, "group_measurements": 2, "measures": 1,
    }  # fmt: skip


ABSENCE = {"period": "2024-06", "location_id": "A", "hours_lost": "10", "contract_hours": "100"}
FEEDBACK = {"feedback_id": "f", "at": "2024-01-01 10:00", "location_id": "A", "nps": "9"}
BASES = {
    "absence": ABSENCE,
    "assignments": {
        "employee_id": "1", "start_on": "2024-01-01", "location_id": "A", "desk_type": "desk",
    },
    "customer_feedback": FEEDBACK,
    "cases": {"case_id": "c", "opened_at": "2024-01-02 10:00", "location_id": "A"},
    "survey_answers": answer(),
    "group_measurements": figure(measure="enps"),
    "measures": measure(),
}  # fmt: skip

ONE_CELL = [
    ("absence", "hours_lost", "", "empty"),
    ("absence", "hours_lost", "ten", "not_a_number"),
    ("absence", "hours_lost", "-1", "out_of_range"),
    ("absence", "hours_lost", "1,234", "ambiguous_number"),
    ("absence", "hours_lost", "101", "more_than_all"),
    ("absence", "spells", "1.5", "not_whole"),
    ("customer_feedback", "nps", "nine", "not_whole"),
    ("absence", "period", "june", "not_a_period"),
    ("absence", "desk_type", "chair", "not_an_option"),
    ("absence", "location_id", "Z", "unknown_location"),
    ("assignments", "start_on", "31/02", "not_a_date"),
    ("assignments", "end_on", "2023-12-31", "end_before_start"),
    ("assignments", "remote_share", "1.2", "out_of_range"),
    ("assignments", "job_family", "x" * 201, "too_long"),
    ("assignments", "job_family", "a\x00b", "bad_character"),
    ("customer_feedback", "nps", "11", "out_of_range"),
    ("customer_feedback", "resolved", "perhaps", "not_a_boolean"),
    ("customer_feedback", "at", "noon", "not_a_timestamp"),
    ("cases", "closed_at", "2024-01-01", "end_before_start"),
    ("survey_answers", "item", "bat99", "unknown_item"),
    ("survey_answers", "score", "6", "outside_scale"),
    ("group_measurements", "measure", "zest", "unknown_measure"),
    ("group_measurements", "n", "0", "out_of_range"),
    ("measures", "measure", "enps", "built_in_measure"),
]


def test_records_have_no_ready_made_figures(tmp_path: Path) -> None:
    pay = BASES["group_measurements"] | {"measure": "annual_cost"}
    report = checked(tmp_path, group_measurements=[pay])
    assert [problem.rule for problem in report.problems] == ["unknown_measure"]


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [pytest.param(*case, id=f"{case[0]}-{case[1]}-{case[3]}") for case in ONE_CELL],
)
def test_one_bad_cell_is_named(tmp_path: Path, table, column, value, rule) -> None:
    report = checked(tmp_path, **{table: [BASES[table] | {column: value}]})
    shown = value if len(value) <= 200 else value[:199] + "…"
    assert places(report) == [(rule, 2, column, shown or None)]
    (problem,) = problems(report)
    assert problem.file == f"{table}.csv"
    assert "{" not in problem.message() + problem.remedy()


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    write_csv(tmp_path / "locations.csv", locations())
    text = "period,location_id,hours_lost,contract_hours\n2024-01,A,1,10\n\n2024-02,A,x,10\n"
    (tmp_path / "absence.csv").write_text(text)
    assert places(service.check((tmp_path,))) == [("not_a_number", 4, "hours_lost", "x")]


def test_every_problem_of_every_file_comes_at_once(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        locations=[{"location_id": "A", "name": ""}, {"location_id": "A", "name": "again"}],
        absence=[
            ABSENCE | {"hours_lost": "x", "contract_hours": "y"},
            ABSENCE | {"location_id": "Z", "period": ""},
        ],
        strange=[{"a": "b"}],
        customer_feedback=[FEEDBACK | {"employee_id": "7", "nps": "12"}],
    )
    assert sorted((one.file, one.rule) for one in problems(report)) == [
        ("absence.csv", "empty"),
        ("absence.csv", "not_a_number"),
        ("absence.csv", "not_a_number"),
        ("absence.csv", "unknown_location"),
        ("customer_feedback.csv", "out_of_range"),
        ("customer_feedback.csv", "worker_column"),
        ("locations.csv", "duplicate_key"),
        ("locations.csv", "empty"),
        ("strange.csv", "unknown_file"),
    ]


def test_a_thousand_examples_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    rows = [ABSENCE | {"period": "2024", "location_id": f"Z{i}"} for i in range(1_500)]
    (cause,) = checked(tmp_path, absence=rows).problems
    assert cause.count == 1_500
    assert len(cause.examples) == EXAMPLES_KEPT
    assert [one.row for one in cause.examples[:2]] == [2, 3]


def test_missing_and_unknown_columns_list_what_there_is(tmp_path: Path) -> None:
    report = checked(tmp_path, absence=[{"period": "2024", "location_id": "A", "sick": "1"}])
    assert places(report) == [
        ("unknown_column", None, "sick", None),
        ("missing_column", None, "hours_lost", None),
        ("missing_column", None, "contract_hours", None),
    ]
    assert all("hours_lost, contract_hours, spells" in p.remedy() for p in problems(report))


def test_headings_may_be_written_by_people(tmp_path: Path) -> None:
    row = {"Period": "2024", "Location ID": "A", "hours-lost": "1", "CONTRACT_HOURS": "2"}
    assert checked(tmp_path, absence=[row]).problems == ()


def test_two_headings_for_one_column(tmp_path: Path) -> None:
    report = checked(tmp_path, absence=[ABSENCE | {"Period": "2024"}])
    assert places(report) == [("repeated_column", None, "period", None)]


def test_duplicate_keys_with_an_empty_optional_part(tmp_path: Path) -> None:
    total, desk = ABSENCE, ABSENCE | {"desk_type": "desk"}
    assert checked(tmp_path / "good", absence=[total, desk]).problems == ()
    report = checked(tmp_path / "bad", absence=[total, desk, total])
    assert places(report) == [
        ("duplicate_key", 4, "period, location_id, desk_type", "2024-06, A, -")
    ]


def test_a_key_may_not_repeat_in_another_file(tmp_path: Path) -> None:
    write(tmp_path)
    write_csv(tmp_path / "2024_absence.csv", [ABSENCE])
    write_csv(tmp_path / "absence-again.csv", [ABSENCE])
    (problem,) = problems(service.check((tmp_path,)))
    assert (problem.rule, problem.file, problem.row) == ("duplicate_key", "absence-again.csv", 2)


def test_events_need_their_idea_or_case(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        ideas=[{"idea_id": "i", "submitted_on": "2024-01-01", "location_id": "A"}],
        idea_events=[
            {"idea_id": "i", "stage": "accepted", "at": "2024-01-02"},
            {"idea_id": "j", "stage": "accepted", "at": "2024-01-02"},
        ],
        case_events=[{"case_id": "c", "at": "2024-01-02", "event": "closed"}],
    )
    assert places(report) == [
        ("unknown_reference", 2, "case_id", "c"),
        ("unknown_reference", 3, "idea_id", "j"),
    ]


def test_total_and_split_of_one_figure(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        measures=[measure()],
        group_measurements=[
            figure(),
            figure(desk_type="desk"),
            figure(period="2023", desk_type="desk"),
            figure(location_id="B"),
        ],
    )
    assert places(report) == [("total_and_split", 3, "desk_type", "own, A, 2024")]


def test_lengths_of_period_do_not_mix_in_a_subject(tmp_path: Path) -> None:
    months = [ABSENCE | {"period": f"2024-{month:02d}"} for month in (1, 2, 3)]
    report = checked(tmp_path, absence=[*months, ABSENCE | {"period": "2024-Q1"}])
    assert places(report) == [("mixed_grains", 5, "period", "2024-Q1")]
    apart = checked(tmp_path / "apart", absence=[*months, ABSENCE | {"period": "2023"}])
    assert apart.problems == ()


def test_measures_may_differ_in_their_length_of_period(tmp_path: Path) -> None:
    figures = [figure(), figure(measure="second", period="2024-03")]
    good = checked(tmp_path, measures=[measure(), measure("second")], group_measurements=figures)
    assert good.problems == ()


def test_answers_of_one_response_agree_about_the_person(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        survey_answers=[
            answer(), answer(item="bat02", location_id="B"), answer("r2", wave="2024-Q2"),
            answer("r2", item="bat02"),
        ],
    )  # fmt: skip
    assert places(report) == [("response_differs", 3, "location_id", "r1")]


def test_a_second_response_in_a_wave_names_both_rows(tmp_path: Path) -> None:
    report = checked(tmp_path, survey_answers=[wide(bat01="1"), wide(bat01="2")])
    assert places(report) == [("second_response", 3, "response_id", "r1")]
    (second,) = problems(report)
    assert second.message() == "Response r1 has a second row in its wave; the first is row 2."


def test_wide_answers_are_the_same_as_long(tmp_path: Path) -> None:
    long = checked(
        tmp_path / "long",
        survey_answers=[answer(), answer(item="enps", score="10"), answer("r2", score="5")],
    )
    broad = checked(
        tmp_path / "wide",
        survey_answers=[wide(bat01="3", enps="10"), wide("r2", bat01="5", enps="")],
    )
    key = ["wave", "response_id", "item"]
    assert broad.problems == ()
    assert broad.tables["survey_answers"].sort(key).equals(long.tables["survey_answers"].sort(key))


def test_wide_answers_name_the_item_in_their_problems(tmp_path: Path) -> None:
    report = checked(tmp_path, survey_answers=[wide(bat01="6", enps="x", zest="1")])
    assert places(report) == [
        ("unknown_item", 1, "zest", "zest"),
        ("not_a_number", 2, "enps", "x"),
        ("outside_scale", 2, "bat01", "6"),
    ]


def test_own_measures_are_items_and_bring_their_scale(tmp_path: Path) -> None:
    good = checked(
        tmp_path / "good",
        measures=[measure()],
        survey_answers=[wide(own="100"), wide("r2", own="0")],
    )
    assert good.problems == ()
    bad = checked(
        tmp_path / "bad", measures=[measure()], survey_answers=[answer(item="own", score="101")]
    )
    assert places(bad) == [("outside_scale", 2, "score", "101")]


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"location_id": ["A"], "name": [["x", "y"]]}).write_parquet(
        tmp_path / "locations.parquet"
    )
    (problem,) = problems(service.check((tmp_path,)))
    assert (problem.rule, problem.column) == ("unreadable_column", "name")


@pytest.mark.parametrize("code", ["uwes1", "team", "team.spirit"])
def test_an_own_measure_is_no_item_no_column_and_has_no_dot(code: str) -> None:
    own = pl.DataFrame({"measure": [code, "own_pride"], FILE: [0, 0], ROW: [2, 3]})
    log = ProblemLog()
    rows._built_in(own, ("measures.csv",), log)
    assert [(cause.rule, cause.count) for cause in log.causes()] == [("built_in_measure", 1)]
