"""The effect of a contact in money, with an interval that holds where a few customers spend most of it.

Spend is skewed: most give nothing in a month, one gives a hundred times the mean. An interval that takes the mean of
thirty such customers for nearly normal calls too many campaigns a success. What is certain is the draw: who was held out
was chosen at random. So the arms are dealt again and again, and the interval holds every effect with which the arms as
drawn are not unusual ones.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import Effect
from custseg_helpers.facts.shares import need_share
from custseg_helpers.words.text import UserError

DEALS = 2000
"""How often the arms are dealt again: the ends of an interval move by about a twentieth of its width from seed to seed."""
EXPLAINS = 0.05
"""A period before the draw that explains less of the differences in spend than this (R²) is not adjusted for."""


def difference_by_randomization(
    treatment: pd.Series, holdout: pd.Series, *, level: float = 0.95, deals: int = DEALS, seed: int = 2026
) -> Effect:
    """Return the difference of two means, with the interval of all effects that the random draw does not contradict.

    An effect δ is taken off everybody contacted, the customers are dealt into two arms again, and δ is inside the interval
    unless the arms as drawn lie among the most unusual deals. As the difference of a deal is linear in δ, each deal has one δ
    at which it equals the arms as drawn; the ends are quantiles of these. If the contact does nothing for anybody, the
    interval misses 0 in exactly 1 − `level` of draws, however skewed the money is. Where the customers held out vary more
    than those contacted, it is widened in that proportion: the deals alone would mix the two.

    Args:
        treatment: one number for each customer contacted as planned, 0 for those who bought nothing.
        holdout: the same for those held out.
        level: confidence level.
        deals: how many deals.
        seed: another seed, other deals.

    Sources: Tritchler (1984), *JASA* 79, 200–207; Nguyen (2009), *Applied Statistics* 58 (closed form for two samples).

    >>> effect = difference_by_randomization(pd.Series([12.0, 0, 8, 30] * 20), pd.Series([0.0, 5, 0, 15] * 20))
    >>> effect.difference, 3 < effect.lower < 5, 10 < effect.upper < 12
    (7.5, True, True)
    """
    return effects_by_randomization(treatment, holdout, (level,), deals=deals, seed=seed)[0]


def effects_by_randomization(
    treatment: pd.Series,
    holdout: pd.Series,
    levels: Sequence[float],
    *,
    deals: int = DEALS,
    seed: int = 2026,
) -> list[Effect]:
    """Return the same difference with its interval at several levels, from the same deals (`difference_by_randomization`)."""
    for level in levels:
        need_share("level", level, inside=True)
    one, two = (arm.dropna().to_numpy(dtype=float) for arm in (treatment, holdout))
    if min(len(one), len(two)) < 2:
        raise UserError(zh="两组各至少需要 2 位客户。", en="Each arm needs at least 2 customers.")
    means = [math.fsum(arm) / len(arm) for arm in (one, two)]
    gap = means[0] - means[1]
    meets = _meeting_points(one, two, gap, deals, np.random.default_rng(seed))
    meets = gap + max(1.0, _ratio_of_errors(one, two)) * (meets - gap)
    ends = [np.quantile(meets, [(1 - level) / 2, (1 + level) / 2]) for level in levels]
    return [Effect(means[0], means[1], gap, float(low), float(high)) for low, high in ends]


def _meeting_points(
    one: np.ndarray, two: np.ndarray, gap: float, deals: int, rng: np.random.Generator
) -> np.ndarray:
    """Return for each deal the effect at which its difference is the one that was drawn."""
    everybody, total = np.concatenate([one, two]), len(one) + len(two)
    money, small = math.fsum(everybody), min(len(one), len(two))
    sums, mixed = np.empty(deals), np.empty(deals)
    for deal in range(deals):
        drawn = rng.choice(total, small, replace=False, shuffle=False)
        sums[deal] = everybody[drawn].sum()
        mixed[deal] = np.count_nonzero(drawn < len(one))
    large = total - small
    if small == len(two):
        difference = (money - sums) / large - sums / small
        share = (len(one) - mixed) / large - mixed / small
    else:
        difference = sums / small - (money - sums) / large
        share = mixed / small - (len(one) - mixed) / large
    apart = share < 1
    return (gap - difference[apart]) / (1 - share[apart])


def _ratio_of_errors(one: np.ndarray, two: np.ndarray) -> float:
    """Return the standard error from each arm's own spread ÷ that from both arms' spread together."""
    own = one.var(ddof=1) / len(one) + two.var(ddof=1) / len(two)
    free = len(one) + len(two) - 2
    together = ((len(one) - 1) * one.var(ddof=1) + (len(two) - 1) * two.var(ddof=1)) / free
    pooled = together * (1 / len(one) + 1 / len(two))
    return math.sqrt(own / pooled) if pooled > 0 else 1.0


def adjusted_by_before(
    amount: pd.Series, before: pd.Series, *, least: float = EXPLAINS
) -> tuple[pd.Series, float]:
    """Take out of what customers spent what the days before the draw already said of them (CUPED).

    What is left varies less, so that the same customers show smaller effects; the random draw sees to it that the difference
    of the arms stays what it is. Adjusted is only where the days before explain at least `least` of the variance.

    Args:
        amount: money a customer in the campaign.
        before: money of the same customer before the draw; missing is 0.
        least: least share of the variance (R²) that has to be explained.

    Returns:
        The amounts, adjusted or as they were, and R².

    Source: Deng, Xu, Kohavi & Walker (2013), *Improving the Sensitivity of Online Controlled Experiments*, WSDM.

    >>> amount, before = pd.Series([10.0, 20.0, 30.0, 44.0]), pd.Series([1.0, 2.0, 3.0, 4.0])
    >>> [round(value, 1) for value in adjusted_by_before(amount, before)[0]]
    [26.8, 25.6, 24.4, 27.2]
    """
    known = before.reindex(amount.index).astype(float).fillna(0.0)
    spread = float(known.var(ddof=1)) if len(known) > 1 else 0.0
    if not spread > 0 or not float(amount.var(ddof=1)) > 0:
        return amount.astype(float), 0.0
    slope = float(amount.cov(known)) / spread
    explained = slope**2 * spread / float(amount.var(ddof=1))
    if explained < least:
        return amount.astype(float), explained
    return amount - slope * (known - known.mean()), explained
