"""Damage to more than a cell: rows twice, columns renamed, a site that closed too early."""

from datetime import date, timedelta

from models.imports.contract import TABLES
from tests.models.imports.hammer import PREPARED, Work


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
