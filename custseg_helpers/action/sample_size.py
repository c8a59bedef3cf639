"""How many customers a test takes, and what a test of a given size can see."""

import math
from collections.abc import Callable
from typing import NamedTuple

from custseg_helpers.facts.shares import need_share
from custseg_helpers.words.text import UserError


class SampleSize(NamedTuple):
    """How many customers each arm needs."""

    treatment: int
    holdout: int


def power_for_shares(
    holdout_rate: float, treatment_rate: float, size: SampleSize, *, alpha: float = 0.05
) -> float:
    """Return the chance that a test of this size notices this difference in conversion (two-sided).

    Normal approximation, pooled under the null. Source: Fleiss, Levin & Paik (2003), *Statistical Methods for Rates
    and Proportions*, ch. 4. Checked against the examples of R's `power.prop.test`.

    >>> round(power_for_shares(0.50, 0.75, SampleSize(50, 50)), 3)
    0.74
    """
    from scipy.special import ndtr, ndtri

    need_share("holdout_rate", holdout_rate)
    need_share("treatment_rate", treatment_rate)
    p1, p2, n1, n2 = treatment_rate, holdout_rate, *size
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    null = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    real = math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    reach = abs(p1 - p2) - ndtri(1 - alpha / 2) * null
    return float(ndtr(reach / real)) if real else float(reach > 0)


def power_for_means(difference: float, sd: float, size: SampleSize, *, alpha: float = 0.05) -> float:
    """Return the chance that a test of this size notices this difference in mean spend (two-sided t test).

    `difference` and `sd` in yuan per customer, those who spend nothing included. Source: Cohen (1988), ch. 2, by the
    non-central t distribution. Checked against the examples of R's `power.t.test`.

    >>> round(power_for_means(1, 1, SampleSize(20, 20)), 4)
    0.869
    """
    from scipy.stats import nct, t

    n1, n2 = size
    free, shift = n1 + n2 - 2, abs(difference) / sd * math.sqrt(n1 * n2 / (n1 + n2))
    return float(nct.sf(t.ppf(1 - alpha / 2, free), free, shift))


def sample_size_for_shares(
    holdout_rate: float,
    treatment_rate: float,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    holdout_share: float = 0.5,
) -> SampleSize:
    """Return how many customers it takes to notice that conversion rises from one rate to the other.

    Args:
        holdout_rate: conversion without the campaign, 0–1.
        treatment_rate: conversion with it: the smallest rate that would be worth the money.
        power: chance of noticing it, usually 0.8.
        alpha: chance of seeing an effect where there is none, usually 0.05.
        holdout_share: share held out; 0.5 takes the fewest customers in all.

    >>> sample_size_for_shares(0.50, 0.75, power=0.90)
    SampleSize(treatment=77, holdout=77)
    """
    for name, value in (("holdout_rate", holdout_rate), ("treatment_rate", treatment_rate)):
        need_share(name, value, inside=True)
    _worth_testing(holdout_rate - treatment_rate)
    return _smallest(
        lambda size: power_for_shares(holdout_rate, treatment_rate, size, alpha=alpha),
        power,
        alpha,
        holdout_share,
    )


def sample_size_for_means(
    difference: float, sd: float, *, power: float = 0.8, alpha: float = 0.05, holdout_share: float = 0.5
) -> SampleSize:
    """Return how many customers it takes to notice a difference in mean spend (yuan per customer, zeros included).

    `sd` is the standard deviation of spend over *all* customers. It is large when most spend nothing: a conversion
    test needs far fewer customers than a spend test.

    >>> sample_size_for_means(difference=1, sd=2)
    SampleSize(treatment=64, holdout=64)
    """
    _worth_testing(difference if sd > 0 else 0)
    return _smallest(
        lambda size: power_for_means(difference, sd, size, alpha=alpha), power, alpha, holdout_share
    )


def _worth_testing(difference: float) -> None:
    if difference == 0:
        raise UserError(
            zh="两组预期没有差异（或标准差不大于 0），多大的样本都测不出来。请填写值得一做的最小差异。",
            en="No difference to find (or no spread): no sample is large enough. State the smallest one worth having.",
        )


def _smallest(
    power_of: Callable[[SampleSize], float], power: float, alpha: float, holdout_share: float
) -> SampleSize:
    """Return the smallest test that reaches the power: doubling, then halving the interval."""
    for name, value in (("power", power), ("alpha", alpha), ("holdout_share", holdout_share)):
        need_share(name, value, inside=True)

    def arms(held: int) -> SampleSize:
        return SampleSize(max(2, math.ceil(round(held * (1 - holdout_share) / holdout_share, 9))), held)

    low, high = 1, 2
    while power_of(arms(high)) < power:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if power_of(arms(middle)) < power else (low, middle)
    return arms(high)


def smallest_uplift(
    holdout_rate: float, size: SampleSize, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """Return the smallest rise in conversion that a test of this size would notice; NaN if none below 100 %.

    Ask this when the number of customers is given: if the answer is larger than anything you hope for, do not run
    the test on this tier alone.

    >>> round(smallest_uplift(0.10, SampleSize(1000, 1000)), 4)
    0.0407
    """
    need_share("holdout_rate", holdout_rate, inside=True)
    low, high = 0.0, 1 - holdout_rate - 1e-9
    if power_for_shares(holdout_rate, holdout_rate + high, size, alpha=alpha) < power:
        return math.nan
    for _ in range(60):
        middle = (low + high) / 2
        enough = power_for_shares(holdout_rate, holdout_rate + middle, size, alpha=alpha) >= power
        low, high = (low, middle) if enough else (middle, high)
    return high
