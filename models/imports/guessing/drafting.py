"""From what headings seem to be to a mapping, and one column of it at a time."""

import re
from collections.abc import Mapping as Dict
from dataclasses import asdict
from pathlib import PurePosixPath

from models.imports.contract import TABLES, Column, Table
from models.imports.guessing.choosing import Choice
from models.imports.guessing.contents import Look
from models.imports.guessing.names import closeness
from models.imports.guessing.sampling import Sample
from models.imports.guessing.tables import TableGuess
from models.imports.guessing.words import read_as, understood
from models.imports.mapping import Mapping
from models.imports.mapping.language import ColumnMap, FileMap, TableMap

_SITE_WORDS = {
    "name": "vestigingsnaam, naam vestiging, locatienaam, naam locatie, winkelnaam, filiaalnaam, "
    "location name, site name, store name, branch name, vestiging omschrijving",
    "region": "regio, rayon, region, district",
    "city": "plaats vestiging, vestigingsplaats, city, site city",
    "country": "land, country",
}
_TEAM_WORDS = {
    "name": "afdelingsnaam, teamnaam, naam afdeling, naam team, team name, department name, "
    "afdeling omschrijving, afdeling",
    "department": "sector, dienst, division, hoofdafdeling",
}
_NEAR = 0.85
_CHANGING = frozenset(
    """
    jan feb mrt maa mar apr mei may jun jul aug sep sept okt oct nov dec
    januari februari maart april juni juli augustus september oktober november december
    january february march june july august october
    q h w p v kw wk week weken kwartaal quarter periode period maand month jaar year
    def definitief final kopie copy nieuw new versie version tot en met t m to until of van
    """.split()
)
"""Words in names of files that are others next time."""


def draft(guess: TableGuess, sample: Sample, *, places: bool = False) -> Mapping:
    """The mapping of a guess: its table, and with ``places`` the sites and teams it speaks of."""
    table = TABLES[guess.table]
    columns = columns_of(table, guess.choices, sample)
    main = TableMap(table.name, tuple(columns.values()))
    beside = (*(places_of(table, main, sample) if places else ()), main)
    looks = [sample.looks[c.source] for c in columns.values() if c.source]
    comma = not sample.decimal_comma and any(look.comma for look in looks)
    missing = tuple(dict.fromkeys(mark for look in looks for mark in look.missing))
    return Mapping(
        PurePosixPath(sample.name).name.partition(".")[0],
        "",
        (
            FileMap(
                (pattern_of(sample.name),),
                beside,
                missing=missing,
                decimal_comma=comma,
                **asdict(sample.layout),
            ),
        ),
    )


def columns_of(table: Table, choices: Dict[str, Choice], sample: Sample) -> dict[str, ColumnMap]:
    """The columns that headings fill, in the order of the contract, items last."""
    made = {
        choice.column: column_map(table, choice.column, heading, sample.looks[heading])
        for heading, choice in choices.items()
        if choice.column
    }
    if table.wide and "wave" not in made and "answered_on" in made:
        day = made["answered_on"]
        made["wave"] = ColumnMap("wave", day.source, dates=day.dates, period="quarter")
    return {name: made[name] for name in sorted(made, key=lambda name: place(table, name))}


def place(table: Table, name: str) -> tuple[int, str]:
    """Where a column stands: in the order of the contract, items by name behind it."""
    names = table.names
    return (names.index(name), "") if name in names else (len(names), name)


def column_map(table: Table, name: str, heading: str, seen: Look) -> ColumnMap:
    """How a column is read from a heading, by what stands in it."""
    if name not in table.names:
        return ColumnMap(name, heading)
    column = table.column(name)
    match column.kind:
        case "date" | "timestamp":
            return ColumnMap(name, heading, dates=_forms(seen.dates.form))
        case "period":
            return _period(column, heading, seen)
        case "option" | "boolean":
            return ColumnMap(name, heading, values=words_of(column, seen), otherwise="keep")
        case "integer" | "number" | "share" if seen.in_percent(column):
            return ColumnMap(name, heading, scale=0.01)
        case _:
            return ColumnMap(name, heading)


def words_of(column: Column, seen: Look) -> dict[str, str]:
    """The map of the words that need one; those that are understood as they are need none."""
    if not seen.few:
        return {}
    meant = understood(seen.values, column)
    return {word: value for word, value in meant.items() if read_as(word, column) is None}


def _period(column: Column, heading: str, seen: Look) -> ColumnMap:
    if seen.periods > 0.5:
        return ColumnMap(column.name, heading)
    best = seen.dates if seen.dates.share >= seen.months.share else seen.months
    return ColumnMap(
        column.name, heading, dates=_forms(best.form), period="month" if best.share else None
    )


def _forms(form: str) -> tuple[str, ...]:
    return (form,) if form else ()


def places_of(table: Table, main: TableMap, sample: Sample) -> tuple[TableMap, ...]:
    """Tables of the sites and teams that the rows of another table name."""
    source = {column.name: column.source for column in main.columns}
    found: list[TableMap] = []
    site = source.get("location_id")
    if site and table.name != "locations":
        found.append(_listing("locations", "location_id", site, _SITE_WORDS, {}, sample))
    team = source.get("team_id")
    if team and site and table.name != "teams":
        beside = {"location_id": ColumnMap("location_id", site)}
        found.append(_listing("teams", "team_id", team, _TEAM_WORDS, beside, sample))
    return tuple(found)


def _listing(
    table: str,
    key: str,
    heading: str,
    called: Dict[str, str],
    beside: Dict[str, ColumnMap],
    sample: Sample,
) -> TableMap:
    """One row for each code, with what other headings say about it; without a name, its code."""
    columns = {key: ColumnMap(key, heading), "name": ColumnMap("name", heading), **beside}
    for name, names in called.items():
        near = {h: closeness(h, names.split(", ")) for h in sample.headings if h != heading}
        best = max(near, key=near.__getitem__, default="")
        if near.get(best, 0.0) >= _NEAR:
            columns[name] = ColumnMap(name, best)
    ordered = sorted(columns.values(), key=lambda column: place(TABLES[table], column.name))
    return TableMap(table, tuple(ordered), group=(key,))


def pattern_of(name: str) -> str:
    """Files called alike but for numbers and months: `Verzuim juni 2024` gives `verzuim*`."""
    stem = PurePosixPath(name).name.lower().partition(".")[0]
    found = [part for part in re.split(r"[^a-zà-ÿ]+", stem) if part]
    parts = [part for part in found if part not in _CHANGING]
    if not parts:
        return "*"
    first = "" if stem.startswith(parts[0]) else "*"
    return f"{first}{'*'.join(parts)}*"
