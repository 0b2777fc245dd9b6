"""Survey answers: wide files into rows of one answer, scores within their scales."""

from collections.abc import Sequence

import polars as pl

from models.imports.cells import Part
from models.imports.contract import TABLES
from models.imports.known import Scale, Vocabulary
from models.imports.problems import FILE, ROW, Problem, ProblemLog

_TABLE = TABLES["survey_answers"]
_RESPONSE = tuple(name for name in _TABLE.names if name not in ("item", "score"))
_ABOUT = tuple(n for n in _RESPONSE if n not in ("wave", "response_id"))
_KEY = ("wave", "response_id")


def check_items(part: Part, files: tuple[str, ...], words: Vocabulary, log: ProblemLog) -> None:
    """Every column of a wide part that is not of the contract is a known item."""
    for item in part.items:
        if item not in words.items:
            heading = part.heading(item)
            for index in part.frame[FILE].unique().sort():
                log.add(Problem("unknown_item", files[index], 1, heading, item))


def check_wide(
    frame: pl.DataFrame,
    items: Sequence[str],
    files: tuple[str, ...],
    words: Vocabulary,
    log: ProblemLog,
) -> None:
    """Check a wide part: scores within their scales, one row per response and wave."""
    bounds = [words.items.get(item, Scale()) for item in items]
    masks = [_outside(pl.col(item), scale) for item, scale in zip(items, bounds, strict=True)]
    if frame.height and masks:
        counts = frame.select(mask.sum().alias(f"{place}") for place, mask in enumerate(masks)).row(
            0
        )
        for item, mask, scale, count in zip(items, masks, bounds, counts, strict=True):
            if count:
                _report(frame.filter(mask), files, item, item, scale, log)
    key = pl.struct(_KEY)
    repeated = frame.filter(
        pl.all_horizontal(pl.col(_KEY).is_not_null()) & ~key.is_first_distinct()
    )
    if repeated.height:
        log.add_rows(
            "duplicate_key",
            repeated.with_columns(pl.concat_str(_KEY, separator=", ").alias("key")),
            files,
            column=", ".join(_KEY),
            value="key",
        )


def long(frame: pl.DataFrame, items: Sequence[str]) -> pl.DataFrame:
    """A wide part as rows of one answer; unanswered items have none."""
    return (
        frame.unpivot(
            on=list(items),
            index=[FILE, ROW, *_RESPONSE],
            variable_name="item",
            value_name="score",
        )
        .filter(pl.col("score").is_not_null())
        .select(FILE, ROW, *_TABLE.names)
    )


def check_long(
    frame: pl.DataFrame, files: tuple[str, ...], words: Vocabulary, log: ProblemLog
) -> None:
    """Check long rows: known items, scores within their scales."""
    known = pl.DataFrame(
        [(item, scale.low, scale.high) for item, scale in words.items.items()],
        schema={"item": pl.String(), "low": pl.Float64(), "high": pl.Float64()},
        orient="row",
    )
    unknown = frame.filter(
        pl.col("item").is_not_null() & ~pl.col("item").is_in(known["item"].implode())
    )
    if unknown.height:
        log.add_rows("unknown_item", unknown, files, column="item", value="item")
    scored = frame.select(FILE, ROW, "item", "score").join(known, on="item", how="inner")
    outside = scored.filter((pl.col("score") < pl.col("low")) | (pl.col("score") > pl.col("high")))
    for (item,), rows in outside.group_by("item", maintain_order=True):
        _report(rows, files, "score", str(item), words.items[str(item)], log)


def descriptions(frame: pl.DataFrame) -> pl.DataFrame:
    """What a part says about each response, once for every different thing it says."""
    return frame.select(FILE, ROW, *_RESPONSE).unique(
        list(_RESPONSE), keep="first", maintain_order=True
    )


def check_descriptions(said: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> None:
    """All rows of a response say the same about the person who answered."""
    repeated = said.filter(
        pl.all_horizontal(pl.col(_KEY).is_not_null()) & pl.struct(_KEY).is_duplicated()
    )
    for name in _ABOUT:
        differing = (
            repeated.group_by(_KEY)
            .agg(pl.col(name).n_unique().alias("kinds"), pl.col(FILE, ROW).last())
            .filter(pl.col("kinds") > 1)
            .sort(FILE, ROW)
        )
        if differing.height:
            log.add_rows("response_differs", differing, files, column=name, value="response_id")


def _outside(score: pl.Expr, scale: Scale) -> pl.Expr:
    outside = pl.lit(False)
    if scale.low is not None:
        outside = outside | (score < scale.low)
    if scale.high is not None:
        outside = outside | (score > scale.high)
    return outside.fill_null(value=False)


def _report(
    rows: pl.DataFrame,
    files: tuple[str, ...],
    column: str,
    item: str,
    scale: Scale,
    log: ProblemLog,
) -> None:
    low, high = (
        f"{scale.low:g}" if scale.low is not None else "−∞",
        f"{scale.high:g}" if scale.high is not None else "∞",
    )
    log.add_rows(
        "outside_scale",
        rows,
        files,
        column=column,
        value=column,
        params={"item": item, "low": low, "high": high},
    )
