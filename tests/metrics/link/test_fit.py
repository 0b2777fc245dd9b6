"""Site and period effects: against two other libraries, and against published figures."""

import numpy as np
import pandas as pd
import pyfixest
import pytest
from linearmodels.datasets import wage_panel
from statsmodels.datasets import grunfeld

from metrics.intervals import FloatArray
from metrics.link.fit import fit, levelled, sums, usable


def by_hand(y: FloatArray, x: FloatArray, w: FloatArray) -> FloatArray:
    """The coefficients by least squares on dummies."""
    sites, periods, _k = x.shape
    site, period = np.indices((sites, periods)).reshape(2, -1)
    use = np.ravel(w > 0)
    design = np.column_stack(
        [x.reshape(-1, x.shape[2]), np.eye(sites)[site], np.eye(periods)[period][:, 1:]]
    )[use]
    root = np.sqrt(w.ravel()[use])
    found = np.linalg.lstsq(design * root[:, None], y.ravel()[use] * root, rcond=None)[0]
    return np.asarray(found[: x.shape[2]])


def made_up(
    sites: int, periods: int, seed: int = 0, gaps: float = 0.1
) -> tuple[FloatArray, FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(sites, periods, 2))
    y = x @ [0.3, -0.2] + rng.normal(size=(sites, 1)) + rng.normal(size=periods)
    y = y + rng.normal(size=y.shape)
    y[rng.random(y.shape) < gaps] = np.nan
    return y, x, rng.integers(40, 400, y.shape).astype(float)


def long(y: FloatArray, x: FloatArray, w: FloatArray) -> pd.DataFrame:
    site, period = np.indices(y.shape)
    columns = {"site": site, "period": period, "y": y, "w": w}
    columns |= {f"x{at}": x[..., at] for at in range(x.shape[2])}
    return pd.DataFrame({name: np.asarray(each).ravel() for name, each in columns.items()}).dropna()


@pytest.mark.parametrize("seed", range(3))
def test_coefficients_are_those_of_least_squares_on_dummies(seed: int) -> None:
    y, x, w = made_up(12, 9, seed)
    found = fit(y, x, w)
    assert found is not None
    assert found.beta == pytest.approx(by_hand(np.nan_to_num(y), x, usable(y, x, w)))
    assert found.rows == int(np.isfinite(y).sum())


@pytest.mark.parametrize("sites", [12, 60])
def test_coefficients_and_jackknife_are_those_of_pyfixest(sites: int) -> None:
    y, x, w = made_up(sites, 10)
    found = fit(y, x, w)
    other = pyfixest.feols(
        "y ~ x0 + x1 | site + period",
        long(y, x, w),
        weights="w",
        vcov={"CRV3": "site"},
        # Without its factors for small samples CRV3 is the sum of squared deviations.
        ssc=pyfixest.ssc(k_adj=False, G_adj=False),
    )
    assert found is not None
    assert found.beta == pytest.approx(other.coef().to_numpy())
    errors = np.sqrt(np.diag(found.variance) * sites / (sites - 1))
    assert errors == pytest.approx(other.se().to_numpy(), rel=1e-6)


def test_each_site_that_is_left_out_is_refitted() -> None:
    y, x, w = made_up(10, 6)
    found = fit(y, x, w)
    assert found is not None
    for out in range(10):
        rest = np.arange(10) != out
        again = by_hand(np.nan_to_num(y[rest]), x[rest], usable(y, x, w)[rest])
        assert found.without[out] == pytest.approx(again)


def test_the_wage_panel_of_wooldridge() -> None:
    data = wage_panel.load()
    y, union, married, experience = (
        data.pivot(index="nr", columns="year", values=name).to_numpy(dtype=float)
        for name in ("lwage", "union", "married", "expersq")
    )
    found = fit(y, np.stack([union, married, experience], axis=2), np.ones(y.shape))
    assert found is not None
    assert found.beta[:2] == pytest.approx([0.0800, 0.0467], abs=5e-5)
    # The published errors take all rows as independent.
    left = np.nansum(found.residual**2) / (y.size - y.shape[0] - 7 - 3)
    inside = np.stack(
        [levelled(each, np.ones(y.shape)).ravel() for each in (union, married, experience)]
    )
    errors = np.sqrt(left * np.diag(np.linalg.inv(inside @ inside.T)))
    assert errors[:2] == pytest.approx([0.0193, 0.0183], abs=5e-5)


