"""Several campaigns together: what no single one can show, all of them may."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

NORMAL = 1.959964
"""Half the width of a 95 % interval, in standard errors."""


class Pooled(NamedTuple):
    """What several effects come to: with its 95 % interval, and how far the effects lie apart beyond chance (0–1)."""

    effect: float
    lower: float
    upper: float
    apart: float


def pool(effects: pd.Series, errors: pd.Series) -> Pooled:
    """Put effects of independent tests together, each weighted by how surely it is known.

    The weights are 1 ÷ (standard error² + spread between the tests); the spread is estimated, and 0 where the tests agree
    as well as chance lets them. `apart` is I²: the share of the differences between the tests that is no chance. Without
    any effect there is nothing to put together, and all of it is missing.

    Sources: DerSimonian & Laird (1986), *Controlled Clinical Trials* 7, 177–188; Higgins & Thompson (2002), *Statistics
    in Medicine* 21, 1539–1558. With equal errors it is the plain mean.

    >>> pool(pd.Series([0.02, 0.04]), pd.Series([0.01, 0.01])).effect
    0.03
    >>> quarter, year = 0.02, pool(pd.Series([0.03] * 4), pd.Series([0.02] * 4))
    >>> [round(value, 4) for value in (year.effect, year.lower, year.upper)]
    [0.03, 0.0104, 0.0496]
    """
    one, error = effects.to_numpy(dtype=float), errors.to_numpy(dtype=float)
    if not len(one):
        return Pooled(math.nan, math.nan, math.nan, math.nan)
    weight = 1 / error**2
    fixed = float((weight * one).sum() / weight.sum())
    spread = float((weight * (one - fixed) ** 2).sum())
    free = len(one) - 1
    between = 0.0
    if free:
        scale = weight.sum() - (weight**2).sum() / weight.sum()
        between = max(0.0, (spread - free) / scale)
    weight = 1 / (error**2 + between)
    effect, half = float((weight * one).sum() / weight.sum()), NORMAL / math.sqrt(weight.sum())
    apart = max(0.0, (spread - free) / spread) if free and spread > 0 else 0.0
    return Pooled(round(effect, 12), effect - half, effect + half, apart)


def drawn_together(effects: pd.Series, errors: pd.Series, overall: Pooled) -> pd.DataFrame:
    """Draw the effect of each group towards that of all, the more the less surely it is known (normal with normal).

    Args:
        effects: one a group.
        errors: their standard errors.
        overall: the effect of all, with its 95 % interval.

    Returns:
        One row a group: `effect`, `lower`, `upper` (95 %). Where the groups differ by no more than chance lets them, all
        have the effect of all.

    Source: Efron & Morris (1975), *Journal of the American Statistical Association* 70, 311–319.

    >>> far = drawn_together(pd.Series([0.0, 10.0]), pd.Series([1.0, 1.0]), Pooled(5.0, 4.0, 6.0, 0.0))
    >>> far["effect"].round(2).tolist()
    [0.2, 9.8]
    """
    square = errors**2
    between = max(0.0, float(((effects - overall.effect) ** 2 - square).mean())) if len(effects) else 0.0
    own = between / (between + square).where(between + square > 0, 1.0)
    effect = own * effects + (1 - own) * overall.effect
    shared = (overall.upper - overall.lower) / 2 / NORMAL
    half = NORMAL * np.sqrt(own * square + ((1 - own) * shared) ** 2)
    return pd.DataFrame({"effect": effect, "lower": effect - half, "upper": effect + half})
