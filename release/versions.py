"""Published is published: what may be added to a period that is out already.

Whoever kept the earlier version can subtract it from the new one. So a new version is made only of
additions to the cells that stand, and only where each difference is a group that could have been
published by itself: nobody at all, or at least k people, per cell and per measure, of whom neither
nearly all are at risk. Everything else waits, or the period is withdrawn as a whole.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import polars as pl

from release.blocks import Block
from release.build import ALIKE, describe, measures_in, settle, tidy
from release.places import staffed_values
from release.subjects import SITES, SUBJECTS
from release.telling import NEARLY_ALL


def extend(
    block: Block,
    late: pl.DataFrame,
    dims: Sequence[str],
    minimum: int,
    personal: Collection[str] = (),
) -> Block | None:
    """A new version of `block` with late responses, or None when they have to wait.

    They join the first view. A second one stays as it was published: of late responses alone it
    would seldom have a cell of k people, and what does not change gives nothing to subtract. So the
    responses that came at first stand in both views, as they were audited, and those that came
    later in the cells of one.

    Args:
        block: the newest published version.
        late: leaf counts of the responses that came after it, of the same period, with `staff`
            where the subject is about sites.
        dims: the dimensions of the subject.
        minimum: k of the published version.
        personal: measures that people answered about themselves; see `release.build.build`.
    """
    if late.is_empty():
        return None
    whole, block = block, block.of_view(SITES)
    placed = _place(block, late, dims)
    if placed is None:
        return None
    columns = [column for column in placed.columns if "." in column]
    sums = placed.group_by("cell").agg(pl.col(column).sum() for column in columns)
    added = describe(placed, dims)
    extra = tidy(sums, measures_in(late), counts=False)
    if added.filter(pl.col("people") < minimum).height:
        return None
    if staffed_values(extra, placed, minimum).height < extra.height:
        return None
    shown = extra.join(block.values, on=["cell", "measure"], how="semi")
    if settle(shown, 1, personal).height < shown.height:
        return None
    values = _added(block.values, extra, minimum)
    if values is None:
        return None
    people = block.cells.select("cell").join(
        added.select("cell", pl.col("people").alias("more")), on="cell", how="left"
    )
    cells = block.cells.with_columns(
        people=(block.cells["people"] + people["more"].fill_null(0)).cast(pl.UInt32)
    )
    others = whole.cells.filter(pl.col("view") != SITES)
    told = whole.values.join(others, on="cell", how="semi")
    return replace(whole, cells=pl.concat([cells, others]), values=pl.concat([values, told]))


def follows(before: Block, after: Block, minimum: int, personal: Collection[str] = ()) -> bool:
    """Whether a finished block may follow an earlier version of it, as far as the two can tell.

    Whoever has both can subtract. So the cells are the same cells, and each has grown, in people
    and in every figure, by nobody or by a group that could have been published by itself.
    Ready-made figures stay as they are; new ones may stand beside them. Nothing else may change.

    Args:
        before, after: two versions of one subject and period.
        minimum: k.
        personal: as for `extend`.
    """
    if before.subject == "group":
        return _figures(before).join(_figures(after), on=_FIGURE, how="anti").is_empty()
    if not SUBJECTS[before.subject].grows:
        return before.cells.equals(after.cells) and before.values.equals(after.values)
    if not before.cells.drop("people").equals(after.cells.drop("people")):
        return False
    seconds = [block.cells.filter(pl.col("view") != SITES) for block in (before, after)]
    told = [
        block.values.join(cells, on="cell", how="semi")
        for block, cells in zip((before, after), seconds, strict=True)
    ]
    if not (seconds[0].equals(seconds[1]) and told[0].equals(told[1])):
        return False
    keys = ["cell", "measure"]
    both = before.values.join(after.values, on=keys, suffix=" after").join(
        before.cells.select("cell", more=_more(before.cells, after.cells)), on="cell"
    )
    if not both.height == before.values.height == after.values.height:
        return False
    people = both.filter((pl.col("more") != 0) & (pl.col("more") < minimum))
    return people.is_empty() and both.filter(_unfit(minimum, personal)).is_empty()


_FIGURE = ["location", "desk_type", "measure", "n", "total", "squares"]


def _figures(block: Block) -> pl.DataFrame:
    """A row per ready-made figure with its group; as texts, so that empty ones match as well."""
    named = block.values.join(block.cells, on="cell").with_columns(
        pl.col("location", "desk_type").list.join(",")
    )
    return named.select(pl.col(_FIGURE).cast(pl.String).fill_null(""))


def _more(before: pl.DataFrame, after: pl.DataFrame) -> pl.Series:
    return after["people"].cast(pl.Int64) - before["people"].cast(pl.Int64)


def _unfit(minimum: int, personal: Collection[str]) -> pl.Expr:
    """Rows whose difference to the row `after` them could not have been published by itself."""
    parts = ("n", "total", "squares", "at_risk")
    n, total, squares, at_risk = (
        pl.col(f"{name} after").cast(pl.Float64) - pl.col(name).cast(pl.Float64) for name in parts
    )
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name} after")) for name in (*parts, "at_least")
    )
    lost = pl.any_horizontal(
        pl.col(name).is_null() != pl.col(f"{name} after").is_null() for name in parts
    )
    alike = (
        pl.col("measure").is_in(list(personal))
        & pl.col("at_risk").is_null()
        & ((n * squares - total**2).abs() < ALIKE)
    )
    nearly_all = (at_risk < 0) | (at_risk + NEARLY_ALL >= n)
    unfit = (
        (n < minimum)
        | (n > pl.col("more"))
        | pl.col("at_least")
        | pl.col("at_least after")
        | lost
        | alike.fill_null(value=False)
        | nearly_all.fill_null(value=False)
    )
    return ~same & unfit


def _place(block: Block, late: pl.DataFrame, dims: Sequence[str]) -> pl.DataFrame | None:
    """The cell of each late leaf; None when one fits no cell, or several."""
    leaves = late.with_row_index("leaf")
    pairs = leaves.select("leaf", *dims).join(block.cells, how="cross", suffix=" of cell")
    fits = pl.all_horizontal(pl.col(f"{dim} of cell").list.contains(pl.col(dim)) for dim in dims)
    found = pairs.filter(fits).select("leaf", "cell")
    if found.height != leaves.height or found["leaf"].n_unique() != leaves.height:
        return None
    return leaves.join(found, on="leaf").drop("leaf")


def _added(before: pl.DataFrame, extra: pl.DataFrame, minimum: int) -> pl.DataFrame | None:
    """The values of the new version; None when a difference may not be shown.

    A measure that the cell did not publish stays unpublished: some people's answers lie in it
    that no version has shown.
    """
    both = before.join(extra, on=["cell", "measure"], how="left", suffix=" added")
    touched = both.filter(pl.col("n added") > 0)
    nearly_all = pl.col("at_risk added") + NEARLY_ALL >= pl.col("n added")
    unsafe = touched.filter(
        (pl.col("n added") < minimum) | pl.col("at_least") | nearly_all.fill_null(value=False)
    )
    if unsafe.height:
        return None
    summed = [
        (pl.col(name) + pl.col(f"{name} added").fill_null(0)).cast(before.schema[name]).alias(name)
        for name in ("n", "total", "squares", "at_risk")
    ]
    return both.with_columns(summed).select(before.columns)
