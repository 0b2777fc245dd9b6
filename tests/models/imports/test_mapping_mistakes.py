"""What is wrong with a mapping is said all at once, and in words of the mapping."""

from pathlib import Path

import pytest

from models.imports.mapping import MappingError, bundled, load
from models.imports.service import check
from tests.models.imports.company import locations, problems, write

WRONG = """
abuot = "?"
[[file]]
match = "x.csv"
missing = [["-"]]
header_row = 0
header_rows = "two"
skip_rows = 1
decimal_comma = true
decimal_point = true
[[file.table]]
table = "sites"
columns = { a = "b" }
[[file.table]]
table = "teams"
keep = { a = { form = 1 } }
group = ["team_id"]
known = ["name"]
not_before = { name = "x.y" }
[file.table.columns]
team_id = { from = "t", value = "t", otherwise = "guess" }
name = { from = "n", take = "average" }
town = "t"
location_id = 3
[[rows]]
table = "locations"
columns = ["location_id", "name"]
rows = [["A"]]
"""


def test_every_mistake_of_a_mapping_comes_at_once(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text(WRONG)
    with pytest.raises(MappingError, match="abuot") as error:
        load(str(tmp_path / "wrong.toml"))
    said = "\n".join(error.value.errors)
    for part in (
        "'abuot' is not known here",
        "file 1: 'missing' must be a list of texts",
        "file 1: 'header_row' must be a whole number from 1, not 0",
        "file 1: 'header_rows' must be a whole number from 1, not 'two'",
        "file 1: 'decimal_comma' and 'decimal_point' can't both be true",
        "file 1 table 1: there is no table 'sites'",
        "file 1 table 2 keep a: 'form' is not known here; there are filled, from, months, to",
        "file 1 table 2: 'known' names 'name', which refers to no other table",
        "file 1 table 2: 'not_before' is name = 'x.y'",
        "file 1 table 2 column team_id: needs either 'from' or 'value'",
        "file 1 table 2 column team_id: 'otherwise' is 'guess'; it must be one of problem, keep",
        "file 1 table 2 column name: 'take' is 'average'; it must be one of first, last, sum",
        "file 1 table 2: teams has no column 'town'; it has team_id, name, location_id, department",
        "file 1 table 2: column 'location_id' must be a heading or a table, not 3",
        "rows 1: every row must have 2 values",
    ):
        assert part in said


def test_mistakes_of_a_mapping_are_problems_of_the_import(tmp_path: Path) -> None:
    (tmp_path / "half.toml").write_text("[[file]")
    folder = write(tmp_path / "in", locations=locations())
    report = check((folder,), str(tmp_path / "half.toml"))
    assert [one.rule for one in problems(report)] == ["mapping_wrong"]
    gone = check((folder,), "no-such-mapping")
    assert ", ".join(bundled()) in problems(gone)[0].message()


def test_the_bundled_mappings_are_right() -> None:
    assert {"nhs", "pep", "servicenow"} <= set(bundled())
    for name in bundled():
        assert load(name).about
