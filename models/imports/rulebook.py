"""The rules an import checks: what each says when it is broken, and how to mend it.

Texts are msgids with {named} fields; file, row, column and value are always there.
"""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.words import N_
from models.imports.rule import Rule
from models.imports.rules_of_rows import CROSSING, ROWS

_FILES = (
    Rule(
        "not_found",
        N_("There is no file or folder {file}."),
        N_("Check the name and the folder."),
    ),
    Rule(
        "nothing_to_read",
        N_("{file} holds no file of a table."),
        N_("Give CSV, XLSX or Parquet files, named after their tables: {allowed}."),
    ),
    Rule(
        "unknown_file",
        N_("{file} is not named after a table."),
        N_("Name it after one of: {allowed} (2024_absence.xlsx is fine too), or use a mapping."),
    ),
    Rule(
        "unknown_format",
        N_("{file} is of a kind that is not read."),
        N_("Save it as one of: {allowed}."),
    ),
    Rule(
        "unreadable",
        N_("{file} can't be read: {reason}."),
        N_("Open it in the program it came from and save it again as CSV, XLSX or Parquet."),
    ),
    Rule(
        "not_utf8",
        N_("Row {row} of {file} holds the byte {found}, which is not UTF-8."),
        N_("Save the file as 'CSV UTF-8'; its rows seem to come from different programs."),
    ),
    Rule(
        "empty_file",
        N_("{file} has no rows under its headings."),
        N_("Add rows, or leave the file out."),
    ),
    Rule(
        "too_many_fields",
        N_("Row {row} of {file} has {found} fields where the headings have {expected}."),
        N_('Put a value that holds the separator between quotation marks: "a, b".'),
    ),
    Rule(
        "other_kind",
        N_("{file} is not what its name says ({expected}), but {found}."),
        N_("Save it again in the right format, or give it the name of what it is."),
    ),
    Rule(
        "missing_sheet",
        N_("{file} has no sheet {value}, which the mapping reads."),
        N_("Check the export; it has: {allowed}."),
    ),
    Rule(
        "unclosed_quote",
        N_("Row {row} of {file} opens a quotation mark that is never closed."),
        N_('Close it, or write a mark that is part of the text twice: "5"" screen".'),
    ),
    Rule(
        "stray_quote",
        N_("Row {row} of {file} has a quotation mark within a value between quotation marks."),
        N_('Write a mark that is part of the text twice: "the ""best"" shop".'),
    ),
    Rule(
        "too_many_columns",
        N_("{file} has {found} columns; at most {limit} are read."),
        N_("Take out the columns that are not needed, or make rows of them."),
    ),
    Rule(
        "long_heading",
        N_("{file} has a heading of more than {limit} characters: {value}"),
        N_("Check that the first row has the headings and that each quotation mark is closed."),
    ),
    Rule(
        "not_a_file",
        N_("{file} is no plain file."),
        N_("Give files, folders or zips; no devices, pipes or sockets."),
    ),
    Rule(
        "outside_link",
        N_("{file} is a link that leads out of its folder."),
        N_("Put the file itself into the folder."),
    ),
    Rule(
        "nested_zip",
        N_("{file} is a zip within a zip, which is not opened."),
        N_("Unpack it first, or give it by itself."),
    ),
    Rule(
        "encrypted",
        N_("{file} is protected with a password."),
        N_("Save it without one; it is read on this machine only."),
    ),
    Rule(
        "too_many_files",
        N_("{file} holds more than {limit} files."),
        N_("Bring them in several imports, or put the rows of a table into one file."),
    ),
    Rule(
        "unsafe_path",
        N_("{file} holds a file with an unsafe path: {value}."),
        N_("Make the zip again from inside the folder, so that no path leaves it."),
    ),
    Rule(
        "too_large",
        N_("{file} would unpack to more than is read at once ({limit})."),
        N_("Bring the files in several imports, or as Parquet."),
    ),
    Rule(
        "too_many_cells",
        N_("{file} has a cell so far off that all up to there are too many: {value}."),
        N_("Delete the rows and columns around it, or save the sheet as CSV."),
    ),
    Rule(
        "mapping_matches_nothing",
        N_("The mapping {mapping} matches none of the files; it looks for {allowed}."),
        N_("Check that this is the mapping for these files, and the names of the files."),
    ),
    Rule(
        "mapping_wrong",
        N_("The mapping {file} is not right: {reason}."),
        N_("Mend the mapping and try again."),
    ),
)

