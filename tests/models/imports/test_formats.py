"""The same rows in every format, and files that are broken or hostile."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from models.imports import unpacking
from models.imports.service import check
from tests.models.imports.company import locations, places, problems, wide, write, write_csv

ANSWERS = pl.DataFrame(
    {
        "response_id": ["r1", "r2"],
        "wave": ["2024-Q1", "2024-Q1"],
        "answered_on": [date(2024, 2, 1), date(2024, 2, 3)],
        "location_id": ["1", "2"],
        "is_manager": [True, None],
        "bat01": [1.5, None],
        "enps": [10, 0],
    }
)
SITES = pl.DataFrame({"location_id": [1, 2], "name": ["Één", "Twee; of meer"]})


def semicolons(frame: pl.DataFrame) -> bytes:
    """As a Dutch Excel saves it: semicolons, a byte order mark, decimal commas."""
    text = frame.write_csv(separator=";", decimal_comma=True, include_bom=True)
    return text.replace("\n", "\r\n").encode()


def as_csv(folder: Path, name: str, frame: pl.DataFrame) -> None:
    frame.write_csv(folder / f"{name}.csv")


def as_dutch_csv(folder: Path, name: str, frame: pl.DataFrame) -> None:
    (folder / f"{name}.csv").write_bytes(semicolons(frame))


def as_packed_csv(folder: Path, name: str, frame: pl.DataFrame) -> None:
    (folder / f"{name}.csv.gz").write_bytes(gzip.compress(frame.write_csv().encode()))


def as_xlsx(folder: Path, name: str, frame: pl.DataFrame) -> None:
    frame.write_excel(folder / f"{name}.xlsx")


def as_parquet(folder: Path, name: str, frame: pl.DataFrame) -> None:
    frame.write_parquet(folder / f"{name}.parquet")


@pytest.mark.parametrize("write_as", [as_dutch_csv, as_packed_csv, as_xlsx, as_parquet])
def test_every_format_gives_the_same_rows(tmp_path: Path, write_as) -> None:
    for folder, writer in (("plain", as_csv), ("other", write_as)):
        (tmp_path / folder).mkdir()
        writer(tmp_path / folder, "locations", SITES)
        writer(tmp_path / folder, "survey_answers", ANSWERS)
    plain, other = (check((tmp_path / folder,)) for folder in ("plain", "other"))
    assert plain.problems == other.problems == ()
    assert plain.tables["survey_answers"].height == 3
    for name, frame in plain.tables.items():
        assert other.tables[name].equals(frame)
        assert other.tables[name].schema == frame.schema


def test_a_folder_a_zip_and_single_files_are_the_same(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey_answers=[wide(bat01="3")])
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"deeper/{path.name}")
        archive.writestr("__MACOSX/._locations.csv", "rubbish")
        archive.writestr("README.md", "about")
    reports = [
        check((folder,)),
        check((tmp_path / "in.zip",)),
        check((folder / "locations.csv", folder / "survey_answers.csv")),
    ]
    for report in reports:
        assert report.problems == ()
        assert report.tables["survey_answers"].equals(reports[0].tables["survey_answers"])
    (note,) = reports[1].notes
    assert note.message() == "README.md was left out: it is not a table."


@pytest.mark.parametrize(
    "name", ["../locations.csv", "/etc/locations.csv", "a/../../locations.csv", "C:\\locations.csv"]
)
def test_a_zip_may_not_leave_its_folder(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr(name, "location_id,name\nA,a\n")
    report = check((tmp_path / "in.zip",))
    assert [one.rule for one in problems(report)] == ["unsafe_path"]
    assert report.tables == {}


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("locations.csv", b"\0" * (65 * 1024**2))
    assert [one.rule for one in problems(check((tmp_path / "in.zip",)))] == ["too_large"]


def test_too_much_is_refused_packed_or_zipped(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_LIMIT", 1_000)
    big = b"location_id,name\n" + b"A,a\n" * 500
    (tmp_path / "locations.csv.gz").write_bytes(gzip.compress(big))
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("locations.csv", big)
    for name in ("locations.csv.gz", "in.zip"):
        assert [one.rule for one in problems(check((tmp_path / name,)))] == ["too_large"]


def test_files_that_are_not_what_their_name_says(tmp_path: Path) -> None:
    for name in ("locations.xlsx", "teams.parquet", "absence.zip", "cases.csv.gz"):
        (tmp_path / name).write_bytes(b"not at all")
    paths = tuple(sorted(tmp_path.iterdir()))
    assert [(one.file, one.rule) for one in problems(check(paths))] == [
        ("absence.zip", "unreadable"),
        ("cases.csv.gz", "unreadable"),
        ("locations.xlsx", "other_kind"),
        ("teams.parquet", "other_kind"),
    ]


ENCODED = [
    ("latin-1", "Latin-1"),
    ("cp1252", "Windows-1252"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16"),
    ("utf-32", "UTF-32"),
]


@pytest.mark.parametrize(("codec", "name"), ENCODED)
def test_another_encoding_is_read_and_said(tmp_path: Path, codec: str, name: str) -> None:
    site = "Café ‘t Hoekje €" if codec != "latin-1" else "Café"
    (tmp_path / "locations.csv").write_bytes(f"location_id,name\nA,{site}\n".encode(codec))
    report = check((tmp_path,))
    assert report.problems == ()
    assert report.tables["locations"]["name"].to_list() == [site]
    assert [note.message() for note in report.notes] == [
        f"locations.csv is written in {name}; it was read so."
    ]


def test_rows_of_another_encoding_are_named_and_hide_no_other(tmp_path: Path) -> None:
    content = "location_id,name\nA,Één\n".encode() + "B,Één\nC,\n".encode("latin-1")
    (tmp_path / "locations.csv").write_bytes(content)
    report = check((tmp_path,))
    assert places(report) == [("not_utf8", 3, None, None), ("empty", 4, "name", None)]
    assert "Row 3 of locations.csv holds the byte 0xC9" in problems(report)[0].message()


@pytest.mark.parametrize("codec", ["cp850", "mac-roman"])
def test_an_encoding_that_can_only_be_guessed_at_is_not_read(tmp_path: Path, codec: str) -> None:
    (tmp_path / "locations.csv").write_bytes("location_id,name\nA,Eén\n".encode(codec))
    assert places(check((tmp_path,))) == [("not_utf8", 2, None, None)]


def test_rows_with_too_many_fields_hide_no_other_problem(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_text("location_id,name\nA,a,b\nB,\nC,c,d,e\n")
    assert places(check((tmp_path,))) == [
        ("too_many_fields", 2, None, None),
        ("too_many_fields", 4, None, None),
        ("empty", 3, "name", None),
    ]


def test_an_unclosed_quotation_mark(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_text('location_id,name\nA,"a\nB,\n')
    assert places(check((tmp_path,))) == [
        ("unclosed_quote", 2, None, None),
        ("empty", 3, "name", None),
    ]


@pytest.mark.parametrize("text", ["", "\n", "location_id,name\n", "location_id,name\n,\n ,\n"])
def test_a_file_without_rows(tmp_path: Path, text: str) -> None:
    (tmp_path / "locations.csv").write_text(text)
    assert [one.rule for one in problems(check((tmp_path,)))] == ["empty_file"]


def test_repeated_headings(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_text("location_id,name,name\nA,a,b\n")
    assert places(check((tmp_path,))) == [("repeated_column", None, "name", None)]


def test_empty_columns_at_the_end_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "locations.csv").write_text("location_id,name,,\nA,a,,\n")
    assert check((tmp_path,)).problems == ()


def test_files_of_no_table_list_what_there_is(tmp_path: Path) -> None:
    write_csv(tmp_path / "personeel.csv", locations())
    (tmp_path / "absence.xls").write_bytes(b"old")
    (tmp_path / "notes.txt").write_text("hello")
    report = check((tmp_path, tmp_path / "gone"))
    assert {(one.file, one.rule) for one in problems(report)} == {
        ("absence.xls", "unknown_format"),
        (str(tmp_path / "gone"), "not_found"),
        ("personeel.csv", "unknown_file"),
    }
    assert any("survey_answers" in one.remedy() for one in problems(report))


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [one.rule for one in problems(check((tmp_path,)))] == ["nothing_to_read"]


@pytest.mark.parametrize(
    "name",
    ["locations.csv", "LOCATIONS.CSV", "2024_locations.csv", "locations-2024 (2).csv",
     "export locations Q1.csv"],
)  # fmt: skip
def test_the_name_of_a_file_says_its_table(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / name, locations())
    assert check((tmp_path,)).rows == {"locations": 2}


def test_the_longest_name_of_a_table_counts(tmp_path: Path) -> None:
    write(tmp_path, group_measurements=[])
    row = {"period": "2024", "location_id": "A", "measure": "enps", "n": "12", "value": "3"}
    write_csv(tmp_path / "group measurements.csv", [row])
    assert check((tmp_path,)).rows == {"locations": 2, "group_measurements": 1}
