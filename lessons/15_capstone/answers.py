"""What check() knows about lesson 15; what a good page looks like stands in rubric.toml."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.action import baseline, experiment, playbook, quality, response, strategy, targets
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.capstone import PARTS
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tags.apply import apply_tags, tag_coverage
from custseg_helpers.tags.catalogue import parse_catalogue
from custseg_helpers.tags.table import customer_table
from custseg_helpers.tiers import rfm, value

HEAD = "family: behaviour, type: rule, sensitivity: internal"


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def segment(company):
    return rfm.segments8(rfm.rfm_scores(facts(company))).rename("tier")


def totals(
    company,
    *,
    orders: Literal["orders", "lines", "with_returns"] = "orders",
    buyers: Literal["buyers", "registered"] = "buyers",
    money: Literal["net", "before_returns"] = "net",
):
    lines = company.orders
    bought = lines[lines["quantity"] > 0]
    counted = {
        "orders": bought["order_id"].nunique(),
        "lines": len(bought),
        "with_returns": lines["order_id"].nunique(),
    }
    return pd.Series(
        {
            "customers": len(company.customers),
            "buyers": bought["customer_id"].nunique() if buyers == "buyers" else len(company.customers),
            "orders": counted[orders],
            "sales": {"net": lines, "before_returns": bought}[money]["amount"].sum(),
        }
    )


@cache
def customers(company):
    return customer_table(company)


def tag_shares(
    company,
    *,
    cooling: Literal[
        "and_more_than_180", "or", "less_than_180", "180_too", "more_than_90"
    ] = "and_more_than_180",
    recent: Literal["up_to_90", "under_90"] = "up_to_90",
    returning: Literal["2_or_more", "more_than_2"] = "2_or_more",
    out_of: Literal["everyone", "buyers", "nothing"] = "everyone",
):
    rules = {
        "recent": {"up_to_90": "recency_days <= 90", "under_90": "recency_days < 90"}[recent],
        "returning": {"2_or_more": "frequency >= 2", "more_than_2": "frequency > 2"}[returning],
        "cooling": {
            "and_more_than_180": "frequency >= 3 and recency_days > 180",
            "or": "frequency >= 3 or recency_days > 180",
            "less_than_180": "frequency >= 3 and recency_days < 180",
            "180_too": "frequency >= 3 and recency_days >= 180",
            "more_than_90": "frequency >= 3 and recency_days > 90",
        }[cooling],
    }
    entries = "\n".join(
        f"- {{code: {code}, name: {code}, definition: {code}, rule: {rule}, {HEAD}}}"
        for code, rule in rules.items()
    )
    table = tag_coverage(apply_tags(parse_catalogue(entries), customers(company)))
    if out_of == "everyone":
        return table["share"]
    return table["customers"] / (len(facts(company)) if out_of == "buyers" else 1)


@cache
def half_a_year(company):
    orders, then = company.orders, company.as_of - pd.Timedelta(days=182)
    before = order_facts(orders[orders["order_date"] < then], then)
    since = orders[orders["order_date"] >= then].groupby("customer_id")["amount"].sum()
    return before, since.reindex(before.index, fill_value=0)


def separation(money, people):
    tierings = {"abc": value.abc(people["monetary"]), "rfm": rfm.segments8(rfm.rfm_scores(people))}
    return pd.Series({name: quality.eta_squared(money, tiers) for name, tiers in tierings.items()})


def order_value(company):
    return facts(company)["average_order_value"]


@cache
def silent(company):
    return strategy.leave_out(
        segment(company), facts(company), playbook.sample_playbook(company.customers, company.currency)
    )


@cache
def full(company, with_all=False):
    book = playbook.sample_playbook(company.customers, company.currency)
    left_out = None if with_all else silent(company)
    priced = strategy.plan(segment(company), order_value(company), book, not_contacted=left_out)
    return strategy.with_response(priced, measured(company))


@cache
def measured(company):
    own = not {"campaigns", "responses"} & set(company.borrowed)
    answers = company.responses if own else company.responses.head(0)
    return response.by_tier(
        company.orders, company.campaigns, answers, lambda facts: rfm.segments8(rfm.rfm_scores(facts))
    )


def budget(company):
    return round(full(company)["cost"].sum() / 2, 2)


@cache
def fitted(company):
    return strategy.within_budget(full(company), budget(company))


@cache
def year(company):
    orders = company.orders
    return orders[orders["order_date"] >= company.as_of - pd.Timedelta(days=365)]


def sold(company):
    lines = year(company)
    return lines.groupby(lines["customer_id"].map(segment(company)))["amount"].sum().rename_axis("tier")


@cache
def likely(company):
    expected = baseline.coming_year(company.orders, company.as_of)
    return expected.groupby(segment(company)).sum().rename_axis("tier")


def target(company):
    return targets.growth_target(year(company)["amount"].sum(), 0.15)


def separates(
    company,
    *,
    money: Literal["of_the_next_half", "it_was_cut_from"] = "of_the_next_half",
    people: Literal["of_then", "of_today"] = "of_then",
):
    then, later = half_a_year(company)
    known = then if people == "of_then" else facts(company)
    spent = later.reindex(known.index) if money == "of_the_next_half" else known["monetary"]
    return separation(spent, known)


def budget_profit(
    company,
    *,
    plan: Literal["within_budget", "whole_book"] = "within_budget",
    column: Literal["profit", "expected_margin", "expected_sales", "cost"] = "profit",
):
    return (fitted(company) if plan == "within_budget" else full(company))[column].sum()


def segment_targets(
    company,
    *,
    weights: Literal["likely", "last_year", "equal", "customers"] = "likely",
    total: Literal["without_newcomers", "whole", "extra_only", "last_year"] = "without_newcomers",
):
    money = likely(company)
    shares = {
        "likely": money,
        "last_year": sold(company),
        "equal": pd.Series(1, index=money.index, name="target"),
        "customers": segment(company).value_counts().reindex(money.index),
    }[weights]
    before = year(company)["amount"].sum()
    whole = {
        "without_newcomers": target(company) - baseline.from_newcomers(company.orders, company.as_of),
        "whole": target(company),
        "extra_only": round(target(company) - before, 2),
        "last_year": before,
    }
    return targets.split(whole[total], shares)


def promised(
    company,
    *,
    arm: Literal["treatment", "holdout"] = "treatment",
    column: Literal["expected_sales", "profit", "expected_margin"] = "expected_sales",
):
    plan = fitted(company)
    contacts = strategy.contact_list(
        segment(company), order_value(company), plan, not_contacted=silent(company)
    )
    arms = experiment.assign_holdout(contacts["tier"], share=0.2, seed=2026)
    people = contacts["tier"][arms == arm].value_counts()
    return (plan[column] / plan["contacted"] * people).sum()


def break_even(
    company,
    *,
    of: Literal["expected_margin", "expected_sales", "profit"] = "expected_margin",
    taken: Literal["share", "upside_down", "part_that_may_fail"] = "share",
):
    share = fitted(company)["cost"].sum() / fitted(company)[of].sum()
    return {"share": share, "upside_down": 1 / share, "part_that_may_fail": 1 - share}[taken]


EXERCISES = [
    Exercise("capstone-totals", answer=totals),
    Exercise("capstone-tag-coverage", answer=tag_shares),
    Exercise(
        "capstone-separates-better",
        answer=separates,
        mistakes=(Mistake("names_swapped", lambda company: separates(company).set_axis(["rfm", "abc"])),),
    ),
    Exercise(
        "capstone-stays",
        answer=lambda company: "b",
        mistakes=(
            Mistake("largest_difference", lambda company: "a"),
            Mistake("easiest", lambda company: "c"),
            Mistake("both_lists", lambda company: "d"),
        ),
    ),
    Exercise("capstone-three-sentences"),
    Exercise(
        "capstone-budget-profit",
        money=True,
        answer=budget_profit,
        mistakes=(Mistake("half_of_profit", lambda company: full(company)["profit"].sum() / 2),),
    ),
    Exercise("capstone-segment-targets", answer=segment_targets, money=True, exact=True),
    Exercise(
        "capstone-honest-promise",
        money=True,
        answer=promised,
        mistakes=(
            Mistake("colleagues_count", lambda company: fitted(company)["expected_sales"].sum()),
            Mistake("four_fifths_of_all", lambda company: fitted(company)["expected_sales"].sum() * 0.8),
            Mistake("taken_off_twice", lambda company: promised(company) * 0.8),
        ),
    ),
    Exercise(
        "capstone-one-page",
        answer=lambda company: {*PARTS},
        mistakes=(
            Mistake("proof_missing", lambda company: {*PARTS} - {"holdout_plan"}),
            Mistake("card_missing", lambda company: {*PARTS} - {"governance_card"}),
            Mistake("customers_included", lambda company: {*PARTS, "customers"}),
        ),
    ),
    Exercise("capstone-pitch"),
    Exercise("capstone-break-even", answer=break_even),
]
