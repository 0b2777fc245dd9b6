"""Own measures of a carried file: only what the import would take, and as this side knows them."""

from typing import Any, get_args

import polars as pl
import pytest

from metrics.vocabulary import UNITS, Unit
from models.imports.contract import STORED
from models.releases.carrying import form, measures
from models.releases.carrying.form import OwnMeasure
from tests.models.releases.carrying.blocks import KEY, manifest

PRIDE: dict[str, Any] = {
    "measure": "own_pride",
    "label_en": "Pride",
    "label_nl": None,
    "side": "wx",
    "rater": "employee",
    "unit": "score",
    "better": "higher",
    "theme": None,
    "at_risk_from": None,
}
SCHEMA = STORED["measures"].schema()


def refused(
    *told: dict[str, Any],
    own: list[dict[str, Any]] | None = None,
    released: list[dict[str, Any]] | None = None,
    sites: str = "AB",
) -> list[str]:
    found = manifest([], sites=sites).model_copy(
        update={"measures": [OwnMeasure(**each) for each in told]}
    )
    frames = [pl.DataFrame(rows or [], schema=SCHEMA) for rows in (own, released)]
    return [each.rule for each in measures.refused(found, *frames)]


@pytest.mark.parametrize("name", ["side", "rater", "unit", "better"])
def test_terms_that_the_contract_does_not_know_are_refused(name: str) -> None:
    told = manifest([]).model_copy(
        update={"measures": [OwnMeasure(**PRIDE).model_copy(update={name: "bogus"})]}
    )
    data = form.written(KEY, told, [])
    with pytest.raises(form.FormError, match=f"measures.0.{name}"):
        form.opened(data)


def test_the_form_knows_the_units_of_the_contract() -> None:
    options = STORED["measures"].column("unit").options
    assert set(get_args(Unit)) == set(UNITS) == set(options)


@pytest.mark.parametrize(
    "code",
    ["enps", "bat01", "people", "team", "location", "own.pride", "", "x" * 201, "own\x1fpride"],
)
def test_codes_that_the_import_refuses_are_refused(code: str) -> None:
    assert refused({**PRIDE, "measure": code}) == ["measure-code"]


def test_an_own_measure_that_is_new_or_the_same_is_no_trouble() -> None:
    assert refused(PRIDE) == []
    assert refused(PRIDE, own=[PRIDE], released=[PRIDE]) == []
    assert refused(own=[PRIDE], released=[PRIDE]) == []


@pytest.mark.parametrize("change", [{"label_en": "Hate"}, {"better": "lower"}, {"theme": "x"}])
def test_this_sides_own_definition_is_not_another_ones(change: dict[str, Any]) -> None:
    assert refused({**PRIDE, **change}, own=[PRIDE]) == ["measure-differs"]


def test_of_a_measure_that_was_received_the_terms_stay() -> None:
    assert refused({**PRIDE, "label_en": "Proud", "at_risk_from": 2.0}, released=[PRIDE]) == []
    assert refused({**PRIDE, "rater": "system"}, released=[PRIDE]) == ["measure-differs"]


def test_codes_stand_in_the_file_once() -> None:
    assert refused(PRIDE, PRIDE) == ["twice in file"]
    assert refused(sites="AA") == ["twice in file"]
