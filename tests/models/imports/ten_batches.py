"""Ten imports and their undoing, in a process of its own.

`python -m tests.models.imports.ten_batches` reads a list of orders of undoing from standard input;
writes, per order and step, what the database holds after the undo, and what it holds when the
batches that are left were the only ones to come.
"""

import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl

from models import raw
from models.engine import adbc
from models.imports import child as importing
from models.imports.contract import STORED
from models.imports.undoing import child as undoing
from models.releases import child as releasing
from models.releases.store import stored
from models.tables import RAW
from tests.models.imports.company import Rows, write

COUNT = 10
ALWAYS = ("locations", "ideas", "cases")
"""Tables that others refer to: every batch has its own."""


def _sites(seed: int) -> Rows:
    """The same three sites every time; where they belong changes."""
    regions = ["North", "South"]
    return [
        {"location_id": one, "name": f"Site {one}", "region": regions[(number + seed) % 2]}
        for number, one in enumerate("ABC")
    ]


def _answers(random_: random.Random, wave: str) -> Rows:
    return [
        {
            "response_id": f"r{number}",
            "wave": wave,
            "answered_on": f"{wave}-10",
            "location_id": random_.choice("ABC"),
            "enps": str(random_.randint(0, 10)),
        }
        for number in random_.sample(range(60), 45)
    ]


def _feedback(random_: random.Random) -> Rows:
    return [
        {
            "feedback_id": f"f{number}",
            "at": f"2024-0{random_.randint(1, 3)}-05 10:00",
            "location_id": random_.choice("ABC"),
            "nps": str(random_.randint(0, 10)),
        }
        for number in random_.sample(range(80), 50)
    ]


def _people(random_: random.Random) -> Rows:
    return [
        {
            "employee_id": f"e{number}",
            "start_on": "2023-01-01",
            "end_on": random_.choice(["", "", "", "2024-01-20", "2024-02-20"]),
            "location_id": "ABC"[number % 3],
            "desk_type": random_.choice(["desk", "non_desk"]),
        }
        for number in random_.sample(range(70), 60)
    ]


def _ideas(random_: random.Random) -> Rows:
    return [
        {
            "idea_id": f"i{number}",
            "submitted_on": f"2024-01-{random_.randint(10, 28)}",
            "location_id": random_.choice("ABC"),
            "submitter": f"e{number}",
        }
        for number in range(6)
    ]


def _cases(random_: random.Random) -> Rows:
    return [
        {
            "case_id": f"c{number}",
            "opened_at": "2024-01-05 09:00",
            "location_id": "ABC"[number % 3],
            "closed_at": f"2024-0{random_.randint(1, 3)}-20 10:00",
            "csat": str(random_.randint(1, 5)),
        }
        for number in range(45)
    ]


def _steps(random_: random.Random) -> Rows:
    return [
        {"case_id": f"c{number}", "at": "2024-01-19 10:00", "event": "assigned"}
        for number in random_.sample(range(45), 10)
    ]


def _figures(random_: random.Random) -> Rows:
    return [
        {
            "period": period,
            "location_id": site,
            "measure": "autonomy",
            "n": "30",
            "value": str(random_.randint(1, 5)),
        }
        for period in ("2024-01", "2024-02")
        for site in random_.sample("ABC", 2)
    ]


def _absence(random_: random.Random) -> Rows:
    return [
        {
            "period": "2024-01",
            "location_id": site,
            "hours_lost": str(random_.randint(1, 99)),
            "contract_hours": "2000",
        }
        for site in "ABC"
    ]


def write_batches(folder: Path) -> list[Path]:
    """The files of ten imports that bring the same keys, in part, over and over."""
    kinds: dict[str, Callable[[random.Random], Rows]] = {
        "survey_answers": lambda one: _answers(one, one.choice(["2024-01", "2024-02"])),
        "customer_feedback": _feedback,
        "assignments": _people,
        "case_events": _steps,
        "group_measurements": _figures,
        "absence": _absence,
    }
    made = []
    for number in range(COUNT):
        one = random.Random(number)
        # Every batch brings what others refer to, so that any of them could have come alone.
        tables = {"locations": _sites(number), "ideas": _ideas(one), "cases": _cases(one)}
        tables |= {name: kinds[name](one) for name in one.sample(sorted(kinds), 3)}
        made.append(write(folder / f"{number}", **tables))
    return made


def bring(folder: Path) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        result = importing.run({"paths": [str(folder)]}, Path(scratch))
    assert result["stored"], result
    return int(result["batch"])


def undo(batch: int) -> None:
    job = {"action": "undo", "batch": batch, "actor": "tester"}
    assert undoing.run(job)["refused"] is None


def build() -> None:
    job = {"action": "build", "actor": "", "minimum": 5, "grain": "month", "as_of": "2024-12-31"}
    releasing.run(job)


def contents() -> dict[str, Any]:
    """Every raw table without the batches' numbers, but in their order; and every draft."""
    with adbc() as connection:
        tables = {}
        for name, table in STORED.items():
            rows = raw.versions(connection, name)
            order = rows["batch"].rank("dense")
            rows = rows.with_columns(batch=order).select(pl.all().cast(pl.String))
            tables[name] = sorted(rows.rows(), key=repr)
            assert set(table.names) <= set(rows.columns)
        marks = raw.query(
            connection,
            "SELECT id, sha256 FROM release_block",
            {"id": pl.Int64(), "sha256": pl.String()},
        )
        hashes = dict(marks.iter_rows())
        drafts = sorted((b.subject, b.period, b.state, hashes[b.id]) for b in stored(connection))
    return {"tables": tables, "drafts": drafts}


def clear() -> None:
    with adbc() as connection:
        raw.lock(connection)
        for name in STORED:
            raw.execute(connection, f"DELETE FROM {RAW}{name}")
        raw.execute(connection, "DELETE FROM arrival")
        raw.execute(connection, "DELETE FROM batch")
    forget_drafts()


def forget_drafts() -> None:
    with adbc() as connection:
        raw.lock(connection)
        raw.execute(connection, "DELETE FROM release_block")


def undone(folders: list[Path], order: Iterable[int]) -> list[dict[str, Any]]:
    """What is held after each undo, in an order of the batches counted from 0."""
    clear()
    numbers = [bring(folder) for folder in folders]
    build()
    held = []
    for position in order:
        undo(numbers[position])
        build()
        held.append(contents())
    return held


def never_came(folders: list[Path], wanted: Iterable[frozenset[int]]) -> dict[frozenset[int], Any]:
    """What is held when only these batches came, for each of several sets of batches.

    Batches come in their order, so a set that begins as the one before it goes on from there; the
    release is built from nothing for each.
    """
    held = {}
    came: list[int] = []
    clear()
    for left in sorted(map(sorted, wanted)):
        if came != left[: len(came)]:
            clear()
            came = []
        for position in left[len(came) :]:
            bring(folders[position])
        came = left
        forget_drafts()
        build()
        held[frozenset(left)] = contents()
    return held


def main() -> None:
    orders: list[list[int]] = json.load(sys.stdin)
    said = []
    with tempfile.TemporaryDirectory() as scratch:
        folders = write_batches(Path(scratch))
        for order in orders:
            steps = undone(folders, order)
            for step, held in enumerate(steps, start=1):
                left = frozenset(range(COUNT)) - set(order[:step])
                said.append((left, held))
        known = never_came(folders, {left for left, _ in said})
    told = [
        {"left": sorted(left), "undone": held, "never came": known[left]} for left, held in said
    ]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
