"""What is published, and what is built and waits to be published."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, select

from models.tables import ReleaseBlock


@dataclass(frozen=True, slots=True)
class Standing:
    """The blocks of one subject in one state.

    Attributes:
        periods: how many periods.
        first, last: the earliest and latest of them, as text.
        cells: groups in all of them.
        smallest: people in the smallest group; None without groups.
    """

    subject: str
    periods: int
    first: str
    last: str
    cells: int
    smallest: int | None


def standing(engine: Engine, state: Literal["draft", "published"]) -> list[Standing]:
    """The blocks in a state, per subject, by name."""
    asked = select(
        ReleaseBlock.subject, ReleaseBlock.period, ReleaseBlock.cells, ReleaseBlock.smallest
    ).where(ReleaseBlock.state == state)
    with Session(engine) as session:
        blocks = sorted(session.exec(asked).all(), key=lambda block: (block[0], block[1]))
    found = []
    for subject, rows in groupby(blocks, key=lambda block: block[0]):
        _, periods, cells, smallest = zip(*rows, strict=True)
        known = [people for people in smallest if people is not None]
        found.append(
            Standing(
                subject, len(periods), periods[0], periods[-1], sum(cells), min(known, default=None)
            )
        )
    return found
