"""Two views of the same people, as they may stand side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import polars as pl

from release.audit import Side, audit, placed
from release.blocks import VALUES_SCHEMA, Block, Report, of_view
from release.build import describe, measures_in, single, summed, tidy
from release.coarsening import coarsen, withhold
from release.leaves import part
from release.partition import partition
from release.subjects import Subject
from release.telling import (
    PERSON,
    Noise,
    Range,
    answers_with_noise,
    bounds,
    counts_with_noise,
)

Ranges = Mapping[str, Range]


def build_pair(
    subject: Subject,
    leaves: pl.DataFrame,
    minimum: int,
    *,
    ranges: Ranges,
    key: bytes,
    personal: Collection[str] = (),
) -> list[Block]:
    """Split each period of `leaves` into cells of both views of a subject.

    The first view is as `release.build.build` makes it. The second is split in the same way along
    its own dimensions, made coarser until sizes allow both (`release.coarsening`), and audited
    measure by measure (`release.audit`). Its sums are told with noise (`release.telling`). What is
    joined, left out or refused follows from sizes and from what the first view tells, never from
    other answers: a refusal that depends on answers tells of them.

    Args:
        subject: one with two views.
        leaves: leaf counts by period and every dimension of the subject.
        minimum: k.
        ranges: per measure what one person can add to its sum; without, no sum is told.
        key: the secret that the noise is drawn with.
        personal: as for `build`.
    """
    assert subject.second is not None
    filled = leaves.with_columns(
        first=partition(leaves, subject.first.dims, minimum),
        second=partition(leaves, subject.second.dims, minimum),
    )
    blocks = []
    for (period,), group in filled.group_by("period", maintain_order=True):
        own = group.with_columns(pl.col("first", "second") - pl.col("first", "second").min())
        block = single(
            subject.name,
            str(period),
            own.rename({"first": "cell"}),
            subject.first.dims,
            minimum,
            personal,
            counts=subject.counts,
            every=subject.dims,
        )
        if block.cells.height:
            noise = Noise(key, f"{subject.name}\x1f{period}")
            pair = _Pair(subject, own, block, minimum, ranges, noise)
            block = pair.together()
        blocks.append(block)
    return sorted(blocks, key=lambda block: block.period)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The leaves of one period with the cells that they are in, `first` and `second`.

    `block` has the first view.
    """

    subject: Subject
    leaves: pl.DataFrame
    block: Block
    minimum: int
    ranges: Ranges
    noise: Noise

    def together(self) -> Block:
        """The block of the first view with the second one in it as well."""
        assert self.subject.second is not None
        coarser = coarsen(self.leaves, self.subject.second, self.minimum)
        leaves = self.leaves.with_columns(second=coarser.cell)
        sums = leaves.group_by("first", "second").agg(
            pl.col(column).sum() for column in leaves.columns if "." in column
        )
        first, second = (self._truth(sums, view) for view in ("first", "second"))
        shown = _by_measure(first.join(self.block.values, on=["cell", "measure"], how="semi"))
        truths, seconds = _by_measure(first), _by_measure(second)
        nothing = second.clear()
        judged = [
            self._judge(
                code,
                sums,
                truths.get(code, nothing),
                shown.get(code, nothing),
                seconds.get(code, nothing),
            )
            for code in measures_in(leaves)
            if sums[part(code, "n")].sum()
        ]
        told = pl.concat([nothing, *(each.told for each in judged)])
        report = Report(
            measures=len(judged),
            overlaps=sum(each.overlaps for each in judged),
            merges=coarser.merges,
            cells=leaves["second"].n_unique(),
            left_out=sum(each.left_out for each in judged),
            smallest=min(
                (each.smallest for each in judged if each.told.height), default=self.minimum
            ),
            without={each.measure: each.fault for each in judged if each.fault is not None},
            errors=self._errors(told),
        )
        return self._with_second(leaves, told, report)

    def _truth(self, sums: pl.DataFrame, view: str) -> pl.DataFrame:
        """The true values of the cells of one view, a row per cell and measure."""
        rows = sums.rename({view: "cell"}).drop_nulls("cell")
        found = tidy(summed(rows), measures_in(sums), counts=self.subject.counts)
        return found.filter(pl.col("n") >= self.minimum)

    def _judge(
        self,
        measure: str,
        sums: pl.DataFrame,
        truth: pl.DataFrame,
        shown: pl.DataFrame,
        mine: pl.DataFrame,
    ) -> "_Judged":
        """What the second view may tell of a measure.

        `truth` and `shown`: the true values of the first view's cells, of all and of those that it
        tells; `mine`: those of the second.
        """
        names = [name for name in ("n", "at_risk") if part(measure, name) in sums.columns]
        columns = {name: sums[part(measure, name)] for name in names}
        answered = columns["n"] > 0
        overlaps = pl.DataFrame(
            {"first": sums["first"], "second": sums["second"], **columns}
        ).filter(answered)
        one = _side(shown, exact=True)
        met = placed(overlaps, one.cells["cell"], mine["cell"])
        out = withhold(met.ties(), self.minimum)
        if out is None:
            return _Judged(measure, mine.clear(), "sums", met.n.size, mine.height, self.minimum)
        told = mine.filter(~pl.col("cell").is_in(list(out))) if out else mine
        verdict = audit(overlaps, one, _side(told, exact=False), self.minimum)
        fault = None
        if told.is_empty():
            fault = "few"
        elif shown.height < truth.height:
            fault = "alike"
        elif verdict.fault is not None:
            fault = "sums"
        return _Judged(
            measure,
            told if fault is None else told.clear(),
            fault,
            met.n.size,
            len(out),
            verdict.smallest,
        )

    def _errors(self, told: pl.DataFrame) -> dict[str, tuple[float, float]]:
        """Per told measure the variance of the noise on a sum and on a number at risk."""
        at_risk = told.drop_nulls("at_risk")["measure"].unique()
        return {
            code: (
                self.ranges[code].error if code in self.ranges else 0.0,
                PERSON.error if code in at_risk else 0.0,
            )
            for code in told["measure"].unique().sort()
        }

    def _with_second(self, leaves: pl.DataFrame, told: pl.DataFrame, report: Report) -> Block:
        """Both views in one block: the cells of the second are numbered after those of the first.

        The noise of a cell is drawn by its number.
        """
        assert self.subject.second is not None
        numbers = leaves.select(pl.col("second").unique().sort()).with_row_index(
            "cell", self.block.cells.height
        )
        cells = describe(leaves.join(numbers, on="second"), self.subject.second.dims)
        values = (
            told.rename({"cell": "second"})
            .join(numbers.with_columns(pl.col("second").cast(pl.UInt32)), on="second")
            .select(told.columns)
            .cast(VALUES_SCHEMA)  # type: ignore[arg-type]
            .sort("cell", "measure")
        )
        if self.subject.counts:
            values = counts_with_noise(values, self.minimum, self.ranges, self.noise)
            people = values.group_by("cell").agg(people=pl.col("n").first())
            cells = cells.drop("people").join(people, on="cell", maintain_order="left")
        else:
            values = answers_with_noise(values, self.block.values, self.ranges, self.noise)
        return replace(
            self.block,
            cells=pl.concat(
                [
                    self.block.cells,
                    of_view(self.subject.second.name, cells, self.subject.dims),
                ]
            ),
            values=pl.concat([self.block.values, values]),
            report=report,
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """A measure, what the second view may tell of it, and what the audit found."""

    measure: str
    told: pl.DataFrame
    fault: str | None
    overlaps: int
    left_out: int
    smallest: int


def _by_measure(values: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {
        str(code): part for (code,), part in values.partition_by("measure", as_dict=True).items()
    }


def _side(told: pl.DataFrame, *, exact: bool) -> Side:
    """What one view tells of a measure, for the audit; `told` has the true values."""
    cut_off = told["at_risk"].null_count() < told.height
    return Side(told.select("cell", "n"), bounds(told, exact=exact) if cut_off else None)
