"""Terminal commands of the import; `manage.py` mounts them as `import` and `template`."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from models import jobs
from models.commands import AsJson, fail, follow
from models.imports import starting, templates
from models.imports.problems import Cause
from models.imports.starting import Result

EXAMPLES_SHOWN = 3


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    mapping: Annotated[
        str | None,
        typer.Option(help="A bundled mapping (nhs, pep, servicenow) or the path of one."),
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; store nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check files whole and store them all, or say everything that is wrong and store nothing."""
    try:
        job = starting.start(paths, mapping=mapping, dry_run=dry_run, actor="terminal")
        values = follow(job, quiet=as_json)
    except jobs.JobError as error:
        fail(str(error))
    result = Result.of(values)
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, **values}))
    else:
        typer.echo("\n".join(_told(result, dry_run=dry_run)))
    if result.problems:
        raise typer.Exit(1)


def _told(result: Result, *, dry_run: bool) -> Iterator[str]:
    """The outcome in lines for people."""
    width = max((len(name) for name in result.rows), default=0)
    for name, count in result.rows.items():
        yield f"{name:<{width}}  {count:>12,}"
    for note in result.notes:
        yield f"Note: {note.message()}"
    for file, causes in groupby(result.problems, key=lambda cause: cause.file):
        yield f"\n{file}"
        for cause in causes:
            yield from _cause(cause)
    yield ""
    yield _verdict(result, dry_run=dry_run)


def _cause(cause: Cause) -> Iterator[str]:
    """One cause: how often, its first places, how to mend it."""
    column = f", column {cause.column}" if cause.column else ""
    yield f"  {cause.count:,} × {cause.rule}{column}"
    for problem in cause.examples[:EXAMPLES_SHOWN]:
        row = f"row {problem.row}: " if problem.row is not None else ""
        yield f"    {row}{problem.message()}"
    if cause.count > EXAMPLES_SHOWN:
        yield f"    … and {cause.count - EXAMPLES_SHOWN:,} more"
    yield f"    → {cause.examples[0].remedy()}"


def _verdict(result: Result, *, dry_run: bool) -> str:
    if result.problems:
        count = sum(cause.count for cause in result.problems)
        return f"{count:,} problems. Nothing was stored."
    if result.already:
        return f"The same content was imported before, as batch {result.batch}. Nothing changed."
    rows = sum(result.rows.values())
    if dry_run:
        return f"All {rows:,} rows are good. Nothing was stored: this was a dry run."
    return f"Stored {rows:,} rows as batch {result.batch}. Next: python manage.py release"


def template(
    folder: Annotated[Path, typer.Argument(help="Where to write; made when it is not there.")],
) -> None:
    """Write a file per table with its headings and an example row."""
    try:
        written = templates.write(folder)
    except FileExistsError as error:
        fail(f"{error.filename} is there already; choose an empty folder.")
    typer.echo(f"Wrote {len(written)} files to {folder}.")
