"""What check() knows about lesson 10."""

from functools import cache
from typing import Literal

from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import behaviour, persona, traits, value

FIRST = {"high": "save_money", "medium": "good_value", "low": "quality_first", "unknown": "ask_first"}


@cache
def people(company):
    return traits.traits(company)


@cache
def need(company):
    return traits.need_groups(company)[0]


@cache
def profile(company):
    money = order_facts(company.orders, company.as_of)["monetary"]
    described = people(company).drop(columns=["main_interest", *persona.BY_BIRTH], errors="ignore")
    return persona.profile(described, need(company), money)


def found(company):
    return profile(company).standouts


def top_group(company):
    return profile(company).sizes["value"].idxmax()


def of_group(company):
    table = found(company)
    return table[table["group"] == top_group(company)]


def order_value(company):
    table = of_group(company)
    return table[table["feature"] == "average_order_value"].iloc[0]


def benefit(company):
    inside = need(company).index[need(company) == top_group(company)]
    return people(company).loc[inside, "price_sensitivity"].map(FIRST)


def strongest(company):
    table = of_group(company)
    return table[(table["effect"] > 0) & table["category"].notna()].iloc[0]


def has_it(company, among):
    trait = strongest(company)
    return people(company).loc[among, trait["feature"]] == trait["category"]


def backward(company):
    holders = has_it(company, need(company).index)
    return float((need(company)[holders] == top_group(company)).mean())


@cache
def accounts(company):
    firms = company.owner("contacts")
    facts = order_facts(firms.orders, firms.as_of)
    coverage = behaviour.role_coverage(firms.contacts, facts.index)
    return coverage.assign(grade=value.abc(facts["monetary"]))


def effect_size(
    company,
    *,
    read: Literal["effect", "yuan", "times", "wrong_way_round"] = "effect",
):
    row = order_value(company)
    return float(
        {
            "effect": row["effect"],
            "yuan": row["group_value"] - row["rest_value"],
            "times": row["ratio"],
            "wrong_way_round": -row["effect"],
        }[read]
    )


def most_striking(
    company,
    *,
    among: Literal["top_group", "all_groups"] = "top_group",
    row: Literal["largest_effect", "largest_multiple"] = "largest_effect",
    read: Literal["effect", "multiple"] = "effect",
):
    table = of_group(company) if among == "top_group" else found(company)
    place = {"largest_effect": table["effect"].abs().idxmax(), "largest_multiple": table["ratio"].idxmax()}[
        row
    ]
    return float(table.loc[place, {"effect": "effect", "multiple": "ratio"}[read]])


def listeners(
    company,
    *,
    among: Literal["top_group", "everyone"] = "top_group",
    counted: Literal["benefits", "levels"] = "benefits",
    measure: Literal["people", "shares"] = "people",
):
    chosen = benefit(company).index if among == "top_group" else people(company).index
    level = people(company).loc[chosen, "price_sensitivity"]
    return (level.map(FIRST) if counted == "benefits" else level).value_counts(normalize=measure == "shares")


def to_meet(
    company,
    *,
    grades: Literal["a", "all", "b"] = "a",
    missing: Literal["decider", "any_role", "decider_known", "anything_or_nothing"] = "decider",
):
    table = accounts(company)
    chosen = {"a": table["grade"] == "A", "all": table["grade"].notna(), "b": table["grade"] == "B"}[grades]
    no_decider = table["missing"].str.contains("decision_maker")
    lacks = {
        "decider": no_decider,
        "any_role": table["missing"] != "",
        "decider_known": ~no_decider,
        "anything_or_nothing": no_decider | True,
    }[missing]
    return int((chosen & lacks).sum())


EXERCISES = [
    Exercise("persona-effect-size", answer=effect_size),
    Exercise(
        "persona-most-striking",
        answer=most_striking,
        mistakes=(Mistake("largest_multiple", lambda company: float(of_group(company)["ratio"].max())),),
    ),
    Exercise(
        "persona-first-sentence",
        answer=lambda company: "b",
        mistakes=(
            Mistake("discount_for_her", lambda company: "a"),
            Mistake("guess_who_she_is", lambda company: "c"),
            Mistake("list_of_features", lambda company: "d"),
        ),
    ),
    Exercise(
        "persona-listeners",
        answer=listeners,
        mistakes=(
            Mistake(
                "one_sentence_for_all", lambda company: {benefit(company).mode()[0]: len(benefit(company))}
            ),
        ),
    ),
    Exercise(
        "persona-backward",
        answer=backward,
        mistakes=(
            Mistake("wrong_way_round", lambda company: float(strongest(company)["group_value"])),
            Mistake(
                "no_group_counted",
                lambda company: float(
                    (
                        need(company).reindex(people(company).index)[has_it(company, people(company).index)]
                        == top_group(company)
                    ).mean()
                ),
            ),
            Mistake("group_size", lambda company: float((need(company) == top_group(company)).mean())),
            Mistake("among_others", lambda company: float(strongest(company)["rest_value"])),
        ),
    ),
    Exercise(
        "persona-usable-tag",
        answer=lambda company: "b",
        mistakes=(
            Mistake("by_sex_and_age", lambda company: "a"),
            Mistake("guess_from_name", lambda company: "c"),
            Mistake("by_address", lambda company: "d"),
        ),
    ),
    Exercise(
        "persona-deciders-to-meet",
        answer=to_meet,
        mistakes=(
            Mistake(
                "without_contacts",
                lambda company: int(
                    ((accounts(company)["grade"] == "A") & (accounts(company)["contacts"] == 0)).sum()
                ),
            ),
        ),
    ),
    Exercise("persona-to-staff"),
]
