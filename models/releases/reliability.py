"""How reliable the burnout scales are: one figure per scale and year, of the whole company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import isnan
from typing import Any

import polars as pl

from metrics.reliability import SCALES, alpha, figure_of
from metrics.vocabulary import Measure
from models import raw
from models.releases.gathering import Gathering
from models.releases.spent import without
from models.tables import RAW
from release.blocks import VALUES_SCHEMA, Block, of_view
from release.periods import parse
from release.subjects import SITES, SUBJECTS

LEAST = 50
"""Of fewer complete sheets a survey a reliability says nothing."""

DECIMALS = 2
_SUBJECT = SUBJECTS["reliability"]


def due(connection: Any, as_of: date) -> pl.DataFrame:
    """The years, with the newest batch, of which a wave is there and which are over."""
    waves = raw.newest_by(connection, "survey_answers", "wave")
    years = [
        (str(parse(wave).year), batch)
        for wave, batch in waves.select("value", "batch").iter_rows()
        if parse(str(parse(wave).year)).last_day < as_of
    ]
    found = pl.DataFrame(years, schema={"period": pl.String, "batch": pl.Int64}, orient="row")
    return found.group_by("period").agg(pl.col("batch").max())


def blocks(gathering: Gathering) -> list[Block]:
    """A block per year in which enough sheets answered all items of a scale."""
    waves = raw.query(
        gathering.connection,
        f"SELECT DISTINCT wave FROM {RAW}survey_answers ORDER BY wave",
        {"wave": pl.String()},
    )["wave"]
    made = []
    for year, of_year in groupby(waves, key=lambda wave: str(parse(wave).year)):
        if year in gathering.periods:
            block = _block(gathering, year, list(of_year))
            made += [block] if block is not None else []
    return made


@dataclass(frozen=True, slots=True)
class _Figure:
    """``n``: complete sheets a wave."""

    code: str
    n: int
    alpha: float


def _block(gathering: Gathering, year: str, waves: Sequence[str]) -> Block | None:
    scales = [gathering.measures[code] for code in SCALES]
    items = sorted({item for scale in scales for item in scale.items})
    where = f"{raw.among('wave', waves)} AND {raw.among('item', items)}"
    answers = without(gathering.current("survey_answers", where), "survey", gathering.spent)
    sheets = answers.pivot(on="item", index=["wave", "response_id"], values="score")
    found = [figure for scale in scales if (figure := _figure(sheets, scale, gathering.minimum))]
    if not found:
        return None
    places = answers["location_id"].unique().sort().to_list()
    people = max(figure.n for figure in found)
    cells = pl.DataFrame({"cell": [0], "people": [people], "location": [places]})
    values = pl.DataFrame(
        [(0, each.code, each.n, each.alpha * each.n, None, None, False) for each in found],
        schema=VALUES_SCHEMA,
        orient="row",
    )
    return Block(_SUBJECT.name, year, of_view(SITES, cells, _SUBJECT.dims), values)


def _figure(sheets: pl.DataFrame, scale: Measure, minimum: int) -> _Figure | None:
    if not set(scale.items) <= set(sheets.columns):
        return None
    complete = sheets.select("wave", pl.col(scale.items).cast(pl.Float64)).drop_nulls()
    found = alpha(complete.select(scale.items).to_numpy())
    # The same people may answer every wave.
    people = complete.height // max(1, complete["wave"].n_unique())
    if people < max(LEAST, minimum) or isnan(found):
        return None
    return _Figure(figure_of(scale.code), people, round(found, DECIMALS))
