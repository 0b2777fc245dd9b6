"""Tables and columns by names and by contents, on files as other programs write them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.imports.contract import TABLES
from models.imports.guessing import SURE, guess
from models.imports.guessing.choosing import EVERYWHERE, PERSONAL, WORKER
from models.imports.guessing.previewing import preview
from models.imports.templates import write as write_templates
from models.imports.workers import names_worker
from tests.models.imports.guessing.samples import of_file, sample

EXPORTS = Path(__file__).parents[1] / "exports"

STAFF = """
Medewerker,Naam,Geboortedatum,Datum in dienst,Datum uit dienst,Vestiging,Afdeling,Functie,\
Kantoor/Winkel,Dienstverband,Deeltijdfactor,Reden uit dienst
1001,Jan,01-02-1980,01-03-2019,,AMS,Verkoop,Verkoper,Winkel,Vast,"0,8",
1002,Piet,11-02-1981,15-04-2020,31-12-2023,UTR,Verkoop,Verkoper,Winkel,Tijdelijk,"1,0",Eigen verzoek
1003,Klaas,21-02-1982,01-09-2021,,AMS,Kantoor,Planner,Kantoor,Oproepkracht,"0,5",
"""


def chosen(text: str, name: str = "export.csv") -> dict[str, str | None]:
    found = guess(sample(text, name))
    return {heading: choice.column for heading, choice in found.choices.items()}


def test_a_dutch_list_of_employees() -> None:
    found = guess(sample(STAFF), places=True)
    assert (found.table, found.score > SURE) == ("assignments", True)
    assert {heading: choice.column for heading, choice in found.choices.items()} == {
        "Medewerker": "employee_id",
        "Naam": None,
        "Geboortedatum": None,
        "Datum in dienst": "start_on",
        "Datum uit dienst": "end_on",
        "Vestiging": "location_id",
        "Afdeling": None,
        "Functie": "job_family",
        "Kantoor/Winkel": "desk_type",
        "Dienstverband": "contract_type",
        "Deeltijdfactor": "fte",
        "Reden uit dienst": "end_reason",
    }
    assert found.choices["Naam"].why == PERSONAL
    assert found.choices["Afdeling"].why == EVERYWHERE
    (file,) = found.mapping.files
    assert [table.table for table in file.tables] == ["locations", "assignments"]
    columns = {column.name: column for column in file.tables[1].columns}
    assert columns["start_on"].dates == ("%d-%m-%Y",)
    assert columns["desk_type"].values == {"Winkel": "non_desk", "Kantoor": "desk"}
    assert columns["contract_type"].values == {
        "Vast": "permanent",
        "Tijdelijk": "temporary",
        "Oproepkracht": "on_call",
    }
    assert columns["end_reason"].values == {"Eigen verzoek": "voluntary"}
    assert file.decimal_comma


def test_an_english_list_of_employees() -> None:
    text = """
Employee number,Full name,Hire date,Termination date,Store,Job title,Workplace,Employment type,FTE
7,Ann,2019-03-01,,S1,Seller,Shop floor,Permanent,0.8
8,Bob,2020-04-15,2023-12-31,S2,Planner,Head office,Fixed term,1
"""
    assert chosen(text) == {
        "Employee number": "employee_id",
        "Full name": None,
        "Hire date": "start_on",
        "Termination date": "end_on",
        "Store": "location_id",
        "Job title": "job_family",
        "Workplace": "desk_type",
        "Employment type": "contract_type",
        "FTE": "fte",
    }


def test_tickets_leave_out_who_handled_them() -> None:
    text = """
Ticketnummer,Aangemaakt op,Gesloten op,Behandelgroep,Behandelaar,Categorie,Kanaal,Prioriteit
T1,03-06-2024 09:05,03-06-2024 10:00,Kassa,Jan,Storing,Telefoon,Hoog
T2,23-06-2024 09:05,,Kassa,Piet,Vraag,E-mail,Laag
"""
    found = guess(sample(text))
    assert found.table == "cases"
    assert found.choices["Behandelaar"].why == WORKER
    assert {h: c.column for h, c in found.choices.items()} == {
        "Ticketnummer": "case_id",
        "Aangemaakt op": "opened_at",
        "Gesloten op": "closed_at",
        "Behandelgroep": "location_id",
        "Behandelaar": None,
        "Categorie": "service",
        "Kanaal": "channel",
        "Prioriteit": None,
    }


def test_sick_leave_by_month() -> None:
    text = """
Maand,Filiaal,Ziekteuren,Contracturen,Meldingen
April 2024,A,120,4000,3
May 2024,A,90,4000,2
"""
    found = guess(sample(text))
    assert found.table == "absence"
    columns = {column.name: column for column in found.mapping.files[0].tables[0].columns}
    assert (columns["period"].dates, columns["period"].period) == (("%B %Y",), "month")
    assert set(columns) == {"period", "location_id", "hours_lost", "contract_hours", "spells"}


def test_customer_feedback_by_names_and_scores() -> None:
    text = """
