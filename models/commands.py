"""Terminal commands that read and make releases; `manage.py` mounts them."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from metrics.definitions import METRICS
from metrics.results import Table
from models import jobs, journal, link_commands, moving, settings
from models.asking import MetricError, QuestionError, ask, metric_named
from models.cells import EVERYTHING, load
from models.engine import engine
from models.engine import upgrade as upgrade_database
from models.releases import service
from release.partition import MinimumError

ACTIONS = ("build", "publish", "withdraw")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def upgrade() -> None:
    """Bring the database to the newest schema."""
    upgrade_database()
    # Said once more where somebody starts the next job, or on the Imports page.
    _tell_of_ended(keep=True)
    typer.echo("The database is up to date.")


def move_from(
    file: Annotated[Path, typer.Argument(help="The SQLite file, such as data/werkvloer.db.")],
) -> None:
    """Copy a whole SQLite file into the empty database of WERKVLOER_DATABASE_URL."""
    try:
        moving.move(file, lambda name, rows: typer.echo(f"{name:<24} {rows:>12,}"))
    except moving.MoveRefused as error:
        fail(str(error))
    typer.echo("Moved. Keep the folder with employee.key: it belongs to these rows.")


def release(
    action: Annotated[str, typer.Argument(help="build (default), publish or withdraw")] = "build",
    minimum: Annotated[
        int | None, typer.Option(help="Set the fewest people in a cell of unpublished periods.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="What to withdraw, such as survey.")] = None,
    period: Annotated[str | None, typer.Option(help="The period to withdraw.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Build the cells that are due; `publish` puts them out, and published stays published."""
    if action not in ACTIONS:
        raise typer.BadParameter(f"'{action}' is none of: {', '.join(ACTIONS)}")
    upgrade_database()
    try:
        if minimum is not None:
            settings.set_minimum(engine(), minimum)
        if action == "withdraw":
            if not subject or not period:
                raise typer.BadParameter("withdraw needs --subject and --period")
            job = service.start_withdrawal(subject, period)
        else:
            job = service.start("publish" if action == "publish" else "build")
        result = follow(job, quiet=as_json)
    except (MinimumError, jobs.JobError) as error:
        fail(str(error))
    typer.echo(json.dumps(result) if as_json else "\n".join(_told(action, result)))


def _told(action: str, result: dict[str, Any]) -> list[str]:
    number = result["release"]
    if action == "withdraw":
        return [f"Withdrawn, as release {number}." if number else "That period is not published."]
    lines = [
        f"{_counted(result[name])} {what}"
        for name, what in (
            ("drafts", "built and ready to publish"),
            ("grown", "published before, with late additions ready to publish"),
            ("waiting", "published before, with late or corrected rows that have to wait"),
            (
                "refused",
                "left out: they overlap other periods of the same subject, or repeat their answers",
            ),
        )
        if result[name]
    ] or ["Nothing new to build."]
    if action == "publish":
        return [*lines, f"Published as release {number}." if number else "Nothing to publish."]
    return [*lines, "Look, then publish with: python manage.py release publish"]


def _counted(entries: list[list[str]]) -> str:
    subjects: dict[str, int] = {}
    for subject, _ in entries:
        subjects[subject] = subjects.get(subject, 0) + 1
    return ", ".join(f"{subject} {count}" for subject, count in subjects.items()) + ":"


def follow(job: jobs.Job, *, quiet: bool) -> Any:
    """Wait for a job, with its progress on a terminal; Ctrl-C cancels it.

    Raises:
        jobs.JobError: it ended without a result.
    """
    import sys
    import time

    _tell_of_ended()
    try:
        while not (now := job.progress()).finished:
            if not quiet and sys.stderr.isatty() and now.stage:
                left = "" if now.seconds_left is None else f", {now.seconds_left:.0f} s left"
                sys.stderr.write(f"\r\033[K{now.stage}: {now.done:,} of {now.total:,}{left}")
                sys.stderr.flush()
            time.sleep(0.1)
    except KeyboardInterrupt:
        job.cancel()
    finally:
        if not quiet and sys.stderr.isatty():
            sys.stderr.write("\r\033[K")
    return job.result()


