"""From answers to scores: one value per response and measure, and whether it is at risk."""

from collections.abc import Iterable, Sequence

import polars as pl

from metrics.vocabulary import Measure

_SURVEY = ("survey", "own")
_PER_RESPONSE = ["wave", "response_id"]


def score_responses(
    answers: pl.DataFrame | pl.LazyFrame, measures: Iterable[Measure]
) -> pl.DataFrame:
    """Score survey answers.

    The score is the mean over the answered items of a measure; a response that answered fewer
    than 2/3 of them has no score and hence no row. Then the measure's transform: ``nps`` and
    ``binary`` give -100/0/100 and 0/100.

    Args:
        answers: ``wave``, ``response_id``, ``item``, ``score``; each item once per response.
            Other columns, unknown items and null scores are passed over.
        measures: those to score; measures that no survey answers are passed over. With the
            measure ``responses`` every response with an answer has a row of value 1.

    Returns:
        ``wave``, ``response_id``, ``measure``, ``value`` (Float64), ``at_risk`` (Boolean; null
        for a measure without cut-off), in no particular order. No answers: no rows.
    """
    wanted = [measure for measure in measures if measure.subject in _SURVEY]
    asked = [measure for measure in wanted if measure.items]
    given = (
        answers.lazy()
        .select(*_PER_RESPONSE, "item", pl.col("score").cast(pl.Float64))
        .drop_nulls("score")
    )
    # Scales alone need grouping; a single item is its own score.
    scales = _membership([measure for measure in asked if len(measure.items) > 1])
    single = _membership([measure for measure in asked if len(measure.items) == 1])
    counted = [
        given.group_by(_PER_RESPONSE).agg(measure=pl.lit(measure.code), value=pl.lit(1.0))
        for measure in wanted
        if measure.code == "responses"
    ]
    scored = pl.concat(
        [
            given.join(single, on="item").select(
                *_PER_RESPONSE, "measure", pl.col("score").alias("value")
            ),
            given.join(scales, on="item")
            .group_by(*_PER_RESPONSE, "measure")
            .agg(
                pl.col("score").sum(),
                answered=pl.len(),
                items=pl.col("items").first(),
            )
            .filter(3 * pl.col("answered") >= 2 * pl.col("items"))
            .select(
                *_PER_RESPONSE, "measure", (pl.col("score") / pl.col("answered")).alias("value")
            ),
            *counted,
        ]
    )
    return _settled(scored, wanted).collect()


def score_columns(
    frame: pl.DataFrame | pl.LazyFrame, measures: Iterable[Measure], keys: Sequence[str]
) -> pl.DataFrame:
    """Score a wide table (customer feedback, cases) whose columns are the measures' items.

    Args:
        frame: ``keys`` and any columns; numbers or booleans. A measure whose column is absent or
            null has no row.
        measures: those of the table (``of_subject``), each with exactly one item.
        keys: columns kept, such as the identifier, the period and the dimensions.

    Returns:
        ``keys``, ``measure``, ``value``, ``at_risk`` as in ``score_responses``.
    """
    lazy = frame.lazy()
    columns = set(lazy.collect_schema().names())
    wanted = [
        measure for measure in measures if len(measure.items) == 1 and measure.items[0] in columns
    ]
    parts = [
        lazy.select(
            *keys,
            pl.lit(measure.code).alias("measure"),
            pl.col(measure.items[0]).cast(pl.Float64).alias("value"),
        ).drop_nulls("value")
        for measure in wanted
    ]
    nothing = lazy.select(
        *keys,
        pl.lit("").alias("measure"),
        pl.lit(0.0).alias("value"),
    ).head(0)
    return _settled(pl.concat([nothing, *parts]), wanted).collect()


def with_reopened(cases: pl.DataFrame, case_events: pl.DataFrame) -> pl.DataFrame:
    """The cases with a column ``reopened``: whether any event of the case says so.

    Without any events at all it is null for every case: not known, which is not "no".
    """
    if case_events.is_empty():
        return cases.with_columns(reopened=pl.lit(None, dtype=pl.Boolean))
    seen = case_events.filter(pl.col("event") == "reopened").select("case_id").unique()
    return cases.with_columns(reopened=pl.col("case_id").is_in(seen["case_id"].implode()))


def of_subject(measures: Iterable[Measure], subject: str) -> list[Measure]:
    """The measures of one subject of the release."""
    return [measure for measure in measures if measure.subject == subject]


def transformed(value: pl.Expr, measure: Measure) -> pl.Expr:
    """A score as the measure counts it: the score itself, -100/0/100 or 0/100; null stays null."""
    if measure.transform == "nps":
        return (
            pl.when(value >= 9)
            .then(pl.lit(100.0))
            .when(value <= 6)
            .then(pl.lit(-100.0))
            .when(value.is_not_null())
            .then(pl.lit(0.0))
        )
    if measure.transform == "binary":
        return (value >= measure.yes_from).cast(pl.Float64) * 100
    return value


def at_risk(value: pl.Expr, measure: Measure) -> pl.Expr:
    """Whether a value is at risk (Boolean); null for a measure without cut-off."""
    limit = measure.at_risk_from
    if limit is None:
        return pl.lit(None, dtype=pl.Boolean)
    if measure.better == "lower":
        return value > limit if measure.at_risk_strict else value >= limit
    return value < limit if measure.at_risk_strict else value <= limit


def _membership(measures: Sequence[Measure]) -> pl.LazyFrame:
    """Which item counts in which measure, and how many items that measure has."""
    return pl.LazyFrame(
        [
            (item, measure.code, len(measure.items))
            for measure in measures
            for item in measure.items
        ],
        schema={"item": pl.String, "measure": pl.String, "items": pl.Int64},
        orient="row",
    )


def _settled(scored: pl.LazyFrame, measures: Sequence[Measure]) -> pl.LazyFrame:
    """Transforms and cut-offs, measure by measure."""
    code, raw, value = pl.col("measure"), pl.col("value"), pl.col("value")
    changed, flagged = raw, pl.lit(None, dtype=pl.Boolean)
    for measure in measures:
        if measure.transform in ("nps", "binary"):
            changed = (
                pl.when(code == measure.code).then(transformed(raw, measure)).otherwise(changed)
            )
        if measure.at_risk_from is not None:
            flagged = pl.when(code == measure.code).then(at_risk(value, measure)).otherwise(flagged)
    return scored.with_columns(value=changed).with_columns(at_risk=flagged)
