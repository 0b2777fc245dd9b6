"""The same work as the dashboard, from a terminal: `python manage.py --help`."""

import typer

from models import commands

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for command in (
    commands.upgrade,
    commands.release,
    commands.metrics,
    commands.metric,
):
    app.command()(command)

if __name__ == "__main__":
    app()
