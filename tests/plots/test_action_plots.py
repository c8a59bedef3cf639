"""Every picture of acting and evaluating: drawn in both languages, from real shapes, and saying what the table says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from custseg_helpers.action import (
    allocation,
    channels,
    evaluation,
    experiment,
    levers,
    migration,
    recommend,
    strategy,
    targets,
)
from custseg_helpers.plots import action as draw
from custseg_helpers.plots import evaluation as judge
from custseg_helpers.plots import goals
from custseg_helpers.words.text import use_language

INDEX = [f"C{n:03d}" for n in range(400)]
LOTS = np.random.default_rng(8)
TIERS = pd.Series(LOTS.choice(["champions", "at_risk", "my own tier"], 400), index=INDEX)
CODES = TIERS.replace("my own tier", "lost")
WORTH = pd.Series(LOTS.lognormal(5, 1, 400), index=INDEX)
FACTS = pd.DataFrame({"monetary": WORTH, "region": LOTS.choice(["east", "west"], 400)})
RESPONSES = pd.DataFrame(
    {
        "customer_id": INDEX, "arm": LOTS.choice(["treatment", "holdout"], 400),
        "converted": LOTS.random(400) < 0.3, "amount": WORTH.to_numpy() * (LOTS.random(400) < 0.3),
    }
)  # fmt: skip
FLAT = pd.Series(1.0, index=range(1, 13))


def plan():
    return strategy.within_budget(strategy.plan(CODES, WORTH), 400)


def rules():
    baskets = pd.DataFrame(
        {"order_id": np.repeat(range(60), 3), "product_id": LOTS.choice(list("ABCDE"), 180)}
    )
    return recommend.association_rules(baskets, min_count=2)


def funnel():
    months = pd.DataFrame(
        {"channel": ["web", "store"], "cost": [900.0, 0.0], "visits": [9000, 0], "leads": [300, 0]}
    )
    return channels.conversion(
        months, pd.DataFrame({"customers": [30, 4], "sales": [9000.0, 80.0]}, ["web", "store"]), 0.3
    )


def shift():
    return channels.shift_budget(
        pd.Series({"web": 100.0, "store": 80.0}), pd.Series({"web": 400.0, "store": 90.0})
    )


def effects():
    return levers.lever_effects(
        levers.sales_formula(1000, 400, 1200, 18e4), levers.sales_formula(1100, 400, 1300, 21e4)
    )


def two_way():
    return targets.cross(targets.split(1e6, FLAT), targets.split(1e6, CODES.value_counts()))


def load():
    customers = pd.DataFrame({"industry": "steel", "region": "east"}, index=INDEX[:50])
    reps = pd.DataFrame({"rep_id": ["R1", "R2"], "capacity": [30, 0], "industry": "steel", "region": "east"})
    return allocation.workload(allocation.allocate(customers, reps), reps)


PICTURES = {
    "plan": lambda: draw.plan(plan()),
    "plan in full": lambda: draw.plan(strategy.plan(CODES, WORTH)),
    "pairs": lambda: draw.product_pairs(rules(), {"A": "绿茶", "B": "大米"}),
    "no pairs": lambda: draw.product_pairs(rules().head(0)),
    "channels": lambda: draw.channels(funnel()),
    "shift": lambda: draw.budget_shift(shift()),
    "calendar": lambda: goals.target_calendar(
        targets.daily_targets(2026, 1_550_000, FLAT, closed=["2026-02-17"])
    ),
    "leap year": lambda: goals.target_calendar(targets.daily_targets(2028, 1_550_000, FLAT)),
    "two ways": lambda: goals.target_table(two_way()),
    "levers": lambda: goals.lever_effects(effects()),
    "workload": lambda: goals.workload(load()),
    "uplift": lambda: judge.uplift(evaluation.uplift_by_tier(RESPONSES, TIERS)),
    "uplift in yuan": lambda: judge.uplift(evaluation.uplift_by_tier(RESPONSES, TIERS, measure="amount")),
    "uplift of few": lambda: judge.uplift(evaluation.uplift_by_tier(RESPONSES.head(20), TIERS)),
    "trap": lambda: judge.survivor_trap(evaluation.spend_two_ways(RESPONSES)),
    "balance": lambda: judge.balance(experiment.balance(FACTS, experiment.assign_holdout(TIERS))),
    "power": lambda: judge.power(0.10, 0.13),
    "migration": lambda: judge.migration(migration.migration(TIERS, TIERS.sample(350, random_state=1))),
    "separation": lambda: judge.separation(TIERS, WORTH),
    "kinds": lambda: judge.uplift_quadrants(),
}


def words(figure):
    figure.draw_without_rendering()
    texts = figure.findobj(lambda part: hasattr(part, "get_text"))
    return {text.get_text() for text in texts if text.get_text()}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_in_both_languages(name):
    said = {}
    for language in ("zh", "en"):
        use_language(language)
        figure = PICTURES[name]()
        assert isinstance(figure, Figure) and figure.axes
        said[language] = words(figure)
    assert said["zh"] != said["en"]
    assert not any(
        "一" <= letter <= "鿿" or letter in "（）：，"
        for text in said["en"] - {"绿茶", "大米"}
        for letter in text
        if "绿茶" not in text and "大米" not in text
    )


def test_what_the_budget_left_out_stands_beside_the_tier():
    assert any("no money left" in text or "paid in part" in text for text in words(draw.plan(plan())))


def test_bars_are_as_long_as_the_table_says():
    figure = draw.plan(strategy.plan(CODES, WORTH))
    lengths = sorted(round(bar.get_width(), 2) for bar in figure.axes[0].patches)
    table = strategy.plan(CODES, WORTH)
    assert lengths == sorted([*table["cost"], *table["expected_margin"]])


def test_a_month_border_follows_the_calendar():
    figure = goals.target_calendar(targets.daily_targets(2026, 1_550_000, FLAT))
    borders = [line.get_xydata() for line in figure.axes[1].lines]
    assert len(borders) == 11
    assert borders[0][1].tolist() == [4, 6] and borders[4][1].tolist() == [22, 0]


def test_each_pair_of_products_is_drawn_once():
    figure = draw.product_pairs(rules())
    pairs = [frozenset(text.get_text().split(" → ")) for text in figure.axes[0].get_yticklabels()]
    assert len(pairs) == len(set(pairs)) > 0


def test_tiers_too_small_are_named_not_drawn():
    table = evaluation.uplift_by_tier(RESPONSES.head(20), TIERS)
    assert "too few customers" in words(judge.uplift(table))
