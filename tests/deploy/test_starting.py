"""The words of `make run` when it can't start."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def port(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "deploy/port.py", text],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_free_port_is_fine() -> None:
    with socket.socket() as trial:
        trial.bind(("localhost", 0))
        free = trial.getsockname()[1]
    assert port(str(free)).returncode == 0


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as holder:
        holder.bind(("localhost", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        done = port(str(taken))
    assert done.returncode == 1
    assert f"Port {taken} is taken" in done.stderr
    assert "make run PORT=" in done.stderr


@pytest.mark.parametrize("text", ["80", "http", "", "-8501", "65536"])
def test_what_is_no_port_is_refused(text: str) -> None:
    done = port(text)
    assert done.returncode == 1
    assert "1024 to 65535" in done.stderr


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A copy of the scripts without a .venv, with a folder for the only programs on the PATH."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "cut", "rm"):
        (programs / name).symlink_to(str(shutil.which(name)))
    return tmp_path


@pytest.mark.parametrize("version", ["3.10.13", None])
def test_an_old_python_is_named_with_a_way_out(elsewhere: Path, version: str | None) -> None:
    programs = elsewhere / "programs"
    if version:
        fake = programs / "python3"
        fake.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}"\nexit 1\n')
        fake.chmod(0o755)
    done = subprocess.run(
        ["sh", "deploy/venv.sh", "requirements.txt"],
        cwd=elsewhere,
        env={**os.environ, "PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert (f"Python {version}" if version else "no Python at all") in done.stderr
    assert "make run PYTHON=" in done.stderr
