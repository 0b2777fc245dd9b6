"""Problems as CSV and as JSON."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from models.imports.notes import Note
from models.imports.problems import Cause, Translate
from models.imports.reporting import places

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a text for a formula."""


def write_csv(path: Path, causes: Sequence[Cause], translate: Translate) -> None:
    """Write a row per kept place, in UTF-8 with the mark by which Excel knows it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([translate(heading) for heading in places.HEADINGS])
        for row in places.rows(causes, translate):
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def harmless(text: str) -> str:
    """The text such that no spreadsheet runs it: an apostrophe before what begins a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_json(path: Path, causes: Sequence[Cause], notes: Sequence[Note]) -> None:
    """Write causes and remarks as the terminal's `--json` does."""
    content = {
        "problems": [cause.to_json() for cause in causes],
        "notes": [note.to_json() for note in notes],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
