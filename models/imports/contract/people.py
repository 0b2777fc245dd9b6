"""Where people work, and that they do: sites, teams, spells of employment, sick leave."""

from models.imports.contract.kinds import Column, Table

DESK_TYPES = ("desk", "non_desk", "hybrid")
"""Whether the work has a desk of its own: eight in ten workers have none."""

LOCATION = Column(
    "location_id",
    "code",
    required=True,
    example="AMS-01",
    about="the site; must be in `locations`",
    refers="locations",
)
DESK_TYPE = Column(
    "desk_type",
    "option",
    options=DESK_TYPES,
    example="non_desk",
    about="kind of workplace; empty where the row is about everybody",
)
PERIOD = Column("period", "period", required=True, example="2024-06", about="what the row covers")

LOCATIONS = Table(
    "locations",
    "a site",
    (
        Column("location_id", "code", required=True, example="AMS-01", about="the site's own code"),
        Column("name", "text", required=True, example="Amsterdam Centre", about="as people say it"),
        Column("region", "code", example="North", about="the region it is counted under"),
        Column("country", "code", example="NL", about="country"),
        Column("city", "text", example="Amsterdam", about="city"),
        Column("kind", "code", example="shop", about="what the site is: shop, office, warehouse"),
        Column("opened_on", "date", example="2015-03-01", about="first day"),
        Column("closed_on", "date", example="", about="last day; empty while open"),
    ),
    key=("location_id",),
    not_before=(("closed_on", "opened_on"),),
)

TEAMS = Table(
    "teams",
    "a team",
    (
        Column("team_id", "code", required=True, example="AMS-01-T1", about="the team's own code"),
        Column("name", "text", required=True, example="Early shift", about="as people say it"),
        LOCATION,
        Column("department", "text", example="Sales floor", about="department"),
    ),
    key=("team_id",),
)

ASSIGNMENTS = Table(
    "assignments",
    "one spell of one employee in one place",
    (
        Column(
            "employee_id",
            "code",
            required=True,
            example="100234",
            about="becomes a keyed hash on the way in; the id itself is never stored",
            keeping="keyed hash",
        ),
        Column("start_on", "date", required=True, example="2022-09-01", about="first day"),
        Column("end_on", "date", example="", about="last day; empty while it lasts"),
        LOCATION,
        Column("team_id", "code", example="AMS-01-T1", about="the team"),
        Column("job_family", "code", example="sales", about="kind of work"),
        Column(
            "desk_type",
            "option",
            required=True,
            options=DESK_TYPES,
            example="non_desk",
            about="kind of workplace",
        ),
        Column(
            "contract_type",
            "option",
            options=("permanent", "temporary", "on_call", "agency", "student"),
            example="permanent",
            about="kind of contract",
        ),
        Column("remote_share", "share", low=0, high=1, example="0.4", about="share of hours away"),
        Column("fte", "number", low=0, high=2, example="0.8", about="1 is a full week"),
        Column("annual_cost", "number", low=0, example="41500", about="EUR a year, with on-costs"),
        Column(
            "end_reason",
            "option",
            options=(
                "voluntary",
                "involuntary",
                "retirement",
                "end_of_contract",
                "transfer",
                "other",
            ),
            example="",
            about="why the spell ended; a transfer is a move inside the company",
        ),
    ),
    key=("employee_id", "start_on"),
    not_before=(("end_on", "start_on"),),
)

ABSENCE = Table(
    "absence",
    "a site's period of sick leave",
    (
        PERIOD,
        LOCATION,
        DESK_TYPE,
        Column("hours_lost", "number", required=True, low=0, example="312", about="hours sick"),
        Column(
            "contract_hours",
            "number",
            required=True,
            low=0,
            example="5600",
            about="hours under contract",
        ),
        Column("spells", "integer", low=0, example="14", about="new reports of sickness"),
    ),
    key=("period", "location_id", "desk_type"),
)
