"""Taking a batch out of the database. Only for the child process."""

from datetime import UTC, datetime
from typing import Any

import polars as pl

from models import raw
from models.imports.undoing.meaning import Undoing
from models.imports.undoing.plan import told
from models.releases import spent
from models.releases.store import Stored
from models.releases.touching import OWN, Dated, spans
from models.tables import RAW
from release.periods import parse


def take_out(connection: Any, batch: int, actor: str) -> Undoing:
    """Delete the rows of a batch, so that the raw tables are as if it had never come.

    Drafts that could hold its rows go as well. What was published stays; blocks that were made of
    its rows are marked, and never grow again. The caller holds the write lock (`raw.lock`), and
    commits.

    Raises:
        UndoRefused: there is no such batch, or it was undone already.
    """
    meaning, blocks = told(connection, batch)
    for block in blocks:
        raw.execute(connection, "UPDATE release_block SET severed = TRUE WHERE id = ?", (block.id,))
        if block.subject in spent.IDENTITY:
            spent.keep(connection, block.id, _spent(connection, batch, block))
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
    return meaning


def _spent(connection: Any, batch: int, block: Stored) -> pl.DataFrame:
    """The marks of the batch's answers of a block's period."""
    (dated,) = OWN[block.subject]
    columns = [*dated.columns, *spent.columns(block.subject)]
    found = raw.versions(connection, dated.table, f"batch = {batch}", columns=columns)
    inside = _inside(found, dated, block)
    if block.subject == "survey" and inside.height:
        # A response as it was published: another batch may have brought some of its answers.
        waves = raw.among("wave", inside["wave"].unique().to_list())
        whole = raw.current(connection, dated.table, waves, columns, block.watermark)
        whole = whole.join(inside, on=spent.RESPONSE, how="semi")
        return pl.concat([spent.marks(inside, "survey"), spent.marks(whole, "survey")])
    return spent.marks(inside, block.subject)


def _inside(rows: pl.DataFrame, dated: Dated, block: Stored) -> pl.DataFrame:
    """The rows that speak of a block's period."""
    period = parse(block.period)
    return spans(rows, dated).filter(
        pl.col("first") <= period.last_day, pl.col("last") >= period.first_day
    )
