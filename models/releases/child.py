"""The child process of a release: `python -m models.releases.child JOB.json`.

The job: `{"action": "build" | "publish" | "withdraw", "actor", "minimum", "grain", "as_of",
"subject", "period"}`. Progress goes to standard output, a JSON object a line; the last one holds
the `result`. In this process only ADBC touches the database.
"""

from datetime import date
from typing import Any

from models import journal, raw
from models.child import carry_out, tell
from models.engine import adbc
from models.releases.build import Built, Settings, build
from models.releases.store import check_unchanged, forget, publish, store, withdraw


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Carry out a job and say what was done."""
    if job["action"] == "withdraw":
        with adbc() as connection:
            number = withdraw(connection, job["subject"], job["period"], job["actor"])
            journal.finish(connection, job.get("job"), {"release": number})
        return {"release": number}
    settings = Settings(job["minimum"], job["grain"])
    # Read first, on a connection of its own: the write below then is one short transaction.
    with adbc() as connection:
        drafts, report = build(connection, settings, date.fromisoformat(job["as_of"]), tell)
    with adbc() as connection:
        raw.lock(connection)
        check_unchanged(connection, report.seen)
        forget(connection, report.valid)
        store(connection, drafts)
        number = publish(connection, job["actor"]) if job["action"] == "publish" else None
        journal.finish(connection, job.get("job"), {"release": number})
    return {"release": number, **_counted(report)}


def _counted(report: Built) -> dict[str, Any]:
    told = ("drafts", "grown", "waiting", "refused")
    return {name: [list(entry) for entry in getattr(report, name)] for name in told}


def main() -> None:
    carry_out(lambda job, _folder: run(job))


if __name__ == "__main__":
    main()
