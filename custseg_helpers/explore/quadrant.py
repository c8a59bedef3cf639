"""Explorer of lesson 07: move two cut lines, and see people and money in the four quadrants."""

import pandas as pd

from custseg_helpers.data.companies import Company
from custseg_helpers.data.facts import order_facts
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.learn.shown import Shown
from custseg_helpers.text import T
from custseg_helpers.tiers.quadrant import cut_line, quadrants
from custseg_helpers.tiers.value import by_group


def view(facts: pd.DataFrame, *, orders: float, basket: float) -> View:
    """Return the four quadrants of orders × average order value, cut at `orders` and at `basket` yuan."""
    from custseg_helpers import plots

    average = (facts["monetary"] / facts["frequency"]).rename("average_order_value")
    parted = quadrants(facts["frequency"], average, orders, basket)
    sizes = by_group(parted["quadrant"], facts["monetary"])[["customers", "share", "value", "value_share"]]
    best = parted["quadrant"] == "high_high"
    money = facts.loc[best, "monetary"].sum() / facts["monetary"].sum() if len(facts) else 0.0
    return View(
        figure=plots.quadrant.quadrants(parted),
        tables={T(zh="四个象限", en="The four quadrants"): sizes.round(3)},
        words=T(
            zh=f"常来又花得多的有 {int(best.sum())} 位，带来 {money:.0%} 的钱。",
            en=f"{int(best.sum())} customers come often and spend much; they bring {money:.0%} of the money.",
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company; the lines start at the medians."""
    import ipywidgets as W

    facts = order_facts(company.orders, company.as_of)
    average = facts["monetary"] / facts["frequency"]
    wide = W.Layout(width="34em", max_width="100%")
    step = max(10, int(average.quantile(0.98) // 1000) * 10)
    controls = {
        "orders": W.IntSlider(
            value=int(cut_line(facts["frequency"])),
            min=0,
            max=max(5, int(facts["frequency"].quantile(0.98))),
            layout=wide,
            description=str(T(zh="订单数的线", en="Line of orders")),
        ),
        "basket": W.IntSlider(
            value=int(cut_line(average)),
            min=0,
            max=int(average.quantile(0.98)) + step,
            step=step,
            layout=wide,
            description=str(T(zh="客单价的线（元）", en="Line of the order value (yuan)")),
        ),
    }
    return explorer(
        lambda **settings: view(facts, **settings), controls, T(zh="象限探索器", en="Quadrant explorer")
    )
