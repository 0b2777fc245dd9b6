"""The direction of the data and the order of the house, held from the source and by running it.

Each rule is also shown a source that breaks it.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests import architecture

ROOT = Path(__file__).parents[1]
TEXTS = {path: (ROOT / path).read_text(encoding="utf-8") for path in architecture.text_files(ROOT)}
SOURCES = {path: text for path, text in TEXTS.items() if path.suffix == ".py"}
PAGES = architecture.pages(TEXTS[PurePosixPath("pages/shared/registry.py")])


def offences(rule: str) -> Iterator[str]:
    check = getattr(architecture, rule)
    for path, source in SOURCES.items():
        yield from check(path, source)


@pytest.mark.parametrize("rule", ["direction", "raw_reads", "length"])
def test_the_source_keeps_the_rule(rule: str) -> None:
    assert list(offences(rule)) == []


def test_files_lie_where_they_belong() -> None:
    assert [text for path in SOURCES for text in architecture.placement(path)] == []


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_page_asks_its_guard_first(path: PurePosixPath) -> None:
    assert architecture.guard(path, SOURCES[path]) == []


def test_what_is_no_page_does_nothing_by_itself() -> None:
    beside = [path for path in SOURCES if path.parts[0] == "pages" and path not in PAGES]
    found = [text for path in beside for text in architecture.only_defines(path, SOURCES[path])]
    assert found == []


def test_no_folder_of_somebodys_machine_is_named() -> None:
    found = [text for path in TEXTS for text in architecture.machine_paths(path, TEXTS[path])]
    assert found == []


def test_the_layers_are_there() -> None:
    # A layer that was renamed would pass every rule above.
    assert set(architecture.LAYERS) <= {path.parts[0] for path in SOURCES}
    assert PAGES


# --- each rule catches what it is for -----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("release/build.py", "import models"),
        ("release/build.py", "from metrics.results import Cells"),
        ("release/build.py", "import streamlit"),
        ("release/build.py", "from streamlit.testing.v1 import AppTest"),
        ("metrics/means.py", "from release.build import build"),
        ("metrics/means.py", "from release import build"),
        ("metrics/means.py", "import release"),
        ("metrics/means.py", "import sqlalchemy.orm"),
        ("metrics/means.py", "from sqlmodel import Session"),
        ("metrics/means.py", "import adbc_driver_sqlite.dbapi"),
        ("metrics/means.py", "from .results import Cells"),
        ("metrics/means.py", "def late():\n    import models.cells"),
        ("metrics/means.py", "import importlib\nimportlib.import_module('models.cells')"),
        ("metrics/means.py", "import importlib\nimportlib.import_module(name)"),
        ("metrics/means.py", "__import__('streamlit')"),
        ("figures/heat.py", "from release.build import build"),
        ("figures/heat.py", "from models.cells import answer"),
        (
            "figures/heat.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sqlmodel",
        ),
        ("models/cells.py", "import streamlit as st"),
        ("models/cells.py", "from pages.shared import words"),
        ("models/cells.py", "import figures"),
        ("pages/people/burnout.py", "from sqlalchemy import select"),
        ("pages/people/burnout.py", "import sqlite3"),
        ("pages/people/burnout.py", "from models.tables import ReleaseBlock"),
        ("pages/people/burnout.py", "from models import tables"),
        ("pages/people/burnout.py", "from release.build import build"),
        ("pages/people/burnout.py", "import seed.truth"),
        ("manage.py", "import streamlit"),
        ("seed/company.py", "from pages.shared import words"),
    ],
)
def test_an_import_against_the_direction_is_caught(path: str, source: str) -> None:
    assert len(architecture.direction(PurePosixPath(path), source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("release/build.py", "import polars as pl\nfrom release.blocks import Block"),
        ("metrics/means.py", "from release.periods import parse\nfrom metrics import results"),
        ("metrics/means.py", "from release import periods"),
        ("figures/heat.py", "import plotly.graph_objects as go\nfrom metrics.results import Table"),
        ("models/cells.py", "from sqlalchemy import Engine\nfrom release.blocks import unpack"),
        ("pages/people/burnout.py", "import streamlit as st\nfrom models import cells"),
        ("app.py", "import streamlit as st\nfrom pages.shared import words"),
    ],
)
def test_an_import_along_the_direction_passes(path: str, source: str) -> None:
    assert architecture.direction(PurePosixPath(path), source) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("models/cells.py", "query = 'select * from raw_survey_answers'"),
        ("models/cells.py", "from models.tables import RAW_TABLES"),
        ("models/cells.py", "from models import tables\ntables.RAW_TABLES"),
        ("models/cells.py", "from models.raw import newest"),
        ("pages/people/burnout.py", "table = 'raw_ideas'"),
        ("metrics/means.py", "table = f'{name} raw_ideas'"),
    ],
)
def test_a_raw_table_behind_the_release_is_caught(path: str, source: str) -> None:
    assert len(architecture.raw_reads(PurePosixPath(path), source)) == 1


def test_the_collecting_side_may_read_raw_tables() -> None:
    path = PurePosixPath("models/releases/leaves.py")
    assert architecture.raw_reads(path, "from models.tables import RAW_TABLES") == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import streamlit as st\nst.title('Burnout')",
        "import streamlit as st\nst.title('x')\nfrom pages.shared import guard\nguard.ask('hr')",
        "from pages.shared import guard\nx = 1\nguard.ask('hr')",
        "def ask(): ...\nask()",
        "from somewhere import ask\nask()",
        "from pages.shared import guard\nif True:\n    guard.ask('hr')",
    ],
)
def test_a_page_without_its_guard_first_is_caught(source: str) -> None:
    assert len(architecture.guard(PurePosixPath("pages/people/burnout.py"), source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""Burnout."""\nfrom pages.shared import guard\nguard.ask("hr")\nst.title("Burnout")',
        "from pages.shared.guard import ask\nask('hr')",
    ],
)
def test_a_page_with_its_guard_first_passes(source: str) -> None:
    assert architecture.guard(PurePosixPath("pages/people/burnout.py"), source) == []


