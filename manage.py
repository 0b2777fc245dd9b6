"""The same work as the dashboard, from a terminal: `python manage.py --help`."""

import sys
from typing import Any

import typer
from typer.core import TyperCommand

import metrics.documentation
import models.imports.documentation
from models import commands
from models.engine import DatabaseBusy, DatabaseUnavailable, UnsupportedDatabase
from models.imports.batches_commands import batches, fresh, undo
from models.imports.commands import import_, template
from models.imports.mapping.commands import mapping
from models.releases.carrying.commands import export_release, import_release
from models.setting_commands import turnover_settings
from seed.commands import seed
from translations import works_council

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def docs() -> None:
    """Write the methods, the data contract and the text for employees anew from their sources."""
    generated = (metrics.documentation.write(), models.imports.documentation.write())
    for written in (*generated, *works_council.write()):
        typer.echo(f"Wrote {written}.")


class Several(TyperCommand):
    """A command whose repeatable options take several values at once: `--by period kind`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        repeatable = {name for param in self.params if param.multiple for name in param.opts}
        spread: list[str] = []
        option = ""
        for arg in args:
            if arg.startswith("-"):
                option = arg if arg in repeatable else ""
            elif option and spread[-1] != option:
                spread.append(option)
            spread.append(arg)
        return super().parse_args(ctx, spread)


for name, command in (
    ("upgrade", commands.upgrade),
    ("move-from", commands.move_from),
    ("import", import_),
    ("template", template),
    ("batches", batches),
    ("undo", undo),
    ("freshness", fresh),
    ("release", commands.release),
    ("export-release", export_release),
    ("import-release", import_release),
    ("metrics", commands.metrics),
    ("metric", commands.metric),
    ("turnover-settings", turnover_settings),
    ("seed", seed),
    ("docs", docs),
):
    app.command(name, cls=Several)(command)
app.add_typer(mapping, name="mapping")

if __name__ == "__main__":
    try:
        app()
    except (DatabaseUnavailable, DatabaseBusy, UnsupportedDatabase) as error:
        sys.exit(str(error))
