"""Explorer of lesson 15: budget, hopes and holdout of a whole plan, and see what it closes and what it can prove."""

from dataclasses import dataclass

import pandas as pd

from custseg_helpers.action.baseline import baseline_bridge, coming_year, from_newcomers
from custseg_helpers.action.sample_size import SampleSize, smallest_uplift
from custseg_helpers.action.strategy import within_budget
from custseg_helpers.action.targets import growth_target
from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.explore.strategy import measured_plan
from custseg_helpers.words.text import T

QUARTER = 91
"""Days in which a contact may bring an order."""


@dataclass(frozen=True)
class Case:
    """What a plan is judged by: the priced playbook, the sales (yuan) of last year and without it, who buys anyway."""

    full: pd.DataFrame
    last_year: float
    todays_customers: float
    """what today's customers are expected to buy within the coming year"""
    newcomers: float
    """what new customers bring if they come as last year"""
    base_rate: float
    """the share of customers who buy in a quarter anyway"""


def case_of(company: Company) -> Case:
    """Return the company's case: last year is the 365 days up to `as_of`."""
    orders, today = company.orders, company.as_of
    year = orders[orders["order_date"] >= today - pd.Timedelta(days=365)]
    recent = orders[(orders["order_date"] >= today - pd.Timedelta(days=QUARTER)) & (orders["quantity"] > 0)]
    buyers = orders.loc[orders["quantity"] > 0, "customer_id"].nunique()
    return Case(
        full=measured_plan(company),
        last_year=float(year["amount"].sum()),
        todays_customers=float(coming_year(orders, today).sum()),
        newcomers=from_newcomers(orders, today),
        base_rate=recent["customer_id"].nunique() / max(buyers, 1),
    )


def view(case: Case, *, budget: float, realised: int = 100, held_out: int = 20, growth: int = 15) -> View:
    """Return what a plan brings in a year of four such quarters, what the target rests on, and what its test can show.

    Args:
        case: from `case_of`.
        budget: yuan a quarter.
        realised: per cent of the extra response measured (or guessed) so far that comes true.
        held_out: per cent of the list that is not contacted, drawn at random.
        growth: per cent by which sales should rise.
    """
    from custseg_helpers import plots

    plan = within_budget(
        case.full.assign(extra_response=case.full["extra_response"] * realised / 100), budget
    )
    people, contacted = int(plan["contacted"].sum()), 1 - held_out / 100
    year = plan[["cost", "expected_sales", "profit"]].sum() * 4 * contacted
    bridge = baseline_bridge(
        growth_target(case.last_year, growth / 100),
        todays_customers=case.todays_customers,
        newcomers=case.newcomers,
        plan=float(year["expected_sales"]),
    )
    promised = plan["expected_orders"].sum() / people if people else 0.0
    held = round(people * held_out / 100)
    size = SampleSize(people - held, held)
    visible = smallest_uplift(case.base_rate, size) if min(size) > 1 else float("nan")
    effect = pd.Series({"extra_promised": promised, "smallest_visible": visible})
    counts = pd.DataFrame(
        {"customers": [people - held, held]}, index=pd.Index(["treatment", "holdout"], name="arm")
    )
    reached = (
        T(zh="离目标还差 {n:,.0f} 元", en="leaves {n:,.0f} yuan of the target open")
        if bridge["still_open"] > 0
        else T(
            zh="三样都照想的来，超过目标 {n:,.0f} 元",
            en="ends {n:,.0f} yuan above the target if all three come true",
        )
    ).format(n=abs(bridge["still_open"]))
    proof = (
        T(zh="看得出来", en="can show it")
        if visible <= promised
        else T(zh="看不出来：多留几季，或合在一起看", en="cannot show it: take more quarters together")
    )
    return View(
        figure=plots.capstone.promise_and_proof(bridge, effect),
        tables={T(zh="一个季度的名单", en="The list of a quarter"): counts},
        words=T(
            zh="一年花 {c:,.0f} 元，净收益 {p:,.0f} 元，带来目标的 {s:.1%}，{r}。一个季度的检验{w}。",
            en="A year costs {c:,.0f} yuan, earns {p:,.0f}, brings {s:.1%} of the target and {r}. The test of one quarter {w}.",
        ).format(
            c=year["cost"],
            p=year["profit"],
            s=bridge["brought_by_plan"] / bridge["target"] if bridge["target"] else 0.0,
            r=reached,
            w=proof,
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company; it opens with half of what the whole playbook costs."""
    import ipywidgets as W

    case = case_of(company)
    most = float(case.full["cost"].sum())
    controls = {
        "budget": W.FloatSlider(
            value=round(most / 2),
            min=0,
            max=round(most),
            step=max(1, round(most / 50)),
            readout_format=",.0f",
            description=str(T(zh="一季预算（元）", en="Budget a quarter (yuan)")),
        ),
        "realised": W.IntSlider(
            value=100, min=0, max=150, step=10,
            description=str(T(zh="增量响应实现（%）", en="Extra response that comes true (%)")),
        ),
        "held_out": W.IntSlider(
            value=20, min=5, max=50, step=5,
            description=str(T(zh="留出（%）", en="Held out (%)")),
        ),
        "growth": W.IntSlider(
            value=15, min=0, max=30,
            description=str(T(zh="要多卖（%）", en="Growth wanted (%)")),
        ),
    }  # fmt: skip
    title = T(zh="一份计划的许诺和证明", en="What a plan promises and what it can prove")
    return explorer(lambda **settings: view(case, **settings), controls, title)
