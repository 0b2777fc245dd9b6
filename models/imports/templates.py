"""A file per table to start from: the headings and one example row."""

import csv
from pathlib import Path

from models.imports.contract import TABLES


def write(folder: Path) -> tuple[Path, ...]:
    """Write `<table>.csv` for every table; together they form a small valid import.

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
    return tuple(written)
