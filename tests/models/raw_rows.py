"""Putting rows into the raw tables, as an import's child process does, batch by batch."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from models import raw
from models.engine import adbc, is_postgresql

ROOT = Path(__file__).parents[2]

Put = Callable[..., None]
"""Stores frames, by the name of their table, as the next batch."""


def put(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Store frames (columns of the contract, in any part) as the next batch."""
    folder.mkdir(parents=True)
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    if is_postgresql():
        store(folder)
    else:
        # Two SQLite libraries may not write in one process.
        subprocess.run([sys.executable, "-m", __spec__.name, str(folder)], cwd=ROOT, check=True)


def store(folder: Path) -> None:
    """Store every Parquet file of a folder, called after its table, as one batch."""
    with adbc() as connection:
        raw.lock(connection)
        batch = raw.newest_batch(connection) + 1
        row = {
            "id": batch,
            "created_at": datetime(2024, 1, 1, tzinfo=UTC),
            "source": "test",
            "sha256": f"batch {batch}",
            "actor": "",
            "rows": "{}",
            "files": "[]",
        }
        raw.append(connection, "batch", pl.DataFrame([row]))
        for path in sorted(folder.glob("*.parquet")):
            frame = pl.read_parquet(path).with_columns(batch=pl.lit(batch, pl.Int64))
            raw.append(connection, f"raw_{path.stem}", frame)


if __name__ == "__main__":
    store(Path(sys.argv[1]))
