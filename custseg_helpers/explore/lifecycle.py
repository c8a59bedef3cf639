"""Explorer of lesson 05: move the thresholds between the stages, and see the flows from stage to stage."""

from typing import Any, Literal

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.cycle import typical_gap
from custseg_helpers.tiers.lifecycle import stage, transitions
from custseg_helpers.words.text import T

Rhythm = Literal["own", "company"]

AGO = 90
"""Days back to which today is compared."""


def ago(company: Company) -> pd.DataFrame:
    """Return the facts of `AGO` days ago, of everybody who was a customer or had signed up by then."""
    day = company.as_of - pd.Timedelta(days=AGO)
    facts = order_facts(company.orders, day)
    signup = company.customers.set_index("customer_id")["signup_date"]
    return facts.reindex(signup.index[(signup <= day) | signup.isna() | signup.index.isin(facts.index)])


def view(
    facts: pd.DataFrame,
    *,
    rhythm: Rhythm,
    dormant: float,
    churned: float,
    loyal: int,
    earlier: pd.DataFrame | None = None,
) -> View:
    """Return the flows between the stages, and the size of every stage, for thresholds of one's own.

    Without `earlier` from the lesson's thresholds to these; with `earlier`, the facts of some time ago, from then to
    now, both by these thresholds and by the company's rhythm of then. `dormant` and `churned` count usual gaps; a
    churned line below the dormant one counts as the dormant one.
    """
    from custseg_helpers import plots

    thresholds: dict[str, Any] = {
        "cycle": typical_gap(facts if earlier is None else earlier),
        "own_cycle": rhythm == "own",
        "dormant_after": dormant,
        "churned_after": max(dormant, churned),
        "loyal_orders": loyal,
    }
    before = stage(facts) if earlier is None else stage(earlier, **thresholds)
    now = stage(facts, **thresholds)
    flows = transitions(before, now)
    moved = int(flows.to_numpy().sum() - flows.to_numpy().diagonal().sum())
    if earlier is None:
        words = T(
            zh="行是课上的门槛，列是你的门槛：{n} 位客户换了阶段。",
            en="Rows are the lesson's thresholds, columns are yours: {n} customers change stage.",
        )
    else:
        words = T(
            zh="行是 {d} 天前，列是今天，门槛都是你的：{n} 位客户换了阶段。",
            en="Rows are {d} days ago, columns are today, both by your thresholds: {n} customers changed stage.",
        )
    return View(
        figure=plots.lifecycle.transition_matrix(flows),
        tables={
            T(zh="每个阶段有多少人", en="People at each stage"): now.value_counts().to_frame("customers")
        },
        words=words.format(n=moved, d=AGO),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    facts = order_facts(company.orders, company.as_of).reindex(company.customers["customer_id"])
    earlier = ago(company)
    rhythms = [
        (str(T(zh="按各人的节奏", en="by their own rhythm")), "own"),
        (str(T(zh="所有人用公司的节奏", en="the company's rhythm for all")), "company"),
    ]
    flows = [
        (str(T(zh="课上的门槛", en="the lesson's thresholds")), "lesson"),
        (str(T(zh="{d} 天前", en="{d} days ago").format(d=AGO)), "time"),
    ]
    controls = {
        "flows": W.ToggleButtons(
            options=flows, value="lesson", description=str(T(zh="从哪里到这里", en="Flows from"))
        ),
        "rhythm": W.ToggleButtons(
            options=rhythms, value="company", description=str(T(zh="节奏", en="Rhythm"))
        ),
        "dormant": W.FloatSlider(
            value=2,
            min=1,
            max=6,
            step=0.5,
            description=str(T(zh="几个间隔算休眠", en="Dormant after gaps")),
        ),
        "churned": W.FloatSlider(
            value=4,
            min=1.5,
            max=10,
            step=0.5,
            description=str(T(zh="几个间隔算流失", en="Churned after gaps")),
        ),
        "loyal": W.IntSlider(
            value=5, min=2, max=15, description=str(T(zh="几单算忠诚", en="Loyal from orders"))
        ),
    }

    def seen(flows: str, **settings: Any) -> View:
        return view(facts, earlier=earlier if flows == "time" else None, **settings)

    return explorer(seen, controls, T(zh="生命周期探索器", en="Lifecycle explorer"))
