"""What the Privacy page tells of the release: read from the published blocks, nothing else."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from metrics.showable import Showable, showable
from models.tables import ReleaseBlock, ReleaseNumber
from release.blocks import unpack
from release.leaves import UNKNOWN
from release.partition import partition
from release.periods import parse
from release.subjects import SUBJECTS

SHARED = ("survey", "feedback")
"""Subjects of which people answered one by one, so that a share of responses means something."""


@dataclass(frozen=True, slots=True)
class Act:
    """The newest time that something was published, withdrawn or taken in."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """A published group: how many people, and the values that occur in it per dimension."""

    people: int
    values: dict[str, tuple[str, ...]]


def last_act(engine: Engine) -> Act | None:
    """The newest release; None when nothing was ever published."""
    with Session(engine) as session:
        asked = select(ReleaseNumber).order_by(col(ReleaseNumber.number).desc())
        newest = session.exec(asked).first()
        return None if newest is None else Act(newest.number, newest.published_at)


def withdrawn(engine: Engine) -> list[tuple[str, str]]:
    """Subject and period of everything that was taken back."""
    asked = select(ReleaseBlock.subject, ReleaseBlock.period).where(
        ReleaseBlock.state == "withdrawn"
    )
    with Session(engine) as session:
        found = {(subject, period) for subject, period in session.exec(asked).all()}
    return sorted(found, key=lambda each: (each[0], parse(each[1])))


def shares(engine: Engine, subject: str) -> list[Showable]:
    """Of all published periods of a subject: what share of responses each dimension can show.

    Each dimension of the subject, and a site together with the dimension after it. Empty when
    nothing of the subject is published.
    """
    dims = SUBJECTS[subject].dims
    cells = _cells(engine, subject)
    if cells.is_empty():
        return []
    asked = [*((dim,) for dim in dims), dims[1:3]]
    return [showable(cells, each, UNKNOWN) for each in asked]


def periods(engine: Engine, subject: str) -> list[str]:
    """The published periods of a subject, the newest first."""
    asked = select(ReleaseBlock.period).where(
        ReleaseBlock.state == "published", ReleaseBlock.subject == subject
    )
    with Session(engine) as session:
        return sorted(session.exec(asked).all(), key=parse, reverse=True)


def groups_of(engine: Engine, subject: str, period: str) -> list[Group]:
    """The published groups of a subject and period, in their order."""
    cells = _cells(engine, subject, period)
    dims = [dim for dim in SUBJECTS[subject].dims if dim in cells.columns]
    return [
        Group(row["people"], {dim: tuple(row[dim]) for dim in dims})
        for row in cells.iter_rows(named=True)
    ]


def _cells(engine: Engine, subject: str, period: str | None = None) -> pl.DataFrame:
    asked = select(ReleaseBlock.cells_data).where(
        ReleaseBlock.state == "published", ReleaseBlock.subject == subject
    )
    if period is not None:
        asked = asked.where(ReleaseBlock.period == period)
    with Session(engine) as session:
        frames = [unpack(data) for data in session.exec(asked).all()]
    return pl.concat(frames) if frames else pl.DataFrame()


def example(desk: int, non_desk: int, minimum: int) -> list[Group]:
    """The groups into which the release itself would split one site; none when it is too small.

    Args:
        desk, non_desk: people who answered, by desk type.
        minimum: k.
    """
    leaves = pl.DataFrame(
        {
            "period": ["2024-01"] * 2,
            "desk_type": ["desk", "non_desk"],
            "people": [desk, non_desk],
        }
    ).filter(pl.col("people") > 0)
    cells = leaves.with_columns(cell=partition(leaves, ["desk_type"], minimum)).drop_nulls("cell")
    return [
        Group(int(part["people"].sum()), {"desk_type": tuple(part["desk_type"].sort())})
        for part in cells.sort("cell").partition_by("cell")
    ]
