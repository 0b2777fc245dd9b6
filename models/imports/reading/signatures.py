"""What a file is by its first bytes, whatever its name says."""

from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")

ZIP = "ZIP"
GZ = "GZ"
WORKBOOK = "XLSX"
OLD_WORKBOOK = "XLS"
PARQUET = "Parquet"
PDF = "PDF"
DATABASE = "SQLite"
WEB_PAGE = "HTML"
XML = "XML"
JSON = "JSON"
TEXT = "CSV"

_SIGNATURES = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", GZ),
    (b"PAR1", PARQUET),
    (_OLE, OLD_WORKBOOK),
    (b"%PDF", PDF),
    (b"SQLite format 3\0", DATABASE),
)
_WRITTEN = (
    (b"<!doctype html", WEB_PAGE),
    (b"<html", WEB_PAGE),
    (b"<?xml", XML),
    (b"{", JSON),
    (b"[{", JSON),
)
_EXPECTED = {".xlsx": (ZIP, WORKBOOK), ".parquet": (PARQUET,)}


class Protected(ValueError):
    """A workbook that is protected with a password."""


def other_kind(path: Path, format_: str) -> str | None:
    """What kind of file it is instead of what its name says; None when the name fits.

    Raises:
        Protected: it is a workbook with a password.
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        head = file.read(64 * 1024)
        if head.startswith(_OLE) and _PROTECTED in head + file.read(1024**2):
            raise Protected(path.name)
    found = _kind(head)
    if format_ in _EXPECTED:
        # An empty or torn file says better itself what is wrong with it.
        return None if found in _EXPECTED[format_] or not head else found or _text(head)
    if found == ZIP and b"xl/" in head:
        return WORKBOOK
    return found


def _kind(head: bytes) -> str | None:
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind
    written = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower()
    return next((kind for start, kind in _WRITTEN if written.startswith(start)), None)


def _text(head: bytes) -> str | None:
    try:
        head[:1000].decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if b"\0" in head[:1000] else TEXT
