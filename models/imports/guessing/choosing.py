"""Which heading of a file is which column of a table, and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.words import N_
from models.imports.contract import Column, Table
from models.imports.guessing.contents import Look
from models.imports.guessing.items import in_order, items_of
from models.imports.guessing.names import closeness, words
from models.imports.guessing.sampling import Sample
from models.imports.guessing.synonyms import names_of
from models.imports.workers import names_worker

ENOUGH = 0.45
"""Score from which a heading is taken for a column."""

_ONLY_CONTENT = 0.46

SAME_NAME = N_("The name fits.")
LIKE_NAME = N_("The name is close.")
CONTENT = N_("What stands in it fits.")
ITEM = N_("A known question.")
ORDER = N_("The question at this place of {scale}.")
WORKER = N_("Names a person: this table may not hold that, so it is left out.")
PERSONAL = N_("About a person and not needed, so it is left out.")
BETTER = N_("{heading} fits better.")
NOTHING = N_("It is like no column of this table.")
EVERYWHERE = N_("The same team stands at several sites, so it can't be a team's code.")

_PERSONAL = re.compile(
    r"^(geboorte\w*|geb|birth\w*|dob|bsn|iban|rekening\w*|adres|address|straat|street|huisnummer|"
    r"postcode|zip|telefoon\w*|phone|mobiel|mobile|email|mail|geslacht|gender|sex|"
    r"nationaliteit|nationality|salaris|salary|loon|wage|achternaam|voornaam|surname|roepnaam|"
    r"voorletters|initialen|ip|ipaddress|latitude|longitude|recipient\w*)$"
)

_NUMBERED = re.compile(r"[\W_]*(\d+|[a-z]|\[?SQ\d+\]?)\]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a heading becomes: a column (or an item), or None when it is left out; and why."""

    heading: str
    column: str | None
    score: float = 0.0
    why: str = NOTHING
    params: Mapping[str, str] = field(default_factory=dict)


def barred(table: Table, heading: str) -> bool:
    """Whether the table may not hold this heading at all, since it names a worker."""
    return table.no_workers and names_worker(heading)


def personal(heading: str) -> bool:
    """Whether a heading is about a person: its cells are not shown, and no guess takes it."""
    return names_worker(heading) or _only_personal(heading)


def choose(table: Table, sample: Sample) -> dict[str, Choice]:
    """Per heading of the sample what it becomes in the table, each column at most once."""
    items = _items(table, sample)
    taken: dict[str, Choice] = dict(items)
    scored = sorted(
        (
            (_score(table, column, heading, sample.looks[heading]), column.name, heading)
            for heading in sample.headings
            if heading not in taken and _open(table, heading)
            for column in table.columns
            if not (items and column.name in ("item", "score"))
        ),
        key=lambda one: -one[0],
    )
    filled: dict[str, str] = {}
    for score, name, heading in scored:
        if score >= ENOUGH and name not in filled and heading not in taken:
            why = SAME_NAME if score > 0.75 else LIKE_NAME if score > _ONLY_CONTENT else CONTENT
            taken[heading] = Choice(heading, name, score, why)
            filled[name] = heading
    _by_content(table, sample, taken, filled)
    _one_site_a_team(sample, taken, filled)
    left = {heading: _left(table, heading, scored, filled) for heading in sample.headings}
    return {heading: taken.get(heading, left[heading]) for heading in sample.headings}


def _open(table: Table, heading: str) -> bool:
    """Whether a guess may take the heading at all."""
    if barred(table, heading):
        return False
    return not ((_keyed(table) or table.no_workers) and _only_personal(heading))


def _only_personal(heading: str) -> bool:
    """About a person, but no number of an employee: that one becomes a code."""
    return any(_PERSONAL.match(word) for word in words(heading))


def _score(table: Table, column: Column, heading: str, seen: Look) -> float:
    if column.keeping == "as brought" and _keyed(table) and names_worker(heading):
        return 0.0
    near = closeness(heading, names_of(table, column))
    fit = seen.fits(column)
    if column.kind in ("code", "text"):
        return near * (0.5 + fit) if fit < 0.5 else near
    if near:
        return near * (0.3 + 0.7 * fit)
    listed = column.kind == "option" and seen.few and len(seen.values) > 1
    return _ONLY_CONTENT if listed and fit >= 0.75 else 0.0


