"""The KPIs and their score card."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.governance.kpis import (
    GOALS,
    LIGHTS,
    Goal,
    accuracy_rate,
    completeness,
    freshness,
    override_share,
    scorecard,
    tier_coverage,
)
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import T, UserError, use_language

AS_OF = pd.Timestamp("2025-06-30")


def test_the_accuracy_rate_counts_what_should_be_there_and_not_what_came():
    """1,000 customers should be there, 970 came, 960 of them are right: 96 %, not 99 %."""
    assert accuracy_rate(right=960, expected=1000) == 0.96 != 960 / 970


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_accuracy_rate_is_a_share_or_an_answer(right, expected):
    if right > expected:
        with pytest.raises(UserError, match="count duplicates once"):
            accuracy_rate(right, expected)
    elif expected == 0:
        assert math.isnan(accuracy_rate(right, expected))
    else:
        assert 0 <= accuracy_rate(right, expected) <= 1


def test_blank_text_is_not_complete():
    table = pd.DataFrame(
        {
            "city": ["xian", "", "  ", None],
            "frequency": [1.0, 0.0, np.nan, 3.0],
            "last_order": pd.to_datetime(["2025-01-01", None, None, None]),
            "scale": pd.Categorical(["large", None, "small", "small"]),
            "vip": [True, False, None, None],
        }
    )
    assert completeness(table, ["city"]) == 0.25
    assert completeness(table, ["city", "frequency"]) == 0.5
    assert completeness(table) == 10 / 20
    assert math.isnan(completeness(table.head(0))) and math.isnan(completeness(table, []))


def test_fresh_is_the_last_days_up_to_now_and_nothing_from_the_future():
    updated = pd.Series(
        pd.to_datetime(["2025-06-30 18:00", "2025-05-31", "2025-05-30", "2025-07-01", None], format="ISO8601")
    )
    assert freshness(updated, AS_OF, days=30) == 0.4
    assert math.isnan(freshness(updated.head(0), AS_OF, days=30))


def test_covered_is_who_has_a_tier():
    tiers = pd.Series(["A", "unknown", None, "B", " "])
    assert tier_coverage(tiers) == tier_coverage(tiers.astype("category")) == 0.4
    assert tier_coverage(pd.Series([1.0, np.nan])) == 0.5
    assert math.isnan(tier_coverage(tiers.head(0)))


def test_only_overrides_in_force_count_and_each_customer_once():
    report = pd.DataFrame(
        {"customer_id": ["C1", "C1", "C2", None], "status": ["applied", "applied", "expired", "damaged"]}
    )
    assert override_share(report, customers=100) == 0.01
    assert math.isnan(override_share(report, customers=0))


@pytest.mark.parametrize(
    ("kpi", "value", "light"),
    [
        ("data_accuracy", 0.98, "green"),
        ("data_accuracy", 0.9799, "amber"),
        ("data_accuracy", 0.95, "amber"),
        ("data_accuracy", 0.9499, "red"),
        ("override_share", 0.05, "green"),
        ("override_share", 0.0501, "amber"),
        ("override_share", 0.1, "amber"),
        ("override_share", 0.11, "red"),
        ("tier_coverage", float("nan"), "no_data"),
    ],
)
def test_a_value_on_the_line_has_reached_it(kpi, value, light):
    card = scorecard({kpi: value})
    assert card.loc[kpi, "light"] == light
    assert bool(card.loc[kpi, "advice"]) == (light != "green")


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_better_value_never_has_a_worse_light(good, fair, one, two):
    goal = Goal(good, fair, T(zh="", en=""))
    worse, better = sorted((one, two), reverse=good < fair)
    assert LIGHTS.index(goal.light(better)) <= LIGHTS.index(goal.light(worse))


def test_the_score_card_speaks_both_languages_and_takes_further_kpis():
    goals = {**GOALS, "tier_quality": Goal(0.7, 0.5, T(zh="合并或拆分层级", en="merge or split tiers"))}
    values = {"data_accuracy": 0.9, "tier_quality": 0.6}
    assert scorecard(values, goals)["advice"].tolist() == [
        "send the wrong records back to their department",
        "merge or split tiers",
    ]
    use_language("zh")
    assert scorecard(values, goals)["advice"].tolist() == ["把错误记录退回来源部门改正", "合并或拆分层级"]
    with pytest.raises(UserError, match="没有目标"):
        scorecard({"luck": 1.0})


def test_every_kpi_and_light_has_a_name():
    assert set(GOALS) | set(LIGHTS) <= set(glossary())
