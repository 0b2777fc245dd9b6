"""Settings of this installation, kept in the database."""

import os
from typing import cast

from sqlalchemy import Engine
from sqlmodel import Session, select

from metrics.pay import STANDARD, Triangle
from metrics.turnover import DENOMINATORS, PERSON_YEARS
from models.tables import Setting, Target
from release.partition import DEFAULT_MINIMUM, SMALLEST_MINIMUM, MinimumError
from release.periods import GRAINS, Grain

MINIMUM = "minimum"
GRAIN = "grain"
DENOMINATOR = "turnover_denominator"
LEAVER_COST = "leaver_cost"


class SettingError(ValueError):
    """The value of a setting is not one of those allowed."""


def minimum(engine: Engine) -> int:
    """The fewest people in a cell of periods that are not published yet.

    From the database, else from `WERKVLOER_MINIMUM`, else 11.

    Raises:
        MinimumError: it is no whole number, or under 5.
    """
    return _checked_minimum(
        _read(engine, MINIMUM) or os.environ.get("WERKVLOER_MINIMUM") or str(DEFAULT_MINIMUM)
    )


def set_minimum(engine: Engine, value: int) -> None:
    """Set the fewest people in a cell, for periods that are not published yet."""
    _write(engine, MINIMUM, str(_checked_minimum(str(value))))


def grain(engine: Engine) -> Grain:
    """The length of the periods of what comes by day; a month unless set otherwise."""
    return cast("Grain", _read(engine, GRAIN) or "month")


def set_grain(engine: Engine, value: str) -> None:
    """Set the length of the periods of what comes by day."""
    if value not in GRAINS:
        raise SettingError(f"'{value}' is not a grain; choose one of: {', '.join(GRAINS)}")
    _write(engine, GRAIN, value)


def targets(engine: Engine) -> dict[str, float]:
    """The target per measure or metric."""
    with Session(engine) as session:
        return {target.measure: target.value for target in session.exec(select(Target)).all()}


def set_target(engine: Engine, measure: str, value: float | None) -> None:
    """Set a target; None takes it away."""
    with Session(engine) as session:
        found = session.get(Target, measure)
        if value is None:
            if found:
                session.delete(found)
        elif found:
            found.value = value
        else:
            session.add(Target(measure=measure, value=value))
        session.commit()


def denominator(engine: Engine) -> str:
    """What turnover is divided by where nobody chose: one of `metrics.turnover.DENOMINATORS`."""
    return _read(engine, DENOMINATOR) or PERSON_YEARS


def set_denominator(engine: Engine, value: str) -> None:
    """Set what turnover is divided by where nobody chose."""
    if value not in DENOMINATORS:
        raise SettingError(
            f"'{value}' is not a denominator; choose one of: {', '.join(DENOMINATORS)}"
        )
    _write(engine, DENOMINATOR, value)


def leaver_cost(engine: Engine) -> Triangle:
    """What a leaver costs as a share of a year's pay: the company's own, else the published one."""
    known = _read(engine, LEAVER_COST)
    return Triangle(*(float(part) for part in known.split())) if known else STANDARD


def set_leaver_cost(engine: Engine, shares: Triangle) -> None:
    """Set what a leaver costs as a share of a year's pay."""
    _write(engine, LEAVER_COST, f"{shares.low!r} {shares.mode!r} {shares.high!r}")


def _checked_minimum(text: str) -> int:
    if not text.isdecimal() or int(text) < SMALLEST_MINIMUM:
        raise MinimumError(
            f"the minimum is '{text}'; write a whole number of at least {SMALLEST_MINIMUM}"
        )
    return int(text)


def _read(engine: Engine, key: str) -> str | None:
    with Session(engine) as session:
        found = session.get(Setting, key)
        return found.value if found else None


def _write(engine: Engine, key: str, value: str) -> None:
    with Session(engine) as session:
        found = session.get(Setting, key) or Setting(key=key, value=value)
        found.value = value
        session.add(found)
        session.commit()
