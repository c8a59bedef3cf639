"""What check() knows about lesson 07."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import behaviour, cross, quadrant


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def basket(company):
    return facts(company)["average_order_value"]


def corners(company, *lines):
    return quadrant.quadrants(facts(company)["frequency"], basket(company), *lines)["quadrant"]


@cache
def tags(company):
    region = company.customers.set_index("customer_id")["region"].reindex(facts(company).index)
    price = behaviour.price_sensitivity(facts(company))
    return pd.DataFrame({"price_sensitivity": price, "region": region, "quadrant": corners(company)})


@cache
def three(company):
    return cross.cross(tags(company), minimum=30)


def in_small(company):
    cells = three(company)["customers"]
    return cells[cells < 30].sum() / cells.sum()


def added(company, *order):
    return cross.added_value(tags(company)[list(order)], facts(company)["monetary"])


ORDER = ("quadrant", "price_sensitivity", "region")

EXERCISES = [
    Exercise(
        "quadrant-corner",
        answer=corners,
        mistakes=(
            Mistake(
                "axes_swapped",
                lambda company: quadrant.quadrants(basket(company), facts(company)["frequency"])["quadrant"],
            ),
            Mistake("mean_not_median", lambda company: corners(company, "mean", "mean")),
            Mistake(
                "total_money",
                lambda company: quadrant.quadrants(facts(company)["frequency"], facts(company)["monetary"])[
                    "quadrant"
                ],
            ),
        ),
    ),
    Exercise(
        "quadrant-fixed-lines",
        answer=lambda company: corners(company, 3, 200).value_counts(),
        mistakes=(
            Mistake("medians", lambda company: corners(company).value_counts()),
            Mistake("lines_swapped", lambda company: corners(company, 200, 3).value_counts()),
            Mistake("on_the_line_high", lambda company: corners(company, 2, 199.999).value_counts()),
            Mistake("shares", lambda company: corners(company, 3, 200).value_counts(normalize=True)),
        ),
    ),
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
        answer=lambda company: cross.cross(tags(company)[["price_sensitivity", "region"]])["customers"],
        mistakes=(
            Mistake(
                "unknown_dropped",
                lambda company: cross.cross(
                    tags(company)[["price_sensitivity", "region"]].query("price_sensitivity != 'unknown'")
                )["customers"],
            ),
            Mistake(
                "shares", lambda company: cross.cross(tags(company)[["price_sensitivity", "region"]])["share"]
            ),
            Mistake(
                "not_crossed",
                lambda company: (
                    tags(company).groupby(["region", "price_sensitivity"]).size().groupby("region").sum()
                ),
            ),
        ),
    ),
    Exercise(
        "quadrant-small-cells",
        answer=in_small,
        mistakes=(
            Mistake("share_of_cells", lambda company: float((three(company)["customers"] < 30).mean())),
            Mistake("large_cells", lambda company: 1 - in_small(company)),
            Mistake(
                "number_of_people",
                lambda company: int(three(company).loc[three(company)["customers"] < 30, "customers"].sum()),
            ),
        ),
    ),
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
    Exercise(
        "quadrant-third-dimension",
        answer=lambda company: added(company, *ORDER).loc["region", "gain"],
        mistakes=(
            Mistake("all_three_together", lambda company: added(company, *ORDER).loc["region", "explained"]),
            Mistake("region_first", lambda company: added(company, *ORDER[::-1]).loc["region", "gain"]),
            Mistake("second_tag", lambda company: added(company, *ORDER).loc["price_sensitivity", "gain"]),
        ),
    ),
]
