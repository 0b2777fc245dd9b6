"""A block: the cells of one subject and period, as they are published."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from release.subjects import SITES, SUBJECTS

VALUES_SCHEMA = {
    "cell": pl.UInt32,
    "measure": pl.String,
    "n": pl.UInt32,
    "total": pl.Float64,
    "squares": pl.Float64,
    "at_risk": pl.Int32,
    "at_least": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What the audit of the two views of a block did and found (`release.pairs`).

    Attributes:
        measures: how many were judged.
        overlaps: pairs of cells that have people in both, over all measures.
        merges: cells of the second view that were joined before it could stand.
        cells: cells of the second view.
        left_out: cells of it of which a measure is not told, by how many answered, over all
            measures.
        smallest: people in the smallest group that sums and differences of both views speak of.
        without: the measures that have no second view, and why: `sums` of both views would tell of
            too few people; a cell of the first view is left out since all in it answered `alike`,
            and sums would tell what; or too `few` answered it in every cell.
        errors: per measure the variance of the noise on a told sum, and on a number at risk.
    """

    measures: int
    overlaps: int
    merges: int
    cells: int
    left_out: int
    smallest: int
    without: Mapping[str, str]
    errors: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Block:
    """What is published of one subject and period.

    Attributes:
        cells: `cell`, the `view` that it is of (`release.subjects`), `people` and, per dimension,
            the sorted list of values that occur in it (empty when the source, or the view, does not
            know that dimension).
        values: per cell and measure `n`, `total` (sum), `squares` (sum of squares), `at_risk` (null
            without a cut-off; under 0 where noise brought it there) and `at_least` (true: all that
            is said is that `at_risk`, n-2, or more are at risk; the other statistics are empty).
        withheld: the measures of which something was too small to publish, sorted.
        report: what the audit of two views says; None where there is one view.
    """

    subject: str
    period: str
    cells: pl.DataFrame
    values: pl.DataFrame
    withheld: tuple[str, ...] = ()
    report: Report | None = None

    @property
    def people(self) -> int:
        """Everybody who is in a cell; other views hold the same people once more.

        In a life table whoever passes from one unit of time to the next is in both.
        """
        first = SUBJECTS[self.subject].first.name if self.subject in SUBJECTS else SITES
        return int(self.cells.filter(pl.col("view") == first)["people"].sum())

    def of_view(self, view: str) -> "Block":
        """The cells of one view with their values; they keep their numbers."""
        cells = self.cells.filter(pl.col("view") == view)
        return replace(self, cells=cells, values=self.values.join(cells, on="cell", how="semi"))

    @property
    def smallest(self) -> int | None:
        """People in the smallest cell; None without cells that speak of people."""
        least = self.cells.filter(pl.col("people") > 0)["people"].min()
        return None if least is None else int(least)  # type: ignore[arg-type]


def cells_schema(dims: Sequence[str]) -> dict[str, pl.DataType]:
    return {
        "cell": pl.UInt32(),
        "view": pl.String(),
        "people": pl.UInt32(),
        **{dim: pl.List(pl.String) for dim in dims},
    }


def pack(frame: pl.DataFrame) -> bytes:
    """A frame as Parquet; equal frames give equal bytes."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(data))


def opened(
    subject: str, cells_data: bytes, values_data: bytes
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells and values of a stored block, also of one from before there were two views."""
    cells = opened_cells(subject, cells_data)
    return cells, unpack(values_data).cast({"at_risk": VALUES_SCHEMA["at_risk"]})


def opened_cells(subject: str, cells_data: bytes) -> pl.DataFrame:
    """The cells of a stored block; those of before there were two views are of the first."""
    cells = unpack(cells_data)
    if "view" in cells.columns:
        return cells
    return of_view(SITES, cells, SUBJECTS[subject].dims)


def of_view(view: str, cells: pl.DataFrame, dims: Sequence[str]) -> pl.DataFrame:
    """Cells as a block has them: with the name of their view, and every one of `dims`."""
    unknown = [
        pl.lit([], pl.List(pl.String)).alias(dim) for dim in dims if dim not in cells.columns
    ]
    schema = cells_schema(dims)
    named = cells.with_columns(pl.lit(view).alias("view"), *unknown)
    return named.select(list(schema)).cast(dict(schema))  # type: ignore[arg-type]


def fingerprint(cells_data: bytes, values_data: bytes) -> str:
    """The SHA-256 by which a published block is recognised."""
    return hashlib.sha256(cells_data + values_data).hexdigest()
