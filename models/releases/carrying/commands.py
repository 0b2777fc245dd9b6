"""Terminal commands that carry a release from one installation to another."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from models import jobs, journal, settings
from models.commands import AsJson, counted, fail, follow
from models.engine import engine
from models.engine import upgrade as upgrade_database
from models.releases.carrying.sending import SendingError, export
from models.releases.carrying.signing import SigningKeyError
from release.partition import MinimumError
from release.periods import PeriodError

MODULE = "models.releases.carrying.child"


def export_release(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    subject: Annotated[str | None, typer.Option(help="Only this subject, such as survey.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first period.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last period.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write what is published to a signed file, for a company that may not hold answers."""
    upgrade_database()
    try:
        sent = export(engine(), file, subject=subject, first=first, last=last)
    except (SendingError, PeriodError, SigningKeyError) as error:
        fail(str(error))
    except FileExistsError:
        fail(f"{file} is there already; choose another name.")
    except OSError as error:
        fail(f"{file} can't be written: {error.strerror}")
    if as_json:
        typer.echo(json.dumps({name: getattr(sent, name) for name in sent.__slots__}))
        return
    smallest = "" if sent.smallest is None else f", the smallest of {sent.smallest} people"
    withdrawn = (
        f" It names {counted(sent.withdrawn, 'withdrawn period')}." if sent.withdrawn else ""
    )
    typer.echo(
        f"Wrote {file} ({sent.bytes:,} bytes): release {sent.number} with {sent.blocks:,} periods "
        f"of subjects in {sent.cells:,} cells{smallest}.{withdrawn}\n"
        f"Signed with the key of this installation. Its fingerprint is\n"
        f"  {sent.fingerprint}\n"
        "Next: send the file, and tell the fingerprint by another way, such as the telephone. "
        "There:\n"
        f"  python manage.py import-release {file.name} --trust FINGERPRINT\n"
        "After the first time --trust is not needed any more."
    )


def import_release(
    file: Annotated[Path, typer.Argument(help="A file that export-release wrote.")],
    trust: Annotated[
        str | None,
        typer.Option(help="The fingerprint that the collecting party told you; the first time."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check a signed release whole and take it in, or say everything that stands against it."""
    if not file.is_file():
        fail(f"there is no file {file}.")
    upgrade_database()
    try:
        job = jobs.start(
            MODULE,
            {
                "path": str(file.resolve()),
                "trust": trust,
                "actor": "terminal",
                "minimum": settings.minimum(engine()),
            },
            journal.begin("import-release", file.name, "terminal"),
        )
        result = follow(job, quiet=as_json)
    except (jobs.JobError, MinimumError) as error:
        fail(str(error))
    typer.echo(json.dumps(result) if as_json else "\n".join(_lines(file, result)))
    if result["refused"]:
        raise typer.Exit(1)


def _lines(file: Path, result: dict[str, Any]) -> list[str]:
    if result["refused"]:
        return [f"{file} is refused; nothing was stored.", *map(_reason, result["refused"])]
    if result["already"] is not None:
        return ["This file was taken in before. Nothing changed."]
    passed = _passed(result["passed"])
    if result["release"] is None:
        return [
            *passed,
            f"All {'else ' if passed else ''}that it holds is here already. Nothing changed.",
        ]
    return [
        f"Release {result['sender_release']} of {result['fingerprint']}",
        f"was counted again and taken in as release {result['release']}: "
        f"{result['blocks']:,} new periods of subjects in {result['cells']:,} cells.",
        *passed,
        "Next: open the dashboard, or ask in the terminal: python manage.py metrics",
    ]


def _passed(count: int) -> list[str]:
    was = "was" if count == 1 else "were"
    told = f"Passed over {counted(count, 'period')} that {was} withdrawn here: that stays so."
    return [told] if count else []


def _reason(refusal: dict[str, Any]) -> str:
    place = f"{refusal['subject']} {refusal['period']} ".lstrip()
    times = f" ({refusal['count']:,} times)" if refusal["count"] > 1 else ""
    return f"  {refusal['rule']}: {place}{refusal['message']}{times}"
