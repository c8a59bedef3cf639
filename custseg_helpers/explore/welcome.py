"""Explorer of lesson 00: whom would you have contacted, and who bought in the quarter after?"""

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.words.text import T

QUARTER = pd.Timedelta(days=92)

ORDERS = {
    "list": T(zh="按客户编号", en="by customer number"),
    "monetary": T(zh="花得多的在前", en="highest spending first"),
    "frequency": T(zh="买得勤的在前", en="most orders first"),
    "recency_days": T(zh="最近来过的在前", en="latest visit first"),
}
"""The ways to line customers up."""


def reached(company: Company) -> pd.DataFrame:
    """Return, for each way to line customers up, the share of last quarter's sales met by the first 1, 2, 3 … .

    The line is formed with what was known before the quarter; customers who came later are in nobody's line.
    One column for each way of `ORDERS`, one row for each number of customers contacted.
    """
    before = company.as_of - QUARTER
    orders = company.orders
    past = order_facts(orders[orders["order_date"] < before], before)
    later = orders[orders["order_date"] >= before].groupby("customer_id")["amount"].sum()
    lines = {
        way: past.sort_index().sort_values(way, ascending=way == "recency_days", kind="stable").index
        for way in ORDERS
        if way != "list"
    }
    lines["list"] = past.sort_index().index
    shares = {way: later.reindex(lines[way]).fillna(0).cumsum().to_numpy() / later.sum() for way in ORDERS}
    return pd.DataFrame(shares, index=pd.RangeIndex(1, len(past) + 1, name="customers"))


def view(shares: pd.DataFrame, *, way: str, people: int) -> View:
    """Return the curves of all ways, and what the chosen way meets with so many people."""
    from custseg_helpers.plots.welcome import reach

    people = min(people, len(shares))
    met = shares.loc[people].sort_values(ascending=False)
    table = pd.DataFrame({str(T(zh="碰到的销售额（%）", en="sales met (%)")): (met * 100).round(1)})
    table.index = [str(ORDERS[code]) for code in met.index]
    share = f"{shares.at[people, way]:.0%}"
    return View(
        figure=reach(shares, ORDERS, way, people),
        tables={T(zh=f"联系 {people:,} 位客户", en=f"{people:,} customers contacted"): table},
        words=T(
            zh="{way}，联系 {people:,} 位客户，碰到最后一季销售额的 {share}。",
            en="{way}, {people:,} customers contacted meet {share} of the last quarter's sales.",
        ).format(way=ORDERS[way].map(str.capitalize), people=people, share=share),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    shares = reached(company)
    controls = {
        "way": W.ToggleButtons(
            options=[(str(name), code) for code, name in ORDERS.items()],
            value="list",
            description=str(T(zh="怎样排队", en="Line up")),
            style={"button_width": "initial"},
        ),
        "people": W.IntSlider(
            value=300,
            min=50,
            max=len(shares),
            step=50,
            description=str(T(zh="联系多少位客户", en="Customers contacted")),
            layout=W.Layout(width="34em", max_width="100%"),
        ),
    }
    return explorer(
        lambda **settings: view(shares, **settings), controls, T(zh="先联系谁", en="Whom to contact first")
    )
