"""The purchase history that a forecast of customer value is fitted to: one row a customer.

The columns, with the letters of the literature, are explained in `tiers.clv`.
"""

import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.per_customer import order_facts


def purchase_history(orders: pd.DataFrame, as_of: pd.Timestamp | str) -> pd.DataFrame:
    """Return one row a customer: repeat purchases, day of the last one, days observed, mean spend.

    Returned goods are no purchase and lower the mean spend by the share of the customer's money that went back.
    `as_of` itself is included. Lines that do not count are counted in `.attrs["left_out"]`, as by `order_facts`.

    >>> orders = pd.DataFrame({"order_id": ["1", "2", "3"], "customer_id": ["C1", "C1", "C2"],
    ...                        "order_date": pd.to_datetime(["2025-01-01", "2025-01-11", "2025-01-21"]),
    ...                        "amount": [50.0, 80.0, 20.0]})
    >>> purchase_history(orders, "2025-01-31").to_dict("list")
    {'repeat_purchases': [1, 0], 'last_purchase_day': [10, 0], 'observed_days': [30, 10], 'mean_spend': [80.0, nan]}
    """
    facts = order_facts(orders, pd.Timestamp(as_of))
    paid = purchases_by_day(orders, facts, as_of)
    at_first = paid[paid["day"].to_numpy() == facts["first_order"].reindex(paid["customer_id"]).to_numpy()]
    return history_of(facts, at_first.set_index("customer_id")["cents"], as_of)


def history_of(facts: pd.DataFrame, at_first: pd.Series, as_of: pd.Timestamp | str) -> pd.DataFrame:
    """Return the purchase history that order facts and the cents spent on each customer's first order day amount to."""
    observed = pd.Timestamp(as_of).tz_localize(None).normalize() - facts["first_order"]
    later = cents(facts["gross"]) - at_first.reindex(facts.index, fill_value=0).astype("int64")
    repeats = (facts["order_days"] - 1).astype("int64")
    kept = facts["monetary"] / facts["gross"]
    spend = later / 100 * kept / repeats.where(repeats > 0)
    history = pd.DataFrame(
        {
            "repeat_purchases": repeats,
            "last_purchase_day": (facts["last_order"] - facts["first_order"]).dt.days.astype("int64"),
            "observed_days": observed.dt.days.astype("int64"),
            "mean_spend": spend.where(spend > 0).astype("float64"),
        },
        index=facts.index,
    )
    history.attrs["left_out"] = dict(facts.attrs.get("left_out", {}))
    return history


def purchases_by_day(orders: pd.DataFrame, facts: pd.DataFrame, as_of: pd.Timestamp | str) -> pd.DataFrame:
    """Return `customer_id`, `day` and `cents` of every day on which a customer of `facts` bought, up to `as_of`."""
    as_of = pd.Timestamp(as_of)
    paid = orders[
        orders["customer_id"].isin(facts.index) & orders["order_id"].notna() & (orders["amount"] > 0)
    ]
    moment = paid["order_date"]
    if moment.dt.tz is not None:
        moment = (moment.dt.tz_convert(as_of.tz) if as_of.tz else moment).dt.tz_localize(None)
    day = moment.dt.normalize()
    until = day <= as_of.tz_localize(None)
    table = pd.DataFrame({"customer_id": paid["customer_id"], "day": day, "cents": cents(paid["amount"])})
    return table[until].groupby(["customer_id", "day"], as_index=False).sum()


def observed_until(last: pd.Timestamp, as_of: pd.Timestamp) -> pd.Timestamp:
    """Return until when purchases were seen: a snapshot on the morning after the last order means that order's evening."""
    return last if (as_of - last).days == 1 else as_of
