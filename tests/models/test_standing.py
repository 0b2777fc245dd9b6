"""What is published and what waits, per subject."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.imports.batches import recent
from models.releases.standing import Standing, standing
from models.tables import Batch, ReleaseBlock


def block(subject: str, period: str, state: str, cells: int, smallest: int | None) -> ReleaseBlock:
    return ReleaseBlock(
        subject=subject,
        period=period,
        version=1,
        state=state,
        minimum=11,
        watermark=1,
        cells=cells,
        smallest=smallest,
        people=100,
        withheld=[],
        sha256="",
        cells_data=b"",
        values_data=b"",
    )


@pytest.fixture
def blocks(database: Engine) -> Engine:
    with Session(database) as session:
        session.add(block("survey", "2024-02", "draft", 3, 12))
        session.add(block("survey", "2024-01", "draft", 4, 11))
        session.add(block("ideas", "2024-01", "draft", 9, None))
        session.add(block("survey", "2023-12", "published", 5, 14))
        session.commit()
    return database


def test_drafts_are_summed_per_subject(blocks: Engine) -> None:
    assert standing(blocks, "draft") == [
        Standing("ideas", 1, "2024-01", "2024-01", 9, None),
        Standing("survey", 2, "2024-01", "2024-02", 7, 11),
    ]


def test_published_stand_apart(blocks: Engine) -> None:
    assert standing(blocks, "published") == [
        Standing("survey", 1, "2023-12", "2023-12", 5, 14),
    ]


def test_nothing_stands_in_an_empty_database(database: Engine) -> None:
    assert standing(database, "draft") == []
    assert recent(database) == []


def test_newest_batch_comes_first(database: Engine) -> None:
    with Session(database) as session:
        for source in ("first", "second"):
            session.add(Batch(source=source, sha256=source, rows={"locations": 1}, files=[]))
        session.commit()
    assert [batch.source for batch in recent(database)] == ["second", "first"]
    assert [batch.source for batch in recent(database, most=1)] == ["second"]
