"""Every table of the database.

The raw tables come from the data contract, one `raw_<table>` each with the contract's columns and
the `batch` that brought the row, so that contract and store can't differ. They are written and
read in bulk, never row by row, and only by the collecting party's child processes.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from models.imports import contract

RAW = "raw_"

_TYPES: dict[contract.Kind, type[TypeEngine[Any]]] = {
    "text": String,
    "code": String,
    "option": String,
    "period": String,
    "integer": BigInteger,
    "number": Float,
    "share": Float,
    "boolean": Boolean,
    "date": Date,
    "timestamp": DateTime,
}


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


class Batch(SQLModel, table=True):
    """One import that was stored.

    `sha256` is of the content, in whatever order and format it came; `files` holds `name`, `sha256`
    and `bytes` of each file as it came. The row stays when the batch is undone (`undone_at`): its
    number is never used again.
    """

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime = Field(default_factory=now)
    source: str
    sha256: str = Field(index=True)
    actor: str = ""
    rows: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    files: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    mapping: str = ""
    undone_at: datetime | None = None
    undone_by: str | None = None


class Arrival(SQLModel, table=True):
    """What a batch brought of one table, per site and period: it tells how fresh the table is.

    `period` is that of the rows, or the month of their day, or empty; `location_id` is empty where
    a row has none. `last_on`: the newest day among the rows, of tables that come by day.
    """

    batch: int = Field(primary_key=True)
    table_name: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    rows: int
    last_on: date | None = None


class JobRecord(SQLModel, table=True):
    """What became of a job that writes; see `models.journal`.

    With `finished_at` it was written in the job's own transaction, so it holds when the work does.
    With `stopped_at` the job was killed, and nothing of it was stored.
    """

    __tablename__ = "job"

    id: str = Field(primary_key=True)
    kind: str
    about: str = ""
    actor: str = ""
    started_at: datetime = Field(default_factory=now)
    finished_at: datetime | None = None
    stopped_at: datetime | None = None
    outcome: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))


class SavedMapping(SQLModel, table=True):
    """A mapping that a steward saved by name, in the same TOML as a file would have."""

    __tablename__ = "saved_mapping"

    name: str = Field(primary_key=True)
    toml: str
    actor: str = ""
    saved_at: datetime = Field(default_factory=now)


class TrustedKey(SQLModel, table=True):
    """A collecting party whose signed releases are taken in; `key` is its public key."""

    __tablename__ = "trusted_key"

    key: str = Field(primary_key=True)
    name: str
    actor: str = ""
    added_at: datetime = Field(default_factory=now)


class ReceivedRelease(SQLModel, table=True):
    """A signed release of another installation that was taken in, as release `release` here."""

    __tablename__ = "received_release"

    sha256: str = Field(primary_key=True)
    key: str
    number: int
    release: int
    actor: str = ""
    received_at: datetime = Field(default_factory=now)


class Setting(SQLModel, table=True):
    """A setting of this installation, such as the minimum size of a cell."""

    key: str = Field(primary_key=True)
    value: str


class Target(SQLModel, table=True):
    """The value of a measure or metric that the company aims for."""

    measure: str = Field(primary_key=True)
    value: float


class ReleaseNumber(SQLModel, table=True):
    """Each act of publishing or withdrawing has a number, by which screens know what they show."""

    __tablename__ = "release"

    number: int = Field(primary_key=True)
    published_at: datetime = Field(default_factory=now)
    actor: str = ""


class ReleaseBlock(SQLModel, table=True):
    """The cells of one subject and period, in one version: published or withdrawn as a whole.

    `cells_data` and `values_data` are Parquet (see `release.blocks`); `sha256` is of the two in
    that order. `watermark` is the newest batch whose rows could be in it. `severed`: rows that it
    was made of were undone since, so that it can't grow any more; `spent` are their marks (see
    `models.releases.spent`). `audit`: what the audit of its two views says, as
    `release.blocks.Report`; empty where there is one view. `origin`: the key of the party that it
    was received from; empty when this side made it.
    """

    __tablename__ = "release_block"
    __table_args__ = (UniqueConstraint("subject", "period", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    period: str
    version: int
    state: str = Field(index=True)
    minimum: int
    watermark: int
    severed: bool = False
    origin: str = ""
    spent: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    release: int | None = Field(default=None, index=True)
    cells: int
    smallest: int | None
    people: int
    withheld: list[str] = Field(sa_column=Column(JSON, nullable=False))
    audit: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    sha256: str
    cells_data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    values_data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    built_at: datetime = Field(default_factory=now)
    published_at: datetime | None = None


class ReleasedLocation(SQLModel, table=True):
    """A site, as screens name and group it. Sites are no secret; who answered there is."""

    __tablename__ = "released_location"

    location_id: str = Field(primary_key=True)
    name: str
    region: str | None = None
    country: str | None = None
    city: str | None = None
    kind: str | None = None


class ReleasedMeasure(SQLModel, table=True):
    """A measure of the company's own, as the data contract brings it."""

    __tablename__ = "released_measure"

    measure: str = Field(primary_key=True)
    label_en: str
    label_nl: str | None = None
    side: str
    rater: str
    unit: str
    better: str
    theme: str | None = None
    at_risk_from: float | None = None


def _raw_table(table: contract.Table) -> Table:
    columns: list[Any] = [
        Column(column.name, _TYPES[column.kind], nullable=True) for column in table.columns
    ]
    return Table(
        f"{RAW}{table.name}",
        SQLModel.metadata,
        *columns,
        Column("batch", Integer, nullable=False),
        Index(f"ix_{RAW}{table.name}_batch", "batch"),
    )


RAW_TABLES: dict[str, Table] = {name: _raw_table(table) for name, table in contract.STORED.items()}
