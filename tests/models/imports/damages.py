"""Ways in which a file gets damaged, each with the problems that it must lead to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from models.imports.contract import TABLES
from tests.models.imports.companies import SCALES, Company, Row

Place = tuple[str, str, int | None, str | None]
"""Rule, file, row and column of a problem."""

PREPARED = {
    "locations": "location_id",
    "ideas": "idea_id",
    "cases": "case_id",
    "measures": "measure",
}
"""Keys that other tables refer to: damage there is named in those too."""


@dataclass(slots=True)
class Work:
    """A company under the hammer: what was hit already, and what must be named."""

    company: Company
    random: Random
    expected: set[Place] = field(default_factory=set)
    hit: set[tuple[str, int]] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)

    def rows(self, *tables: str) -> list[tuple[str, int, Row]]:
        """Rows that nothing has hit yet, of these tables or of all."""
        return [
            (name, number, row)
            for table in tables or TABLES
            for name, number, row in self.company.of(table)
            if (name, number) not in self.hit and name not in self.renamed
        ]

    def pick(self, found: list[tuple[str, int, Row]]) -> tuple[str, int, Row] | None:
        """One of them, which is then hit."""
        if not found:
            return None
        chosen = self.random.choice(found)
        self.hit.add(chosen[:2])
        return chosen

    def named(self, rule: str, name: str, row: int | None, column: str | None) -> None:
        """What must be said."""
        self.expected.add((rule, f"{name}.csv", row, column))


def _cells(work: Work, fits: Callable[[str, str], bool]) -> Iterator[tuple[str, int, Row, str]]:
    """Filled cells of columns that fit (table, column), but for keys that others refer to."""
    for name, number, row in work.rows():
        table = work.company.files[name].table
        for column in TABLES[table].columns:
            referred = PREPARED.get(table) == column.name
            if row.get(column.name) is not None and not referred and fits(table, column.name):
                yield name, number, row, column.name


def _write(work: Work, value: object, rule: str, fits: Callable[[str, str], bool]) -> bool:
    found = list(_cells(work, fits))
    if not found:
        return False
    name, number, row, column = work.random.choice(found)
    row[column] = value(number) if callable(value) else value
    work.hit.add((name, number))
    work.named(rule, name, number, column)
    return True


def _kind(*kinds: str) -> Callable[[str, str], bool]:
    return lambda table, column: TABLES[table].column(column).kind in kinds


def _alone(table: str, column: str) -> bool:
    """Columns that rows of a long file do not have to agree on."""
    return table != "survey_answers" or column in ("item", "score")


def empty(work: Work) -> bool:
    return _write(work, None, "empty", lambda t, c: TABLES[t].column(c).required and _alone(t, c))


def date_turned(work: Work) -> bool:
    return _write(
        work, "31/02/2023", "not_a_date", lambda t, c: _kind("date")(t, c) and _alone(t, c)
    )


def moment_turned(work: Work) -> bool:
    return _write(work, "2023-02-31 25:00", "not_a_timestamp", _kind("timestamp"))


def number_as_text(work: Work) -> bool:
    return _write(work, "veel", "not_a_number", _kind("number", "share", "integer"))


def half_a_person(work: Work) -> bool:
    return _write(work, "2.5", "not_whole", _kind("integer"))


def not_a_word(work: Work) -> bool:
    return _write(
        work, "stoel", "not_an_option", lambda t, c: _kind("option")(t, c) and _alone(t, c)
    )


def not_a_truth(work: Work) -> bool:
    return _write(
        work, "misschien", "not_a_boolean", lambda t, c: _kind("boolean")(t, c) and _alone(t, c)
    )


def period_broken(work: Work) -> bool:
    return _write(
        work, "2023-13", "not_a_period", lambda t, c: _kind("period")(t, c) and _alone(t, c)
    )


def site_misspelt(work: Work) -> bool:
    return _write(
        work, "AMS-99", "unknown_location", lambda t, c: c == "location_id" and _alone(t, c)
    )


def idea_misspelt(work: Work) -> bool:
    tables = ("idea_events", "case_events")
    return _write(
        work, _other_item, "unknown_reference", lambda t, c: t in tables and c.endswith("_id")
    )


def measure_misspelt(work: Work) -> bool:
    return _write(
        work,
        "own_prid",
        "unknown_measure",
        lambda t, c: (t, c) == ("group_measurements", "measure"),
    )


def _other_item(number: int) -> str:
    """Another one each time: the same in two rows of a response would be a key twice."""
    return f"zz{number}"


def item_misspelt(work: Work) -> bool:
    return _write(
        work, _other_item, "unknown_item", lambda t, c: (t, c) == ("survey_answers", "item")
    )


def control_sign(work: Work) -> bool:
    return _write(
        work, "a\x07b", "bad_character", lambda t, c: _kind("text")(t, c) and _alone(t, c)
    )


def out_of_range(work: Work) -> bool:
    return _write(
        work,
        "99",
        "out_of_range",
        lambda _, c: c in ("nps", "csat", "empathy", "remote_share", "fte"),
    )


def off_the_scale(work: Work) -> bool:
    found = work.pick(work.rows("survey_answers"))
    if found is None:
        return False
    name, number, row = found
    item = row.get("item") or work.random.choice(list(SCALES))
    column = "score" if "item" in row else item
    row[column] = 100 if item == "own_pride" else SCALES[item][1] + 1
    if item == "own_pride":
        # A score of the company's own has no ends.
        row[column] = 5.0
        return True
    work.named("outside_scale", name, number, column)
    return True


def _turn(table: str, column: str, value: object, rule: str) -> Callable[[Work], bool]:
    def damage(work: Work) -> bool:
        found = work.pick([one for one in work.rows(table) if one[2].get(column) is not None])
        if found is None:
            return False
        name, number, row = found
        row[column] = value
        work.named(rule, name, number, column)
        return True

    damage.__name__ = f"{rule}_in_{table}"
    return damage


def case_closed_too_early(work: Work) -> bool:
    """A step before its case was opened; the case's own row must be whole to tell."""
    cases = {row["case_id"] for _, _, row in work.rows("cases")}
    found = work.pick([one for one in work.rows("case_events") if one[2]["case_id"] in cases])
    if found is None:
        return False
    name, number, row = found
    row["at"] = "2023-02-28 10:00"
    work.named("before_it_began", name, number, "at")
    return True


