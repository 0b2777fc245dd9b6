"""The catalogue: codes that belong together, cut-offs as published, no wording of items."""

import polars as pl
import pytest

from metrics.catalogue import CATALOGUE, THEMES, UNITS, Measure, from_rows, in_screen_order

EVERY = pytest.mark.parametrize("measure", CATALOGUE.values(), ids=CATALOGUE)


@EVERY
def test_a_measure_says_all_there_is_to_say(measure: Measure) -> None:
    assert CATALOGUE[measure.code] is measure
    assert measure.label
    assert measure.source
    assert measure.unit in UNITS
    assert measure.theme in THEMES
    assert measure.label_nl is None, "built-in labels are translated by gettext"
    if measure.subject not in ("ideas", "pay", "reliability"):
        assert (measure.transform == "sum") == (not measure.items)


@EVERY
def test_ranges_and_cut_offs_fit_each_other(measure: Measure) -> None:
    if measure.low is not None and measure.high is not None:
        assert measure.low < measure.high
    # A severe cut-off has no ends of its own: it goes with its scale.
    if measure.unit == "percent" and not measure.code.endswith("_severe"):
        assert (measure.low, measure.high) == (0, 100)
    if measure.at_risk_from is not None and not measure.code.endswith("_severe"):
        assert measure.low is not None
        assert measure.high is not None
        assert measure.low <= measure.at_risk_from <= measure.high
        assert measure.severe_from is None or measure.severe_from > measure.at_risk_from


@pytest.mark.parametrize("scale", ["bat23", "bat12"])
def test_severe_is_a_cut_of_the_scale(scale: str) -> None:
    severe, whole = CATALOGUE[f"{scale}_severe"], CATALOGUE[scale]
    assert severe.items == whole.items
    assert (severe.transform, severe.yes_from, severe.at_risk_from) == (
        "binary",
        whole.severe_from,
        100,
    )


def test_published_cut_offs() -> None:
    found = {
        code: (CATALOGUE[code].at_risk_from, CATALOGUE[code].severe_from)
        for code in ("bat23", "bat12", "bat4", "ubos5")
    }
    assert found == {
        "bat23": (2.59, 3.02),
        "bat12": (2.54, 2.96),
        "bat4": (None, None),
        "ubos5": (3.20, None),
    }
    assert CATALOGUE["ubos5"].at_risk_strict


def test_short_forms_are_parts_of_the_long_one() -> None:
    every = CATALOGUE["bat23"].items
    assert len(every) == len(set(every)) == 23
    assert [len(CATALOGUE[code].items) for code in ("bat12", "bat4")] == [12, 4]
    assert set(CATALOGUE["bat4"].items) < set(CATALOGUE["bat12"].items) < set(every)


def test_cbs_calls_it_exhaustion_not_burnout() -> None:
    assert CATALOGUE["ubos5"].label == "Work-related mental exhaustion"


def test_the_order_is_that_of_the_screens() -> None:
    themes = [measure.theme for measure in CATALOGUE.values()]
    assert themes == sorted(themes, key=list(THEMES).index)
    assert in_screen_order(reversed(list(CATALOGUE.values())))[0].theme == "burnout"


def rows(**changes: object) -> pl.DataFrame:
    row: dict[str, object] = {
        "measure": "nhs_burnt_out",
        "label_en": "Burnt out",
        "label_nl": "Opgebrand",
        "side": "wx",
        "rater": "employee",
        "unit": "percent",
        "better": "lower",
        "theme": "burnout",
        "at_risk_from": None,
    }
    return pl.DataFrame([{**row, **changes}], schema_overrides={"at_risk_from": pl.Float64})


def test_own_measures_come_from_their_table() -> None:
    (found,) = from_rows(rows()).values()
    assert (found.code, found.label, found.label_nl) == ("nhs_burnt_out", "Burnt out", "Opgebrand")
    assert (found.low, found.high) == (0, 100)
    assert (found.theme, found.better, found.subject) == ("burnout", "lower", "own")
    assert found.items == ("nhs_burnt_out",)


def test_an_unheard_of_theme_goes_last() -> None:
    assert from_rows(rows(theme="weather"))["nhs_burnt_out"].theme == "other"
    assert from_rows(rows(theme=None))["nhs_burnt_out"].theme == "other"


def test_a_built_in_code_keeps_its_built_in_meaning() -> None:
    assert from_rows(rows(measure="bat12")) == {}


def test_no_own_measures() -> None:
    assert from_rows(rows().clear()) == {}
