"""All problems as a workbook: a summary by cause, then a sheet per file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metrics.words import N_
from models.imports.notes import Note
from models.imports.problems import Cause, Translate
from models.imports.reporting import places
from models.imports.reporting.cells import Styles, cut, sheet_name

MOST_SHEETS = 100
"""Files with a sheet of their own; the others stand in the summary and in the table."""

SUMMARY = N_("Summary")
REMARKS = N_("Remarks")
WARNING = N_("Warning")
_HEADINGS = (
    N_("File"),
    N_("Column"),
    N_("Times"),
    N_("What is wrong"),
    N_("How to mend it"),
    N_("Most frequent values"),
    N_("Rule"),
)
_WIDTHS = (26, 18, 10, 60, 60, 40, 20)


def write(path: Path, causes: Sequence[Cause], notes: Sequence[Note], translate: Translate) -> None:
    """Write the workbook; causes are in the order of ``causes``."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        styles, taken = Styles(book), set[str]()
        summary = book.add_worksheet(sheet_name(translate(SUMMARY), taken))
        lines = [_line(cause, translate) for cause in causes]
        _table(summary, [translate(h) for h in _HEADINGS], lines, _WIDTHS, styles)
        if notes:
            remarks = book.add_worksheet(sheet_name(translate(REMARKS), taken))
            told = [
                (translate(WARNING) if note.warning else "", note.message(translate))
                for note in notes
            ]
            _table(remarks, ["", translate(REMARKS)], told, (12, 120), styles)
        for file in list(dict.fromkeys(cause.file for cause in causes))[:MOST_SHEETS]:
            mine = [cause for cause in causes if cause.file == file]
            sheet = book.add_worksheet(sheet_name(file, taken))
            headings = [translate(heading) for heading in places.HEADINGS]
            _table(sheet, headings, list(places.rows(mine, translate)), places.WIDTHS, styles)


def _line(cause: Cause, translate: Translate) -> tuple[Any, ...]:
    first = cause.examples[0]
    values = ", ".join(
        f"{value.text} ({value.count:,})" + (f" → {value.meant}" if value.meant else "")
        for value in cause.values[:5]
    )
    return (
        cause.file,
        cause.column or "",
        cause.count,
        first.message(translate),
        first.remedy(translate),
        values,
        cause.rule,
    )


def _table(
    sheet: Any,
    headings: Sequence[str],
    lines: Sequence[Sequence[Any]],
    widths: Sequence[int],
    styles: Styles,
) -> None:
    """Write headings and rows, with the headings fixed and a filter on them."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles.head)
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(row, column, value, styles.wrap)
            elif value:
                sheet.write_string(row, column, cut(value), styles.wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(headings) - 1)
