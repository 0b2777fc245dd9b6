"""Packed files onto disk, a block at a time: what is a bomb is refused while it unpacks."""

import copy
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from models import leftovers

UNPACKED_LIMIT = 2 * 1024**3
"""Bytes that a zip or gz may unpack to."""

RATIO_LIMIT = 300
"""How many times larger than packed a file of over 64 MiB may be."""

BLOCK = 1024**2
"""Bytes that are in memory at once."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What damaged archives raise."""

_RATIO_COUNTS_FROM = 64 * 1024**2


class TooLarge(OSError):
    """A packed file holds more than is read at once."""


class Scratch:
    """A folder of its own for temporary files; it goes when nothing holds it any more."""

    def __init__(self, parent: Path | None = None) -> None:
        self._parent = parent
        self._folder: Path | None = None
        self._made = 0

    def place(self) -> Path:
        """A path that no other file has."""
        if self._folder is None:
            self._folder = leftovers.folder_of(self, "unpacked-", self._parent)
        self._made += 1
        return self._folder / f"{self._made:06d}"


def too_large(unpacked: int, packed: int) -> bool:
    """Whether a file of these sizes is refused, as too much or as a bomb."""
    bomb = unpacked > _RATIO_COUNTS_FROM and unpacked > RATIO_LIMIT * max(packed, 1)
    return bomb or unpacked > UNPACKED_LIMIT


def unpack_gz(place: Path, scratch: Scratch) -> Path:
    """The content of a gz, on disk.

    Raises:
        TooLarge: it would unpack to too much.
        OSError, EOFError, zlib.error: it is damaged.
    """
    with place.open("rb") as packed, gzip.open(packed) as content:
        return _copy(content, packed.tell, scratch.place(), UNPACKED_LIMIT)


def unpack_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, scratch: Scratch, allowed: int
) -> Path:
    """One entry of a zip, on disk; ``allowed`` bytes at most.

    Raises:
        TooLarge: it unpacks to more than is allowed, or than it declares.
        any of BROKEN: it is damaged.
    """
    told = copy.copy(entry)
    told.file_size = entry.file_size + 1
    declared = min(entry.file_size, allowed)
    with archive.open(told) as content:
        # Python stops at the size that is declared; one byte more shows an entry that lies.
        return _copy(content, lambda: entry.compress_size, scratch.place(), declared)


def check_entries(archive: zipfile.ZipFile) -> None:
    """Refuse a zip that unpacks to too much, by what it declares and by what it really holds.

    Raises:
        TooLarge: it does.
        any of BROKEN: it is damaged.
    """
    entries = archive.infolist()
    declared = sum(entry.file_size for entry in entries)
    if declared > UNPACKED_LIMIT or any(
        too_large(entry.file_size, entry.compress_size) for entry in entries
    ):
        raise TooLarge(str(archive.filename))
    for entry in entries:
        told = copy.copy(entry)
        told.file_size = entry.file_size + 1
        with archive.open(told) as content:
            written = 0
            while block := content.read(BLOCK):
                written += len(block)
                if written > entry.file_size:
                    raise TooLarge(entry.filename)


def _copy(
    content: IO[bytes] | gzip.GzipFile, packed: Callable[[], int], target: Path, allowed: int
) -> Path:
    written = 0
    with target.open("wb") as out:
        while block := content.read(BLOCK):
            written += len(block)
            if written > allowed or too_large(written, packed()):
                raise TooLarge(target.name)
            out.write(block)
    return target
