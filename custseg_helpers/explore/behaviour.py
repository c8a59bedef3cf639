"""Explorer of lesson 06: move the lines of price sensitivity and of pace; see people and money at stake."""

from typing import Literal

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.behaviour import price_sensitivity
from custseg_helpers.tiers.cuts import LEVELS
from custseg_helpers.tiers.cycle import PACES, pace
from custseg_helpers.tiers.lifecycle import stage
from custseg_helpers.tiers.value import by_group
from custseg_helpers.words.text import T

Picture = Literal["price", "pace"]


def view(facts: pd.DataFrame, *, picture: Picture, low: int, high: int, slower: float) -> View:
    """Return people and money by price sensitivity and by pace, and what is at stake with those slowing down.

    `low` and `high` are the lines in percent of spending at a discount; a high line at or below the low one counts
    as one percent above it. `slower` is the factor from which on a longer gap counts as slowing down.
    """
    from custseg_helpers import plots

    cuts = (low / 100, max(high, low + 1) / 100)
    paces = pace(facts, slower)
    tables = {
        T(zh="价格敏感度", en="Price sensitivity"): _sizes(
            price_sensitivity(facts, cuts), facts, [*LEVELS, "unknown"]
        ),
        T(zh="购买节奏", en="Pace"): _sizes(paces["pace"], facts, [*PACES, "unknown"]),
    }
    warned = (paces["pace"] == "slowing_down") & stage(facts).isin(["active", "loyal"])
    money = facts.loc[warned, "monetary"].sum()
    return View(
        figure=plots.behaviour.discount_shares(facts, cuts)
        if picture == "price"
        else plots.behaviour.pace(paces),
        tables=tables,
        words=T(
            zh=f"还在来、但近期间隔到了以往 {slower:g} 倍的有 {warned.sum():,} 位，可能流失 {money:,.0f} 元。",
            en=f"Customers who still come, but with a gap of {slower:g} times the earlier ones or more: {warned.sum():,}, and {money:,.0f} yuan at stake.",
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    facts = order_facts(company.orders, company.as_of)
    pictures = [
        (str(T(zh="价格敏感度", en="price sensitivity")), "price"),
        (str(T(zh="购买节奏", en="pace")), "pace"),
    ]
    controls = {
        "picture": W.ToggleButtons(
            options=pictures, value="price", description=str(T(zh="看图", en="Picture"))
        ),
        "low": W.IntSlider(
            value=33, min=0, max=99, description=str(T(zh="中等从（%）", en="Medium from (%)"))
        ),
        "high": W.IntSlider(value=67, min=1, max=100, description=str(T(zh="高从（%）", en="High from (%)"))),
        "slower": W.FloatSlider(
            value=2,
            min=1.25,
            max=5,
            step=0.25,
            description=str(T(zh="慢到几倍", en="Times slower")),
        ),
    }
    return explorer(
        lambda **settings: view(facts, **settings), controls, T(zh="行为探索器", en="Behaviour explorer")
    )


def _sizes(tag: pd.Series, facts: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    sizes = by_group(tag, facts["monetary"]).reindex(order).fillna(0)
    sizes = sizes[["customers", "value", "value_share"]].astype({"customers": int})
    return sizes.rename(columns={"value": "money", "value_share": "money_share"})
