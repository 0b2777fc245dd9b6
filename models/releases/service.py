"""Releases, for pages and terminal: each runs in a child process of its own."""

from datetime import UTC, date, datetime
from typing import Literal

from models import jobs, journal, settings
from models.engine import engine

MODULE = "models.releases.child"


def start(
    action: Literal["build", "publish"], *, actor: str = "", as_of: date | None = None
) -> jobs.Job:
    """Build the drafts that are due and, with `publish`, publish every draft.

    Periods that were not over on `as_of` (default: today) are not built.
    """
    return jobs.start(
        MODULE,
        {
            "action": action,
            "actor": actor,
            "minimum": settings.minimum(engine()),
            "grain": settings.grain(engine()),
            "as_of": (as_of or datetime.now(UTC).date()).isoformat(),
        },
        journal.begin("release", action, actor),
    )


def start_withdrawal(subject: str, period: str, *, actor: str = "") -> jobs.Job:
    """Take a published period of one subject back, for good."""
    return jobs.start(
        MODULE,
        {"action": "withdraw", "actor": actor, "subject": subject, "period": period},
        journal.begin("release", f"withdraw {subject} {period}", actor),
    )
