"""Evaluation: did the campaign work, for whom, and how sure are we?

The answer is always treatment minus holdout over *all* customers of the arm as planned (intention to treat), whether
they took part or not: leaving out those who did not bite would compare the willing with everybody.
"""

import math
from typing import NamedTuple

import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.shares import need_share
from custseg_helpers.tiers.order import ordered
from custseg_helpers.words.text import T, UserError

ENOUGH = 30
"""Fewer customers than this in either arm get a verdict, not a number."""

FLAGS = ("attended", "converted")
"""Measures that are yes or no; missing counts as no."""


class Effect(NamedTuple):
    """Treatment minus holdout with its confidence interval; shares (0–1) or yuan per customer."""

    treatment: float
    holdout: float
    difference: float
    lower: float
    upper: float


def verdict_of(effect: Effect) -> str:
    """Return `works` or `harms` if the interval lies on one side of 0, `unclear` if it holds 0.

    >>> verdict_of(Effect(3.0, 1.0, 2.0, 0.5, 3.5)), verdict_of(Effect(1.0, 1.0, 0.0, -1.0, 1.0))
    ('works', 'unclear')
    """
    return "works" if effect.lower > 0 else "harms" if effect.upper < 0 else "unclear"


def wilson(successes: int, number: int, level: float = 0.95) -> tuple[float, float]:
    """Return the confidence interval of a share by Wilson's score method; it never leaves 0–1.

    Source: Wilson (1927), *JASA* 22, 209–212. Checked against Newcombe (1998), *Statistics in Medicine* 17,
    857–872, table I.

    >>> tuple(round(limit, 4) for limit in wilson(15, 148))
    (0.0624, 0.1605)
    """
    from scipy.special import ndtri

    if not 0 <= successes <= number or number == 0:
        raise UserError(
            zh=f"成功数应在 0 和总数之间，总数大于 0，现在是 {successes}/{number}。",
            en=f"Needed: 0 ≤ successes ≤ number and number > 0; given {successes}/{number}.",
        )
    need_share("level", level, inside=True)
    z, share = ndtri((1 + level) / 2), successes / number
    middle = (share + z**2 / (2 * number)) / (1 + z**2 / number)
    half = z * math.sqrt(share * (1 - share) / number + z**2 / (4 * number**2)) / (1 + z**2 / number)
    low, high = float(middle - half), float(middle + half)
    return (0.0 if successes == 0 else low), (1.0 if successes == number else high)


def difference_of_shares(
    treatment: tuple[int, int], holdout: tuple[int, int], *, level: float = 0.95
) -> Effect:
    """Return the difference of two conversion rates with Newcombe's interval from two Wilson intervals.

    Args:
        treatment: how many converted, of how many.
        holdout: the same for those not contacted.
        level: confidence level.

    Source: Newcombe (1998), *Statistics in Medicine* 17, 873–890, method 10; checked against his table II.

    >>> effect = difference_of_shares((56, 70), (48, 80))
    >>> [round(value, 4) for value in effect]
    [0.8, 0.6, 0.2, 0.0524, 0.3339]
    """
    (x1, n1), (x2, n2) = treatment, holdout
    (low1, high1), (low2, high2) = wilson(x1, n1, level), wilson(x2, n2, level)
    p1, p2 = x1 / n1, x2 / n2
    gap = p1 - p2
    low = gap - math.hypot(p1 - low1, high2 - p2)
    high = gap + math.hypot(high1 - p1, p2 - low2)
    return Effect(p1, p2, gap, max(low, -1.0), min(high, 1.0))


