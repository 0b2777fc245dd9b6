"""From a file of SQLite to a server: nothing is lost, and nothing is mixed."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from typer.testing import CliRunner

from manage import app
from models import engine, settings
from models.imports import starting
from models.releases import service
from models.tables import Batch
from tests.models.imports.company import answer, write
from tests.models.killing import content
from tests.postgres import Server


@pytest.mark.postgres
def test_everything_is_there_after_a_move(
    postgres_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WERKVLOER_DATA", str(tmp_path))
    monkeypatch.setenv("WERKVLOER_DATABASE_URL", f"sqlite:///{tmp_path / 'old.db'}")
    answers = [answer(response_id=f"r{number}", score=str(number % 5 + 1)) for number in range(40)]
    starting.start((write(tmp_path / "in", survey_answers=answers),), actor="Ans").result()
    assert service.start("publish", as_of=date(2025, 1, 1)).result()["release"] == 1
    settings.set_minimum(engine.engine(), 12)
    before = content(engine.engine())
    engine.engine().dispose()
    with postgres_server.database() as name:
        monkeypatch.setenv("WERKVLOER_DATABASE_URL", postgres_server.url(name))
        moved = CliRunner().invoke(app, ["move-from", str(tmp_path / "old.db")])
        assert moved.exit_code == 0, moved.output
        assert "raw_survey_answers" in moved.output
        new = engine.engine()
        assert content(new) == before
        assert settings.minimum(new) == 12
        with Session(new) as session:
            session.add(Batch(source="later", sha256="", rows={}, files=[]))
            session.commit()
        again = CliRunner().invoke(app, ["move-from", str(tmp_path / "old.db")])
        assert again.exit_code == 1
        assert "is not empty (arrival, batch" in again.output
        new.dispose()


def test_what_is_no_database_of_this_version_is_refused(database: Engine, tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    for name, told in (("other.db", "is not of this version"), ("absent.db", "There is no file")):
        refused = CliRunner().invoke(app, ["move-from", str(tmp_path / name)])
        assert refused.exit_code == 1
        assert told in refused.output
    with Session(database) as session:
        assert session.get(Batch, 1) is None
