"""What is wrong with files, as files: a table, JSON, a workbook, and an annotated copy of each."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from models.imports.notes import Note
from models.imports.problems import Cause
from models.imports.readers import Sheet
from models.imports.reporting import annotated, table, workbook
from models.imports.service import Tell, silent

TABLE = "problems.csv"
JSON = "problems.json"
WORKBOOK = "problems.xlsx"
COPIES = "annotated"
WHOLE = "werkvloer-report.zip"
"""Names within the report's folder; WHOLE holds all the others."""


def write(
    folder: Path,
    causes: tuple[Cause, ...],
    notes: tuple[Note, ...],
    sheets: Iterable[Sheet] = (),
    words: Mapping[str, str] | None = None,
    tell: Tell = silent,
) -> None:
    """Write the whole report into ``folder``, which is made when it is not there.

    Args:
        folder: for its owner only when made here: the files hold what was brought.
        causes: what is wrong, as the check gave it.
        notes: the check's remarks.
        sheets: the files as they were read; a copy is made of those with problems.
        words: translations of texts; what is not among them stays English.
        tell: told how many copies are made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    translate = _translation(words or {})
    table.write_csv(folder / TABLE, causes, translate)
    table.write_json(folder / JSON, causes, notes)
    workbook.write(folder / WORKBOOK, causes, notes, translate)
    wrong = {cause.file for cause in causes}
    chosen = [sheet for sheet in sheets if sheet.source.name in wrong]
    for place, (sheet, name) in enumerate(zip(chosen, _names(chosen), strict=True)):
        tell("reporting", place, len(chosen))
        (folder / COPIES).mkdir(mode=0o700, exist_ok=True)
        mine = [cause for cause in causes if cause.file == sheet.source.name]
        annotated.write(folder / COPIES / name, sheet, mine, translate)
    _pack(folder)


def _translation(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: words.get(text) or text


def _names(sheets: list[Sheet]) -> list[str]:
    """A file name for each copy, all different."""
    names: list[str] = []
    for sheet in sheets:
        stem = "".join(s if s.isalnum() or s in "-_" else "_" for s in sheet.source.stem)[:80]
        name, number = f"{stem}.xlsx", 1
        while name in names:
            number += 1
            name = f"{stem}-{number}.xlsx"
        names.append(name)
    return names


def _pack(folder: Path) -> None:
    files = [folder / TABLE, folder / JSON, folder / WORKBOOK]
    files += sorted((folder / COPIES).glob("*.xlsx"))
    with zipfile.ZipFile(folder / WHOLE, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.relative_to(folder).as_posix())
