"""Explorer of lesson 07: drag two cut lines, and see people and money in the four quadrants."""

from functools import partial
from math import ceil
from typing import Any

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, beside, tables_html
from custseg_helpers.explore.still import Kept, Shown, picture_html
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.quadrant import cut_line, quadrants
from custseg_helpers.tiers.value import by_group
from custseg_helpers.words.text import T


def measures(facts: pd.DataFrame) -> pd.DataFrame:
    """Return orders and average order value (yuan) of every customer."""
    return facts[["frequency", "average_order_value"]]


def view(facts: pd.DataFrame, *, orders: float, basket: float) -> View:
    """Return the four quadrants of orders × average order value, cut at `orders` and at `basket` yuan."""
    from custseg_helpers import plots

    parted = _parted(facts, orders, basket)
    return View(plots.quadrant.quadrants(parted), *_told(parted, facts["monetary"]))


def show(company: Company) -> Shown:
    """Show the explorer for one company; the lines start at the medians."""
    import ipywidgets as W

    from custseg_helpers.explore.scatter import scatter

    facts = order_facts(company.orders, company.as_of)
    table = measures(facts)
    orders, basket = (ceil(100 * cut_line(table[column])) / 100 for column in table)
    lines = (
        T(zh="订单数的线", en="Line of orders"),
        T(zh="客单价的线（元）", en="Line of the order value (yuan)"),
    )
    picture = scatter(table, facts["monetary"], (orders, basket), lines)
    boxes = [
        W.BoundedFloatText(
            value=cut,
            min=axis["least"],
            max=axis["most"],
            step=axis["step"],
            description=axis["line"],
            layout=W.Layout(width="100%"),
        )
        for cut, axis in zip(picture.cuts, picture.axes, strict=True)
    ]
    words, tables, kept = W.HTML(), W.HTML(), Kept()

    def follow(moved: Any = None) -> None:
        told = _told(_parted(facts, *picture.cuts), facts["monetary"])
        tables.value = f"<div class='custseg-tables'>{tables_html(told[0])}</div>"
        words.value = f"<p>{told[1]}</p>"
        for box, cut in zip(boxes, picture.cuts, strict=True):
            box.value = cut
        if moved:
            seen = view(facts, orders=picture.cuts[0], basket=picture.cuts[1]).figure._repr_png_()
            kept.update(picture_html(seen) + words.value + tables.value)

    def typed(_: Any, side: int) -> None:
        picture.cuts = [boxes[n].value if n == side else cut for n, cut in enumerate(picture.cuts)]

    picture.observe(follow, names="cuts")
    for side, box in enumerate(boxes):
        box.observe(partial(typed, side=side), names="value")
    follow()
    still = view(facts, orders=orders, basket=basket).figure._repr_png_()
    title = T(zh="象限探索器", en="Quadrant explorer")
    return Shown(
        beside(W.VBox([*boxes, words]), W.VBox([picture, tables])),
        str(title),
        still,
        kept=kept,
    )


def _parted(facts: pd.DataFrame, orders: float, basket: float) -> pd.DataFrame:
    table = measures(facts)
    return quadrants(table["frequency"], table["average_order_value"], orders, basket)


def _told(parted: pd.DataFrame, money: pd.Series) -> tuple[dict[T, pd.DataFrame], T]:
    sizes = by_group(parted["quadrant"], money)[["customers", "share", "value", "value_share"]]
    best = parted["quadrant"] == "high_high"
    share = money[best].sum() / money.sum() if len(money) else 0.0
    words = T(
        zh=f"常来又花得多的有 {int(best.sum())} 位，带来 {share:.0%} 的钱。",
        en=f"{int(best.sum())} customers come often and spend much; they bring {share:.0%} of the money.",
    )
    return {T(zh="四个象限", en="The four quadrants"): sizes}, words
