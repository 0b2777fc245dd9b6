"""What the collecting party gives away: published blocks, names of sites and own measures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.cells import current
from models.engine import data_dir
from models.releases.carrying import form, signing
from models.tables import ReleaseBlock, ReleasedLocation, ReleasedMeasure
from release.periods import Period, parse
from release.subjects import SUBJECTS


class SendingError(ValueError):
    """There is nothing to carry, or the question can't be put."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was written.

    Attributes:
        number: the newest release that is in it.
        blocks, cells, withdrawn: how many.
        smallest: people in the smallest cell; None without cells that speak of people.
        fingerprint: of the key that signed it.
    """

    path: str
    bytes: int
    sha256: str
    number: int
    blocks: int
    cells: int
    smallest: int | None
    withdrawn: int
    fingerprint: str


def export(
    engine: Engine,
    path: Path,
    *,
    subject: str | None = None,
    first: str | None = None,
    last: str | None = None,
) -> Sent:
    """Write what is published (of a subject, of the periods from `first` to `last`) to a new file.

    Raises:
        SendingError: nothing is published of it, or there is no such subject.
        FileExistsError: the file is there already.
    """
    if subject is not None and subject not in SUBJECTS:
        raise SendingError(f"there is no subject '{subject}'; there are: {', '.join(SUBJECTS)}")
    window = (parse(first) if first else None, parse(last) if last else None)
    manifest, blobs, counted = _gathered(engine, subject, window)
    if not manifest.blocks and not manifest.withdrawn:
        raise SendingError("nothing of it is published")
    key = signing.signing_key(data_dir())
    data = form.written(key, manifest, blobs)
    _write(path, data)
    carried = form.opened(data)
    return Sent(
        path=str(path),
        bytes=len(data),
        sha256=carried.sha256,
        number=manifest.number,
        blocks=len(manifest.blocks),
        cells=counted.cells,
        smallest=counted.people,
        withdrawn=len(manifest.withdrawn),
        fingerprint=signing.fingerprint(carried.key),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    cells: int
    people: int | None


def _gathered(
    engine: Engine, subject: str | None, window: tuple[Period | None, Period | None]
) -> tuple[form.Manifest, list[bytes], _Counted]:
    asked = select(ReleaseBlock).where(col(ReleaseBlock.state).in_(["published", "withdrawn"]))
    if subject:
        asked = asked.where(ReleaseBlock.subject == subject)
    with Session(engine) as session:
        found = [block for block in session.exec(asked).all() if _within(block.period, window)]
        places = session.exec(
            select(ReleasedLocation).order_by(col(ReleasedLocation.location_id))
        ).all()
        own = session.exec(select(ReleasedMeasure).order_by(col(ReleasedMeasure.measure))).all()
        out = sorted(
            (block for block in found if block.state == "published"),
            key=lambda block: (block.subject, parse(block.period)),
        )
        gone = sorted({(each.subject, each.period) for each in found if each.state == "withdrawn"})
        manifest = form.Manifest(
            number=current(engine),
            made_at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            blocks=[_told(block) for block in out],
            withdrawn=[form.Tombstone(subject=name, period=period) for name, period in gone],
            locations=[form.Place(**place.model_dump()) for place in places],
            measures=[form.OwnMeasure(**measure.model_dump()) for measure in own],
        )
        sizes = [block.smallest for block in out if block.smallest is not None]
        counted = _Counted(sum(block.cells for block in out), min(sizes, default=None))
        return manifest, list(_blobs(out)), counted


def _within(period: str, window: tuple[Period | None, Period | None]) -> bool:
    """Whether all days of a period lie in the window."""
    first, last = window
    found = parse(period)
    return (first is None or found.first_day >= first.first_day) and (
        last is None or found.last_day <= last.last_day
    )


def _told(block: ReleaseBlock) -> form.CarriedBlock:
    return form.CarriedBlock(
        subject=block.subject,
        period=block.period,
        version=block.version,
        minimum=block.minimum,
        withheld=list(block.withheld),
        audit=None if block.audit is None else form.Audit(**block.audit),
        cells=form.blob(block.cells_data),
        values=form.blob(block.values_data),
    )


def _blobs(blocks: list[ReleaseBlock]) -> Iterator[bytes]:
    for block in blocks:
        yield block.cells_data
        yield block.values_data


def _write(path: Path, data: bytes) -> None:
    """Write a new file; half a file would not be taken for a whole one, since it is signed."""
    with path.open("xb") as file:
        file.write(data)
