"""What check() knows about lesson 00."""

from functools import cache
from typing import Literal

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake


def purchases(company):
    orders = company.orders
    return orders[orders["quantity"] > 0]


@cache
def money(company):
    return order_facts(company.orders, company.as_of)["monetary"].sort_values(ascending=False)


def registered(company, *, counted: Literal["customers", "order_lines", "cells"] = "customers"):
    return {
        "customers": len(company.customers),
        "order_lines": len(company.orders),
        "cells": company.customers.size,
    }[counted]


def buyers(company, *, counted: Literal["buyers", "order_lines", "orders", "days"] = "buyers"):
    bought = purchases(company)
    columns = {"buyers": "customer_id", "orders": "order_id", "days": "order_date"}
    return len(bought) if counted == "order_lines" else bought[columns[counted]].nunique()


def orders(
    company,
    *,
    counted: Literal["orders", "lines", "buyers"] = "orders",
    rows: Literal["purchases", "all"] = "purchases",
):
    lines = purchases(company) if rows == "purchases" else company.orders
    if counted == "lines":
        return len(lines)
    return lines[{"orders": "order_id", "buyers": "customer_id"}[counted]].nunique()


def top_share(
    company,
    *,
    who: Literal["first_300", "last_300", "first_100", "first_30", "first_fifth"] = "first_300",
    measure: Literal["share", "amount"] = "share",
):
    queue = money(company)
    chosen = {
        "first_300": queue.head(300),
        "last_300": queue.tail(300),
        "first_100": queue.head(100),
        "first_30": queue.head(30),
        "first_fifth": queue.head(round(0.2 * len(queue))),
    }[who]
    return chosen.sum() / (queue.sum() if measure == "share" else 1)


def half(
    company,
    *,
    first: Literal["highest", "lowest"] = "highest",
    last_one: Literal["counted", "left_out"] = "counted",
):
    queue = money(company).sort_values(ascending=first == "lowest")
    return int((queue.cumsum() < queue.sum() / 2).sum()) + (last_one == "counted")


EXERCISES = [
    Exercise(
        "welcome-registered",
        answer=registered,
        mistakes=(Mistake("people_with_orders", lambda company: company.orders["customer_id"].nunique()),),
    ),
    Exercise(
        "welcome-buyers",
        answer=buyers,
        mistakes=(Mistake("registered", lambda company: len(company.customers)),),
    ),
    Exercise(
        "welcome-colleague-report",
        answer=orders,
        mistakes=(Mistake("colleagues_count", lambda company: len(company.orders)),),
    ),
    Exercise(
        "welcome-top-share",
        answer=top_share,
        mistakes=(Mistake("share_of_people", lambda company: 300 / len(money(company))),),
    ),
    Exercise(
        "welcome-typing-sentence",
        answer=lambda company: "b",
        mistakes=(
            Mistake("grades_by_spending", lambda company: "a"),
            Mistake("three_parts_by_spending", lambda company: "c"),
            Mistake("profit_decides", lambda company: "d"),
        ),
    ),
    Exercise("welcome-to-director"),
    Exercise(
        "welcome-half-money",
        answer=half,
        mistakes=(Mistake("half_the_people", lambda company: len(money(company)) // 2),),
    ),
]
