"""What check() knows about lesson 03."""

from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cuts, value


@cache
def facts(company):
    return order_facts(company.orders, company.as_of, products=company.products)


Money = Literal["net", "before_returns", "margin"]


def money(company, kind="net"):
    return facts(company)[{"net": "monetary", "before_returns": "gross", "margin": "margin"}[kind]]


@cache
def lines(company):
    return company.orders.merge(company.products[["product_id", "price", "margin_rate"]], on="product_id")


def region(company):
    return company.customers.set_index("customer_id")["region"]


def everyone(company, kind="net"):
    return money(company, kind).reindex(company.customers["customer_id"]).fillna(0)


def top_share(
    company,
    *,
    people: Literal["buyers", "everyone"] = "buyers",
    from_the: Literal["best", "worst"] = "best",
    how_many: Literal["fifth", "tenth"] = "fifth",
    spent: Money = "net",
):
    values = money(company, spent) if people == "buyers" else everyone(company, spent)
    top = {"fifth": 0.20, "tenth": 0.10}[how_many]
    return value.share_of_top(values, top) if from_the == "best" else 1 - value.share_of_top(values, 1 - top)


def grade(
    company,
    *,
    cut_by: Literal["money", "people"] = "money",
    who_crosses: Literal["above", "below"] = "above",
    lines_at: Literal["80_95", "70_90"] = "80_95",
    spent: Money = "net",
):
    values = money(company, spent)
    shares = {"80_95": (0.80, 0.95), "70_90": (0.70, 0.90)}[lines_at]
    if cut_by == "money" and who_crosses == "above":
        return value.abc(values, shares)
    share = value.pareto(values)["value_share" if cut_by == "money" else "customer_share"]
    grades = np.select([share <= shares[0], share <= shares[1]], ["A", "B"], "C")
    return pd.Series(grades, index=share.index).reindex(values.index)


def a_customers(
    company,
    *,
    counted: Literal["a", "b", "c", "a_and_b"] = "a",
    who_crosses: Literal["in", "out"] = "in",
    spent: Money = "net",
):
    grades = grade(company, who_crosses={"in": "above", "out": "below"}[who_crosses], spent=spent)
    return int(grades.isin({"a": ["A"], "b": ["B"], "c": ["C"], "a_and_b": ["A", "B"]}[counted]).sum())


def margin(
    company,
    *,
    money_in: Literal["paid", "list_price"] = "paid",
    cost: Literal["of_list_price", "of_paid", "none"] = "of_list_price",
    returns: Literal["taken_off", "left_out"] = "taken_off",
    measure: Literal["yuan", "share_of_sales"] = "yuan",
):
    bought = lines(company)
    if returns == "left_out":
        bought = bought[bought["quantity"] > 0]
    at_list = bought["quantity"] * bought["price"]
    amounts = {"paid": bought["amount"], "list_price": at_list}[money_in]
    costs = {"of_list_price": at_list, "of_paid": bought["amount"], "none": 0 * at_list}[cost]
    by_customer = (amounts - costs * (1 - bought["margin_rate"])).groupby(bought["customer_id"]).sum()
    if (money_in, cost, returns) == ("paid", "of_list_price", "taken_off"):
        by_customer = facts(company)["margin"]
    return by_customer if measure == "yuan" else by_customer / money(company)


def region_share(
    company,
    *,
    measure: Literal[
        "share_of_money", "share_of_people", "amounts", "people", "mean_per_customer"
    ] = "share_of_money",
    spent: Money = "net",
):
    values = money(company, spent)
    column = {
        "share_of_money": "value_share",
        "share_of_people": "share",
        "amounts": "value",
        "people": "customers",
        "mean_per_customer": "mean_value",
    }
    return value.by_group(region(company).reindex(values.index), values)[column[measure]]


def fixed_levels(
    company,
    *,
    lines_by: Literal["the_given", "quantiles", "natural_breaks"] = "the_given",
    names: Literal["rising", "swapped"] = "rising",
    spent: Money = "net",
):
    values = money(company, spent)
    found = {
        "the_given": lambda: (500, 2000),
        "quantiles": lambda: cuts.quantile_cuts(values),
        "natural_breaks": lambda: cuts.natural_cuts(values),
    }
    in_order = {"rising": ("low", "medium", "high"), "swapped": ("high", "medium", "low")}
    return cuts.levels(values, found[lines_by](), in_order[names])


def lost_their_a(
    company,
    *,
    counted: Literal[
        "dropped_out", "came_in", "all_changes", "difference", "all_a", "all_a_by_margin"
    ] = "dropped_out",
    spent: Literal["net", "before_returns"] = "net",
):
    by_sales, by_margin = value.abc(money(company, spent)), value.abc(margin(company))
    a, still = by_sales == "A", by_margin == "A"
    return int(
        {
            "dropped_out": (a & ~still).sum(),
            "came_in": (~a & still).sum(),
            "all_changes": (by_sales != by_margin).sum(),
            "difference": a.sum() - still.sum(),
            "all_a": a.sum(),
            "all_a_by_margin": still.sum(),
        }[counted]
    )


EXERCISES = [
    Exercise(
        "value-top-share",
        answer=top_share,
        mistakes=(Mistake("share_of_people", lambda company: (value.abc(money(company)) == "A").mean()),),
    ),
    Exercise("value-grade", answer=grade),
    Exercise(
        "value-lost-customers",
        answer=a_customers,
        mistakes=(Mistake("fifth_of_people", lambda company: round(len(money(company)) * 0.2)),),
    ),
    Exercise("value-margin", answer=margin, money=True),
    Exercise("value-region-share", answer=region_share),
    Exercise("value-fixed-lines", answer=fixed_levels),
    Exercise(
        "value-served-first",
        answer=lambda company: "b",
        mistakes=(
            Mistake("most_sales", lambda company: "a"),
            Mistake("most_often", lambda company: "c"),
            Mistake("by_lot", lambda company: "d"),
        ),
    ),
    Exercise("value-to-director"),
    Exercise("value-margin-grade", answer=lost_their_a),
]
