"""What undoing a batch means, in plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to the rows of one table when their batch is undone.

    Attributes:
        rows: how many go.
        gone: of these, how many no other batch has: they are there no longer.
        older: for how many the row of an older batch holds again.
        replaced: how many a newer batch had replaced already: nothing changes.
    """

    rows: int
    gone: int
    older: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Orphans:
    """Rows of other batches that refer to what only this batch brought."""

    table: str
    column: str
    rows: int


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing a batch means, or meant.

    Attributes:
        batch: its number.
        tables: the fate of its rows, per table.
        orphans: where rows of other batches are left without what they refer to.
        drafts: per subject, how many drafts are thrown away; the next build makes them anew.
        severed: the published (subject, period) that were made with these rows. They stay as they
            are, and can't grow any more; a period can be withdrawn as a whole.
    """

    batch: int
    tables: Mapping[str, Fate] = field(default_factory=dict)
    orphans: tuple[Orphans, ...] = ()
    drafts: Mapping[str, int] = field(default_factory=dict)
    severed: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> int:
        """Rows that go, in all tables."""
        return sum(fate.rows for fate in self.tables.values())

    def to_json(self) -> dict[str, Any]:
        """As plain values; see `from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Undoing":
        """What `to_json` gave, after a way through JSON."""
        return cls(
            values["batch"],
            {name: Fate(**fate) for name, fate in values["tables"].items()},
            tuple(Orphans(**each) for each in values["orphans"]),
            dict(values["drafts"]),
            tuple((subject, period) for subject, period in values["severed"]),
        )


class UndoRefused(ValueError):
    """There is no such batch, or it was undone already; `reason` is one of the two words."""

    def __init__(self, batch: int, reason: str) -> None:
        said = {"unknown": "does not exist", "undone": "was undone already"}[reason]
        super().__init__(f"batch {batch} {said}; nothing was changed")
        self.batch = batch
        self.reason = reason
