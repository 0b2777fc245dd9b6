"""What all tests share: databases, the demo company, real data, and a word on what was skipped."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from tests import chromium, forked, postgres

ROOT = Path(__file__).parents[1]
REAL_DATA = Path(os.environ.get("WERKVLOER_REAL_DATA", ROOT.parent / "shared" / "data")).resolve()
DATABASE = "werkvloer.db"

# The kinds of test that a machine may be unable to run; the summary names them every time.
CONDITIONAL = ("browser", "postgres", "real_data")
ALWAYS_IN_CI = ("browser", "postgres")
OUTCOMES: Counter[tuple[str, str]] = Counter()
"""Tests by marker and outcome, as they are reported, also by processes that share the work."""

# Time limits on single examples fail on a busy machine and say nothing about the code.
settings.register_profile("normal", deadline=None, max_examples=60)
settings.register_profile("deep", deadline=None, max_examples=1_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--deep",
        action="store_true",
        default=os.environ.get("WERKVLOER_DEEP") == "1",
        help="run the long counts in full (also: WERKVLOER_DEEP=1)",
    )


def pytest_configure(config: pytest.Config) -> None:
    deep = config.getoption("--deep")
    settings.load_profile("deep" if deep else "normal")
    if deep:
        os.environ["WERKVLOER_DEEP"] = "1"
    elif "PYTEST_XDIST_WORKER" in os.environ:
        # Processes that share the work have a core each. Polars' threads for every core would only
        # wait for each other, which costs more than small frames do; the long counts keep them.
        os.environ.setdefault("POLARS_MAX_THREADS", "1")


LONG_FILES = (
    # Needs the demo company: while one process brings it in, the other does without.
    "test_carrying.py",
    "test_undoing.py",
    "test_two_views.py",
    "test_tutorial.py",
    "test_damage.py",
    "test_wizard.py",
    "test_killed_releases.py",
    "test_killed_imports.py",
    "test_questions.py",
)
"""Files of few tests that take long. Processes that share the work take them first, so that none
is left with one at the end while the other waits."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: number for number, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


# --- tests that need something of the machine ---------------------------------------------------


def _missing(marker: str) -> str | None:
    """Why tests with this marker can't run here; None when they can."""
    if marker == "browser" and chromium.find() is None:
        return "no Chromium: install Debian's package chromium"
    if marker == "postgres" and postgres.find() is None:
        return "no PostgreSQL: install Debian's package postgresql"
    if marker == "real_data" and not REAL_DATA.is_dir():
        return f"no real data in {REAL_DATA}: set WERKVLOER_REAL_DATA"
    return None


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("deep") and not item.config.getoption("--deep"):
        pytest.skip("runs with --deep")
    for marker in CONDITIONAL:
        reason = _missing(marker) if item.get_closest_marker(marker) else None
        if reason and marker in ALWAYS_IN_CI and os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        if reason:
            pytest.skip(reason)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.skipped or (report.when == "setup" and report.failed):
        for marker in CONDITIONAL:
            if marker in report.keywords:
                OUTCOMES[marker, report.outcome] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for marker in CONDITIONAL:
        ran = OUTCOMES[marker, "passed"] + OUTCOMES[marker, "failed"]
        skipped = OUTCOMES[marker, "skipped"]
        reason = _missing(marker) or "see the reasons above"
        terminalreporter.write_line(
            f"{marker.replace('_', ' ')} tests: {ran} ran"
            + (f", {skipped} SKIPPED ({reason})" if skipped else ""),
            yellow=bool(skipped),
        )