def difference_of_means(treatment: pd.Series, holdout: pd.Series, *, level: float = 0.95) -> Effect:
    """Return the difference of two means with Welch's interval; the two arms may vary differently.

    For spend, give one number for *every* customer of the arm: 0 for those who bought nothing. The interval
    relies on the mean being nearly normal; with a few giant orders, a hundred customers an arm are few.

    Source: Welch (1947), *Biometrika* 34, 28–35. Checked against R's `t.test(extra ~ group, data = sleep)`.

    >>> effect = difference_of_means(pd.Series([3.0, 5.0, 7.0]), pd.Series([1.0, 2.0, 3.0]))
    >>> [round(value, 3) for value in effect]
    [5.0, 2.0, 3.0, -1.155, 7.155]
    """
    from scipy.special import stdtrit

    one, two = (arm.dropna().to_numpy(dtype=float) for arm in (treatment, holdout))
    if min(len(one), len(two)) < 2:
        raise UserError(zh="两组各至少需要 2 位客户。", en="Each arm needs at least 2 customers.")
    means = [math.fsum(arm) / len(arm) for arm in (one, two)]
    spread = [
        math.fsum((arm - mean) ** 2) / (len(arm) - 1) / len(arm)
        for arm, mean in zip((one, two), means, strict=True)
    ]
    gap, error = means[0] - means[1], math.sqrt(sum(spread))
    if error == 0:
        return Effect(means[0], means[1], gap, gap, gap)
    free = sum(spread) ** 2 / sum(s**2 / (len(arm) - 1) for s, arm in zip(spread, (one, two), strict=True))
    half = float(stdtrit(free, (1 + level) / 2)) * error
    return Effect(means[0], means[1], gap, gap - half, gap + half)


