"""Files that a process holds as long as it lives; the kernel lets go of them when it is killed."""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing is held, and nobody is told of processes that were killed.
    fcntl = None  # type: ignore[assignment]


def possible() -> bool:
    """Whether this system lets go of files by itself."""
    return fcntl is not None


def take(path: Path, *, make: bool = True) -> int | None:
    """Hold a file; its descriptor, None when another one holds it.

    Who inherits the descriptor holds the file too; the last of them that closes it lets go.

    Raises:
        FileNotFoundError: it is not there and is not to be made.
    """
    descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
    try:
        if fcntl is None:
            raise BlockingIOError
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