def test_the_registry_names_the_pages() -> None:
    registry = 'PAGES = (Entry(code="a", file="pages/people/a.py"), Entry("b", file="pages/b.py"))'
    assert [str(path) for path in architecture.pages(registry)] == [
        "pages/people/a.py",
        "pages/b.py",
    ]


def test_a_page_in_disguise_is_caught() -> None:
    path = PurePosixPath("pages/people/parts.py")
    defines = '"""Parts."""\nimport streamlit as st\nLIMIT = 3\ndef draw():\n    st.title("x")'
    assert architecture.only_defines(path, defines) == []
    assert len(architecture.only_defines(path, f"{defines}\ndraw()")) == 1
    assert len(architecture.only_defines(path, f"{defines}\nif LIMIT:\n    draw()")) == 1


@pytest.mark.parametrize(
    "path", ["pages/overview.py", "pages/__init__.py", "models/utils.py", "metrics/helpers/x.py"]
)
def test_a_misplaced_file_is_caught(path: str) -> None:
    assert len(architecture.placement(PurePosixPath(path))) == 1


def test_a_long_file_is_caught() -> None:
    path = PurePosixPath("metrics/means.py")
    assert architecture.length(path, "x\n" * architecture.LONGEST_FILE) == []
    assert len(architecture.length(path, "x\n" * (architecture.LONGEST_FILE + 1))) == 1


@pytest.mark.parametrize("folder", ["home/jan", "root", "Users/jan", "work"])
def test_a_folder_of_a_machine_is_caught(folder: str) -> None:
    path = PurePosixPath("README.md")
    assert len(architecture.machine_paths(path, f"see /{folder}/data and more")) == 1
    assert architecture.machine_paths(path, f"see docs/{folder}/data and more") == []


# --- and by running it --------------------------------------------------------------------------

TERMINAL = """
import runpy, sys
sys.argv = ["manage.py", *sys.argv[1:]]
try:
    runpy.run_path("manage.py", run_name="__main__")
except SystemExit as stop:
    assert not stop.code, stop.code
loaded = {name.split(".")[0] for name in sys.modules}
assert "polars" in loaded, "the command computed nothing"
assert "streamlit" not in loaded, "the terminal loaded Streamlit"
"""


@pytest.mark.usefixtures("demo_database")
def test_a_metric_in_the_terminal_never_loads_streamlit() -> None:
    command = ["metric", "measure.mean", "--measure", "enps", "--by", "period", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '"metric"' in done.stdout
