"""Folders, archives, workbooks and Parquet files that are damaged, deceiving or dangerous."""

import gzip
import os
import socket
import stat
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

GOOD = b"location_id,name\nA,a\n"
ZEROS = b"\0" * (66 * 1024**2)


@dataclass(frozen=True)
class Files:
    """Makes files in a folder; ``problems`` are (file, rule) of what is said of them.

    ``given`` is what is given of the folder, if not all of it.
    """

    make: Callable[[Path], object]
    problems: tuple[tuple[str, str], ...] = ()
    given: str = ""

    def write(self, folder: Path) -> Path:
        """Make the files; gives the path to check."""
        self.make(folder)
        return folder / self.given if self.given else folder


def _zip(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def _cut(path: Path, count: int) -> None:
    path.write_bytes(path.read_bytes()[:-count])


def _bytes(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _zipped(name: str, content: bytes = GOOD) -> Callable[[Path], object]:
    return lambda folder: _zip(folder / "in.zip", **{name: content})


def _nested(folder: Path) -> None:
    inner = _zip(folder / "inner.zip", locations__csv=ZEROS).read_bytes()
    _zip(folder / "in.zip", inner__zip=inner)


def _many_times_the_same(folder: Path) -> None:
    """The bomb whose entries share their bytes."""
    with zipfile.ZipFile(folder / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("locations.csv", b"\0" * 60 * 1024**2)
        archive.filelist *= 40


def _liar(folder: Path) -> None:
    """An entry that unpacks to more than it declares."""
    path = _zip(folder / "in.zip", locations__csv=GOOD + b"B,b\n" * 100)
    size, told = len(GOOD) + 400, 30
    content = path.read_bytes()
    path.write_bytes(content.replace(size.to_bytes(4, "little"), told.to_bytes(4, "little")))


def _encrypted(folder: Path) -> None:
    path = _zip(folder / "in.zip", locations__csv=GOOD)
    content = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    path.write_bytes(bytes(content))


def _link_in_zip(folder: Path) -> None:
    entry = zipfile.ZipInfo("locations.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")


def _torn_entry(folder: Path) -> None:
    path = _zip(
        folder / "in.zip", teams__csv=b"team_id,name,location_id\nt,t,A\n", locations__csv=GOOD
    )
    content = bytearray(path.read_bytes())
    content[45] ^= 0xFF
    path.write_bytes(bytes(content))


def _link_out(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "locations.csv").write_bytes(GOOD)
    (folder / "locations.csv").symlink_to(outside / "locations.csv")
    (folder / "deeper").symlink_to(outside)
    (folder / "loop").symlink_to(folder)


def _many(folder: Path) -> None:
    for number in range(3_000):
        (folder / f"locations_{number}.csv").touch()


def _many_zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        for number in range(3_000):
            archive.writestr(f"locations_{number}.csv", b"")


def _socket(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket may be no longer than 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("locations.csv")
    finally:
        os.chdir(here)


def _folder_named(folder: Path) -> None:
    (folder / "locations.csv").mkdir()
    (folder / "locations.csv" / "locations.csv").write_bytes(GOOD)


def _book(folder: Path, *rows: Sequence[object], **changes: bytes) -> None:
    """A workbook of sites; ``changes`` replace whole parts of it."""
    path = folder / "locations.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for place, row in enumerate([["location_id", "name"], ["A", "a"], *rows]):
        sheet.write_row(place, 0, row)
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {name.replace("__", "/") + ".xml": content for name, content in changes.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>location_id</t></si><si><t>name</t></si><si><t>&l;</t></si><si><t>b</t></si></sst>"
)
_OUTSIDER = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>location_id</t></si><si><t>name</t></si><si><t>A</t></si><si><t>&x;</t></si></sst>"
)


_FAR_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    b'<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
    b'<row r="%d"><c r="%s">%s</c></row></sheetData></worksheet>'
)
_ENTITIES_IN_A_SHEET = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    + _FAR_SHEET % (3, b"A3", b"<v>&b;</v>")
)


def _cut_book(folder: Path) -> None:
    _book(folder)
    _cut(folder / "locations.xlsx", 200)


def _parquet(folder: Path, **columns: object) -> None:
    sites = {"location_id": ["A", "B"], "name": ["a", "b"], **columns}
    pl.DataFrame(sites).write_parquet(folder / "locations.parquet")


def _cut_parquet(folder: Path) -> None:
    _parquet(folder)
    _cut(folder / "locations.parquet", 20)


def _torn_parquet(folder: Path) -> None:
    _parquet(folder)
    path = folder / "locations.parquet"
    content = bytearray(path.read_bytes())
    content[8:40] = b"\xff" * 32
    path.write_bytes(bytes(content))


def _endless_parquet(folder: Path) -> None:
    nulls = pa.table({"location_id": pa.nulls(70_000_000), "name": pa.nulls(70_000_000)})
    pq.write_table(nulls, folder / "locations.parquet")


def _unfolding_parquet(folder: Path) -> None:
    """A text of 1 MB that is stored once and stands in 2,000 rows."""
    names = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), ["x" * 10**6])
    table = pa.table({"location_id": pa.array(range(2_000)), "name": names})
    pq.write_table(table, folder / "locations.parquet")


