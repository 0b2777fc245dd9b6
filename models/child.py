"""What every child process of `models.jobs` does around its work."""

import json
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
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
    _spare_pandas()
    path = Path(sys.argv[1])
    job = json.loads(path.read_text(encoding="utf-8"))
    print(json.dumps({"result": run(job, path.parent)}), flush=True)


class _NoPandas(MetaPathFinder):
    """Finds no pandas, whether or not it is installed."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("a child process does without pandas", name=name)


def _spare_pandas() -> None:
    """Load PyArrow for the drivers as if pandas, which Streamlit brings, were not there.

    PyArrow would load it to recognise its objects. There are none in a child process, and loading
    takes a fifth of its start.
    """
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        import pyarrow.dataset  # noqa: F401
    finally:
        sys.meta_path.remove(finder)
