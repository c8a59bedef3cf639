"""Channels: what a customer costs where, what each channel earns, and where the next yuan should go."""

import numpy as np
import pandas as pd

from custseg_helpers.action.tables import by_customer
from custseg_helpers.action.targets import split
from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.line_margin import line_margin
from custseg_helpers.words.text import UserError


def won_customers(
    customers: pd.DataFrame, facts: pd.DataFrame, since: pd.Timestamp, until: pd.Timestamp
) -> pd.DataFrame:
    """Count the customers that each sign-up channel won: first order from `since` to `until`, both included.

    Args:
        customers: the standard table (index or column `customer_id`) with `signup_channel`.
        facts: from `order_facts`, with `first_order` and `monetary`.
        since: first day.
        until: last day.

    Returns:
        One row a channel: `customers` and `sales` (yuan, what they have spent so far). Customers without a channel
        are left out and counted in `attrs["left_out"]`.
    """
    first = facts[facts["first_order"].between(since, until)]
    channel = by_customer(customers)["signup_channel"].reindex(first.index)
    money = pd.DataFrame({"channel": channel, "customers": 1, "sales": cents(first["monetary"])})
    table = money.dropna(subset="channel").groupby("channel")[["customers", "sales"]].sum()
    table["sales"] = table["sales"] / 100
    table.attrs["left_out"] = {"no_channel": int(channel.isna().sum())}
    return table


def conversion(channels: pd.DataFrame, won: pd.DataFrame, margin_rate: float) -> pd.DataFrame:
    """Follow visits → leads → customers through each channel, with cost and return.

    Args:
        channels: the standard table, restricted to the months you look at; months are added up.
        won: customers and sales by channel in the same months, from `won_customers`.
        margin_rate: share of sales left after the goods, 0–1.

    Returns:
        One row a channel: `visits`, `leads`, `customers`, `lead_rate` (leads ÷ visits), `close_rate` (customers ÷
        leads), `conversion_rate` (customers ÷ visits), `cost`, `cost_per_lead`, `cost_per_customer`, `sales`,
        `margin`, `profit` and `roi` ((margin − cost) ÷ cost). Missing where the divisor is 0. Column sums are those
        of the two inputs: a channel that only one of them knows keeps its row.

    >>> months = pd.DataFrame({"channel": ["web", "web"], "cost": [60.0, 40.0], "visits": [500, 500], "leads": [20, 30]})
    >>> won = pd.DataFrame({"customers": [10], "sales": [900.0]}, index=["web"])
    >>> conversion(months, won, 0.3)[["lead_rate", "close_rate", "cost_per_customer", "roi"]].values.tolist()
    [[0.05, 0.2, 10.0, 1.7]]
    """
    if not 0 <= margin_rate <= 1:
        raise UserError(
            zh=f"毛利率应在 0 到 1 之间（35% 写 0.35），现在是 {margin_rate}。",
            en=f"margin_rate is a share from 0 to 1 (35 % is 0.35), not {margin_rate}.",
        )
    spent = (
        channels.assign(cost=cents(channels["cost"])).groupby("channel")[["visits", "leads", "cost"]].sum()
    )
    table = spent.join(won[["customers", "sales"]], how="outer").fillna(0).rename_axis("channel").sort_index()
    visits, leads, customers = (
        table[name].where(table[name] > 0) for name in ("visits", "leads", "customers")
    )
    cost = table["cost"] / 100
    margin = pd.Series(cents(table["sales"] * margin_rate) / 100, index=table.index)
    profit = pd.Series((cents(margin) - table["cost"]) / 100, index=table.index)
    counts = table[["visits", "leads", "customers"]].astype("int64")
    return counts.assign(
        lead_rate=table["leads"] / visits,
        close_rate=table["customers"] / leads,
        conversion_rate=table["customers"] / visits,
        cost=cost,
        cost_per_lead=cost / leads,
        cost_per_customer=cost / customers,
        sales=table["sales"],
        margin=margin,
        profit=profit,
        roi=profit / cost.where(cost > 0),
    )


MONTHS = (3, 6, 9, 12)
"""How many months after signing up `payback` looks at."""


