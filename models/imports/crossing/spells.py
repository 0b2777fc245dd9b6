"""Spells of one employee that contradict each other, here and in the store.

Two contracts at once are legitimate; more than 1.5 full weeks at once are not (60 hours is the
most that the law allows in a week, Arbeidstijdenwet art. 5:7). See docs/decisions/0011.
"""

from dataclasses import dataclass

import polars as pl

from metrics.words import N_
from models.imports.crossing.brought import Brought, distinct
from models.imports.employee_key import employee_key, hashed
from models.imports.problems import FILE, ROW

MOST_FTE = 1.5
"""Full weeks that one person can work at once."""

SECOND_CONTRACTS = N_(
    "assignments: spells beside another of the same employee, together at most {most} full weeks: "
    "{count}. They are taken for second contracts."
)
UNKNOWN_FTE = N_(
    "assignments: spells that overlap another of the same employee at another site or job, with an "
    "fte that is not known: {count}. Were the earlier ones meant to end?"
)
HANDED_OVER = N_(
    "assignments: spells that begin on the last day of another of the same employee: {count}. Is "
    "end_on the last day, or the day after?"
)

_PLACE = ("location_id", "team_id", "job_family", "desk_type", "contract_type")
_ENDLESS = pl.date(9999, 12, 31)
_COLUMNS = ("employee_id", "start_on", "end_on", *_PLACE, "fte")


def check(brought: Brought) -> None:
    """Report and note overlaps among the brought spells, and between them and stored ones."""
    if "assignments" not in brought.spool:
        return
    # A spell that is there twice was reported as such; it does not overlap itself.
    spells = _all(brought).unique(["person", "start"], keep="first", maintain_order=True)
    furthest = pl.col("end").cum_max().shift().over("person")
    spells = spells.sort("person", "start").with_columns(furthest.alias("furthest"))
    mine = pl.col(FILE).is_not_null()
    handed = spells.filter(mine & (pl.col("start") == pl.col("furthest"))).height
    if handed:
        brought.notes.warn(HANDED_OVER, handed)
    overlapping = spells.filter(pl.col("start") < pl.col("furthest"))["person"].unique()
    if overlapping.len():
        _judge(brought, _swept(spells.filter(pl.col("person").is_in(overlapping.implode()))))


def _all(brought: Brought) -> pl.DataFrame:
    """Every spell of the brought employees: FILE and ROW (null when stored), person, place."""
    rows = brought.log.sure(
        brought.spool["assignments"],
        ["end_on", "fte", "location_id"],
        brought.files,
        misread=True,
    )
    stored = brought.stored.current("assignments", _COLUMNS)
    if stored.is_empty():
        known = rows.filter(pl.col("employee_id").is_not_null())
        return _compact(known.with_columns(pl.col("employee_id").hash().alias("person")))
    ids = distinct(rows, "employee_id")
    people = pl.LazyFrame(
        {"employee_id": ids, "person": hashed(ids, employee_key()).hash()},
    )
    mine = _compact(rows.join(people, on="employee_id"))
    held = stored.lazy().with_columns(
        pl.col("employee_id").hash().alias("person"),
        pl.lit(None, pl.UInt32).alias(FILE),
        pl.lit(None, pl.UInt32).alias(ROW),
    )
    theirs = (
        _compact(held)
        .join(mine, on="person", how="semi")
        .join(mine, on=["person", "start"], how="anti")
    )
    return pl.concat([mine, theirs])


def _compact(rows: pl.LazyFrame) -> pl.DataFrame:
    """Spells of more than a day as numbers; ones that end before they start have been reported."""
    return (
        rows.select(
            FILE,
            ROW,
            "person",
            pl.col("start_on").alias("start"),
            pl.col("end_on").fill_null(_ENDLESS).alias("end"),
            pl.struct(_PLACE).hash().alias("place"),
            "fte",
        )
        .filter(pl.col("person").is_not_null(), pl.col("start") < pl.col("end"))
        .collect(engine="streaming")
    )


def _swept(spells: pl.DataFrame) -> pl.DataFrame:
    """Each spell with what runs beside it on its first day.

    ``n`` spells, ``total`` full weeks, ``unknown`` spells without fte, and the spell before it
    that goes on longest: ``other`` (its place in the frame). A spell ends before another begins
    on the same day.
    """
    spells = spells.sort("person", "start").with_row_index("spell")
    count = pl.lit(1, pl.Int32)
    arrivals = spells.select(
        "person", "spell", pl.col("start").alias("day"), count.alias("way"), "fte"
    )
    departures = spells.select(
        "person", "spell", pl.col("end").alias("day"), (-count).alias("way"), "fte"
    )
    way = pl.col("way")
    running = (
        pl.concat([arrivals, departures])
        .sort("person", "day", "way")
        .select(
            "spell",
            "way",
            way.cum_sum().over("person").alias("n"),
            (pl.col("fte").fill_null(0.0) * way).cum_sum().over("person").alias("total"),
            (pl.col("fte").is_null().cast(pl.Int32) * way)
            .cum_sum()
            .over("person")
            .alias("unknown"),
        )
        .filter(way > 0)
        .drop("way")
    )
    return _with_other(spells.join(running, on="spell", maintain_order="left"))


