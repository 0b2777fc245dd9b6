"""Which files there are: one file, a folder, or a zip that is guarded against bombs and escapes."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from metrics.words import N_
from models.imports.notes import Note
from models.imports.problems import Problem, ProblemLog

FORMATS = (".csv", ".csv.gz", ".xlsx", ".parquet")
"""Endings of the files that are read."""

UNPACKED_LIMIT = 2 * 1024**3
"""Bytes that a zip or gz may unpack to."""

RATIO_LIMIT = 300
"""How many times larger than packed a file of over 64 MiB may be."""

ENTRIES_LIMIT = 2_000
_RATIO_COUNTS_FROM = 64 * 1024**2

_DOCUMENTS = ("", ".md", ".txt", ".pdf", ".toml", ".docx", ".html", ".htm")

NOT_A_TABLE = N_("{file} was left out: it is not a table.")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a table: its name for people and where its bytes are."""

    name: str
    place: Path | bytes

    @property
    def stem(self) -> str:
        """The file's name in lower case, without folders and format."""
        name = PurePosixPath(self.name).name.lower()
        return name.removesuffix(".gz").rpartition(".")[0] or name

    @property
    def format(self) -> str:
        """The ending that says how to read it, one of FORMATS; empty when none fits."""
        name = self.name.lower()
        return next((ending for ending in FORMATS if name.endswith(ending)), "")

    def read(self) -> bytes:
        """All bytes, unpacked when it is a gz.

        Raises:
            TooLarge: it would unpack to more than UNPACKED_LIMIT.
            OSError: the file can't be read or is damaged.
        """
        content = self.place if isinstance(self.place, bytes) else self.place.read_bytes()
        if self.format != ".csv.gz":
            return content
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(UNPACKED_LIMIT + 1)
        if too_large(len(unpacked), len(content)):
            raise TooLarge(self.name)
        return unpacked


class TooLarge(OSError):
    """A packed file holds more than is read at once."""


def too_large(unpacked: int, packed: int) -> bool:
    """Whether a file of these sizes is refused, as too much or as a bomb."""
    bomb = unpacked > _RATIO_COUNTS_FROM and unpacked > RATIO_LIMIT * max(packed, 1)
    return bomb or unpacked > UNPACKED_LIMIT


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read and a word on those that were left out."""

    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


def find(paths: tuple[Path, ...], log: ProblemLog) -> Found:
    """Every readable file behind ``paths``, folders and zips opened; the rest goes to ``log``."""
    sources: list[Source] = []
    notes: list[Note] = []
    for path in paths:
        for source, given in _open(path, log):
            if source.format:
                sources.append(source)
            elif not given and _is_document(source.name):
                notes.append(Note(NOT_A_TABLE, {"file": source.name}))
            else:
                allowed = ", ".join((*FORMATS, ".zip"))
                log.add(Problem("unknown_format", source.name, params={"allowed": allowed}))
    return Found(tuple(sources), tuple(notes))


def _is_document(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _DOCUMENTS


def _open(path: Path, log: ProblemLog) -> Iterator[tuple[Source, bool]]:
    """Sources behind one path, and whether the path itself named the file."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_file() and not _hidden(name):
                yield Source(name, file), False
    elif not path.is_file():
        log.add(Problem("not_found", str(path)))
    elif path.suffix.lower() == ".zip":
        yield from ((source, False) for source in _unzip(path, log))
    else:
        yield Source(path.name, path), True


def _hidden(name: str) -> bool:
    """Files that programs leave behind: dot files, Excel's lock files, the Mac's shadow folder."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith((".", "~$")) for part in parts)


def _unzip(path: Path, log: ProblemLog) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if _unsafe(path.name, entries, log):
                return
            for entry in entries:
                if not _hidden(entry.filename.lstrip("/")):
                    content = archive.read(entry) if Source(entry.filename, b"").format else b""
                    yield Source(entry.filename, content)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        log.add(Problem("unreadable", path.name, params={"reason": str(error)}))


def _unsafe(name: str, entries: list[zipfile.ZipInfo], log: ProblemLog) -> bool:
    """Refuse paths that leave the folder, and zips that unpack to too much.

    `ZipFile.read` never gives more bytes than the entry declares, so the declared sizes hold.
    """
    unsafe = [entry.filename for entry in entries if _escapes(entry.filename)]
    for value in unsafe:
        log.add(Problem("unsafe_path", name, value=value))
    total = sum(entry.file_size for entry in entries)
    heavy = (
        total > UNPACKED_LIMIT
        or len(entries) > ENTRIES_LIMIT
        or any(too_large(entry.file_size, entry.compress_size) for entry in entries)
    )
    if heavy:
        log.add(too_large_problem(name))
    return bool(unsafe) or heavy


def too_large_problem(name: str) -> Problem:
    """The problem of a file that would unpack to too much."""
    limit = f"{UNPACKED_LIMIT // 1024**3} GiB, {ENTRIES_LIMIT} files"
    return Problem("too_large", name, params={"limit": limit})


def _escapes(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name
