"""Child processes of jobs that are forked from one that has loaded the project already.

Most of what a small import takes is loading: more than a second each, many hundreds of times in a
run of the tests. A forked child is a process of its own as well: with its own memory, open files,
environment and end. The demo company is brought in, and the app is served, by real new processes.

This module is also what the process that forks runs: it reads requests (JSON, with descriptors)
from a socket, and answers each with the number of the child. A child holds the writing end of a
pipe: it writes its exit status there, and the pipe ends when the child does, however it ends.
"""

import atexit
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
JOBS = (
    "models.imports.child",
    "models.imports.undoing.child",
    "models.releases.child",
    "models.releases.carrying.child",
)
"""The modules that are run so; the process that forks loads them once."""

_LONGEST_REQUEST = 1 << 20
_MOST_DESCRIPTORS = 8


class Forked:
    """A child as `models.jobs.Process` wants it; `ended` is the reading end of its pipe."""

    def __init__(self, pid: int, ended: int) -> None:
        self.pid = pid
        self.returncode: int | Any = None
        self._ended = ended
        self._said = b""

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        if self._look(timeout) is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return int(self.returncode)

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def _look(self, timeout: float | None) -> int | None:
        """Read what it says until it ends, for so long."""
        while self.returncode is None and select.select([self._ended], [], [], timeout)[0]:
            said = os.read(self._ended, 64)
            self._said += said
            if not said:
                os.close(self._ended)
                self.returncode = int(self._said) if self._said else -signal.SIGKILL
        return None if self.returncode is None else int(self.returncode)


@cache
def _forking() -> socket.socket:
    """The socket of the process that forks, which is started by whoever asks first."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    # It ends with the socket.
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def spawn(module: str, path: Path, inherited: Sequence[int]) -> Forked:
    """In the place of `models.jobs.spawn`, for the modules of `JOBS`."""
    for name in ("stdout", "stderr"):
        (path.parent / name).touch()
    ended, pipe = os.pipe()
    request = json.dumps({"module": module, "path": str(path), "environment": dict(os.environ)})
    # Descriptors of a process that ends are closed in order: when the pipe ends, all have.
    socket.send_fds(_forking(), [request.encode()], [*inherited, pipe])
    os.close(pipe)
    return Forked(int(_forking().recv(64)), ended)


def _serve(requests: socket.socket) -> None:
    """Fork a child for each request, until nobody can ask any more."""
    for module in (*JOBS, "pyarrow.dataset", "scipy.sparse.csgraph"):
        import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, descriptors, _, _ = socket.recv_fds(requests, _LONGEST_REQUEST, _MOST_DESCRIPTORS)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            requests.close()
            _run(json.loads(asked), descriptors[-1])
        for each in descriptors:
            os.close(each)
        requests.send(str(pid).encode())


def _run(request: Mapping[str, Any], pipe: int) -> None:
    """Do the job as a new process would, say the status, and end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["environment"])
    folder = Path(request["path"]).parent
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        file = os.open(folder / name, os.O_WRONLY)
        os.dup2(file, descriptor)
        os.close(file)
    sys.argv = [request["module"], request["path"]]
    # As `python -m` would: the module that was loaded is another one than the one that runs.
    sys.modules.pop(request["module"])
    status = 0
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(pipe, str(status).encode())
    os._exit(status)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
