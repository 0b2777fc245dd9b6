"""What was imported, newest first."""

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from models.tables import Batch

__all__ = ["Batch", "count", "recent", "standing"]


def recent(engine: Engine, most: int = 50, skip: int = 0) -> list[Batch]:
    """The newest batches, undone ones too; they are detached and may be read freely."""
    asked = select(Batch).order_by(col(Batch.id).desc()).offset(skip).limit(most)
    with Session(engine) as session:
        found = session.exec(asked).all()
        session.expunge_all()
        return list(found)


def count(engine: Engine) -> int:
    """How many batches there are, undone ones too."""
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(Batch)).one()


def standing(engine: Engine) -> list[Batch]:
    """The batches that were not undone, newest first."""
    asked = select(Batch).where(col(Batch.undone_at).is_(None)).order_by(col(Batch.id).desc())
    with Session(engine) as session:
        found = session.exec(asked).all()
        session.expunge_all()
        return list(found)
