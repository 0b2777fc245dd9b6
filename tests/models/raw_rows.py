"""Putting rows into the raw tables, as an import's child process does, batch by batch."""

import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[2]

_CHILD = textwrap.dedent(
    """
    import json, sys
    from pathlib import Path
    import polars as pl
    from models import raw
    from models.engine import adbc
    from models.imports.contract import STORED
    folder = Path(sys.argv[1])
    with adbc() as connection, connection.cursor() as cursor:
        batch = raw.newest_batch(connection) + 1
        cursor.execute(
            "INSERT INTO batch (id, created_at, source, sha256, actor, rows) "
            "VALUES (?, '2024-01-01 00:00:00.000000', 'test', ?, '', '{}')",
            (batch, f"batch {batch}"),
        )
        for path in sorted(folder.glob("*.parquet")):
            frame = pl.read_parquet(path).with_columns(batch=pl.lit(batch, pl.Int64))
            cursor.adbc_ingest(f"raw_{path.stem}", frame.to_arrow(), mode="append")
    """
)


def put(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Store frames (columns of the contract, in any part) as the next batch."""
    folder.mkdir(parents=True)
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    subprocess.run([sys.executable, "-c", _CHILD, str(folder)], cwd=ROOT, check=True)
