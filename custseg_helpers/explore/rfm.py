"""Explorer of lesson 04: move the cuts, and see segments, heat map and call list follow."""

from typing import Any, Literal

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.rfm import Cuts, quantile_cuts, rfm_scores, segments8
from custseg_helpers.words.text import T

START: dict[str, Any] = {"split": "parts", "parts": 5, "days": 30, "orders": 3, "money": 1000}
"""The settings the explorer opens with."""


def view(
    facts: pd.DataFrame, *, split: Literal["parts", "fixed"], parts: int, days: int, orders: int, money: int
) -> View:
    """Return segments, heat map and the ten customers to call first, for one way to cut.

    `split="parts"` cuts each measure into `parts` equal parts; `split="fixed"` calls a customer high who came
    within `days` days, with at least `orders` orders and `money` yuan.
    """
    from custseg_helpers import plots

    scores = _scores(facts, split, parts, days, orders, money)
    segment = segments8(scores)
    moved = int((segment != segments8(_scores(facts, **START))).sum())
    sizes = facts["monetary"].groupby(segment).agg(customers="size", money_share="sum")
    sizes["money_share"] = sizes["money_share"] / facts["monetary"].sum()
    keep = facts[segment == "key_retain"].sort_values("monetary", ascending=False, kind="stable")
    return View(
        figure=plots.rfm.overview(facts, scores, segment),
        tables={
            T(zh="各类人数与金额占比", en="Customers and share of money by segment"): sizes.sort_values(
                "money_share", ascending=False
            ),
            T(
                zh="先打给这 10 位（重要保持客户，按金额）",
                en="Call these 10 first (high value to keep, by money)",
            ): keep[["recency_days", "frequency", "monetary"]].head(10),
        },
        words=T(
            zh=f"和打开时的设置相比，{moved} 位客户换了类。",
            en=f"Compared with the settings at the start, {moved} customers changed their segment.",
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    facts = order_facts(company.orders, company.as_of)
    options = [
        (str(T(zh="分成相等的几段", en="equal parts")), "parts"),
        (str(T(zh="固定门槛", en="fixed thresholds")), "fixed"),
    ]
    controls = {
        "split": W.ToggleButtons(
            options=options, value=START["split"], description=str(T(zh="怎样分", en="Cut by"))
        ),
        "parts": W.IntSlider(value=5, min=2, max=5, description=str(T(zh="分几段", en="Parts"))),
        "days": W.IntSlider(
            value=30,
            min=5,
            max=365,
            step=5,
            description=str(T(zh="多少天内来过算近", en="Recent: within days")),
        ),
        "orders": W.IntSlider(
            value=3, min=2, max=20, description=str(T(zh="几单以上算勤", en="Frequent: orders from"))
        ),
        "money": W.IntSlider(
            value=1000,
            min=100,
            max=10000,
            step=100,
            readout_format=",d",
            description=str(T(zh="多少元以上算高", en="High: yuan from")),
        ),
    }
    title = T(zh="RFM 探索器", en="RFM explorer")
    return explorer(lambda **settings: view(facts, **settings), controls, title)


def _scores(facts: pd.DataFrame, split: str, parts: int, days: int, orders: int, money: int) -> pd.DataFrame:
    if split == "parts":
        return rfm_scores(facts, quantile_cuts(facts, parts))
    return rfm_scores(facts, Cuts(recency_days=(days,), frequency=(orders,), monetary=(money,)))
