"""What check() knows about lesson 06: the answers, the mistakes people make, and the hints."""

from functools import cache

import pandas as pd

from custseg_helpers.facts.per_customer import interaction_facts, money_by, order_facts, response_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import behaviour, cycle, lifecycle

TIGHT = (0.2, 0.6)


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def pace(company):
    return cycle.pace(facts(company))["pace"]


def slowing(company):
    return pace(company) == "slowing_down"


def still_coming(company):
    return lifecycle.stage(facts(company)).isin(["active", "loyal"])


def spent(company, chosen):
    return facts(company).loc[chosen, "monetary"].sum().round(2)


@cache
def buying(company, days=None):
    usual = cycle.purchase_cycle(facts(company))["usual_gap_days"]
    return cycle.activity(facts(company)["recency_days"], 2 * usual if days is None else days)


@cache
def looking(company, days=14):
    contact = interaction_facts(company.interactions, company.as_of)
    return cycle.activity(contact["interaction_recency_days"].reindex(facts(company).index), days)


@cache
def money(company):
    return money_by(company.orders, "category", products=company.products)


def main_interest(company, **thresholds):
    return behaviour.main_interest(money(company), facts(company)["lines"], **thresholds)


@cache
def two(company):
    first, second = money(company).sum().sort_values(ascending=False).index[:2]
    bought = money(company) > 0
    return pd.DataFrame({"first": bought[first], "second": bought[second], "lines": facts(company)["lines"]})


def difference(table):
    share = table.groupby("first")["second"].mean()
    return share[True] - share[False]


@cache
def carts(company):
    lines = company.interactions[company.interactions["kind"] == "cart"]
    table = lines.groupby("customer_id")["interaction_date"].agg(last_cart="max")
    return table.join(facts(company)["last_order"])


def waiting(company, days=30, same_day=False, newcomers=True):
    table = carts(company)
    later = (
        table["last_cart"] >= table["last_order"] if same_day else table["last_cart"] > table["last_order"]
    )
    later |= newcomers & table["last_order"].isna()
    return sorted(table.index[later & (table["last_cart"] >= company.as_of - pd.Timedelta(days=days))])


def by_level(company, cuts=TIGHT, **settings):
    level = behaviour.price_sensitivity(facts(company), cuts, **settings)
    return facts(company)["monetary"].groupby(level)


@cache
def judged(company):
    answered = response_facts(company.responses)
    return behaviour.responsiveness(answered["contacted"], answered["converted"])


@cache
def by_colleague(company):
    listed = company.responses.groupby("customer_id")["converted"].agg(["size", "sum"])
    return behaviour.responsiveness(listed["size"], listed["sum"].astype(float))


@cache
def accounts(company):
    owner = company.owner("contacts")
    spending = order_facts(owner.orders, owner.as_of)
    return behaviour.role_coverage(company.contacts, spending.index).join(spending["monetary"])


def part_of_money(company, chosen):
    money = accounts(company)["monetary"]
    return money[chosen(accounts(company))].sum() / money.sum()


def tags(company):
    return pd.DataFrame(
        {
            "pace": pace(company),
            "main_interest": main_interest(company),
            "price_sensitivity": behaviour.price_sensitivity(facts(company)),
            "responsiveness": judged(company).reindex(facts(company).index),
        }
    )


