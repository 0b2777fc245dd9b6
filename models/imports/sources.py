"""Which files there are: one file, a folder, or a zip that is guarded against bombs and escapes."""

import os
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from metrics.words import N_
from models.imports import unpacking
from models.imports.notes import Note
from models.imports.problems import Problem, ProblemLog
from models.imports.unpacking import (
    BROKEN,
    Scratch,
    TooLarge,
    too_large,
    unpack_entry,
    unpack_gz,
)

_PLAIN = (".csv", ".tsv", ".xlsx", ".parquet")

FORMATS = (*_PLAIN, *(f"{ending}.gz" for ending in _PLAIN))
"""Endings of the files that are read."""

FILES_LIMIT = 2_000
"""Files that one folder or zip may hold."""

NAME_LIMIT = 200
"""Characters that are kept of a file's name, from its end."""

_DOCUMENTS = ("", ".md", ".txt", ".pdf", ".toml", ".docx", ".html", ".htm")

NOT_A_TABLE = N_("{file} was left out: it is not a table.")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a table: its name for people and where its bytes are.

    ``sheet`` is the sheet's name where a workbook gives several. What ``scratch`` holds goes
    when the last source or sheet that needs it is forgotten.
    """

    name: str
    place: Path
    scratch: Scratch = field(default_factory=Scratch, compare=False)
    sheet: str = ""

    @property
    def file_name(self) -> str:
        """The file's own name in lower case: without folders and without the sheet."""
        return PurePosixPath(self.name.removesuffix(f" [{self.sheet}]")).name.lower()

    @property
    def stem(self) -> str:
        """What says which table it is, in lower case: the sheet, or the name without format."""
        if self.sheet:
            return self.sheet.lower()
        name = self.file_name
        return name.removesuffix(".gz").rpartition(".")[0] or name

    @property
    def packed(self) -> bool:
        """Whether it is a gz."""
        return self.file_name.endswith(".gz")

    @property
    def format(self) -> str:
        """The ending that says how to read it, without gz; empty when it is none of FORMATS."""
        name = self.file_name.removesuffix(".gz")
        return next((ending for ending in _PLAIN if name.endswith(ending)), "")

    def unpacked(self) -> Path:
        """The file on disk as it is read, unpacked when it is a gz.

        Raises:
            TooLarge: it would unpack to too much.
            any of BROKEN: it can't be read or is damaged.
        """
        return unpack_gz(self.place, self.scratch) if self.packed else self.place


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read and a word on those that were left out."""

    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


def find(paths: tuple[Path, ...], log: ProblemLog, scratch: Path | None = None) -> Found:
    """Every readable file behind ``paths``, folders and zips opened; the rest goes to ``log``.

    Entries of zips are unpacked into a folder within ``scratch``, or into one that this process
    holds. A link that leads out of a folder, a zip within a zip, and what is
    no plain file are refused.
    """
    sources: list[Source] = []
    notes: list[Note] = []
    space = Scratch(scratch)
    for path in paths:
        for source, given in _open(path, space, log):
            if source.format:
                sources.append(source)
            elif not given and _is_document(source.name):
                notes.append(Note(NOT_A_TABLE, {"file": source.name}))
            elif source.file_name.endswith(".zip"):
                log.add(Problem("nested_zip", source.name))
            else:
                allowed = ", ".join((*FORMATS, ".zip"))
                log.add(Problem("unknown_format", source.name, params={"allowed": allowed}))
    return Found(tuple(sources), tuple(notes))


def shown(name: str) -> str:
    """A file's name for people: what can't be printed replaced, without the start of a long one."""
    # Cs: names that are not UTF-8 come as lone surrogates, which no database or terminal takes.
    clean = "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in name)
    return clean if len(clean) <= NAME_LIMIT else f"…{clean[1 - NAME_LIMIT :]}"


def _is_document(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _DOCUMENTS


def _open(path: Path, scratch: Scratch, log: ProblemLog) -> Iterator[tuple[Source, bool]]:
    """Sources behind one path, and whether the path itself named the file."""
    if path.is_dir():
        yield from ((source, False) for source in _folder(path, scratch, log))
    elif not path.exists():
        log.add(Problem("not_found", shown(str(path))))
    elif not path.is_file():
        log.add(Problem("not_a_file", shown(path.name)))
    elif path.suffix.lower() == ".zip":
        yield from ((source, False) for source in _unzip(path, scratch, log))
    else:
        yield Source(shown(path.name), path, scratch), True


def _folder(path: Path, scratch: Scratch, log: ProblemLog) -> Iterator[Source]:
    """The files of a folder and its sub-folders; hidden ones are passed over."""

    def unreadable(error: OSError) -> None:
        name = shown(Path(error.filename or path).name)
        log.add(Problem("unreadable", name, params={"reason": error.strerror or str(error)}))

    inside = path.resolve()
    files = [
        Path(top, name)
        for top, folders, names in os.walk(path, onerror=unreadable)
        # Folders behind links are not walked.
        for name in (*names, *(one for one in folders if Path(top, one).is_symlink()))
    ]
    named = {file: file.relative_to(path).as_posix() for file in sorted(files)}
    open_to_us = {file: name for file, name in named.items() if not _hidden(name)}
    if len(open_to_us) > FILES_LIMIT:
        log.add(_too_many(path.name))
        return
    for file, name in open_to_us.items():
        if not file.resolve().is_relative_to(inside):
            log.add(Problem("outside_link", shown(name)))
        elif not file.is_file():
            log.add(Problem("not_a_file", shown(name)))
        elif file.suffix.lower() == ".zip":
            yield from _unzip(file, scratch, log)
        else:
            yield Source(shown(name), file, scratch)


def _hidden(name: str) -> bool:
    """Files that programs leave behind: dot files, Excel's lock files, the Mac's shadow folder."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith((".", "~$")) for part in parts)


