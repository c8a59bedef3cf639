"""What chance alone can do: deal the cards again, draw the customers again, run a campaign many times.

Three thought experiments that a computer plays a thousand times. They say without formulas what the intervals of
`evaluation` say with them.
"""

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import difference_of_shares
from custseg_helpers.facts.shares import need_share
from custseg_helpers.words.text import UserError


def shuffled(values: pd.Series, arms: pd.Series, times: int = 1000, *, seed: int = 2026) -> pd.Series:
    """Return the differences between the arms that the lot alone would have shown, contact or no contact.

    Everybody keeps what they did; only the labels are dealt anew, as many `treatment` as there were.

    Args:
        values: one number, or yes and no, a customer; missing is 0.
        arms: `treatment` or `holdout`, in the same index.
        times: how often to deal.
        seed: another seed, other deals.

    Returns:
        Treatment minus holdout of the means, one a deal.

    Source: Fisher (1935), *The Design of Experiments*, ch. 2. Checked against all 20 deals of six cards.

    >>> arms = pd.Series(["treatment"] * 3 + ["holdout"] * 3)
    >>> sorted(shuffled(pd.Series([1, 1, 0, 1, 0, 0]), arms).round(2).unique().tolist())
    [-1.0, -0.33, 0.33, 1.0]
    """
    one, two = _arms(values, arms)
    cards, treated = np.sort(np.concatenate([one, two])), len(one)
    rng = np.random.default_rng(seed)
    sums = np.array([rng.permutation(cards)[:treated].sum() for _ in range(times)])
    return pd.Series(sums / treated - (cards.sum() - sums) / len(two), name="difference")


def redrawn(values: pd.Series, arms: pd.Series, times: int = 1000, *, seed: int = 2026) -> pd.Series:
    """Return the differences that other customers of the same kind would have shown.

    From each arm as many customers as it has are drawn, one by one, each put back before the next is drawn. The middle
    95 % of the differences is an interval for the true one.

    Args and returns are those of `shuffled`.

    Source: Efron (1979), *Annals of Statistics* 7, 1–26. Checked against Welch's interval.

    >>> arms = pd.Series(["treatment"] * 200 + ["holdout"] * 200)
    >>> draws = redrawn(pd.Series([1, 0] * 100 + [1, 0, 0, 0] * 50), arms)
    >>> draws.quantile([0.025, 0.975]).round(2).tolist()
    [0.16, 0.34]
    """
    one, two = (np.sort(arm) for arm in _arms(values, arms))
    rng = np.random.default_rng(seed)
    draws = [rng.choice(one, len(one)).mean() - rng.choice(two, len(two)).mean() for _ in range(times)]
    return pd.Series(draws, name="difference")


def repeats(
    treatment: int, holdout: int, rate: float, effect: float, times: int = 1000, *, seed: int = 2026
) -> pd.DataFrame:
    """Run the same campaign many times over: what would each of these lots have let us see?

    Args:
        treatment: customers contacted.
        holdout: customers held out.
        rate: share that buys without contact, 0–1.
        effect: what the contact really adds to it, in shares; the sum is kept within 0–1.
        times: how many campaigns.
        seed: another seed, other campaigns.

    Returns:
        One row a campaign: `difference`, `lower`, `upper` (95 %, Newcombe) and `verdict`: `works`, `harms`, `unclear`.

    >>> nothing = repeats(1000, 1000, 0.10, 0.0)
    >>> bool((nothing["verdict"] == "works").mean() < 0.05 < 0.4 < (nothing["difference"] > 0).mean())
    True
    """
    if min(treatment, holdout) < 1:
        raise UserError(zh="两组各至少需要 1 位客户。", en="Each arm needs at least 1 customer.")
    need_share("rate", rate)
    need_share("effect", abs(effect))
    rng = np.random.default_rng(seed)
    bought = rng.binomial(treatment, min(max(rate + effect, 0.0), 1.0), times)
    anyway = rng.binomial(holdout, rate, times)
    seen: dict[tuple[int, int], tuple[float, float, float]] = {}
    for pair in zip(bought.tolist(), anyway.tolist(), strict=True):
        if pair not in seen:
            found = difference_of_shares((pair[0], treatment), (pair[1], holdout))
            seen[pair] = (found.difference, found.lower, found.upper)
    rows = [seen[pair] for pair in zip(bought.tolist(), anyway.tolist(), strict=True)]
    table = pd.DataFrame(rows, columns=["difference", "lower", "upper"])
    verdict = np.select([table["lower"] > 0, table["upper"] < 0], ["works", "harms"], "unclear")
    return table.assign(verdict=verdict)


def _arms(values: pd.Series, arms: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the two arms; customers in neither are left out."""
    numbers = values.astype("float64").fillna(0.0)
    one, two = (numbers[arms == arm].to_numpy() for arm in ("treatment", "holdout"))
    if min(len(one), len(two)) == 0:
        raise UserError(
            zh="要比较效果，实验组（treatment）和留出对照组（holdout）都必须有客户。",
            en="A comparison needs customers in both arms, treatment and holdout.",
        )
    return one, two
