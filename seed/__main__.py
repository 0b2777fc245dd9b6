"""`python -m seed FOLDER`: write the demo company's tables as Parquet files."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from seed.company import GROUP
from seed.generation import DEFAULT_SEED, generate, locations_before, write


def main(
    *,
    folder: Annotated[Path, typer.Argument(help="Folder to write to; made if it is not there.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = DEFAULT_SEED,
    before: Annotated[
        bool,
        typer.Option("--before", help="Only the sites as they were, with a region's old name."),
    ] = False,
) -> None:
    """Write the tables of the demo company, one file a table."""
    frames = {"locations": locations_before()} if before else generate(np.random.default_rng(seed))
    files = write(frames, folder)
    rows = sum(frame.height for frame in frames.values())
    typer.echo(f"{GROUP}: {rows:,} rows in {len(files)} files in {folder}")


if __name__ == "__main__":
    typer.run(main)