def payback(
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    products: pd.DataFrame,
    cost: pd.Series,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Tell in which month after signing up the margin of a channel's average customer passes the cost of winning one.

    Only customers who signed up at least 12 months before `as_of` count, so that all are seen equally long; those
    who never bought count as 0. Months are of 365 ÷ 12 days.

    Args:
        customers: the standard table, with `signup_date` and `signup_channel`.
        orders: order lines; returns take their margin back.
        products: `product_id`, `price`, `margin_rate`; lines of products without a margin count as 0.
        cost: yuan to win one customer, by channel.
        as_of: the snapshot day.

    Returns:
        One row a channel: `customers` (those a year old), `cost`, the margin of the average customer up to each month of
        `MONTHS` (`month_3` … `month_12`, yuan), and `payback_month`, missing where it takes longer than 12. No row
        where nobody signed up a year ago.
    """
    people = by_customer(customers)[["signup_date", "signup_channel"]].dropna()
    old = people[people["signup_date"] <= as_of - pd.Timedelta(days=365)]
    lines = orders[orders["customer_id"].isin(old.index) & (orders["order_date"] <= as_of)]
    if old.empty:
        columns = ["customers", "cost", *(f"month_{months}" for months in MONTHS), "payback_month"]
        return pd.DataFrame(columns=columns, index=pd.Index([], name="channel"), dtype=float)
    margin = line_margin(lines, products).fillna(0).round(4)
    since = (lines["order_date"] - lines["customer_id"].map(old["signup_date"])).dt.days
    month = np.ceil((since + 1) / (365 / 12))
    in_year = month.between(-np.inf, max(MONTHS))
    month = month.clip(lower=1)[in_year].astype(int)
    channel = lines["customer_id"].map(old["signup_channel"])[in_year]
    number = old.groupby("signup_channel").size()
    earned = margin[in_year].groupby([channel, month]).sum().unstack(fill_value=0.0)
    earned = earned.reindex(index=number.index, columns=range(1, max(MONTHS) + 1), fill_value=0.0)
    each = earned.cumsum(axis=1).div(number, axis=0)
    price = cost.reindex(number.index).astype(float)
    passed = each.ge(price, axis=0)
    table = pd.DataFrame({"customers": number, "cost": price})
    for months in MONTHS:
        table[f"month_{months}"] = each[months]
    table["payback_month"] = passed.idxmax(axis=1).where(passed.any(axis=1)).astype("Int64")
    return table.rename_axis("channel")


def shift_budget(
    cost: pd.Series,
    margin: pd.Series,
    *,
    budget: float | None = None,
    elasticity: float = 0.5,
    most_change: float = 0.3,
) -> pd.DataFrame:
    """Suggest how to share the same money out better, assuming diminishing returns.

    **Assumption, not a measurement:** spending x instead of c on a channel brings margin × (x ÷ c) ** elasticity.
    At 0.5, 10 % more money brings about 5 % more margin and it takes four times the money to double it. The
    best budget makes the next yuan earn the same everywhere; `most_change` keeps each channel near the spending
    for which anything is known. Try another elasticity: advice that turns round with it is no advice.

    Args:
        cost: yuan a channel now; a channel that costs nothing stays at nothing.
        margin: yuan margin a channel now.
        budget: yuan to spend in all; as much as now if not given.
        elasticity: between 0 and 1, both excluded.
        most_change: the most a channel may lose or gain, as a share of its cost now.

    Returns:
        One row a channel: `cost` now, `suggested` (adds up to the budget to the cent), `change` (yuan), `margin` now,
        `expected_margin`, and `next_yuan`: what one more yuan would earn at the suggested spending.

    >>> advice = shift_budget(pd.Series({"web": 100.0, "store": 100.0}), pd.Series({"web": 400.0, "store": 200.0}))
    >>> advice["suggested"].to_dict()
    {'store': 70.0, 'web': 130.0}
    """
    if not 0 < elasticity < 1 or not 0 <= most_change <= 1:
        raise UserError(
            zh=f"弹性应在 0 和 1 之间，最大调整幅度应在 0 到 1 之间，现在是 {elasticity} 和 {most_change}。",
            en=f"elasticity must lie between 0 and 1, most_change from 0 to 1; given {elasticity} and {most_change}.",
        )
    table = pd.DataFrame(
        {"cost": cost.astype(float), "margin": margin.reindex(cost.index).fillna(0).astype(float)}
    )
    table = table.rename_axis("channel").sort_index()
    now = table["cost"].to_numpy()
    total = cents(table["cost"]).sum() / 100 if budget is None else float(budget)
    low, high = now * (1 - most_change), now * (1 + most_change)
    if not low.sum() <= total + 0.005 or not total - 0.005 <= high.sum() or total <= 0:
        raise UserError(
            zh=f"预算 {total:,.2f} 元超出了可调范围 {low.sum():,.2f}–{high.sum():,.2f} 元。",
            en=f"A budget of {total:,.2f} is out of reach: {low.sum():,.2f} to {high.sum():,.2f} yuan are possible.",
        )
    earning = elasticity * table["margin"].clip(lower=max(table["margin"].max(), 1.0) * 1e-9).to_numpy()

    def spending(price: float) -> np.ndarray:
        """Return what to spend where when the next yuan must earn `price`."""
        ratio = np.divide(earning, price * now, out=np.zeros_like(now), where=now > 0)
        with np.errstate(over="ignore", invalid="ignore"):
            return np.clip(np.nan_to_num(now * ratio ** (1 / (1 - elasticity)), posinf=np.inf), low, high)

    cheap, dear = -60.0, 60.0
    for _ in range(200):
        middle = (cheap + dear) / 2
        cheap, dear = (middle, dear) if spending(np.exp(middle)).sum() > total else (cheap, middle)
    table["suggested"] = split(total, pd.Series(spending(np.exp(dear)), index=table.index))
    growth = (table["suggested"] / table["cost"].where(table["cost"] > 0)) ** elasticity
    table["change"] = (cents(table["suggested"]) - cents(table["cost"])) / 100
    table["expected_margin"] = (
        (table["margin"] * growth.where(table["margin"] > 0, 1.0)).fillna(table["margin"]).round(2)
    )
    spent = table["suggested"].where(table["suggested"] > 0)
    table["next_yuan"] = elasticity * table["expected_margin"] / spent
    return table[["cost", "suggested", "change", "margin", "expected_margin", "next_yuan"]]
