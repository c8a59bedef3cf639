"""What check() knows about lesson 09."""

from functools import cache
from typing import Literal

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
    lent, history = company_with_forecast(company), fitted(company)[0]
    own = clv.own_margin(lent.orders, lent.products, lent.as_of).reindex(history.index)
    return clv.customer_value(*fitted(company), margin=own, days=365, discount_rate=0.10)


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


def likely_gone(
    company,
    *,
    grades: Literal["a", "all", "a_and_b"] = "a",
    alive_is: Literal["below", "above", "any"] = "below",
    limit: Literal["50", "20"] = "50",
    measure: Literal["number", "share"] = "number",
):
    chances = alive(company)
    among = grade(company).isin({"a": ["A"], "all": list("ABCD"), "a_and_b": ["A", "B"]}[grades])
    low = chances < int(limit) / 100
    chosen = among & {"below": low, "above": ~low, "any": low | True}[alive_is]
    return int(chosen.sum()) if measure == "number" else float(chosen.sum() / among.sum())


def next_orders(
    company,
    *,
    forecast: Literal["model", "as_before"] = "model",
    days: Literal["90", "365", "30"] = "90",
    how: Literal["sum", "mean"] = "sum",
):
    ahead = {"model": coming, "as_before": as_before}[forecast](company, int(days))
    return float(ahead.sum() if how == "sum" else ahead.mean())


def three_years(
    company,
    *,
    money: Literal["margin", "sales"] = "margin",
    discounted: Literal[
        "every_year",
        "not_at_all",
        "from_the_second_year",
        "at_the_end",
        "ten_per_cent_off",
        "once",
        "ten_per_cent_more_a_year",
        "grown",
    ] = "every_year",
    years: Literal["3", "2", "5"] = "3",
):
    yearly, number = {"margin": 300, "sales": 1000}[money], int(years)
    weight = {
        "every_year": lambda year: 1 / 1.1**year,
        "not_at_all": lambda year: 1,
        "from_the_second_year": lambda year: 1 / 1.1 ** (year - 1),
        "at_the_end": lambda year: 1 / 1.1**number,
        "ten_per_cent_off": lambda year: 0.9**year,
        "once": lambda year: 1 / 1.1,
        "ten_per_cent_more_a_year": lambda year: 1 / (1 + 0.1 * year),
        "grown": lambda year: 1.1**year,
    }[discounted]
    return sum(yearly * weight(year) for year in range(1, number + 1))


def hidden_worth(
    company,
    *,
    tags: Literal[
        "c_and_high", "a_and_low", "all_high", "all_c", "either", "high_not_c", "c_not_high"
    ] = "c_and_high",
    measure: Literal["future", "people", "past_spending", "mean"] = "future",
):
    grades, levels = grade(company), potential(company)
    chosen = {
        "c_and_high": (grades == "C") & (levels == "high"),
        "a_and_low": (grades == "A") & (levels == "low"),
        "all_high": levels == "high",
        "all_c": grades == "C",
        "either": (grades == "C") | (levels == "high"),
        "high_not_c": (grades != "C") & (levels == "high"),
        "c_not_high": (grades == "C") & (levels != "high"),
    }[tags]
    if measure == "people":
        return int(chosen.sum())
    worth = (facts(company)["monetary"] if measure == "past_spending" else future(company)["clv"])[chosen]
    return float(worth.mean() if measure == "mean" else worth.sum())


def left_of_each(
    company,
    *,
    worth: Literal["past_and_future", "past_only", "future_only", "sales_and_future"] = "past_and_future",
    people: Literal["everyone", "buyers"] = "everyone",
    cost_per: Literal["customer", "lead"] = "customer",
    cost: Literal["taken_off", "left_out"] = "taken_off",
):
    margin, clv_, spent = facts(company)["margin"], future(company)["clv"], facts(company)["monetary"]
    each = {
        "past_and_future": margin + clv_,
        "past_only": margin,
        "future_only": clv_,
        "sales_and_future": spent + clv_,
    }[worth]
    company = company_with_forecast(company)
    source = company.customers.set_index("customer_id")["signup_channel"]
    each = each.reindex(source.index)
    mean = (each.fillna(0) if people == "everyone" else each).groupby(source).mean()
    channels = company.channels.groupby("channel")
    number = source.value_counts() if cost_per == "customer" else channels["leads"].sum()
    return mean - channels["cost"].sum() / number if cost == "taken_off" else mean


EXERCISES = [
    Exercise(
        "clv-likely-gone",
        answer=likely_gone,
        mistakes=(
            Mistake(
                "ninety_days_for_all",
                lambda company: int(((grade(company) == "A") & (facts(company)["recency_days"] > 90)).sum()),
            ),
        ),
    ),
    Exercise(
        "clv-next-quarter",
        answer=next_orders,
        mistakes=(Mistake("part_of_a_year", lambda company: next_orders(company, days="365") * 90 / 365),),
    ),
    Exercise(
        "clv-three-years",
        money=True,
        answer=three_years,
        mistakes=(Mistake("rounded_too_early", lambda company: 746.0),),
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
    Exercise("clv-hidden-potential", answer=hidden_worth, money=True),
    Exercise("clv-channel-cost", answer=left_of_each, money=True),
    Exercise("clv-to-boss"),
]
