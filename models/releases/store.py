"""Blocks in and out of the database, in a release's child process."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from models import raw
from models.imports import contract
from models.tables import ReleasedLocation, ReleasedMeasure
from release.blocks import Block, Report, fingerprint, pack
from release.blocks import opened as opened_frames

_META: Mapping[str, pl.DataType] = {
    "id": pl.Int64(),
    "subject": pl.String(),
    "period": pl.String(),
    "version": pl.Int64(),
    "state": pl.String(),
    "minimum": pl.Int64(),
    "watermark": pl.Int64(),
    "severed": pl.Boolean(),
    "origin": pl.String(),
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
    origin: str = ""


def stored(connection: Any) -> list[Stored]:
    """Every block of every state, oldest version first."""
    rows = raw.query(connection, f"SELECT {', '.join(_META)} FROM release_block", dict(_META))
    return [Stored(*row) for row in rows.sort("subject", "period", "version").iter_rows()]


def opened(connection: Any, block: Stored) -> Block:
    """The block itself."""
    rows = raw.query(
        connection,
        "SELECT cells_data, values_data, withheld, audit FROM release_block WHERE id = ?",
        {
            "cells_data": pl.Binary(),
            "values_data": pl.Binary(),
            "withheld": pl.String(),
            "audit": pl.String(),
        },
        (block.id,),
    )
    cells, values, withheld, audit = rows.row(0)
    return Block(
        block.subject,
        block.period,
        *opened_frames(block.subject, cells, values),
        tuple(json.loads(withheld)),
        Report(**json.loads(audit)) if audit else None,
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be stored, with the version that it will be and what it was made from.

    `origin` is the key of the party that it was received from; empty when this side made it.
    """

    block: Block
    version: int
    minimum: int
    watermark: int
    origin: str = ""


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
    for block in stored(connection):
        if block.state == "draft" and (block.subject, block.period) not in valid:
            raw.execute(connection, "DELETE FROM release_block WHERE id = ?", (block.id,))


def store(connection: Any, drafts: Sequence[Draft]) -> None:
    """Put drafts in the place of the drafts that were there for the same subject and period."""
    if not drafts:
        return
    following = raw.query(
        connection, "SELECT coalesce(max(id), 0) + 1 AS id FROM release_block", {"id": pl.Int64()}
    )["id"].item()
    for draft in drafts:
        raw.execute(
            connection,
            "DELETE FROM release_block WHERE state = 'draft' AND subject = ? AND period = ?",
            (draft.block.subject, draft.block.period),
        )
    rows = [_row(following + step, draft) for step, draft in enumerate(drafts)]
    raw.append(connection, "release_block", pl.DataFrame(rows, infer_schema_length=None))


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
        "origin": draft.origin,
        "cells": block.cells.height,
        "smallest": block.smallest,
        "people": block.people,
        "withheld": json.dumps(block.withheld),
        "audit": json.dumps(asdict(block.report)) if block.report else None,
        "sha256": fingerprint(cells, values),
        "cells_data": cells,
        "values_data": values,
        "built_at": moment(),
    }


def moment() -> datetime:
    """Now, in UTC, as `models.raw` takes it."""
    return datetime.now(UTC)


def publish(connection: Any, actor: str) -> int | None:
    """Publish every draft and the names of sites and own measures, as one numbered release.

    Returns the number; None when there is nothing new to publish.
    """
    waiting = any(block.state == "draft" for block in stored(connection))
    new = {table: _new(connection, table) for table in _NAMES}
    names = [table for table in _NAMES if not _told(connection, table).equals(new[table])]
    if not waiting and not names:
        return None
    number = _next_number(connection, actor)
    # An older version of what is published now has had its time.
    raw.execute(
        connection,
        "UPDATE release_block SET state = 'superseded' WHERE state = 'published' AND EXISTS "
        "(SELECT 1 FROM release_block AS newer WHERE newer.state = 'draft' "
        "AND newer.subject = release_block.subject AND newer.period = release_block.period)",
    )
    raw.execute(
        connection,
        "UPDATE release_block SET state = 'published', release = ?, published_at = ? "
        "WHERE state = 'draft'",
        (number, moment()),
    )
    for table in names:
        screens = str(_NAMES[table].__tablename__)
        raw.execute(connection, f"DELETE FROM {screens}")
        raw.append(connection, screens, new[table])
    return number


_NAMES: Mapping[str, type[ReleasedLocation] | type[ReleasedMeasure]] = {
    "locations": ReleasedLocation,
    "measures": ReleasedMeasure,
}


def _new(connection: Any, table: str) -> pl.DataFrame:
    """The names as the raw table has them now; those told before of what it lacks stay beside them.

    That came with a carried release, or its import was undone: what is published still needs it.
    """
    rows = raw.current(connection, table).select(list(_NAMES[table].model_fields))
    key = contract.STORED[table].key
    told = _told(connection, table).join(rows, on=key, how="anti")
    return pl.concat([rows, told]).sort(pl.all())


def _told(connection: Any, table: str) -> pl.DataFrame:
    """The names as screens have them."""
    types = contract.STORED[table].schema()
    schema = {name: types[name] for name in _NAMES[table].model_fields}
    return raw.query(connection, f"SELECT * FROM {_NAMES[table].__tablename__}", schema).sort(
        pl.all()
    )


def withdraw(connection: Any, subject: str, period: str, actor: str) -> int | None:
    """Take a published period of a subject back; the number of that act, None if it was not out."""
    raw.lock(connection)
    standing = [
        block
        for block in stored(connection)
        if (block.subject, block.period) == (subject, period) and block.state == "published"
    ]
    if not standing:
        return None
    number = _next_number(connection, actor)
    raw.execute(
        connection,
        "UPDATE release_block SET state = 'withdrawn' "
        "WHERE subject = ? AND period = ? AND state IN ('published', 'superseded')",
        (subject, period),
    )
    raw.execute(
        connection,
        "DELETE FROM release_block WHERE subject = ? AND period = ? AND state = 'draft'",
        (subject, period),
    )
    return number


def _next_number(connection: Any, actor: str) -> int:
    newest = raw.query(
        connection, "SELECT coalesce(max(number), 0) AS number FROM release", {"number": pl.Int64()}
    )
    number = int(newest.item()) + 1
    raw.execute(
        connection,
        "INSERT INTO release (number, published_at, actor) VALUES (?, ?, ?)",
        (number, moment(), actor),
    )
    return number
