"""docs/methods.md says what the definitions say."""

import pytest

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS, Metric
from metrics.documentation import PATH, methods_markdown


def test_the_file_is_up_to_date() -> None:
    said = PATH.read_text(encoding="utf-8")
    assert said == methods_markdown(), "write it anew: python -m metrics.documentation"


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_explains_itself(metric: Metric) -> None:
    text = methods_markdown()
    for part in (metric.code, metric.label, metric.formula, metric.interval, metric.source):
        assert part
        assert part in text
    assert METRICS[metric.code] is metric
    assert set(metric.optional) <= set(metric.measures) <= set(CATALOGUE)


def test_every_measure_is_there() -> None:
    text = methods_markdown()
    for code in CATALOGUE:
        assert f"| `{code}` |" in text
