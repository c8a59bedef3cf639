"""What check() knows about lesson 05."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cohort, cycle, lifecycle

COMING = ["new", "active", "loyal", "won_back"]


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


def before(company):
    return company.as_of - pd.Timedelta(days=90)


@cache
def then(company):
    return order_facts(company.orders, before(company))


def everyone(company):
    return facts(company).reindex(company.customers["customer_id"])


def curve(company):
    waiting = cohort.second_purchase(facts(company))
    return cohort.survival(waiting["days"], waiting["happened"])


def on_day(table, day):
    return table.loc[table.index <= day, "survival"].iloc[-1]


def who_came_back(company):
    """The curve when those who have not come back are dropped."""
    waiting = cohort.second_purchase(facts(company)).query("happened")
    return cohort.survival(waiting["days"], waiting["happened"])


def moves(company, first=None, gap=None):
    signup = company.customers.set_index("customer_id")["signup_date"]
    dates = {before(company): then(company) if first is None else first, company.as_of: facts(company)}
    both = lifecycle.stages(dates, signup, gap or cycle.typical_gap(then(company)))
    return lifecycle.transitions(both[before(company)], both[company.as_of])


def long_away(company):
    return facts(company)["recency_days"] > 90


EXERCISES = [
    Exercise(
        "lifecycle-rhythm",
        answer=lambda company: cycle.typical_gap(facts(company)),
        mistakes=(
            Mistake("mean_not_median", lambda company: facts(company)["mean_gap_days"].mean()),
            Mistake("days_away", lambda company: facts(company)["recency_days"].median()),
            Mistake("one_time_as_zero", lambda company: facts(company)["mean_gap_days"].fillna(0).median()),
        ),
    ),
    Exercise(
        "lifecycle-gaps-passed",
        answer=lambda company: cycle.purchase_cycle(facts(company))["gaps_since"],
        mistakes=(
            Mistake(
                "one_gap_for_all",
                lambda company: facts(company)["recency_days"] / cycle.typical_gap(facts(company)),
            ),
            Mistake("gap_itself", lambda company: cycle.purchase_cycle(facts(company))["usual_gap_days"]),
            Mistake(
                "upside_down",
                lambda company: (
                    1 / cycle.purchase_cycle(facts(company))["gaps_since"].replace(0, float("nan"))
                ),
            ),
        ),
    ),
    Exercise(
        "lifecycle-stage-sizes",
        answer=lambda company: lifecycle.stage(everyone(company)).value_counts(),
        mistakes=(
            Mistake("buyers_only", lambda company: lifecycle.stage(facts(company)).value_counts()),
            Mistake(
                "same_days_for_all",
                lambda company: lifecycle.stage(everyone(company), cycle=45, own_cycle=False).value_counts(),
            ),
            Mistake(
                "shares", lambda company: lifecycle.stage(everyone(company)).value_counts(normalize=True)
            ),
        ),
    ),
    Exercise(
        "lifecycle-one-rule",
        answer=lambda company: int((long_away(company) & lifecycle.stage(facts(company)).isin(COMING)).sum()),
        mistakes=(
            Mistake("everyone_sent_to", lambda company: int(long_away(company).sum())),
            Mistake(
                "active_only",
                lambda company: int(
                    (long_away(company) & (lifecycle.stage(facts(company)) == "active")).sum()
                ),
            ),
            Mistake(
                "other_way_round",
                lambda company: int(
                    (~long_away(company) & ~lifecycle.stage(facts(company)).isin(COMING)).sum()
                ),
            ),
        ),
    ),
    Exercise(
        "lifecycle-still-waiting",
        answer=lambda company: on_day(curve(company), 60),
        mistakes=(
            Mistake("only_those_who_returned", lambda company: on_day(who_came_back(company), 60)),
            Mistake("came_back", lambda company: 1 - on_day(curve(company), 60)),
            Mistake(
                "newcomers_counted",
                lambda company: (
                    1
                    - float(
                        (
                            cohort.second_purchase(facts(company))["happened"]
                            & (cohort.second_purchase(facts(company))["days"] <= 60)
                        ).mean()
                    )
                ),
            ),
        ),
    ),
    Exercise(
        "lifecycle-moves",
        answer=moves,
        mistakes=(
            Mistake("rows_and_columns_swapped", lambda company: moves(company).T),
            Mistake(
                "other_yardstick", lambda company: moves(company, gap=cycle.typical_gap(facts(company)) * 2)
            ),
            Mistake("todays_data", lambda company: moves(company, first=facts(company))),
        ),
    ),
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
