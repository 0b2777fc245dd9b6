"""The company around it: network, tools, goals, roll-outs, money, ready-made figures."""

from models.imports.contract.kinds import Column, Table
from models.imports.contract.people import DESK_TYPE, LOCATION, PERIOD


def _count(name: str, example: str, about: str, *, required: bool = False) -> Column:
    return Column(name, "integer", required=required, low=0, example=example, about=about)


SOCIAL_ACTIVITY = Table(
    "social_activity",
    "a site's period on the staff network",
    (
        PERIOD,
        LOCATION,
        _count("headcount", "58", "people at the site", required=True),
        _count("active", "31", "people who were there at least once", required=True),
        _count("posts", "44", "posts"),
        _count("reactions", "310", "reactions"),
        _count("replies", "97", "replies"),
        _count("manager_replies", "21", "replies by someone who leads"),
        _count("with_peer_contact", "29", "people in touch with a colleague"),
        _count("with_manager_contact", "17", "people in touch with their manager"),
    ),
    key=("period", "location_id"),
)

TOOL_USE = Table(
    "tool_use",
    "an app seen in use",
    (
        PERIOD,
        LOCATION,
        Column("app", "code", required=True, example="WhatsApp", about="name of the app"),
        _count("users", "23", "people who used it", required=True),
        Column(
            "sanctioned", "boolean", required=True, example="false", about="provided or approved"
        ),
        Column("alternative", "text", example="Staff app", about="what the company offers instead"),
    ),
    key=("period", "location_id", "app"),
)

KEY_RESULTS = Table(
    "key_results",
    "a key result",
    (
        PERIOD,
        LOCATION,
        Column("objective", "text", required=True, example="Easier returns", about="objective"),
        Column("key_result", "text", required=True, example="NPS from 31 to 40", about="result"),
        Column("target", "number", required=True, example="40", about="aimed at"),
        Column("actual", "number", required=True, example="34", about="reached"),
        Column(
            "horizon", "option", options=("short", "long"), example="short", about="when it pays"
        ),
        Column("confidence", "share", low=0, high=1, example="0.6", about="chance of reaching it"),
    ),
    key=("period", "location_id", "objective", "key_result"),
)

ROLLOUTS = Table(
    "rollouts",
    "a change or action that started somewhere",
    (
        Column("rollout", "code", required=True, example="staff-app", about="the change"),
        LOCATION,
        Column("started_on", "date", required=True, example="2024-04-01", about="first day there"),
        Column("kind", "code", example="tooling", about="what sort of change"),
        Column("owner_role", "text", example="Store operations", about="a role, not a person"),
        Column("hoped_effect", "text", example="fewer leavers", about="what it is meant to do"),
        Column("cost_one_off", "number", low=0, example="12000", about="EUR, once"),
        Column("cost_per_employee_year", "number", low=0, example="40", about="EUR"),
    ),
    key=("rollout", "location_id"),
)

FINANCIALS = Table(
    "financials",
    "a site's period in money",
    (
        PERIOD,
        LOCATION,
        Column("revenue", "number", example="412000", about="EUR"),
        Column("gross_margin", "number", example="155000", about="EUR"),
        _count("customers", "18300", "paying customers"),
    ),
    key=("period", "location_id"),
)

GROUP_MEASUREMENTS = Table(
    "group_measurements",
    "a ready-made figure of a group",
    (
        PERIOD,
        LOCATION,
        Column(
            "measure",
            "code",
            required=True,
            example="own_pride",
            about="code of the measure; a built-in one that is answered, or one of `measures`",
            refers="measures",
        ),
        Column(
            "n", "integer", required=True, low=1, example="240", about="people or answers behind it"
        ),
        Column("value", "number", required=True, example="31.5", about="in the measure's unit"),
        Column("sd", "number", low=0, example="", about="standard deviation between people"),
        DESK_TYPE,
    ),
    key=("period", "location_id", "measure", "desk_type"),
    grain_by=("measure",),
)

MEASURES = Table(
    "measures",
    "a measure of the company's own",
    (
        Column("measure", "code", required=True, example="own_pride", about="its code"),
        Column("label_en", "text", required=True, example="Pride", about="name in English"),
        Column("label_nl", "text", example="Trots", about="name in Dutch"),
        Column(
            "side",
            "option",
            required=True,
            options=("wx", "cx", "operations"),
            example="wx",
            about="worker experience, customer experience or operations",
        ),
        Column(
            "rater",
            "option",
            required=True,
            options=("employee", "customer", "system"),
            example="employee",
            about="whose judgement it is",
        ),
        Column(
            "unit",
            "option",
            required=True,
            options=("percent", "score", "nps", "minutes", "count", "hours", "years", "eur"),
            example="score",
            about="unit; percentages run from 0 to 100",
        ),
        Column(
            "better",
            "option",
            required=True,
            options=("higher", "lower"),
            example="higher",
            about="the good direction",
        ),
        Column("theme", "code", example="pride", about="what it is grouped under"),
        Column("at_risk_from", "number", example="", about="scores from here on count as at risk"),
    ),
    key=("measure",),
)
