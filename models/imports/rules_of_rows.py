"""Rules over several cells: of a row, of several rows, across tables and with the store."""

from metrics.words import N_
from models.imports.rule import Rule

ROWS = (
    Rule(
        "duplicate_key",
        N_("This row has the same {column} as another: {value}."),
        N_("Keep one row for each {column}."),
    ),
    Rule(
        "unknown_location",
        N_("There is no location '{value}'."),
        N_("Add it to locations, or mend the code."),
    ),
    Rule(
        "unknown_reference",
        N_("{column} '{value}' is not in {table}."),
        N_("Bring its row in {table} too, or mend the code."),
    ),
    Rule(
        "unknown_measure",
        N_("'{value}' is no measure that can have ready-made figures."),
        N_(
            "Use the code of a built-in measure that people or customers answer, or describe the "
            "measure in the table measures. What is counted from records comes in its own table."
        ),
    ),
    Rule(
        "unknown_item",
        N_("There is no item '{value}'."),
        N_("Use the code of a built-in item, or describe it in the table measures."),
    ),
    Rule(
        "built_in_measure",
        N_("'{value}' is the code of a built-in measure."),
        N_("Choose another code, or leave the row out and use the built-in measure."),
    ),
    Rule(
        "end_before_start",
        N_("{column} ({value}) lies before {earlier} ({earlier_value})."),
        N_("Mend one of the two."),
    ),
    Rule(
        "outside_scale",
        N_("Score {value} of item {item} lies outside its scale, {low} to {high}."),
        N_("Check the coding of the item."),
    ),
    Rule(
        "total_and_split",
        N_("{value} has both a total and a split by desk type."),
        N_("Keep the total or the split: with both, small groups could be worked out."),
    ),
    Rule(
        "mixed_grains",
        N_("Period {value} overlaps {other}, which is of another length."),
        N_("Use one length of period in {table}: all years, all quarters, months or four weeks."),
    ),
    Rule(
        "response_differs",
        N_("Response {value} has more than one {column} in its wave."),
        N_("Give each response one {column}; two people may not share a response_id."),
    ),
    Rule(
        "more_than_all",
        N_("{column} ({value}) is more than {whole} ({whole_value})."),
        N_("Mend one of the two: it counts a part of the same people."),
    ),
)

CROSSING = (
    Rule(
        "overlapping_spells",
        N_(
            "The employee has another spell at the same time, {other} (row {other_row}); together "
            "{fte} full weeks."
        ),
        N_(
            "Give the earlier spell its end_on, or mend fte: contracts at the same time are at "
            "most {most} full weeks."
        ),
    ),
    Rule(
        "overlaps_stored_spell",
        N_(
            "The employee has another spell at the same time in the store, {other}; together {fte} "
            "full weeks."
        ),
        N_("Bring the stored spell too, with its end_on, or undo the batch that brought it."),
    ),
    Rule(
        "repeated_spell",
        N_(
            "The employee has another spell at the same time in the same place and job, {other} "
            "(row {other_row})."
        ),
        N_("Keep one of them, give the earlier one its end_on, or fill in fte for both."),
    ),
    Rule(
        "repeats_stored_spell",
        N_(
            "The employee has another spell at the same time in the same place and job in the "
            "store, {other}."
        ),
        N_("Bring the stored spell too, with its end_on, or undo the batch that brought it."),
    ),
    Rule(
        "before_it_began",
        N_("{column} ({value}) of {of} lies before {earlier} ({earlier_value})."),
        N_("Mend one of the two."),
    ),
    Rule(
        "began_after_step",
        N_("{column} ({value}) of {of} lies after its first step in the store ({first})."),
        N_("Mend it, or bring the steps too."),
    ),
    Rule(
        "steps_out_of_order",
        N_("{of} was {stage} ({value}) before it was {earlier} ({earlier_value})."),
        N_("Mend one of the two."),
    ),
    Rule(
        "closed_site",
        N_("{value} closed on {closed_on}; this row is about {day}."),
        N_("Mend the day or the site, or closed_on of the site in locations."),
    ),
    Rule(
        "not_open_yet",
        N_("{value} opened on {opened_on}; this row is about {day}."),
        N_("Mend the day or the site, or opened_on of the site in locations."),
    ),
    Rule(
        "in_future",
        N_("{column} lies in the future: {value}."),
        N_("Mend it: what has not happened yet can't be brought."),
    ),
    Rule(
        "stored_otherwise",
        N_("Response {value} has {column} {brought} here and {stored} in the store."),
        N_(
            "Bring all its answers to correct it, or give it another response_id: two people may "
            "not share one."
        ),
    ),
    Rule(
        "second_response",
        N_("Response {value} has a second row in its wave; the first is row {other_row}."),
        N_("Keep one row for each response; two people may not share a response_id."),
    ),
)
