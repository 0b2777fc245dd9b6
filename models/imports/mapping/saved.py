"""Mappings that a steward saved by name, in the database, as the TOML that a file would have."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from metrics.words import N_
from models.imports.mapping.language import Mapping
from models.imports.mapping.loading import bundled, read
from models.tables import SavedMapping, now

LONGEST_NAME = 60
_NAME = re.compile(r"[^\W_][\w .()&+-]*")

NO_NAME = N_("Give the mapping a name.")
BAD_NAME = N_(
    "'{name}' can't be a name: use letters, digits, spaces and - _ . ( ) & +, at most {limit}."
)
BUNDLED_NAME = N_("'{name}' comes with Werkvloer; choose another name.")
TAKEN = N_("There is a mapping '{name}' already.")
UNKNOWN = N_("There is no saved mapping '{name}'.")


class NameRefused(ValueError):
    """A mapping can't have this name; ``msgid`` says why, filled by ``params``."""

    def __init__(self, msgid: str, **params: str) -> None:
        super().__init__(msgid.format(**params))
        self.msgid = msgid
        self.params = params


class NameTaken(NameRefused):
    """Another mapping has this name; saving over it has to be asked for."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved mapping: its name, its TOML, who saved it and when (UTC)."""

    name: str
    toml: str
    actor: str
    saved_at: datetime

    @property
    def mapping(self) -> Mapping:
        """The mapping itself. Raises ``MappingError`` when the language has changed since."""
        return read(self.toml, self.name)


def checked_name(name: str) -> str:
    """The name without spaces around it.

    Raises:
        NameRefused: it is empty, too long, holds signs of paths, or is that of a bundled mapping.
    """
    tidy = " ".join(name.split())
    if not tidy:
        raise NameRefused(NO_NAME)
    if len(tidy) > LONGEST_NAME or not _NAME.fullmatch(tidy) or tidy.lower().endswith(".toml"):
        raise NameRefused(BAD_NAME, name=tidy[:LONGEST_NAME], limit=str(LONGEST_NAME))
    if tidy.lower() in bundled():
        raise NameRefused(BUNDLED_NAME, name=tidy)
    return tidy


def listed(engine: Engine) -> list[Saved]:
    """All saved mappings by name."""
    with Session(engine) as session:
        rows = session.exec(select(SavedMapping)).all()
        return sorted((_saved(row) for row in rows), key=lambda saved: saved.name.lower())


def find(engine: Engine, name: str) -> Saved | None:
    """The saved mapping of this name, whatever its case; None when there is none."""
    return next((one for one in listed(engine) if one.name.lower() == name.strip().lower()), None)


def save(engine: Engine, name: str, toml: str, *, actor: str = "", over: bool = False) -> Saved:
    """Save a mapping; ``over`` another of the same name only when that is asked for.

    Raises:
        NameRefused: the name is not right.
        NameTaken: there is one already and ``over`` is false.
        MappingError: the TOML is no mapping.
    """
    name = checked_name(name)
    read(toml, name)
    before = find(engine, name)
    if before is not None and not over:
        raise NameTaken(TAKEN, name=before.name)
    with Session(engine) as session:
        if before is not None and (old := session.get(SavedMapping, before.name)):
            session.delete(old)
            session.flush()
        row = SavedMapping(name=name, toml=toml, actor=actor, saved_at=now())
        session.add(row)
        session.commit()
        session.refresh(row)
        return _saved(row)


def rename(engine: Engine, old: str, new: str) -> Saved:
    """Give a saved mapping another name.

    Raises:
        NameRefused: there is none called ``old``, or ``new`` is not right.
        NameTaken: another is called ``new``.
    """
    before = find(engine, old)
    if before is None:
        raise NameRefused(UNKNOWN, name=old)
    new = checked_name(new)
    other = find(engine, new)
    if other is not None and other.name != before.name:
        raise NameTaken(TAKEN, name=other.name)
    with Session(engine) as session:
        row = session.get_one(SavedMapping, before.name)
        row.name = new
        session.add(row)
        session.commit()
        session.refresh(row)
        return _saved(row)


def delete(engine: Engine, name: str) -> None:
    """Forget a saved mapping; what it brought in stays.

    Raises:
        NameRefused: there is none of this name.
    """
    before = find(engine, name)
    if before is None:
        raise NameRefused(UNKNOWN, name=name)
    with Session(engine) as session:
        session.delete(session.get_one(SavedMapping, before.name))
        session.commit()


def resolve(engine: Engine, name: str) -> tuple[str, str | None]:
    """What ``--mapping NAME`` means: a bundled mapping, else a saved one, else a path.

    The second value is the TOML of a saved mapping, which a child process can't look up itself;
    None for the other two, which it can.
    """
    if name in bundled():
        return name, None
    saved = find(engine, name)
    return (saved.name, saved.toml) if saved else (name, None)


def _saved(row: SavedMapping) -> Saved:
    return Saved(row.name, row.toml, row.actor, row.saved_at)
