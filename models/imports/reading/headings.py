"""Where the headings stand in a sheet, and what they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.words import N_

HEADINGS_BELOW = N_("{file}: the headings were found in row {row}.")

COLUMNS_LIMIT = 2_000
"""Columns that a file may have."""

HEADING_LIMIT = 500
"""Characters of a heading."""

LOOKED_AT = 50
"""Rows at the top of a sheet among which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a mapping says about where the headings stand, and on which sheet of a workbook.

    ``header_row`` is their row as a spreadsheet counts; None: they are looked for below the
    first ``skip_rows`` rows. ``header_rows`` is how many rows they take: the first has the names,
    the others are passed over. ``sheet`` is the name of a sheet, with `*`; empty: any.
    """

    header_row: int | None = None
    header_rows: int = 1
    skip_rows: int = 0
    sheet: str = ""


def looked_at(layout: Layout) -> int:
    """How many rows at the top must be seen to find the headings."""
    return max(LOOKED_AT + layout.skip_rows, layout.header_row or 0)


def headings_row(rows: Sequence[Sequence[str]], layout: Layout) -> int | None:
    """The row of the headings (the first is 1); None when there is none.

    It is the first row with anything in it. A row with a single filled cell above one with
    several is a title, not the headings.
    """
    if layout.header_row is not None:
        return layout.header_row if layout.header_row <= len(rows) else None
    rows = rows[: looked_at(layout)]
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    several = max(filled[layout.skip_rows :], default=0) > 1
    for row, count in enumerate(filled, start=1):
        if row > layout.skip_rows and count > int(several):
            return row
    return None


def names(headings: Sequence[str]) -> list[str]:
    """A distinct name for each column: its heading, or its place when that is empty or used."""
    seen: set[str] = set()
    found: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = heading if heading and heading not in seen else f"{heading or 'column'} ({place})"
        seen.add(name)
        found.append(name)
    return found


def cleaned(heading: str) -> str:
    """A heading without blanks around it and without marks that can't be seen."""
    return heading.replace("\ufeff", "").replace("\u200b", "").strip()
