"""Whether a test may be believed: split, repeated looks, what must not get worse, the period before, regions."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import Effect, difference_of_means, difference_of_shares
from custseg_helpers.words.text import UserError

ALARM = 0.001
"""A split as odd as this comes up in one fair draw of a thousand; then nobody should read the result."""

ARMS = ("treatment", "holdout")


def sample_ratio(arms: pd.Series, holdout_share: float) -> pd.Series:
    """Check that as many customers are in the control group as were planned (sample ratio mismatch).

    A wrong ratio means that somebody fell out on one side only: bounced addresses taken out of those contacted, a list
    joined twice. Then the arms are no longer alike, and the effect cannot be believed, whatever its interval says.

    Args:
        arms: `treatment` or `holdout` a customer, as they stand in the result.
        holdout_share: the share that was to be held out, 0–1.

    Returns:
        `n_treatment` and `n_holdout`, `planned_holdout` (customers), the `p_value` of the chi-square test and
        `ratio_fits` (p at least 0.001).

    Source: Kohavi, Tang & Xu (2020), *Trustworthy Online Controlled Experiments*, ch. 21; its example, 821,588 users
    against 815,482 where half and half was planned, has the p-value 1.8 × 10⁻⁶.

    >>> found = sample_ratio(pd.Series(["treatment"] * 821_588 + ["holdout"] * 815_482), 0.5)
    >>> f"{found['p_value']:.1e}", found["ratio_fits"]
    ('1.8e-06', False)
    """
    from scipy.special import chdtrc

    if not 0 < holdout_share < 1:
        raise UserError(
            zh=f"计划的对照组比例应在 0 和 1 之间（30% 写 0.3），现在是 {holdout_share}。",
            en=f"The planned share of the control group must lie between 0 and 1 (30 % is 0.3); it is {holdout_share}.",
        )
    seen = np.array([(arms == arm).sum() for arm in ARMS], dtype=float)
    if not seen.sum():
        raise UserError(zh="两组里都没有客户。", en="There are no customers in either group.")
    planned = seen.sum() * np.array([1 - holdout_share, holdout_share])
    p_value = float(chdtrc(1, ((seen - planned) ** 2 / planned).sum()))
    return pd.Series(
        {
            "n_treatment": int(seen[0]),
            "n_holdout": int(seen[1]),
            "planned_holdout": float(planned[1]),
            "p_value": p_value,
            "ratio_fits": p_value >= ALARM,
        },
        dtype=object,
    )


def peeking(looks: int, *, level: float = 0.95, times: int = 100_000, seed: int = 2026) -> float:
    """Return how often a campaign that does nothing "works" or "harms" if it is looked at `looks` times.

    It is stopped at the first interval that misses 0. Looks come at equal steps and customers are many, so the difference
    so far is a sum of independent normal steps. With intervals of 95 % one look is wrong in 5 % of such campaigns, five
    looks in 14 %, ten in 19 %. Five looks are wrong in 5 % again if each takes an interval of 98.42 %.

    Args:
        looks: how many times, the last day included.
        level: confidence level of the interval at each look.
        times: campaigns simulated; the error is below 0.002.
        seed: another seed, other campaigns.

    Sources: Armitage, McPherson & Rowe (1969), *Journal of the Royal Statistical Society A* 132, 235–244; Pocock (1977),
    *Biometrika* 64, 191–199.

    >>> [round(peeking(looks), 2) for looks in (1, 5, 10)]
    [0.05, 0.14, 0.19]
    >>> round(peeking(5, level=0.9842), 2)
    0.05
    """
    from scipy.special import ndtri

    steps = np.random.default_rng(seed).standard_normal((times, looks))
    scores = steps.cumsum(axis=1) / np.sqrt(np.arange(1, looks + 1))
    return float((np.abs(scores) > ndtri((1 + level) / 2)).any(axis=1).mean())


def guardrails(harms: pd.DataFrame, arms: pd.Series, allowed: Mapping[str, float]) -> pd.DataFrame:
    """Return whether what must not get worse stayed within the line that was drawn before.

    A harm that does not differ "significantly" may be too rare to show. So the question is turned round: the whole
    interval must lie below the line. Each guardrail has to hold, so the intervals need no widening.

    Args:
        harms: one row a customer, True where the harm happened (complained, sent back, unsubscribed); missing is no.
        arms: `treatment` or `holdout` a customer; decides who is counted.
        allowed: for each harm, the largest rise that can be accepted, as a share (0.02: two more of every 100).

    Returns:
        One row a harm: the columns of `Effect` (shares), `allowed` and the `verdict`: `guardrail_holds` if the interval
        ends at or below the line, `guardrail_broken` if it begins above it, else `unclear`.

    Source: Piaggio et al. (2012), *JAMA* 308, 2594–2604 (non-inferiority: the interval against the margin).

    >>> arms = pd.Series(["treatment"] * 500 + ["holdout"] * 500)
    >>> harms = pd.DataFrame({"complained": [True] * 10 + [False] * 490 + [True] * 10 + [False] * 490})
    >>> guardrails(harms, arms, {"complained": 0.05})["verdict"].tolist()
    ['guardrail_holds']
    """
    rows = {}
    for name, line in allowed.items():
        happened = harms[name].reindex(arms.index).astype("boolean").fillna(False)
        one, two = (happened[arms == arm] for arm in ARMS)
        if not (len(one) and len(two)):
            raise UserError(zh="两组都要有客户。", en="Both groups need customers.")
        effect = difference_of_shares((int(one.sum()), len(one)), (int(two.sum()), len(two)))
        verdict = (
            "guardrail_holds"
            if effect.upper <= line
            else "guardrail_broken"
            if effect.lower > line
            else "unclear"
        )
        rows[name] = {**effect._asdict(), "allowed": line, "verdict": verdict}
    columns = [*Effect._fields, "allowed", "verdict"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("measure")


def adjusted_effect(after: pd.Series, before: pd.Series, arms: pd.Series) -> Effect:
    """Return the effect on spend once what each customer spent before is taken into account (CUPED).

    Part of what customers spend differs because it always did. That part is known from the period before, is the same
    with and without the campaign, and is taken off: after − θ × (before − mean of before), θ the common slope within the
    arms. The difference stays unbiased, and the interval shrinks by √(1 − r²) where before and after correlate with r.

    Args:
        after: yuan a customer since the campaign began; missing is 0.
        before: yuan a customer in a period before it, which the campaign cannot have touched; missing is 0.
        arms: `treatment` or `holdout` a customer; decides who is counted.

    Source: Deng, Xu, Kohavi & Walker (2013), *WSDM '13*, 123–132.

    >>> arms = pd.Series(["treatment", "holdout"] * 4)
    >>> before = pd.Series([10.0, 10.0, 20.0, 20.0, 30.0, 30.0, 40.0, 40.0])
    >>> found = adjusted_effect(before + (arms == "treatment") * 5.0, before, arms)
    >>> [round(value, 6) for value in (found.difference, found.lower, found.upper)]
    [5.0, 5.0, 5.0]
    """
    arms = arms[arms.isin(ARMS)]
    now, then = (side.reindex(arms.index).astype(float).fillna(0.0) for side in (after, before))
    now_within, then_within = (side - side.groupby(arms).transform("mean") for side in (now, then))
    spread = float((then_within**2).sum())
    slope = float((then_within * now_within).sum()) / spread if spread > 0 else 0.0
    left = now - slope * (then - then.mean())
    return difference_of_means(left[arms == "treatment"], left[arms == "holdout"])


def difference_in_differences(money: pd.DataFrame, touched: pd.Series) -> Effect:
    """Return what regions with a campaign gained over regions without, each beside its own past.

    For where customers cannot be drawn at random: a poster, a new shop, a price. A region's change is after − before; the
    effect is the mean change of the touched regions less that of the others. It holds only if both would have moved alike
    without the campaign; look at several periods before, and at as many regions as you can. The regions are the sample,
    not their customers: with three against two the interval is wide, and that is the truth.

    Args:
        money: one row a region, `before` and `after` (yuan a customer where regions differ in size); regions that lack
            one of them are left out.
        touched: True for regions with the campaign; regions that are not in it had none.

    Returns:
        The mean change of the touched regions, of the others, their difference and its 95 % interval (Welch).

    Source: Card & Krueger (1994), *American Economic Review* 84, 772–793, table 3: employment in a fast-food store, in
    full-time equivalents, 20.44 before and 21.03 after in New Jersey, 23.33 and 21.17 in Pennsylvania. The difference is
    2.75 (the paper has 2.76, from unrounded numbers).

    >>> means = {"before": [20.44, 20.44, 23.33, 23.33], "after": [21.03, 21.03, 21.17, 21.17]}
    >>> touched = pd.Series([True, True, False, False])
    >>> round(difference_in_differences(pd.DataFrame(means), touched).difference, 2)
    2.75
    """
    change = (money["after"] - money["before"]).dropna()
    with_it = touched.reindex(change.index, fill_value=False).astype(bool)
    if min(with_it.sum(), (~with_it).sum()) < 2:
        raise UserError(
            zh="做过活动的地区和没做过的地区，各至少要两个。",
            en="At least two regions with the campaign and two without are needed.",
        )
    return difference_of_means(change[with_it], change[~with_it])
