"""What check() knows about lesson 05."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cohort, cycle, lifecycle

COMING = ["new", "active", "loyal", "won_back"]


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def before(company, days=90):
    return company.as_of - pd.Timedelta(days=days)


@cache
def then(company, days=90):
    return order_facts(company.orders, before(company, days))


def everyone(company):
    return facts(company).reindex(company.customers["customer_id"])


def rhythm(
    company,
    *,
    middle: Literal["median", "mean"] = "median",
    days: Literal["between_orders", "since_last", "since_first", "first_to_second"] = "between_orders",
    one_time: Literal["left_out", "as_zero"] = "left_out",
):
    column = {
        "between_orders": "mean_gap_days",
        "since_last": "recency_days",
        "since_first": "tenure_days",
        "first_to_second": "first_gap_days",
    }[days]
    values = facts(company)[column]
    values = values if one_time == "left_out" else values.fillna(0)
    return float(values.median() if middle == "median" else values.mean())


def gaps_passed(
    company,
    *,
    gap: Literal["usual", "same_for_all", "last_one"] = "usual",
    days: Literal["since_last", "since_first"] = "since_last",
):
    known = facts(company)
    gaps = {
        "usual": cycle.purchase_cycle(known)["usual_gap_days"],
        "same_for_all": cycle.typical_gap(known),
        "last_one": known["last_gap_days"],
    }[gap]
    passed = known[{"since_last": "recency_days", "since_first": "tenure_days"}[days]] / gaps
    return passed.rename("gaps_since")


def stage_sizes(
    company,
    *,
    people: Literal["everyone", "buyers"] = "everyone",
    rhythm_of: Literal["each", "same_for_all"] = "each",
    counted: Literal["people", "shares"] = "people",
):
    known = everyone(company) if people == "everyone" else facts(company)
    stages = (
        lifecycle.stage(known) if rhythm_of == "each" else lifecycle.stage(known, cycle=45, own_cycle=False)
    )
    return stages.value_counts(normalize=counted == "shares")


def wrong_coupons(
    company,
    *,
    who: Literal["still_coming", "everyone_sent_to", "active_only", "not_coming"] = "still_coming",
    away: Literal[
        "more_than_90", "90_or_more", "at_most_90", "more_than_60", "more_than_180", "any"
    ] = "more_than_90",
):
    stages, days = lifecycle.stage(facts(company)), facts(company)["recency_days"]
    chosen = {
        "still_coming": stages.isin(COMING),
        "everyone_sent_to": stages.notna(),
        "active_only": stages == "active",
        "not_coming": ~stages.isin(COMING),
    }[who]
    sent_to = {
        "more_than_90": days > 90,
        "90_or_more": days >= 90,
        "at_most_90": days <= 90,
        "more_than_60": days > 60,
        "more_than_180": days > 180,
        "any": days.notna(),
    }[away]
    return int((chosen & sent_to).sum())


def still_waiting(
    company,
    *,
    who: Literal["everyone", "only_those_who_returned"] = "everyone",
    share_that: Literal["waits", "came_back"] = "waits",
    until_day: Literal["60", "59", "90", "30"] = "60",
):
    waiting = cohort.second_purchase(facts(company))
    if who == "only_those_who_returned":
        waiting = waiting.query("happened")
    curve = cohort.survival(waiting["days"], waiting["happened"])
    share = curve.loc[curve.index <= int(until_day), "survival"].iloc[-1]
    return share if share_that == "waits" else 1 - share


def newcomers_counted(company):
    waiting = cohort.second_purchase(facts(company))
    return 1 - float((waiting["happened"] & (waiting["days"] <= 60)).mean())


def moves(
    company,
    *,
    rows_are: Literal["before", "after"] = "before",
    gap: Literal["of_then", "doubled"] = "of_then",
    first: Literal["then", "today"] = "then",
    days: Literal["90", "180"] = "90",
    counted: Literal["people", "shares"] = "people",
):
    day, earlier, today = before(company, int(days)), then(company, int(days)), facts(company)
    signup = company.customers.set_index("customer_id")["signup_date"]
    usual = cycle.typical_gap(earlier) if gap == "of_then" else 2 * cycle.typical_gap(today)
    dates = {day: earlier if first == "then" else today, company.as_of: today}
    both = lifecycle.stages(dates, signup, usual)
    table = lifecycle.transitions(both[day], both[company.as_of], shares=counted == "shares")
    return table if rows_are == "before" else table.T


EXERCISES = [
    Exercise("lifecycle-rhythm", answer=rhythm),
    Exercise(
        "lifecycle-gaps-passed",
        answer=gaps_passed,
        mistakes=(
            Mistake("gap_itself", lambda company: cycle.purchase_cycle(facts(company))["usual_gap_days"]),
            Mistake("upside_down", lambda company: 1 / gaps_passed(company).replace(0, float("nan"))),
        ),
    ),
    Exercise("lifecycle-stage-sizes", answer=stage_sizes),
    Exercise(
        "lifecycle-one-rule",
        answer=wrong_coupons,
        mistakes=(
            Mistake(
                "other_way_round",
                lambda company: wrong_coupons(company, who="not_coming", away="at_most_90"),
            ),
        ),
    ),
    Exercise(
        "lifecycle-still-waiting",
        answer=still_waiting,
        mistakes=(Mistake("newcomers_counted", newcomers_counted),),
    ),
    Exercise("lifecycle-moves", answer=moves),
    Exercise(
        "lifecycle-save-first",
        answer=lambda company: "b",
        mistakes=(
            Mistake("long_lost", lambda company: "a"),
            Mistake("new_customers", lambda company: "c"),
            Mistake("loyal", lambda company: "d"),
        ),
    ),
    Exercise("lifecycle-churn-rate"),
]
