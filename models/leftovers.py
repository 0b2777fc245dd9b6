"""Temporary folders that go with the process that made them, however it ended."""

import os
import shutil
import tempfile
import time
import weakref
from pathlib import Path
from typing import Literal

from models import holding

PREFIX = "werkvloer-"
_HELD = "held"
_SETTLING_SECONDS = 60
"""A folder this young may be about to be held."""
_FORGOTTEN_SECONDS = 86_400
"""A folder for a visitor, which nobody holds, is kept for a day."""

_VISITORS = (f"{PREFIX}upload-", f"{PREFIX}report-")


def for_visitor(what: Literal["upload", "report"]) -> Path:
    """A new folder, for this user only, for files that a visitor brings or takes away."""
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{what}-"))


def folder() -> tuple[Path, int | None]:
    """A new folder for this user only, and the descriptor by which this process holds it."""
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    return made, holding.take(made / _HELD)


def folder_of(owner: object, prefix: str, parent: Path | None = None) -> Path:
    """A new folder that goes when ``owner`` is forgotten.

    It lies in ``parent``, which goes with its job; without one this process holds it.
    """
    made, held = (Path(tempfile.mkdtemp(prefix=prefix, dir=parent)), None) if parent else folder()
    weakref.finalize(owner, forget, made, held)
    return made


def forget(made: Path, held: int | None) -> None:
    """Delete a folder and let go of it."""
    shutil.rmtree(made, ignore_errors=True)
    if held is not None:
        os.close(held)


def clear() -> None:
    """Delete the folders of processes that are gone; they may hold rows as they were brought.

    Only folders that this module made: somebody's data may lie under a name that is like theirs.
    """
    if not holding.possible():
        return
    for found in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            known = found.lstat()
            if not found.is_dir() or found.is_symlink() or known.st_uid != os.getuid():
                continue
            age = time.time() - known.st_mtime
            if (found / _HELD).exists():
                _clear_unheld(found, age)
            elif found.name.startswith(_VISITORS) and age > _FORGOTTEN_SECONDS:
                shutil.rmtree(found, ignore_errors=True)
        except OSError:
            # Another process was faster.
            continue


def _clear_unheld(found: Path, age: float) -> None:
    if age < _SETTLING_SECONDS:
        return
    descriptor = holding.take(found / _HELD, make=False)
    if descriptor is not None:
        shutil.rmtree(found, ignore_errors=True)
        os.close(descriptor)
