"""All tables of the demo company, and how they become files."""

from pathlib import Path

import numpy as np
import polars as pl

from seed import cases as service
from seed import company, customers, employment, network, results, rollouts, survey, workforce
from seed import ideas as ideas_of_staff
from seed import world as latent
from seed.company import locations_before
from seed.jobs import teams

DEFAULT_SEED = 20_260_701
_STREAMS = (
    "world", "workforce", "survey", "ideas", "cases", "assignments", "absence", "feedback",
    "network", "tools", "results", "financials", "groups",
)  # fmt: skip
"""Who draws from a generator of its own; new ones go at the end, so that old rows stay."""


def _streams(rng: np.random.Generator) -> dict[str, np.random.Generator]:
    return dict(zip(_STREAMS, rng.spawn(len(_STREAMS)), strict=True))


def latent_world(rng: np.random.Generator, without: str = "") -> latent.World:
    """The latent quantities behind `generate` with the same generator: the truth of that demo.

    `without` names a roll-out that is left out, see `seed.world.build`.
    """
    return latent.build(_streams(rng)["world"], without)


def generate(rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """Every table of the data contract, in the stored form but with raw employee ids.

    Survey answers come wide, one column per item. Each subject draws from a generator of its own,
    spawned from `rng`, so a change in one leaves the rows of the others alone.

    Args:
        rng: the source of all randomness; the same state gives the same rows.

    Returns:
        Table name -> rows, in the order of the contract.
    """
    draw = _streams(rng)
    world = latent.build(draw["world"])
    spells = workforce.simulate(draw["workforce"], world)
    answers, invitations = survey.survey(draw["survey"], spells, world)
    ideas, idea_events = ideas_of_staff.ideas(draw["ideas"], spells)
    cases, case_events = service.service_cases(draw["cases"], world)
    return {
        "locations": company.locations(),
        "teams": teams(),
        "assignments": employment.assignments(draw["assignments"], spells),
        "absence": employment.absence(draw["absence"], spells, world),
        "survey_answers": answers,
        "survey_invitations": invitations,
        "ideas": ideas,
        "idea_events": idea_events,
        "customer_feedback": customers.feedback(draw["feedback"], world),
        "cases": cases,
        "case_events": case_events,
        "social_activity": network.social_activity(draw["network"], spells, world),
        "tool_use": network.tool_use(draw["tools"], spells, world),
        "key_results": results.key_results(draw["results"]),
        "rollouts": rollouts.rollouts(),
        "financials": results.financials(draw["financials"], world),
        "group_measurements": results.group_measurements(draw["groups"], spells, world),
        "measures": results.measures(),
    }


def write(frames: dict[str, pl.DataFrame], folder: Path) -> list[Path]:
    """Write each table as a Parquet file named after it, for the importer; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, frame in frames.items():
        files.append(folder / f"{name}.parquet")
        frame.write_parquet(files[-1])
    return files


__all__ = ["DEFAULT_SEED", "generate", "latent_world", "locations_before", "write"]
