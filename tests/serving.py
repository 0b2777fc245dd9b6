"""A Streamlit server in a process of its own, for browser tests and benches."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("localhost", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serve(
    script: Path, environment: Mapping[str, str], *, log: Path, folder: Path = ROOT
) -> Iterator[str]:
    """Serve `script` on a free port of localhost; gives the address, without a slash at its end.

    Args:
        script: the entry page.
        environment: added to this process's environment.
        log: file for what the server writes.
        folder: where the server runs, which decides on the `.streamlit/config.toml` it reads.

    Raises:
        RuntimeError: the server did not come up; the message holds its log.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    flags = ["--server.address=localhost", f"--server.port={port}", "--server.headless=true"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, *flags, "--server.fileWatcherType=none"],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://localhost:{port}"
            _wait(f"{address}/_stcore/health", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not come up:\n{log.read_text()}")
