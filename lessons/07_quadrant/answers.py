"""What check() knows about lesson 07."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import behaviour, cross, quadrant


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


Up = Literal["basket", "total_money", "basket_before_returns"]


def upwards(company, measure="basket"):
    known = facts(company)
    if measure == "basket_before_returns":
        return (known["gross"] / known["frequency"]).rename("average_order_value")
    return known[{"basket": "average_order_value", "total_money": "monetary"}[measure]]


def corners(
    company,
    *,
    axes: Literal["frequency_across", "swapped"] = "frequency_across",
    lines_at: Literal["median", "mean", "p80"] = "median",
    up: Up = "basket",
):
    sides = [facts(company)["frequency"], upwards(company, up)]
    across, upward = sides if axes == "frequency_across" else sides[::-1]
    return quadrant.quadrants(across, upward, lines_at, lines_at)["quadrant"]


def sizes(
    company,
    *,
    lines_at: Literal["3_and_200", "medians", "swapped"] = "3_and_200",
    on_the_line: Literal["low", "high"] = "low",
    up: Up = "basket",
    counted: Literal["people", "shares"] = "people",
):
    lines = {"3_and_200": (3, 200), "medians": ("median", "median"), "swapped": (200, 3)}[lines_at]
    if on_the_line == "high" and lines_at != "medians":
        lines = (lines[0] - 1, lines[1] - 0.001)
    found = quadrant.quadrants(facts(company)["frequency"], upwards(company, up), *lines)["quadrant"]
    return found.value_counts(normalize=counted == "shares")


@cache
def tags(company):
    region = company.customers.set_index("customer_id")["region"].reindex(facts(company).index)
    price = behaviour.price_sensitivity(facts(company))
    return pd.DataFrame({"price_sensitivity": price, "region": region, "quadrant": corners(company)})


def region_cross(
    company,
    *,
    unknown: Literal["kept", "dropped"] = "kept",
    measure: Literal["people", "shares"] = "people",
    second_tag: Literal["region", "quadrant"] = "region",
):
    chosen = tags(company)[["price_sensitivity", second_tag]]
    if unknown == "dropped":
        chosen = chosen.query("price_sensitivity != 'unknown'")
    return cross.cross(chosen)[{"people": "customers", "shares": "share"}[measure]]


def in_small(
    company,
    *,
    share_of: Literal["people", "cells"] = "people",
    cells: Literal["small", "large"] = "small",
    small_is: Literal["under_30", "under_50", "under_20", "under_10"] = "under_30",
    measure: Literal["share", "number"] = "share",
):
    limit = {"under_30": 30, "under_50": 50, "under_20": 20, "under_10": 10}[small_is]
    people = cross.cross(tags(company), minimum=limit)["customers"]
    weight = people if share_of == "people" else 0 * people + 1
    chosen = weight[(people < limit) == (cells == "small")].sum()
    return chosen / weight.sum() if measure == "share" else int(chosen)


def region_gain(
    company,
    *,
    read: Literal["gain", "explained"] = "gain",
    of: Literal["region", "price_sensitivity", "quadrant"] = "region",
    order: Literal["region_last", "region_first"] = "region_last",
    spent: Literal["net", "before_returns"] = "net",
):
    tag_order = ["quadrant", "price_sensitivity", "region"]
    chosen = tags(company)[tag_order if order == "region_last" else tag_order[::-1]]
    money = facts(company)[{"net": "monetary", "before_returns": "gross"}[spent]]
    return cross.added_value(chosen, money).loc[of, read]


EXERCISES = [
    Exercise("quadrant-corner", answer=corners),
    Exercise("quadrant-fixed-lines", answer=sizes),
    Exercise(
        "quadrant-small-orders",
        answer=lambda company: "a",
        mistakes=(
            Mistake("coupon", lambda company: "b"),
            Mistake("weekly_call", lambda company: "c"),
            Mistake("left_alone", lambda company: "d"),
        ),
    ),
    Exercise(
        "quadrant-region-cross",
        answer=region_cross,
        mistakes=(
            Mistake(
                "not_crossed",
                lambda company: (
                    tags(company).groupby(["region", "price_sensitivity"]).size().groupby("region").sum()
                ),
            ),
        ),
    ),
    Exercise("quadrant-small-cells", answer=in_small),
    Exercise(
        "quadrant-colleague-claim",
        answer=lambda company: 0.05,
        mistakes=(
            Mistake("difference_of_totals", lambda company: -0.31),
            Mistake("wrong_way_round", lambda company: -0.05),
            Mistake("differences_added", lambda company: 0.10),
        ),
    ),
    Exercise("quadrant-explain-line"),
    Exercise("quadrant-third-dimension", answer=region_gain),
]
