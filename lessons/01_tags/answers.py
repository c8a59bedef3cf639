"""What check() knows about lesson 01: the answers, the mistakes people make, and the hints."""

from functools import cache
from typing import Literal

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


def frequent_share(
    company,
    *,
    bound: Literal["5_or_more", "more_than_5", "exactly_5"] = "5_or_more",
    out_of: Literal["everyone", "those_who_ordered", "nothing"] = "everyone",
    counted: Literal["orders", "lines"] = "orders",
):
    orders = table(company)[{"orders": "frequency", "lines": "lines"}[counted]]
    chosen = {"5_or_more": orders >= 5, "more_than_5": orders > 5, "exactly_5": orders == 5}[bound]
    whole = {"everyone": len(orders), "those_who_ordered": orders.notna().sum(), "nothing": 1}[out_of]
    return chosen.sum() / whole


def repeat(
    company,
    *,
    bound: Literal["2_or_more", "more_than_2", "exactly_2"] = "2_or_more",
    counted: Literal["orders", "lines", "days"] = "orders",
    people: Literal["everyone", "only_with_orders"] = "everyone",
):
    column = {"orders": "frequency", "lines": "lines", "days": "order_days"}[counted]
    rule = {"2_or_more": ">= 2", "more_than_2": "> 2", "exactly_2": "== 2"}[bound]
    tag = tagged(company, repeat_buyer=f"{column} {rule}")["repeat_buyer"]
    return tag if people == "everyone" else tag[table(company)["frequency"].notna()]


def on_the_list(
    company,
    *,
    who: Literal["unknown", "everybody_on_list", "those_who_belong", "90_days_too"] = "unknown",
):
    days = table(company)["recency_days"]
    return int(
        {
            "unknown": days.isna(),
            "everybody_on_list": ~(days <= 90),
            "those_who_belong": days > 90,
            "90_days_too": days >= 90,
        }[who].sum()
    )


def coverage(
    company,
    *,
    prospect: Literal["frequency_missing", "frequency_zero"] = "frequency_missing",
    deal_seeker: Literal["and_60_percent", "sixty", "or"] = "and_60_percent",
    high_value: Literal["and", "or"] = "and",
):
    rules = START | MORE
    if prospect == "frequency_zero":
        rules |= {"prospect": "frequency == 0"}
    if deal_seeker != "and_60_percent":
        other = {
            "sixty": "frequency >= 3 and discount_share >= 60",
            "or": "frequency >= 3 or discount_share >= 0.6",
        }
        rules |= {"deal_seeker": other[deal_seeker]}
    if high_value == "or":
        rules |= {"high_value_at_risk": "high_spender or dormant_90"}
    city = table(company)["city"].rename("home_city")
    return tag_coverage(pd.concat([city, tagged(company, **rules)], axis=1))


def overlap(
    company,
    *,
    out_of: Literal["either", "frequent", "high_spenders", "everyone", "both_counts", "nothing"] = "either",
):
    both = tagged(company, **START)[["frequent_buyer", "high_spender"]]
    whole = {
        "either": both.any(axis=1).sum(),
        "frequent": both["frequent_buyer"].sum(),
        "high_spenders": both["high_spender"].sum(),
        "everyone": len(both),
        "both_counts": both.sum().sum(),
        "nothing": 1,
    }
    return both.all(axis=1).sum() / whole[out_of]


def blind_spot(
    company,
    *,
    tags: Literal["none", "some", "exactly_one"] = "none",
    measure: Literal["share", "number"] = "share",
    out_of: Literal["everyone", "those_who_ordered"] = "everyone",
):
    held = tagged(company, **START).sum(axis=1)
    if out_of == "those_who_ordered":
        held = held[table(company)["frequency"].notna()]
    chosen = {"none": held == 0, "some": held > 0, "exactly_one": held == 1}[tags]
    return chosen.mean() if measure == "share" else int(chosen.sum())


EXERCISES = [
    Exercise("tags-frequent-share", answer=frequent_share),
    Exercise(
        "tags-minds-price",
        answer=lambda company: "b",
        mistakes=(
            Mistake("staff_remember", lambda company: "a"),
            Mistake("guess_by_age", lambda company: "c"),
            Mistake("model_first", lambda company: "d"),
        ),
    ),
    Exercise("tags-first-tag", answer=repeat),
    Exercise(
        "tags-colleague-list",
        answer=on_the_list,
        mistakes=(Mistake("no_instead_of_unknown", lambda company: 0),),
    ),
    Exercise("tags-coverage", answer=coverage),
    Exercise("tags-overlap", answer=overlap),
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
        answer=blind_spot,
        mistakes=(Mistake("city_counted", lambda company: 0),),
    ),
]
