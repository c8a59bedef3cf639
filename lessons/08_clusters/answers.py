"""What check() knows about lesson 08."""

from functools import cache
from typing import Literal

import pandas as pd

from custseg_helpers.facts.per_customer import money_by, order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cluster_kin, cluster_rules, clusters, kmeans, rfm

COLUMNS = ["recency_days", "frequency", "monetary"]
AS_IT_IS = {column: {"log": False, "mean": 0.0, "spread": 1.0} for column in COLUMNS}
PEOPLE = pd.DataFrame(
    {"frequency": [2, 5, 2, 8, 14, 6], "hundred_yuan": [3, 7, 9, 11, 8, 3]},
    index=["K1", "K2", "K3", "K4", "K5", "K6"],
)
START = PEOPLE.loc[["K1", "K5"]].set_axis(["cluster_1", "cluster_2"])


@cache
def facts(company):
    return order_facts(company.orders, company.as_of)


@cache
def ready(company):
    return clusters.prepare(facts(company), COLUMNS)


@cache
def points(company):
    return clusters.scaled(facts(company), ready(company))


@cache
def group(company):
    return three_groups(company)


def joined(columns=("frequency", "hundred_yuan")):
    """Name the nearer of the two first centres, going by these columns."""
    table = PEOPLE[list(columns)]
    way = {code: ((table - START.loc[code, list(columns)]) ** 2).sum(axis=1) for code in START.index}
    return pd.DataFrame(way).idxmin(axis=1)


@cache
def runs(company):
    return [kmeans.kmeans_steps(points(company), 3, seed=seed)[-1].groups for seed in (2, 3)]


def changed(company):
    together = pd.crosstab(*runs(company))
    return 1 - together.max(axis=1).sum() / len(points(company))


def size_gone(company):
    sizes = [(run == "cluster_1").sum() for run in runs(company)]
    return abs(sizes[1] / sizes[0] - 1)


@cache
def rules(company, depth):
    return cluster_rules.rules(facts(company), group(company), COLUMNS, depth=depth)


@cache
def baskets(company):
    """Cross RFM segments (rows) with the four basket groups of customers with five orders or more."""
    loyal = facts(company).index[facts(company)["frequency"] >= 5]
    spent = money_by(company.orders, "category", products=company.products).reindex(loyal).clip(lower=0)
    shares = spent.div(spent.sum(axis=1), axis=0)
    model = clusters.fit_clusters(shares, clusters.prepare(shares, list(shares)), 4)
    segment = rfm.segments8(rfm.rfm_scores(facts(company))).reindex(loyal)
    return pd.crosstab(segment, clusters.assign(shares, model))


@cache
def newcomers(company):
    """Return the customers of the last 180 days and the model of those before them."""
    young = facts(company)["tenure_days"] < 180
    old = facts(company)[~young]
    return facts(company)[young], clusters.fit_clusters(old, clusters.prepare(old, COLUMNS), 3)


def grouped_anew(company):
    new, _ = newcomers(company)
    return clusters.assign(new, clusters.fit_clusters(new, clusters.prepare(new, COLUMNS), 3))


def other_rulers(company):
    new, model = newcomers(company)
    return clusters.assign(new, model | {"preparation": clusters.prepare(new, COLUMNS)})


def from_k1(
    company,
    *,
    way: Literal["straight", "along_the_streets", "squared"] = "straight",
    columns: Literal["both", "orders_only", "money_only"] = "both",
):
    chosen = {
        "both": ["frequency", "hundred_yuan"],
        "orders_only": ["frequency"],
        "money_only": ["hundred_yuan"],
    }[columns]
    steps = (PEOPLE - PEOPLE.loc["K1"])[chosen]
    if way == "along_the_streets":
        return steps.abs().sum(axis=1)
    return (steps**2).sum(axis=1) ** (0.5 if way == "straight" else 1)


def three_groups(
    company,
    *,
    scale: Literal["log_and_spread", "as_it_is", "no_logarithm"] = "log_and_spread",
    columns: Literal["three", "without_frequency"] = "three",
    number: Literal["three", "four"] = "three",
):
    chosen = COLUMNS if columns == "three" else ["recency_days", "monetary"]
    if scale == "as_it_is":
        rulers = {column: AS_IT_IS[column] for column in chosen}
    else:
        rulers = clusters.prepare(facts(company), chosen, **({"log": []} if scale == "no_logarithm" else {}))
    model = clusters.fit_clusters(facts(company), rulers, {"three": 3, "four": 4}[number])
    return clusters.assign(facts(company), model)


