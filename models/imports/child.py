"""The child process of an import: `python -m models.imports.child JOB.json`.

The job: `{"paths": [...], "mapping": name or path or null, "dry_run": bool, "actor", "source"}`.
Progress goes to standard output, a JSON object a line; the last one holds the `result`: `stored`,
`batch`, `already`, `rows`, `problems`, `notes`. In this process only ADBC touches the database.
"""

import json
import sys
from pathlib import Path
from typing import Any

from models.engine import adbc
from models.imports.employee_key import employee_key
from models.imports.service import Report, check
from models.imports.store import finish, store
from models.imports.stored import StoredRows


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Check the files and, unless it is a dry run or there are problems, store them."""
    paths = tuple(Path(path) for path in job["paths"])
    # Read on a connection of its own: the write below then is one transaction that begins with
    # a write, and can wait its turn.
    with adbc() as connection:
        report = check(paths, job.get("mapping"), StoredRows(connection), _tell)
    if job.get("dry_run") or not report.good:
        return _result(report)
    finished = finish(report.tables, employee_key())
    source = job.get("source") or ", ".join(path.name for path in paths)
    with adbc() as connection:
        outcome = store(connection, finished, source, job.get("actor", ""), _tell)
    return _result(report, stored=not outcome.already, batch=outcome.batch, already=outcome.already)


def _result(
    report: Report, *, stored: bool = False, batch: int | None = None, already: bool = False
) -> dict[str, Any]:
    return {"stored": stored, "batch": batch, "already": already, **report.to_json()}


def _tell(stage: str, done: int, total: int) -> None:
    print(json.dumps({"stage": stage, "done": done, "total": total}), flush=True)


def main() -> None:
    """Read the job, do it, say the result."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps({"result": run(job)}), flush=True)


if __name__ == "__main__":
    main()
