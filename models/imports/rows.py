"""Rules that look at more than one cell: keys, references, order of dates, parts and wholes."""

from collections.abc import Callable, Mapping

import polars as pl

from models.imports import periods
from models.imports.contract import TABLES, Table
from models.imports.known import Stored, Vocabulary
from models.imports.problems import ProblemLog
from release.subjects import SUBJECTS

Frames = Mapping[str, pl.DataFrame]

_PARTS = {
    "absence": (("hours_lost", "contract_hours"),),
    "social_activity": (
        ("active", "headcount"),
        ("with_peer_contact", "headcount"),
        ("with_manager_contact", "headcount"),
    ),
}
"""Columns that count a part of what another counts. Sick hours may not exceed contract hours."""


def check(
    frames: Frames, files: tuple[str, ...], stored: Stored, words: Vocabulary, log: ProblemLog
) -> None:
    """Run every rule over the read tables (long survey answers); null cells are passed over."""
    for name, frame in frames.items():
        table = TABLES[name]
        _unique(table, frame, files, log)
        _references(table, frame, frames, files, stored, words, log)
        _order(table, frame, files, log)
        _parts(table, frame, files, log)
        periods.check(table, frame, files, stored, log)
    for name, rule in _SPECIAL.items():
        if name in frames:
            rule(frames[name], files, words, log)


def _unique(table: Table, frame: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """No key twice. Rows whose required key cells are empty were reported for that."""
    needed = [name for name in table.key if table.column(name).required]
    whole = frame.filter(pl.all_horizontal(pl.col(needed).is_not_null()))
    if not whole.select(pl.struct(table.key).is_duplicated().any()).item():
        return
    repeated = whole.filter(
        pl.struct(table.key).is_duplicated() & ~pl.struct(table.key).is_first_distinct()
    )
    shown = [pl.col(name).cast(pl.String).fill_null("-") for name in table.key]
    log.add_rows(
        "duplicate_key",
        repeated.with_columns(pl.concat_str(shown, separator=", ").alias("key")),
        files,
        column=", ".join(table.key),
        value="key",
    )


def _references(
    table: Table,
    frame: pl.DataFrame,
    frames: Frames,
    files: tuple[str, ...],
    stored: Stored,
    words: Vocabulary,
    log: ProblemLog,
) -> None:
    """Every code exists, among the files or in the store."""
    for column in table.columns:
        if not column.refers:
            continue
        name, target = column.name, column.refers
        if target == "measures":
            known = pl.Series(sorted(words.measures), dtype=pl.String)
        else:
            known = known_keys(target, name, frames, stored)
        unknown = frame.filter(pl.col(name).is_not_null() & ~pl.col(name).is_in(known.implode()))
        rule = {"locations": "unknown_location", "measures": "unknown_measure"}.get(
            target, "unknown_reference"
        )
        if unknown.height:
            log.add_rows(rule, unknown, files, column=name, value=name, params={"table": target})


def known_keys(table: str, key: str, frames: Frames, stored: Stored) -> pl.Series:
    """All values of a table's key column, incoming and stored."""
    known = stored.values(table, (key,))[key]
    if table in frames:
        known = pl.concat([known, frames[table][key].drop_nulls()])
    return known.unique()


def _order(table: Table, frame: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """What ends does not end before it starts."""
    for later, earlier in table.not_before:
        failing = frame.filter(pl.col(later) < pl.col(earlier))
        if failing.height:
            log.add_rows(
                "end_before_start",
                failing.with_columns(pl.col(earlier).alias("earlier_value")),
                files,
                column=later,
                value=later,
                params={"earlier": earlier},
                param_columns=("earlier_value",),
            )


def _parts(table: Table, frame: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """A part is not more than its whole."""
    for part, whole in _PARTS.get(table.name, ()):
        failing = frame.filter(pl.col(part) > pl.col(whole))
        if failing.height:
            log.add_rows(
                "more_than_all",
                failing.with_columns(pl.col(whole).alias("whole_value")),
                files,
                column=part,
                value=part,
                params={"whole": whole},
                param_columns=("whole_value",),
            )


def _splits(
    frame: pl.DataFrame, files: tuple[str, ...], _words: Vocabulary, log: ProblemLog
) -> None:
    """A ready-made figure comes as a total or by desk type, not both."""
    group = ["measure", "location_id", "period"]
    total = pl.col("desk_type").is_null()
    failing = frame.filter(total.any().over(group) & (~total).any().over(group) & ~total)
    if failing.height:
        log.add_rows(
            "total_and_split",
            failing.with_columns(pl.concat_str(group, separator=", ").alias("group")),
            files,
            column="desk_type",
            value="group",
        )


_RESERVED = frozenset(
    {
        *("id", "cell", "measure", "period", "people", "place", "place_region", "staff"),
        *(dim for subject in SUBJECTS.values() for dim in subject.dims),
    }
)
"""Names of columns beside which a measure of the same name could not stand."""


def _built_in(
    frame: pl.DataFrame, files: tuple[str, ...], _words: Vocabulary, log: ProblemLog
) -> None:
    """A company's own measure has a code of its own."""
    from metrics.catalogue import CATALOGUE

    # An item with a measure of its own beside its scale gives away who skipped another item.
    items = {item for measure in CATALOGUE.values() for item in measure.items}
    taken = frame.filter(
        pl.col("measure").is_in(sorted({*CATALOGUE, *items, *_RESERVED}))
        | pl.col("measure").str.contains(".", literal=True)
    )
    if taken.height:
        log.add_rows("built_in_measure", taken, files, column="measure", value="measure")


_SPECIAL: Mapping[str, Callable[[pl.DataFrame, tuple[str, ...], Vocabulary, ProblemLog], None]] = {
    "group_measurements": _splits,
    "measures": _built_in,
}
