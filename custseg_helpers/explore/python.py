"""Explorer of lesson 00b: choose as in a pivot table, and read the line of code that says it."""

from html import escape

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T

GROUPS = ("channel", "product_id", "customer_id")
"""Columns of orders to group by, where a company fills them."""

MEASURES = {
    '["amount"].sum()': T(zh="金额加起来（元）", en="add up the money (yuan)"),
    '["amount"].mean()': T(zh="平均每行金额（元）", en="average money a row (yuan)"),
    '["quantity"].sum()': T(zh="件数加起来", en="add up the pieces"),
    '["customer_id"].nunique()': T(zh="数不同的客户", en="count different customers"),
}
"""What to work out for each group: the end of the line of code, and how people say it."""

SHOWN = 8
"""Groups in the picture, the largest first."""


def line(group: str, measure: str, at_least: int) -> str:
    """Return the line of code that keeps rows, groups them and works something out.

    >>> line("channel", '["amount"].sum()', 0)
    'orders.groupby("channel")["amount"].sum()'
    >>> line("channel", '["amount"].sum()', 200)
    'orders[orders["amount"] >= 200].groupby("channel")["amount"].sum()'
    """
    kept = f'orders[orders["amount"] >= {at_least}]' if at_least else "orders"
    return f'{kept}.groupby("{group}"){measure}'


def view(orders: pd.DataFrame, *, group: str, measure: str, at_least: int) -> View:
    """Return the line of code for what was chosen, and its result as a picture and a table."""
    from custseg_helpers.plots.python import bars

    column, action = measure.removeprefix('["').removesuffix("()").split('"].')
    kept = orders[orders["amount"] >= at_least] if at_least else orders
    result = kept.groupby(group)[column].agg(action).sort_values(ascending=False)
    table = result.head(SHOWN).round(2).rename(str(MEASURES[measure])).to_frame()
    words = T(
        zh="{rows:,} 行留下，{groups:,} 组。这句话写成代码：<br><code>{code}</code>",
        en="{rows:,} rows kept, {groups:,} groups. The sentence as code:<br><code>{code}</code>",
    )
    return View(
        figure=bars(result.head(SHOWN), term(group), MEASURES[measure]),
        tables={T(zh="结果，从大到小", en="The result, largest first"): table},
        words=words.format(
            rows=len(kept), groups=len(result), code=escape(line(group, measure, at_least), quote=False)
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    orders = company.orders
    groups = [name for name in GROUPS if orders[name].nunique() > 1]
    most = max(int(orders["amount"].quantile(0.99)), 10)
    controls = {
        "at_least": W.IntSlider(
            value=0,
            min=0,
            max=most,
            step=max(most // 20, 1),
            readout_format=",d",
            description=str(T(zh="留下金额至少（元）", en="Keep amounts of at least")),
            layout=W.Layout(width="34em", max_width="100%"),
        ),
        "group": W.ToggleButtons(
            options=[(str(term(name)), name) for name in groups],
            description=str(T(zh="按什么分组", en="Group by")),
            style={"button_width": "initial"},
        ),
        "measure": W.ToggleButtons(
            options=[(str(name), code) for code, name in MEASURES.items()],
            description=str(T(zh="算什么", en="Work out")),
            style={"button_width": "initial"},
        ),
    }
    return explorer(
        lambda **settings: view(orders, **settings),
        controls,
        T(zh="一句话，一行代码", en="A sentence, a line of code"),
    )
