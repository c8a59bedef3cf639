"""What check() knows about lesson 13."""

from functools import cache
from typing import Literal

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


def took_part(company, column):
    """Treatment only: those who took part less those who did not."""
    treated = result(company).query("arm == 'treatment'")
    means = treated[column].astype(float).groupby(treated["attended"].astype(bool)).mean()
    return means[True] - means[False]


def natural_rise(
    company,
    *,
    who: Literal["long_away", "everyone", "not_long_away", "120_too", "more_than_90"] = "long_away",
    people: Literal["all", "spenders_only"] = "all",
    measure: Literal["mean", "total"] = "mean",
    side: Literal["after", "before"] = "after",
):
    table = untouched(company)
    away = table["away"]
    table = table[
        {
            "long_away": away > 120,
            "everyone": away.notna(),
            "not_long_away": away <= 120,
            "120_too": away >= 120,
            "more_than_90": away > 90,
        }[who]
    ]
    spent = table[side] if people == "all" else table.loc[table[side] > 0, side]
    return {"mean": spent.mean(), "total": spent.sum()}[measure]


def draw_lots(
    company,
    *,
    held_out: Literal["20", "80", "10"] = "20",
    seed: Literal["13", "none"] = "13",
    within: Literal["grades", "whole_list"] = "grades",
):
    groups = grade(company) if within == "grades" else pd.Series("all", index=grade(company).index)
    settings = {"seed": 13} if seed == "13" else {}
    return experiment.assign_holdout(groups, share=int(held_out) / 100, **settings)


def more_buyers(
    company,
    *,
    taken: Literal["difference", "wrong_way_round", "ratio", "treatment", "holdout"] = "difference",
    campaign: Literal["last", "one_before"] = "last",
):
    listed = result(company, {"last": 1, "one_before": 2}[campaign])
    rate = listed["converted"].astype(float).groupby(listed["arm"]).mean()
    return {
        "difference": rate["treatment"] - rate["holdout"],
        "wrong_way_round": rate["holdout"] - rate["treatment"],
        "ratio": rate["treatment"] / rate["holdout"] - 1,
        "treatment": rate["treatment"],
        "holdout": rate["holdout"],
    }[taken]


def limit(
    company,
    *,
    read: Literal["lower", "upper", "difference"] = "lower",
    of: Literal["conversion", "spend"] = "conversion",
    campaign: Literal["one_before", "last"] = "one_before",
):
    return evaluation.campaign_effect(result(company, {"last": 1, "one_before": 2}[campaign])).loc[of, read]


def needed(
    company,
    *,
    more: Literal["two_points", "two_per_cent", "three_points"] = "two_points",
    held_out: Literal["20", "50", "10"] = "20",
    power: Literal["80", "90"] = "80",
    counted: Literal["both", "holdout", "treatment"] = "both",
):
    base = more_buyers(company, taken="holdout")
    rise = {"two_points": 0.02, "two_per_cent": 0.02 * base, "three_points": 0.03}[more]
    both = sample_size.sample_size_for_shares(
        base, base + rise, holdout_share=int(held_out) / 100, power=int(power) / 100
    )
    return {"both": sum(both), "holdout": both.holdout, "treatment": both.treatment}[counted]


def spend_gap(
    company,
    *,
    people: Literal["everyone", "buyers"] = "everyone",
    measure: Literal["mean", "total"] = "mean",
    taken: Literal["difference", "wrong_way_round", "treatment"] = "difference",
):
    listed = result(company)
    listed = listed if people == "everyone" else listed[listed["amount"] > 0]
    side = listed.groupby("arm")["amount"].agg({"mean": "mean", "total": "sum"}[measure])
    return {
        "difference": side["treatment"] - side["holdout"],
        "wrong_way_round": side["holdout"] - side["treatment"],
        "treatment": side["treatment"],
    }[taken]


def by_grade(
    company,
    *,
    grades: Literal["before_campaign", "today"] = "before_campaign",
    read: Literal["difference", "treatment", "holdout"] = "difference",
    measure: Literal["converted", "amount"] = "converted",
):
    tiers = grade(company, grades == "before_campaign")
    return evaluation.uplift_by_tier(result(company), tiers, measure=measure)[read]


@cache
def halves(company):
    owner = company.owner("responses")
    everybody = pd.Index(owner.customers["customer_id"])
    half = owner.as_of - pd.Timedelta(days=184)
    return before_after.spend_around(owner.orders, everybody, half, days=184)


def still_high(
    company,
    *,
    lines: Literal["same", "new"] = "same",
    out_of: Literal["first_half", "second_half"] = "first_half",
    silent: Literal["counted", "left_out"] = "counted",
    tier: Literal["high", "all", "medium"] = "high",
):
    money = {side: spent[spent > 0] for side, spent in halves(company).items()}
    old = cuts.quantile_cuts(money["before"], 3)
    new = old if lines == "same" else cuts.quantile_cuts(money["after"], 3)
    table = migration.migration(cuts.levels(money["before"], old), cuts.levels(money["after"], new))
    if silent == "left_out":
        table = table.drop(columns="gone")
    named = [one for one in table.index if one in table.columns] if tier == "all" else [tier]
    stayed = sum(table.at[one, one] for one in named)
    whole = table.loc[named] if out_of == "first_half" else table[named]
    return stayed / whole.to_numpy().sum()


EXERCISES = [
    Exercise("evaluation-natural-rise", answer=natural_rise, money=True),
    Exercise(
        "evaluation-draw-lots",
        answer=draw_lots,
        mistakes=(
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
        answer=more_buyers,
        mistakes=(Mistake("by_taking_part", lambda company: took_part(company, "converted")),),
    ),
    Exercise("evaluation-at-least", answer=limit),
    Exercise(
        "evaluation-intervals",
        answer=lambda company: "b",
        mistakes=(
            Mistake("run_the_wide_one", lambda company: "a"),
            Mistake("useless_across_zero", lambda company: "c"),
            Mistake("sign_decides", lambda company: "d"),
        ),
    ),
    Exercise("evaluation-sample-size", answer=needed),
    Exercise(
        "evaluation-fair-mean",
        money=True,
        answer=spend_gap,
        mistakes=(Mistake("by_taking_part", lambda company: took_part(company, "amount")),),
    ),
    Exercise("evaluation-reply"),
    Exercise("evaluation-by-grade", answer=by_grade),
    Exercise("evaluation-still-high", answer=still_high),
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
