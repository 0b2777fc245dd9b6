"""The terminal command that sets what turnover is divided by, and what a leaver costs."""

from typing import Annotated

import typer

from metrics.pay import Triangle, TriangleError
from models import settings
from models.commands import fail
from models.engine import engine, upgrade

_COST = "What a leaver costs in percent of a year's pay: least, most likely and most."


def turnover_settings(
    denominator: Annotated[
        str | None, typer.Option(help="person_years (default), average or end_of_period.")
    ] = None,
    leaver_cost: Annotated[tuple[float, float, float] | None, typer.Option(help=_COST)] = None,
) -> None:
    """Show what turnover is divided by and what a leaver costs; or set either."""
    upgrade()
    try:
        if denominator is not None:
            settings.set_denominator(engine(), denominator)
        if leaver_cost is not None:
            settings.set_leaver_cost(engine(), Triangle(*(part / 100 for part in leaver_cost)))
    except (settings.SettingError, TriangleError) as error:
        fail(str(error))
    shares = settings.leaver_cost(engine())
    parts = ", ".join(f"{100 * part:g}" for part in (shares.low, shares.mode, shares.high))
    typer.echo(f"Turnover is divided by: {settings.denominator(engine())}")
    typer.echo(f"A leaver costs, in percent of a year's pay: {parts}")
