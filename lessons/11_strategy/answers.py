"""What check() knows about lesson 11."""

from functools import cache

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
    return playbook.sample_playbook(company.customers)


def year_ago(company):
    return company.as_of - pd.DateOffset(years=1)


def arms(company, column="converted"):
    latest = company.campaigns.sort_values("start_date")["campaign_id"].iloc[-1]
    sent = company.responses[company.responses["campaign_id"] == latest]
    return sent.groupby("arm")[column].mean()


def everybody(company):
    latest = company.campaigns.sort_values("start_date")["campaign_id"].iloc[-1]
    return company.responses.loc[company.responses["campaign_id"] == latest, "converted"].mean()


@cache
def priced(company, silent=False):
    worth = facts(company)["average_order_value"]
    return strategy.plan(
        segment(company), worth, book(company), not_contacted=just_bought(company) if silent else None
    )


@cache
def just_bought(company):
    return strategy.leave_out(segment(company), facts(company), book(company))


def sums(company, by="contacted"):
    plan = priced(company)
    sales = plan[by] * plan["extra_response"] * plan["order_value"]
    return sales, plan[by] * plan["cost_per_customer"], plan["margin_rate"]


def profit(company, by="contacted"):
    sales, cost, rate = sums(company, by)
    return sales * rate - cost


def sales_less_cost(company):
    sales, cost, _ = sums(company)
    return sales - cost


def margin_only(company):
    sales, _, rate = sums(company)
    return sales * rate


def response_as_sales(company):
    plan = priced(company)
    return plan["contacted"] * plan["order_value"] * plan["margin_rate"] - sums(company)[1]


def angry(company, days=180, at_most=2):
    scores = company.interactions
    lately = scores["interaction_date"] >= company.as_of - pd.Timedelta(days=days)
    ids = scores.loc[lately & (scores["score"] <= at_most), "customer_id"]
    return pd.Series(segment(company).index.isin(ids), segment(company).index)


def budget(company):
    campaigns = company.campaigns.loc[company.campaigns["start_date"] >= year_ago(company), "campaign_id"]
    spent = company.responses.loc[company.responses["campaign_id"].isin(campaigns), "cost"]
    return round(spent.sum() / 4, 2)


def within(company, more=0, column="profit", realised=1.0):
    plan = priced(company, silent=True)
    plan = plan.assign(extra_response=plan["extra_response"] * realised)
    return strategy.within_budget(plan, budget(company) + more)[column].sum()


@cache
def rule(company):
    bought = recommend.purchases(company.orders)
    return recommend.association_rules(bought, basket="customer_id").iloc[0]


def per_customer(company, since=None, by="customers"):
    won = channels.won_customers(company.customers, facts(company), year_ago(company), company.as_of)
    months = company.channels[company.channels["month"] >= (since or year_ago(company))]
    table = months.groupby("channel")[["cost", "leads", "visits"]].sum().join(won)
    return table["cost"] / table[by]


EXERCISES = [
    Exercise(
        "strategy-campaign-extra",
        answer=lambda company: arms(company)["treatment"] - arms(company)["holdout"],
        mistakes=(
            Mistake("response_itself", lambda company: arms(company)["treatment"]),
            Mistake("mixed_arms", everybody),
            Mistake("ratio", lambda company: arms(company)["treatment"] / arms(company)["holdout"] - 1),
            Mistake("wrong_way_round", lambda company: arms(company)["holdout"] - arms(company)["treatment"]),
        ),
    ),
    Exercise(
        "strategy-tier-profit",
        answer=profit,
        mistakes=(
            Mistake("sales", sales_less_cost),
            Mistake("margin", margin_only),
            Mistake("every_contact_orders", response_as_sales),
        ),
    ),
    Exercise(
        "strategy-discount-orders",
        answer=lambda company: 225.0,
        mistakes=(
            Mistake("equal_sales", lambda company: 125.0),
            Mistake("twenty_per_cent_more", lambda company: 120.0),
            Mistake("divided_by_discount", lambda company: 180.0),
        ),
    ),
    Exercise(
        "strategy-leave-silent",
        answer=lambda company: (just_bought(company) | angry(company)).rename(None),
        mistakes=(
            Mistake("playbook_rule_only", just_bought),
            Mistake("low_scores_only", angry),
            Mistake("and_for_or", lambda company: just_bought(company) & angry(company)),
            Mistake("ninety_days", lambda company: just_bought(company) | angry(company, days=90)),
            Mistake("three_counted_low", lambda company: just_bought(company) | angry(company, at_most=3)),
        ),
    ),
    Exercise(
        "strategy-more-budget",
        answer=lambda company: within(company, 500) - within(company),
        mistakes=(
            Mistake("whole_profit", lambda company: within(company, 500)),
            Mistake(
                "extra_margin",
                lambda company: (
                    within(company, 500, "expected_margin") - within(company, 0, "expected_margin")
                ),
            ),
            Mistake("mean_return", lambda company: 500 * within(company) / within(company, 0, "cost")),
            Mistake("cost_taken_twice", lambda company: within(company, 500) - within(company) - 500),
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
    Exercise(
        "strategy-popularity",
        answer=lambda company: rule(company)["lift"],
        mistakes=(
            Mistake("confidence", lambda company: rule(company)["confidence"]),
            Mistake("share_of_second", lambda company: rule(company)["confidence"] / rule(company)["lift"]),
            Mistake("support", lambda company: rule(company)["support"]),
            Mistake(
                "difference", lambda company: rule(company)["confidence"] * (1 - 1 / rule(company)["lift"])
            ),
        ),
    ),
    Exercise(
        "strategy-customer-cost",
        answer=lambda company: per_customer(company),
        mistakes=(
            Mistake(
                "two_years_of_cost", lambda company: per_customer(company, since=pd.Timestamp("1900-01-01"))
            ),
            Mistake("cost_per_lead", lambda company: per_customer(company, by="leads")),
            Mistake("upside_down", lambda company: 1 / per_customer(company)),
        ),
    ),
    Exercise("strategy-to-director"),
    Exercise(
        "strategy-half-true",
        answer=lambda company: within(company, realised=0.5),
        mistakes=(
            Mistake("half_the_profit", lambda company: within(company) / 2),
            Mistake("profit_as_before", lambda company: within(company)),
            Mistake("margin", lambda company: within(company, realised=0.5, column="expected_margin")),
        ),
    ),
]
