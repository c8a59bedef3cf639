"""What a campaign of this size can show, said before anything is promised."""

import math
from typing import NamedTuple

import pandas as pd

from custseg_helpers.action.sample_size import SampleSize, sample_size_for_means, smallest_uplift

POWER, ALPHA = 0.8, 0.05


class Reach(NamedTuple):
    """What a test shows in four of five cases, if it is there."""

    size: SampleSize
    rate: float
    """share that bought in an equally long span before the snapshot, 0–1"""
    uplift: float
    """the smallest rise of that share that would be noticed; NaN: none"""
    money: float
    """the smallest difference in money a customer that would be noticed; NaN where nobody spent anything"""
    needed: int | None
    """customers in all that it would take to notice what the playbook expects in money; None where nothing is expected"""


def reach(before: pd.DataFrame, arms: pd.Series, *, expected: float | None, holdout: float) -> Reach:
    """Return what a draw can show, judged by what the same customers did in an equally long span before.

    Args:
        before: `amount` and `converted` of each planned customer in that span.
        arms: their arms.
        expected: money a customer that the contact is hoped to bring; None: nobody said.
        holdout: share held out.

    Source: Cohen (1988), *Statistical Power Analysis*, ch. 2, with the normal approximation.
    """
    from scipy.special import ndtri

    size = SampleSize(int((arms == "treatment").sum()), int((arms == "holdout").sum()))
    rate, spread = float(before["converted"].mean()), float(before["amount"].std(ddof=1))
    both = float(ndtri(1 - ALPHA / 2) + ndtri(POWER))
    money = both * spread * math.sqrt(1 / size.treatment + 1 / size.holdout) if spread > 0 else math.nan
    needed = None
    if expected and spread > 0:
        needed = sum(sample_size_for_means(expected, spread, holdout_share=holdout))
    uplift = smallest_uplift(rate, size) if 0 < rate < 1 else math.nan
    return Reach(size, rate, uplift, money, needed)
