"""Explorer of lesson 05: move the thresholds between the stages, and see whom they move."""

from typing import Literal

import pandas as pd

from custseg_helpers.data.companies import Company
from custseg_helpers.data.facts import order_facts
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.learn.shown import Shown
from custseg_helpers.text import T
from custseg_helpers.tiers.cycle import typical_gap
from custseg_helpers.tiers.lifecycle import stage, transitions

Rhythm = Literal["own", "company"]


def view(facts: pd.DataFrame, *, rhythm: Rhythm, dormant: float, churned: float, loyal: int) -> View:
    """Return who stands where compared with the lesson's thresholds, and the size of every stage.

    `dormant` and `churned` count usual gaps; a churned line below the dormant one counts as the dormant one.
    """
    from custseg_helpers import plots

    usual = stage(facts)
    chosen = stage(
        facts,
        typical_gap(facts),
        own_cycle=rhythm == "own",
        dormant_after=dormant,
        churned_after=max(dormant, churned),
        loyal_orders=loyal,
    )
    moved = int((usual != chosen).sum())
    return View(
        figure=plots.lifecycle.transition_matrix(transitions(usual, chosen)),
        tables={
            T(zh="每一站有多少人", en="People at each station"): chosen.value_counts().to_frame("customers")
        },
        words=T(
            zh=f"行是课上的门槛，列是你的门槛：{moved} 位客户换了站。",
            en=f"Rows are the lesson's thresholds, columns are yours: {moved} customers change the station.",
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    facts = order_facts(company.orders, company.as_of).reindex(company.customers["customer_id"])
    wide = W.Layout(width="34em", max_width="100%")
    rhythms = [
        (str(T(zh="按各人的节奏", en="by their own rhythm")), "own"),
        (str(T(zh="所有人用公司的节奏", en="the company's rhythm for all")), "company"),
    ]
    controls = {
        "rhythm": W.ToggleButtons(options=rhythms, value="company"),
        "dormant": W.FloatSlider(
            value=2,
            min=1,
            max=6,
            step=0.5,
            layout=wide,
            description=str(T(zh="几个间隔算休眠", en="Dormant after gaps")),
        ),
        "churned": W.FloatSlider(
            value=4,
            min=1.5,
            max=10,
            step=0.5,
            layout=wide,
            description=str(T(zh="几个间隔算流失", en="Churned after gaps")),
        ),
        "loyal": W.IntSlider(
            value=5, min=2, max=15, layout=wide, description=str(T(zh="几单算忠诚", en="Loyal from orders"))
        ),
    }
    return explorer(
        lambda **settings: view(facts, **settings), controls, T(zh="生命周期探索器", en="Lifecycle explorer")
    )
