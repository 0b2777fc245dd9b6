"""The child process of an import: `python -m models.imports.child JOB.json`.

The job: `paths`; `mapping`, the name or path of one, or null; `toml`, the text of a saved mapping;
`dry_run`; `replace`, a batch to undo in the same step; `report`, a folder for files that say what
is wrong, with `words`, the translations of their texts; `actor` and `source`. Progress goes to
standard output, a JSON object a line; the last one holds the `result`: `stored`, `batch`,
`already`, `rows`, `problems`, `notes`, `difference` (dry runs), `report` (whether one was written).
In this process only ADBC touches the database.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models import journal
from models.child import carry_out, tell
from models.engine import adbc
from models.imports import mapping, reporting
from models.imports.comparing import compare
from models.imports.employee_key import employee_key
from models.imports.service import Report, check
from models.imports.store import Finished, Origin, files_of, store
from models.imports.stored import StoredRows, standing

NICENESS = 10
"""How far an import steps back for the dashboard, which runs on the same processors."""


def run(job: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """Check the files and, unless it is a dry run or there are problems, store them."""
    paths = tuple(Path(path) for path in job["paths"])
    # Read on a connection of its own: the write below then is one transaction that begins with
    # a write, and can wait its turn.
    replace: int | None = job.get("replace")
    with adbc() as connection:
        # What is undone while the files are checked counts as undone since.
        stood = standing(connection)
        report = check(paths, _mapped_by(job), StoredRows(connection, replace), tell, scratch)
    if not report.good:
        return _result(report, {"report": _reported(job, report)})
    finished = Finished(report.spool, employee_key())
    if job.get("dry_run"):
        with adbc() as connection:
            return _result(report, {"difference": compare(connection, finished, replace=replace)})
    origin = Origin(
        job.get("source") or ", ".join(path.name for path in paths),
        job.get("actor", ""),
        job.get("mapping") or "",
        files_of(paths),
    )
    with adbc() as connection:
        outcome = store(connection, finished, origin, tell, replace, stood)
        done = {"batch": outcome.batch, "already": outcome.already}
        journal.finish(connection, job.get("job"), done)
    return _result(report, {"stored": not outcome.already, **done})


def _reported(job: dict[str, Any], report: Report) -> bool:
    """Write down what is wrong where somebody asked for that; whether it was."""
    if not job.get("report"):
        return False
    reporting.write(
        Path(job["report"]), report.problems, report.notes, report.sheets, job.get("words"), tell
    )
    return True


def _mapped_by(job: dict[str, Any]) -> str | mapping.Written | None:
    """The mapping to check by."""
    name: str | None = job.get("mapping")
    if name is not None and job.get("toml") is not None:
        return mapping.Written(name, job["toml"])
    return name


def _result(report: Report, told: Mapping[str, Any]) -> dict[str, Any]:
    nothing = {"stored": False, "batch": None, "already": False, "difference": None}
    return {**nothing, "report": False, **report.to_json(), **told}


def main() -> None:
    """Step back for the dashboard, then do the job."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    carry_out(run)


if __name__ == "__main__":
    main()
