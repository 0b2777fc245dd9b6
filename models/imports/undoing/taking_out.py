"""Taking a batch out of the database. Only for the child process."""

from datetime import UTC, datetime
from typing import Any

from models import raw
from models.imports.undoing.meaning import Undoing
from models.imports.undoing.plan import told
from models.tables import RAW


def take_out(connection: Any, batch: int, actor: str) -> Undoing:
    """Delete the rows of a batch, so that the raw tables are as if it had never come.

    Drafts that could hold its rows go as well. What was published stays; blocks that were made of
    its rows are marked, and never grow again. The caller holds the write lock (`raw.lock`), and
    commits.

    Raises:
        UndoRefused: there is no such batch, or it was undone already.
    """
    meaning, blocks = told(connection, batch)
    for table in meaning.tables:
        raw.execute(connection, f"DELETE FROM {RAW}{table} WHERE batch = ?", (batch,))
    raw.execute(
        connection,
        "UPDATE batch SET undone_at = ?, undone_by = ? WHERE id = ?",
        (datetime.now(UTC), actor, batch),
    )
    raw.execute(connection, "DELETE FROM arrival WHERE batch = ?", (batch,))
    raw.execute(
        connection,
        "DELETE FROM release_block WHERE state = 'draft' AND watermark >= ?",
        (batch,),
    )
    for block in blocks:
        raw.execute(connection, "UPDATE release_block SET severed = TRUE WHERE id = ?", (block.id,))
    return meaning
