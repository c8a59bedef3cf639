import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action import pooling

BCG = {
    # treated cases, treated others, control cases, control others
    "Aronson": (4, 119, 11, 128),
    "Ferguson & Simes": (6, 300, 29, 274),
    "Rosenthal 1960": (3, 228, 11, 209),
    "Hart & Sutherland": (62, 13536, 248, 12619),
    "Frimodt-Moller": (33, 5036, 47, 5761),
    "Stein & Aronson": (180, 1361, 372, 1079),
    "Vandiviere": (8, 2537, 10, 619),
    "TPT Madras": (505, 87886, 499, 87892),
    "Coetzee & Berjak": (29, 7470, 45, 7232),
    "Rosenthal 1961": (17, 1699, 65, 1600),
    "Comstock 1974": (186, 50448, 141, 27197),
    "Comstock & Webster": (5, 2493, 3, 2338),
    "Comstock 1976": (27, 16886, 29, 17825),
}
"""The thirteen trials of the BCG vaccine (Colditz et al. 1994, JAMA 271), the standard example of pooling."""


def test_the_standard_example_comes_to_what_is_published():
    """metafor's manual, `rma(yi, vi, data=dat.bcg, method="DL")`: estimate −0.7141, 95 % −1.0644 to −0.3638, I² 92.12 %."""
    trials = pd.DataFrame(BCG, index=["a", "b", "c", "d"], dtype=float).T
    treated, control = trials["a"] + trials["b"], trials["c"] + trials["d"]
    effects = np.log((trials["a"] / treated) / (trials["c"] / control))
    errors = np.sqrt(1 / trials["a"] - 1 / treated + 1 / trials["c"] - 1 / control)
    found = pooling.pool(effects, errors)
    assert [found.effect, found.lower, found.upper] == pytest.approx([-0.7141, -1.0644, -0.3638], abs=2e-4)
    assert found.apart == pytest.approx(0.9212, abs=2e-4)


def test_four_quarters_show_what_one_does_not():
    one = pooling.pool(pd.Series([0.03]), pd.Series([0.02]))
    four = pooling.pool(pd.Series([0.03] * 4), pd.Series([0.02] * 4))
    assert one.lower < 0 < four.lower


def test_nothing_to_pool_is_missing_and_no_crash():
    assert all(np.isnan(value) for value in pooling.pool(pd.Series(dtype=float), pd.Series(dtype=float)))
