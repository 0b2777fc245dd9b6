"""Terminal commands about what was imported: list, undo, how fresh it is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from models import jobs
from models.commands import AsJson, counted, fail, follow
from models.engine import engine, upgrade
from models.imports import batches as imported
from models.imports.freshness import Freshness, freshness
from models.imports.undoing import service
from models.imports.undoing.meaning import Undoing
from models.tables import Batch

_REFUSED = {
    "unknown": "There is no batch {batch}; `batches` lists them.",
    "undone": "Batch {batch} was undone already; nothing was changed.",
}


def batches(*, as_json: AsJson = False) -> None:
    """List the imports, newest first: number, when, who, files, rows, whether undone."""
    upgrade()
    found = imported.recent(engine())
    if as_json:
        typer.echo(json.dumps([_plain(batch) for batch in found]))
    else:
        typer.echo("\n".join(_listed(found)) or "Nothing was imported yet.")


def _plain(batch: Batch) -> dict[str, Any]:
    return {
        "batch": batch.id,
        "at": batch.created_at.isoformat(),
        "actor": batch.actor,
        "source": batch.source,
        "mapping": batch.mapping,
        "files": batch.files,
        "rows": batch.rows,
        "undone_at": batch.undone_at.isoformat() if batch.undone_at else None,
        "undone_by": batch.undone_by,
    }


def _listed(found: list[Batch]) -> Iterator[str]:
    for batch in found:
        undone = (
            f"  undone {batch.undone_at:%Y-%m-%d %H:%M} by {batch.undone_by or '-'}"
            if batch.undone_at
            else ""
        )
        yield (
            f"{batch.id:>5}  {batch.created_at:%Y-%m-%d %H:%M}  "
            f"{counted(sum(batch.rows.values()), 'row'):>17}  {batch.actor or '-'}  "
            f"{batch.source}{undone}"
        )


def undo(
    batch: Annotated[int, typer.Argument(help="The number of the batch; `batches` lists them.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would mean.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Undo an import: the raw tables are then as if it had never come."""
    upgrade()
    try:
        if dry_run or not (yes or as_json):
            meaning = _answer(service.start_plan(batch), batch, quiet=as_json)
            typer.echo(json.dumps(meaning.to_json()) if as_json else "\n".join(_meant(meaning)))
            if dry_run:
                return
            typer.confirm(f"Undo batch {batch}?", abort=True)
        elif not yes:
            fail("Undoing changes what is stored: with --json, add --yes or --dry-run.")
        done = _answer(service.start(batch, actor="terminal"), batch, quiet=as_json)
    except jobs.JobError as error:
        fail(str(error))
    typer.echo(
        json.dumps(done.to_json())
        if as_json
        else f"Batch {batch} is undone; rows that are gone: {done.rows:,}. "
        "Next: python manage.py release"
    )


def _answer(job: jobs.Job, batch: int, *, quiet: bool) -> Undoing:
    answer = service.Answer.of(follow(job, quiet=quiet))
    if answer.undoing is None:
        fail(_REFUSED[answer.refused or "unknown"].format(batch=batch))
    return answer.undoing


def _meant(meaning: Undoing) -> Iterator[str]:
    """What an undo means, in lines for people."""
    for table, fate in meaning.tables.items():
        yield (
            f"{table}: rows that go: {fate.rows:,}; there no longer: {fate.gone:,}, an older batch "
            f"holds again: {fate.older:,}, replaced already: {fate.replaced:,}."
        )
    for orphans in meaning.orphans:
        yield (
            f"{orphans.table}: rows of other batches left with a {orphans.column} that nothing "
            f"describes: {orphans.rows:,}."
        )
    for subject, count in meaning.drafts.items():
        yield (
            f"{subject}: {counted(count, 'draft')} to throw away; the next build makes what is "
            "due anew."
        )
    for subject, period in meaning.severed:
        yield (
            f"{subject} {period}: published with these rows. It stays as it is and can't grow any "
            "more; you can withdraw it as a whole."
        )


def fresh(*, as_json: AsJson = False) -> None:
    """Say how fresh each table is, and which sites are late."""
    upgrade()
    found = freshness(engine(), datetime.now(UTC).date())
    if as_json:
        typer.echo(json.dumps([_fresh(one) for one in found]))
    else:
        typer.echo("\n".join(_aged(found)) or "Nothing was imported yet.")


def _fresh(one: Freshness) -> dict[str, Any]:
    return {
        "table": one.table,
        "came_at": one.came_at.isoformat(),
        "batch": one.batch,
        "newest": one.newest,
        "every_days": one.every_days,
        "late": one.late,
        "late_sites": [
            {"location_id": site.location_id, "name": site.name, "newest": site.newest}
            for site in one.late_sites
        ],
    }


def _aged(found: list[Freshness]) -> Iterator[str]:
    for one in found:
        late = "  LATE" if one.late else ""
        yield (
            f"{one.table:<20} {one.newest or '-':<10}  came {one.came_at:%Y-%m-%d} with batch "
            f"{one.batch}{late}"
        )
        for site in one.late_sites:
            yield f"    {site.name} ({site.location_id}): last {site.newest}"