_COLUMNS = (
    Rule(
        "worker_column",
        N_("Column {column} of {file} names a worker; {table} may not hold that."),
        N_(
            "Take the column out. Linking what people or customers say to a worker makes a system "
            "to observe staff, on which the works council decides (WOR art. 27(1)(l); Apple "
            "Retail, ECLI:NL:RBAMS:2017:7888); Werkvloer never links them."
        ),
    ),
    Rule(
        "missing_column",
        N_("{file} has no column {column}, which {table} needs."),
        N_("Add the column. {table} has: {allowed}."),
    ),
    Rule(
        "unknown_column",
        N_("{table} has no column {column}, which stands in {file}."),
        N_("Take it out, rename it to one of {allowed}, or use a mapping."),
    ),
    Rule(
        "repeated_column",
        N_("{file} has several columns {column}."),
        N_("Keep one of them."),
    ),
    Rule(
        "unreadable_column",
        N_("Column {column} of {file} holds {reason}, not single values."),
        N_("Write one plain value per cell."),
    ),
    Rule(
        "missing_heading",
        N_("{file} has no column {column}, which the mapping {mapping} reads."),
        N_("Check the export; it has: {allowed}."),
    ),
)

_CELLS = (
    Rule("empty", N_("{column} is empty."), N_("Fill it in: every row needs it.")),
    Rule(
        "spreadsheet_error",
        N_("{column} holds an error of the spreadsheet: '{value}'."),
        N_(
            "Mend the formula and save the file again once it is calculated, or let a mapping read "
            "the error as missing."
        ),
    ),
    Rule(
        "other_currency",
        N_("{column} is not in euros: '{value}'."),
        N_("Bring amounts in euros: the figures are shown in them."),
    ),
    Rule("not_a_number", N_("{column} is not a number: '{value}'."), N_("Write it as 12.5.")),
    Rule(
        "ambiguous_number",
        N_("{column} can be read in two ways: '{value}'."),
        N_("Write thousands without a sign (1234), or let a mapping say which sign groups them."),
    ),
    Rule("not_whole", N_("{column} is not a whole number: '{value}'."), N_("Write it as 12.")),
    Rule(
        "not_a_date",
        N_("{column} is not a day: '{value}'."),
        N_("Write it as 2024-06-30, from the years 1900 to 2200, or give its form in a mapping."),
    ),
    Rule(
        "not_a_timestamp",
        N_("{column} is not a moment: '{value}'."),
        N_(
            "Write it as 2024-06-30 14:05, from the years 1900 to 2200, or give its form in a "
            "mapping."
        ),
    ),
    Rule(
        "not_a_period",
        N_("{column} is not a period: '{value}'."),
        N_("Write a year 2024, a quarter 2024-Q2, a month 2024-06 or four weeks 2024-P07."),
    ),
    Rule(
        "not_an_option",
        N_("{column} is not one of its words: '{value}'."),
        N_("Use one of: {allowed}."),
    ),
    Rule(
        "not_a_boolean",
        N_("{column} is neither true nor false: '{value}'."),
        N_("Write true or false."),
    ),
    Rule(
        "too_long",
        N_("{column} is longer than {limit} characters: '{value}'."),
        N_("Shorten it."),
    ),
    Rule(
        "bad_character",
        N_("{column} holds an invisible control character: '{value}'."),
        N_("Type the value again."),
    ),
    Rule(
        "out_of_range",
        N_("{column} is {value}, outside {low} to {high}."),
        N_("Check the value, and that the column is in the right unit."),
    ),
    Rule(
        "not_mapped",
        N_("{column} holds '{value}', which the mapping {mapping} does not know."),
        N_("Add it to the map of {target}, or set otherwise to 'keep' or 'missing'."),
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in (*_FILES, *_COLUMNS, *_CELLS, *ROWS, *CROSSING)}
)
"""Every rule by its code."""

OF_CELLS = frozenset(rule.code for rule in _CELLS)
"""Rules that one cell breaks on its own, so that it is empty for all other rules."""
