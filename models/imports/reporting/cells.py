"""Cells of a workbook, written such that text stays text: no formula, no link, nothing cut off."""

from datetime import date, datetime
from typing import Any

MOST_CHARACTERS = 32_000
"""What fits in a cell of XLSX, with room for a word on the rest."""

_EXACT = 2**53
_FIRST_YEAR = 1900


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})

    def cell(self, kind: str = "", *, wrong: bool = False) -> Any:
        """The format of a cell of data: its kind of number, and whether it is wrong."""
        if not kind and not wrong:
            return None
        if (kind, wrong) not in self._made:
            colours = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1}
            number = {"num_format": kind} if kind else {}
            self._made[kind, wrong] = self._book.add_format(
                {**number, **(colours if wrong else {})}
            )
        return self._made[kind, wrong]


def put(sheet: Any, row: int, column: int, value: object, styles: Styles, *, wrong: bool) -> None:
    """Write one value as what it is; anything a cell can't hold exactly becomes text."""
    if value is None:
        if wrong:
            sheet.write_blank(row, column, None, styles.cell(wrong=True))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles.cell(wrong=wrong))
    elif isinstance(value, datetime) and value.year >= _FIRST_YEAR and value.tzinfo is None:
        style = styles.cell("yyyy-mm-dd hh:mm:ss", wrong=wrong)
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, value, styles.cell("yyyy-mm-dd", wrong=wrong))
    elif isinstance(value, int | float) and abs(value) < _EXACT:
        sheet.write_number(row, column, value, styles.cell(wrong=wrong))
    else:
        sheet.write_string(row, column, cut(str(value)), styles.cell(wrong=wrong))


def cut(text: str) -> str:
    """A text that fits in a cell."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that XLSX allows, not yet in ``taken`` (lower case), to which it is added."""
    plain = "".join("_" if sign in "[]:*?/\\" else sign for sign in wanted).strip("' ")[:31] or "-"
    name, number = plain, 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        name = f"{plain[: 30 - len(str(number))]} {number}"
    taken.add(name.lower())
    return name
