"""What employees answered, one row per sheet."""

import polars as pl

from metrics.scoring import score_responses
from models.releases.gathering import Gathering
from models.releases.spent import without
from release.leaves import risk_flag

_ATTRIBUTES = (
    *("location_id", "team_id", "job_family", "desk_type"),
    *("remote_band", "tenure_band"),
)


def sheets(gathering: Gathering) -> pl.DataFrame:
    """One row per response: `id`, `period`, dimensions, a column per measure and its risk flag."""
    answers = without(gathering.in_periods("survey_answers", "wave"), "survey", gathering.spent)
    who = answers.group_by("period", "response_id").agg(pl.col(_ATTRIBUTES).first())
    scored = score_responses(
        answers.select("wave", "response_id", "item", "score"), gathering.measures.values()
    )
    named = who.rename({"response_id": "id", "location_id": "location", "team_id": "team"})
    wide = widen(scored.rename({"wave": "period", "response_id": "id"}), ("period", "id"))
    return gathering.with_region(wide.join(named, on=["period", "id"], how="right"))


def widen(scored: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """A row per key, with a column per measure and, where it has a cut-off, its risk flag."""
    values = scored.pivot(on="measure", index=list(keys), values="value")
    judged = scored.drop_nulls("at_risk")
    if judged.is_empty():
        return values
    flags = judged.pivot(on="measure", index=list(keys), values="at_risk")
    named = {code: risk_flag(code) for code in flags.columns if code not in keys}
    return values.join(flags.rename(named), on=list(keys), how="left")
