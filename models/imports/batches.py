"""What was imported, newest first."""

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.tables import Batch

__all__ = ["Batch", "count", "recent", "standing"]


def recent(engine: Engine, most: int | None = None, skip: int = 0) -> list[Batch]:
    """The newest batches, undone ones too; all of them unless `most` is given."""
    return _found(engine, select(Batch).offset(skip).limit(most))


def count(engine: Engine) -> int:
    """How many batches there are, undone ones too."""
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(Batch)).one()


def standing(engine: Engine) -> list[Batch]:
    """The batches that were not undone, newest first."""
    return _found(engine, select(Batch).where(col(Batch.undone_at).is_(None)))


def _found(engine: Engine, asked: SelectOfScalar[Batch]) -> list[Batch]:
    """Newest first; they are detached and may be read freely."""
    with Session(engine) as session:
        found = session.exec(asked.order_by(col(Batch.id).desc())).all()
        session.expunge_all()
        return list(found)
