"""A received release in and out of the database, in its child process: all of it, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from models import raw
from models.releases import store
from models.releases.carrying.beside import Held
from models.releases.carrying.form import Carried, Manifest
from models.releases.carrying.judging import Received
from models.tables import ReleasedLocation, ReleasedMeasure
from release.blocks import VALUES_SCHEMA, Block, cells_schema
from release.periods import parse
from release.subjects import SUBJECTS

_TEXT = pl.String()
_PLACES: Mapping[str, pl.DataType] = dict.fromkeys(ReleasedLocation.model_fields, _TEXT)
_MEASURES: Mapping[str, pl.DataType] = {
    name: pl.Float64() if name == "at_risk_from" else _TEXT for name in ReleasedMeasure.model_fields
}
_NAMES = {"locations": "released_location", "measures": "released_measure"}
"""Per table that is imported the one that screens read."""


def trusted(connection: Any) -> list[str]:
    """The public keys, as hexadecimal digits, whose releases are taken in."""
    rows = raw.query(connection, "SELECT key FROM trusted_key", {"key": _TEXT})
    return rows["key"].to_list()


def newest_number(connection: Any, key: str) -> int:
    """The sender's newest release that was taken in; 0 without any."""
    rows = raw.query(
        connection, "SELECT key, number FROM received_release", {"key": _TEXT, "number": pl.Int64()}
    )
    return int(rows.filter(pl.col("key") == key)["number"].max() or 0)  # type: ignore[arg-type]


def taken_in(connection: Any, sha256: str) -> int | None:
    """The release that this very file became; None when it was not taken in."""
    rows = raw.query(
        connection,
        "SELECT sha256, release FROM received_release",
        {"sha256": _TEXT, "release": pl.Int64()},
    ).filter(pl.col("sha256") == sha256)
    return None if rows.is_empty() else int(rows["release"].item())


def imported_measures(connection: Any) -> pl.DataFrame:
    """The company's own measures that this side imported."""
    return raw.current(connection, "measures").select(list(_MEASURES))


def own_measures(connection: Any) -> pl.DataFrame:
    """The company's own measures that screens know, wherever they come from."""
    return raw.query(connection, "SELECT * FROM released_measure", dict(_MEASURES))


def sites(connection: Any) -> list[str]:
    """The codes of the sites that screens know."""
    rows = raw.query(
        connection, "SELECT location_id FROM released_location", {"location_id": _TEXT}
    )
    return rows["location_id"].to_list()


def held(connection: Any) -> list[Held]:
    """Every block that is built, published or was withdrawn here."""
    return [
        Held(
            block.subject,
            block.period,
            block.version,
            block.state,
            block.origin,
            _opening(connection, block),
        )
        for block in store.stored(connection)
        if block.state != "superseded"
    ]


def _opening(connection: Any, block: store.Stored) -> Callable[[], Block]:
    return lambda: store.opened(connection, block)


def take_in(
    connection: Any,
    carried: Carried,
    fresh: Sequence[Received],
    standing: Sequence[Held],
    actor: str,
) -> int | None:
    """Store what is new as one numbered release; the number, None when nothing was new."""
    manifest = carried.manifest
    stones = [
        (stone.subject, stone.period)
        for stone in manifest.withdrawn
        if (stone.subject, stone.period, "withdrawn")
        not in {(each.subject, each.period, each.state) for each in standing}
    ]
    names = _names_differ(connection, manifest)
    number = None
    if fresh or stones or names:
        number = _newest(connection) + 1
        raw.execute(
            connection,
            "INSERT INTO release (number, published_at, actor) VALUES (?, ?, ?)",
            (number, store.moment(), actor),
        )
        key = carried.key.hex()
        _drop_drafts(connection, [(each.block.subject, each.block.period) for each in fresh])
        _publish(connection, fresh, number, key)
        _withdraw(connection, stones, {(each.subject, each.period) for each in standing}, key)
        _rename(connection, manifest)
    raw.execute(
        connection,
        "INSERT INTO received_release (sha256, key, number, release, actor, received_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            carried.sha256,
            carried.key.hex(),
            manifest.number,
            _newest(connection),
            actor,
            store.moment(),
        ),
    )
    return number