def campaign_effect(responses: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Measure one campaign: what contacting changed in conversion and in spend per customer.

    Args:
        responses: rows of one campaign with `arm`, `converted` and `amount` (yuan; missing is 0), one a customer.
        level: confidence level.

    Returns:
        Rows `conversion` (share) and `spend` (yuan per customer, those who spent nothing included) with the columns
        of `Effect`, the numbers `n_treatment` and `n_holdout`, and the `verdict`: `works` or `harms` if the interval
        lies on one side of 0, `unclear` if it holds 0, `too_few` below 30 customers in an arm.
    """
    one, two = (responses[responses["arm"] == arm] for arm in ("treatment", "holdout"))
    rows = {
        "conversion": _effect(one["converted"], two["converted"], level),
        "spend": _effect(_yuan(one["amount"]), _yuan(two["amount"]), level),
    }
    return _table(rows).rename_axis("measure")


def _yuan(amount: pd.Series) -> pd.Series:
    return pd.Series(cents(amount) / 100, index=amount.index)


def _effect(one: pd.Series, two: pd.Series, level: float) -> dict[str, object]:
    """Return one row of an effect table, of shares where the values are yes or no; too few customers give no interval."""
    if one.name not in FLAGS:
        one, two = one.dropna(), two.dropna()
    numbers = {"n_treatment": len(one), "n_holdout": len(two)}
    if min(len(one), len(two)) < ENOUGH:
        return {**dict.fromkeys(Effect._fields, math.nan), **numbers, "verdict": "too_few"}
    if one.name in FLAGS:
        yes = [(int(arm.astype("boolean").sum()), len(arm)) for arm in (one, two)]
        effect = difference_of_shares(yes[0], yes[1], level=level)
    else:
        effect = difference_of_means(one, two, level=level)
    return {**effect._asdict(), **numbers, "verdict": verdict_of(effect)}


def _table(rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    columns = [*Effect._fields, "n_treatment", "n_holdout", "verdict"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def uplift_by_tier(
    responses: pd.DataFrame, tiers: pd.Series, *, measure: str = "converted", level: float = 0.95
) -> pd.DataFrame:
    """Measure the effect in each tier: whom to contact again and whom to leave alone.

    Of ten tiers without any effect, at least one looks as if it had one in 40 % of campaigns. So the intervals are widened
    (Bonferroni): with k tiers large enough to test, each has the level 1 − (1 − level) ÷ k, and all of them together
    hold with `level`.
    Decide on the tiers before you look, and take a surprise as a question for the next test.

    Args:
        responses: rows of one campaign with `customer_id`, `arm` and the measure.
        tiers: the tier of each customer *before* the campaign.
        measure: `"converted"`, `"amount"` or another column of numbers, such as `"feedback_score"`, compared over
            those who gave one.
        level: confidence level of all intervals together.

    Returns:
        One row a tier as in `campaign_effect`, and `extra`: difference × customers contacted, the orders (or
        yuan) that the campaign brought. Customers without a tier are left out, counted in `attrs["left_out"]`;
        `attrs["note"]` says in both languages how the intervals were widened.
    """
    values = _yuan(responses["amount"]) if measure == "amount" else responses[measure]
    tier = responses["customer_id"].map(tiers)
    known = tier.dropna().astype(str)
    arms = pd.crosstab(known, responses["arm"].loc[known.index]).reindex(
        columns=["treatment", "holdout"], fill_value=0
    )
    tested = int((arms.min(axis=1) >= ENOUGH).sum())
    each = 1 - (1 - level) / max(tested, 1)
    rows = {}
    for name in ordered(arms.index):
        inside = known.index[known == name]
        one, two = (values.loc[inside[responses["arm"].loc[inside] == arm]] for arm in arms.columns)
        rows[name] = _effect(one, two, each)
    table = _table(rows).rename_axis("tier")
    table["extra"] = table["difference"] * table["n_treatment"]
    table.attrs["left_out"] = {"no_tier": int(tier.isna().sum())}
    table.attrs["note"] = T(
        zh="同时比较 {k} 个层级，每个区间放宽到 {each:.1%} 置信水平（Bonferroni），合起来才是 {level:.0%}。",
        en="{k} tiers are compared at once, so each interval has level {each:.1%} (Bonferroni); together {level:.0%}.",
    ).format(k=tested, each=each, level=level)
    return table


def spend_two_ways(responses: pd.DataFrame) -> pd.DataFrame:
    """Show the survivor trap: spend per buyer against spend per customer.

    A coupon that brings many small buyers lowers spend per buyer while it raises sales. Per buyer compares two
    different kinds of people, because the campaign itself decides who is a buyer; only per customer compares
    like with like.

    Returns:
        Rows `per_buyer` (the trap) and `per_customer` (the measure), in yuan: `treatment`, `holdout`, `difference`.
    """
    amount = pd.Series(cents(responses["amount"]), index=responses.index)
    by_arm = amount.groupby(responses["arm"]).agg(["sum", "size"])
    by_arm["buyers"] = (amount > 0).groupby(responses["arm"]).sum()
    table = pd.DataFrame(
        {
            "per_buyer": by_arm["sum"] / by_arm["buyers"].where(by_arm["buyers"] > 0) / 100,
            "per_customer": by_arm["sum"] / by_arm["size"] / 100,
        }
    ).T.reindex(columns=["treatment", "holdout"])
    table["difference"] = table["treatment"] - table["holdout"]
    return table.rename_axis(index="measure", columns=None)


def uplift_quadrants() -> pd.DataFrame:
    """Return the four kinds of customers by what a contact changes: a concept, nobody wears it on the sleeve.

    Nobody can be seen both with and without a contact, so no single customer can be sorted; a test shows only
    how the kinds weigh in a group. Source: Radcliffe & Surry (2011), *Real-World Uplift Modelling*.

    >>> uplift_quadrants()["uplift"].to_dict()
    {'persuadable': 1, 'sure_thing': 0, 'lost_cause': 0, 'do_not_disturb': -1}
    """
    kinds = {
        "persuadable": (
            True,
            False,
            1,
            T(zh="联系：钱花在这里才有增量", en="contact: this is where money brings more"),
        ),
        "sure_thing": (True, True, 0, T(zh="不必送优惠，做好服务", en="no discount, just good service")),
        "lost_cause": (False, False, 0, T(zh="不花钱", en="spend nothing")),
        "do_not_disturb": (
            False,
            True,
            -1,
            T(zh="不打扰：一联系反而不买", en="do not contact: a contact drives them off"),
        ),
    }
    table = pd.DataFrame.from_dict(
        kinds, orient="index", columns=["buys_if_contacted", "buys_if_not", "uplift", "advice"]
    )
    return table.assign(advice=table["advice"].map(str)).rename_axis("uplift_type")
