"""What an import would change, said before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STATES = ("new", "draft", "late", "waits", "withdrawn", "open")
"""What a period that rows speak of is to the next release.

new: built for the first time. draft: built anew; it is not published. late: published, and rows
only join it: a new version is made where every group gains nobody or enough people, else they wait.
waits: published, and its rows were corrected, or nothing may join it. withdrawn: it does not come
back. open: it is not over.
"""


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One table of an import beside what stands.

    Attributes:
        added, changed, unchanged: rows that are brought, by their keys.
        columns: how often each column changed.
        absent: rows that stand in the periods that are brought (without periods: in the table),
            are not brought, and stay.
        older, gone: rows of the batch that is replaced and not brought again: of how many an older
            batch's row holds again; how many are there no longer.
    """

    added: int
    changed: int
    unchanged: int
    columns: Mapping[str, int]
    absent: int
    older: int
    gone: int

    @property
    def any(self) -> bool:
        """Whether anything is different."""
        return bool(self.added or self.changed or self.older or self.gone)


@dataclass(frozen=True, slots=True)
class Compared:
    """One table, with where its differences lie.

    Attributes:
        told: the counts.
        new_on: the periods (without: the days) of rows that are added, as texts.
        other_on: those of rows that change or go, before and after.
    """

    told: TableDifference
    new_on: tuple[str, ...]
    other_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would change.

    Attributes:
        tables: per table, in the order of the contract.
        periods: subject, state (see `STATES`) and the periods in it, by time.
        replaces: the batch that it would take the place of.
    """

    tables: Mapping[str, TableDifference] = field(default_factory=dict)
    periods: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    replaces: int | None = None

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Difference":
        """What `models.imports.comparing.compare` gave, after a way through JSON."""
        return cls(
            {name: TableDifference(**one) for name, one in values["tables"].items()},
            tuple((subject, state, tuple(all_)) for subject, state, all_ in values["periods"]),
            values["replaces"],
        )
