"""Explorer of lesson 11: move the budget, the hopes and the discount, and see which tiers are still worth it."""

import pandas as pd

from custseg_helpers.action import response
from custseg_helpers.action.playbook import sample_playbook
from custseg_helpers.action.strategy import leave_out, plan, with_response, within_budget
from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.rfm import rfm_scores, segments8
from custseg_helpers.words.text import T

SHOWN = ["customers", "contacted", "cost", "expected_margin", "profit", "roi", "verdict"]


def full_plan(company: Company) -> pd.DataFrame:
    """Return the sample playbook priced on the company's eight RFM segments, without those to leave alone."""
    facts = order_facts(company.orders, company.as_of)
    segment = segments8(rfm_scores(facts))
    book = sample_playbook(company.customers, company.currency)
    silent = leave_out(segment, facts, book)
    return plan(segment, facts["average_order_value"], book, not_contacted=silent)


def measured_plan(company: Company) -> pd.DataFrame:
    """Return the full plan with what the company's own campaigns measured in place of the playbook's guess."""
    full = full_plan(company)
    if {"campaigns", "responses"} & company.borrowed.keys():
        return full
    measured = response.by_tier(
        company.orders, company.campaigns, company.responses, lambda facts: segments8(rfm_scores(facts))
    )
    return with_response(full, measured)


def view(full: pd.DataFrame, *, budget: float, realised: int = 100, discount: int = 0) -> View:
    """Return what a budget pays for, if only `realised` % of the extra response comes true, at `discount` % off.

    A discount lowers the money of every order; what the goods cost stays the same.
    """
    from custseg_helpers import plots

    off = discount / 100
    fitted = within_budget(
        full.assign(
            extra_response=full["extra_response"] * realised / 100,
            order_value=full["order_value"] * (1 - off),
            margin_rate=(full["margin_rate"] - off) / (1 - off),
        ),
        budget,
    )
    people, spent, profit = (fitted[name].sum() for name in ("contacted", "cost", "profit"))
    return View(
        figure=plots.action.plan(fitted),
        tables={T(zh="每一层得到多少", en="What each tier gets"): fitted[SHOWN].round(2)},
        words=T(
            zh=f"联系 {people:,} 位客户，花 {spent:,.0f} 元，剩 {budget - spent:,.0f} 元，预计净收益 {profit:,.0f} 元。",
            en=f"{people:,} customers contacted, {spent:,.0f} yuan spent, {budget - spent:,.0f} left, "
            f"expected profit {profit:,.0f} yuan.",
        ),
    )


def show(company: Company, full: pd.DataFrame | None = None, budget: float | None = None) -> Shown:
    """Show the explorer for one company, or for a plan of your own (`full`, from `strategy.plan`).

    It starts at `budget` yuan, or at a fifth of what the whole plan costs.
    """
    import ipywidgets as W

    full = full_plan(company) if full is None else full
    most = full["cost"].sum()
    step = max(10, 10 ** (len(str(int(most))) - 2))
    controls = {
        "budget": W.IntSlider(
            value=round((most / 5 if budget is None else budget) / step) * step,
            min=0,
            max=(int(most) // step + 2) * step,
            step=step,
            description=str(T(zh="预算（元）", en="Budget (yuan)")),
        ),
        "realised": W.IntSlider(
            value=100,
            min=0,
            max=150,
            step=10,
            description=str(T(zh="增量兑现几成（%）", en="Extra response that comes true (%)")),
        ),
        "discount": W.IntSlider(
            value=0,
            min=0,
            max=40,
            step=5,
            description=str(T(zh="再让价（%）", en="Further discount (%)")),
        ),
    }
    return explorer(
        lambda **settings: view(full, **settings), controls, T(zh="策略手册探索器", en="Playbook explorer")
    )