EXERCISES = [
    Exercise(
        "behaviour-slowing-share",
        answer=lambda company: slowing(company).sum() / (pace(company) != "unknown").sum(),
        mistakes=(
            Mistake("of_all_customers", lambda company: slowing(company).mean()),
            Mistake("number_of_people", lambda company: slowing(company).sum()),
            Mistake("judged_share", lambda company: (pace(company) != "unknown").mean()),
        ),
    ),
    Exercise(
        "behaviour-money-at-stake",
        answer=lambda company: spent(company, still_coming(company) & slowing(company)),
        mistakes=(
            Mistake("all_slowing", lambda company: spent(company, slowing(company))),
            Mistake("all_still_coming", lambda company: spent(company, still_coming(company))),
            Mistake(
                "number_of_people", lambda company: int((still_coming(company) & slowing(company)).sum())
            ),
            Mistake(
                "mean_per_customer",
                lambda company: facts(company)["monetary"][still_coming(company) & slowing(company)].mean(),
            ),
        ),
    ),
    Exercise(
        "behaviour-still-looking",
        answer=lambda company: int(((buying(company) == "dormant") & (looking(company) == "active")).sum()),
        mistakes=(
            Mistake("all_looking", lambda company: int((looking(company) == "active").sum())),
            Mistake(
                "thirty_days",
                lambda company: int(
                    ((buying(company) == "dormant") & (looking(company, 30) == "active")).sum()
                ),
            ),
            Mistake(
                "ninety_days_for_all",
                lambda company: int(
                    ((buying(company, 90) == "dormant") & (looking(company) == "active")).sum()
                ),
            ),
            Mistake(
                "unknown_counted",
                lambda company: int(((buying(company) == "dormant") & (looking(company) != "dormant")).sum()),
            ),
        ),
    ),
    Exercise(
        "behaviour-main-interest",
        answer=lambda company: main_interest(company, at_least=10, lift=2),
        mistakes=(
            Mistake("default_thresholds", main_interest),
            Mistake("old_lift", lambda company: main_interest(company, at_least=10)),
            Mistake("old_evidence", lambda company: main_interest(company, lift=2)),
            Mistake("largest_category", lambda company: main_interest(company, at_least=10, lift=0)),
            Mistake(
                "orders_as_evidence",
                lambda company: behaviour.main_interest(
                    money(company), facts(company)["frequency"], at_least=10, lift=2
                ),
            ),
        ),
    ),
    Exercise(
        "behaviour-fair-comparison",
        answer=lambda company: difference(two(company)[two(company)["lines"].between(5, 8)]),
        mistakes=(
            Mistake("colleagues_comparison", lambda company: difference(two(company))),
            Mistake(
                "wrong_way_round",
                lambda company: -difference(two(company)[two(company)["lines"].between(5, 8)]),
            ),
            Mistake(
                "one_side_only",
                lambda company: (
                    two(company)[two(company)["lines"].between(5, 8)].groupby("first")["second"].mean()[True]
                ),
            ),
            Mistake("open_upwards", lambda company: difference(two(company)[two(company)["lines"] >= 5])),
        ),
    ),
    Exercise(
        "behaviour-waiting-cart",
        answer=waiting,
        mistakes=(
            Mistake("never_bought_missing", lambda company: waiting(company, newcomers=False)),
            Mistake("same_day_counted", lambda company: waiting(company, same_day=True)),
            Mistake("no_time_limit", lambda company: waiting(company, days=10_000)),
            Mistake(
                "bought_since",
                lambda company: sorted(
                    carts(company).index[carts(company)["last_cart"] >= company.as_of - pd.Timedelta(days=30)]
                ),
            ),
        ),
    ),
    Exercise(
        "behaviour-other-lines",
        answer=lambda company: by_level(company).sum(),
        mistakes=(
            Mistake("default_lines", lambda company: by_level(company, (1 / 3, 2 / 3)).sum()),
            Mistake("number_of_people", lambda company: by_level(company).size()),
            Mistake("unknown_dropped", lambda company: by_level(company).sum().drop("unknown")),
            Mistake("too_little_evidence", lambda company: by_level(company, at_least=1).sum()),
        ),
    ),
    Exercise("behaviour-minds-price"),
    Exercise(
        "behaviour-not-sent",
        answer=lambda company: int(
            ((by_colleague(company) != "unknown") & (judged(company) == "unknown")).sum()
        ),
        mistakes=(
            Mistake("all_with_a_level", lambda company: int((by_colleague(company) != "unknown").sum())),
            Mistake("enough_evidence", lambda company: int((judged(company) != "unknown").sum())),
            Mistake("held_out_lines", lambda company: int((company.responses["arm"] == "holdout").sum())),
            Mistake("all_unknown", lambda company: int((judged(company) == "unknown").sum())),
        ),
    ),
    Exercise(
        "behaviour-unknown-decider",
        answer=lambda company: part_of_money(company, lambda table: table["decision_maker"] == 0),
        mistakes=(
            Mistake("share_of_accounts", lambda company: (accounts(company)["decision_maker"] == 0).mean()),
            Mistake(
                "without_contacts_missing",
                lambda company: part_of_money(
                    company, lambda table: (table["decision_maker"] == 0) & (table["contacts"] > 0)
                ),
            ),
            Mistake(
                "other_way_round",
                lambda company: part_of_money(company, lambda table: table["decision_maker"] > 0),
            ),
            Mistake(
                "any_role_missing",
                lambda company: part_of_money(company, lambda table: table["missing"] != ""),
            ),
        ),
    ),
    Exercise(
        "behaviour-next-visit",
        answer=lambda company: "b",
        mistakes=(
            Mistake("gatekeeper", lambda company: "a"),
            Mistake("discount_first", lambda company: "c"),
            Mistake("present", lambda company: "d"),
        ),
    ),
    Exercise(
        "behaviour-tag-table",
        answer=lambda company: (tags(company).fillna("unknown") == "unknown").mean(),
        mistakes=(
            Mistake("response_not_lined_up", lambda company: (tags(company) == "unknown").mean()),
            Mistake("share_known", lambda company: (tags(company).fillna("unknown") != "unknown").mean()),
            Mistake(
                "numbers_of_people", lambda company: (tags(company).fillna("unknown") == "unknown").sum()
            ),
            Mistake("off_list_dropped", lambda company: (tags(company).dropna() == "unknown").mean()),
        ),
    ),
]
