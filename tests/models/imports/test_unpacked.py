"""Unpacked copies of files: they lie with the job, and go when its process is killed."""

import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from models import leftovers
from models.imports.service import check

ROOT = Path(__file__).parents[3]

READS_AND_WAITS = """
import sys
from pathlib import Path
from models.imports.service import check
report = check((Path(sys.argv[1]),))
print(report.sheets[0].source.unpacked(), flush=True)
input()
"""


def packed(folder: Path) -> Path:
    path = folder / "locations.csv.gz"
    path.write_bytes(gzip.compress(b"location_id,name\nA,a\n"))
    return path


def test_copies_lie_in_the_folder_of_the_job(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "job").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    report = check((packed(tmp_path),), scratch=tmp_path / "job")
    assert report.sheets[0].source.unpacked().is_relative_to(tmp_path / "job")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_copies_of_a_process_that_was_killed_are_cleared(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", READS_AND_WAITS, str(packed(tmp_path))],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    copy = Path(child.stdout.readline().strip())
    assert copy.is_relative_to(tmp_path / "temporary")
    for folder in (tmp_path / "temporary").iterdir():
        os.utime(folder, (0, 0))
    leftovers.clear()
    assert copy.exists()
    child.kill()
    child.communicate()
    leftovers.clear()
    assert list((tmp_path / "temporary").iterdir()) == []
