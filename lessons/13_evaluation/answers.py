"""What check() knows about lesson 13."""

from functools import cache

import pandas as pd

from custseg_helpers.action import before_after, evaluation, experiment, migration, sample_size
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.tiers import cuts, value


@cache
def untouched(company):
    """Spend around September 1, and how long each customer had been away."""
    owner = company.owner("responses")
    day, orders = owner.as_of - pd.Timedelta(days=122), owner.orders
    facts = order_facts(orders[orders["order_date"] < day], day)
    return before_after.spend_around(orders, facts.index, day).assign(away=facts["recency_days"])


@cache
def grade(company, before_campaign=False):
    owner = company.owner("responses")
    day, orders = owner.as_of, owner.orders
    if before_campaign:
        day = owner.campaigns["start_date"].iloc[-1]
        orders = orders[orders["order_date"] < day]
    return value.abc(order_facts(orders, day)["monetary"])


@cache
def result(company, back=1):
    """The list of the last campaign, or of the one `back` campaigns from the end."""
    owner = company.owner("responses")
    wanted = owner.campaigns["campaign_id"].iloc[-back]
    return owner.responses[owner.responses["campaign_id"] == wanted]


def rates(company):
    listed = result(company)
    return listed["converted"].astype(float).groupby(listed["arm"]).mean()


def took_part(company, column):
    """Treatment only: those who took part less those who did not."""
    treated = result(company).query("arm == 'treatment'")
    means = treated[column].astype(float).groupby(treated["attended"].astype(bool)).mean()
    return means[True] - means[False]


def limit(company, row="conversion", column="lower"):
    return evaluation.campaign_effect(result(company, 2)).loc[row, column]


def needed(company, more=0.02, share=0.2, power=0.8):
    base = rates(company)["holdout"]
    return sample_size.sample_size_for_shares(base, base + more, holdout_share=share, power=power)


def spend_gap(company, how):
    means = result(company).groupby("arm")["amount"].agg(how)
    return means["treatment"] - means["holdout"]


@cache
def halves(company):
    owner = company.owner("responses")
    everybody = pd.Index(owner.customers["customer_id"])
    half = owner.as_of - pd.Timedelta(days=184)
    return before_after.spend_around(owner.orders, everybody, half, days=184)


def moves(company, same_lines=True):
    money = {side: spent[spent > 0] for side, spent in halves(company).items()}
    lines = cuts.quantile_cuts(money["before"], 3)
    new_lines = lines if same_lines else cuts.quantile_cuts(money["after"], 3)
    return migration.migration(cuts.levels(money["before"], lines), cuts.levels(money["after"], new_lines))


