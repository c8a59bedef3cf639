"""What check() knows about lesson 15; what a good page looks like stands in rubric.toml."""

from functools import cache

import pandas as pd

from custseg_helpers.action import experiment, playbook, quality, strategy, targets
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.capstone import PARTS
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tags.apply import apply_tags, tag_coverage
from custseg_helpers.tags.catalogue import parse_catalogue
from custseg_helpers.tags.table import customer_table
from custseg_helpers.tiers import rfm, value

HEAD = "family: behaviour, type: rule, sensitivity: internal"


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def segment(company):
    return rfm.segments8(rfm.rfm_scores(facts(company))).rename("tier")


def totals(company, **other):
    orders = company.orders
    bought = orders[orders["quantity"] > 0]
    counts = {
        "customers": len(company.customers),
        "buyers": bought["customer_id"].nunique(),
        "orders": bought["order_id"].nunique(),
        "sales": orders["amount"].sum(),
    }
    return pd.Series(counts | other)


def coverage(company, cooling="frequency >= 3 and recency_days > 180"):
    rules = {"recent": "recency_days <= 90", "returning": "frequency >= 2", "cooling": cooling}
    entries = "\n".join(
        f"- {{code: {code}, name: {code}, definition: {code}, rule: {rule}, {HEAD}}}"
        for code, rule in rules.items()
    )
    return tag_coverage(apply_tags(parse_catalogue(entries), customer_table(company)))


def among_buyers(company):
    return coverage(company)["customers"] / len(facts(company))


@cache
def half_a_year(company):
    orders, then = company.orders, company.as_of - pd.Timedelta(days=182)
    before = order_facts(orders[orders["order_date"] < then], then)
    since = orders[orders["order_date"] >= then].groupby("customer_id")["amount"].sum()
    return before, since.reindex(before.index, fill_value=0)


def separation(money, people):
    tierings = {"abc": value.abc(people["monetary"]), "rfm": rfm.segments8(rfm.rfm_scores(people))}
    return pd.Series({name: quality.eta_squared(money, tiers) for name, tiers in tierings.items()})


def order_value(company):
    return facts(company)["average_order_value"]


@cache
def silent(company):
    return strategy.leave_out(segment(company), facts(company), playbook.sample_playbook(company.customers))


@cache
def full(company, with_all=False):
    book = playbook.sample_playbook(company.customers)
    left_out = None if with_all else silent(company)
    return strategy.plan(segment(company), order_value(company), book, not_contacted=left_out)


def budget(company):
    return round(full(company)["cost"].sum() / 2, 2)


@cache
def fitted(company):
    return strategy.within_budget(full(company), budget(company))


@cache
def year(company):
    orders = company.orders
    return orders[orders["order_date"] >= company.as_of - pd.Timedelta(days=365)]


def sold(company):
    lines = year(company)
    return lines.groupby(lines["customer_id"].map(segment(company)))["amount"].sum().rename_axis("tier")


def target(company):
    return targets.growth_target(year(company)["amount"].sum(), 0.15)


def promised(company, arm="treatment", column="expected_sales"):
    plan = fitted(company)
    contacts = strategy.contact_list(
        segment(company), order_value(company), plan, not_contacted=silent(company)
    )
    arms = experiment.assign_holdout(contacts["tier"], share=0.2, seed=2026)
    people = contacts["tier"][arms == arm].value_counts()
    return (plan[column] / plan["contacted"] * people).sum()


