"""Survey answers: wide files into rows of one answer, scores within their scales."""

from collections.abc import Sequence

import polars as pl

from models.imports.cells import Part
from models.imports.contract import TABLES
from models.imports.known import Scale, Vocabulary
from models.imports.problems import FILE, ROW, Problem, ProblemLog
from models.imports.spool import Spool

_TABLE = TABLES["survey_answers"]
_RESPONSE = tuple(name for name in _TABLE.names if name not in ("item", "score"))
_ABOUT = tuple(n for n in _RESPONSE if n not in ("wave", "response_id"))
_KEY = ("wave", "response_id")

RESPONSES = "responses"
"""In the spool: what each response says of the person who answered, once for every difference."""


def check_items(
    part: Part,
    files: tuple[str, ...],
    words: Vocabulary,
    log: ProblemLog,
    told: set[tuple[int, str]],
) -> None:
    """Every column of a wide part that is not of the contract is a known item.

    ``told`` holds the (file, item) that were reported before, and gets those reported now.
    """
    for item in part.items:
        if item in words.items:
            continue
        for index in part.frame[FILE].unique().sort():
            if (index, item) not in told:
                told.add((index, item))
                log.add(Problem("unknown_item", files[index], 1, part.heading(item), item))


def check_wide(
    frame: pl.DataFrame,
    items: Sequence[str],
    files: tuple[str, ...],
    words: Vocabulary,
    log: ProblemLog,
) -> None:
    """Check rows of a wide part: scores within their scales."""
    bounds = [words.items.get(item, Scale()) for item in items]
    masks = [_outside(pl.col(item), scale) for item, scale in zip(items, bounds, strict=True)]
    if frame.height and masks:
        counts = frame.select(mask.sum().alias(f"{place}") for place, mask in enumerate(masks)).row(
            0
        )
        for item, mask, scale, count in zip(items, masks, bounds, counts, strict=True):
            if count:
                _report(frame.filter(mask), files, item, item, scale, log)


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


def descriptions(frame: pl.DataFrame, *, wide: bool) -> pl.DataFrame:
    """What rows say about each response, once for every different thing they say."""
    said = frame.select(FILE, ROW, *_RESPONSE)
    if not wide:
        said = said.unique(list(_RESPONSE), keep="first", maintain_order=True)
    return said.with_columns(pl.lit(wide).alias("wide"))


def check_responses(spool: Spool, files: tuple[str, ...], log: ProblemLog) -> pl.DataFrame:
    """A wide file has one row per response; all rows of a response say the same of who answered.

    Gives FILE and ROW of the rows that were reported as a second response.
    """
    nothing = pl.DataFrame(schema={FILE: pl.UInt32(), ROW: pl.UInt32()})
    if RESPONSES not in spool:
        return nothing
    said = spool[RESPONSES].filter(pl.all_horizontal(pl.col(_KEY).is_not_null()))
    code = pl.struct(_KEY).hash()
    codes = said.select(code.alias("code"), "wide", about=pl.struct(_ABOUT).hash())
    several = codes.unique().collect(engine="streaming")["code"]
    wide = codes.filter("wide").select("code").collect(engine="streaming")["code"]
    suspects = pl.concat([one.filter(one.is_duplicated()) for one in (several, wide)]).unique()
    if suspects.is_empty():
        return nothing
    found = said.filter(code.is_in(suspects.implode())).collect()
    repeated = _report_repeated(found.filter("wide"), files, log)
    _report_differing(found.filter(pl.struct(_KEY).is_duplicated()), files, log)
    return repeated.select(FILE, ROW)


def _report_repeated(wide: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> pl.DataFrame:
    first = wide.with_columns(pl.col(ROW).first().over(_KEY).alias("other_row"))
    repeated = first.filter(~pl.struct(_KEY).is_first_distinct())
    if repeated.height:
        log.add_rows(
            "second_response",
            repeated,
            files,
            column="response_id",
            value="response_id",
            param_columns=("other_row",),
        )
    return repeated


def _report_differing(repeated: pl.DataFrame, files: tuple[str, ...], log: ProblemLog) -> None:
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
