"""Putting rows into the raw tables, batch by batch, as an import leaves them there."""

from collections.abc import Callable

import polars as pl
from sqlalchemy import func, insert, select

from models.engine import engine
from models.tables import RAW_TABLES, Batch

Put = Callable[..., None]
"""Stores frames, by the name of their table, as the next batch."""


def put(**frames: pl.DataFrame) -> None:
    """Store frames (columns of the contract, in any part), by their tables, as the next batch.

    By SQLAlchemy: on SQLite, ADBC may not write in the tests' own process.
    """
    with engine().begin() as connection:
        number = (connection.scalar(select(func.max(Batch.id))) or 0) + 1
        batch = Batch(id=number, source="test", sha256=f"batch {number}", rows={}, files=[])
        connection.execute(insert(Batch).values(batch.model_dump()))
        for name, frame in frames.items():
            rows = frame.with_columns(batch=pl.lit(number)).to_dicts()
            connection.execute(insert(RAW_TABLES[name]), rows)