def _newest(connection: Any) -> int:
    """The newest release of this side; 0 without any."""
    rows = raw.query(
        connection, "SELECT coalesce(max(number), 0) AS number FROM release", {"number": pl.Int64()}
    )
    return int(rows["number"].item())


def trust(connection: Any, key: str, name: str, actor: str) -> None:
    """Take releases of this key in from now on."""
    if key not in trusted(connection):
        raw.execute(
            connection,
            "INSERT INTO trusted_key (key, name, actor, added_at) VALUES (?, ?, ?, ?)",
            (key, name, actor, store.moment()),
        )


def _drop_drafts(connection: Any, taken: Sequence[tuple[str, str]]) -> None:
    """Delete what was built here of periods that come from elsewhere now.

    Ready-made figures and answers are built anew when the other of them comes: a measure has one
    source.
    """
    for block in store.stored(connection):
        same = [
            parse(period)
            for subject, period in taken
            if subject == block.subject or "group" in (subject, block.subject)
        ]
        if block.state == "draft" and any(parse(block.period).overlaps(each) for each in same):
            raw.execute(connection, "DELETE FROM release_block WHERE id = ?", (block.id,))


def _publish(connection: Any, fresh: Sequence[Received], number: int, key: str) -> None:
    """Put the blocks out. No rows of this side are in them, so none may ever be added: severed."""
    store.store(connection, [store.Draft(r.block, r.version, r.minimum, 0, key) for r in fresh])
    for each in fresh:
        here = (each.block.subject, each.block.period)
        raw.execute(
            connection,
            "UPDATE release_block SET state = 'superseded' "
            "WHERE subject = ? AND period = ? AND state = 'published'",
            here,
        )
        raw.execute(
            connection,
            "UPDATE release_block SET state = 'published', severed = ?, release = ?, "
            "published_at = ? WHERE subject = ? AND period = ? AND state = 'draft'",
            (True, number, store.moment(), *here),
        )


def _withdraw(
    connection: Any, stones: Sequence[tuple[str, str]], standing: set[tuple[str, str]], key: str
) -> None:
    """Take the party's own periods back; one that never stood here is kept as an empty block."""
    unknown = [here for here in stones if here not in standing]
    store.store(
        connection,
        [store.Draft(_empty(*here), 1, minimum=0, watermark=0, origin=key) for here in unknown],
    )
    for here in stones:
        raw.execute(
            connection,
            "UPDATE release_block SET state = 'withdrawn' WHERE subject = ? AND period = ? "
            "AND origin = ? AND state IN ('published', 'superseded', 'draft')",
            (*here, key),
        )


def _empty(subject: str, period: str) -> Block:
    cells = pl.DataFrame(schema=cells_schema(SUBJECTS[subject].dims))
    return Block(subject, period, cells, pl.DataFrame(schema=VALUES_SCHEMA))


def _frames(connection: Any, manifest: Manifest) -> dict[str, tuple[str, pl.DataFrame]]:
    """Per table of names its key and the rows of the file, but for what this side imported."""
    places = [place.model_dump() for place in manifest.locations]
    own = [measure.model_dump() for measure in manifest.measures]
    found = {
        "locations": ("location_id", pl.DataFrame(places, schema=dict(_PLACES))),
        "measures": ("measure", pl.DataFrame(own, schema=dict(_MEASURES))),
    }
    return {
        _NAMES[table]: (key, rows.join(raw.current(connection, table), on=key, how="anti"))
        for table, (key, rows) in found.items()
    }


def _names_differ(connection: Any, manifest: Manifest) -> bool:
    for table, (_, rows) in _frames(connection, manifest).items():
        there = raw.query(connection, f"SELECT * FROM {table}", dict(rows.schema))
        if rows.join(there, on=rows.columns, how="anti", nulls_equal=True).height:
            return True
    return False


def _rename(connection: Any, manifest: Manifest) -> None:
    """Names of the file take the place of those that were received; others stay."""
    for table, (key, rows) in _frames(connection, manifest).items():
        if rows.height:
            raw.execute(
                connection, f"DELETE FROM {table} WHERE {raw.among(key, rows[key].to_list())}"
            )
            raw.append(connection, table, rows)
