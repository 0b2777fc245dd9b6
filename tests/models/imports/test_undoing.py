"""Undo: the raw tables are as if the batch had never come, and so is the release."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models.imports.ten_batches import COUNT

ROOT = Path(__file__).parents[3]


def carried_out(orders: list[list[int]]) -> list[dict[str, Any]]:
    """Each step of undoing ten batches in these orders; see `ten_batches`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.models.imports.ten_batches"],
        cwd=ROOT,
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.usefixtures("database")
def test_undoing_ten_batches_in_any_order_leaves_no_trace(*, deep: bool) -> None:
    chance = random.Random(20240601)
    orders = [chance.sample(range(COUNT), COUNT) for _ in range(20 if deep else 1)]
    if deep:
        orders += [list(range(COUNT)), list(range(COUNT))[::-1]]
    steps = carried_out(orders)
    assert len(steps) == COUNT * len(orders)
    drafts = 0
    for step in steps:
        assert step["undone"]["tables"] == step["never came"]["tables"], step["left"]
        assert step["undone"]["drafts"] == step["never came"]["drafts"], step["left"]
        drafts += len(step["undone"]["drafts"])
    assert drafts > 30 * len(orders)
    last = steps[-1]["undone"]
    assert not any(last["tables"].values())
    assert last["drafts"] == []
