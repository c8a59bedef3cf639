"""Order lines → one row a customer: the facts that every tag, tier and action is made of."""

import numpy as np
import pandas as pd

from custseg_helpers.text import UserError


def order_facts(orders: pd.DataFrame, as_of: pd.Timestamp, *, products: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row a customer: recency, orders, money, gaps.

    A first, plain version.
    """
    as_of = pd.Timestamp(as_of).normalize()
    missing = {"order_id", "customer_id", "order_date", "amount"} - set(orders.columns)
    if missing:
        names = "、".join(sorted(missing))
        raise UserError(zh=f"订单表缺少列：{names}。", en=f"The orders lack columns: {names}.")
    reason = np.select(
        [
            orders["customer_id"].isna(),
            orders["order_id"].isna(),
            orders["order_date"].isna(),
            orders["amount"].isna(),
            ~np.isfinite(orders["amount"].to_numpy(dtype=float)),
            orders["order_date"].dt.normalize() > as_of,
        ],
        ["no_customer", "no_order", "no_date", "no_amount", "impossible", "after_as_of"],
        "kept",
    )
    left_out = {r: int((reason == r).sum()) for r in ["no_customer", "no_order", "no_date", "no_amount", "impossible", "after_as_of"]}
    lines = orders[reason == "kept"]
    cents = np.floor(lines["amount"].to_numpy(dtype=float) * 100 + 0.5).astype("int64")
    lines = pd.DataFrame(
        {
            "customer_id": lines["customer_id"].to_numpy(),
            "order_id": lines["order_id"].to_numpy(),
            "day": lines["order_date"].dt.normalize().to_numpy(),
            "cents": cents,
            "gross": np.maximum(cents, 0),
            "discounted": np.maximum(cents, 0) * (lines["discount"].to_numpy() > 0 if "discount" in lines else 0),
        }
    )
    bought = lines[lines["cents"] > 0].groupby("customer_id")
    days = lines[lines["cents"] > 0].drop_duplicates(["customer_id", "day"]).sort_values("day")
    money = lines.groupby("customer_id").agg(
        net=("cents", "sum"), gross=("gross", "sum"), discounted=("discounted", "sum"), lines=("cents", "size")
    )
    facts = bought.agg(
        frequency=("order_id", "nunique"),
        first_order=("day", "min"),
        last_order=("day", "max"),
        order_days=("day", "nunique"),
    )
    left_out["no_purchase"] = int(money["lines"].drop(facts.index).sum())
    money = money.loc[facts.index]
    facts["recency_days"] = (as_of - facts["last_order"]).dt.days
    facts["tenure_days"] = (as_of - facts["first_order"]).dt.days
    facts["monetary"] = money["net"] / 100
    facts["gross"] = money["gross"] / 100
    facts["returned"] = (money["gross"] - money["net"]) / 100
    gaps = (facts["order_days"] - 1).where(facts["order_days"] > 1)
    facts["mean_gap_days"] = (facts["tenure_days"] - facts["recency_days"]) / gaps
    facts["last_gap_days"] = days.groupby("customer_id")["day"].apply(lambda d: (d - d.shift()).dt.days.iloc[-1]).astype(float)
    facts["lines"] = money["lines"]
    facts["discount_share"] = money["discounted"] / money["gross"]
    if "discount" not in orders:
        facts["discount_share"] = np.nan
    facts = facts[
        ["recency_days", "frequency", "monetary", "gross", "returned", "first_order", "last_order", "tenure_days"]
        + ["order_days", "mean_gap_days", "last_gap_days", "lines", "discount_share"]
    ]
    facts.index.name = "customer_id"
    facts.attrs["left_out"] = left_out
    return facts
