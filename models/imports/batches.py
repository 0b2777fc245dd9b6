"""What was imported, newest first."""

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.tables import Batch


def recent(engine: Engine, most: int = 50) -> list[Batch]:
    """The newest batches; they are detached and may be read freely."""
    with Session(engine) as session:
        found = session.exec(select(Batch).order_by(col(Batch.id).desc()).limit(most)).all()
        session.expunge_all()
        return list(found)
