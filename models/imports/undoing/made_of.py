"""Which blocks of the release were made of the rows of a batch. Only for the child process."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from models import raw
from models.imports import hashing
from models.releases.store import Stored
from models.releases.touching import ALWAYS, OWN, Dated, spans
from models.tables import RAW
from release.periods import parse

_NEVER = 2**62
"""No batch replaces the row."""
_BY_MEASURE = ("survey", "group")
"""Subjects whose figures the company's own measures decide."""


def made_of(
    connection: Any, batch: int, fates: Mapping[str, pl.DataFrame], blocks: Sequence[Stored]
) -> list[Stored]:
    """The blocks, but for drafts, of which a row of the batch was part.

    It was part of a block when the batch had come (the block's watermark), the row speaks of the
    block's period, and no newer batch had replaced the row by then.

    Args:
        fates: per table the key mark of the batch's rows and the `next` batch that has the key.
    """
    found = []
    candidates = [b for b in blocks if b.state != "draft" and b.watermark >= batch]
    for subject in {block.subject for block in candidates}:
        spoken = _spoken(connection, batch, fates, subject)
        found += [b for b in candidates if b.subject == subject and _held(b, spoken)]
    return sorted(found, key=lambda block: block.id)


def _held(block: Stored, spoken: Sequence[tuple[date, date, int]]) -> bool:
    period = parse(block.period)
    return any(
        first <= period.last_day and last >= period.first_day and until > block.watermark
        for first, last, until in spoken
    )


def _spoken(
    connection: Any, batch: int, fates: Mapping[str, pl.DataFrame], subject: str
) -> list[tuple[date, date, int]]:
    """First and last day that rows speak of, and the batch that replaced them all."""
    spoken = []
    for dated in OWN[subject]:
        if dated.table in fates:
            rows = hashing.of_batch(connection, dated.table, batch, dated.columns)
            spoken += _until(spans(rows.join(fates[dated.table], on=hashing.KEY), dated))
    if subject == "cases" and "case_events" in fates:
        spoken += [(*span, _NEVER) for span in _of_events(connection, batch)]
    if subject in _BY_MEASURE and "measures" in fates:
        spoken.append((*ALWAYS, _latest(fates["measures"])))
    return spoken


def _until(rows: pl.DataFrame) -> list[tuple[date, date, int]]:
    latest = pl.col("next").fill_null(_NEVER).max()
    return rows.group_by("first", "last").agg(latest).rows()


def _latest(rows: pl.DataFrame) -> int:
    return int(rows["next"].fill_null(_NEVER).max())  # type: ignore[arg-type]


def _of_events(connection: Any, batch: int) -> list[tuple[date, date]]:
    """The days on which the cases were closed of which the batch has a step."""
    cases = raw.versions(
        connection,
        "cases",
        f"case_id IN (SELECT case_id FROM {RAW}case_events WHERE batch = {batch})",
        columns=["closed_at"],
    )
    return spans(cases, Dated("cases", "closed_at")).select("first", "last").unique().rows()
