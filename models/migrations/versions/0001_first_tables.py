"""First tables

Revision: 0001, after
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_sha256"), ["sha256"], unique=False)

    op.create_table(
        "raw_absence",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("desk_type", sa.String(), nullable=True),
        sa.Column("hours_lost", sa.Float(), nullable=True),
        sa.Column("contract_hours", sa.Float(), nullable=True),
        sa.Column("spells", sa.BigInteger(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_absence", schema=None) as batch_op:
        batch_op.create_index("ix_raw_absence_batch", ["batch"], unique=False)

    op.create_table(
        "raw_assignments",
        sa.Column("employee_id", sa.String(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("job_family", sa.String(), nullable=True),
        sa.Column("desk_type", sa.String(), nullable=True),
        sa.Column("contract_type", sa.String(), nullable=True),
        sa.Column("remote_share", sa.Float(), nullable=True),
        sa.Column("fte", sa.Float(), nullable=True),
        sa.Column("annual_cost", sa.Float(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_assignments", schema=None) as batch_op:
        batch_op.create_index("ix_raw_assignments_batch", ["batch"], unique=False)

    op.create_table(
        "raw_case_events",
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_case_events", schema=None) as batch_op:
        batch_op.create_index("ix_raw_case_events_batch", ["batch"], unique=False)

    op.create_table(
        "raw_cases",
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("sla_met", sa.Boolean(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("handle_minutes", sa.Float(), nullable=True),
        sa.Column("csat", sa.BigInteger(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_cases", schema=None) as batch_op:
        batch_op.create_index("ix_raw_cases_batch", ["batch"], unique=False)

    op.create_table(
        "raw_customer_feedback",
        sa.Column("feedback_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("touchpoint", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("nps", sa.BigInteger(), nullable=True),
        sa.Column("csat", sa.BigInteger(), nullable=True),
        sa.Column("ces", sa.BigInteger(), nullable=True),
        sa.Column("resolved", sa.Boolean(), nullable=True),
        sa.Column("first_contact", sa.Boolean(), nullable=True),
        sa.Column("empathy", sa.Float(), nullable=True),
        sa.Column("lost_minutes", sa.Float(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_customer_feedback", schema=None) as batch_op:
        batch_op.create_index("ix_raw_customer_feedback_batch", ["batch"], unique=False)

    op.create_table(
        "raw_financials",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("revenue", sa.Float(), nullable=True),
        sa.Column("gross_margin", sa.Float(), nullable=True),
        sa.Column("customers", sa.BigInteger(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_financials", schema=None) as batch_op:
        batch_op.create_index("ix_raw_financials_batch", ["batch"], unique=False)

    op.create_table(
        "raw_group_measurements",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("sd", sa.Float(), nullable=True),
        sa.Column("desk_type", sa.String(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_group_measurements", schema=None) as batch_op:
        batch_op.create_index("ix_raw_group_measurements_batch", ["batch"], unique=False)

    op.create_table(
        "raw_idea_events",
        sa.Column("idea_id", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_idea_events", schema=None) as batch_op:
        batch_op.create_index("ix_raw_idea_events_batch", ["batch"], unique=False)

    op.create_table(
        "raw_idea_submitters",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("submitters", sa.BigInteger(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_idea_submitters", schema=None) as batch_op:
        batch_op.create_index("ix_raw_idea_submitters_batch", ["batch"], unique=False)

    op.create_table(
        "raw_ideas",
        sa.Column("idea_id", sa.String(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("desk_type", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("customer_related", sa.Boolean(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_ideas", schema=None) as batch_op:
        batch_op.create_index("ix_raw_ideas_batch", ["batch"], unique=False)

    op.create_table(
        "raw_key_results",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("objective", sa.String(), nullable=True),
        sa.Column("key_result", sa.String(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("actual", sa.Float(), nullable=True),
        sa.Column("horizon", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_key_results", schema=None) as batch_op:
        batch_op.create_index("ix_raw_key_results_batch", ["batch"], unique=False)

    op.create_table(
        "raw_locations",
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_locations", schema=None) as batch_op:
        batch_op.create_index("ix_raw_locations_batch", ["batch"], unique=False)

    op.create_table(
        "raw_measures",
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("label_en", sa.String(), nullable=True),
        sa.Column("label_nl", sa.String(), nullable=True),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("rater", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("better", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("at_risk_from", sa.Float(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_measures", schema=None) as batch_op:
        batch_op.create_index("ix_raw_measures_batch", ["batch"], unique=False)

    op.create_table(
        "raw_rollouts",
        sa.Column("rollout", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("owner_role", sa.String(), nullable=True),
        sa.Column("hoped_effect", sa.String(), nullable=True),
        sa.Column("cost_one_off", sa.Float(), nullable=True),
        sa.Column("cost_per_employee_year", sa.Float(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_rollouts", schema=None) as batch_op:
        batch_op.create_index("ix_raw_rollouts_batch", ["batch"], unique=False)

    op.create_table(
        "raw_social_activity",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("headcount", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.BigInteger(), nullable=True),
        sa.Column("posts", sa.BigInteger(), nullable=True),
        sa.Column("reactions", sa.BigInteger(), nullable=True),
        sa.Column("replies", sa.BigInteger(), nullable=True),
        sa.Column("manager_replies", sa.BigInteger(), nullable=True),
        sa.Column("with_peer_contact", sa.BigInteger(), nullable=True),
        sa.Column("with_manager_contact", sa.BigInteger(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_social_activity", schema=None) as batch_op:
        batch_op.create_index("ix_raw_social_activity_batch", ["batch"], unique=False)

    op.create_table(
        "raw_survey_answers",
        sa.Column("response_id", sa.String(), nullable=True),
        sa.Column("wave", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("job_family", sa.String(), nullable=True),
        sa.Column("desk_type", sa.String(), nullable=True),
        sa.Column("remote_band", sa.String(), nullable=True),
        sa.Column("tenure_band", sa.String(), nullable=True),
        sa.Column("is_manager", sa.Boolean(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_survey_answers", schema=None) as batch_op:
        batch_op.create_index("ix_raw_survey_answers_batch", ["batch"], unique=False)

    op.create_table(
        "raw_survey_invitations",
        sa.Column("wave", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("desk_type", sa.String(), nullable=True),
        sa.Column("invited", sa.BigInteger(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_survey_invitations", schema=None) as batch_op:
        batch_op.create_index("ix_raw_survey_invitations_batch", ["batch"], unique=False)

    op.create_table(
        "raw_teams",
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_teams", schema=None) as batch_op:
        batch_op.create_index("ix_raw_teams_batch", ["batch"], unique=False)

    op.create_table(
        "raw_tool_use",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("location_id", sa.String(), nullable=True),
        sa.Column("app", sa.String(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("sanctioned", sa.Boolean(), nullable=True),
        sa.Column("alternative", sa.String(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
    )
    with op.batch_alter_table("raw_tool_use", schema=None) as batch_op:
        batch_op.create_index("ix_raw_tool_use_batch", ["batch"], unique=False)

    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "release_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("watermark", sa.Integer(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("smallest", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.JSON(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cells_data", sa.LargeBinary(), nullable=False),
        sa.Column("values_data", sa.LargeBinary(), nullable=False),
        sa.Column("built_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject", "period", "version"),
    )
    with op.batch_alter_table("release_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_block_release"), ["release"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_block_state"), ["state"], unique=False)

    op.create_table(
        "released_location",
        sa.Column("location_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("city", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("location_id"),
    )
    op.create_table(
        "released_measure",
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label_nl", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rater", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("better", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("at_risk_from", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("measure"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "target",
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("measure"),
    )


def downgrade() -> None:

    op.drop_table("target")
    op.drop_table("setting")
    op.drop_table("released_measure")
    op.drop_table("released_location")
    with op.batch_alter_table("release_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_block_state"))
        batch_op.drop_index(batch_op.f("ix_release_block_release"))

    op.drop_table("release_block")
    op.drop_table("release")
    with op.batch_alter_table("raw_tool_use", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_tool_use_batch")

    op.drop_table("raw_tool_use")
    with op.batch_alter_table("raw_teams", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_teams_batch")

    op.drop_table("raw_teams")
    with op.batch_alter_table("raw_survey_invitations", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_survey_invitations_batch")

    op.drop_table("raw_survey_invitations")
    with op.batch_alter_table("raw_survey_answers", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_survey_answers_batch")

    op.drop_table("raw_survey_answers")
    with op.batch_alter_table("raw_social_activity", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_social_activity_batch")

    op.drop_table("raw_social_activity")
    with op.batch_alter_table("raw_rollouts", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_rollouts_batch")

    op.drop_table("raw_rollouts")
    with op.batch_alter_table("raw_measures", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_measures_batch")

    op.drop_table("raw_measures")
    with op.batch_alter_table("raw_locations", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_locations_batch")

    op.drop_table("raw_locations")
    with op.batch_alter_table("raw_key_results", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_key_results_batch")

    op.drop_table("raw_key_results")
    with op.batch_alter_table("raw_ideas", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_ideas_batch")

    op.drop_table("raw_ideas")
    with op.batch_alter_table("raw_idea_submitters", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_idea_submitters_batch")

    op.drop_table("raw_idea_submitters")
    with op.batch_alter_table("raw_idea_events", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_idea_events_batch")

    op.drop_table("raw_idea_events")
    with op.batch_alter_table("raw_group_measurements", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_group_measurements_batch")

    op.drop_table("raw_group_measurements")
    with op.batch_alter_table("raw_financials", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_financials_batch")

    op.drop_table("raw_financials")
    with op.batch_alter_table("raw_customer_feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_customer_feedback_batch")

    op.drop_table("raw_customer_feedback")
    with op.batch_alter_table("raw_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_cases_batch")

    op.drop_table("raw_cases")
    with op.batch_alter_table("raw_case_events", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_case_events_batch")

    op.drop_table("raw_case_events")
    with op.batch_alter_table("raw_assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_assignments_batch")

    op.drop_table("raw_assignments")
    with op.batch_alter_table("raw_absence", schema=None) as batch_op:
        batch_op.drop_index("ix_raw_absence_batch")

    op.drop_table("raw_absence")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_sha256"))

    op.drop_table("batch")
