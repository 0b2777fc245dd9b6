"""Blocks in and out of the database, in a release's child process."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from models import raw
from models.imports import contract
from models.tables import ReleasedLocation, ReleasedMeasure
from release.blocks import Block, fingerprint, pack, unpack

_META: Mapping[str, pl.DataType] = {
    "id": pl.Int64(),
    "subject": pl.String(),
    "period": pl.String(),
    "version": pl.Int64(),
    "state": pl.String(),
    "minimum": pl.Int64(),
    "watermark": pl.Int64(),
    "severed": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a block without opening it."""

    id: int
    subject: str
    period: str
    version: int
    state: str
    minimum: int
    watermark: int
    severed: bool = False


def stored(connection: Any) -> list[Stored]:
    """Every block of every state, oldest version first."""
    rows = raw.query(connection, f"SELECT {', '.join(_META)} FROM release_block", dict(_META))
    return [Stored(*row) for row in rows.sort("subject", "period", "version").iter_rows()]


def opened(connection: Any, block: Stored) -> Block:
    """The block itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cells_data, values_data, withheld FROM release_block WHERE id = ?", (block.id,)
        )
        cells, values, withheld = cursor.fetchone()
    return Block(
        block.subject, block.period, unpack(cells), unpack(values), tuple(json.loads(withheld))
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be stored, with the version that it will be and what it was made from."""

    block: Block
    version: int
    minimum: int
    watermark: int


class ReleaseConflict(RuntimeError):
    """Something was published or withdrawn while a release was being built."""


def settled(connection: Any, known: Collection[Stored]) -> frozenset[tuple[int, str]]:
    """The blocks that are no drafts with their state, and the batches that were undone."""
    undone = raw.query(
        connection, "SELECT id FROM batch WHERE undone_at IS NOT NULL", {"id": pl.Int64()}
    )["id"]
    return frozenset(
        (block.id, block.state) for block in known if block.state != "draft"
    ) | frozenset((batch, "undone") for batch in undone)


def begin(connection: Any) -> None:
    """Take the write lock: a transaction that reads first can't wait for it, and fails."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE release SET actor = actor WHERE number < 0")


def check_unchanged(connection: Any, seen: frozenset[tuple[int, str]]) -> None:
    """Make sure that what a build started from still holds.

    Raises:
        ReleaseConflict: a block was published or withdrawn since, or an import undone.
    """
    if settled(connection, stored(connection)) != seen:
        raise ReleaseConflict(
            "a release was published or withdrawn, or an import undone meanwhile; "
            "nothing was stored, run it again"
        )


def forget(connection: Any, valid: Collection[tuple[str, str]]) -> None:
    """Delete the drafts of periods that may have none any more: another grain, an undone import."""
    with connection.cursor() as cursor:
        for block in stored(connection):
            if block.state == "draft" and (block.subject, block.period) not in valid:
                cursor.execute("DELETE FROM release_block WHERE id = ?", (block.id,))


def store(connection: Any, drafts: Sequence[Draft]) -> None:
    """Put drafts in the place of the drafts that were there for the same subject and period."""
    if not drafts:
        return
    following = raw.query(
        connection, "SELECT coalesce(max(id), 0) + 1 AS id FROM release_block", {"id": pl.Int64()}
    )["id"].item()
    with connection.cursor() as cursor:
        for draft in drafts:
            cursor.execute(
                "DELETE FROM release_block WHERE state = 'draft' AND subject = ? AND period = ?",
                (draft.block.subject, draft.block.period),
            )
        rows = [_row(following + step, draft) for step, draft in enumerate(drafts)]
        cursor.adbc_ingest(
            "release_block", pl.DataFrame(rows, infer_schema_length=None).to_arrow(), mode="append"
        )


def _row(number: int, draft: Draft) -> dict[str, object]:
    block = draft.block
    cells, values = pack(block.cells), pack(block.values)
    return {
        "id": number,
        "subject": block.subject,
        "period": block.period,
        "version": draft.version,
        "state": "draft",
        "minimum": draft.minimum,
        "watermark": draft.watermark,
        "cells": block.cells.height,
        "smallest": block.smallest,
        "people": block.people,
        "withheld": json.dumps(block.withheld),
        "sha256": fingerprint(cells, values),
        "cells_data": cells,
        "values_data": values,
        "built_at": moment(),
    }


def moment() -> str:
    """Now, in UTC, as the standard library's driver writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def publish(connection: Any, actor: str) -> int | None:
    """Publish every draft and the names of sites and own measures, as one numbered release.

    Returns the number; None when there is nothing new to publish.
    """
    waiting = any(block.state == "draft" for block in stored(connection))
    names = [
        table for table in _NAMES if not _told(connection, table).equals(_new(connection, table))
    ]
    if not waiting and not names:
        return None
    with connection.cursor() as cursor:
        number = _next_number(cursor, actor)
        # An older version of what is published now has had its time.
        cursor.execute(
            "UPDATE release_block SET state = 'superseded' WHERE state = 'published' AND EXISTS "
            "(SELECT 1 FROM release_block AS newer WHERE newer.state = 'draft' "
            "AND newer.subject = release_block.subject AND newer.period = release_block.period)"
        )
        cursor.execute(
            "UPDATE release_block SET state = 'published', release = ?, published_at = ? "
            "WHERE state = 'draft'",
            (number, moment()),
        )
        for table in names:
            cursor.execute(f"DELETE FROM {_NAMES[table].__tablename__}")
            rows = _new(connection, table)
            if rows.height:
                cursor.adbc_ingest(str(_NAMES[table].__tablename__), rows.to_arrow(), mode="append")
    return number


_NAMES: Mapping[str, type[ReleasedLocation] | type[ReleasedMeasure]] = {
    "locations": ReleasedLocation,
    "measures": ReleasedMeasure,
}


def _new(connection: Any, table: str) -> pl.DataFrame:
    """The names as the raw table has them now."""
    return raw.current(connection, table).select(list(_NAMES[table].model_fields)).sort(pl.all())


def _told(connection: Any, table: str) -> pl.DataFrame:
    """The names as screens have them."""
    types = contract.STORED[table].schema()
    schema = {name: types[name] for name in _NAMES[table].model_fields}
    return raw.query(connection, f"SELECT * FROM {_NAMES[table].__tablename__}", schema).sort(
        pl.all()
    )


def withdraw(connection: Any, subject: str, period: str, actor: str) -> int | None:
    """Take a published period of a subject back; the number of that act, None if it was not out."""
    begin(connection)
    standing = [
        block
        for block in stored(connection)
        if (block.subject, block.period) == (subject, period) and block.state == "published"
    ]
    if not standing:
        return None
    with connection.cursor() as cursor:
        number = _next_number(cursor, actor)
        cursor.execute(
            "UPDATE release_block SET state = 'withdrawn' "
            "WHERE subject = ? AND period = ? AND state IN ('published', 'superseded')",
            (subject, period),
        )
        cursor.execute(
            "DELETE FROM release_block WHERE subject = ? AND period = ? AND state = 'draft'",
            (subject, period),
        )
    return number


def _next_number(cursor: Any, actor: str) -> int:
    cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM release")
    number = int(cursor.fetchone()[0])
    cursor.execute(
        "INSERT INTO release (number, published_at, actor) VALUES (?, ?, ?)",
        (number, moment(), actor),
    )
    return number
