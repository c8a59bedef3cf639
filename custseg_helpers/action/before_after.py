"""Before and after a day: what a report without a holdout shows, and what it hides.

Whoever is chosen for a bad month has, on average, a better one next, contacted or not (regression to the mean,
Galton 1886). So these tables are for looking, not for proof: proof compares two arms drawn by lot.
"""

import numpy as np
import pandas as pd

from custseg_helpers.facts.counts import cents


def spend_around(
    orders: pd.DataFrame, customers: pd.Index, start: pd.Timestamp | str, days: int = 28
) -> pd.DataFrame:
    """Return what each customer spent in the `days` before a day and in the `days` from it on.

    Args:
        orders: order lines with `customer_id`, `order_date`, `amount` (yuan, returns negative).
        customers: ids to report on, those who spent nothing included.
        start: the first day of "after".
        days: length of both periods.

    Returns:
        One row a customer: `before` and `after`, in yuan.

    >>> orders = pd.DataFrame({"customer_id": ["a", "a"], "amount": [30.0, 50.0],
    ...                        "order_date": pd.to_datetime(["2025-06-30", "2025-07-01"])})
    >>> spend_around(orders, pd.Index(["a", "b"]), "2025-07-01").loc["a"].tolist()
    [30.0, 50.0]
    """
    away = (orders["order_date"] - pd.Timestamp(start)).dt.days
    sides = {"before": away.between(-days, -1), "after": away.between(0, days - 1)}
    whole = pd.Series(cents(orders["amount"]), index=orders.index)
    table = {
        side: whole[inside].groupby(orders["customer_id"][inside]).sum().reindex(customers).fillna(0) / 100
        for side, inside in sides.items()
    }
    return pd.DataFrame(table, index=customers).rename_axis("customer_id")


def spend_course(
    orders: pd.DataFrame, arms: pd.Series, start: pd.Timestamp | str, days: int = 28
) -> pd.DataFrame:
    """Return how the spend of each arm adds up from day to day, in yuan per customer of the arm.

    Args:
        orders: as in `spend_around`.
        arms: `treatment` or `holdout` a customer.
        start: day 0.
        days: days before and after it.

    Returns:
        Indexed by `day` from −days (0 yuan) to `days`: at each the sum so far, columns `treatment` and `holdout`.
    """
    away = (orders["order_date"] - pd.Timestamp(start)).dt.days
    arm = orders["customer_id"].map(arms)
    inside = away.between(-days, days - 1) & arm.notna()
    whole = pd.Series(cents(orders["amount"]), index=orders.index)[inside]
    daily = whole.groupby([away[inside] + 1, arm[inside]]).sum().unstack()
    daily = daily.reindex(index=np.arange(-days, days + 1), columns=["treatment", "holdout"]).fillna(0)
    return (daily.cumsum() / 100 / arms.value_counts().reindex(daily.columns)).rename_axis(
        index="day", columns=None
    )
