"""What an import would change, said before anything is stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.imports.comparing import Brought

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
        """What `compare` gave, after a way through JSON."""
        return cls(
            {name: TableDifference(**one) for name, one in values["tables"].items()},
            tuple((subject, state, tuple(all_)) for subject, state, all_ in values["periods"]),
            values["replaces"],
        )


def compare(
    connection: Any, brought: "Brought", *, replace: int | None = None, as_of: date | None = None
) -> dict[str, Any]:
    """The difference between checked rows and what stands, as plain values; see `Difference`.

    Only for the child process.

    Args:
        connection: an ADBC connection; it is only read from.
        brought: the rows in their stored form, such as `models.imports.store.Finished`.
        replace: the batch that they would take the place of.
        as_of: the day on which a period has to be over to be released; None is today.
    """
    from models.imports.comparing import compared, tables_of
    from models.imports.contract import STORED
    from models.imports.reaching import reached

    named = {*brought.rows, *(tables_of(connection, replace) if replace is not None else ())}
    tables = {
        name: compared(connection, table, brought, replace)
        for name, table in STORED.items()
        if name in named
    }
    told = {
        name: TableDifference(
            one.added, one.changed, one.unchanged, one.columns, one.absent, one.older, one.gone
        )
        for name, one in tables.items()
    }
    periods = reached(connection, tables, as_of or datetime.now(UTC).date())
    return {
        "tables": {name: asdict(one) for name, one in told.items()},
        "periods": [[subject, state, found] for (subject, state), found in periods.items()],
        "replaces": replace,
    }
