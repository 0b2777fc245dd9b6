"""What employees were asked and what they answered."""

from models.imports.contract.kinds import Column, Table
from models.imports.contract.people import DESK_TYPE, LOCATION

WAVE = Column(
    "wave", "period", required=True, example="2024-Q2", about="the wave, by its period: one each"
)

SURVEY_ANSWERS = Table(
    "survey_answers",
    "one answer (or, wide, one response with a column per item)",
    (
        Column(
            "response_id",
            "code",
            required=True,
            example="r-000183",
            about="one person's sheet in one wave; never an employee number",
        ),
        WAVE,
        Column("answered_on", "date", required=True, example="2024-06-11", about="day of answer"),
        LOCATION,
        Column("team_id", "code", example="AMS-01-T1", about="the team"),
        Column("job_family", "code", example="sales", about="kind of work"),
        DESK_TYPE,
        Column("remote_band", "code", example="none", about="how much of the work is remote"),
        Column("tenure_band", "code", example="1-3 years", about="how long with the company"),
        Column("is_manager", "boolean", example="false", about="leads others"),
        Column(
            "item",
            "code",
            required=True,
            example="bat01",
            about="code of the item: built in, or a measure of the company's own",
        ),
        Column("score", "number", required=True, example="2", about="on the item's own scale"),
    ),
    key=("wave", "response_id", "item"),
    wide=True,
    no_workers=True,
)

SURVEY_INVITATIONS = Table(
    "survey_invitations",
    "who was asked",
    (
        WAVE,
        LOCATION,
        DESK_TYPE,
        Column("invited", "integer", required=True, low=0, example="46", about="people asked"),
    ),
    key=("wave", "location_id", "desk_type"),
    no_workers=True,
)
