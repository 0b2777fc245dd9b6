"""What is built and waits to be published."""

from dataclasses import dataclass

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from models.tables import ReleaseBlock


@dataclass(frozen=True, slots=True)
class Waiting:
    """The drafts of one subject.

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


def waiting(engine: Engine) -> list[Waiting]:
    """The drafts per subject, by name."""
    asked = (
        select(
            ReleaseBlock.subject,
            func.count(),
            func.min(ReleaseBlock.period),
            func.max(ReleaseBlock.period),
            func.sum(ReleaseBlock.cells),
            func.min(ReleaseBlock.smallest),
        )
        .where(ReleaseBlock.state == "draft")
        .group_by(ReleaseBlock.subject)
        .order_by(col(ReleaseBlock.subject))
    )
    with Session(engine) as session:
        return [Waiting(*row) for row in session.exec(asked).all()]
