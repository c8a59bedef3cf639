"""What each planned customer spent in a span of days, and whether the orders cover it."""

import pandas as pd

from custseg_helpers.facts.counts import cents


def spent(orders: pd.DataFrame, ids: pd.Index, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Return what customers bought from `start` to `end`, both included.

    Args:
        orders: order lines, returns negative.
        ids: whose; one row each, in this order.
        start: first day.
        end: last day.

    Returns:
        `amount` (net money of these days, 0 where there was none) and `converted` (at least one purchase).

    >>> orders = pd.DataFrame({"customer_id": ["C1", "C1", "C2"], "amount": [10.0, -4.0, 5.0],
    ...     "order_date": pd.to_datetime(["2026-01-02", "2026-01-03", "2026-02-01"])})
    >>> spent(orders, pd.Index(["C2", "C1"]), pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-31")).values.tolist()
    [[0.0, False], [6.0, True]]
    """
    inside = orders[orders["order_date"].between(start, end + pd.Timedelta(days=1), inclusive="left")]
    inside = inside[inside["customer_id"].isin(ids)]
    money = pd.Series(cents(inside["amount"]), index=inside.index).groupby(inside["customer_id"]).sum()
    bought = inside.loc[inside["amount"] > 0, "customer_id"].unique()
    return pd.DataFrame(
        {"amount": money.reindex(ids).fillna(0).to_numpy() / 100, "converted": ids.isin(bought)}, index=ids
    )
