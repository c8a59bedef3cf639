"""What check() knows about lesson 03."""

from functools import cache

import numpy as np
import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cuts, value


@cache
def facts(company):
    return order_facts(company.orders, company.as_of, products=company.products)


def money(company):
    return facts(company)["monetary"]


@cache
def lines(company):
    return company.orders.merge(company.products[["product_id", "price", "margin_rate"]], on="product_id")


def by_customer(company, amounts):
    return amounts.groupby(lines(company)["customer_id"]).sum()


def margin(company):
    return facts(company)["margin"]


def region(company):
    return company.customers.set_index("customer_id")["region"].reindex(money(company).index)


def everyone(company):
    return money(company).reindex(company.customers["customer_id"]).fillna(0)


def as_people(company):
    """Grade by the share of people in place of the share of money."""
    share = value.pareto(money(company))["customer_share"]
    grades = np.select([share <= 0.80, share <= 0.95], ["A", "B"], "C")
    return pd.Series(grades, index=share.index).reindex(money(company).index)


def crossed_over(company):
    """Grade the customer who crosses the line as a B."""
    share = value.pareto(money(company))["value_share"]
    grades = np.select([share <= 0.80, share <= 0.95], ["A", "B"], "C")
    return pd.Series(grades, index=share.index).reindex(money(company).index)


def lost_a(company):
    by_margin = value.abc(margin(company))
    return (value.abc(money(company)) == "A") & (by_margin != "A")


EXERCISES = [
    Exercise(
        "value-top-share",
        answer=lambda company: value.share_of_top(money(company), 0.20),
        mistakes=(
            Mistake("never_bought_counted", lambda company: value.share_of_top(everyone(company), 0.20)),
            Mistake("worst_fifth", lambda company: 1 - value.share_of_top(money(company), 0.80)),
            Mistake("share_of_people", lambda company: (value.abc(money(company)) == "A").mean()),
        ),
    ),
    Exercise(
        "value-grade",
        answer=lambda company: value.abc(money(company)),
        mistakes=(
            Mistake("share_of_people", as_people),
            Mistake("one_grade_lower", crossed_over),
            Mistake("returns_not_taken_off", lambda company: value.abc(facts(company)["gross"])),
        ),
    ),
    Exercise(
        "value-lost-customers",
        answer=lambda company: int((value.abc(money(company)) == "A").sum()),
        mistakes=(
            Mistake(
                "colleagues_count",
                lambda company: int((value.pareto(money(company))["value_share"] <= 0.80).sum()),
            ),
            Mistake("bs_counted", lambda company: int((value.abc(money(company)) == "B").sum())),
            Mistake("fifth_of_people", lambda company: round(len(money(company)) * 0.2)),
        ),
    ),
    Exercise(
        "value-margin",
        answer=margin,
        mistakes=(
            Mistake(
                "discount_ignored_in_cost",
                lambda company: by_customer(
                    company, lines(company)["amount"] * lines(company)["margin_rate"]
                ),
            ),
            Mistake(
                "list_price",
                lambda company: by_customer(
                    company,
                    lines(company)["quantity"] * lines(company)["price"] * lines(company)["margin_rate"],
                ),
            ),
            Mistake("sales", lambda company: by_customer(company, lines(company)["amount"])),
        ),
    ),
    Exercise(
        "value-region-share",
        answer=lambda company: value.by_group(region(company), money(company))["value_share"],
        mistakes=(
            Mistake(
                "share_of_people", lambda company: value.by_group(region(company), money(company))["share"]
            ),
            Mistake("amounts", lambda company: value.by_group(region(company), money(company))["value"]),
            Mistake(
                "mean_per_customer",
                lambda company: value.by_group(region(company), money(company))["mean_value"],
            ),
        ),
    ),
    Exercise(
        "value-fixed-lines",
        answer=lambda company: cuts.levels(money(company), (500, 2000)),
        mistakes=(
            Mistake(
                "quantile_lines",
                lambda company: cuts.levels(money(company), cuts.quantile_cuts(money(company))),
            ),
            Mistake(
                "swapped", lambda company: cuts.levels(money(company), (500, 2000), ("high", "medium", "low"))
            ),
            Mistake(
                "natural_breaks",
                lambda company: cuts.levels(money(company), cuts.natural_cuts(money(company))),
            ),
        ),
    ),
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
    Exercise(
        "value-margin-grade",
        answer=lambda company: int(lost_a(company).sum()),
        mistakes=(
            Mistake(
                "wrong_way_round",
                lambda company: int(
                    ((value.abc(money(company)) != "A") & (value.abc(margin(company)) == "A")).sum()
                ),
            ),
            Mistake(
                "all_changes",
                lambda company: int((value.abc(money(company)) != value.abc(margin(company))).sum()),
            ),
            Mistake(
                "difference_of_counts",
                lambda company: (
                    int((value.abc(money(company)) == "A").sum())
                    - int((value.abc(margin(company)) == "A").sum())
                ),
            ),
        ),
    ),
]