@pytest.fixture(scope="session")
def deep(pytestconfig: pytest.Config) -> bool:
    """Whether the long counts run in full."""
    return bool(pytestconfig.getoption("--deep"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of public data sets; tests that use it carry the marker `real_data`."""
    reason = _missing("real_data")
    if reason:
        pytest.skip(reason)
    return REAL_DATA


# --- databases ----------------------------------------------------------------------------------

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of store, import and release runs on both databases; the screens on SQLite."""
    beside = Path(metafunc.module.__file__).relative_to(ROOT).parts
    if "database" in metafunc.fixturenames and beside[:2] == ("tests", "models"):
        metafunc.parametrize("database", BOTH, indirect=True)


def _environment(folder: Path, url: str | None = None) -> dict[str, str]:
    return {
        "WERKVLOER_DATA": str(folder),
        "WERKVLOER_DATABASE_URL": url or f"sqlite:///{folder / DATABASE}",
    }


def _use(folder: Path, monkeypatch: pytest.MonkeyPatch, url: str | None = None) -> Iterator[Engine]:
    """Make `folder` the data folder of this process (and of its children) for one test."""
    from models import engine

    for name, value in _environment(folder, url).items():
        monkeypatch.setenv(name, value)
    in_use = engine.engine()
    yield in_use
    in_use.dispose()


@pytest.fixture(autouse=True)
def _forked_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs run in children that need not load the project first, unless the test is of these."""
    from models import jobs

    new = jobs.spawn

    def spawn(module: str, path: Path, inherited: Sequence[int]) -> jobs.Process:
        return (forked.spawn if module in forked.JOBS else new)(module, path, inherited)

    if "new_processes" not in request.fixturenames:
        monkeypatch.setattr(jobs, "spawn", spawn)


@pytest.fixture
def new_processes() -> None:
    """Jobs of this test run as in real life, each in a new Python: for tests of their processes."""


@pytest.fixture(scope="session")
def _empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from models import engine

    folder = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as monkeypatch:
        for _ in _use(folder, monkeypatch):
            engine.upgrade()
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this test run; tests that use it carry the marker `postgres`."""
    reason = _missing("postgres")
    if reason:
        pytest.skip(reason)
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def _empty_server(
    postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of an empty database of the newest schema, to make copies of."""
    from models import engine

    folder = tmp_path_factory.mktemp("empty")
    with postgres_server.database() as name, pytest.MonkeyPatch.context() as monkeypatch:
        for _ in _use(folder, monkeypatch, postgres_server.url(name)):
            engine.upgrade()
        yield name


@pytest.fixture
def database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An empty database of the newest schema, this test's own, in the environment as well.

    In tests of the models once a file of SQLite and once on a PostgreSQL server.
    """
    folder = tmp_path / "data"
    if getattr(request, "param", "sqlite") == "sqlite":
        empty: Path = request.getfixturevalue("_empty_data")
        yield from _use(Path(shutil.copytree(empty, folder)), monkeypatch)
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    folder.mkdir()
    with server.database(request.getfixturevalue("_empty_server")) as name:
        yield from _use(folder, monkeypatch, server.url(name))


@pytest.fixture
def on_disk(database: Engine, request: pytest.FixtureRequest) -> Callable[[], list[bytes]]:
    """Reads every file in which the database may have written something."""

    def read() -> list[bytes]:
        if database.dialect.name == "sqlite":
            file = Path(str(database.url.database))
            return [path.read_bytes() for path in file.parent.glob(f"{file.name}*")]
        server: postgres.Server = request.getfixturevalue("postgres_server")
        return [path.read_bytes() for path in server.folder.rglob("*") if path.is_file()]

    return read


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo company, brought in by the real pipeline once per run.

    Shared by all tests: read it, never write to it (`demo_copy` is for writing).
    """
    among_several = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if among_several else base) / "demo"
    made = folder.with_suffix(".made")
    # Of the processes that share the work one makes it, and the others wait.
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            folder.mkdir()
            for command in ("upgrade", "seed"):
                subprocess.run(
                    [sys.executable, "manage.py", command],
                    cwd=ROOT,
                    env={**os.environ, **_environment(folder)},
                    stdin=subprocess.DEVNULL,
                    check=True,
                )
            made.touch()
    return folder


@pytest.fixture
def demo_database(demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The shared demo company as this process's database; for reading only."""
    yield from _use(demo_data, monkeypatch)


@pytest.fixture
def demo_copy(demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A copy of the demo company, for a test that writes."""
    yield from _use(Path(shutil.copytree(demo_data, tmp_path / "demo")), monkeypatch)


# --- Streamlit ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_cached_results() -> Iterator[None]:
    """Clear Streamlit's caches, which outlive a test; pure tests never load Streamlit for it."""
    yield
    streamlit = sys.modules.get("streamlit")
    if streamlit is not None:
        streamlit.cache_data.clear()
        streamlit.cache_resource.clear()
