"""Rules that compare rows of different tables, of one table with each other, and with the store.

Millions of rows pass by chunk by chunk; what must be kept of all of them is kept as numbers.
"""

from datetime import UTC, date, datetime

import polars as pl

from models.imports.answers import RESPONSES
from models.imports.crossing import days, responses, sites, spellings, spells, steps, totals
from models.imports.crossing.brought import Brought, RowRule, distinct
from models.imports.known import Stored, Vocabulary
from models.imports.notes import NoteLog
from models.imports.problems import ProblemLog
from models.imports.spool import Spool

MOST_SUGGESTED = 20_000
"""Codes of another table that a wrong one is compared with."""


def check(
    spool: Spool,
    files: tuple[str, ...],
    stored: Stored,
    words: Vocabulary,
    log: ProblemLog,
    notes: NoteLog,
    today: date | None = None,
) -> None:
    """Run every rule across tables over the checked rows; null cells are passed over.

    Args:
        spool: the checked rows of all files.
        files: the names of the files, by the index in FILE.
        stored: what stands in the store.
        words: codes of measures and items.
        log: where problems go.
        notes: where remarks go.
        today: the day of the import; in UTC when not given.
    """
    today = today or datetime.now(UTC).date()
    open_days = sites.open_days(spool, stored)
    brought = Brought(spool, files, stored, words, log, notes, today, open_days)
    for table in spool:
        rules = [rule for group in (sites, days, steps) for rule in group.rules(brought, table)]
        if rules:
            _by_chunk(brought, table, rules)
    for whole in (spells, responses, totals, spellings):
        whole.check(brought)
    _suggest(brought)


def _by_chunk(brought: Brought, table: str, rules: list[RowRule]) -> None:
    # What rows of answers say of their response stands apart, once for every difference.
    source = RESPONSES if table == "survey_answers" and RESPONSES in brought.spool else table
    for rows in brought.spool.chunks(source):
        for rule in rules:
            rule(rows)


def _suggest(brought: Brought) -> None:
    """Tell the log which codes are right, for the values that are not."""
    if not brought.log:
        return
    brought.log.known("unknown_measure", brought.words.measures)
    brought.log.known("unknown_item", brought.words.items)
    sites_known = brought.stored.values("locations", ("location_id",))["location_id"]
    if "locations" in brought.spool:
        sites_known = pl.concat([sites_known, distinct(brought.spool["locations"], "location_id")])
    brought.log.known("unknown_location", sites_known.head(MOST_SUGGESTED))
