"""The migrations make the schema that the source describes, raw tables of the contract included."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import SQLModel

from models import engine, tables


def test_the_migrated_schema_is_that_of_the_source(database: Engine) -> None:
    assert tables.RAW_TABLES
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_twice_changes_nothing(database: Engine) -> None:
    engine.upgrade()
    with database.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() is not None