Respons ID,Datum,Winkel,NPS,Tevredenheid,Opgelost
1,2024-06-01 10:00,A,9,4,ja
2,2024-06-02 11:00,B,3,2,nee
"""
    assert guess(sample(text, "klantfeedback.csv")).table == "customer_feedback"
    assert chosen(text, "klantfeedback.csv") == {
        "Respons ID": "feedback_id",
        "Datum": "at",
        "Winkel": "location_id",
        "NPS": "nps",
        "Tevredenheid": "csat",
        "Opgelost": "resolved",
    }


def test_a_wide_survey_with_item_codes() -> None:
    items = ",".join(f"BAT-12 item {place}" for place in range(1, 13))
    text = f"Respons,Ingevuld op,Vestiging,{items}\n" + "\n".join(
        f"r{row},11-06-2024,A,{','.join('12345123451'[:11])},{row % 5 + 1}" for row in range(3)
    )
    found = guess(sample(text))
    assert found.table == "survey_answers"
    assert found.choices["BAT-12 item 2"].column == "bat03"
    columns = {column.name: column for column in found.mapping.files[0].tables[0].columns}
    assert columns["wave"].source == "Ingevuld op"
    assert columns["wave"].period == "quarter"


def test_a_wide_survey_by_the_order_of_its_questions() -> None:
    questions = ",".join(f"Stelling nummer {chr(97 + place)}" for place in range(12))
    text = (
        f"Respons,Ingevuld op,Vestiging,{questions}\nr1,2024-06-11,A,{','.join('123451234512')}\n"
    )
    found = guess(sample(text, "medewerkersonderzoek.csv"))
    assert found.table == "survey_answers"
    assert found.choices["Stelling nummer c"].column == "bat04"


def test_the_only_dates_are_taken_for_the_date_that_is_needed() -> None:
    text = "Idee,Wanneer bedacht,Filiaal\n1,13-02-2024,A\n2,14-02-2024,B\n"
    assert chosen(text, "ideeen.csv")["Wanneer bedacht"] == "submitted_on"


def test_a_table_can_be_told() -> None:
    found = guess(sample(STAFF), "locations")
    assert found.table == "locations"
    assert found.choices["Vestiging"].column == "location_id"


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("medewerkers 2024-06.csv", "assignments"),
        ("tickets_june.csv", "cases"),
        ("qualtrics_wave.csv", "survey_answers"),
    ],
)
def test_exports_of_known_programs(file: str, table: str) -> None:
    assert guess(of_file(EXPORTS / file)).table == table


@pytest.mark.parametrize("table", TABLES)
def test_templates_are_seen_for_what_they_are(table: str, tmp_path: Path) -> None:
    write_templates(tmp_path)
    (path,) = (one for one in tmp_path.rglob("*.csv") if one.stem == table)
    renamed = path.rename(tmp_path / "x1.csv")
    found = guess(of_file(renamed))
    assert found.table == table
    taken = {heading: choice.column for heading, choice in found.choices.items() if choice.column}
    assert all(heading == column for heading, column in taken.items())
    assert preview(found.mapping, of_file(renamed)).problems == ()


HEADINGS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
        lambda text: text.strip() == text and not text.startswith("__")
    )
    | st.sampled_from(["Medewerker", "Datum", "agent_id", "Vestiging", "NPS", "bat01", "naam"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@settings(max_examples=max(10, settings().max_examples // 5))
@given(HEADINGS, st.data())
def test_any_file_gets_a_guess_that_can_be_shown(headings: list[str], data: st.DataObject) -> None:
    cell = st.sampled_from(["", "1", "12-03-2024", "ja", "x", "3,5", "2024-06", "80%", "?"])
    row = st.lists(cell, min_size=len(headings), max_size=len(headings))
    rows = data.draw(st.lists(row, max_size=4))
    text = "\n".join(",".join(f'"{c}"' for c in row) for row in rows)
    quoted = ",".join('"' + h.replace('"', '""') + '"' for h in headings)
    seen = sample(f"{quoted}\n{text}")
    found = guess(seen, places=True)
    columns = [choice.column for choice in found.choices.values() if choice.column]
    assert len(columns) == len(set(columns))
    for heading, choice in found.choices.items():
        if TABLES[found.table].no_workers and names_worker(heading):
            assert choice.column is None
    preview(found.mapping, seen)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "table", "columns"),
    [
        (
            "tickets/servicenow_incident_events.csv.gz",
            "cases",
            {
                "number": "case_id",
                "opened_at": "opened_at",
                "closed_at": "closed_at",
                "assignment_group": "location_id",
                "category": "service",
                "contact_type": "channel",
                "made_sla": "sla_met",
                "resolved_by": None,
                "assigned_to": None,
            },
        ),
        ("ideas/pep_status_events.csv", "idea_events", {"PEP": "idea_id", "changed_at": "at"}),
        ("ideas/pep_ideas.csv", "ideas", {"PEP": "idea_id"}),
        (
            "nhs/staff_survey_by_trust_2021_2024.csv",
            "locations",
            {"ODS code": "location_id", "Organisation name": "name", "Region": "region"},
        ),
    ],
)
def test_real_files(real_data: Path, file: str, table: str, columns: dict[str, str | None]) -> None:
    found = guess(of_file(real_data / file))
    assert found.table == table
    assert {heading: found.choices[heading].column for heading in columns} == columns


@pytest.mark.real_data
def test_figures_beside_sites_are_the_runner_up(real_data: Path) -> None:
    found = guess(of_file(real_data / "nhs" / "staff_survey_by_trust_2021_2024.csv"))
    assert found.tables[1][0] == "group_measurements"
