"""A delimited text in pieces that end where a record ends, and records out of damage.

A quotation mark opens a cell only at its start, and closes it only before a separator or the end
of the line; within, it is written twice. In a cell that does not begin with one it is a sign like
any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

FIRST = 64 * 1024
PIECE = 4 * 1024**2
"""Bytes that are read at once: few at first, to see soon whether there are rows."""

RECORD_LIMIT = 16 * 1024**2
"""Bytes of the longest record; a quotation mark that is not closed by then never is."""

_ONE_BY_ONE = 10_000
"""Records that are read one by one before the rest of a piece is looked at as a whole again."""

_QUOTE, _NEWLINE, _RETURN = 0x22, 0x0A, 0x0D


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that can't be told into cells, with the rule that it breaks."""

    rule: str


Record = list[str] | Damage


def pieces(path: Path, start: int, separator: str) -> Iterator[bytes | list[Record]]:
    """The records of a file from byte ``start``, about PIECE bytes at a time.

    Bytes where every quotation mark opens, closes or is doubled; where one does not, the
    records themselves.
    """
    with path.open("rb") as file:
        file.seek(start)
        buffer, size, final = b"", FIRST, False
        while not final:
            block = file.read(size)
            final = len(block) < size
            buffer += block
            size = PIECE
            while buffer:
                cut = _clean(buffer, ord(separator), final=final)
                if cut:
                    yield buffer[:cut]
                elif cut is None:
                    found = list(islice(_walk(buffer, separator, final=final), _ONE_BY_ONE))
                    cut = found[-1][0] if found else 0
                    yield [record for _, record in found]
                if not cut:
                    break
                buffer = buffer[cut:]


def records(data: bytes, separator: str) -> Iterator[Record]:
    """Every record of whole lines, damaged ones too."""
    return (record for _, record in _walk(data, separator, final=True))


def _clean(buffer: bytes, separator: int, *, final: bool) -> int | None:
    """Where the last whole and clean record from the start ends.

    0 when more bytes are needed to see; None when the first record is damaged.
    """
    signs = np.frombuffer(buffer, np.uint8)
    quotes = np.flatnonzero(signs == _QUOTE)
    if not len(quotes):
        return len(buffer) if final else buffer.rfind(b"\n") + 1
    stray = _first_stray(signs, quotes, separator)
    if stray is None and final and len(quotes) % 2 == 0:
        return len(buffer)
    until = len(buffer) if stray is None else int(quotes[stray])
    newlines = np.flatnonzero(signs[:until] == _NEWLINE)
    outside = newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    if len(outside):
        return int(outside[-1]) + 1
    waiting = stray is None and not final and len(buffer) < RECORD_LIMIT
    return 0 if waiting else None


def _first_stray(
    signs: "np.ndarray[tuple[int], np.dtype[np.uint8]]",
    quotes: "np.ndarray[tuple[int], np.dtype[np.intp]]",
    separator: int,
) -> int | None:
    """Which quotation mark is the first that neither opens, closes nor is doubled."""
    edge = np.array([_NEWLINE], np.uint8)
    padded = np.concatenate((edge, signs, edge))
    beside = np.zeros(256, bool)
    beside[[separator, _NEWLINE, _RETURN]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    opens, closes = beside[padded[opening]], beside[padded[closing + 2]]
    pairs = min(len(closing), len(opening) - 1)
    doubled = closing[:pairs] + 1 == opening[1 : pairs + 1]
    opens[1 : pairs + 1] |= doubled
    closes[:pairs] |= doubled
    wrong = [] if opens.all() else [2 * int(np.argmin(opens))]
    wrong += [] if closes.all() else [2 * int(np.argmin(closes)) + 1]
    return min(wrong, default=None)


def _walk(data: bytes, separator: str, *, final: bool) -> Iterator[tuple[int, Record]]:
    """Each whole record with where it ends. After damage it goes on at the next line."""
    cells = _Cells(data, separator.encode(), final=final)
    place = 0
    while place < len(data):
        end = data.find(b"\n", place)
        if end < 0 and not final:
            return
        end = len(data) if end < 0 else end
        if data.find(b'"', place, end) < 0:
            line = data[place:end].removesuffix(b"\r").decode("utf-8", "replace")
            place = end + 1
            yield place, line.split(separator)
            continue
        after, record = cells.record(place)
        if record is None:
            return
        place = after
        yield place, record


class _Cells:
    """Reads records that hold quotation marks, cell by cell."""

    def __init__(self, data: bytes, separator: bytes, *, final: bool) -> None:
        self.data = data
        self.final = final
        sep = re.escape(separator)
        self._quoted = re.compile(rb'"((?:[^"]++|"")*+)"(' + sep + rb"|\r?\n|\Z)")
        self._plain = re.compile(rb"([^\n" + sep + rb"]*)(" + sep + rb"|\n|\Z)")
        self._closed = re.compile(rb'"(?:[^"]++|"")*+"')

    def record(self, place: int) -> tuple[int, Record | None]:
        """The record at ``place`` and where it ends; None when more bytes are needed."""
        found: list[str] = []
        while True:
            quoted = self.data.startswith(b'"', place)
            match = (self._quoted if quoted else self._plain).match(self.data, place)
            if match is None:
                return self._damage(place)
            cell, delimiter = match.groups()
            if not delimiter and not self.final:
                return place, None
            cell = cell.replace(b'""', b'"') if quoted else cell.removesuffix(b"\r")
            found.append(cell.decode("utf-8", "replace"))
            place = match.end()
            if delimiter in (b"\n", b"\r\n", b""):
                return place, found

    def _damage(self, place: int) -> tuple[int, Record | None]:
        """What is wrong with the quoted cell at ``place``, and where the next line begins."""
        closed = self._closed.match(self.data, place)
        # CR LF may come yet after a last quotation mark.
        seen = closed is not None and closed.end() < len(self.data) - 1
        if not (seen or self.final or len(self.data) - place >= RECORD_LIMIT):
            return place, None
        end = self.data.find(b"\n", place)
        rule = "unclosed_quote" if closed is None else "stray_quote"
        return (len(self.data) if end < 0 else end + 1), Damage(rule)