def _unzip(path: Path, scratch: Scratch, log: ProblemLog) -> Iterator[Source]:
    """The entries of a zip that can be read; a damaged one hides no other."""
    name = shown(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if _unsafe(name, entries, log):
                return
            left = unpacking.UNPACKED_LIMIT
            for entry in entries:
                if not _hidden(entry.filename.lstrip("/")):
                    source = _entry(archive, entry, scratch, left, log)
                    left -= entry.file_size
                    if source is not None:
                        yield source
    except BROKEN as error:
        log.add(Problem("unreadable", name, params={"reason": str(error)}))


def _entry(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    scratch: Scratch,
    left: int,
    log: ProblemLog,
) -> Source | None:
    """One entry unpacked, or None with the reason in ``log``; documents stay packed."""
    source = Source(shown(entry.filename), Path(), scratch)
    if not source.format:
        return source
    if entry.flag_bits & 1:
        log.add(Problem("encrypted", source.name))
        return None
    try:
        return Source(source.name, unpack_entry(archive, entry, scratch, left), scratch)
    except TooLarge:
        log.add(too_large_problem(source.name))
    except BROKEN as error:
        log.add(Problem("unreadable", source.name, params={"reason": str(error)}))
    return None


def _unsafe(name: str, entries: list[zipfile.ZipInfo], log: ProblemLog) -> bool:
    """Refuse paths that leave the folder, links, and zips that say they unpack to too much."""
    unsafe = [e.filename for e in entries if _escapes(e.filename) or _is_link(e)]
    for value in unsafe:
        log.add(Problem("unsafe_path", name, value=shown(value)))
    heavy = sum(entry.file_size for entry in entries) > unpacking.UNPACKED_LIMIT or any(
        too_large(entry.file_size, entry.compress_size) for entry in entries
    )
    if heavy:
        log.add(too_large_problem(name))
    if len(entries) > FILES_LIMIT:
        log.add(_too_many(name))
    return bool(unsafe) or heavy or len(entries) > FILES_LIMIT


def _escapes(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return (entry.external_attr >> 16) & 0o170000 == 0o120000


def too_large_problem(name: str) -> Problem:
    """The problem of a file that would unpack to too much."""
    return Problem(
        "too_large", name, params={"limit": f"{unpacking.UNPACKED_LIMIT // 1024**3} GiB"}
    )


def _too_many(name: str) -> Problem:
    return Problem("too_many_files", shown(name), params={"limit": f"{FILES_LIMIT:,}"})
