"""The terminal command that fills an empty database with the demo company."""

import tempfile
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from models.cells import current
from models.commands import fail, follow
from models.engine import engine, upgrade
from models.imports import starting
from models.imports.batches import recent
from models.releases import service
from seed.company import GROUP
from seed.generation import DEFAULT_SEED, generate, locations_before, write

SEEDED = "seed"
"""Who imports and publishes the demo company."""


def seed(
    *,
    number: Annotated[
        int, typer.Option("--seed", help="The same seed gives the same company.")
    ] = DEFAULT_SEED,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing when there is a company already.")
    ] = False,
) -> None:
    """Bring in the demo company, as any company's files, and publish it."""
    upgrade()
    # A first start that was cut short goes on: what it had stored already is recognised.
    if current(engine()) or any(batch.actor != SEEDED for batch in recent(engine())):
        if if_empty:
            return
        fail("The database is not empty: the demo company is for a new one.")
    typer.echo(f"{GROUP}: inventing three years of a company ...")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rng = np.random.default_rng(number)
        for part, frames in (
            ("sites as they were", {"locations": locations_before()}),
            ("the demo company", generate(rng)),
        ):
            write(frames, folder / part)
            stored = follow(starting.start([folder / part], actor=SEEDED, source=part), quiet=False)
            if stored["problems"]:
                fail(f"The demo company does not keep the data contract: {stored['problems'][:3]}")
    typer.echo("Splitting it into cells ...")
    released = follow(service.start("publish", actor=SEEDED), quiet=False)
    typer.echo(f"Published as release {released['release']}.")