def _keyed(table: Table) -> bool:
    return any(column.keeping != "as brought" for column in table.columns)


def _items(table: Table, sample: Sample) -> dict[str, Choice]:
    """Questions side by side, by their names or else by their order."""
    if not table.wide:
        return {}
    named = {h: i for h, i in items_of(sample.headings).items() if not barred(table, h)}
    found = {heading: Choice(heading, item, 1.0, ITEM) for heading, item in named.items()}
    for scale in ("bat23", "bat12", "ubos5"):
        for asked in _asked(table, sample, found):
            ordered = in_order(asked, scale)
            if not set(ordered.values()) & {choice.column for choice in found.values()}:
                for heading, item in ordered.items():
                    found[heading] = Choice(heading, item, 0.5, ORDER, {"scale": scale})
    return found


def _asked(table: Table, sample: Sample, found: Mapping[str, Choice]) -> list[list[str]]:
    """Headings that may be questions of one scale: all alike but for their number."""
    about = [column for column in table.columns if column.name not in ("item", "score")]
    groups: dict[str, list[str]] = {}
    for heading in sample.headings:
        known = heading in found or barred(table, heading) or not sample.looks[heading].like_scores
        if not known and not any(closeness(heading, names_of(table, c)) > ENOUGH for c in about):
            groups.setdefault(_NUMBERED.sub("", heading), []).append(heading)
    return list(groups.values())


def _by_content(
    table: Table, sample: Sample, taken: dict[str, Choice], filled: dict[str, str]
) -> None:
    """Fill what every row needs from the only column that can be it."""
    for column in table.columns:
        if not column.required or column.name in filled:
            continue
        if column.kind in ("date", "timestamp"):
            fitting = [h for h in _free(table, sample, taken) if sample.looks[h].fits(column) > 0.9]
        elif column.kind == "code" and table.key == (column.name,):
            fitting = [h for h in _free(table, sample, taken) if _like_a_key(sample.looks[h])][:1]
        elif column.kind == "code" and column.refers and column.name == table.columns[0].name:
            # A table of steps: the first column says of what.
            fitting = [h for h in sample.headings[:1] if h in _free(table, sample, taken)]
        else:
            continue
        if len(fitting) == 1:
            taken[fitting[0]] = Choice(fitting[0], column.name, _ONLY_CONTENT, CONTENT)
            filled[column.name] = fitting[0]


def _free(table: Table, sample: Sample, taken: Mapping[str, Choice]) -> list[str]:
    return [h for h in sample.headings if h not in taken and _open(table, h) and not personal(h)]


def _like_a_key(seen: Look) -> bool:
    """Every row another value, and neither dates nor amounts."""
    return seen.unique and seen.dates.share < 0.5 and seen.wholes in (0.0, 1.0) and not seen.comma


def _one_site_a_team(sample: Sample, taken: dict[str, Choice], filled: dict[str, str]) -> None:
    """A team stands at one site: a department of every site is none."""
    team, place = filled.get("team_id"), filled.get("location_id")
    if not team or not place or team == place:
        return
    pairs = sample.cells.select(team, place).drop_nulls().unique()
    if pairs.height > pairs[team].n_unique():
        taken[team] = Choice(team, None, 0.0, EVERYWHERE)
        del filled["team_id"]


def _left(
    table: Table, heading: str, scored: list[tuple[float, str, str]], filled: Mapping[str, str]
) -> Choice:
    """Why a heading is left out."""
    if barred(table, heading):
        return Choice(heading, None, 0.0, WORKER)
    if not _open(table, heading) or (_keyed(table) and names_worker(heading)):
        return Choice(heading, None, 0.0, PERSONAL)
    for score, name, other in scored:
        if other == heading and score >= ENOUGH and name in filled:
            return Choice(heading, None, 0.0, BETTER, {"heading": filled[name]})
    return Choice(heading, None)
