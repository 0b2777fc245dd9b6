"""The child process of an import: `python -m models.imports.child JOB.json`.

The job: `{"paths": [...], "mapping": name or path or null, "toml": the text of a saved mapping or
null, "dry_run": bool, "actor", "source"}`. Progress goes to standard output, a JSON object a line;
the last one holds the `result`: `stored`, `batch`, `already`, `rows`, `problems`, `notes`. In this
process only ADBC touches the database.
"""

import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

from models import journal
from models.engine import adbc
from models.imports import mapping
from models.imports.employee_key import employee_key
from models.imports.service import Report, check
from models.imports.store import Finished, Origin, files_of, store
from models.imports.stored import StoredRows

NICENESS = 10
"""How far an import steps back for the dashboard, which runs on the same processors."""


def run(job: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """Check the files and, unless it is a dry run or there are problems, store them."""
    paths = tuple(Path(path) for path in job["paths"])
    # Read on a connection of its own: the write below then is one transaction that begins with
    # a write, and can wait its turn.
    with adbc() as connection:
        report = check(paths, _mapped_by(job), StoredRows(connection), _tell, scratch)
    if job.get("dry_run") or not report.good:
        return _result(report)
    finished = Finished(report.spool, employee_key())
    origin = Origin(
        job.get("source") or ", ".join(path.name for path in paths),
        job.get("actor", ""),
        job.get("mapping") or "",
        files_of(paths),
    )
    with adbc() as connection:
        outcome = store(connection, finished, origin, _tell)
        done = {"batch": outcome.batch, "already": outcome.already}
        journal.finish(connection, job.get("job"), done)
    return _result(report, stored=not outcome.already, batch=outcome.batch, already=outcome.already)


def _mapped_by(job: dict[str, Any]) -> str | mapping.Mapping | None:
    """The mapping to check by; a saved one was judged when it was saved."""
    name: str | None = job.get("mapping")
    if name is not None and job.get("toml") is not None:
        return mapping.parse(tomllib.loads(job["toml"]), name)
    return name


def _result(
    report: Report, *, stored: bool = False, batch: int | None = None, already: bool = False
) -> dict[str, Any]:
    return {"stored": stored, "batch": batch, "already": already, **report.to_json()}


def _tell(stage: str, done: int, total: int) -> None:
    print(json.dumps({"stage": stage, "done": done, "total": total}), flush=True)


def main() -> None:
    """Read the job, do it, say the result."""
    os.nice(NICENESS)
    path = Path(sys.argv[1])
    job = json.loads(path.read_text(encoding="utf-8"))
    print(json.dumps({"result": run(job, path.parent)}), flush=True)


if __name__ == "__main__":
    main()
