"""Ideas from the shop floor and what became of them."""

from models.imports.contract.kinds import Column, Table
from models.imports.contract.people import DESK_TYPE, LOCATION

STAGES = (
    "submitted",
    "triaged",
    "accepted",
    "rejected",
    "started",
    "implemented",
    "withdrawn",
)
"""Steps of an idea. Decided = accepted, rejected or withdrawn, whichever comes first."""

IDEAS = Table(
    "ideas",
    "an idea",
    (
        Column("idea_id", "code", required=True, example="i-0042", about="the idea's own code"),
        Column("submitted_on", "date", required=True, example="2024-02-19", about="day sent in"),
        LOCATION,
        Column(
            "submitter",
            "code",
            example="100234",
            about="becomes a count of distinct people per site and month, then is dropped",
            keeping="counted, then dropped",
        ),
        DESK_TYPE,
        Column("theme", "code", example="planning", about="what it is about"),
        Column("customer_related", "boolean", example="true", about="touches customers"),
    ),
    key=("idea_id",),
)

IDEA_EVENTS = Table(
    "idea_events",
    "a step of an idea",
    (
        Column(
            "idea_id",
            "code",
            required=True,
            example="i-0042",
            about="the idea; must be in `ideas`",
            refers="ideas",
        ),
        Column(
            "stage", "option", required=True, options=STAGES, example="accepted", about="the step"
        ),
        Column("at", "timestamp", required=True, example="2024-03-01 09:30", about="when"),
    ),
    key=("idea_id", "stage", "at"),
)

IDEA_SUBMITTERS = Table(
    "idea_submitters",
    "how many different people sent in ideas (made from `ideas`, never brought)",
    (
        Column("period", "period", required=True, example="2024-02", about="the month"),
        LOCATION,
        Column("submitters", "integer", required=True, low=0, example="7", about="people"),
    ),
    key=("period", "location_id"),
)
