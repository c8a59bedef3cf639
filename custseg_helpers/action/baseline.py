"""The baseline: what a year brings if we go on as before, and how far that is from the target."""

from collections.abc import Callable

import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers import clv
from custseg_helpers.tiers.rfm import rfm_scores, segments8
from custseg_helpers.words.text import T, UserError

YEAR = 365


def who_did_not_buy(orders: pd.DataFrame, customers: pd.DataFrame, year: int) -> pd.Series:
    """Count the members who bought nothing in a year, by why: each of them in one place.

    Args:
        orders: order lines; only those with a quantity above 0 are purchases.
        customers: one row a customer with `signup_date`; who signed up after the year is not counted.
        year: calendar year.

    Returns:
        Customers: `bought_year_before`, `bought_earlier` (not the year before, but once), `joined_that_year` (and has
        never bought), `never_bought` (joined earlier).

    >>> orders = pd.DataFrame({"customer_id": ["a", "b"], "quantity": [1, 1],
    ...                        "order_date": pd.to_datetime(["2024-05-01", "2025-05-01"])})
    >>> customers = pd.DataFrame({"customer_id": ["a", "b", "c"],
    ...                           "signup_date": pd.to_datetime(["2024-01-01", "2024-01-01", "2025-07-01"])})
    >>> who_did_not_buy(orders, customers, 2025).tolist()
    [1, 0, 1, 0]
    """
    bought = orders[(orders["quantity"] > 0) & (orders["order_date"].dt.year <= year)]
    latest = bought.groupby("customer_id")["order_date"].max().dt.year
    joined = customers.dropna(subset="customer_id").set_index("customer_id")["signup_date"].dt.year
    silent = joined[(joined <= year) & (joined.index.map(latest) != year)]
    last = silent.index.map(latest)
    return pd.Series(
        {
            "bought_year_before": int((last == year - 1).sum()),
            "bought_earlier": int((last < year - 1).sum()),
            "joined_that_year": int((last.isna() & (silent == year)).sum()),
            "never_bought": int((last.isna() & (silent < year)).sum()),
        },
        name="customers",
    )