EXERCISES = [
    Exercise(
        "evaluation-natural-rise",
        answer=lambda company: untouched(company).query("away > 120")["after"].mean(),
        mistakes=(
            Mistake(
                "spenders_only",
                lambda company: untouched(company).query("away > 120 and after > 0")["after"].mean(),
            ),
            Mistake("all_customers", lambda company: untouched(company)["after"].mean()),
            Mistake("total_money", lambda company: untouched(company).query("away > 120")["after"].sum()),
            Mistake(
                "came_back_early", lambda company: untouched(company).query("away <= 120")["after"].mean()
            ),
        ),
    ),
    Exercise(
        "evaluation-draw-lots",
        answer=lambda company: experiment.assign_holdout(grade(company), share=0.2, seed=13),
        mistakes=(
            Mistake(
                "share_contacted",
                lambda company: experiment.assign_holdout(grade(company), share=0.8, seed=13),
            ),
            Mistake("without_the_seed", lambda company: experiment.assign_holdout(grade(company), share=0.2)),
            Mistake(
                "not_within_grade",
                lambda company: experiment.assign_holdout(
                    pd.Series("all", index=grade(company).index), share=0.2, seed=13
                ),
            ),
            Mistake(
                "front_of_the_list",
                lambda company: (
                    grade(company)
                    .rank(method="first", pct=True)
                    .gt(0.2)
                    .map({True: "treatment", False: "holdout"})
                ),
            ),
        ),
    ),
    Exercise(
        "evaluation-more-buyers",
        answer=lambda company: rates(company)["treatment"] - rates(company)["holdout"],
        mistakes=(
            Mistake("treatment_only", lambda company: rates(company)["treatment"]),
            Mistake("by_taking_part", lambda company: took_part(company, "converted")),
            Mistake("ratio", lambda company: rates(company)["treatment"] / rates(company)["holdout"] - 1),
            Mistake(
                "wrong_way_round", lambda company: rates(company)["holdout"] - rates(company)["treatment"]
            ),
        ),
    ),
    Exercise(
        "evaluation-at-least",
        answer=limit,
        mistakes=(
            Mistake("upper_limit", lambda company: limit(company, column="upper")),
            Mistake("difference_itself", lambda company: limit(company, column="difference")),
            Mistake("spend", lambda company: limit(company, row="spend")),
            Mistake(
                "last_campaign",
                lambda company: evaluation.campaign_effect(result(company)).loc["conversion", "lower"],
            ),
        ),
    ),
    Exercise(
        "evaluation-intervals",
        answer=lambda company: "b",
        mistakes=(
            Mistake("run_the_wide_one", lambda company: "a"),
            Mistake("useless_across_zero", lambda company: "c"),
            Mistake("sign_decides", lambda company: "d"),
        ),
    ),
    Exercise(
        "evaluation-sample-size",
        answer=lambda company: sum(needed(company)),
        mistakes=(
            Mistake("even_split", lambda company: sum(needed(company, share=0.5))),
            Mistake("holdout_only", lambda company: needed(company).holdout),
            Mistake(
                "two_per_cent", lambda company: sum(needed(company, more=0.02 * rates(company)["holdout"]))
            ),
            Mistake("three_points", lambda company: sum(needed(company, more=0.03))),
        ),
    ),
    Exercise(
        "evaluation-fair-mean",
        answer=lambda company: spend_gap(company, "mean"),
        mistakes=(
            Mistake(
                "buyers_only", lambda company: spend_gap(company, lambda amount: amount[amount > 0].mean())
            ),
            Mistake("totals", lambda company: spend_gap(company, "sum")),
            Mistake("by_taking_part", lambda company: took_part(company, "amount")),
        ),
    ),
    Exercise("evaluation-reply"),
    Exercise(
        "evaluation-by-grade",
        answer=lambda company: evaluation.uplift_by_tier(result(company), grade(company, True))["difference"],
        mistakes=(
            Mistake(
                "todays_grades",
                lambda company: evaluation.uplift_by_tier(result(company), grade(company))["difference"],
            ),
            Mistake(
                "treatment_only",
                lambda company: evaluation.uplift_by_tier(result(company), grade(company, True))["treatment"],
            ),
            Mistake(
                "spend",
                lambda company: evaluation.uplift_by_tier(
                    result(company), grade(company, True), measure="amount"
                )["difference"],
            ),
        ),
    ),
    Exercise(
        "evaluation-still-high",
        answer=lambda company: migration.won_and_lost(moves(company)).loc["high", "stay_rate"],
        mistakes=(
            Mistake(
                "of_second_half",
                lambda company: moves(company).at["high", "high"] / moves(company)["high"].sum(),
            ),
            Mistake(
                "silent_left_out",
                lambda company: (
                    moves(company).at["high", "high"] / moves(company).loc["high"].drop("gone").sum()
                ),
            ),
            Mistake(
                "new_lines",
                lambda company: migration.won_and_lost(moves(company, same_lines=False)).loc[
                    "high", "stay_rate"
                ],
            ),
            Mistake(
                "all_tiers",
                lambda company: (
                    migration.won_and_lost(moves(company))["stayed"].sum()
                    / migration.won_and_lost(moves(company))["before"].sum()
                ),
            ),
        ),
    ),
    Exercise(
        "evaluation-groupings",
        answer=lambda company: "a",
        mistakes=(
            Mistake("most_stable", lambda company: "b"),
            Mistake("best_separated", lambda company: "c"),
            Mistake("all_crossed", lambda company: "d"),
        ),
    ),
]