def _tell_of_ended(*, keep: bool = False) -> None:
    """Say what became of jobs that were killed, or went on alone."""
    for ended in journal.settle(engine(), keep=keep):
        typer.echo(ended.message(), err=True)


def counted(count: int, thing: str) -> str:
    """`1 problem`, `2,000 problems`."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def fail(message: str) -> NoReturn:
    """Say what is wrong and end with exit code 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def metrics(*, as_json: AsJson = False) -> None:
    """List the metrics, and the measures that the published release has."""
    held = load(engine())
    measures = [(code, held.measure(code)) for code in held.measures()]
    if as_json:
        listed = {
            "metrics": [
                {"metric": metric.code, "label": metric.label, "formula": metric.formula}
                for metric in METRICS.values()
            ]
            + [{"metric": code, "label": about} for code, about in link_commands.NAMES.items()],
            "measures": [
                {
                    "measure": code,
                    "label": measure.label,
                    "unit": measure.unit,
                    "periods": held.periods(code),
                    "dimensions": sorted(held.dims(code)),
                }
                for code, measure in measures
                if measure
            ],
        }
        typer.echo(json.dumps(listed))
        return
    typer.echo("Metrics")
    for metric in METRICS.values():
        typer.echo(f"  {metric.code:<24} {metric.label}: {metric.formula}")
    for code, about in link_commands.NAMES.items():
        typer.echo(f"  {code:<24} {about}")
    typer.echo("Measures")
    for code, measure in measures:
        periods = held.periods(code)
        label = measure.label if measure else code
        typer.echo(f"  {code:<24} {label} ({periods[0]} to {periods[-1]})")
    if not measures:
        typer.echo("  none yet: import files, then publish a release")


def metric(
    name: Annotated[str, typer.Argument(help="The metric's code; `metrics` lists them.")],
    measure: Annotated[str | None, typer.Option(help="The measure, where it takes one.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="A dimension to group by.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="A filter, DIMENSION=VALUE.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first period.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last period.")] = None,
    wx: Annotated[str | None, typer.Option(help="Worker experience, for link.*.")] = None,
    cx: Annotated[str | None, typer.Option(help="Customer experience, for link.*.")] = None,
    rollout: Annotated[str | None, typer.Option(help="The roll-out, for link.rollout.")] = None,
    lag: Annotated[int | None, typer.Option(help="Periods between both, for link.*.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Compute a metric from the published cells."""
    try:
        if name.startswith("link."):
            answer = link_commands.told(
                name,
                load(engine()),
                wx=wx,
                cx=cx,
                rollout=rollout,
                lag=lag,
                first=first,
                last=last,
            )
            typer.echo(
                link_commands.as_json(answer) if as_json else "\n".join(link_commands.lines(answer))
            )
            return
        table = ask(
            metric_named(name),
            EVERYTHING,
            load(engine()),
            measure=measure,
            by=by or (),
            where=_filters(where or []),
            first=first,
            last=last,
            shares=settings.leaver_cost(engine()),
        )
    except (QuestionError, MetricError) as error:
        fail(str(error))
    typer.echo(json.dumps(table.to_json()) if as_json else "\n".join(_lines(table)))


def _filters(texts: list[str]) -> dict[str, list[str]]:
    """`kind=shop kind=office region=North` as the values wanted per dimension."""
    wanted: dict[str, list[str]] = {}
    for text in texts:
        dim, equals, value = text.partition("=")
        if not equals or not dim or not value:
            raise QuestionError(f"'{text}' is not a filter; write DIMENSION=VALUE, as in kind=shop")
        wanted.setdefault(dim, []).append(value)
    return wanted


def _lines(table: Table) -> list[str]:
    headings = [*table.by, "value", "low", "high", "n"]
    rows = [[_plain(row[name]) for name in headings] for row in table.rows.to_dicts()]
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    written = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in (headings, *rows)
    ]
    coverage = "" if table.coverage is None else f", coverage {table.coverage:.0%}"
    withheld = ", some groups are too small to show" if table.withheld else ""
    without = f", nothing of {', '.join(table.without)}" if table.without else ""
    return [
        f"{table.metric} in {table.unit}, {table.first} to {table.last}, "
        f"release {table.release}, view {' and '.join(table.views)}{coverage}{without}{withheld}",
        *(written if rows else ["nothing to show"]),
    ]


def _plain(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
