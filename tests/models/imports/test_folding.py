"""What is folded into one thing to mend, in which order, with which values."""

import polars as pl

from models.imports.folding import fold
from models.imports.frequent import MOST_VALUES, Frequent, Value
from models.imports.problems import FILE, ROW, Cause, Problem, ProblemLog, text_of


def cause(rule: str, file: str, column: str | None, count: int, row: int | None = 2) -> Cause:
    return Cause(rule, file, column, count, (Problem(rule, file, row, column),))


def test_one_column_over_files_is_one_and_what_mends_most_comes_first() -> None:
    folds = fold(
        [
            cause("empty", "a.csv", "name", 2),
            cause("unknown_location", "a.csv", "location_id", 3),
            cause("unknown_location", "b.csv", "location_id", 4),
            cause("missing_column", "c.csv", "at", 1, row=None),
        ]
    )
    assert [(one.rule, one.count, one.files, one.columns) for one in folds] == [
        ("missing_column", 1, ("c.csv",), ("at",)),
        ("unknown_location", 7, ("a.csv", "b.csv"), ("location_id",)),
        ("empty", 2, ("a.csv",), ("name",)),
    ]
    assert folds[1].first.file == "b.csv"


def test_many_columns_of_one_file_are_one() -> None:
    items = [cause("not_a_number", "answers.csv", f"bat0{n}", n) for n in range(1, 5)]
    assert [one.columns for one in fold(items)] == [("bat01", "bat02", "bat03", "bat04")]
    assert len(fold(items[:3])) == 3


def test_values_add_up_over_files() -> None:
    log = ProblemLog()
    failing = pl.DataFrame({FILE: [0, 0, 1], ROW: [2, 3, 2], "code": ["ams-1", "X", "ams-1"]})
    log.add_rows("unknown_location", failing, ("a", "b"), column="location_id", value="code")
    log.known("unknown_location", ["AMS-01"])
    (one,) = fold(log.causes())
    assert one.values == (Value("ams-1", 2, "AMS-01"), Value("X", 1, None))
    assert (one.different, one.repeats) == (2, True)


def test_options_and_columns_are_suggested_from_their_own_list() -> None:
    log = ProblemLog()
    allowed = {"allowed": "desk, non_desk, hybrid"}
    log.add(Problem("not_an_option", "a", 2, "desk_type", "Non Desk", allowed))
    log.add(Problem("unknown_column", "a", None, "hybride", None, allowed))
    assert [cause.values for cause in log.causes()] == [
        (Value("Non Desk", 1, "non_desk"),),
        (Value("hybride", 1, "hybrid"),),
    ]


def test_a_cause_goes_through_json_whole() -> None:
    log = ProblemLog()
    log.add(Problem("not_an_option", "a", 2, "desk_type", "deks", {"allowed": "desk"}), 3)
    (cause,) = log.causes()
    assert Cause.from_json(cause.to_json()) == cause


def test_values_are_counted_in_bounded_memory() -> None:
    counted = Frequent(text_of)
    counted.add_all(pl.Series(["often"] * 3 + [f"v{n}" for n in range(2 * MOST_VALUES)]))
    counted.add_all(pl.Series(["often", "new"]))
    assert len(counted) == MOST_VALUES
    assert counted.top(1) == [Value("often", 4)]
