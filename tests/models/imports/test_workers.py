"""Headings that name a worker, and those that only look like it."""

from pathlib import Path

import pytest

from models.imports.workers import names_worker
from tests.models.imports.company import answer, checked, locations, problems, wide

NAMING = """
employee_id|employee|Employee No.|employee email|name_employee|name of employee|worker_email|
emp_id|empl_no|staff_no|agent|agent_id|AgentName|handling_agent|customer_service_agent|
customer_rep|assigned_to|resolved_by|closed_by|opened_by|sys_created_by|case_owner|manager_name|
respondent_id|name|Name|first name|full_name|email|e-mail|E-mail address|work_email|phone|
phone_number|phone nr|telephone|mobile|user|user_id|userID|username|bsn|
medewerker|Medewerkernummer|Medewerker ID|medewerker_email|naam medewerker|
Naam van de medewerker|personeelsnummer|PersoneelsNr|naam|Voornaam|behandelaar|naam behandelaar|
afgehandeld_door|toegewezen_aan|leidinggevende|E-mailadres|emailadres medewerker|telefoon|
telefoonnummer|tel.nr|mobiel nummer|sAMAccountName|user_principal_name|mdwnr|mdw_nr|Pers.nr|
idmedewerker|baliemedewerker|winkelmedewerker|stamnummer|inlognaam|ResponsibleUser|accountmanager
"""

OTHER = """
response_id|feedback_id|case_id|team_id|location_id|location_name|naam_locatie|store_name|
name_of_store|team_name|store_phone|company_address|product_name|account_name|customer_id|
customer_email|klant_naam|employee_satisfaction|medewerkertevredenheid|staff_nps|agent_assist|
number_of_employees|employees|user_friendliness|usergroup|email_channel|email_answered|
phone_wait_minutes|contact_type|channel|is_manager|manager_interaction|peer_interaction|coaching|
tool_fit|persbericht|tijdstempel|ticket_nr|response_nr|service_owner_team|bat01|first_contact
"""


def listed(text: str) -> list[str]:
    return text.replace("\n", "").split("|")


@pytest.mark.parametrize("heading", listed(NAMING))
def test_names_a_worker(heading: str) -> None:
    assert names_worker(heading)


@pytest.mark.parametrize("heading", listed(OTHER))
def test_does_not_name_a_worker(heading: str) -> None:
    assert not names_worker(heading)


ROWS = {
    "survey_answers": answer(),
    "survey_invitations": {"wave": "2024-Q1", "location_id": "A", "invited": "12"},
    "customer_feedback": {"feedback_id": "f", "at": "2024-01-01", "location_id": "A"},
    "cases": {"case_id": "c", "opened_at": "2024-01-01", "location_id": "A"},
}


@pytest.mark.parametrize("table", ROWS)
def test_a_worker_is_refused_with_the_reason(tmp_path: Path, table: str) -> None:
    report = checked(tmp_path, **{table: [ROWS[table] | {"Medewerker": "Jan"}]})
    (problem,) = problems(report)
    assert (problem.rule, problem.column) == ("worker_column", "Medewerker")
    assert table in problem.message()
    assert "27(1)(l)" in problem.remedy()
    assert "Apple" in problem.remedy()


def test_a_wide_survey_with_an_id_is_refused_too(tmp_path: Path) -> None:
    (problem,) = problems(checked(tmp_path, survey_answers=[wide(bat01="1", employee_id="7")]))
    assert (problem.rule, problem.column) == ("worker_column", "employee_id")


def test_other_tables_may_name_what_they_need(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        locations=locations(),
        assignments=[
            {"employee_id": "1", "start_on": "2024-01-01", "location_id": "A", "desk_type": "desk"}
        ],
        ideas=[
            {"idea_id": "i", "submitted_on": "2024-01-01", "location_id": "A", "submitter": "1"}
        ],
    )
    assert report.problems == ()
