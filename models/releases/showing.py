"""What the Privacy page tells of the release: read from the published blocks, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from metrics.showable import Showable, showable
from models.tables import ReleaseBlock, ReleaseNumber
from release.blocks import Report, opened_cells
from release.leaves import UNKNOWN
from release.partition import partition
from release.periods import parse
from release.subjects import SITES, SUBJECTS

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

    Each dimension of the subject by the view that tells most of it, and a site together with the
    dimension after it. Empty when nothing of the subject is published.
    """
    known = SUBJECTS[subject]
    cells = _cells(engine, subject)
    if cells.is_empty():
        return []
    everyone = int(cells.filter(pl.col("view") == SITES)["people"].sum())
    asked = [*((dim,) for dim in known.dims), known.first.dims[1:3]]
    return [
        max(
            (
                showable(cells.filter(pl.col("view") == view.name), dims, UNKNOWN, everyone)
                for view in known.views
                if set(dims) <= set(view.dims)
            ),
            key=lambda each: each.people,
        )
        for dims in asked
    ]


@dataclass(frozen=True, slots=True)
class Audited:
    """What the audits of a subject's second views found, over its published periods.

    Attributes:
        subject: of `release.subjects`.
        periods: how many have a second view.
        overlaps: pairs of cells that share people, over all measures.
        merges: cells of the second view that were joined.
        smallest: people in the smallest group that sums and differences of both views speak of.
        judged: pairs of a measure and a period.
        without: those that have no second view: measure, period, and what it would have given away
            (`release.blocks.Report`).
    """

    subject: str
    periods: int
    overlaps: int
    merges: int
    smallest: int
    judged: int
    without: tuple[tuple[str, str, str], ...]


def audits(engine: Engine) -> list[Audited]:
    """The audits of all published second views, a row per subject that has them."""
    asked = select(ReleaseBlock.subject, ReleaseBlock.period, ReleaseBlock.audit).where(
        ReleaseBlock.state == "published"
    )
    found: dict[str, list[tuple[str, Report]]] = {}
    with Session(engine) as session:
        for subject, period, audit in session.exec(asked).all():
            if audit and subject in SUBJECTS and SUBJECTS[subject].second is not None:
                found.setdefault(subject, []).append((period, Report(**audit)))
    return [_audited(name, found[name]) for name in SUBJECTS if name in found]


def _audited(subject: str, reports: Sequence[tuple[str, Report]]) -> Audited:
    in_order = sorted(reports, key=lambda each: parse(each[0]))
    without = tuple(
        (measure, period, fault)
        for period, report in in_order
        for measure, fault in sorted(report.without.items())
    )
    return Audited(
        subject=subject,
        periods=len(reports),
        overlaps=sum(report.overlaps for _, report in reports),
        merges=sum(report.merges for _, report in reports),
        smallest=min(report.smallest for _, report in reports),
        judged=sum(report.measures for _, report in reports),
        without=without,
    )


def periods(engine: Engine, subject: str) -> list[str]:
    """The published periods of a subject, the newest first."""
    asked = select(ReleaseBlock.period).where(
        ReleaseBlock.state == "published", ReleaseBlock.subject == subject
    )
    with Session(engine) as session:
        return sorted(session.exec(asked).all(), key=parse, reverse=True)


def groups_of(engine: Engine, subject: str, period: str) -> list[Group]:
    """The published groups of a subject and period in its first view, in their order."""
    cells = _cells(engine, subject, period)
    if cells.is_empty():
        return []
    cells = cells.filter(pl.col("view") == SUBJECTS[subject].first.name)
    dims = [dim for dim in SUBJECTS[subject].first.dims if dim in cells.columns]
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
        frames = [opened_cells(subject, data) for data in session.exec(asked).all()]
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
