"""Tables, columns and words of the contract as a data steward reads them."""

from datetime import datetime

from metrics.words import N_
from pages.shared.words import _

TABLE_NAMES = {
    "locations": N_("Sites"),
    "teams": N_("Teams"),
    "assignments": N_("Employees and their contracts"),
    "absence": N_("Sick leave"),
    "survey_answers": N_("Survey answers"),
    "survey_invitations": N_("Survey invitations"),
    "ideas": N_("Ideas"),
    "idea_events": N_("Steps of ideas"),
    "customer_feedback": N_("Customer feedback"),
    "cases": N_("Service cases"),
    "case_events": N_("Steps of service cases"),
    "social_activity": N_("Activity on the staff network"),
    "tool_use": N_("Apps in use"),
    "key_results": N_("Goals and key results"),
    "rollouts": N_("Changes and actions"),
    "financials": N_("Money per site"),
    "group_measurements": N_("Ready-made figures of groups"),
    "measures": N_("Measures of your own"),
}

COLUMN_NAMES = {
    "location_id": N_("Site (code)"),
    "name": N_("Name"),
    "region": N_("Region"),
    "country": N_("Country"),
    "city": N_("City"),
    "kind": N_("Kind"),
    "opened_on": N_("Opened on"),
    "closed_on": N_("Closed on"),
    "team_id": N_("Team (code)"),
    "department": N_("Department"),
    "employee_id": N_("Employee number"),
    "start_on": N_("First day"),
    "end_on": N_("Last day"),
    "job_family": N_("Kind of work"),
    "desk_type": N_("Desk or not"),
    "contract_type": N_("Kind of contract"),
    "remote_share": N_("Part of the hours at home"),
    "fte": N_("FTE"),
    "annual_cost": N_("Cost a year"),
    "end_reason": N_("Reason of leaving"),
    "period": N_("Period"),
    "hours_lost": N_("Hours sick"),
    "contract_hours": N_("Hours under contract"),
    "spells": N_("Reports of sickness"),
    "response_id": N_("Response (code)"),
    "wave": N_("Wave"),
    "answered_on": N_("Answered on"),
    "remote_band": N_("How much at home"),
    "tenure_band": N_("Years of service"),
    "is_manager": N_("Leads others"),
    "item": N_("Question (code)"),
    "score": N_("Answer"),
    "invited": N_("Invited"),
    "idea_id": N_("Idea (code)"),
    "submitted_on": N_("Sent in on"),
    "submitter": N_("Who sent it in"),
    "theme": N_("Theme"),
    "customer_related": N_("About customers"),
    "stage": N_("Step of the idea"),
    "at": N_("When"),
    "feedback_id": N_("Answer (code)"),
    "touchpoint": N_("Touchpoint"),
    "channel": N_("Channel"),
    "nps": N_("Would recommend, 0-10"),
    "csat": N_("Satisfaction, 1-5"),
    "ces": N_("Made it easy, 1-7"),
    "resolved": N_("Solved"),
    "first_contact": N_("Solved in the first contact"),
    "empathy": N_("Felt understood, 1-5"),
    "lost_minutes": N_("Minutes lost"),
    "case_id": N_("Case (code)"),
    "opened_at": N_("Opened at"),
    "service": N_("What it is about"),
    "sla_met": N_("Within the agreed time"),
    "closed_at": N_("Closed at"),
    "handle_minutes": N_("Minutes of work"),
    "event": N_("Step of the case"),
    "headcount": N_("Headcount"),
    "active": N_("People who were active"),
    "posts": N_("Posts"),
    "reactions": N_("Reactions"),
    "replies": N_("Replies"),
    "manager_replies": N_("Replies by who leads"),
    "with_peer_contact": N_("People in touch with a colleague"),
    "with_manager_contact": N_("People in touch with their manager"),
    "app": N_("App"),
    "users": N_("Users"),
    "sanctioned": N_("Approved"),
    "alternative": N_("Alternative"),
    "objective": N_("Objective"),
    "key_result": N_("Key result"),
    "target": N_("Target"),
    "actual": N_("Reached"),
    "horizon": N_("Horizon"),
    "confidence": N_("Chance of reaching it"),
    "rollout": N_("Change"),
    "started_on": N_("Started on"),
    "owner_role": N_("Role that owns it"),
    "hoped_effect": N_("Hoped-for effect"),
    "cost_one_off": N_("Cost, once"),
    "cost_per_employee_year": N_("Cost per employee a year"),
    "revenue": N_("Revenue"),
    "gross_margin": N_("Gross margin"),
    "customers": N_("Customers"),
    "measure": N_("Measure (code)"),
    "n": N_("People or answers behind it"),
    "value": N_("Value"),
    "sd": N_("Standard deviation"),
    "label_en": N_("Label in English"),
    "label_nl": N_("Label in Dutch"),
    "side": N_("Side"),
    "rater": N_("Who judges"),
    "unit": N_("Unit"),
    "better": N_("Good direction"),
    "at_risk_from": N_("At risk from"),
}

_OPTION_NAMES = {
    "desk": N_("Desk"),
    "non_desk": N_("Non-desk"),
    "hybrid": N_("Hybrid"),
    "permanent": N_("Permanent"),
    "temporary": N_("Temporary"),
    "on_call": N_("On call"),
    "agency": N_("Agency"),
    "student": N_("Trainee or student"),
    "voluntary": N_("Left of their own accord"),
    "involuntary": N_("Dismissed"),
    "retirement": N_("Retired"),
    "end_of_contract": N_("Contract ended"),
    "transfer": N_("Moved inside the company"),
    "other": N_("Other"),
    "true": N_("Yes"),
    "false": N_("No"),
}

_MOMENT = datetime(2024, 12, 31, 14, 5)  # noqa: DTZ001 - only its form is shown


def table_name(code: str) -> str:
    """A table by its name for people."""
    return _(TABLE_NAMES[code])


def column_name(code: str) -> str:
    """A column by its name for people and its code; an item of a survey is its code."""
    name = COLUMN_NAMES.get(code)
    return f"{_(name)} · {code}" if name else _("Question {item}").format(item=code)


def option_name(code: str) -> str:
    """A word of the contract by its name for people."""
    name = _OPTION_NAMES.get(code)
    return f"{_(name)} · {code}" if name else code


def form_name(form: str) -> str:
    """A form of dates by a date written so."""
    if not form:
        return _("2024-12-31 (year first)")
    return _MOMENT.strftime(form)
