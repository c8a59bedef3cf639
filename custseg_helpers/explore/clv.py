"""Explorer of lesson 09: one customer, drawn by hand, and the curve of what this customer will still bring."""

from dataclasses import dataclass

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.clv import (
    PurchaseModel,
    SpendModel,
    alive_probability,
    expected_purchases,
    expected_spend,
    fit_purchases,
    fit_spend,
    purchase_history,
)
from custseg_helpers.tiers.clv_holdout import company_with_forecast
from custseg_helpers.words.text import T

KNOWN = 365
"""Days since the first purchase of the customer that is drawn."""

MONTHS = 36


@dataclass(frozen=True)
class Models:
    """What the company's history says about how customers buy and how much they spend."""

    purchases: PurchaseModel
    spend: SpendModel


def customer(orders: int, silence: int, spend: float) -> pd.DataFrame:
    """Return the purchase history of one customer, won a year ago, with `orders` orders and `silence` silent days."""
    repeats = orders - 1
    last = max(KNOWN - silence, repeats) if repeats else 0
    return pd.DataFrame(
        {
            "repeat_purchases": [repeats],
            "last_purchase_day": [last],
            "observed_days": [KNOWN],
            "mean_spend": [float(spend) if repeats else None],
        }
    ).astype({"mean_spend": float})


def curve(models: Models, one: pd.DataFrame, *, margin: float, rate: float) -> pd.DataFrame:
    """Return, up to each month ahead, the purchases to expect, the yuan they bring, and the yuan if all went on as before."""
    months = pd.RangeIndex(1, MONTHS + 1, name="month")
    so_far = pd.Series(
        [expected_purchases(one, models.purchases, 30 * month).iloc[0] for month in months], index=months
    )
    today = (1 + rate) ** (-(months.to_series() - 0.5) * 30 / 365)
    each = expected_spend(one, models.spend).iloc[0]
    pace = one["repeat_purchases"].iloc[0] / KNOWN * 30
    return pd.DataFrame(
        {
            "expected_purchases": so_far,
            "clv": (so_far.diff().fillna(so_far.iloc[0]) * today * each * margin).cumsum(),
            "naive": (today * pace * one["mean_spend"].fillna(0.0).iloc[0] * margin).cumsum(),
        }
    )


def view(
    models: Models, *, orders: int, silence: int, spend: float, margin: float, rate: float, cost: float
) -> View:
    """Return the curve of one customer's worth and the month in which the rest of the cost of winning them is back.

    `margin` and `rate` (a year's discount) in per cent, `spend` in yuan per order, `cost` in yuan.
    """
    from custseg_helpers import plots

    one = customer(orders, silence, spend)
    drawn = curve(models, one, margin=margin / 100, rate=rate / 100)
    alive = alive_probability(one, models.purchases).iloc[0]
    paid = drawn.index[drawn["clv"] >= cost]
    when = (
        T(
            zh="获客成本在第 {n} 个月收回。", en="The cost of winning them is earned back in month {n}."
        ).format(n=paid[0])
        if len(paid)
        else T(
            zh="获客成本 {n} 个月内收不回来。",
            en="The cost of winning them is not earned back within {n} months.",
        ).format(n=MONTHS)
    )
    as_before = str(T(zh="照旧下去", en="as before"))
    years = drawn.loc[[12, 24, 36]].round(1).rename(columns={"naive": as_before})
    return View(
        figure=plots.clv.worth_curve(drawn, cost),
        tables={T(zh="到第 12、24、36 个月", en="Up to month 12, 24 and 36"): years},
        words=T(
            zh="存活概率 {p:.0%}；今后 12 个月预计来 {n:.1f} 次，带来 {v:,.0f} 元毛利。{when}",
            en="Probability of being alive {p:.0%}; {n:.1f} purchases expected in 12 months, bringing {v:,.0f} yuan of margin. {when}",
        ).format(p=alive, n=drawn.at[12, "expected_purchases"], v=drawn.at[12, "clv"], when=when),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company; where its data carry no forecast, for Yuexuan."""
    import ipywidgets as W

    company = company_with_forecast(company)
    history = purchase_history(company.orders, company.as_of)
    purchases, spend = fit_purchases(history), fit_spend(history)
    assert isinstance(purchases, PurchaseModel) and isinstance(spend, SpendModel)
    facts = order_facts(company.orders, company.as_of, products=company.products)
    margin = 100 * facts["margin"].sum() / facts["monetary"].sum()
    step = float(10 ** max(0, len(str(int(spend.average))) - 2))
    usual = step * round(spend.average / step)
    controls = {
        "orders": W.IntSlider(
            value=6,
            min=1,
            max=24,
            description=str(T(zh="一年来的订单数", en="Orders in a year")),
        ),
        "silence": W.IntSlider(
            value=30,
            min=0,
            max=340,
            step=10,
            description=str(T(zh="多少天没来", en="Days silent")),
        ),
        "spend": W.FloatSlider(
            value=usual,
            min=step,
            max=10 * usual,
            step=step,
            readout_format=",.0f",
            description=str(T(zh="每单（元）", en="Yuan per order")),
        ),
        "margin": W.IntSlider(
            value=round(margin),
            min=5,
            max=80,
            description=str(T(zh="毛利率（%）", en="Margin (%)")),
        ),
        "rate": W.IntSlider(
            value=10,
            min=0,
            max=40,
            description=str(T(zh="年折现率（%）", en="Discount a year (%)")),
        ),
        "cost": W.FloatSlider(
            value=usual,
            min=0,
            max=10 * usual,
            step=step,
            readout_format=",.0f",
            description=str(T(zh="还没收回的获客成本（元）", en="Cost of winning still to earn back (yuan)")),
        ),
    }
    return explorer(
        lambda **settings: view(Models(purchases, spend), **settings),
        controls,
        T(zh="客户终身价值探索器", en="Explorer of customer lifetime value"),
    )