def test_the_firms_of_grunfeld() -> None:
    data = grunfeld.load_pandas().data.query("firm != 'American Steel'")
    y, value, capital = (
        data.pivot(index="firm", columns="year", values=name).to_numpy()
        for name in ("invest", "value", "capital")
    )
    found = fit(y, np.stack([value, capital], axis=2), np.ones(y.shape))
    assert found is not None
    assert found.beta == pytest.approx([0.11772, 0.35792], abs=5e-6)
    left = np.nansum(found.residual**2) / (y.size - 10 - 19 - 2)
    inside = np.stack([levelled(each, np.ones(y.shape)).ravel() for each in (value, capital)])
    errors = np.sqrt(left * np.diag(np.linalg.inv(inside @ inside.T)))
    assert errors == pytest.approx([0.01375, 0.02272], abs=5e-6)


def test_weights_count_as_so_many_rows() -> None:
    y, x, _w = made_up(8, 5, gaps=0.0)
    heavy = np.ones(y.shape)
    heavy[3] = 2.0
    weighted = fit(y, x, heavy)
    twice = fit(np.vstack([y, y[3]]), np.vstack([x, x[3:4]]), np.ones((9, 5)))
    assert weighted is not None
    assert twice is not None
    assert weighted.beta == pytest.approx(twice.beta)


def test_a_site_or_period_that_stands_alone_is_not_used() -> None:
    y, x, w = made_up(8, 5, gaps=0.0)
    y[0, 1:] = np.nan
    found = fit(y, x, w)
    assert found is not None
    assert (found.sites, found.rows) == (7, 35)
    assert not found.used[0]
    assert np.isnan(found.residual[0]).all()


def test_what_does_not_move_within_sites_is_not_estimated() -> None:
    y, x, w = made_up(8, 5, gaps=0.0)
    assert fit(y, np.repeat(x[:, :1], 5, axis=1), w) is None
    assert fit(y, np.concatenate([x, x[..., :1]], axis=2), w) is None
    assert fit(y[:2], x[:2], w[:2]) is None
    assert fit(np.full(y.shape, np.nan), x, w) is None
    assert fit(y, x[..., :0], w) is None


def test_levels_are_taken_off() -> None:
    y, _x, w = made_up(8, 5, gaps=0.0)
    left = levelled(y, w)
    assert (w * left).sum(axis=0) == pytest.approx(np.zeros(5), abs=1e-8)
    assert (w * left).sum(axis=1) == pytest.approx(np.zeros(8), abs=1e-8)
    shifted = levelled(y + np.arange(8)[:, None] - 3 * np.arange(5), w)
    assert shifted == pytest.approx(left)


def test_sums_of_sites_drawn_twice_give_the_fit_of_these() -> None:
    y, x, w = made_up(8, 5, gaps=0.0)
    times = np.array([2.0, 0, 1, 1, 1, 1, 1, 1])
    drawn = [0, 0, 2, 3, 4, 5, 6, 7]
    again = fit(y[drawn], x[drawn], w[drawn])
    assert again is not None
    assert sums(y, x, w).solved(times) == pytest.approx(again.beta)


def test_several_coefficients_at_once_are_judged_by_the_smallest_p() -> None:
    y, x, w = made_up(30, 8)
    found = fit(y, x, w)
    assert found is not None
    each = [found.p(row) for row in np.eye(2)]
    assert found.any_p([0, 1]) == pytest.approx(min(1.0, 2 * min(each)))
    assert found.p(np.array([1.0, 1.0])) > min(each)
    assert found.any_p([1], free=3) > each[1]
