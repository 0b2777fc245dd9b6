"""How long an import of millions of rows takes and how much memory, on both databases.

It stands against a bare ADBC write of the same columns, already typed: no file read, no rule
checked. Each runs in a process of its own, whose peak memory the system tells when it ends.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from models.imports.contract import TABLES
from tests import postgres
from tests.bench.measuring import Line
from tests.serving import ROOT

ROWS = 2_000_000
SITES = 42
MOST_RATIO = 3.0
MOST_MEMORY = 1_536.0
MOST_GROWTH = 1.2
_TABLE = TABLES["customer_feedback"]

_FOREVER = """
import itertools, json, subprocess
from pathlib import Path
for files in itertools.cycle({files}):
    Path({job!r}).write_text(json.dumps(dict(paths=[files])))
    subprocess.run([{python!r}, "-m", "models.imports.child", {job!r}], check=True)
"""

System = Callable[[], AbstractContextManager[dict[str, str]]]
"""Makes an empty database, and tells the environment in which a process finds it."""

_BARE = """
import sys, time
import polars as pl
from models import raw
from models.engine import adbc
rows = pl.read_parquet(sys.argv[1]).with_columns(batch=pl.lit(1, pl.Int64))
began = time.perf_counter()
with adbc() as connection:
    for some in rows.iter_slices(100_000):
        raw.append(connection, "raw_customer_feedback", some)
print(time.perf_counter() - began)
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: seconds of the clock, and its peak memory in MiB."""

    seconds: float
    memory: float


def written(folder: Path, rows: int, seed: int) -> Path:
    """What `write` writes, by a process of its own: a child's peak starts from its parent's."""
    _run(["-m", __name__, str(folder), str(rows), str(seed)], {})
    return folder


def write(folder: Path, rows: int, generator: np.random.Generator) -> None:
    """A company's feedback as CSV beside its sites, and typed as it is stored, as Parquet."""
    folder.mkdir(parents=True)
    sites = [f"S{number:02}" for number in range(SITES)]
    pl.DataFrame({"location_id": sites, "name": sites}).write_csv(folder / "locations.csv")
    since = np.datetime64("2024-01-01", "ms")
    moments = since + (generator.integers(0, 730 * 86_400, rows) * 1_000).astype("timedelta64[ms]")
    pl.DataFrame(
        {
            "feedback_id": np.arange(rows),
            "at": pl.Series(moments).dt.to_string("%Y-%m-%d %H:%M:%S"),
            "location_id": generator.choice(sites, rows),
            "touchpoint": generator.choice(["checkout", "delivery", "returns"], rows),
            "channel": generator.choice(["shop", "phone", "e-mail", "chat"], rows),
            "nps": generator.integers(0, 11, rows),
            "csat": generator.integers(1, 6, rows),
            "ces": generator.integers(1, 8, rows),
            "resolved": generator.choice(["true", "false"], rows),
            "first_contact": generator.choice(["yes", "no"], rows),
            "empathy": generator.integers(1, 6, rows),
            "lost_minutes": generator.uniform(0, 60, rows).round(1),
        }
    ).select(
        pl.format("f-{}", "feedback_id").alias("feedback_id"), pl.exclude("feedback_id")
    ).write_csv(folder / "customer_feedback.csv")
    read = pl.scan_csv(folder / "customer_feedback.csv").with_columns(
        pl.col("at").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us"),
        pl.col("resolved", "first_contact").cast(pl.String).is_in(["true", "yes"]),
    )
    read.select(pl.col(name).cast(kind) for name, kind in _TABLE.schema().items()).sink_parquet(
        folder.with_suffix(".parquet")
    )


def _run(arguments: list[str], environment: Mapping[str, str]) -> tuple[float, str]:
    """A Python process to its end: its peak memory in MiB, and the last line that it said."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None, "asked for above"
    last = ""
    for line in process.stdout:
        last = line.strip() or last
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments[:2]} ended with {process.returncode}")
    return usage.ru_maxrss / 1024, last


def _import(brought: Path, environment: Mapping[str, str]) -> Spent:
    """The import's child process as the page and the terminal start it, by the clock."""
    with tempfile.TemporaryDirectory(prefix="werkvloer-") as folder:
        job = Path(folder, "job.json")
        job.write_text(json.dumps({"paths": [str(brought)]}))
        began = time.perf_counter()
        memory, said = _run(["-m", "models.imports.child", str(job)], environment)
        seconds = time.perf_counter() - began
    result = json.loads(said)["result"]
    assert result["stored"], result["problems"]
    return Spent(seconds, memory)


@contextmanager
def going_on(folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Imports, one after the other, for as long as the body runs; each brings other content."""
    brought = [written(folder / f"busy-{number}", ROWS, number) for number in (1, 2)]
    job = folder / "busy"
    job.mkdir()
    command = _FOREVER.format(
        files=[str(path) for path in brought], job=str(job / "job.json"), python=sys.executable
    )
    process = subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
        assert process.poll() is None, "the imports ended before the measurement did"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="werkvloer-") as folder:
        database = f"sqlite:///{folder}/werkvloer.db"
        yield {"WERKVLOER_DATA": folder, "WERKVLOER_DATABASE_URL": database}


@contextmanager
def _postgresql(server: postgres.Server) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="werkvloer-") as folder, server.database() as name:
        yield {"WERKVLOER_DATA": folder, "WERKVLOER_DATABASE_URL": server.url(name)}


@contextmanager
def _empty(system: AbstractContextManager[dict[str, str]]) -> Iterator[dict[str, str]]:
    """An empty database of the newest schema, as a process is told of it."""
    with system as environment:
        _run(["manage.py", "upgrade"], environment)
        yield environment


def measure(folder: Path, say: Callable[[str], None]) -> list[Line]:
    """Import once at each size on each database, after the bare write."""
    say(f"writing {ROWS:,} and {2 * ROWS:,} rows of feedback")
    once, twice = (written(folder / f"{rows}", rows, 1) for rows in (ROWS, 2 * ROWS))
    with postgres.running() as server:
        systems: dict[str, System] = {
            "SQLite": _sqlite,
            "PostgreSQL": partial(_postgresql, server),
        }
        return [
            line
            for name, system in systems.items()
            for line in _measured(name, system, (once, twice), say)
        ]


def _measured(
    name: str,
    system: System,
    brought: tuple[Path, Path],
    say: Callable[[str], None],
) -> Iterator[Line]:
    with _empty(system()) as environment:
        bare = float(_run(["-c", _BARE, str(brought[0].with_suffix(".parquet"))], environment)[1])
        say(f"  {name}: bare write {bare:.2f} s")
    spent = []
    for rows, files in zip((ROWS, 2 * ROWS), brought, strict=True):
        with _empty(system()) as environment:
            spent.append(_import(files, environment))
        say(f"  {name}: {rows:,} rows in {spent[-1].seconds:.2f} s, {spent[-1].memory:,.0f} MiB")
    once, twice = spent
    yield Line(
        what=f"{name}: import of {ROWS:,} rows of feedback",
        value=once.seconds,
        against="bare ADBC write of the same columns",
        floor=bare,
        most_ratio=MOST_RATIO,
    )
    yield Line(
        what=f"{name}: peak memory at {2 * ROWS:,} rows",
        value=twice.memory,
        against=f"at {ROWS:,} rows",
        floor=once.memory,
        most=MOST_MEMORY,
        most_ratio=MOST_GROWTH,
        unit="MiB",
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), np.random.default_rng(int(sys.argv[3])))
