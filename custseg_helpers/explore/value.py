"""Explorer of lesson 03: drag the A and B lines, by sales or by margin, and see whom each grade holds."""

from typing import Literal

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.value import abc, by_group, pareto
from custseg_helpers.words.text import T

Measure = Literal["sales", "margin"]


def worth(company: Company) -> pd.DataFrame:
    """Return `sales` and `margin` (yuan) of every customer who bought.

    Margin is the amount paid less what the pieces cost: a discount lowers the one and not the other.
    """
    facts = order_facts(company.orders, company.as_of, products=company.products)
    return pd.DataFrame({"sales": facts["monetary"], "margin": facts["margin"].round(2)})


def view(worth: pd.DataFrame, *, measure: Measure, a_line: int, b_line: int) -> View:
    """Return the Pareto curve with its grades, their sizes, and who is an A by both measures.

    `a_line` and `b_line` are percentages; a B line below the A line counts as the A line.
    """
    from custseg_helpers import plots

    lines = (a_line / 100, max(a_line, b_line) / 100)
    grades = {name: abc(worth[name], lines) for name in ("sales", "margin")}
    sizes = by_group(grades[measure], worth[measure]).reindex(list("ABCD")).dropna()
    sizes = sizes[["customers", "share", "value", "value_share"]]
    both = int(((grades["sales"] == "A") & (grades["margin"] == "A")).sum())
    only = int((grades["sales"] == "A").sum()) - both
    return View(
        figure=plots.value.pareto_curve(pareto(worth[measure], lines)),
        tables={T(zh="每一级有多少人、多少钱", en="People and money in each grade"): sizes},
        words=T(
            zh=f"按销售额和按毛利都是 A 的有 {both} 位；另有 {only} 位只按销售额是 A。",
            en=f"{both} customers are A by sales and by margin; {only} more are A by sales only.",
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    table = worth(company)
    measures = [(str(T(zh="销售额", en="sales")), "sales"), (str(T(zh="毛利", en="margin")), "margin")]
    controls = {
        "measure": W.ToggleButtons(
            options=measures, value="sales", description=str(T(zh="按什么分", en="Grade by"))
        ),
        "a_line": W.IntSlider(
            value=80, min=50, max=95, step=5, description=str(T(zh="A 线（%）", en="A line (%)"))
        ),
        "b_line": W.IntSlider(value=95, min=55, max=99, description=str(T(zh="B 线（%）", en="B line (%)"))),
    }
    return explorer(
        lambda **settings: view(table, **settings), controls, T(zh="ABC 探索器", en="ABC explorer")
    )
