"""Where to start from: each table with its headings, an example row and what every column means."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from models.imports.contract import KINDS, TABLES, Column, Table

WORKBOOK = "werkvloer.xlsx"
README = "README.md"
_LAST_ROW = 1_048_575
_WIDEST = 32
_NUMBERS = ("integer", "number", "share")
_FORMS = {"date": ("%Y-%m-%d", "yyyy-mm-dd"), "timestamp": ("%Y-%m-%d %H:%M", "yyyy-mm-dd hh:mm")}
"""Of dates: as an example writes them, and as a spreadsheet shows them."""


def write(folder: Path) -> tuple[Path, ...]:
    """Write `<table>.csv` for every table and a README; together they form a small valid import.

    Raises:
        FileExistsError: one of them is there already; none is overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for table in TABLES.values():
        path = folder / f"{table.name}.csv"
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.names)
            writer.writerow([column.example for column in table.columns])
        written.append(path)
    return (*written, _readme(folder, "a file", "file"))


def write_workbook(folder: Path) -> tuple[Path, ...]:
    """Write one workbook with a sheet per table, and a README.

    Headings say in a comment what the column means; those that must be filled are dark. Columns
    with fixed words have a list to choose from.

    Raises:
        FileExistsError: one of them is there already; none is overwritten.
    """
    import xlsxwriter

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / WORKBOOK
    with path.open("xb") as file, xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        forms = _formats(book)
        for table in TABLES.values():
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                _heading(sheet, place, column, forms)
                _example(sheet, place, column, forms)
                _choices(sheet, place, column)
    return (path, _readme(folder, "a sheet", "sheet"))


def _formats(book: Any) -> dict[str, Any]:
    plain = {"bold": True, "bg_color": "#DCE9EA", "border": 1, "border_color": "#CBD2D0"}
    must = {**plain, "bg_color": "#0E5A6B", "font_color": "#FFFFFF"}
    dated = {kind: book.add_format({"num_format": shown}) for kind, (_, shown) in _FORMS.items()}
    # Codes stay as they are typed: a spreadsheet would take the zeros off 00183.
    text = book.add_format({"num_format": "@"})
    return {"must": book.add_format(must), "may": book.add_format(plain), "text": text, **dated}


def _heading(sheet: Any, place: int, column: Column, forms: dict[str, Any]) -> None:
    must = "must be filled in every row" if column.required else "may be left empty"
    words = f"{column.about}\n\n{_allowed(column)}\n{must}"
    width = min(_WIDEST, max(len(column.name), len(column.example)) + 4)
    sheet.set_column(place, place, width, forms.get(_shown_as(column)))
    sheet.write_string(0, place, column.name, forms["must" if column.required else "may"])
    sheet.write_comment(0, place, words, {"x_scale": 1.6, "y_scale": 1.2, "author": "Werkvloer"})


def _allowed(column: Column) -> str:
    if column.options:
        return "one of: " + ", ".join(column.options)
    words = KINDS[column.kind].replace("`", "")
    if column.low is not None and column.high is not None:
        return f"{words}; from {column.low:g} to {column.high:g}"
    return words if column.low is None else f"{words}; at least {column.low:g}"


def _shown_as(column: Column) -> str:
    """Which format the cells of a column have."""
    return column.kind if column.kind in _FORMS else "" if column.kind in _NUMBERS else "text"


def _example(sheet: Any, place: int, column: Column, forms: dict[str, Any]) -> None:
    form = forms.get(_shown_as(column))
    if not column.example:
        return
    if column.kind in _NUMBERS:
        sheet.write_number(1, place, float(column.example))
    elif column.kind in _FORMS:
        moment = datetime.strptime(column.example, _FORMS[column.kind][0])  # noqa: DTZ007
        sheet.write_datetime(1, place, moment, form)
    else:
        sheet.write_string(1, place, column.example, form)


def _choices(sheet: Any, place: int, column: Column) -> None:
    words = column.options or (("true", "false") if column.kind == "boolean" else ())
    if words:
        sheet.data_validation(
            1,
            place,
            _LAST_ROW,
            place,
            {
                "validate": "list",
                "source": list(words),
                "error_title": "Not one of the words",
                "error_message": "Choose one of: " + ", ".join(words),
            },
        )


def _readme(folder: Path, each: str, one: str) -> Path:
    path = folder / README
    with path.open("x", encoding="utf-8") as file:
        file.write("\n".join(_explained(folder, each, one)))
    return path


def _explained(folder: Path, each: str, one: str) -> Iterator[str]:
    yield "# Your own data for Werkvloer\n"
    yield (
        f"Here is {each} per table, with its headings and one example row. Most tables are "
        f"optional: begin with `locations` and one other, and remove every {one} that you do not "
        "use.\n"
    )
    yield "1. Take the example rows out, and put your own rows in."
    yield "2. Columns may be left out or empty, except those with a * below."
    command = f"python manage.py import {folder}"
    yield f"3. See what is wrong, without storing anything: `{command} --dry-run`"
    yield f"4. Store it: `{command}`"
    yield "5. Make the groups, look, and publish: `python manage.py release publish`\n"
    yield (
        "Are your files of another shape, with other headings? Leave them as they are, and let "
        "`python manage.py mapping guess FILE` write down how they are read.\n"
    )
    yield f"| {one.capitalize()} | A row is | Must be filled |"
    yield "|---|---|---|"
    for table in TABLES.values():
        yield f"| {table.name} | {table.about} | {', '.join(_needed(table))} |"
    yield "\nEvery column is described in docs/data-contract.md.\n"


def _needed(table: Table) -> list[str]:
    return [f"{column.name}*" for column in table.columns if column.required]
