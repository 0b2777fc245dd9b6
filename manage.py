"""The same work as the dashboard, from a terminal: `python manage.py --help`."""

import typer

import metrics.documentation
import models.imports.documentation
from models import commands
from models.imports.commands import import_, template
from seed.commands import seed

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def docs() -> None:
    """Write docs/methods.md and docs/data-contract.md anew from the definitions."""
    for written in (metrics.documentation.write(), models.imports.documentation.write()):
        typer.echo(f"Wrote {written}.")


for name, command in (
    ("upgrade", commands.upgrade),
    ("import", import_),
    ("template", template),
    ("release", commands.release),
    ("metrics", commands.metrics),
    ("metric", commands.metric),
    ("seed", seed),
    ("docs", docs),
):
    app.command(name)(command)

if __name__ == "__main__":
    app()
