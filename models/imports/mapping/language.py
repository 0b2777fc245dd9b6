"""The language of mappings: how files of another program become tables of the contract.

A mapping is a TOML file. Every word of it stands in this module; `docs/data-contract.md` shows it.
"""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Literal

from models.imports.reading.headings import Layout

Take = Literal["first", "last", "sum", "mean", "min", "max", "count", "n_unique"]
TAKES: tuple[Take, ...] = ("first", "last", "sum", "mean", "min", "max", "count", "n_unique")
NUMERIC_TAKES: tuple[Take, ...] = ("sum", "mean", "min", "max")

Otherwise = Literal["problem", "keep", "missing"]
OTHERWISE: tuple[Otherwise, ...] = ("problem", "keep", "missing")

Span = Literal["year", "quarter", "month", "four_weeks"]
USUAL = "usual"
USUAL_MISSING = (
    *("-", "--", "–", "—", ".", "?", "NA", "N/A", "n/a", "na", "#N/A", "#NULL!", "n.v.t.", "nvt"),
    *("N.v.t.", "null", "NULL", "Null", "<NA>", "NaN", "nan", "None", "onbekend", "unknown"),
)
"""What `missing = "usual"` stands for."""

SPANS: tuple[Span, ...] = ("year", "quarter", "month", "four_weeks")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where one column of a table comes from.

    In the order in which they work: ``source`` (`from`) is a heading of the file or ``constant``
    (`value`) a value for all rows; ``only`` makes every other value missing; ``values`` (`map`)
    replaces values, with ``otherwise`` for the rest (a problem, keep, missing); ``dates`` are
    forms of dates tried before ISO; ``period`` turns the date into its year, quarter, month or
    four weeks; ``default`` fills empty cells.

    Where rows are grouped, ``take`` says what remains of a group (`first` and `last` pass over
    empty cells; `count` and `n_unique` count filled ones). ``weight`` makes `mean` a weighted
    mean, ``per`` makes `sum` a ratio of two sums. ``within`` takes over wider groups than the
    rows': the columns it names. ``scale`` multiplies the outcome.
    """

    name: str
    source: str | None = None
    constant: str | None = None
    only: tuple[str, ...] = ()
    values: Dict[str, str] = field(default_factory=dict)
    otherwise: Otherwise = "problem"
    dates: tuple[str, ...] = ()
    period: Span | None = None
    default: str | None = None
    take: Take = "first"
    weight: str | None = None
    per: str | None = None
    within: tuple[str, ...] = ()
    scale: float | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it reads."""
        return tuple(h for h in (self.source, self.weight, self.per) if h is not None)


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows by one column: with one of ``values``, a number between ``low`` and ``high``, a date
    in one of the ``months``, or any value at all (``filled``)."""

    heading: str
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    months: tuple[int, ...] = ()
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Rises:
    """Rows where a number is higher than in the row before it of the same ``within``."""

    heading: str
    within: str
    order: str


@dataclass(frozen=True, slots=True)
class Unpivot:
    """Several measures side by side become a row each.

    ``into`` is the column that says which; ``rows`` holds, per value of it, the heading that
    each other column comes from. A row without one of its cells is left out.
    """

    into: str
    rows: Dict[str, Dict[str, str]]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that it fills."""
        first = next(iter(self.rows.values()), {})
        return (self.into, *first)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it reads."""
        return tuple(heading for row in self.rows.values() for heading in row.values())


@dataclass(frozen=True, slots=True)
class TableMap:
    """One table out of one file.

    In the order in which they work: ``keep`` and ``drop`` filter rows, ``rises`` keeps rows where
    a count went up, ``unpivot`` makes rows out of columns, ``columns`` are filled, ``group`` makes
    one row of all with the same values in these columns, in the ``order`` of some headings.
    ``known`` leaves out rows whose value in these columns is not known elsewhere. ``not_before``
    raises a date to a column of another table (`at = "ideas.submitted_on"`) where it lies before.
    """

    table: str
    columns: tuple[ColumnMap, ...]
    keep: tuple[Filter, ...] = ()
    drop: tuple[Filter, ...] = ()
    rises: Rises | None = None
    unpivot: Unpivot | None = None
    group: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    not_before: Dict[str, str] = field(default_factory=dict)

    @property
    def at_once(self) -> bool:
        """Whether a row depends on other rows, so that all of them must be read at once."""
        return bool(self.group or self.order or self.rises)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it reads, each once."""
        read = [heading for column in self.columns for heading in column.headings]
        read += [rule.heading for rule in (*self.keep, *self.drop)]
        read += self.order
        if self.rises:
            read += [self.rises.heading, self.rises.within, self.rises.order]
        if self.unpivot:
            read = [heading for heading in read if heading not in self.unpivot.names]
            read += self.unpivot.headings
        return tuple(dict.fromkeys(read))


@dataclass(frozen=True, slots=True)
class FileMap:
    """Files by their names (``match``, with `*`), and the tables that they feed.

    ``missing`` are cells that mean empty; ``dates`` forms of dates. ``decimal_comma`` says that a
    comma in a number is decimal and a point groups thousands, ``decimal_point`` the other way
    round; without either, a number that reads two ways is a problem. ``header_row`` is the row
    of the headings and ``header_rows`` how many rows they take, of which the first has the names;
    ``skip_rows`` rows at the top are no part of the table. ``sheet`` is the name of a workbook's
    sheet, with `*`.
    """

    match: tuple[str, ...]
    tables: tuple[TableMap, ...]
    missing: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    decimal_comma: bool = False
    header_row: int | None = None
    header_rows: int = 1
    skip_rows: int = 0
    sheet: str = ""
    decimal_point: bool = False

    @property
    def thousands(self) -> str:
        """The sign that can only group thousands; empty when nobody says."""
        return "." if self.decimal_comma else "," if self.decimal_point else ""

    @property
    def layout(self) -> Layout:
        """Where the headings stand, and on which sheet."""
        return Layout(self.header_row, self.header_rows, self.skip_rows, self.sheet)


@dataclass(frozen=True, slots=True)
class FixedRows:
    """Rows that the mapping itself brings, such as its own measures."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping."""

    name: str
    about: str
    files: tuple[FileMap, ...]
    rows: tuple[FixedRows, ...] = ()
