"""What customers and the desk's systems say: feedback and closed cases, one row each."""

import polars as pl

from metrics.scoring import of_subject, score_columns, with_reopened
from models.releases.gathering import Gathering
from models.releases.spent import without
from models.releases.survey import widen


def feedback(gathering: Gathering) -> pl.DataFrame:
    """One row per answer of a customer, in the period in which it was given."""
    found = gathering.in_periods("customer_feedback", "at")
    rows = without(found, "feedback", gathering.spent).rename({"feedback_id": "id"})
    return _sheets(gathering, rows, "feedback", ("touchpoint", "channel"))


def cases(gathering: Gathering) -> pl.DataFrame:
    """One row per closed case, in the period in which it was closed; open cases do not count yet.

    Whether it was reopened is asked of the events up to its closing, so that a published period
    needs no change afterwards.
    """
    rows = without(gathering.in_periods("cases", "closed_at"), "cases", gathering.spent)
    events = gathering.current("case_events").join(
        rows.select("case_id", "closed_at"), on="case_id"
    )
    before = events.filter(pl.col("at") <= pl.col("closed_at"))
    logged = before.join(rows.select("case_id", "period"), on="case_id")["period"].unique()
    # Without any event in a period nothing is known of its cases, which is not "no".
    known = with_reopened(rows, before).with_columns(
        reopened=pl.when(pl.col("period").is_in(logged.implode())).then(pl.col("reopened"))
    )
    return _sheets(gathering, known.rename({"case_id": "id"}), "cases", ("service", "channel"))


def _sheets(
    gathering: Gathering, rows: pl.DataFrame, subject: str, dims: tuple[str, ...]
) -> pl.DataFrame:
    measures = of_subject(gathering.measures.values(), subject)
    wide = widen(score_columns(rows, measures, ("period", "id")), ("period", "id"))
    named = rows.select("id", "period", pl.col("location_id").alias("location"), *dims)
    return gathering.with_region(wide.join(named, on=["period", "id"], how="right"))
