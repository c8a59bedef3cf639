"""What check() knows about lesson 10."""

from functools import cache

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
    return persona.profile(people(company).drop(columns="main_interest"), need(company), money)


def found(company):
    return profile(company).standouts


def top_group(company):
    return profile(company).sizes["value"].idxmax()


def order_value(company):
    table = found(company)
    return table[(table["group"] == top_group(company)) & (table["feature"] == "average_order_value")].iloc[0]


def benefit(company, everyone=False):
    inside = need(company).index[need(company) == top_group(company)]
    return people(company).loc[slice(None) if everyone else inside, "price_sensitivity"].map(FIRST)


def strongest(company):
    table = found(company)
    more = (table["group"] == top_group(company)) & (table["effect"] > 0) & table["category"].notna()
    return table[more].iloc[0]


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


def no_decider(company):
    return accounts(company)["missing"].str.contains("decision_maker")


EXERCISES = [
    Exercise(
        "persona-effect-size",
        answer=lambda company: float(order_value(company)["effect"]),
        mistakes=(
            Mistake(
                "difference_in_yuan",
                lambda company: float(
                    order_value(company)["group_value"] - order_value(company)["rest_value"]
                ),
            ),
            Mistake("number_of_times", lambda company: float(order_value(company)["ratio"])),
            Mistake("wrong_way_round", lambda company: -float(order_value(company)["effect"])),
        ),
    ),
    Exercise(
        "persona-most-striking",
        answer=lambda company: float(found(company).loc[found(company)["effect"].abs().idxmax(), "effect"]),
        mistakes=(
            Mistake(
                "colleagues_row",
                lambda company: float(found(company).loc[found(company)["ratio"].idxmax(), "effect"]),
            ),
            Mistake("largest_multiple", lambda company: float(found(company)["ratio"].max())),
            Mistake("first_row", lambda company: float(found(company)["effect"].iloc[0])),
        ),
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
        answer=lambda company: benefit(company).value_counts(),
        mistakes=(
            Mistake("all_customers", lambda company: benefit(company, everyone=True).value_counts()),
            Mistake("shares", lambda company: benefit(company).value_counts(normalize=True)),
            Mistake(
                "one_sentence_for_all", lambda company: {benefit(company).mode()[0]: len(benefit(company))}
            ),
            Mistake(
                "levels_not_benefits",
                lambda company: (
                    people(company).loc[benefit(company).index, "price_sensitivity"].value_counts()
                ),
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
        answer=lambda company: int(((accounts(company)["grade"] == "A") & no_decider(company)).sum()),
        mistakes=(
            Mistake("all_accounts", lambda company: int(no_decider(company).sum())),
            Mistake(
                "any_role_missing",
                lambda company: int(
                    ((accounts(company)["grade"] == "A") & (accounts(company)["missing"] != "")).sum()
                ),
            ),
            Mistake(
                "without_contacts",
                lambda company: int(
                    ((accounts(company)["grade"] == "A") & (accounts(company)["contacts"] == 0)).sum()
                ),
            ),
            Mistake(
                "other_way_round",
                lambda company: int(((accounts(company)["grade"] == "A") & ~no_decider(company)).sum()),
            ),
        ),
    ),
    Exercise("persona-to-staff"),
]
