"""What is built and waits to be published."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.tables import ReleaseBlock
from release.periods import parse


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
        select(ReleaseBlock.subject, ReleaseBlock.period, ReleaseBlock.cells, ReleaseBlock.smallest)
        .where(ReleaseBlock.state == "draft")
        .order_by(col(ReleaseBlock.subject))
    )
    with Session(engine) as session:
        drafts = session.exec(asked).all()
    return [
        _summed(subject, [(period, cells, smallest) for _, period, cells, smallest in rows])
        for subject, rows in groupby(drafts, key=itemgetter(0))
    ]


def _summed(subject: str, drafts: list[tuple[str, int, int | None]]) -> Waiting:
    periods = sorted((period for period, _, _ in drafts), key=parse)
    sizes = [smallest for _, _, smallest in drafts if smallest is not None]
    return Waiting(
        subject=subject,
        periods=len(periods),
        first=periods[0],
        last=periods[-1],
        cells=sum(cells for _, cells, _ in drafts),
        smallest=min(sizes, default=None),
    )
