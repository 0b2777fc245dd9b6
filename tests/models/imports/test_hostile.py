"""Hostile files: a clear word on each, nothing stored, nothing carried out, nothing left open."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from models.imports.contract import TABLES
from models.imports.service import Report, check
from models.imports.starting import Result, start
from tests.models.imports import company
from tests.models.imports.company import places, problems, write
from tests.models.imports.hostile_files import FILES
from tests.models.imports.hostile_texts import DANGEROUS, TEXTS

ROOT = Path(__file__).parents[3]


def is_clear(report: Report) -> None:
    """Every problem has a message and a remedy for people, of a length that can be read."""
    for one in problems(report):
        for said in (one.message(), one.remedy()):
            assert 10 < len(said) < 1_000
            assert "Traceback" not in said
            assert said.isprintable() or one.value is not None


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_file(tmp_path: Path, name: str) -> None:
    case = TEXTS[name]
    if case.file != "locations.csv" and not case.file.startswith("locations"):
        write(tmp_path)
    case.write(tmp_path)
    report = check((tmp_path,))
    assert tuple(places(report)) == case.problems
    assert {one.file for one in problems(report)} <= {case.file}
    if case.names:
        assert tuple(report.tables["locations"]["name"]) == case.names
    is_clear(report)


@pytest.mark.parametrize("name", FILES)
def test_files_of_other_kinds(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    case = FILES[name]
    report = check((case.write(folder),))
    assert tuple((one.file, one.rule) for one in problems(report)) == case.problems
    is_clear(report)


@pytest.mark.parametrize("name", [name for name, case in FILES.items() if case.problems])
def test_a_bad_file_hides_no_good_one(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    beside = write(tmp_path / "beside", locations=[{"location_id": "Z", "name": ""}])
    report = check((FILES[name].write(folder), beside))
    assert ("locations.csv", "empty") in [(one.file, one.rule) for one in problems(report)]


@contextmanager
def somebody_else() -> Iterator[None]:
    """Without the rights of root, which may read anything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_files_and_folders_without_rights(tmp_path: Path, monkeypatch) -> None:
    write(tmp_path / "in")
    (tmp_path / "in" / "closed").mkdir()
    (tmp_path / "in" / "closed").chmod(0)
    (tmp_path / "in" / "locations.csv").chmod(0)
    # From within: the folders above it may be closed to others, too.
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    with somebody_else():
        report = check((Path("in"),))
    assert [(one.file, one.rule) for one in problems(report)] == [
        ("closed", "unreadable"),
        ("locations.csv", "unreadable"),
    ]


TEXT_COLUMNS = [
    (table.name, column.name)
    for table in TABLES.values()
    for column in table.columns
    if column.kind in ("text", "code") and column.keeping == "as brought"
]


def row_of(table: str, **changes: str) -> dict[str, str]:
    """A row of a table, by the examples of the contract."""
    return {column.name: column.example for column in TABLES[table].columns} | changes


@pytest.mark.parametrize(("table", "column"), TEXT_COLUMNS)
def test_dangerous_text_in_every_text_column(tmp_path: Path, table: str, column: str) -> None:
    """It comes out as it went in: what refers to nothing is named with its own value."""
    rows = [row_of(table, **{column: value}) for value in DANGEROUS.values()]
    company.write_csv(tmp_path / f"{table}.csv", rows)
    report = check((tmp_path,))
    read = report.tables[table].get_column(column) if column in report.tables[table] else None
    assert read is not None
    unseen = TABLES[table].column(column).kind == "code"
    refused = {
        one.value
        for one in problems(report)
        if one.column == column and one.rule in ("bad_character", "too_long")
    }
    expected = [value.strip() for value in DANGEROUS.values()]
    assert read.to_list() == expected
    assert bool(refused) == unseen
    is_clear(report)


def everything(database: Engine) -> str:
    """A hash over every row of every raw table."""
    digest = hashlib.sha256()
    with database.connect() as connection:
        for table in sorted(inspect(database).get_table_names()):
            if table.startswith("raw_") or table == "batch":
                rows = connection.execute(text(f"SELECT * FROM {table}")).all()
                digest.update(repr((table, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


def imported(*paths: Path) -> Result:
    return Result.of(start(paths, actor="tester").result())


SAMPLE = ["a zip bomb", "a path up in a zip", "a workbook of a billion laughs", "a device",
          "a Parquet with a text that unfolds", "a name that is not UTF-8"]  # fmt: skip


def test_nothing_that_is_stored_changes(database: Engine, tmp_path: Path) -> None:
    """By the process that imports: the files are as they come from outside."""
    assert imported(write(tmp_path / "good")).stored
    before = everything(database)
    paths = []
    for place, name in enumerate(SAMPLE):
        folder = tmp_path / f"bad{place}"
        folder.mkdir()
        paths.append(FILES[name].write(folder))
    result = imported(*paths)
    found = {(one.file, one.rule) for cause in result.problems for one in cause.examples}
    assert found == {problem for name in SAMPLE for problem in FILES[name].problems}
    assert not result.stored
    assert everything(database) == before


def test_dangerous_text_is_stored_as_it_is(database: Engine, tmp_path: Path) -> None:
    rows = [
        {"location_id": str(place), "name": value} for place, value in enumerate(DANGEROUS.values())
    ]
    assert imported(write(tmp_path / "in", locations=rows)).stored
    with database.connect() as connection:
        stored = connection.execute(text("SELECT location_id, name FROM raw_locations")).all()
    assert {int(one): name for one, name in stored} == dict(enumerate(DANGEROUS.values()))


MEASURE = """
import re, sys
from pathlib import Path
from models.imports.service import check
for path in sys.argv[1:]:
    check((Path(path),))
# The system's other figure, ru_maxrss, starts from the peak of the process that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""

HEAVY = ["a zip bomb", "a gz bomb", "a gz bomb in a zip", "a workbook that is a bomb",
         "a Parquet of rows without end", "a Parquet with a text that unfolds"]  # fmt: skip


def test_bombs_take_little_memory(tmp_path: Path) -> None:
    paths = []
    for place, name in enumerate(HEAVY):
        folder = tmp_path / str(place)
        folder.mkdir()
        paths.append(str(FILES[name].write(folder)))
    large = tmp_path / "locations.csv"
    with large.open("w") as file:
        file.write("location_id,name\n")
        file.writelines(f"{n},{'x' * 900}\n" for n in range(60_000))
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, *paths, str(large)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(run.stdout) < 700, "megabytes"
