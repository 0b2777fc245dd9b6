"""Responses against each other, the store and the invitations."""

import polars as pl

from metrics.words import N_
from models.imports.crossing.brought import Brought, distinct
from models.imports.problems import FILE, ROW

COPIES = N_(
    "survey_answers: responses that are the same as another in every answer: {count}, such as "
    "{example}. Was the export joined twice?"
)
MORE_THAN_INVITED = N_(
    "survey_answers: sites and waves at which more people answered than were invited: {count}, "
    "such as {example}."
)

MIN_ANSWERS = 15
"""Fewer equal answers may be chance."""

MIN_DIFFERENT = 3
"""Who answers everything alike may well be alike to somebody else."""

_TABLE = "survey_answers"
_ATTRIBUTES = ("location_id", "answered_on")
_SHEET = ("wave", "location_id", "answered_on", "team_id", "job_family", "desk_type")


def check(brought: Brought) -> None:
    """Report responses stored otherwise; note copies, and more answers than invitations."""
    if _TABLE not in brought.spool:
        return
    _elsewhere(brought)
    responses = _responses(brought.spool[_TABLE])
    _copies(brought, responses)
    _invited(brought, responses)


def _code() -> pl.Expr:
    return pl.struct("wave", "response_id").hash().alias("code")


def _responses(rows: pl.LazyFrame) -> pl.DataFrame:
    """One row per response, as numbers: its answers in any order, and what it says about itself."""
    answer = pl.struct("item", "score").hash()
    return (
        rows.drop_nulls(("wave", "response_id"))
        .group_by(_code())
        .agg(
            answer.sum().alias("answers"),
            pl.len().alias("n"),
            pl.col("score").n_unique().alias("different"),
            pl.struct(_SHEET).hash().first().alias("sheet"),
            pl.struct("wave", "location_id").hash().first().alias("place"),
        )
        .collect(engine="streaming")
    )


def _copies(brought: Brought, responses: pl.DataFrame) -> None:
    """Note whole sheets that occur under several ids."""
    telling = responses.filter(
        pl.col("n") >= MIN_ANSWERS, pl.col("different") >= MIN_DIFFERENT
    ).sort("code")
    copies = telling.filter(~pl.struct("answers", "n", "sheet").is_first_distinct())
    if copies.height:
        like = telling.join(copies.head(1), on=["answers", "n", "sheet"]).head(2)
        ids = distinct(
            brought.spool[_TABLE].filter(_code().is_in(like["code"].implode())), "response_id"
        )
        brought.notes.warn(COPIES, copies.height, example=", ".join(ids.sort()))


def _invited(brought: Brought, responses: pl.DataFrame) -> None:
    """Note sites and waves with more responses than people asked, as far as both are brought."""
    if "survey_invitations" not in brought.spool:
        return
    asked = (
        brought.spool["survey_invitations"]
        .group_by("wave", "location_id")
        .agg(_whole("invited").alias("invited"))
        .collect()
        .with_columns(pl.struct("wave", "location_id").hash().alias("place"))
    )
    answered = responses.group_by("place").len("answered")
    more = (
        asked.join(answered, on="place")
        .filter(pl.col("answered") > pl.col("invited"))
        .sort("wave", "location_id")
    )
    if more.height:
        first = more.row(0, named=True)
        example = (
            f"{first['location_id']}, {first['wave']}: {first['answered']} > {first['invited']}"
        )
        brought.notes.warn(MORE_THAN_INVITED, more.height, example=example)


def _whole(name: str) -> pl.Expr:
    """The total where one is given, else the sum of the parts by desk type."""
    total = pl.col("desk_type").is_null()
    return pl.when(total.any()).then(pl.col(name).filter(total).sum()).otherwise(pl.col(name).sum())


def _elsewhere(brought: Brought) -> None:
    """Report responses that are stored with another site or day, unless all their answers come.

    A response that is brought whole is a correction; in part it would be two people in one.
    """
    rows = brought.spool[_TABLE]
    waves = distinct(rows, "wave")
    known = brought.stored.values(_TABLE, ("wave",))["wave"]
    if not waves.is_in(known.implode()).any():
        return
    held = (
        brought.stored.values(_TABLE, ("wave", "response_id", *_ATTRIBUTES))
        .filter(pl.col("wave").is_in(waves.implode()))
        .with_columns(_code())
    )
    said = rows.group_by(_code()).agg(pl.col(FILE, ROW, "response_id", *_ATTRIBUTES).first())
    other = pl.any_horizontal(pl.col(n) != pl.col(f"{n}_right") for n in _ATTRIBUTES)
    differing = said.join(held.lazy(), on="code").filter(other).collect(engine="streaming")
    if differing.is_empty():
        return
    partly = _partly(brought, differing["code"])
    for name in _ATTRIBUTES:
        failing = (
            differing.filter(
                pl.col("code").is_in(partly.implode()), pl.col(name) != pl.col(f"{name}_right")
            )
            .unique("code")
            .sort(FILE, ROW)
            .with_columns(pl.col(f"{name}_right").alias("stored"), pl.col(name).alias("brought"))
        )
        brought.report("stored_otherwise", failing, name, "response_id", ("stored", "brought"))


def _partly(brought: Brought, codes: pl.Series) -> pl.Series:
    """Of these responses those of which an answer stands in the store that is not brought."""
    stored = brought.stored.current(_TABLE, _ATTRIBUTES).with_columns(_code())
    answers = (
        brought.spool[_TABLE].select("wave", "response_id", "item").collect(engine="streaming")
    )
    left = stored.filter(pl.col("code").is_in(codes.implode())).join(
        answers, on=["wave", "response_id", "item"], how="anti"
    )
    return left["code"].unique()
