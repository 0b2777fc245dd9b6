"""A company small enough to read: two sites and a row or two of every table, all valid."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.imports.problems import Problem
from models.imports.service import Report, check

Rows = Sequence[Mapping[str, str]]


def locations(*ids: str) -> Rows:
    return [{"location_id": one, "name": f"Site {one}"} for one in ids or ("A", "B")]


def answer(response: str = "r1", **changes: str) -> dict[str, str]:
    """One survey answer, long."""
    return {
        "response_id": response,
        "wave": "2024-Q1",
        "answered_on": "2024-02-01",
        "location_id": "A",
        "item": "bat01",
        "score": "3",
        **changes,
    }


def wide(response: str = "r1", **scores: str) -> dict[str, str]:
    """One response, wide."""
    about = answer(response)
    return {name: about[name] for name in about if name not in ("item", "score")} | scores


def figure(**changes: str) -> dict[str, str]:
    """One ready-made group measurement."""
    return {
        "period": "2024",
        "location_id": "A",
        "measure": "own",
        "n": "20",
        "value": "12.5",
        **changes,
    }


def measure(code: str = "own", **changes: str) -> dict[str, str]:
    """One measure of the company's own."""
    return {
        "measure": code,
        "label_en": code,
        "side": "wx",
        "rater": "employee",
        "unit": "percent",
        "better": "lower",
        **changes,
    }


def write_csv(path: Path, rows: Rows, *, separator: str = ",", bom: bool = False) -> Path:
    """Write rows with the union of their columns as headings."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    encoding = "utf-8-sig" if bom else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, delimiter=separator, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write(folder: Path, **tables: Rows) -> Path:
    """Write one CSV a table; `locations` are there unless given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {"locations": locations(), **tables}.items():
        if rows:
            write_csv(folder / f"{name}.csv", rows)
    return folder


def checked(folder: Path, **tables: Rows) -> Report:
    """Write the tables and check them against an empty database."""
    return check((write(folder, **tables),))


def problems(report: Report) -> list[Problem]:
    """Every kept problem of a report."""
    return [problem for cause in report.problems for problem in cause.examples]


def places(report: Report) -> list[tuple[str, int | None, str | None, str | None]]:
    """Rule, row, column and value of every kept problem."""
    return [(one.rule, one.row, one.column, one.value) for one in problems(report)]