LONG = "x" * 230 + "_locations.csv"

FILES: Mapping[str, Files] = {
    "a zip bomb": Files(_zipped("locations.csv", ZEROS), (("in.zip", "too_large"),), "in.zip"),
    "a zip bomb in a zip": Files(_nested, (("inner.zip", "nested_zip"),), "in.zip"),
    "a gz bomb": Files(
        _bytes("locations.csv.gz", gzip.compress(ZEROS)), (("locations.csv.gz", "too_large"),)
    ),
    "a gz bomb in a zip": Files(
        _zipped("locations.csv.gz", gzip.compress(ZEROS)),
        (("locations.csv.gz", "too_large"),),
        "in.zip",
    ),
    "a zip whose entries share their bytes": Files(
        _many_times_the_same, (("in.zip", "too_large"),), "in.zip"
    ),
    "a zip that declares too little": Files(_liar, (("locations.csv", "unreadable"),), "in.zip"),
    "a path up in a zip": Files(
        _zipped("../locations.csv"), (("in.zip", "unsafe_path"),), "in.zip"
    ),
    "an absolute path in a zip": Files(
        _zipped("/tmp/locations.csv"), (("in.zip", "unsafe_path"),), "in.zip"
    ),
    "a drive in a zip": Files(_zipped("C:/locations.csv"), (("in.zip", "unsafe_path"),), "in.zip"),
    "backslashes in a zip": Files(
        _zipped("a\\..\\..\\locations.csv"), (("in.zip", "unsafe_path"),), "in.zip"
    ),
    "a link in a zip": Files(_link_in_zip, (("in.zip", "unsafe_path"),), "in.zip"),
    "a zip with a password": Files(_encrypted, (("locations.csv", "encrypted"),), "in.zip"),
    "a zip in a folder": Files(_zipped("locations.csv")),
    "an entry of a zip that is damaged": Files(
        _torn_entry, (("teams.csv", "unreadable"),), "in.zip"
    ),
    "a zip that is cut off": Files(
        lambda f: _cut(_zip(f / "in.zip", locations__csv=GOOD), 9),
        (("in.zip", "unreadable"),),
        "in.zip",
    ),
    "a gz that is cut off": Files(
        _bytes("locations.csv.gz", gzip.compress(GOOD * 99)[:-9]),
        (("locations.csv.gz", "unreadable"),),
    ),
    "a gz with rubbish behind it": Files(
        _bytes("locations.csv.gz", gzip.compress(GOOD) + b"rubbish"),
        (("locations.csv.gz", "unreadable"),),
    ),
    "links out of a folder": Files(
        _link_out,
        (("deeper", "outside_link"), ("locations.csv", "outside_link"), ("loop", "not_a_file")),
    ),
    "3,000 files in a folder": Files(_many, (("in", "too_many_files"),)),
    "3,000 files in a zip": Files(_many_zipped, (("in.zip", "too_many_files"),), "in.zip"),
    "a pipe in a folder": Files(
        lambda f: os.mkfifo(f / "locations.csv"), (("locations.csv", "not_a_file"),)
    ),
    "a pipe by itself": Files(
        lambda f: os.mkfifo(f / "locations.csv"),
        (("locations.csv", "not_a_file"),),
        "locations.csv",
    ),
    "a device": Files(
        lambda f: (f / "locations.csv").symlink_to("/dev/zero"),
        (("locations.csv", "not_a_file"),),
        "locations.csv",
    ),
    "a socket": Files(_socket, (("locations.csv", "not_a_file"),)),
    "a folder named like a file": Files(_folder_named),
    "a name with mark-up": Files(
        _bytes("<img src=x onerror=alert(1)> locations.csv", b"location_id,name\nA,\n"),
        (("<img src=x onerror=alert(1)> locations.csv", "empty"),),
    ),
    "a name with quotation marks and a new line": Files(
        _bytes("\"'`\n\x1b[2J_locations.csv", b"location_id,name\nA,\n"),
        (("\"'`��[2J_locations.csv", "empty"),),
    ),
    "a name that is not UTF-8": Files(
        lambda f: (f / os.fsdecode(b"\xff_locations.csv")).write_bytes(GOOD + b"B,\n"),
        (("�_locations.csv", "empty"),),
    ),
    "a name of 244 characters": Files(
        _bytes(LONG, GOOD + b"B,\n"), ((f"…{LONG[-199:]}", "empty"),)
    ),
    "a name with fields to fill": Files(
        _bytes("{row}%s locations.csv", GOOD + b"B,\n"), (("{row}%s locations.csv", "empty"),)
    ),
    "a workbook of a billion laughs": Files(
        lambda f: _book(f, xl__sharedStrings=_LAUGHS), (("locations.xlsx", "unreadable"),)
    ),
    "a workbook that reads other files": Files(
        lambda f: _book(f, xl__sharedStrings=_OUTSIDER), (("locations.xlsx", "unreadable"),)
    ),
    "a workbook that is a bomb": Files(
        lambda f: _book(f, xl__worksheets__sheet1=ZEROS), (("locations.xlsx", "too_large"),)
    ),
    "a workbook without its sheets": Files(
        lambda f: _book(f, xl__workbook=b"<workbook/>"), (("locations.xlsx", "unreadable"),)
    ),
    "a workbook of 10,000 columns": Files(
        lambda f: _book(f, *[list(range(10_000))]), (("locations.xlsx", "too_many_columns"),)
    ),
    "a workbook with one cell far off": Files(
        lambda f: _book(f, xl__worksheets__sheet1=_FAR_SHEET % (2**20, b"XFD1048576", b"<v>1</v>")),
        (("locations.xlsx", "too_many_cells"),),
    ),
    "a workbook with a cell rather far off": Files(
        lambda f: _book(f, xl__worksheets__sheet1=_FAR_SHEET % (200_000, b"CV200000", b"<v>1</v>")),
        (("locations.xlsx", "too_many_cells"),),
    ),
    "a workbook with an empty cell far off": Files(
        lambda f: _book(f, xl__worksheets__sheet1=_FAR_SHEET % (2**20, b"XFD1048576", b"")),
    ),
    "a workbook with definitions in its sheet": Files(
        lambda f: _book(f, xl__worksheets__sheet1=_ENTITIES_IN_A_SHEET),
        (("locations.xlsx", "unreadable"),),
    ),
    "a workbook that is cut off": Files(_cut_book, (("locations.xlsx", "unreadable"),)),
    "a zip under the name of a workbook": Files(
        lambda f: _zip(f / "locations.xlsx", locations__csv=GOOD),
        (("locations.xlsx", "unreadable"),),
    ),
    "formulas as text in a workbook": Files(
        lambda f: _book(f, ["B", "=N(TRUE)"], ["C", "@SUM(1)"])
    ),
    "a Parquet of lists": Files(
        lambda f: _parquet(f, region=[["x"], ["y"]]),
        (("locations.parquet", "unreadable_column"),),
    ),
    "a Parquet of bytes": Files(
        lambda f: _parquet(f, region=[b"x", b"y"]), (("locations.parquet", "unreadable_column"),)
    ),
    "a Parquet that is cut off": Files(_cut_parquet, (("locations.parquet", "unreadable"),)),
    "a Parquet that is torn inside": Files(_torn_parquet, (("locations.parquet", "unreadable"),)),
    "a Parquet of rows without end": Files(_endless_parquet, (("locations.parquet", "too_large"),)),
    "a Parquet with a text that unfolds": Files(
        _unfolding_parquet, (("locations.parquet", "too_large"),)
    ),
}  # fmt: skip
