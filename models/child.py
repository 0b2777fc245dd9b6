"""What every child process of `models.jobs` does around its work."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def tell(stage: str, done: int, total: int) -> None:
    """Say how far it is."""
    print(json.dumps({"stage": stage, "done": done, "total": total}), flush=True)


def carry_out(run: Callable[[dict[str, Any], Path], Any]) -> None:
    """Read the job, do it, say the result.

    Args:
        run: takes the job and its folder, which goes when the job is forgotten.
    """
    path = Path(sys.argv[1])
    job = json.loads(path.read_text(encoding="utf-8"))
    print(json.dumps({"result": run(job, path.parent)}), flush=True)
