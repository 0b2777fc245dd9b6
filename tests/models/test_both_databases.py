"""The demo company on PostgreSQL: every published cell is the one that SQLite publishes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from models import engine
from models.tables import Batch, ReleaseBlock, ReleasedLocation, ReleasedMeasure
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
PLACES = (ReleasedLocation, ReleasedMeasure)
pytestmark = [pytest.mark.postgres, pytest.mark.deep]


def published(database: Engine) -> dict[tuple[str, str, int], tuple[object, ...]]:
    """Everything of every block but its number and the moments of writing."""
    with Session(database) as session:
        return {
            (block.subject, block.period, block.version): (
                block.state,
                block.minimum,
                block.watermark,
                block.release,
                block.severed,
                block.cells,
                block.smallest,
                block.people,
                block.withheld,
                block.sha256,
                block.cells_data,
                block.values_data,
            )
            for block in session.exec(select(ReleaseBlock)).all()
        }


def names(database: Engine, table: type[SQLModel]) -> list[str]:
    with Session(database) as session:
        return sorted(repr(sorted(row.model_dump().items())) for row in session.exec(select(table)))


def batches(database: Engine) -> list[tuple[object, ...]]:
    with Session(database) as session:
        found = session.exec(select(Batch).order_by("id")).all()
        return [(one.id, one.source, one.rows, one.actor, one.mapping) for one in found]


def test_the_demo_company_is_published_alike(
    demo_data: Path,
    demo_database: Engine,
    postgres_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The same key: rows are summed in the order of the hashes that it makes.
    shutil.copy(demo_data / "employee.key", tmp_path)
    with postgres_server.database() as name:
        monkeypatch.setenv("WERKVLOER_DATA", str(tmp_path))
        monkeypatch.setenv("WERKVLOER_DATABASE_URL", postgres_server.url(name))
        for command in ("upgrade", "seed"):
            subprocess.run(
                [sys.executable, "manage.py", command],
                cwd=ROOT,
                env=dict(os.environ),
                stdin=subprocess.DEVNULL,
                check=True,
            )
        server = engine.engine()
        try:
            expected, found = published(demo_database), published(server)
            assert len(expected) > 100
            assert found.keys() == expected.keys()
            assert [key for key in expected if found[key] != expected[key]] == []
            for table in PLACES:
                assert names(server, table) == names(demo_database, table)
            assert batches(server) == batches(demo_database)
        finally:
            server.dispose()
