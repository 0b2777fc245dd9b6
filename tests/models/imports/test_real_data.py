"""The bundled mappings on the public files they are for, against figures worked out apart."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from models.imports.service import Report, check
from models.imports.starting import Result, start

pytestmark = pytest.mark.real_data

FOLDERS = {"nhs": "nhs", "pep": "ideas", "servicenow": "tickets"}


@pytest.fixture(scope="module")
def report(request: pytest.FixtureRequest, real_data: Path) -> Report:
    """The check of one mapping's folder."""
    found = check((real_data / FOLDERS[request.param],), request.param)
    assert found.problems == ()
    return found


def with_mapping(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("report", [name], indirect=True, scope="module")


def lines(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- NHS ----------------------------------------------------------------------------------------


@with_mapping("nhs")
def test_nhs_burnt_out_of_acute_trusts_in_2024(report: Report) -> None:
    acute = report.tables["locations"].filter(kind="acute")
    found = report.tables["group_measurements"].filter(measure="nhs_burnt_out", period="2024")
    found = found.join(acute, on="location_id", how="semi")
    assert (found.height, found["n"].sum()) == (122, 529_409)
    mean = found.select((pl.col("n") * pl.col("value")).sum() / pl.col("n").sum()).item()
    assert round(mean, 2) == 31.06


@with_mapping("nhs")
def test_nhs_sites_have_readable_kinds_and_real_regions(report: Report) -> None:
    sites = report.tables["locations"]
    assert sites.height == 325
    assert set(sites["kind"]) == {
        "acute", "acute_specialist", "ambulance", "care_board", "commissioning_group",
        "commissioning_support", "community", "community_surgery", "mental_health",
        "social_enterprise_community", "social_enterprise_mental_health",
    }  # fmt: skip
    assert set(sites["region"].drop_nulls()) == {
        "East of England", "London", "Midlands", "North East and Yorkshire", "North West",
        "South East", "South West",
    }  # fmt: skip
    assert sites.filter(kind="acute")["region"].null_count() < 10


@with_mapping("nhs")
def test_nhs_survey_rows_are_those_of_the_file(report: Report, real_data: Path) -> None:
    file = lines(real_data / "nhs" / "staff_survey_by_trust_2021_2024.csv")
    survey = report.tables["group_measurements"].filter(pl.col("measure") != "ae_over_4_hours")
    assert survey.height == 8 * len(file)
    base, rate = "Mastery_base", "Mastery_meaning_rate"
    wanted = {(one["Year"], one["ODS code"]): (int(one[base]), float(one[rate])) for one in file}
    meaning = survey.filter(measure="nhs_meaning").rows(named=True)
    assert {(r["period"], r["location_id"]): (r["n"], r["value"]) for r in meaning} == wanted


@with_mapping("nhs")
def test_nhs_waits_are_weighted_by_attendances(report: Report, real_data: Path) -> None:
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in lines(real_data / "nhs" / "ae_waits_monthly.csv"):
        month, year = one["date"].split()
        late = one["pct_attendance_over_4hours"]
        if month in {"September", "October", "November", "December"} and late:
            cell = sums[year, one["nhs_trust22_code"]]
            cell[0] += float(late) * float(one["total_attendances"])
            cell[1] += float(one["total_attendances"])
    known = set(report.tables["locations"]["location_id"])
    wanted = {k: (int(n), 100 * total / n) for k, (total, n) in sums.items() if k[1] in known}
    waits = report.tables["group_measurements"].filter(measure="ae_over_4_hours")
    found = {(r["period"], r["location_id"]): (r["n"], r["value"]) for r in waits.to_dicts()}
    assert found.keys() == wanted.keys()
    assert all(found[k] == (wanted[k][0], pytest.approx(wanted[k][1])) for k in wanted)


OUTSIDE = {
    "nhs_burnt_out": 0.215, "nhs_frustration": 0.312, "nhs_enough_staff": -0.292,
    "nhs_autonomy": -0.170, "nhs_meaning": -0.281,
}  # fmt: skip


@with_mapping("nhs")
def test_nhs_associations_published_elsewhere(report: Report) -> None:
    """473 trust-years of 128 acute trusts; the outside figures are given to three digits."""
    acute = report.tables["locations"].filter(pl.col("kind").is_in(["acute", "acute_specialist"]))
    wide = (
        report.tables["group_measurements"]
        .join(acute, on="location_id", how="semi")
        .pivot(on="measure", index=["period", "location_id"], values="value")
        .drop_nulls()
    )
    assert (wide.height, wide["location_id"].n_unique()) == (473, 128)
    for measure, expected in OUTSIDE.items():
        found = wide.select(pl.corr(measure, "ae_over_4_hours")).item()
        assert found == pytest.approx(expected, abs=0.001)


# --- Python's proposals -------------------------------------------------------------------------

ACCEPTED = {"Accepted", "Acepted", "Approved", "Provisional", "Active"}
IMPLEMENTED = {"Final", "Finished", "Complete"}
OTHERS = {
    "Rejected": "rejected", "Withdrawn": "withdrawn", "Withdrawal": "withdrawn",
    "Deferred": "triaged", "Postponed": "triaged",
}  # fmt: skip


@with_mapping("pep")
def test_pep_ideas_and_their_first_steps(report: Report, real_data: Path) -> None:
    created = {one["PEP"]: one["created"] for one in lines(real_data / "ideas" / "pep_ideas.csv")}
    created = {pep: day for pep, day in created.items() if int(pep) < 9000}
    steps: dict[tuple[str, str], str] = {}
    early = set()
    for one in lines(real_data / "ideas" / "pep_status_events.csv"):
        pep, status, at = one["PEP"], one["status"], one["changed_at"][:19]
        if pep not in created:
            continue
        stages = {"accepted"} if status in ACCEPTED | IMPLEMENTED else set()
        stages |= {"implemented"} if status in IMPLEMENTED else set()
        stages |= {OTHERS[status]} if status in OTHERS else set()
        if stages and at[:10] < created[pep]:
            early.add((pep, at))
            at = f"{created[pep]} 00:00:00"
        for stage in stages:
            steps[pep, stage] = min(at, steps.get((pep, stage), at))
    ideas = report.tables["ideas"]
    assert dict(ideas.select("idea_id", pl.col("submitted_on").cast(pl.String)).rows()) == created
    assert set(ideas["location_id"]) == {"python"}
    events = report.tables["idea_events"]
    moments = events.select("idea_id", "stage", pl.col("at").dt.to_string("%Y-%m-%d %H:%M:%S"))
    assert {(idea, stage): at for idea, stage, at in moments.rows()} == steps
    assert events.height == len(steps)
    assert len(early) == 6  # three decided (Active), three deferred
    raised = [note for note in report.notes if "submitted_on" in note.message()]
    assert [note.params["count"] for note in raised] == ["6"]


# --- ServiceNow ---------------------------------------------------------------------------------


def group_of(one: dict[str, str]) -> str:
    group = one["assignment_group"]
    return "Unassigned" if group == "?" else group


@with_mapping("servicenow")
def test_cases_are_as_their_last_event_left_them(report: Report, real_data: Path) -> None:
    last: dict[str, dict[str, str]] = {}
    rises = {"reopen_count": 0, "reassignment_count": 0}
    moments: dict[str, set[tuple[str, str]]] = {name: set() for name in rises}
    log = lines(real_data / "tickets" / "servicenow_incident_events.csv.gz")
    log.sort(key=lambda one: (one["number"], int(one["sys_mod_count"])))
    for one in log:
        before = last.get(one["number"])
        for name in rises:
            if int(one[name]) > int(before[name] if before else 0):
                moments[name].add((one["number"], one["sys_updated_at"]))
        last[one["number"]] = one
    cases = report.tables["cases"]
    assert cases.height == len(last) == 20_769
    wanted = {number: (group_of(one), one["made_sla"] == "true") for number, one in last.items()}
    found = cases.select("case_id", "location_id", "sla_met").rows()
    assert {case: (site, met) for case, site, met in found} == wanted
    events = report.tables["case_events"]
    by_kind = dict(events.group_by("event").len().rows())
    assert by_kind["reopened"] == len(moments["reopen_count"])
    assert by_kind["assigned"] == len(moments["reassignment_count"])
    assert by_kind["closed"] == 20_769
    assert events.join(cases, on="case_id", how="anti").is_empty()


@with_mapping("servicenow")
def test_headcounts_are_distinct_resolvers_for_every_month_of_cases(
    report: Report, real_data: Path
) -> None:
    resolvers: dict[str, set[str]] = defaultdict(set)
    for one in lines(real_data / "tickets" / "servicenow_incident_events.csv.gz"):
        if one["incident_state"] in {"Resolved", "Closed"} and one["resolved_by"] != "?":
            resolvers[group_of(one)].add(one["resolved_by"])
    counts = report.tables["group_measurements"]
    assert set(counts["measure"]) == {"headcount"}
    wanted = {group: len(people) for group, people in resolvers.items()}
    assert {r["location_id"]: r["value"] for r in counts.to_dicts()} == wanted
    assert (counts["n"] == counts["value"]).all()


@with_mapping("servicenow")
def test_nobody_is_named_anywhere(report: Report) -> None:
    for frame in report.tables.values():
        texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
        for name in texts:
            assert not frame[name].str.contains(r"(?i)resolver|resolved by|updated by|caller").any()


# --- all of it, stored --------------------------------------------------------------------------


@pytest.mark.usefixtures("database")
def test_all_three_are_stored_side_by_side(real_data: Path) -> None:
    for name, folder in FOLDERS.items():
        result = Result.of(start((real_data / folder,), mapping=name).result())
        assert result.stored, [cause.examples[0].message() for cause in result.problems]
