"""Is the grouping itself any good? It must separate value, stay put, and be small enough to work with."""

import math

import numpy as np
import pandas as pd

from custseg_helpers.words.text import T, UserError

SEPARATE = T(
    zh="各层之后的价值差不多：换个分法，或停用",
    en="tiers hardly differ in later value: cut otherwise or retire",
)
STABLE = T(
    zh="换一期就大变：用更长的窗口，或固定分界线",
    en="changes too much: use a longer window or fixed cut points",
)
MERGE = T(zh="最小的组太小：并入相近的组", en="the smallest group is too small: merge it with its like")
REFINE = T(zh="大多数客户挤在一组：把这一组再细分", en="most customers are in one group: refine that one")
COUNT = T(
    zh="组数不合适：少于 2 组没有分，多于 11 组管不过来", en="too few groups to differ or too many to serve"
)


def eta_squared(values: pd.Series, tiers: pd.Series) -> float:
    """Return the share of the differences between customers that lies between the tiers (0 none, 1 all).

    Sum of squares between tiers ÷ total sum of squares. NaN when all values are equal. A few giants rule the squares
    of raw money: give `np.log1p(values)` when one customer outweighs a tier.

    Source: Fisher (1925); Cohen (1988), ch. 8. Checked on Fisher's iris data (petal length by species 0.941).

    >>> eta_squared(pd.Series([1.0, 1, 5, 5]), pd.Series(["low", "low", "high", "high"]))
    1.0
    """
    table = (
        pd.DataFrame({"value": values.astype(float), "tier": tiers}).dropna().sort_values(["tier", "value"])
    )
    deviation = table["value"] - table["value"].mean()
    total = math.fsum(deviation**2)
    groups = deviation.groupby(table["tier"].astype(str)).agg(["mean", "size"])
    return math.fsum(groups["size"] * groups["mean"] ** 2) / total if total > 0 else math.nan


def agreement(before: pd.Series, after: pd.Series) -> float:
    """Return the adjusted Rand index of two groupings of the same customers: 1 the same, about 0 as by chance.

    It compares who is *together*, so renaming or renumbering groups changes nothing. Customers in only one of the
    two are left out. Source: Hubert & Arabie (1985), *Journal of Classification* 2, 193–218.

    >>> agreement(pd.Series(["A", "A", "B", "B"]), pd.Series([2, 2, 1, 1]))
    1.0
    """
    both = pd.DataFrame({"before": before, "after": after}).dropna()
    counts = pd.crosstab(both["before"].astype(str), both["after"].astype(str)).to_numpy()

    def pairs(numbers: np.ndarray) -> int:
        return int((numbers * (numbers - 1) // 2).sum())

    together, rows, columns = pairs(counts), pairs(counts.sum(axis=1)), pairs(counts.sum(axis=0))
    by_chance = rows * columns / max(pairs(np.array([len(both)])), 1)
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else float((together - by_chance) / (most - by_chance))


def tier_quality(
    tiers: pd.Series,
    later_value: pd.Series,
    later_tiers: pd.Series | None = None,
    *,
    smallest_group: int = 30,
) -> pd.DataFrame:
    """Score a grouping on what makes it worth having: it separates, it lasts, it can be used.

    Args:
        tiers: one code a customer.
        later_value: what each customer was worth *after* the grouping was made (yuan in the next period). The value
            that the tiers were cut from would always look separated.
        later_tiers: the same rules applied a period later; without it stability is not judged.
        smallest_group: a group below this size is too small to plan and to test for.

    Returns:
        One row a criterion, each with `measured`, `needed`, `passed` (missing if not judged) and `advice` in the current
        language: `separates` (eta², at least 0.06, Cohen's medium effect; 0.14 is large), `stable` (adjusted Rand
        index, at least 0.65: Steinley 2004 calls less poor), `smallest_group` (customers), `largest_share` (at most
        0.6: the rest is hardly tiered) and `groups` (2 to 11: more nobody serves differently).
    """
    known = tiers.dropna().astype(str)
    if known.empty:
        raise UserError(
            zh="没有任何客户带层级，无法评价分组。", en="No customer has a tier: there is nothing to score."
        )
    sizes = known.value_counts()
    separates = eta_squared(later_value.reindex(known.index), known)
    stable = math.nan if later_tiers is None else agreement(known, later_tiers)
    rows = {
        "separates": (separates, 0.06, separates >= 0.06, SEPARATE),
        "stable": (stable, 0.65, stable >= 0.65, STABLE),
        "smallest_group": (sizes.min(), smallest_group, sizes.min() >= smallest_group, MERGE),
        "largest_share": (sizes.max() / len(known), 0.6, sizes.max() / len(known) <= 0.6, REFINE),
        "groups": (len(sizes), 11, 2 <= len(sizes) <= 11, COUNT),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["measured", "needed", "passed", "advice"])
    table["passed"] = table["passed"].astype("boolean").where(table["measured"].notna())
    good, unknown = T(zh="可以", en="fine"), T(zh="未评价：缺少数据", en="not judged: data missing")
    said = [
        unknown if pd.isna(passed) else good if passed else advice
        for passed, advice in zip(table["passed"], table["advice"], strict=True)
    ]
    return table.assign(advice=[str(words) for words in said]).rename_axis("criterion")
