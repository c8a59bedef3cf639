"""What check() knows about lesson 06: the answers, the mistakes people make, and the hints."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.facts.per_customer import interaction_facts, money_by, order_facts, response_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import behaviour, cycle, lifecycle


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def pace(company):
    return cycle.pace(facts(company))["pace"]


def slowing_share(
    company,
    *,
    out_of: Literal["judged", "everyone", "nothing"] = "judged",
    who: Literal["slowing_down", "speeding_up", "steady"] = "slowing_down",
):
    whole = {"judged": (pace(company) != "unknown").sum(), "everyone": len(pace(company)), "nothing": 1}[
        out_of
    ]
    return (pace(company) == who).sum() / whole


def money_at_stake(
    company,
    *,
    who: Literal[
        "both", "all_slowing", "all_still_coming", "either", "coming_not_slowing", "slowing_not_coming"
    ] = "both",
    stages: Literal["active_and_loyal", "loyal_only", "new_too"] = "active_and_loyal",
    measure: Literal["money", "people", "mean_per_customer"] = "money",
    spent: Literal["net", "before_returns"] = "net",
):
    counted = {
        "active_and_loyal": ["active", "loyal"],
        "loyal_only": ["loyal"],
        "new_too": ["new", "active", "loyal"],
    }
    coming = lifecycle.stage(facts(company)).isin(counted[stages])
    slowing = pace(company) == "slowing_down"
    chosen = {
        "both": coming & slowing,
        "all_slowing": slowing,
        "all_still_coming": coming,
        "either": coming | slowing,
        "coming_not_slowing": coming & ~slowing,
        "slowing_not_coming": slowing & ~coming,
    }[who]
    money = facts(company).loc[chosen, {"net": "monetary", "before_returns": "gross"}[spent]]
    return {"money": money.sum().round(2), "people": len(money), "mean_per_customer": money.mean()}[measure]


@cache
def days_since_contact(company):
    contact = interaction_facts(company.interactions, company.as_of)
    return contact["interaction_recency_days"].reindex(facts(company).index)


def still_looking(
    company,
    *,
    who: Literal[
        "dormant_and_looking", "all_looking", "all_dormant", "either", "looking_not_dormant"
    ] = "dormant_and_looking",
    looked_within: Literal["14", "13", "30", "7"] = "14",
    dormant_after: Literal["two_usual_gaps", "90_days", "one_usual_gap"] = "two_usual_gaps",
    unknown: Literal["left_out", "counted"] = "left_out",
):
    usual = cycle.purchase_cycle(facts(company))["usual_gap_days"]
    limit = {"two_usual_gaps": 2 * usual, "90_days": 90, "one_usual_gap": usual}[dormant_after]
    buying = cycle.activity(facts(company)["recency_days"], limit)
    looking = cycle.activity(days_since_contact(company), int(looked_within))
    looks = looking == "active" if unknown == "left_out" else looking != "dormant"
    sleeps = buying == "dormant"
    return int(
        {
            "dormant_and_looking": sleeps & looks,
            "all_looking": looks,
            "all_dormant": sleeps,
            "either": sleeps | looks,
            "looking_not_dormant": looks & ~sleeps,
        }[who].sum()
    )


@cache
def money(company):
    return money_by(company.orders, "category", products=company.products)


def interest(
    company,
    *,
    at_least: Literal["10", "11", "5"] = "10",
    lift: Literal["two", "default", "none"] = "two",
    evidence: Literal["lines", "orders"] = "lines",
):
    counted = facts(company)[{"lines": "lines", "orders": "frequency"}[evidence]]
    return behaviour.main_interest(
        money(company), counted, at_least=int(at_least), lift={"two": 2, "default": 1.5, "none": 0}[lift]
    )


@cache
def two(company):
    first, second = money(company).sum().sort_values(ascending=False).index[:2]
    bought = money(company) > 0
    return pd.DataFrame({"first": bought[first], "second": bought[second], "lines": facts(company)["lines"]})


def fair_difference(
    company,
    *,
    compared: Literal[
        "5_to_8_lines", "6_to_7_lines", "everyone", "5_lines_or_more", "up_to_8_lines"
    ] = "5_to_8_lines",
    taken: Literal["difference", "wrong_way_round", "buyers_side", "others_side"] = "difference",
):
    table = two(company)
    least, most = {
        "5_to_8_lines": (5, 8),
        "6_to_7_lines": (6, 7),
        "everyone": (0, float("inf")),
        "5_lines_or_more": (5, float("inf")),
        "up_to_8_lines": (0, 8),
    }[compared]
    share = table[table["lines"].between(least, most)].groupby("first")["second"].mean()
    return {
        "difference": share[True] - share[False],
        "wrong_way_round": share[False] - share[True],
        "buyers_side": share[True],
        "others_side": share[False],
    }[taken]


def waiting(
    company,
    *,
    never_bought: Literal["in", "left_out"] = "in",
    same_day: Literal["left_out", "in"] = "left_out",
    within: Literal["30_days", "29_days", "60_days", "90_days", "no_limit"] = "30_days",
    bought_since: Literal["left_out", "in"] = "left_out",
):
    lines = company.interactions[company.interactions["kind"] == "cart"]
    table = lines.groupby("customer_id")["interaction_date"].agg(last_cart="max")
    table = table.join(facts(company)["last_order"])
    later = table["last_cart"] > table["last_order"]
    if same_day == "in":
        later = table["last_cart"] >= table["last_order"]
    if bought_since == "in":
        later = table["last_order"].notna()
    if never_bought == "in":
        later |= table["last_order"].isna()
    days = {"30_days": 30, "29_days": 29, "60_days": 60, "90_days": 90, "no_limit": 10_000}[within]
    return sorted(table.index[later & (table["last_cart"] >= company.as_of - pd.Timedelta(days=days))])


def money_by_level(
    company,
    *,
    lines_at: Literal["20_60", "thirds"] = "20_60",
    at_least: Literal["3", "4", "1"] = "3",
    measure: Literal["money", "people", "mean_per_customer"] = "money",
    unknown: Literal["kept", "dropped"] = "kept",
):
    cuts = {"20_60": (0.2, 0.6), "thirds": (1 / 3, 2 / 3)}[lines_at]
    level = behaviour.price_sensitivity(facts(company), cuts, at_least=int(at_least))
    by = facts(company)["monetary"].groupby(level)
    found = {"money": by.sum(), "people": by.size(), "mean_per_customer": by.mean()}[measure]
    return found if unknown == "kept" else found.drop("unknown", errors="ignore")


@cache
def judged(company):
    answered = response_facts(company.responses)
    return behaviour.responsiveness(answered["contacted"], answered["converted"])


@cache
def by_colleague(company):
    listed = company.responses.groupby("customer_id")["converted"].agg(["size", "sum"])
    return behaviour.responsiveness(listed["size"], listed["sum"].astype(float))


def not_sent(
    company,
    *,
    who: Literal[
        "level_without_evidence",
        "all_with_a_level",
        "enough_evidence",
        "all_unknown",
        "unknown_to_both",
        "either",
    ] = "level_without_evidence",
):
    named, unknown = by_colleague(company) != "unknown", judged(company) == "unknown"
    return int(
        {
            "level_without_evidence": named & unknown,
            "all_with_a_level": named,
            "enough_evidence": ~unknown,
            "all_unknown": unknown,
            "unknown_to_both": ~named & unknown,
            "either": named | unknown,
        }[who].sum()
    )


@cache
def accounts(company):
    owner = company.owner("contacts")
    spending = order_facts(owner.orders, owner.as_of)
    return behaviour.role_coverage(company.contacts, spending.index).join(spending[["monetary", "gross"]])


def without_decider(
    company,
    *,
    chosen: Literal["no_decider", "decider_known", "any_role_missing"] = "no_decider",
    without_contacts: Literal["in", "left_out"] = "in",
    measure: Literal["share_of_money", "share_of_accounts", "amount"] = "share_of_money",
):
    table = accounts(company)
    rows = {
        "no_decider": table["decision_maker"] == 0,
        "decider_known": table["decision_maker"] > 0,
        "any_role_missing": table["missing"] != "",
    }[chosen]
    if without_contacts == "left_out":
        rows &= table["contacts"] > 0
    money = table["monetary"]
    return {
        "share_of_money": money[rows].sum() / money.sum(),
        "share_of_accounts": rows.mean(),
        "amount": money[rows].sum(),
    }[measure]


def unknown_shares(
    company,
    *,
    off_list: Literal["unknown", "empty", "dropped"] = "unknown",
    share: Literal["unknown", "known"] = "unknown",
    measure: Literal["shares", "people"] = "shares",
):
    table = pd.DataFrame(
        {
            "pace": pace(company),
            "main_interest": behaviour.main_interest(money(company), facts(company)["lines"]),
            "price_sensitivity": behaviour.price_sensitivity(facts(company)),
            "responsiveness": judged(company).reindex(facts(company).index),
        }
    )
    table = {"unknown": table.fillna("unknown"), "empty": table, "dropped": table.dropna()}[off_list]
    found = table == "unknown" if share == "unknown" else table != "unknown"
    return found.mean() if measure == "shares" else found.sum()


EXERCISES = [
    Exercise(
        "behaviour-slowing-share",
        answer=slowing_share,
        mistakes=(Mistake("judged_share", lambda company: (pace(company) != "unknown").mean()),),
    ),
    Exercise("behaviour-money-at-stake", answer=money_at_stake, money=True),
    Exercise("behaviour-still-looking", answer=still_looking),
    Exercise(
        "behaviour-main-interest",
        answer=interest,
        mistakes=(
            Mistake("default_thresholds", lambda company: interest(company, at_least="5", lift="default")),
        ),
    ),
    Exercise("behaviour-fair-comparison", answer=fair_difference),
    Exercise("behaviour-waiting-cart", answer=waiting),
    Exercise("behaviour-other-lines", answer=money_by_level, money=True),
    Exercise("behaviour-minds-price"),
    Exercise(
        "behaviour-not-sent",
        answer=not_sent,
        mistakes=(
            Mistake("held_out_lines", lambda company: int((company.responses["arm"] == "holdout").sum())),
        ),
    ),
    Exercise("behaviour-unknown-decider", answer=without_decider),
    Exercise(
        "behaviour-next-visit",
        answer=lambda company: "b",
        mistakes=(
            Mistake("gatekeeper", lambda company: "a"),
            Mistake("discount_first", lambda company: "c"),
            Mistake("present", lambda company: "d"),
        ),
    ),
    Exercise("behaviour-tag-table", answer=unknown_shares),
]
