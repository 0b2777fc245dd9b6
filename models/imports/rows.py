"""Rules that look at more than one cell: keys, references, order of dates, parts and wholes."""

import polars as pl

from models.imports import periods
from models.imports.contract import TABLES, Table
from models.imports.known import Stored, Vocabulary
from models.imports.problems import FILE, ROW, ProblemLog
from models.imports.spool import Spool
from release.subjects import SUBJECTS

_PARTS = {
    "absence": (("hours_lost", "contract_hours"),),
    "social_activity": (
        ("active", "headcount"),
        ("with_peer_contact", "headcount"),
        ("with_manager_contact", "headcount"),
    ),
}
"""Columns that count a part of what another counts. Sick hours may not exceed contract hours."""


class RowRules:
    """What a row of a table must keep to, looked at chunk by chunk; null cells are passed over.

    Args:
        spool: the tables that were read before this one, where it may refer to them.
    """

    def __init__(
        self, table: Table, spool: Spool, stored: Stored, words: Vocabulary, log: ProblemLog
    ) -> None:
        self._table = table
        self._log = log
        self._known: dict[str, tuple[str, pl.Series]] = {}
        for column in table.columns:
            if column.refers == "measures":
                known = pl.Series(sorted(words.measures), dtype=pl.String)
            elif column.refers:
                known = known_keys(column.refers, column.name, spool, stored)
            else:
                continue
            self._known[column.name] = (column.refers, known)

    def check(self, frame: pl.DataFrame, files: tuple[str, ...]) -> None:
        """Look at some rows in stored form."""
        self._references(frame, files)
        _order(self._table, frame, files, self._log)
        _parts(self._table, frame, files, self._log)
        if self._table.name == "measures":
            _built_in(frame, files, self._log)

    def _references(self, frame: pl.DataFrame, files: tuple[str, ...]) -> None:
        """Every code exists, among the files or in the store."""
        for name, (target, known) in self._known.items():
            unknown = frame.filter(
                pl.col(name).is_not_null() & ~pl.col(name).is_in(known.implode())
            )
            rule = {"locations": "unknown_location", "measures": "unknown_measure"}.get(
                target, "unknown_reference"
            )
            if unknown.height:
                self._log.add_rows(
                    rule, unknown, files, column=name, value=name, params={"table": target}
                )


def check(
    spool: Spool,
    files: tuple[str, ...],
    stored: Stored,
    log: ProblemLog,
    seconds: pl.DataFrame | None = None,
) -> None:
    """Run the rules that compare rows with each other over all that was read.

    ``seconds`` are FILE and ROW of answers that were reported as a second response: each of their
    items repeats a key, which is not said again.
    """
    for name, rows in spool.items():
        table = TABLES[name]
        told = seconds if table.wide and seconds is not None and seconds.height else None
        _unique(table, rows if told is None else _without(rows, told), files, log)
        periods.check(table, rows, files, stored, log)
    if "group_measurements" in spool:
        _splits(spool["group_measurements"], files, log)


def _without(rows: pl.LazyFrame, told: pl.DataFrame) -> pl.LazyFrame:
    return rows.join(told.lazy(), on=[FILE, ROW], how="anti", maintain_order="left")


def _unique(table: Table, rows: pl.LazyFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """No key twice. Rows whose required key cells are empty were reported for that.

    Keys are compared by a hash first, so that only the few that may be equal are held as text.
    """
    needed = [name for name in table.key if table.column(name).required]
    optional = [name for name in table.key if name not in needed]
    if optional:
        rows = log.sure(rows, optional, files)
    whole = rows.filter(pl.all_horizontal(pl.col(needed).is_not_null()))
    code = pl.struct(table.key).hash()
    codes = whole.select(code.alias("code")).collect(engine="streaming")["code"].sort()
    equal = codes.filter(codes == codes.shift(1)).unique()
    if equal.is_empty():
        return
    key = pl.struct(table.key)
    suspects = whole.filter(code.is_in(equal.implode())).select(FILE, ROW, *table.key).collect()
    repeated = suspects.filter(key.is_duplicated() & ~key.is_first_distinct())
    shown = [pl.col(name).cast(pl.String).fill_null("-") for name in table.key]
    if repeated.height:
        log.add_rows(
            "duplicate_key",
            repeated.with_columns(pl.concat_str(shown, separator=", ").alias("key")),
            files,
            column=", ".join(table.key),
            value="key",
        )


def known_keys(table: str, key: str, spool: Spool, stored: Stored) -> pl.Series:
    """All values of a table's key column, incoming and stored."""
    known = stored.values(table, (key,))[key]
    if table in spool:
        incoming = spool[table].select(pl.col(key).drop_nulls().unique()).collect()[key]
        known = pl.concat([known, incoming])
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


def _splits(rows: pl.LazyFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """A ready-made figure comes as a total or by desk type, not both."""
    group = ["measure", "location_id", "period"]
    rows = log.sure(rows, ["desk_type"], files)
    total = pl.col("desk_type").is_null()
    both = rows.group_by(group).agg(whole=total.any(), split=(~total).any())
    failing = (
        rows.filter(~total)
        .join(both.filter("whole", "split"), on=group, maintain_order="left")
        .collect()
    )
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


def is_taken(code: pl.Expr) -> pl.Expr:
    """Whether a company's own measure may not have this code."""
    from metrics.catalogue import CATALOGUE

    # An item with a measure of its own beside its scale gives away who skipped another item.
    items = {item for measure in CATALOGUE.values() for item in measure.items}
    return code.is_in(sorted({*CATALOGUE, *items, *_RESERVED})) | code.str.contains(
        ".", literal=True
    )


def _built_in(frame: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """A company's own measure has a code of its own."""
    taken = frame.filter(is_taken(pl.col("measure")))
    if taken.height:
        log.add_rows("built_in_measure", taken, files, column="measure", value="measure")