EXERCISES = [
    Exercise(
        "capstone-totals",
        answer=totals,
        mistakes=(
            Mistake(
                "order_lines",
                lambda company: totals(company, orders=int((company.orders["quantity"] > 0).sum())),
            ),
            Mistake("customers_for_buyers", lambda company: totals(company, buyers=len(company.customers))),
            Mistake(
                "returns_not_taken_off",
                lambda company: totals(
                    company, sales=company.orders.loc[company.orders["quantity"] > 0, "amount"].sum()
                ),
            ),
        ),
    ),
    Exercise(
        "capstone-tag-coverage",
        answer=lambda company: coverage(company)["share"],
        mistakes=(
            Mistake(
                "or_in_cooling",
                lambda company: coverage(company, "frequency >= 3 or recency_days > 180")["share"],
            ),
            Mistake(
                "wrong_direction",
                lambda company: coverage(company, "frequency >= 3 and recency_days < 180")["share"],
            ),
            Mistake("of_buyers", among_buyers),
            Mistake("numbers_of_customers", lambda company: coverage(company)["customers"]),
        ),
    ),
    Exercise(
        "capstone-separates-better",
        answer=lambda company: separation(half_a_year(company)[1], half_a_year(company)[0]),
        mistakes=(
            Mistake(
                "money_it_was_cut_from",
                lambda company: separation(half_a_year(company)[0]["monetary"], half_a_year(company)[0]),
            ),
            Mistake(
                "todays_customers",
                lambda company: separation(
                    half_a_year(company)[1].reindex(facts(company).index), facts(company)
                ),
            ),
            Mistake(
                "names_swapped",
                lambda company: separation(half_a_year(company)[1], half_a_year(company)[0]).set_axis(
                    ["rfm", "abc"]
                ),
            ),
        ),
    ),
    Exercise(
        "capstone-stays",
        answer=lambda company: "b",
        mistakes=(
            Mistake("largest_difference", lambda company: "a"),
            Mistake("easiest", lambda company: "c"),
            Mistake("both_lists", lambda company: "d"),
        ),
    ),
    Exercise("capstone-three-sentences"),
    Exercise(
        "capstone-budget-profit",
        answer=lambda company: fitted(company)["profit"].sum(),
        mistakes=(
            Mistake("whole_book", lambda company: full(company)["profit"].sum()),
            Mistake("margin", lambda company: fitted(company)["expected_margin"].sum()),
            Mistake("sales", lambda company: fitted(company)["expected_sales"].sum()),
            Mistake("half_of_profit", lambda company: full(company)["profit"].sum() / 2),
        ),
    ),
    Exercise(
        "capstone-segment-targets",
        answer=lambda company: targets.split(target(company), sold(company)),
        mistakes=(
            Mistake(
                "equal_parts",
                lambda company: targets.split(
                    target(company), pd.Series(1, index=sold(company).index, name="target")
                ),
            ),
            Mistake("last_years_sales", sold),
            Mistake(
                "extra_only",
                lambda company: targets.split(
                    round(target(company) - year(company)["amount"].sum(), 2), sold(company)
                ),
            ),
            Mistake(
                "by_customers",
                lambda company: targets.split(
                    target(company), segment(company).value_counts().reindex(sold(company).index)
                ),
            ),
        ),
    ),
    Exercise(
        "capstone-honest-promise",
        answer=promised,
        mistakes=(
            Mistake("colleagues_count", lambda company: fitted(company)["expected_sales"].sum()),
            Mistake("held_out", lambda company: promised(company, arm="holdout")),
            Mistake("profit", lambda company: promised(company, column="profit")),
        ),
    ),
    Exercise(
        "capstone-one-page",
        answer=lambda company: {*PARTS},
        mistakes=(
            Mistake("proof_missing", lambda company: {*PARTS} - {"holdout_plan"}),
            Mistake("card_missing", lambda company: {*PARTS} - {"governance_card"}),
            Mistake("customers_included", lambda company: {*PARTS, "customers"}),
        ),
    ),
    Exercise("capstone-pitch"),
    Exercise(
        "capstone-break-even",
        answer=lambda company: fitted(company)["cost"].sum() / fitted(company)["expected_margin"].sum(),
        mistakes=(
            Mistake(
                "upside_down",
                lambda company: fitted(company)["expected_margin"].sum() / fitted(company)["cost"].sum(),
            ),
            Mistake(
                "sales",
                lambda company: fitted(company)["cost"].sum() / fitted(company)["expected_sales"].sum(),
            ),
            Mistake(
                "part_that_may_fail",
                lambda company: 1 - fitted(company)["cost"].sum() / fitted(company)["expected_margin"].sum(),
            ),
        ),
    ),
]