def year_after(
    orders: pd.DataFrame, as_of: pd.Timestamp, tiers_of: Callable[[pd.DataFrame], pd.Series]
) -> pd.DataFrame:
    """Go back a year, make the tiers of that day, and see what each tier brought in the year after.

    The tier with the most money was chosen for its money, so it brings less in the year after, and a low one more
    (regression to the mean, Galton 1886). Last year's money is therefore no target; what such customers brought in the
    year after is.

    Args:
        orders: order lines with `customer_id`, `order_date`, `quantity`, `amount`.
        as_of: the snapshot day.
        tiers_of: makes tiers from `order_facts`, for instance `lambda facts: value.abc(facts["monetary"])`.

    Returns:
        One row a tier: `customers` then, `before` and `after` in yuan, `kept` = after ÷ before (NaN where there was
        nothing before) and `per_customer` in yuan a year. With less than two years of orders both periods are half
        of what there is, in `attrs["days"]`, and `per_customer` is carried on to a year.

    >>> orders = pd.DataFrame({"customer_id": ["a", "a", "b"], "order_id": [1, 2, 3], "quantity": 1,
    ...                        "amount": [900.0, 300.0, 100.0], "channel": "shop",
    ...                        "order_date": pd.to_datetime(["2024-06-01", "2025-06-01", "2024-01-01"])})
    >>> law = lambda facts: (facts["monetary"] > 500).map({True: "high", False: "low"})
    >>> year_after(orders, pd.Timestamp("2026-01-01"), law)["after"].to_dict()
    {'high': 300.0, 'low': 0.0}
    """
    first = orders["order_date"].min()
    days = 0 if pd.isna(first) else min(YEAR, ((as_of - first).days + 1) // 2)
    then = as_of - pd.Timedelta(days=days)
    age = (then - orders["order_date"]).dt.days
    known = orders[age > 0]
    if known.empty:
        raise UserError(
            zh="订单太少：倒回去看，没有一位客户已经买过。",
            en="Too few orders: looking back, no customer had bought yet.",
        )
    tiers = tiers_of(order_facts(known, then)).astype(str)
    money = pd.Series(cents(orders["amount"]), index=orders.index)
    sides = {"before": (age > 0) & (age <= days), "after": (age <= 0) & (age > -days)}
    table = pd.DataFrame({"customers": tiers.value_counts().sort_index()})
    for side, inside in sides.items():
        each = money[inside].groupby(orders["customer_id"][inside]).sum().reindex(tiers.index, fill_value=0)
        table[side] = each.groupby(tiers).sum() / 100
    table["kept"] = table["after"] / table["before"].where(table["before"] > 0)
    table["per_customer"] = table["after"] / table["customers"] * YEAR / days
    table.attrs["days"] = days
    return table.rename_axis("tier")


def coming_year(orders: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """Return the sales to expect of each of today's customers in the next 365 days if we go on as before.

    Where the data can carry it, by the forecast of customer lifetime value (all sales, no margin, no discount rate).
    Where its fit declines, a customer is expected to bring what customers of the same RFM segment brought in the year
    after (`year_after`). Both know regression to the mean.

    Returns:
        Yuan a customer (all who ever bought); `attrs["how"]` says in both languages which of the two it is.
    """
    history = clv.purchase_history(orders, as_of)
    purchases, spend = clv.fit_purchases(history), clv.fit_spend(history)
    if isinstance(purchases, clv.PurchaseModel) and isinstance(spend, clv.SpendModel):
        found = clv.customer_value(history, purchases, spend, margin=1.0, days=YEAR, discount_rate=0.0)["clv"]
        how = T(zh="按客户终身价值的预测", en="by the forecast of customer lifetime value")
    else:
        now = segments8(rfm_scores(order_facts(orders, as_of))).astype(str)
        past = year_after(orders, as_of, lambda facts: segments8(rfm_scores(facts)))
        usual = past["per_customer"].mean() if len(past) else 0.0
        found = now.map(past["per_customer"]).fillna(usual).round(2)
        how = T(
            zh="这份数据撑不起预测模型，改用同类客户后来一年平均买了多少",
            en="these data carry no forecast, so it is what customers of the same segment bought in the year after",
        )
    found = found.rename("expected_sales")
    found.attrs["how"] = how
    return found


def from_newcomers(orders: pd.DataFrame, as_of: pd.Timestamp) -> float:
    """Return what customers whose first purchase fell into the last 365 days have brought, in yuan, less returns.

    >>> orders = pd.DataFrame({"customer_id": ["a", "a", "b"], "quantity": 1, "amount": [10.0, 20.0, 30.0],
    ...                        "order_date": pd.to_datetime(["2024-01-01", "2025-02-01", "2025-03-01"])})
    >>> from_newcomers(orders, pd.Timestamp("2026-01-01"))
    30.0
    """
    start = as_of - pd.Timedelta(days=YEAR)
    first = orders[orders["quantity"] > 0].groupby("customer_id")["order_date"].min()
    theirs = orders["customer_id"].isin(first.index[first >= start])
    return float(cents(orders.loc[theirs, "amount"]).sum() / 100)


def baseline_bridge(target: float, *, todays_customers: float, newcomers: float, plan: float) -> pd.Series:
    """Return what a target is made of, to the cent: the baseline, the plan, and what is still open.

    Args:
        target: yuan for the year.
        todays_customers: what today's customers are expected to bring without the plan (`coming_year`, added up).
        newcomers: what new customers will bring if as many come as last year (`from_newcomers`).
        plan: what the plan adds in a year.

    Returns:
        `todays_customers`, `newcomers`, `brought_by_plan`, `still_open` (below 0: more than the target), and `target`, their sum.

    >>> baseline_bridge(1150, todays_customers=800, newcomers=200, plan=50).tolist()
    [800.0, 200.0, 50.0, 100.0, 1150.0]
    """
    parts = {"todays_customers": todays_customers, "newcomers": newcomers, "brought_by_plan": plan}
    whole = {name: int(cents(pd.Series([amount]))[0]) for name, amount in parts.items()}
    aim = int(cents(pd.Series([target]))[0])
    steps = {**whole, "still_open": aim - sum(whole.values()), "target": aim}
    return pd.Series(steps, name="amount") / 100
