"""What check() knows about lesson 11."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.action import channels, playbook, recommend, strategy
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import rfm


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def segment(company):
    return rfm.segments8(rfm.rfm_scores(facts(company)))


def book(company):
    return playbook.sample_playbook(company.customers, company.currency)


def year_ago(company):
    return company.as_of - pd.DateOffset(years=1)


def campaign_extra(
    company,
    *,
    taken: Literal[
        "difference", "wrong_way_round", "ratio", "treatment", "holdout", "mixed_arms"
    ] = "difference",
    campaign: Literal["latest", "all", "first"] = "latest",
):
    ids = company.campaigns.sort_values("start_date")["campaign_id"]
    chosen = {"latest": ids.tail(1), "all": ids, "first": ids.head(1)}[campaign]
    sent = company.responses[company.responses["campaign_id"].isin(chosen)]
    rate = sent.groupby("arm")["converted"].mean()
    return {
        "difference": rate["treatment"] - rate["holdout"],
        "wrong_way_round": rate["holdout"] - rate["treatment"],
        "ratio": rate["treatment"] / rate["holdout"] - 1,
        "treatment": rate["treatment"],
        "holdout": rate["holdout"],
        "mixed_arms": sent["converted"].mean(),
    }[taken]


@cache
def priced(company, silent=False):
    worth = facts(company)["average_order_value"]
    return strategy.plan(
        segment(company), worth, book(company), not_contacted=just_bought(company) if silent else None
    )


@cache
def just_bought(company):
    return strategy.leave_out(segment(company), facts(company), book(company))


def profit(
    company,
    *,
    taken: Literal["margin_less_cost", "sales_less_cost", "margin", "sales"] = "margin_less_cost",
    orders: Literal["extra_response", "every_contact"] = "extra_response",
):
    plan = priced(company)
    response = plan["extra_response"] if orders == "extra_response" else 1
    sales = plan["contacted"] * response * plan["order_value"]
    cost, margin = plan["contacted"] * plan["cost_per_customer"], sales * plan["margin_rate"]
    return {
        "margin_less_cost": margin - cost,
        "sales_less_cost": sales - cost,
        "margin": margin,
        "sales": sales,
    }[taken]


def left_silent(
    company,
    *,
    conditions: Literal["either", "both", "playbook_rule_only", "low_scores_only"] = "either",
    days: Literal["180", "90", "365"] = "180",
    low_is: Literal["up_to_2", "up_to_3", "only_1"] = "up_to_2",
):
    scores = company.interactions
    lately = scores["interaction_date"] >= company.as_of - pd.Timedelta(days=int(days))
    low = scores["score"] <= {"up_to_2": 2, "up_to_3": 3, "only_1": 1}[low_is]
    angry = segment(company).index.isin(scores.loc[lately & low, "customer_id"])
    rule = just_bought(company)
    found = {
        "either": rule | angry,
        "both": rule & angry,
        "playbook_rule_only": rule,
        "low_scores_only": pd.Series(angry, rule.index),
    }
    return found[conditions].rename(None)


def budget(company):
    campaigns = company.campaigns.loc[company.campaigns["start_date"] >= year_ago(company), "campaign_id"]
    spent = company.responses.loc[company.responses["campaign_id"].isin(campaigns), "cost"]
    return round(spent.sum() / 4, 2)


def within(company, more=0, column="profit", realised=1.0):
    plan = priced(company, silent=True)
    plan = plan.assign(extra_response=plan["extra_response"] * realised)
    return strategy.within_budget(plan, budget(company) + more)[column].sum()


def more_budget(
    company,
    *,
    taken: Literal["difference", "whole"] = "difference",
    column: Literal["profit", "expected_margin", "cost"] = "profit",
    more: Literal["500", "1000"] = "500",
):
    found = within(company, int(more), column)
    return found - within(company, 0, column) if taken == "difference" else found


def half_true(
    company,
    *,
    response: Literal["half", "as_planned"] = "half",
    column: Literal["profit", "expected_margin"] = "profit",
):
    return within(company, realised={"half": 0.5, "as_planned": 1.0}[response], column=column)


@cache
def rule(company):
    bought = recommend.purchases(company.orders)
    return recommend.association_rules(bought, basket="customer_id").iloc[0]


def popularity(
    company,
    *,
    read: Literal["lift", "confidence", "support", "share_of_second", "difference"] = "lift",
):
    lift, confidence = rule(company)["lift"], rule(company)["confidence"]
    return {
        "lift": lift,
        "confidence": confidence,
        "support": rule(company)["support"],
        "share_of_second": confidence / lift,
        "difference": confidence * (1 - 1 / lift),
    }[read]


def per_customer(
    company,
    *,
    months: Literal["last_year", "both_years"] = "last_year",
    per: Literal["customer", "lead", "visit", "nothing"] = "customer",
):
    won = channels.won_customers(company.customers, facts(company), year_ago(company), company.as_of)
    spent = company.channels
    if months == "last_year":
        spent = spent[spent["month"] >= year_ago(company)]
    table = spent.groupby("channel")[["cost", "leads", "visits"]].sum().join(won)
    if per == "nothing":
        return table["cost"]
    return table["cost"] / table[{"customer": "customers", "lead": "leads", "visit": "visits"}[per]]


EXERCISES = [
    Exercise("strategy-campaign-extra", answer=campaign_extra),
    Exercise("strategy-tier-profit", answer=profit, money=True),
    Exercise(
        "strategy-discount-orders",
        answer=lambda company: 225.0,
        mistakes=(
            Mistake("equal_sales", lambda company: 125.0),
            Mistake("twenty_per_cent_more", lambda company: 120.0),
            Mistake("divided_by_discount", lambda company: 180.0),
        ),
    ),
    Exercise("strategy-leave-silent", answer=left_silent),
    Exercise(
        "strategy-more-budget",
        money=True,
        answer=more_budget,
        mistakes=(
            Mistake("mean_return", lambda company: 500 * within(company) / within(company, 0, "cost")),
            Mistake("cost_taken_twice", lambda company: more_budget(company) - 500),
        ),
    ),
    Exercise(
        "strategy-for-champions",
        answer=lambda company: "b",
        mistakes=(
            Mistake("leave_them", lambda company: "a"),
            Mistake("all_the_money", lambda company: "c"),
            Mistake("change_the_number", lambda company: "d"),
        ),
    ),
    Exercise("strategy-popularity", answer=popularity),
    Exercise(
        "strategy-customer-cost",
        money=True,
        answer=per_customer,
        mistakes=(Mistake("upside_down", lambda company: 1 / per_customer(company)),),
    ),
    Exercise("strategy-to-director"),
    Exercise(
        "strategy-half-true",
        money=True,
        answer=half_true,
        mistakes=(Mistake("half_the_profit", lambda company: within(company) / 2),),
    ),
]
