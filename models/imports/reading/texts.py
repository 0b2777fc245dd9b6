"""Text files in whatever encoding, as UTF-8 on disk.

Without a word from anybody: a byte order mark decides; then NUL bytes at every other place mean
UTF-16; then all that is valid is UTF-8. What is not, has no character of UTF-8 at all and reads
well as Windows-1252 is that (Latin-1 when it uses no sign beyond). In any other file each byte
that is not UTF-8 makes its row a damaged one. A file whose lines end with CR gets LF.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.imports.unpacking import BLOCK, Scratch

UTF_8 = "UTF-8"

DAMAGED = 0x10FF00
"""A byte that is not UTF-8 becomes the private character this much further on."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

# Bytes that Windows-1252 does not have; signs that stand within no word, and capitals within
# one, which are letters in the encodings of DOS and of old Macs.
_NOT_1252 = re.compile(
    rb"[\x81\x8d\x8f\x90\x9d]"
    rb"|[A-Za-z][\x82-\x84\x86-\x89\x8b\x91\x93-\x95][A-Za-z]"
    rb"|[A-Za-z][\x8a\x8c\x8e\x9f][a-z]"
)
_LATIN_1 = bytes((*range(0x80), *range(0xA0, 0x100)))


@dataclass(frozen=True, slots=True)
class Text:
    """A text as UTF-8 with LF or CR LF: where it is, and how it came.

    ``start`` is the number of bytes before the first character; ``lines`` the number of line
    ends. ``damaged`` says whether it holds characters from DAMAGED on.
    """

    path: Path
    start: int
    lines: int
    encoding: str
    damaged: bool = False


class NotText(ValueError):
    """The file is no text; the message says where it stops being one."""


def text_of(path: Path, scratch: Scratch) -> Text:
    """The file as UTF-8: itself where it is that already, else a copy in ``scratch``.

    Raises:
        NotText: UTF-16 or UTF-32 that is damaged.
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    mark, codec, name = _codec(head)
    if name != UTF_8:
        return _copied(path, len(mark), codec, name, scratch)
    seen = _look(path)
    if seen.valid and not seen.lone_cr:
        return Text(path, len(mark), seen.lines, UTF_8)
    if seen.valid or seen.multibyte or not seen.reads_as_1252 or seen.cut_off:
        return _copied(path, len(mark), "utf-8", UTF_8, scratch)
    if seen.beyond_latin_1:
        return _copied(path, 0, "cp1252", "Windows-1252", scratch)
    return _copied(path, 0, "latin-1", "Latin-1", scratch)


def _codec(head: bytes) -> tuple[bytes, str, str]:
    """The byte order mark, Python's name of the encoding, and its name for people."""
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return mark, codec, name
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.4 and head[0::2].count(0) < half * 0.1:
        return b"", "utf-16-le", "UTF-16"
    if half and head[0::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.1:
        return b"", "utf-16-be", "UTF-16"
    return b"", "utf-8", UTF_8


@dataclass(slots=True)
class _Look:
    """What one pass over the bytes shows."""

    lines: int = 0
    lone_cr: bool = False
    valid: bool = True
    cut_off: bool = False
    multibyte: bool = False
    reads_as_1252: bool = True
    beyond_latin_1: bool = False


def _look(path: Path) -> _Look:
    seen = _Look()
    rest = b""
    for block in _blocks(path):
        seen.lines += block.count(b"\n")
        if b"\r" in block:
            seen.lone_cr = seen.lone_cr or _has_lone_cr(block)
        data = rest + block
        rest = b"" if data.isascii() else _look_at_bytes(seen, data)
    if rest:
        # A character that the end of the file cuts off.
        seen.cut_off = seen.valid
        seen.valid = False
    return seen


def _look_at_bytes(seen: _Look, data: bytes) -> bytes:
    """Look at bytes beyond ASCII; gives back a last character that is not complete yet."""
    try:
        _, used = codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003
    except UnicodeDecodeError:
        used = len(data)
        seen.valid = False
        if data.translate(None, _LATIN_1):
            seen.beyond_latin_1 = True
            seen.reads_as_1252 = seen.reads_as_1252 and not _NOT_1252.search(data)
        seen.multibyte = seen.multibyte or not data.decode("utf-8", "ignore").isascii()
    else:
        seen.multibyte = seen.multibyte or (used > 0 and not data[:used].isascii())
    return data[used:]


def _has_lone_cr(block: bytes) -> bool:
    # The last byte may be the first half of CR LF: the next block shows it.
    return block.count(b"\r", 0, len(block) - 1) > block.count(b"\r\n")


def _blocks(path: Path, start: int = 0) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(BLOCK):
            # CR LF stays in one block.
            yield block + (file.read(1) if block.endswith(b"\r") else b"")


def _copied(path: Path, start: int, codec: str, name: str, scratch: Scratch) -> Text:
    """A copy in UTF-8; bytes that are none in a file of UTF-8 are marked as DAMAGED."""
    target = scratch.place()
    decoder = codecs.getincrementaldecoder(codec)(_MARKING if codec == "utf-8" else "strict")
    lines, in_quotes, damaged = 0, False, False
    with target.open("wb") as out:
        for block in (*_blocks(path, start), b""):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise NotText(f"line {lines + 1}, {error.reason}") from error
            if "\r" in text:
                text = _with_line_ends(text, in_quotes=in_quotes)
            in_quotes ^= text.count('"') % 2 == 1
            lines += text.count("\n")
            damaged = damaged or bool(_DAMAGE.search(text))
            out.write(text.encode("utf-8", "strict"))
    return Text(target, 0, lines, name, damaged)


def _with_line_ends(text: str, *, in_quotes: bool) -> str:
    """CR, alone and outside quotation marks, as LF."""
    parts = text.replace("\r\n", "\n").split('"')
    for place in range(int(in_quotes), len(parts), 2):
        parts[place] = parts[place].replace("\r", "\n")
    return '"'.join(parts)


_MARKING = "werkvloer-damaged"
_DAMAGE = re.compile(f"[{chr(DAMAGED)}-{chr(DAMAGED + 0xFF)}]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(DAMAGED + byte) for byte in wrong), error.end


codecs.register_error(_MARKING, _mark)
