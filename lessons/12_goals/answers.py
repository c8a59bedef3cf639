"""What check() knows about lesson 12."""

from functools import cache

import pandas as pd

from custseg_helpers.action import allocation, levers, targets
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


def sold(company, table=None, measure="sum"):
    table = last_year(company) if table is None else table
    return table.groupby("channel")["amount"].agg(measure)


def even(weights):
    return pd.Series(1.0, index=weights.index)


def months(company):
    return targets.split(goal(company), targets.season_weights(daily(company)))


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


def week_5(company):
    return days(company).loc[days(company)["week"] == f"{company.as_of.year}-W05"]


def bought(company):
    return last_year(company)[last_year(company)["quantity"] > 0]


def formula(company, **wrong):
    right = {
        "customers": int((company.customers["signup_date"].dt.year <= company.as_of.year - 1).sum()),
        "buyers": bought(company)["customer_id"].nunique(),
        "orders": bought(company)["order_id"].nunique(),
        "sales": last_year(company)["amount"].sum(),
    }
    return levers.sales_formula(**(right | wrong))


@cache
def grade(company):
    return value.abc(order_facts(company.orders, company.as_of)["monetary"]).rename("grade")


@cache
def given(company, order=(3, 2, 1, 0)):
    customers = company.customers.set_index("customer_id").loc[grade(company).index]
    points = grade(company).map(dict(zip("ABCD", order, strict=True)))
    return allocation.allocate(customers, company.reps, priority=points)["rep_id"]


def left_over(company, *order):
    return given(company, *order).isna().groupby(grade(company)).sum()


def by_grade(company, table=None):
    table = last_year(company) if table is None else table
    money = table.groupby(table["customer_id"].map(grade(company)))["amount"].sum()
    return targets.split(goal(company), money.clip(lower=0).rename_axis("grade"))


def crossed(company, rows=None, columns=None):
    rows = by_grade(company) if rows is None else rows
    return targets.cross(rows, months(company) if columns is None else columns)


@cache
def lines(company):
    table = last_year(company).dropna(subset="rep_id").merge(company.products, on="product_id")
    cost = table["quantity"] * unit_costs(table["product_id"], company.products) / 10_000
    return table.assign(margin=table["amount"] - cost)


def shared(company, column, how="sum", only_sales=False):
    table = lines(company)
    table = table[table["quantity"] > 0] if only_sales else table
    return targets.split(BONUS, table.groupby("rep_id")[column].agg(how))


EXERCISES = [
    Exercise(
        "goals-by-channel",
        answer=lambda company: targets.split(goal(company), sold(company)),
        mistakes=(
            Mistake("equal_parts", lambda company: targets.split(goal(company), even(sold(company)))),
            Mistake("last_years_sales", lambda company: sold(company)),
            Mistake("by_lines", lambda company: targets.split(goal(company), sold(company, measure="size"))),
            Mistake("all_years", lambda company: targets.split(goal(company), sold(company, company.orders))),
        ),
    ),
    Exercise(
        "goals-by-month",
        answer=months,
        mistakes=(
            Mistake(
                "year_by_twelve",
                lambda company: targets.split(goal(company), even(targets.season_weights(daily(company)))),
            ),
            Mistake(
                "last_year_only",
                lambda company: targets.split(goal(company), money_of_months(company, last_year(company))),
            ),
            Mistake(
                "years_added",
                lambda company: targets.split(goal(company), money_of_months(company, company.orders)),
            ),
            Mistake("weights", lambda company: targets.season_weights(daily(company))),
        ),
    ),
    Exercise(
        "goals-week-target",
        answer=lambda company: round(week_5(company)["target"].sum(), 2),
        mistakes=(
            Mistake("colleagues_count", lambda company: january(company).sum() / 4),
            Mistake(
                "january_only",
                lambda company: (
                    week_5(company)
                    .loc[week_5(company)["month"] == f"{company.as_of.year}-01", "target"]
                    .sum()
                ),
            ),
            Mistake("year_by_weeks", lambda company: goal(company) / 52),
        ),
    ),
    Exercise(
        "goals-four-levers",
        answer=formula,
        mistakes=(
            Mistake("lines_for_orders", lambda company: formula(company, orders=len(bought(company)))),
            Mistake(
                "returns_not_taken_off",
                lambda company: formula(company, sales=bought(company)["amount"].sum()),
            ),
            Mistake(
                "buyers_for_members",
                lambda company: formula(company, customers=bought(company)["customer_id"].nunique()),
            ),
            Mistake(
                "returns_as_orders",
                lambda company: formula(company, orders=last_year(company)["order_id"].nunique()),
            ),
        ),
    ),
    Exercise(
        "goals-first-lever",
        answer=lambda company: "b",
        mistakes=(
            Mistake("more_members", lambda company: "a"),
            Mistake("higher_prices", lambda company: "c"),
            Mistake("shared_among_staff", lambda company: "d"),
        ),
    ),
    Exercise(
        "goals-left-over",
        answer=left_over,
        mistakes=(
            Mistake("no_priority", lambda company: left_over(company, (1, 1, 1, 1))),
            Mistake("priority_upside_down", lambda company: left_over(company, (0, 1, 2, 3))),
            Mistake("those_with_a_rep", lambda company: given(company).notna().groupby(grade(company)).sum()),
            Mistake("shares", lambda company: given(company).isna().groupby(grade(company)).mean()),
        ),
    ),
    Exercise(
        "goals-both-ways",
        answer=crossed,
        mistakes=(
            Mistake(
                "equal_months",
                lambda company: crossed(
                    company,
                    columns=targets.split(goal(company), even(targets.season_weights(daily(company)))),
                ),
            ),
            Mistake(
                "by_people",
                lambda company: crossed(
                    company,
                    rows=targets.split(goal(company), grade(company).value_counts().rename_axis("grade")),
                ),
            ),
            Mistake("swapped", lambda company: crossed(company).T),
            Mistake("all_years", lambda company: crossed(company, rows=by_grade(company, company.orders))),
        ),
    ),
    Exercise("goals-bonus-effect"),
    Exercise(
        "goals-margin-bonus",
        answer=lambda company: shared(company, "margin"),
        mistakes=(
            Mistake("by_sales", lambda company: shared(company, "amount")),
            Mistake("returns_dropped", lambda company: shared(company, "margin", only_sales=True)),
            Mistake("margin_itself", lambda company: lines(company).groupby("rep_id")["margin"].sum()),
            Mistake("by_orders", lambda company: shared(company, "order_id", "nunique")),
        ),
    ),
]
