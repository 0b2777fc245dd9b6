"""What customers said, and the cases they brought."""

from models.imports.contract.kinds import Column, Table
from models.imports.contract.people import LOCATION

CUSTOMER_FEEDBACK = Table(
    "customer_feedback",
    "one customer's answer",
    (
        Column("feedback_id", "code", required=True, example="f-90211", about="the answer's code"),
        Column("at", "timestamp", required=True, example="2024-06-11 14:05", about="when"),
        LOCATION,
        Column("touchpoint", "code", example="checkout", about="where in the journey"),
        Column("channel", "code", example="shop", about="shop, phone, e-mail, chat"),
        Column("nps", "integer", low=0, high=10, example="9", about="would recommend, 0-10"),
        Column("csat", "integer", low=1, high=5, example="4", about="satisfaction, 1-5"),
        Column("ces", "integer", low=1, high=7, example="6", about="made it easy, 1-7"),
        Column("resolved", "boolean", example="true", about="the customer's matter was solved"),
        Column("first_contact", "boolean", example="true", about="solved in the first contact"),
        Column("empathy", "number", low=1, high=5, example="4", about="felt understood, 1-5"),
        Column("lost_minutes", "number", low=0, example="12", about="time the customer lost"),
    ),
    key=("feedback_id",),
    no_workers=True,
)

CASES = Table(
    "cases",
    "a service case",
    (
        Column("case_id", "code", required=True, example="c-31877", about="the case's own code"),
        Column("opened_at", "timestamp", required=True, example="2024-06-11 14:05", about="start"),
        LOCATION,
        Column("service", "code", example="returns", about="what it is about"),
        Column("channel", "code", example="phone", about="how it came in"),
        Column("sla_met", "boolean", example="true", about="within the agreed time"),
        Column("closed_at", "timestamp", example="2024-06-12 09:00", about="empty while open"),
        Column("handle_minutes", "number", low=0, example="18", about="working time on it"),
        Column("csat", "integer", low=1, high=5, example="4", about="satisfaction, 1-5"),
    ),
    key=("case_id",),
    no_workers=True,
    not_before=(("closed_at", "opened_at"),),
)

CASE_EVENTS = Table(
    "case_events",
    "a step of a service case",
    (
        Column(
            "case_id",
            "code",
            required=True,
            example="c-31877",
            about="the case; must be in `cases`",
            refers="cases",
        ),
        Column("at", "timestamp", required=True, example="2024-06-12 09:00", about="when"),
        Column(
            "event",
            "option",
            options=("assigned", "reopened", "resolved", "closed"),
            example="resolved",
            about="the step",
        ),
    ),
    key=("case_id", "at", "event"),
    no_workers=True,
)
