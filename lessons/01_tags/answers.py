"""What check() knows about lesson 01: the answers, the mistakes people make, and the hints."""

from functools import cache

import pandas as pd

from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tags.apply import apply_tags, tag_coverage
from custseg_helpers.tags.catalogue import parse_catalogue
from custseg_helpers.tags.table import customer_table

START = {
    "frequent_buyer": "frequency >= 5",
    "dormant_90": "recency_days > 90",
    "high_spender": "monetary >= 2000",
    "cart_filler": "carts >= 2",
    "dissatisfied": "satisfaction <= 2.5",
}
MORE = {
    "prospect": "frequency is missing",
    "deal_seeker": "frequency >= 3 and discount_share >= 0.6",
    "campaign_buyer": "converted >= 1",
    "high_value_at_risk": "high_spender and dormant_90",
}
FAULTS = {
    "dead_tag": "super_guest",
    "overlapping_tag": "asleep",
    "private": "hard_up",
    "no_action": "some_lines",
}


@cache
def table(company):
    return customer_table(company)


def tagged(company, **rules):
    """Put tags with these rules on every customer; what else a tag needs does not matter here."""
    rest = "family: value, type: rule, sensitivity: internal"
    lines = [
        f"- {{code: {code}, name: {code}, definition: x, {rest}, rule: {rules[code]}}}" for code in rules
    ]
    return apply_tags(parse_catalogue("\n".join(lines)), table(company))


def coverage(company, **changed):
    city = table(company)["city"].rename("home_city")
    with_city = pd.concat([city, tagged(company, **START | MORE | changed)], axis=1)
    return tag_coverage(with_city)


def repeat(company, rule="frequency >= 2"):
    return tagged(company, repeat_buyer=rule)["repeat_buyer"]


def pair(company):
    both = tagged(company, **START)[["frequent_buyer", "high_spender"]]
    return both.all(axis=1).sum(), both.any(axis=1).sum(), both.sum()


def how_many(company):
    return tagged(company, **START).sum(axis=1)


EXERCISES = [
    Exercise(
        "tags-frequent-share",
        answer=lambda company: (table(company)["frequency"] >= 5).mean(),
        mistakes=(
            Mistake(
                "of_those_who_ordered", lambda company: (table(company)["frequency"].dropna() >= 5).mean()
            ),
            Mistake("strictly_above", lambda company: (table(company)["frequency"] > 5).mean()),
            Mistake("number_of_people", lambda company: int((table(company)["frequency"] >= 5).sum())),
        ),
    ),
    Exercise(
        "tags-minds-price",
        answer=lambda company: "b",
        mistakes=(
            Mistake("staff_remember", lambda company: "a"),
            Mistake("guess_by_age", lambda company: "c"),
            Mistake("model_first", lambda company: "d"),
        ),
    ),
    Exercise(
        "tags-first-tag",
        answer=repeat,
        mistakes=(
            Mistake("strictly_above", lambda company: repeat(company, "frequency > 2")),
            Mistake("exactly_two", lambda company: repeat(company, "frequency == 2")),
            Mistake("order_lines", lambda company: repeat(company, "lines >= 2")),
            Mistake("only_with_orders", lambda company: repeat(company)[table(company)["frequency"].notna()]),
        ),
    ),
    Exercise(
        "tags-colleague-list",
        answer=lambda company: int(table(company)["recency_days"].isna().sum()),
        mistakes=(
            Mistake(
                "everybody_on_list", lambda company: int((~(table(company)["recency_days"] <= 90)).sum())
            ),
            Mistake("those_who_belong", lambda company: int((table(company)["recency_days"] > 90).sum())),
            Mistake("no_instead_of_unknown", lambda company: 0),
        ),
    ),
    Exercise(
        "tags-coverage",
        answer=coverage,
        mistakes=(
            Mistake("nobody_is_prospect", lambda company: coverage(company, prospect="frequency == 0")),
            Mistake(
                "dead_deal_seeker",
                lambda company: coverage(company, deal_seeker="frequency >= 3 and discount_share >= 60"),
            ),
            Mistake(
                "or_in_deal_seeker",
                lambda company: coverage(company, deal_seeker="frequency >= 3 or discount_share >= 0.6"),
            ),
            Mistake(
                "or_in_high_value",
                lambda company: coverage(company, high_value_at_risk="high_spender or dormant_90"),
            ),
        ),
    ),
    Exercise(
        "tags-overlap",
        answer=lambda company: pair(company)[0] / pair(company)[1],
        mistakes=(
            Mistake("of_frequent", lambda company: pair(company)[0] / pair(company)[2]["frequent_buyer"]),
            Mistake("of_high_spenders", lambda company: pair(company)[0] / pair(company)[2]["high_spender"]),
            Mistake("of_all_customers", lambda company: pair(company)[0] / len(table(company))),
            Mistake("both_counted_twice", lambda company: pair(company)[0] / pair(company)[2].sum()),
        ),
    ),
    Exercise(
        "tags-bad-tags",
        answer=lambda company: FAULTS,
        mistakes=(
            Mistake("older_retired", lambda company: FAULTS | {"overlapping_tag": "quiet"}),
            Mistake("few_called_dead", lambda company: FAULTS | {"dead_tag": "hard_up"}),
            Mistake(
                "dead_and_sensitive_swapped",
                lambda company: FAULTS | {"private": "some_lines", "no_action": "hard_up"},
            ),
            Mistake(
                "dead_and_useless_swapped",
                lambda company: FAULTS | {"no_action": "super_guest", "dead_tag": "some_lines"},
            ),
        ),
    ),
    Exercise("tags-retire"),
    Exercise(
        "tags-blind-spot",
        answer=lambda company: (how_many(company) == 0).mean(),
        mistakes=(
            Mistake("city_counted", lambda company: 0),
            Mistake("with_a_tag", lambda company: (how_many(company) > 0).mean()),
            Mistake("exactly_one", lambda company: (how_many(company) == 1).mean()),
            Mistake("number_of_people", lambda company: int((how_many(company) == 0).sum())),
        ),
    ),
]
