"""Random valid companies come back exactly; every damage to them is named, and nothing else."""

import io
import tempfile
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.imports.contract import TABLES
from models.imports.service import Report, check
from tests.models.imports.companies import Company, companies, made
from tests.models.imports.damages import DAMAGES
from tests.models.imports.hammer import Place, Work


def checked(company: Company) -> Report:
    with tempfile.TemporaryDirectory() as name:
        company.write(Path(name))
        return check((Path(name),))


def found(report: Report) -> set[Place]:
    return {
        (one.rule, one.file, one.row, one.column)
        for cause in report.problems
        for one in cause.examples
    }


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_damage_is_named_and_nothing_else(damage) -> None:
    work = Work(made(Random(7), sites=3, size=2, forms=("wide", "long")), Random(7))
    assert damage(work)
    assert found(checked(work.company)) == work.expected


@given(
    company=companies(),
    seed=st.integers(0, 2**32),
    damages=st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=8),
)
def test_every_damage_of_several_is_named_and_nothing_else(
    company: Company, seed: int, damages
) -> None:
    work = Work(company, Random(seed))
    for damage in sorted(damages, key=DAMAGES.index):
        damage(work)
    assert found(checked(company)) == work.expected


@pytest.mark.parametrize("broken", range(4))
def test_a_broken_file_hides_no_other(broken: int) -> None:
    company = made(Random(broken), sites=2, size=1, forms=("wide",))
    work = Work(company, Random(broken))
    for damage in (DAMAGES[4], DAMAGES[8]):
        damage(work)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        company.write(folder)
        content = (b"\x00\x01\x02", b"PK\x03\x04 no zip", b"PAR1 nothing PAR1", b"")[broken]
        (folder / ("teams_2.xlsx", "teams_2.xlsx", "teams_2.parquet", "teams_2.csv")[broken]
         ).write_bytes(content)  # fmt: skip
        told = found(check((folder,)))
    others = {place for place in told if not place[1].startswith("teams_2")}
    assert others == work.expected
    assert len(told) == len(others) + 1


def _xlsx(frame: pl.DataFrame, path: Path) -> None:
    frame.write_excel(path.with_suffix(".xlsx"))


def _parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path.with_suffix(".parquet"))


def _csv(separator: str, encoding: str):
    def write(frame: pl.DataFrame, path: Path) -> None:
        texts = io.BytesIO()
        frame.write_csv(texts, separator=separator)
        content = texts.getvalue().decode()
        path.with_suffix(".csv").write_bytes(content.encode(encoding))

    return write


WRITERS = {
    "comma": _csv(",", "utf-8"),
    "semicolon with a mark": _csv(";", "utf-8-sig"),
    "tab": _csv("\t", "utf-8"),
    "utf-16": _csv(";", "utf-16"),
    "windows": _csv(",", "cp1252"),
    "xlsx": _xlsx,
    "parquet": _parquet,
}


@given(company=companies(), form=st.sampled_from(sorted(WRITERS)))
def test_a_valid_company_comes_back_exactly(company: Company, form: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        for file in company.files:
            WRITERS[form](company.frame(file), Path(name) / file)
        report = check((Path(name),))
    assert found(report) == set()
    assert [note.message() for note in report.notes if note.warning] == []
    for table, stored in report.tables.items():
        assert stored.sort(TABLES[table].key).equals(_expected(company, table)), table


def _expected(company: Company, table: str) -> pl.DataFrame:
    """The table in stored form, made without the importer."""
    columns = {column.name: column.stored_type for column in TABLES[table].columns}
    frames = []
    for name, file in company.files.items():
        if file.table != table:
            continue
        frame = company.frame(name)
        items = [heading for heading in frame.columns if heading not in columns]
        if items:
            about = [heading for heading in frame.columns if heading not in items]
            frame = frame.unpivot(items, index=about, variable_name="item", value_name="score")
        missing = [pl.lit(None, kind).alias(n) for n, kind in columns.items() if n not in frame]
        frames.append(frame.with_columns(missing).select(list(columns)))
    return pl.concat(frames).sort(TABLES[table].key)
