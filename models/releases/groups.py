"""Ready-made group figures: those that nothing else tells of, and that tell of enough people."""

from collections.abc import Mapping

import polars as pl

from models import raw
from models.releases.gathering import Gathering
from models.tables import RAW
from release.blocks import Block
from release.brought import Extremes, group_figures
from release.periods import parse

RAW_OF: Mapping[str, str] = {
    "feedback": "customer_feedback",
    "cases": "cases",
    "workforce": "assignments",
    "pay": "assignments",
    "absence": "absence",
    "invitations": "survey_invitations",
    "ideas": "ideas",
    "employment": "assignments",
    "idea_ages": "ideas",
    "network": "social_activity",
    "network_managers": "social_activity",
    "rollouts": "rollouts",
}
"""Per subject the raw table that, once it has rows, is the one source of its measures."""


def blocks(gathering: Gathering) -> list[Block]:
    """The group figures of the periods, one block each."""
    ends = {
        code: Extremes(measure.low, measure.high, measure.better)
        for code, measure in gathering.measures.items()
    }
    return group_figures(figures(gathering), gathering.minimum, ends)


def figures(gathering: Gathering) -> pl.DataFrame:
    """`period`, `location`, `desk_type`, `measure`, `n`, `value`, `sd` of every figure.

    A measure has one source: figures are left out where answers of an overlapping period hold any
    of its items, and where its subject has rows of its own; also where rows that are undone now
    were published (whoever kept that release could subtract it). A site's figure as a whole goes
    before figures by desk type. What customers or systems say of a site needs enough staff there,
    where headcounts are known at all. What only records can tell is left out: a headcount sizes
    places, and other counts (`Measure.as_figure`) are no figures of a group.
    """
    rows = gathering.in_periods("group_measurements", "period").filter(
        ~pl.col("measure").is_in(_told_elsewhere(gathering))
    )
    answered = _answered(gathering)
    rows = rows.join(answered, on=["period", "measure"], how="anti").select(
        "period",
        pl.col("location_id").alias("location"),
        *("desk_type", "measure", "n", "value", "sd"),
    )
    rows = gathering.whole_or_split(rows, ("period", "location", "measure"))
    return rows.join(_about_too_few(gathering), on=["period", "location", "measure"], how="anti")


def _told_elsewhere(gathering: Gathering) -> list[str]:
    filled = {
        subject
        for subject, table in RAW_OF.items()
        if raw.newest_of(gathering.connection, table, gathering.upto)
    }
    return [
        code
        for code, measure in gathering.measures.items()
        if measure.subject in filled or not measure.as_figure
    ]


def _answered(gathering: Gathering) -> pl.DataFrame:
    """`period` of a figure and `measure`, where answers of an overlapping period hold an item."""
    limit = "" if gathering.upto is None else f" WHERE batch <= {gathering.upto}"
    asked = raw.query(
        gathering.connection,
        f"SELECT DISTINCT wave AS period, item FROM {RAW}survey_answers{limit}",
        {"period": pl.String(), "item": pl.String()},
    )
    holding = {
        (period, code)
        for wave, item in asked.iter_rows()
        for period in gathering.periods
        if parse(period).overlaps(parse(wave))
        for code, measure in gathering.measures.items()
        if item in measure.items
    }
    return pl.DataFrame(
        sorted(holding | _published(gathering)),
        schema={"period": pl.String, "measure": pl.String},
        orient="row",
    )


def _published(gathering: Gathering) -> set[tuple[str, str]]:
    """The same for what was published from rows that are undone now."""
    measures = gathering.measures
    held: set[tuple[str, str]] = set()
    for period, told in gathering.answers.items():
        items = {item for code in told if code in measures for item in measures[code].items}
        held |= {
            (period, code)
            for code, measure in measures.items()
            if code in told
            or not items.isdisjoint(measure.items)
            or (measure.subject in RAW_OF and measure.subject in told)
        }
    return held


def _about_too_few(gathering: Gathering) -> pl.DataFrame:
    """Sites with known but too few staff, for each measure that is not rated by employees."""
    others = [code for code, m in gathering.measures.items() if m.rater != "employee"]
    heads = gathering.headcounts().group_by("period", "location").agg(pl.col("people").sum())
    return heads.filter(pl.col("people") < gathering.minimum).join(
        pl.DataFrame({"measure": others}, schema={"measure": pl.String}), how="cross"
    )
