"""What check() knows about lesson 09."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import clv, clv_holdout, cuts, value
from custseg_helpers.tiers.clv_holdout import company_with_forecast

SPLIT_DAYS = pd.Timedelta(days=184)


@cache
def facts(company):
    company = company_with_forecast(company)
    return order_facts(company.orders, company.as_of, products=company.products)


@cache
def fitted(company):
    """History, purchase model and spend model of the company that the lesson forecasts."""
    company = company_with_forecast(company)
    history = clv.purchase_history(company.orders, company.as_of)
    return history, clv.fit_purchases(history), clv.fit_spend(history)


def grade(company):
    return value.abc(facts(company)["monetary"])


def alive(company):
    history, model, _ = fitted(company)
    return clv.alive_probability(history, model)


def coming(company, days):
    history, model, _ = fitted(company)
    return clv.expected_purchases(history, model, days)


def as_before(company, days):
    history = fitted(company)[0]
    pace = history["repeat_purchases"] / history["observed_days"].where(history["observed_days"] > 0)
    return pace.fillna(0) * days


@cache
def future(company):
    margin = facts(company)["margin"].sum() / facts(company)["monetary"].sum()
    return clv.customer_value(*fitted(company), margin=margin, days=365, discount_rate=0.10)


def potential(company):
    worth = future(company)["clv"]
    return cuts.levels(worth, cuts.quantile_cuts(worth))


@cache
def exam(company):
    company = company_with_forecast(company)
    return clv_holdout.validate(company.orders, company.as_of - SPLIT_DAYS, company.as_of)


def colleague_error(company):
    actual = exam(company).customers["actual_purchases"]
    return float(((coming(company, 184).reindex(actual.index) - actual) ** 2).mean() ** 0.5)


def mean_miss(company):
    table = exam(company).customers
    return float((table["expected_purchases"] - table["actual_purchases"]).abs().mean())


def chosen(company, value_tag, potential_tag):
    return (grade(company) == value_tag) & (potential(company) == potential_tag)


def left_of_each(company, *parts, everyone=True, per="customers"):
    company = company_with_forecast(company)
    source = company.customers.set_index("customer_id")["signup_channel"]
    each = {
        "margin": facts(company)["margin"],
        "clv": future(company)["clv"],
        "sales": facts(company)["monetary"],
    }
    worth = sum(each[part] for part in parts).reindex(source.index)
    mean = (worth.fillna(0) if everyone else worth).groupby(source).mean()
    channels = company.channels.groupby("channel")
    number = source.value_counts() if per == "customers" else channels["leads"].sum()
    return mean - channels["cost"].sum() / number


EXERCISES = [
    Exercise(
        "clv-likely-gone",
        answer=lambda company: int(((grade(company) == "A") & (alive(company) < 0.5)).sum()),
        mistakes=(
            Mistake("all_customers", lambda company: int((alive(company) < 0.5).sum())),
            Mistake(
                "still_here", lambda company: int(((grade(company) == "A") & (alive(company) >= 0.5)).sum())
            ),
            Mistake(
                "ninety_days_for_all",
                lambda company: int(((grade(company) == "A") & (facts(company)["recency_days"] > 90)).sum()),
            ),
            Mistake("share", lambda company: float((alive(company)[grade(company) == "A"] < 0.5).mean())),
        ),
    ),
    Exercise(
        "clv-next-quarter",
        answer=lambda company: float(coming(company, 90).sum()),
        mistakes=(
            Mistake("as_before", lambda company: float(as_before(company, 90).sum())),
            Mistake("whole_year", lambda company: float(coming(company, 365).sum())),
            Mistake("part_of_a_year", lambda company: float(coming(company, 365).sum() * 90 / 365)),
            Mistake("mean_per_customer", lambda company: float(coming(company, 90).mean())),
        ),
    ),
    Exercise(
        "clv-three-years",
        answer=lambda company: 300 / 1.1 + 300 / 1.1**2 + 300 / 1.1**3,
        mistakes=(
            Mistake("rounded_too_early", lambda company: 746.0),
            Mistake("not_discounted", lambda company: 900.0),
            Mistake("sales", lambda company: 1000 / 1.1 + 1000 / 1.1**2 + 1000 / 1.1**3),
            Mistake("first_year_not_discounted", lambda company: 300 + 300 / 1.1 + 300 / 1.1**2),
            Mistake("all_at_the_end", lambda company: 900 / 1.1**3),
            Mistake("ten_per_cent_off", lambda company: 300 * 0.9 + 300 * 0.9**2 + 300 * 0.9**3),
        ),
    ),
    Exercise(
        "clv-colleague-check",
        answer=lambda company: float(exam(company).errors["expected_purchases"]),
        mistakes=(
            Mistake("colleagues_count", colleague_error),
            Mistake("rivals_error", lambda company: float(exam(company).errors["naive_purchases"])),
            Mistake("not_squared", mean_miss),
        ),
    ),
    Exercise(
        "clv-past-vip",
        answer=lambda company: "b",
        mistakes=(
            Mistake("keep_the_service", lambda company: "a"),
            Mistake("coupons", lambda company: "c"),
            Mistake("record_deleted", lambda company: "d"),
        ),
    ),
    Exercise(
        "clv-hidden-potential",
        answer=lambda company: float(future(company).loc[chosen(company, "C", "high"), "clv"].sum()),
        mistakes=(
            Mistake("number_of_people", lambda company: int(chosen(company, "C", "high").sum())),
            Mistake(
                "all_high_potential",
                lambda company: float(future(company).loc[potential(company) == "high", "clv"].sum()),
            ),
            Mistake(
                "past_spending",
                lambda company: float(facts(company).loc[chosen(company, "C", "high"), "monetary"].sum()),
            ),
            Mistake(
                "tags_swapped",
                lambda company: float(future(company).loc[chosen(company, "A", "low"), "clv"].sum()),
            ),
        ),
    ),
    Exercise(
        "clv-channel-cost",
        answer=lambda company: left_of_each(company, "margin", "clv"),
        mistakes=(
            Mistake("past_only", lambda company: left_of_each(company, "margin")),
            Mistake("future_only", lambda company: left_of_each(company, "clv")),
            Mistake("sales_so_far", lambda company: left_of_each(company, "sales", "clv")),
            Mistake("buyers_only", lambda company: left_of_each(company, "margin", "clv", everyone=False)),
            Mistake("cost_per_lead", lambda company: left_of_each(company, "margin", "clv", per="leads")),
        ),
    ),
    Exercise("clv-to-boss"),
]
