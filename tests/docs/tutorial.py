"""Runs the commands of docs/tutorial.md and writes down what they say.

After a change of what a command says: `python -m tests.docs.tutorial` writes the document anew.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
_SAME_MOMENT = "2026-01-31 12:00"


def run(text: str, folder: Path) -> str:
    """The document with what its commands say, run one after the other in an empty folder.

    A line that begins with `$ ` is a command; moments are written as one and the same.
    """
    for name in ("manage.py", "docs"):
        (folder / name).symlink_to(ROOT / name)
    outside = {key: value for key, value in os.environ.items() if not key.startswith("WERKVLOER")}
    environment = outside | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "COLUMNS": "100",
    }
    return _BLOCK.sub(
        lambda block: f"```console\n{''.join(_said(block[1], folder, environment))}```", text
    )


def _said(block: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        command = line.removeprefix("$ ")
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            environment[name] = value
            yield f"{line}\n"
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        said = _MOMENT.sub(_SAME_MOMENT, done.stdout)
        yield f"{line}\n" + "".join(f"{each.rstrip()}\n" for each in said.strip().splitlines())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        TUTORIAL.write_text(run(TUTORIAL.read_text("utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
