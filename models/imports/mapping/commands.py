"""Terminal commands for mappings; `manage.py` mounts them as `mapping list`, `mapping show` ..."""

from pathlib import Path
from typing import Annotated

import typer

from models.commands import fail
from models.engine import engine, upgrade
from models.imports.mapping import saved
from models.imports.mapping.loading import BUNDLED, MappingError, bundled, load
from models.imports.mapping.writing import write

mapping = typer.Typer(
    help="How files of other programs become tables: guess, show, save.", no_args_is_help=True
)


@mapping.command("list")
def list_() -> None:
    """List the mappings that come with Werkvloer and those that were saved."""
    upgrade()
    for name in bundled():
        typer.echo(f"{name:<24} {_first_line(load(name).about)}")
    for one in saved.listed(engine()):
        by = f" by {one.actor}" if one.actor else ""
        typer.echo(f"{one.name:<24} saved {one.saved_at:%Y-%m-%d %H:%M} UTC{by}")


def _first_line(about: str) -> str:
    return about.strip().partition("\n")[0]


@mapping.command()
def show(
    name: Annotated[str, typer.Argument(help="A bundled or saved mapping, or a path.")],
) -> None:
    """Print a mapping as TOML."""
    upgrade()
    found = saved.find(engine(), name) if name not in bundled() else None
    path = BUNDLED / f"{name}.toml" if name in bundled() else Path(name)
    if found is None and not path.is_file():
        fail(f"There is no mapping '{name}'; `mapping list` shows those there are.")
    typer.echo(found.toml if found else path.read_text(encoding="utf-8"), nl=False)


@mapping.command()
def guess(
    file: Annotated[Path, typer.Argument(help="A file of any program.")],
    table: Annotated[str | None, typer.Option(help="Its table, when the guess is wrong.")] = None,
    *,
    places: Annotated[
        bool, typer.Option("--places", help="Also bring the sites and teams that it names.")
    ] = False,
) -> None:
    """Print a guess of how a file is read, as TOML to correct and pass to `import --mapping`."""
    from models.imports.contract import TABLES
    from models.imports.guessing import guess as guessed
    from models.imports.guessing.sampling import sample_file
    from models.imports.guessing.telling import remarks

    if table is not None and table not in TABLES:
        fail(f"There is no table '{table}'; there are {', '.join(TABLES)}.")
    sample, causes = sample_file(file)
    if sample is None:
        fail("\n".join(problem.message() for cause in causes for problem in cause.examples))
    found = guessed(sample, table, places=places)
    typer.echo(write(found.mapping, remarks(found)), nl=False)


@mapping.command()
def save(
    name: Annotated[str, typer.Argument(help="The name to save it under.")],
    file: Annotated[Path, typer.Argument(help="A TOML file.")],
    *,
    over: Annotated[bool, typer.Option("--over", help="Also over one of the same name.")] = False,
) -> None:
    """Save a mapping by name, for the Imports page and for `import --mapping NAME`."""
    upgrade()
    try:
        toml = file.read_text(encoding="utf-8")
        kept = saved.save(engine(), name, toml, actor="terminal", over=over)
    except saved.NameTaken as error:
        fail(f"{error} Add --over to save over it.")
    except (saved.NameRefused, MappingError, OSError, UnicodeDecodeError) as error:
        fail(str(error))
    else:
        typer.echo(f"Saved {kept.name}.")


@mapping.command()
def delete(name: Annotated[str, typer.Argument(help="A saved mapping.")]) -> None:
    """Forget a saved mapping; what it brought in stays."""
    upgrade()
    try:
        saved.delete(engine(), name)
    except saved.NameRefused as error:
        fail(str(error))
    typer.echo(f"Deleted {name}.")
