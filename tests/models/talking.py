"""Child processes that a test talks to: what uses ADBC may not run in the test's own process."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRELUDE = """
import sys
from models import engine, raw, sql
def say(word): print(word, flush=True)
def wait(): sys.stdin.readline()
"""


class Child:
    """A script in a process of its own; it says lines with `say` and stops at each `wait()`."""

    def __init__(self, script: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PRELUDE + textwrap.dedent(script)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin
        assert self.process.stdout
        self._input, self._output = self.process.stdin, self.process.stdout

    def hear(self) -> str:
        """The next line that it says; empty when it has ended."""
        return self._output.readline().strip()

    def go_on(self) -> None:
        """Let it pass its `wait()`."""
        self._input.write("\n")
        self._input.flush()

    def last_words(self) -> str:
        """The last line of its errors, once it has ended."""
        _, errors = self.process.communicate()
        return errors.strip().splitlines()[-1] if errors.strip() else ""


@contextmanager
def child(script: str) -> Iterator[Child]:
    """Run a script; it is gone at the end."""
    running = Child(script)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()
