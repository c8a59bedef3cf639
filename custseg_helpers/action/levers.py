"""The sales formula: sales = customers × conversion × frequency × basket, and what each lever gives."""

import numpy as np
import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.words.text import UserError

LEVERS = ("customers", "conversion", "frequency", "basket")


def sales_formula(customers: int, buyers: int, orders: int, sales: float) -> pd.Series:
    """Take sales apart into four levers whose product is the sales again.

    customers × conversion (buyers ÷ customers) × frequency (orders ÷ buyer) × basket (yuan ÷ order).

    >>> sales_formula(customers=1000, buyers=400, orders=1200, sales=180_000.0).tolist()
    [1000.0, 0.4, 3.0, 150.0]
    """
    if not customers >= buyers > 0 or orders < buyers:
        raise UserError(
            zh=f"应满足 客户数 ≥ 购买人数 > 0、订单数 ≥ 购买人数，现在是 {customers}、{buyers}、{orders}。",
            en=f"Needed: customers ≥ buyers > 0 and orders ≥ buyers; given {customers}, {buyers}, {orders}.",
        )
    values = [customers, buyers / customers, orders / buyers, sales / orders]
    return pd.Series(values, index=pd.Index(LEVERS, name="lever"), name="value", dtype=float)


def levers_for_growth(now: pd.Series, growth: float = 0.15) -> pd.DataFrame:
    """Show what it takes to grow: one lever alone, or all four a little.

    Because the levers multiply, one alone must rise by the whole `growth`; four together by only its fourth root
    each: 3.6 % each for 15 %. Conversion cannot pass 100 %: then `alone` is missing.

    Returns:
        One row a lever: `now`, `alone` (value needed if only this one moves), `together` (if all move alike) and
        the change `alone_change`, `together_change` as shares.

    >>> levers_for_growth(sales_formula(1000, 400, 1200, 180_000.0))["together_change"].round(4).tolist()
    [0.0356, 0.0356, 0.0356, 0.0356]
    """
    each = (1 + growth) ** (1 / len(now))
    table = pd.DataFrame({"now": now, "alone": now * (1 + growth), "together": now * each})
    table["alone_change"], table["together_change"] = growth, each - 1
    if "conversion" in table.index:
        for way in ("alone", "together"):
            if table.at["conversion", way] > 1:
                table.loc["conversion", [way, f"{way}_change"]] = np.nan
    return table


def lever_effects(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Say how much of a change in sales each lever brought; the effects add up to the change to the cent.

    Changing one lever at a time would leave a rest that depends on the order. The logarithmic mean has none:
    effect = L × ln(after ÷ before), L = (S₁ − S₀) ÷ ln(S₁ ÷ S₀).

    Args:
        before: a lever Series, from `sales_formula`.
        after: the same of the later period.

    Returns:
        One row a lever: `before`, `after`, `change_share` and `effect` (yuan).

    Source: Ang (2005), “The LMDI approach to decomposition analysis”, *Energy Policy* 33, 867–871.

    >>> then, now = sales_formula(1000, 400, 1200, 180_000.0), sales_formula(1000, 400, 1200, 207_000.0)
    >>> lever_effects(then, now)["effect"].tolist()
    [0.0, 0.0, 0.0, 27000.0]
    """
    if (before <= 0).any() or (after <= 0).any():
        raise UserError(
            zh="各项都必须大于 0 才能拆解变化。", en="Every lever must be above 0 to take a change apart."
        )
    start, end = before.prod(), after.prod()
    middle = (end - start) / np.log(end / start) if not np.isclose(end, start, rtol=1e-12) else start
    effect = cents(middle * np.log(after / before))
    rest = int(cents(pd.Series([end]))[0]) - int(cents(pd.Series([start]))[0]) - effect.sum()
    effect[np.abs(effect).argmax()] += rest
    return pd.DataFrame(
        {"before": before, "after": after, "change_share": after / before - 1, "effect": effect / 100}
    )
