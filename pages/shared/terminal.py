"""The terminal command that gives the number on the screen."""

from collections.abc import Sequence
from shlex import quote

from pages.shared.filters import Filters


def command(
    metric: str,
    measure: str | None = None,
    *,
    by: Sequence[str] = (),
    filters: Filters | None = None,
    dims: frozenset[str] | None = None,
) -> str:
    """`python manage.py metric ...` with the filters in force; with `dims` only those it knows."""
    parts = ["python manage.py metric", metric]
    if measure:
        parts += ["--measure", measure]
    for dim in by:
        parts += ["--by", dim]
    kept = filters or Filters()
    for dim, values in kept.where(dims):
        parts += [f"--where {quote(f'{dim}={value}')}" for value in values]
    if kept.first:
        parts += ["--from", kept.first]
    if kept.last:
        parts += ["--to", kept.last]
    return " ".join(parts)