def feedback_to_come(work: Work) -> bool:
    found = work.pick(work.rows("customer_feedback"))
    if found is None:
        return False
    name, number, row = found
    row["at"] = "2199-01-01 10:00"
    work.named("in_future", name, number, "at")
    sites = {site["location_id"]: site for _, _, site in work.company.of("locations")}
    if sites[row["location_id"]].get("closed_on"):
        work.named("closed_site", name, number, "location_id")
    return True


def money_to_come(work: Work) -> bool:
    return _write(
        work,
        lambda number: f"{2100 + number}-01",
        "in_future",
        lambda t, c: (t, c) == ("financials", "period"),
    )


def spell_turned_round(work: Work) -> bool:
    found = work.pick(work.rows("assignments"))
    if found is None:
        return False
    name, number, row = found
    row["end_on"] = row["start_on"] - timedelta(days=1)
    work.named("end_before_start", name, number, "end_on")
    return True


def key_repeated(work: Work) -> bool:
    """Another row like one that is there; of a wide file that is a second response."""
    tables = [name for name in TABLES if name != "survey_answers"]
    found = work.pick(work.rows(*tables))
    if found is None:
        return False
    name, _, row = found
    rows = work.company.files[name].rows
    rows.append(dict(row))
    work.hit.add((name, len(rows) + 1))
    key = TABLES[work.company.files[name].table].key
    work.named("duplicate_key", name, len(rows) + 1, ", ".join(key))
    return True


