"""An import that is killed: all or nothing, and the next start says which."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from models import jobs
from models.imports import starting
from tests.models.killing import SEED, answers, content, killed, statements, told, watched

pytestmark = pytest.mark.usefixtures("new_processes")


def test_an_import_that_is_killed_is_stored_whole_or_not_at_all(
    database: Engine, tmp_path: Path, *, deep: bool
) -> None:
    chance = random.Random(SEED)
    first, second = answers(tmp_path / "first", "2024-01"), answers(tmp_path / "second", "2024-02")

    def start() -> jobs.Job:
        return starting.start((second,), actor="Ans")

    def writes(now: jobs.Progress) -> bool:
        return now.stage == "storing"

    starting.start((first,)).result()
    before = content(database)
    course = watched(start, writes)
    after = content(database)
    assert before != after
    for number in range(50 if deep else 3):
        _take_out(database)
        assert content(database) == before
        killed(start, writes, course, chance, writing=number % 2 == 0)
        ended = told(database)
        assert content(database) == (before if ended.outcome is None else after)
        begun = "The import of second by Ans that began at "
        end = "nothing of it was stored." if ended.outcome is None else "it is stored as batch 2."
        assert ended.message().startswith(begun)
        assert ended.message().endswith(end)
    last = starting.Result.of(start().result())
    assert (last.batch, last.problems) == (2, ())
    assert content(database) == after


def _take_out(database: Engine) -> None:
    tables = SQLModel.metadata.sorted_tables
    brought = [table.name for table in tables if "batch" in table.columns]
    lines = [f"DELETE FROM {name} WHERE batch = 2" for name in brought]
    statements(database, *lines, "DELETE FROM batch WHERE id = 2")
