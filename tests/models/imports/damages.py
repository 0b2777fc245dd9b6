"""Ways in which a file gets damaged, each with the problems that it must lead to."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from models.imports.contract import TABLES
from tests.models.imports.companies import SCALES, Row
from tests.models.imports.damages_of_files import (
    column_renamed,
    key_repeated,
    second_response,
    second_spell,
    site_closed_early,
)
from tests.models.imports.hammer import PREPARED, Work


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
    return _write(work, "veel", "not_a_number", _kind("number", "share"))


def count_as_text(work: Work) -> bool:
    return _write(work, "veel", "not_whole", _kind("integer"))


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
        work, _other_item, "unknown_location", lambda t, c: c == "location_id" and _alone(t, c)
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
    """Another one each time: the same in two rows could be a key twice."""
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


DAMAGES: tuple[Callable[[Work], bool], ...] = (
    site_closed_early,
    empty,
    date_turned,
    moment_turned,
    number_as_text,
    count_as_text,
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