def second_response(work: Work) -> bool:
    """The same sheet once more in a wide file; the file named first has the first."""
    found = work.pick([one for one in work.rows("survey_answers") if "item" not in one[2]])
    if found is None:
        return False
    name, _, row = found
    rows = work.company.files[name].rows
    rows.append(dict(row))
    work.hit.add((name, len(rows) + 1))
    work.named("second_response", name, len(rows) + 1, "response_id")
    return True


def second_spell(work: Work) -> bool:
    found = work.pick(work.rows("assignments"))
    if found is None:
        return False
    name, _, row = found
    # Two days, so that it stays clear of the next spell.
    begin = row["start_on"]
    row["end_on"] = max(row["end_on"], begin + timedelta(days=2))
    rows = work.company.files[name].rows
    rows.append({**row, "start_on": begin + timedelta(days=1), "end_on": row["end_on"]})
    work.hit.add((name, len(rows) + 1))
    work.named("overlapping_spells", name, len(rows) + 1, "start_on")
    return True


def column_renamed(work: Work) -> bool:
    """A heading nobody knows; required columns are then missing as well."""
    choices = [
        (name, column)
        for name, file in work.company.files.items()
        if name not in work.renamed and not any(hit == name for hit, _ in work.hit)
        for column in TABLES[file.table].columns
        if column.name in file.headings
        and PREPARED.get(file.table) != column.name
        and (file.table, column.name) != ("absence", "desk_type")
        and column.name not in ("item", "score")
    ]
    if not choices:
        return False
    name, column = work.random.choice(choices)
    file = work.company.files[name]
    for row in file.rows:
        row["Zomaar iets"] = row.pop(column.name, None)
    work.renamed.add(name)
    wide = name.endswith("_wide")
    work.named(
        "unknown_item" if wide else "unknown_column", name, 1 if wide else None, "Zomaar iets"
    )
    if column.required:
        work.named("missing_column", name, None, column.name)
    return True


CLOSED = date(2018, 12, 31)
_ABOUT = {
    "assignments": "start_on", "survey_answers": "answered_on", "ideas": "submitted_on",
    "customer_feedback": "at", "cases": "opened_at", "rollouts": "started_on", "absence": "period",
    "survey_invitations": "wave", "social_activity": "period", "tool_use": "period",
    "group_measurements": "period",
}  # fmt: skip


def site_closed_early(work: Work) -> bool:
    """Every row about it is wrong; of a response in several rows the first says so."""
    found = [one for one in work.rows("locations") if one[2].get("closed_on") != CLOSED]
    site = work.pick(found)
    if site is None or work.hit - {site[:2]} or work.renamed:
        return False  # Only as the first damage: later ones know which rows are hit.
    site[2]["closed_on"] = CLOSED
    site[2]["opened_on"] = None
    said: set[str] = set()
    for table in _ABOUT:
        for name, number, row in work.company.of(table):
            if row["location_id"] != site[2]["location_id"]:
                continue
            work.hit.add((name, number))
            if row.get("response_id") not in said or table != "survey_answers":
                work.named("closed_site", name, number, "location_id")
            if table == "survey_answers":
                said.add(row["response_id"])
    return True


DAMAGES: tuple[Callable[[Work], bool], ...] = (
    site_closed_early,
    empty,
    date_turned,
    moment_turned,
    number_as_text,
    half_a_person,
    not_a_word,
    not_a_truth,
    period_broken,
    site_misspelt,
    idea_misspelt,
    measure_misspelt,
    item_misspelt,
    control_sign,
    out_of_range,
    off_the_scale,
    spell_turned_round,
    second_spell,
    second_response,
    key_repeated,
    column_renamed,
    _turn("absence", "hours_lost", 101, "more_than_all"),
    _turn("social_activity", "active", 41, "more_than_all"),
    _turn("cases", "closed_at", "2023-03-01 09:59", "end_before_start"),
    case_closed_too_early,
    feedback_to_come,
    money_to_come,
)
