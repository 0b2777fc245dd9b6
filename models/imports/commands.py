"""Terminal commands of the import; `manage.py` mounts them as `import` and `template`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from models import jobs
from models.commands import AsJson, counted, fail, follow
from models.imports import difference_words, starting, templates
from models.imports.folding import Fold, fold
from models.imports.starting import Result

EXAMPLES_SHOWN = 3
VALUES_SHOWN = 5


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    mapping: Annotated[
        str | None,
        typer.Option(help="A saved or bundled mapping (`mapping list`), or the path of one."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Write what is wrong here: a table, JSON, a marked copy of each file."),
    ] = None,
    replace: Annotated[
        int | None,
        typer.Option(help="Undo this batch in the same step; `batches` lists them."),
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; store nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check files whole and store them all, or say everything that is wrong and store nothing."""
    try:
        job = starting.start(
            paths,
            mapping=mapping,
            dry_run=dry_run,
            report=report,
            actor="terminal",
            replace=replace,
        )
        values = follow(job, quiet=as_json)
    except jobs.JobError as error:
        fail(str(error))
    result = Result.of(values)
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, **values}))
    else:
        typer.echo("\n".join(_told(result, report, dry_run=dry_run)))
    if result.problems:
        raise typer.Exit(1)


def _told(result: Result, report: Path | None, *, dry_run: bool) -> Iterator[str]:
    """The outcome in lines for people."""
    width = max((len(name) for name in result.rows), default=0)
    for name, count in result.rows.items():
        yield f"{name:<{width}}  {count:>12,}"
    for note in sorted(result.notes, key=lambda note: not note.warning):
        yield f"{'Warning' if note.warning else 'Note'}: {note.message()}"
    for one in fold(result.problems):
        yield ""
        yield from _fold(one)
    yield ""
    if result.report and report is not None:
        yield f"The report, with a copy of each file with problems, is in {report}."
    if result.difference is not None:
        yield from difference_words.lines(result.difference)
        yield ""
    yield _verdict(result, dry_run=dry_run)


def _fold(one: Fold) -> Iterator[str]:
    """One thing to mend: how often, where, its first places and values, and how."""
    columns = f", column {_few(one.columns)}" if one.columns else ""
    yield f"{one.count:,} × {one.rule}{columns}, in {_few(one.files)}"
    examples = [problem for cause in one.causes for problem in cause.examples]
    for problem in examples[:EXAMPLES_SHOWN]:
        row = f"row {problem.row}: " if problem.row is not None else ""
        yield f"    {row}{problem.message()}"
    if one.count > EXAMPLES_SHOWN:
        yield f"    … and {one.count - EXAMPLES_SHOWN:,} more"
    if one.repeats:
        yield f"    values: {_values(one)}"
    yield f"    → {one.first.remedy()}"


def _few(names: tuple[str, ...]) -> str:
    rest = len(names) - EXAMPLES_SHOWN
    return ", ".join(names[:EXAMPLES_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")


def _values(one: Fold) -> str:
    told = [
        f"'{value.text}' {counted(value.count, 'time')}"
        + (f" (did you mean {value.meant}?)" if value.meant else "")
        for value in one.values[:VALUES_SHOWN]
    ]
    rest = one.different - len(told)
    return ", ".join(told) + (f", and {rest:,} more" if rest > 0 else "")


def _verdict(result: Result, *, dry_run: bool) -> str:
    if result.problems:
        count = sum(cause.count for cause in result.problems)
        return f"{counted(count, 'problem')}. Nothing was stored."
    if result.already:
        return f"The same content was imported before, as batch {result.batch}. Nothing changed."
    rows = sum(result.rows.values())
    if dry_run:
        good = f"All {rows:,} rows are" if rows > 1 else f"{counted(rows, 'row')} is"
        return f"{good} good. Nothing was stored: this was a dry run."
    return f"Stored {counted(rows, 'row')} as batch {result.batch}. Next: python manage.py release"


def template(
    folder: Annotated[Path, typer.Argument(help="Where to write; made when it is not there.")],
    *,
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="One workbook with a sheet per table, to fill in.")
    ] = False,
) -> None:
    """Write each table with its headings and an example row, and a README."""
    try:
        written = templates.write_workbook(folder) if xlsx else templates.write(folder)
    except FileExistsError as error:
        fail(f"{error.filename} is there already; choose an empty folder.")
    typer.echo(
        f"Wrote {counted(len(written), 'file')} to {folder}. "
        "Put your own rows in place of the examples, then:"
        f"\n  python manage.py import {folder} --dry-run"
    )
