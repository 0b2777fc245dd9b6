"""`docs/data-contract.md`, written from the contract, the rules and the mappings' language."""

from collections.abc import Iterator
from pathlib import Path

from models.imports.contract import KINDS, TABLES, Column, Table
from models.imports.mapping import bundled, load
from models.imports.mapping.language import USUAL_MISSING
from models.imports.rulebook import RULES

_HEAD = """\
# The data contract

<!-- Written from the code by `models.imports.documentation`; a test fails when it is out of date.
Write it anew with: python -m models.imports.documentation -->

What a company brings: a folder, a zip or one file of CSV, XLSX or Parquet (in gz too), one table
a file or a sheet, named after its table (`absence.csv`, `2024_absence.xlsx`). Separator and
encoding of CSV are found by themselves. Nothing is stored unless all of it is good, and the same
content twice changes nothing.

    python manage.py template my-data           # a file per table, with headings and an example row
    python manage.py template my-data --xlsx    # or one workbook, with lists to choose from
    python manage.py import my-data --dry-run   # says everything that is wrong, stores nothing
    python manage.py import my-data
    python manage.py release publish

[Your own export in ten minutes](tutorial.md) goes the whole way once, with an export that has other
headings.

A column marked * must be filled in every row; any other may be left empty or out. Headings are
read without regard to case, with a space or a hyphen for an underscore.
"""

_MAPPING = """\
## Mappings

Files of another program fit through a mapping, a TOML file:
`python manage.py import FOLDER --mapping NAME-OR-PATH`. `python manage.py mapping guess FILE`
writes a first one for a file, and the Imports page shows the same as a form. `mapping save NAME
FILE` keeps it by name; `mapping list` and `mapping show NAME` show what there is. With Werkvloer
come:

{bundled}

The files themselves, in `models/imports/mappings/`, are the best examples.

| Place | Word | Meaning |
|---|---|---|
| top | `about` | what the mapping is for |
| top or `[[file]]` | `missing` | cells that mean empty; the word `usual` stands for {usual} |
| top or `[[file]]` | `dates` | forms of dates, tried before ISO: `%d/%m/%Y %H:%M`, `%B %Y` |
| top or `[[file]]` | `decimal_comma` | a comma in a number is decimal, a point groups thousands |
| top or `[[file]]` | `decimal_point` | the other way round; without either, a number that \
reads two ways (`1.234`) is a problem |
| `[[file]]` | `match` | names of files, with `*` |
| | `sheet` | the sheet of a workbook, with `*`; without it the one named after the table, or the \
first that is filled |
| | `skip_rows` | rows at the top that are no part of the table |
| | `header_row` | the row of the headings, as a spreadsheet counts; without it they are \
looked for |
| | `header_rows` | how many rows the headings take; the first has the names |
| `[[file.table]]` | `table` | the table that these rows go to; a file may feed several |
| | `keep`, `drop` | rows by a heading: `["a", "b"]`, `{{ from = 1, to = 9 }}`, \
`{{ months = [9, 10] }}` or `{{ filled = true }}` |
| | `rises` | rows where `column` is higher than in the row before of the same `within`, by \
`order` |
| | `unpivot` | several measures side by side become a row each: `into`, and per value in `rows` \
the headings of the other columns |
| | `group`, `order` | one row of all with the same values in these columns, in this order |
| | `known` | leave out rows whose value in these columns is unknown to the table it refers to |
| | `not_before` | raise a date to another table's where it lies before: \
`{{ at = "ideas.submitted_on" }}` |
| `[file.table.columns]` | `name = "Heading"` | where a column comes from; in survey answers any \
other name is an item |
| `name = {{ ... }}` | `from`, `value` | a heading, or one value for all rows |
| | `only`, `map`, `otherwise` | make other values missing; replace values; what happens to the \
rest: `problem`, `keep`, `missing` |
| | `dates`, `period` | forms of this date; the `year`, `quarter`, `month` or `four_weeks` of it |
| | `default` | fills empty cells |
| | `take` | what remains of a group: `first`, `last`, `sum`, `mean`, `min`, `max`, `count`, \
`n_unique` |
| | `weight`, `per` | a weighted `mean`; a `sum` divided by the sum of another heading |
| | `within` | take over wider groups than the rows' |
| | `scale` | multiply by |
| `[[rows]]` | `table`, `columns`, `rows` | rows that the mapping itself brings |

Only columns that a mapping names come along. What it leaves out, raises or drops is counted in the
report. In tables without workers a mapping can't bring in a column that names one.
"""


def contract_markdown() -> str:
    """The whole document."""
    return "\n".join(
        [
            _HEAD,
            "## How values are written\n",
            *(f"- **{kind}**: {text}." for kind, text in KINDS.items()),
            "",
            "## Tables\n",
            *(line for table in TABLES.values() for line in _table(table)),
            _MAPPING.format(bundled="\n".join(_bundled()), usual=_usual()),
            "## Rules\n",
            "Every rule that is broken is reported with file, row (the headings are row 1), column "
            "and value.\n",
            "| Rule | Says | Remedy |",
            "|---|---|---|",
            *(f"| `{r.code}` | {_cell(r.message)} | {_cell(r.remedy)} |" for r in RULES.values()),
            "",
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _usual() -> str:
    return _cell(", ".join(f"`{word}`" for word in USUAL_MISSING))


def _bundled() -> Iterator[str]:
    for name in bundled():
        yield f"- `{name}`: {' '.join(load(name).about.split())}"


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"A row is {table.about}. Key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    if table.wide:
        yield "Wide, every column with the code of a known item holds its scores.\n"
    if table.no_workers:
        yield "Columns that name a worker are refused.\n"
    for later, earlier in table.not_before:
        yield f"`{later}` may not lie before `{earlier}`.\n"
    yield "| Column | Kind | Example | Meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        star = "*" if column.required else ""
        example = f"`{column.example}`" if column.example else ""
        yield f"| `{column.name}`{star} | {_kind(column)} | {example} | {_cell(column.about)} |"
    yield ""


def _kind(column: Column) -> str:
    if column.options:
        return ", ".join(f"`{word}`" for word in column.options)
    if column.low is not None and column.high is not None:
        return f"{column.kind}, {column.low:g} to {column.high:g}"
    if column.low is not None:
        return f"{column.kind}, from {column.low:g}"
    return column.kind


def write() -> Path:
    """Write the document anew; gives its path."""
    path = Path(__file__).parents[2] / "docs" / "data-contract.md"
    path.write_text(contract_markdown(), encoding="utf-8")
    return path


if __name__ == "__main__":
    write()
