"""Burnout by the scale that is there: never two scales in one number."""

import pytest

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS, MetricError
from tests.metrics.by_hand import answered, cells

SHARE, MEAN = METRICS["burnout.share_at_risk"], METRICS["burnout.mean"]
BOTH = (
    answered("bat12", [2.0] * 30 + [3.0] * 10, at_risk=10),
    answered("ubos5", [3.0] * 20 + [4.0] * 20, at_risk=20),
)


def test_the_longest_scale_speaks() -> None:
    found = cells(*BOTH, measures=("bat12", "ubos5"))
    for metric, same in ((SHARE, "measure.share_at_risk"), (MEAN, "measure.mean")):
        own = metric.compute(found).estimate()
        assert own is not None
        alone = METRICS[same].compute(cells(BOTH[0]), CATALOGUE["bat12"]).estimate()
        assert own == alone


def test_where_it_is_not_told_the_next_one_does() -> None:
    found = cells(BOTH[1], measures=("bat12", "ubos5"))
    share = SHARE.compute(found).estimate()
    assert share is not None
    assert share.value == 50


def test_the_four_items_have_a_mean_and_no_risk() -> None:
    found = cells(answered("bat4", [1.0, 3.0] * 10), measures=("bat4",))
    mean = MEAN.compute(found).estimate()
    assert mean is not None
    assert mean.value == 2
    assert MEAN.asks({"bat4", "enps"}) == ("bat4",)
    with pytest.raises(MetricError, match="needs one of bat23, bat12, ubos5: none is released"):
        SHARE.asks({"bat4", "enps"})
