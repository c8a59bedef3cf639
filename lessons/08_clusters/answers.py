"""What check() knows about lesson 08."""

from functools import cache

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


def groups(company, preparation, k=3):
    return clusters.assign(facts(company), clusters.fit_clusters(facts(company), preparation, k))


@cache
def group(company):
    return groups(company, ready(company))


def from_k1():
    return PEOPLE - PEOPLE.loc["K1"]


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


@cache
def certainty(company):
    return cluster_kin.soft_groups(points(company), 3).max(axis=1)


EXERCISES = [
    Exercise(
        "clusters-nearest",
        answer=lambda company: (from_k1() ** 2).sum(axis=1) ** 0.5,
        mistakes=(
            Mistake("along_the_streets", lambda company: from_k1().abs().sum(axis=1)),
            Mistake("no_square_root", lambda company: (from_k1() ** 2).sum(axis=1)),
            Mistake("orders_only", lambda company: from_k1()["frequency"].abs()),
        ),
    ),
    Exercise(
        "clusters-colleague-scale",
        answer=group,
        mistakes=(
            Mistake("colleagues_groups", lambda company: groups(company, AS_IT_IS)),
            Mistake(
                "no_logarithm",
                lambda company: groups(company, clusters.prepare(facts(company), COLUMNS, log=[])),
            ),
            Mistake(
                "two_columns",
                lambda company: groups(
                    company, clusters.prepare(facts(company), ["recency_days", "monetary"])
                ),
            ),
            Mistake("four_groups", lambda company: groups(company, ready(company), 4)),
        ),
        same="near_groups",
    ),
    Exercise(
        "clusters-one-round",
        answer=lambda company: PEOPLE.groupby(joined()).mean(),
        mistakes=(
            Mistake("centres_not_moved", lambda company: START),
            Mistake(
                "centres_customers_left_out",
                lambda company: PEOPLE.drop(index=["K1", "K5"]).groupby(joined()).mean(),
            ),
            Mistake("joined_by_orders", lambda company: PEOPLE.groupby(joined(["frequency"])).mean()),
            Mistake("median_not_mean", lambda company: PEOPLE.groupby(joined()).median()),
        ),
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
        answer=lambda company: rules(company, 2).attrs["agreement"],
        mistakes=(
            Mistake("three_levels", lambda company: rules(company, 3).attrs["agreement"]),
            Mistake("one_level", lambda company: rules(company, 1).attrs["agreement"]),
            Mistake("lands_elsewhere", lambda company: 1 - rules(company, 2).attrs["agreement"]),
            Mistake("mean_of_precisions", lambda company: rules(company, 2)["precision"].mean()),
        ),
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
    Exercise(
        "clusters-unsure",
        answer=lambda company: (certainty(company) < 0.8).mean(),
        mistakes=(
            Mistake("certain", lambda company: (certainty(company) >= 0.8).mean()),
            Mistake("number_of_people", lambda company: int((certainty(company) < 0.8).sum())),
            Mistake(
                "four_groups",
                lambda company: (cluster_kin.soft_groups(points(company), 4).max(axis=1) < 0.8).mean(),
            ),
        ),
    ),
]