def new_centres(
    company,
    *,
    centre: Literal["mean", "median"] = "mean",
    joined_by: Literal["both", "orders_only", "money_only"] = "both",
    first_centres: Literal["counted", "left_out"] = "counted",
):
    columns = {
        "both": ("frequency", "hundred_yuan"),
        "orders_only": ("frequency",),
        "money_only": ("hundred_yuan",),
    }[joined_by]
    people = PEOPLE if first_centres == "counted" else PEOPLE.drop(index=["K1", "K5"])
    by = people.groupby(joined(columns))
    return by.mean() if centre == "mean" else by.median()


def agreement(
    company,
    *,
    levels: Literal["two", "three", "one"] = "two",
    share: Literal["agrees", "lands_elsewhere"] = "agrees",
):
    found = rules(company, {"one": 1, "two": 2, "three": 3}[levels]).attrs["agreement"]
    return found if share == "agrees" else 1 - found


def unsure(
    company,
    *,
    side: Literal["below", "certain"] = "below",
    limit: Literal["80", "90", "60"] = "80",
    groups: Literal["3", "4"] = "3",
    measure: Literal["share", "number"] = "share",
):
    certainty = soft(company, int(groups)).max(axis=1)
    low = certainty < int(limit) / 100
    chosen = low if side == "below" else ~low
    return chosen.mean() if measure == "share" else int(chosen.sum())


@cache
def soft(company, number):
    return cluster_kin.soft_groups(points(company), number)


EXERCISES = [
    Exercise("clusters-nearest", answer=from_k1),
    Exercise("clusters-colleague-scale", answer=three_groups, same="near_groups"),
    Exercise(
        "clusters-one-round",
        answer=new_centres,
        mistakes=(Mistake("centres_not_moved", lambda company: START),),
    ),
    Exercise(
        "clusters-really-changed",
        answer=changed,
        mistakes=(
            Mistake("other_number", lambda company: (runs(company)[0] != runs(company)[1]).mean()),
            Mistake("stayed_together", lambda company: 1 - changed(company)),
            Mistake("size_of_group_one", size_gone),
        ),
    ),
    Exercise(
        "clusters-how-many",
        answer=lambda company: "b",
        mistakes=(
            Mistake("most_explained", lambda company: "a"),
            Mistake("no_tiers_at_all", lambda company: "c"),
            Mistake("two_groups", lambda company: "d"),
        ),
    ),
    Exercise(
        "clusters-rules-agree",
        answer=agreement,
        mistakes=(Mistake("mean_of_precisions", lambda company: rules(company, 2)["precision"].mean()),),
    ),
    Exercise("clusters-to-boss"),
    Exercise(
        "clusters-rfm-guess",
        answer=lambda company: baskets(company).max(axis=1).sum() / baskets(company).to_numpy().sum(),
        mistakes=(
            Mistake(
                "largest_for_all",
                lambda company: baskets(company).sum().max() / baskets(company).to_numpy().sum(),
            ),
            Mistake(
                "wrong_way_round",
                lambda company: baskets(company).max(axis=0).sum() / baskets(company).to_numpy().sum(),
            ),
            Mistake(
                "mean_of_segments",
                lambda company: baskets(company).div(baskets(company).sum(axis=1), axis=0).max(axis=1).mean(),
            ),
            Mistake("number_of_people", lambda company: int(baskets(company).max(axis=1).sum())),
        ),
    ),
    Exercise(
        "clusters-new-customers",
        answer=lambda company: clusters.assign(*newcomers(company)),
        mistakes=(
            Mistake("groups_made_anew", grouped_anew),
            Mistake("scaled_anew", other_rulers),
            Mistake(
                "one_order_apart",
                lambda company: (
                    group(company)
                    .loc[newcomers(company)[0].index]
                    .where(newcomers(company)[0]["frequency"] > 1, "cluster_3")
                ),
            ),
        ),
        same="groups",
    ),
    Exercise("clusters-unsure", answer=unsure),
]
