"""What check() knows about lesson 04: the answers, the mistakes people make, and the hints."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import rfm

SHOP_RULE = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2,), monetary=(500,))


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def scores(company):
    return rfm.rfm_scores(facts(company))


def purchases(company):
    orders = company.orders
    return orders[orders["quantity"] > 0]


def up_to_now(company, rows="all", period="all"):
    lines = purchases(company) if rows == "purchases" else company.orders
    since = company.as_of - pd.DateOffset(years=1)
    return lines if period == "all" else lines[lines["order_date"] >= since]


def recency(
    company,
    *,
    day: Literal["last", "first"] = "last",
    rows: Literal["purchases", "all"] = "purchases",
    today: Literal["as_of", "last_order"] = "as_of",
    ends_counted: Literal["one", "both"] = "one",
):
    dates = facts(company)[{"last": "last_order", "first": "first_order"}[day]]
    if rows == "all":
        dates = company.orders.groupby("customer_id")["order_date"].agg({"last": "max", "first": "min"}[day])
    until = company.as_of.normalize() if today == "as_of" else dates.max()
    return ((until - dates).dt.days + (ends_counted == "both")).rename("recency_days")


def frequency(
    company,
    *,
    counted: Literal["orders", "lines", "pieces", "days", "products"] = "orders",
    rows: Literal["purchases", "all"] = "purchases",
    period: Literal["all", "last_year"] = "all",
):
    lines = up_to_now(company, rows, period)
    by = lines.groupby("customer_id")
    if (counted, rows, period) == ("orders", "purchases", "all"):
        return facts(company)["frequency"]
    if counted in ("lines", "pieces"):
        return by.size() if counted == "lines" else by["quantity"].sum()
    return by[{"orders": "order_id", "days": "order_date", "products": "product_id"}[counted]].nunique()


def monetary(
    company,
    *,
    returns: Literal["taken_off", "left_out", "added"] = "taken_off",
    how: Literal["sum", "mean_per_line", "mean_per_order"] = "sum",
    period: Literal["all", "last_year"] = "all",
):
    if how == "sum" and returns != "added" and period == "all":
        return facts(company)[{"taken_off": "monetary", "left_out": "gross"}[returns]]
    lines = up_to_now(company, "purchases" if returns == "left_out" else "all", period)
    amounts = lines["amount"].abs() if returns == "added" else lines["amount"]
    by = amounts.groupby(lines["customer_id"])
    if how == "mean_per_order":
        return by.sum() / facts(company)["frequency"]
    return by.sum() if how == "sum" else by.mean()


def r_score(
    company,
    *,
    high_is: Literal["recent", "long_ago"] = "recent",
    on_the_line: Literal["within", "beyond"] = "within",
    lines_by: Literal["shop", "fifths"] = "shop",
    column: Literal["r_score", "f_score", "m_score"] = "r_score",
):
    known = facts(company)
    if on_the_line == "beyond":
        known = known.eval("recency_days = recency_days + 1")
    found = rfm.rfm_scores(known, SHOP_RULE if lines_by == "shop" else None)[column]
    return found if high_is == "recent" else 6 - found


def one_time_share(
    company,
    *,
    who: Literal["once", "at_most_twice", "more_than_once"] = "once",
    out_of: Literal["buyers", "everyone", "orders", "nothing"] = "buyers",
):
    orders = facts(company)["frequency"]
    chosen = {"once": orders == 1, "at_most_twice": orders <= 2, "more_than_once": orders > 1}[who]
    whole = {"buyers": len(orders), "everyone": len(company.customers), "orders": orders.sum(), "nothing": 1}
    return chosen.sum() / whole[out_of]


def money_share(
    company,
    *,
    measure: Literal["share_of_money", "share_of_people", "amounts", "mean_per_customer"] = "share_of_money",
    segments: Literal["eight", "eleven"] = "eight",
    scored_by: Literal["fifths", "shop_rule"] = "fifths",
    spent: Literal["net", "before_returns"] = "net",
):
    money = facts(company)[{"net": "monetary", "before_returns": "gross"}[spent]]
    found = scores(company) if scored_by == "fifths" else rfm.rfm_scores(facts(company), SHOP_RULE)
    segment = {"eight": rfm.segments8, "eleven": rfm.segments11}[segments](found)
    if measure == "share_of_people":
        return segment.value_counts(normalize=True)
    by = money.groupby(segment)
    return {"share_of_money": by.sum() / money.sum(), "amounts": by.sum(), "mean_per_customer": by.mean()}[
        measure
    ]


def overwritten(
    company,
    *,
    who: Literal["best_called_loyal", "all_loyal", "four_or_more"] = "best_called_loyal",
):
    best, loyal = (scores(company) == 5).all(axis=1), scores(company)["f_score"] >= 5
    return int(
        {
            "best_called_loyal": best & loyal,
            "all_loyal": loyal,
            "four_or_more": (scores(company) >= 4).all(axis=1),
        }[who].sum()
    )


def call_list(
    company,
    *,
    segment: Literal["key_retain", "high_value_loyal", "key_winback", "general_retain"] = "key_retain",
    first: Literal["highest", "lowest"] = "highest",
    sorted_by: Literal["monetary", "gross", "average_order_value", "frequency", "recency_days"] = "monetary",
):
    chosen = facts(company)[rfm.segments8(scores(company)) == segment].reset_index()
    in_order = chosen.sort_values([sorted_by, "customer_id"], ascending=[first == "lowest", True])
    return in_order["customer_id"].head(300).tolist()


EXERCISES = [
    Exercise(
        "rfm-recency",
        answer=recency,
        mistakes=(Mistake("negative_days", lambda company: -recency(company)),),
    ),
    Exercise("rfm-frequency", answer=frequency),
    Exercise("rfm-monetary", answer=monetary, money=True),
    Exercise(
        "rfm-fixed-score",
        answer=r_score,
        mistakes=(Mistake("days_not_scored", lambda company: facts(company)["recency_days"]),),
    ),
    Exercise("rfm-one-time-share", answer=one_time_share),
    Exercise("rfm-money-share", answer=money_share),
    Exercise(
        "rfm-colleague-rules",
        answer=overwritten,
        mistakes=(Mistake("none", lambda company: 0),),
    ),
    Exercise(
        "rfm-first-calls",
        answer=lambda company: "b",
        mistakes=(
            Mistake("champions", lambda company: "a"),
            Mistake("low_value", lambda company: "c"),
            Mistake("new_customers", lambda company: "d"),
        ),
    ),
    Exercise("rfm-to-manager"),
    Exercise(
        "rfm-call-list",
        answer=call_list,
        mistakes=(Mistake("sorted_by_id", lambda company: sorted(call_list(company))),),
    ),
]
