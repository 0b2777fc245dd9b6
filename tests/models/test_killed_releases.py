"""A release that is killed: all or nothing, and the next start says which."""

import random
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models import jobs
from models.imports import starting
from models.releases import service
from tests.models.killing import SEED, answers, content, killed, statements, told, watched

pytestmark = pytest.mark.usefixtures("new_processes")


def test_a_release_that_is_killed_is_published_whole_or_not_at_all(
    database: Engine, tmp_path: Path, *, deep: bool
) -> None:
    chance = random.Random(SEED)
    for month in ("2024-01", "2024-02", "2024-03"):
        starting.start((answers(tmp_path / month, month),)).result()

    def start() -> jobs.Job:
        return service.start("publish", actor="Ans", as_of=date(2024, 12, 31))

    def writes(now: jobs.Progress) -> bool:
        return 0 < now.total == now.done

    before = content(database)
    course = watched(start, writes)
    after = content(database)
    assert before != after
    for number in range(50 if deep else 3):
        _withdraw_all(database)
        assert content(database) == before
        killed(start, writes, course, chance, writing=number % 2 == 0)
        ended = told(database)
        assert content(database) == (before if ended.outcome is None else after)
        begun = "The release (publish) by Ans that began at "
        stopped = "nothing of it was stored or published."
        end = stopped if ended.outcome is None else "was done after all, as release 1."
        assert ended.message().startswith(begun)
        assert ended.message().endswith(end)
    if content(database) == before:
        assert start().result()["release"] == 1
    assert content(database) == after


def _withdraw_all(database: Engine) -> None:
    tables = ("release_block", "release", "released_location", "released_measure")
    statements(database, *(f"DELETE FROM {table}" for table in tables))
