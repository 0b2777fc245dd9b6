"""The one job a visitor has running: started here, polled here, its result kept until the next."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from metrics.words import N_
from models.jobs import Job, JobError
from pages.shared.subjects import SUBJECTS, subject_name
from pages.shared.words import _, words
from pages.steward.import_report import ReportFolder, texts

Kind = Literal["check", "import", "build", "publish", "plan", "undo"]

UNDOING = ("plan", "undo")

STAGES = {
    "": N_("Starting"),
    "reading": N_("Reading files"),
    "checking": N_("Checking rows"),
    "reporting": N_("Writing the report"),
    "storing": N_("Storing rows"),
    "comparing": N_("Comparing with what is stored"),
    "undoing": N_("Looking at the import and what hangs on it"),
}
POLL_SECONDS = 0.7
MINUTES_FROM = 90
"""Seconds from which the time left is told in minutes."""

_RUNNING = "steward_job"
_DONE = "steward_done"


@dataclass(frozen=True, slots=True)
class Running:
    """A job, the folder of uploaded files to clear when it ends, and the folder of its report."""

    kind: Kind
    job: Job
    folder: Path | None = None
    report: ReportFolder | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """How a job ended: what it gave back, or the words it ended with.

    The report is there as long as this is.
    """

    kind: Kind
    values: Any = None
    error: str | None = None
    report: ReportFolder | None = None


def running() -> Running | None:
    found: Running | None = st.session_state.get(_RUNNING)
    return found


def done() -> Done | None:
    found: Done | None = st.session_state.get(_DONE)
    return found


def start(kind: Kind, begin: Callable[..., Job], folder: Path | None = None) -> None:
    """Start a job unless one is running; a check or an import is told where to report."""
    if running() is not None:
        return
    st.session_state.pop(_DONE, None)
    if kind in ("check", "import"):
        report = ReportFolder()
        job = begin(report=report.path, words=texts())
        st.session_state[_RUNNING] = Running(kind, job, folder, report)
    else:
        st.session_state[_RUNNING] = Running(kind, begin(), folder)


def finish() -> None:
    """Keep the result of a job that has ended, and clear its uploaded files."""
    current = running()
    if current is None:
        return
    try:
        values = current.job.result()
        st.session_state[_DONE] = Done(current.kind, values, report=current.report)
    except JobError as error:
        st.session_state[_DONE] = Done(current.kind, error=str(error))
    if current.folder is not None:
        shutil.rmtree(current.folder, ignore_errors=True)
    del st.session_state[_RUNNING]


def forget() -> None:
    """Put the last result away."""
    st.session_state.pop(_DONE, None)


def cancel() -> None:
    """Stop the job; nothing of it is kept."""
    current = running()
    if current is not None:
        current.job.cancel()


def stage_name(stage: str) -> str:
    """What a job is doing, in the visitor's words; a build names the subject that it is at."""
    if stage in SUBJECTS:
        return _("Building groups ({subject})").format(subject=subject_name(stage))
    return _(STAGES.get(stage, stage))


def _left(seconds: float) -> str:
    """The time left, in seconds or in minutes."""
    said = words()
    if seconds < MINUTES_FROM:
        return _("about {seconds} s left").format(seconds=said.number(round(seconds)))
    return _("about {minutes} min left").format(minutes=said.number(round(seconds / 60)))


@st.fragment(run_every=POLL_SECONDS)
def progress() -> None:
    """How far the job is; draws the whole page anew when it has ended."""
    current = running()
    if current is None:
        return
    now = current.job.progress()
    if now.finished:
        finish()
        st.rerun()
    said = words()
    text = stage_name(now.stage)
    if now.total:
        text = _("{stage}: {done} of {total}").format(
            stage=text, done=said.number(now.done), total=said.number(now.total)
        )
    if now.seconds_left is not None:
        text += " · " + _left(now.seconds_left)
    st.progress(min(1.0, now.done / now.total) if now.total else 0.0, text=text)
    st.button(_("Cancel"), icon=":material/stop:", on_click=cancel, key="job_cancel")
