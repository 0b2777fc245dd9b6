"""The child process of an undo: `python -m models.imports.undoing.child JOB.json`.

The job: `{"action": "plan" | "undo", "batch", "actor"}`. The last line of standard output holds the
`result`: `refused` (null, `unknown` or `undone`) and, unless refused, `undoing`. In this process
only ADBC touches the database.
"""

from typing import Any

from models import journal, raw
from models.child import carry_out, tell
from models.engine import adbc
from models.imports.undoing.meaning import UndoRefused
from models.imports.undoing.plan import plan
from models.imports.undoing.taking_out import take_out


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Say what an undo would mean, or carry it out."""
    try:
        with adbc() as connection:
            if job["action"] == "plan":
                meaning = plan(connection, job["batch"])
            else:
                raw.lock(connection)
                meaning = take_out(connection, job["batch"], job["actor"])
                journal.finish(connection, job.get("job"), {"undone": job["batch"]})
    except UndoRefused as refusal:
        return {"refused": refusal.reason, "undoing": None}
    return {"refused": None, "undoing": meaning.to_json()}


def main() -> None:
    """Say that it has begun, then do the job."""
    tell("undoing", 0, 0)
    carry_out(lambda job, _folder: run(job))


if __name__ == "__main__":
    main()
