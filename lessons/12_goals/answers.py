"""What check() knows about lesson 12."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.action import allocation, baseline, levers, targets
from custseg_helpers.facts.kernels import unit_costs
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import value

BONUS = 10_000


def sales_of(company, which):
    return company.orders[company.orders["order_date"].dt.year == which]


def last_year(company):
    return sales_of(company, company.as_of.year - 1)


def daily(company):
    return company.orders.groupby("order_date")["amount"].sum()


def goal(company):
    return targets.growth_target(last_year(company)["amount"].sum(), 0.15)


Sales = Literal["last_year", "all_years"]


def sales(company, period="last_year"):
    return last_year(company) if period == "last_year" else company.orders


def even(weights):
    return pd.Series(1.0, index=weights.index)


def by_channel(
    company,
    *,
    weights: Literal["money", "lines", "pieces", "equal"] = "money",
    period: Sales = "last_year",
    total: Literal["goal", "last_year"] = "goal",
):
    channels = sales(company, period).groupby("channel")
    shares = {
        "money": channels["amount"].sum(),
        "lines": channels.size(),
        "pieces": channels["quantity"].sum(),
        "equal": even(channels.size()),
    }[weights]
    return targets.split(goal(company) if total == "goal" else last_year(company)["amount"].sum(), shares)


def months(
    company,
    *,
    weights: Literal["season", "equal", "last_year", "years_added"] = "season",
    total: Literal["goal", "last_year", "weights_alone"] = "goal",
):
    season = targets.season_weights(daily(company))
    shares = {
        "season": season,
        "equal": even(season),
        "last_year": money_of_months(company, last_year(company)),
        "years_added": money_of_months(company, company.orders),
    }[weights]
    if total == "weights_alone":
        return shares
    return targets.split(goal(company) if total == "goal" else last_year(company)["amount"].sum(), shares)


def money_of_months(company, table):
    return table.groupby(table["order_date"].dt.month)["amount"].sum().rename_axis("month")


@cache
def days(company):
    sales = daily(company)
    return targets.daily_targets(
        company.as_of.year, goal(company), targets.season_weights(sales), targets.weekday_weights(sales)
    )


def january(company):
    return days(company).loc[days(company)["month"] == f"{company.as_of.year}-01", "target"]


def week_target(
    company,
    *,
    week: Literal["5", "4", "6"] = "5",
    counted: Literal["all_days", "january_only", "february_only"] = "all_days",
):
    table = days(company).loc[days(company)["week"] == f"{company.as_of.year}-W0{week}"]
    if counted != "all_days":
        month = {"january_only": "01", "february_only": "02"}[counted]
        table = table[table["month"] == f"{company.as_of.year}-{month}"]
    return round(table["target"].sum(), 2)


def bought(company):
    return last_year(company)[last_year(company)["quantity"] > 0]


def four_levers(
    company,
    *,
    members: Literal["registered", "buyers"] = "registered",
    orders: Literal["orders", "lines", "with_returns"] = "orders",
    money: Literal["net", "before_returns"] = "net",
):
    registered = company.customers["signup_date"].dt.year <= company.as_of.year - 1
    people = bought(company)["customer_id"].nunique()
    return levers.sales_formula(
        customers=int(registered.sum()) if members == "registered" else people,
        buyers=people,
        orders={
            "orders": bought(company)["order_id"].nunique(),
            "lines": len(bought(company)),
            "with_returns": last_year(company)["order_id"].nunique(),
        }[orders],
        sales={"net": last_year(company), "before_returns": bought(company)}[money]["amount"].sum(),
    )


@cache
def grade(company):
    return value.abc(order_facts(company.orders, company.as_of)["monetary"]).rename("grade")


@cache
def given(company, order):
    customers = company.customers.set_index("customer_id").loc[grade(company).index]
    points = grade(company).map(dict(zip("ABCD", order, strict=True)))
    return allocation.allocate(customers, company.reps, priority=points)["rep_id"]


def left_over(
    company,
    *,
    first: Literal["a_first", "no_priority", "d_first"] = "a_first",
    counted: Literal["left_over", "with_a_rep"] = "left_over",
    measure: Literal["people", "shares"] = "people",
):
    order = {"a_first": (3, 2, 1, 0), "no_priority": (1, 1, 1, 1), "d_first": (0, 1, 2, 3)}[first]
    rep = given(company, order)
    by = (rep.isna() if counted == "left_over" else rep.notna()).groupby(grade(company))
    return by.sum() if measure == "people" else by.mean()


@cache
def expected(company):
    return baseline.coming_year(company.orders, company.as_of)


def money_of_grades(company, table):
    return table.groupby(table["customer_id"].map(grade(company)))["amount"].sum().clip(lower=0)


def both_ways(
    company,
    *,
    months_by: Literal["season", "equal"] = "season",
    grades_by: Literal["expected", "last_year", "all_years", "people"] = "expected",
    rows_are: Literal["grades", "months"] = "grades",
):
    weights = {
        "expected": expected(company).groupby(grade(company)).sum(),
        "last_year": money_of_grades(company, last_year(company)),
        "all_years": money_of_grades(company, company.orders),
        "people": grade(company).value_counts(),
    }[grades_by]
    rows = targets.split(goal(company), weights.rename_axis("grade"))
    crossed = targets.cross(rows, months(company, weights=months_by))
    return crossed if rows_are == "grades" else crossed.T


@cache
def lines(company):
    table = last_year(company).dropna(subset="rep_id").merge(company.products, on="product_id")
    cost = table["quantity"] * unit_costs(table["product_id"], company.products) / 10_000
    return table.assign(margin=table["amount"] - cost)


def bonus(
    company,
    *,
    by: Literal["margin", "sales", "orders", "pieces"] = "margin",
    returns: Literal["kept", "dropped"] = "kept",
    taken: Literal["bonus", "measure_itself"] = "bonus",
):
    table = lines(company)
    table = table if returns == "kept" else table[table["quantity"] > 0]
    reps = table.groupby("rep_id")
    measure = {
        "margin": reps["margin"].sum(),
        "sales": reps["amount"].sum(),
        "orders": reps["order_id"].nunique(),
        "pieces": reps["quantity"].sum(),
    }[by]
    return targets.split(BONUS, measure) if taken == "bonus" else measure


EXERCISES = [
    Exercise("goals-by-channel", answer=by_channel, money=True, exact=True),
    Exercise("goals-by-month", answer=months, money=True),
    Exercise(
        "goals-week-target",
        money=True,
        answer=week_target,
        mistakes=(
            Mistake("colleagues_count", lambda company: january(company).sum() / 4),
            Mistake("year_by_weeks", lambda company: goal(company) / 52),
            Mistake("seven_average_days", lambda company: goal(company) / 365 * 7),
        ),
    ),
    Exercise("goals-four-levers", answer=four_levers),
    Exercise(
        "goals-first-lever",
        answer=lambda company: "b",
        mistakes=(
            Mistake("more_members", lambda company: "a"),
            Mistake("higher_prices", lambda company: "c"),
            Mistake("shared_among_staff", lambda company: "d"),
        ),
    ),
    Exercise("goals-left-over", answer=left_over),
    Exercise("goals-both-ways", answer=both_ways, money=True),
    Exercise("goals-bonus-effect"),
    Exercise("goals-margin-bonus", answer=bonus, money=True, exact=True),
]
