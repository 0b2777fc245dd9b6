"""Jobs that are killed at random moments, and what the next start says of them."""

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import Engine, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models import jobs, journal
from tests.models.imports.company import write

SEED = 20_240_229
NOT_CONTENT = ("job", "setting")
PEOPLE, ITEMS = 4_000, 10
PATIENCE_SECONDS = 60


def content(database: Engine) -> str:
    """A hash of every raw row, batch and block, but for the moments of writing."""
    told = hashlib.sha256()
    with database.connect() as connection:
        for table in sorted(SQLModel.metadata.sorted_tables, key=lambda table: table.name):
            if table.name in NOT_CONTENT:
                continue
            columns = [each for each in table.columns if not isinstance(each.type, UTCDateTime)]
            rows = connection.execute(table.select().with_only_columns(*columns))
            told.update(repr((table.name, sorted(map(repr, map(tuple, rows))))).encode())
    return told.hexdigest()


def answers(folder: Path, wave: str) -> Path:
    """A survey that takes a while to store."""
    write(folder)
    numbers = pl.int_range(PEOPLE, eager=True)
    pl.DataFrame({"response_id": numbers.cast(pl.String)}).with_columns(
        wave=pl.lit(wave),
        answered_on=pl.lit(f"{wave}-10"),
        location_id=pl.when(pl.int_range(PEOPLE) % 2 == 0).then(pl.lit("A")).otherwise(pl.lit("B")),
        **{f"bat{item:02d}": pl.int_range(PEOPLE) * item % 5 + 1 for item in range(1, ITEMS + 1)},
    ).write_parquet(folder / "survey_answers.parquet")
    return folder


@dataclass(frozen=True, slots=True)
class Course:
    """How long an undisturbed job takes in all, and from the moment that it begins to write."""

    whole: float
    writing: float


def watched(start: Callable[[], jobs.Job], writes: Callable[[jobs.Progress], bool]) -> Course:
    begun = time.monotonic()
    job = start()
    while not writes(progress := job.progress()):
        assert not progress.finished
        time.sleep(0.005)
    since = time.monotonic()
    job.result()
    return Course(time.monotonic() - begun, time.monotonic() - since)


def killed(
    start: Callable[[], jobs.Job],
    writes: Callable[[jobs.Progress], bool],
    course: Course,
    chance: random.Random,
    *,
    writing: bool,
) -> None:
    """Kill a job at a random moment of its life, or of its writing; whoever started it is gone."""
    job = start()
    if writing:
        while not (writes(now := job.progress()) or now.finished):
            time.sleep(0.002)
    time.sleep(chance.uniform(0, course.writing if writing else course.whole))
    job.process.kill()
    job.process.wait()


def told(database: Engine) -> journal.Ended:
    """What the next start says: one thing, once."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (ended := journal.settle(database)):
        # A server takes a moment to notice that the other end is gone.
        assert time.monotonic() < deadline
        time.sleep(0.1)
    (one,) = ended
    assert journal.settle(database) == []
    return one


def statements(database: Engine, *lines: str) -> None:
    with database.begin() as connection:
        for line in lines:
            connection.execute(text(line))