def _with_other(spells: pl.DataFrame) -> pl.DataFrame:
    """Adds ``other``, and ``same``: a spell before it in the same place goes on beside it."""
    for name, by in (("other", ["person"]), ("same", ["person", "place"])):
        before = pl.col("end").cum_max().shift().over(by)
        longest = pl.when(before.is_null() | (pl.col("end") >= before)).then("spell")
        found = longest.forward_fill().over(by).shift().over(by)
        spells = spells.with_columns(pl.when(pl.col("start") < before).then(found).alias(name))
    return spells


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What an overlap is, as expressions over a swept spell."""

    too_much: pl.Expr = pl.col("total") > MOST_FTE + 1e-9
    beside: pl.Expr = pl.col("n") > 1
    repeated: pl.Expr = pl.col("same").is_not_null() & (pl.col("unknown") > 0)


def _judge(brought: Brought, spells: pl.DataFrame) -> None:
    kinds = _Kinds()
    wrong = spells.filter(kinds.beside & (kinds.too_much | kinds.repeated))
    _report(brought, spells, wrong)
    rest = spells.filter(
        kinds.beside & ~kinds.too_much & ~kinds.repeated & pl.col(FILE).is_not_null()
    )
    unknown = rest.filter(pl.col("unknown") > 0).height
    if unknown:
        brought.notes.warn(UNKNOWN_FTE, unknown)
    brought.notes.count(SECOND_CONTRACTS, rest.height - unknown, most=f"{MOST_FTE:g}")


def _report(brought: Brought, spells: pl.DataFrame, wrong: pl.DataFrame) -> None:
    """Report each wrong spell at its row; a stored one at the brought row beside it."""
    others = spells.select(
        pl.col("spell").alias("other"),
        pl.col(FILE).alias("other_file"),
        pl.col(ROW).alias("other_row"),
        pl.col("start").alias("other_start"),
        pl.col("end").alias("other_end"),
    )
    other = pl.coalesce("same", "other").alias("other")
    mine = (
        wrong.filter(pl.col(FILE).is_not_null())
        .with_columns(other)
        .join(others, on="other", how="left", maintain_order="left")
    )
    held = wrong.filter(pl.col(FILE).is_null()).select(
        "person",
        "total",
        "same",
        pl.col("start").alias("other_start"),
        pl.col("end").alias("other_end"),
    )
    reached = (
        spells.filter(pl.col(FILE).is_not_null())
        .join(held.rename({"same": "held_same", "total": "held_total"}), on="person")
        .filter(pl.col("start") < pl.col("other_end"), pl.col("other_start") < pl.col("end"))
        .unique([FILE, ROW])
        .join(mine, on=[FILE, ROW], how="anti")
        .with_columns(
            pl.col("held_total").alias("total"),
            pl.lit(None, pl.UInt32).alias("other_row"),
            pl.col("held_same").alias("same"),
        )
    )
    names = [FILE, ROW, "start", "total", "same", "other_row", "other_start", "other_end"]
    found = pl.concat([mine.select(names), reached.select(names)]).sort(FILE, ROW)
    _told(brought, found)


def _told(brought: Brought, found: pl.DataFrame) -> None:
    end = pl.col("other_end")
    texts = found.with_columns(
        pl.format(
            "{} – {}",
            pl.col("other_start").cast(pl.String),
            pl.when(end < _ENDLESS).then(end.cast(pl.String)).otherwise(pl.lit("…")),
        ).alias("other"),
        pl.col("total").round(2).alias("fte"),
    )
    too_much = pl.col("total") > MOST_FTE + 1e-9
    stored = pl.col("other_row").is_null()
    for rule, chosen in (
        ("overlapping_spells", too_much & ~stored),
        ("overlaps_stored_spell", too_much & stored),
        ("repeated_spell", ~too_much & ~stored),
        ("repeats_stored_spell", ~too_much & stored),
    ):
        brought.report(
            rule,
            texts.filter(chosen),
            "start_on",
            "start",
            ("other", "other_row", "fte"),
            most=f"{MOST_FTE:g}",
        )
