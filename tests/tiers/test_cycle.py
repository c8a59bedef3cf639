import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import cycle

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=150)


def facts_of(days_by_customer, as_of):
    """The facts of customers given by the day numbers on which they bought."""
    rows = {}
    for customer, days in days_by_customer.items():
        days = sorted(set(days))
        gaps = np.diff(days)
        rows[customer] = {
            "recency_days": as_of - days[-1],
            "frequency": len(days),
            "tenure_days": as_of - days[0],
            "order_days": len(days),
            "mean_gap_days": gaps.mean() if len(gaps) else math.nan,
            "last_gap_days": float(gaps[-1]) if len(gaps) else math.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("customer_id")


histories = st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=9), min_size=1, max_size=12).map(
    lambda days: {f"c{i}": d for i, d in enumerate(days)}
)


@quiet
@given(histories)
def test_cycle_and_pace_look_at_one_customer_and_the_company_only(days):
    facts = facts_of(days, 400)
    before = facts.copy()
    usual = cycle.purchase_cycle(facts, company=30)
    speed = cycle.pace(facts)
    pd.testing.assert_frame_equal(facts, before)
    assert (usual["usual_gap_days"] >= 1).all()
    assert (usual["basis"] == "own").equals(facts["order_days"] >= 3)
    assert (speed["pace"] == "unknown").equals(facts["order_days"] < 4)
    for customer, history in days.items():
        gaps = np.diff(sorted(set(history)))
        if len(gaps) >= 3:
            assert speed.loc[customer, "earlier_gap_days"] == pytest.approx(gaps[:-1].mean())
    shuffled = facts.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(cycle.pace(shuffled).reindex(facts.index), speed)
    assert cycle.typical_gap(shuffled) == cycle.typical_gap(facts) or facts["mean_gap_days"].isna().all()


def test_an_open_gap_counts_only_as_far_as_it_speaks():
    facts = facts_of({"just bought": [0, 10, 20, 30], "late": [0, 10, 20, 30 - 5]}, 31)
    assert cycle.pace(facts)["recent_gap_days"].tolist() == [10, 6]
    assert cycle.pace(facts_of({"late": [0, 10, 20, 30]}, 50))["pace"].tolist() == ["slowing_down"]


def test_a_pace_that_leaves_the_open_gap_out_would_call_the_lost_steady():
    lost = facts_of({"lost": [0, 10, 20, 30]}, 300)
    closed_only = lost["last_gap_days"] / lost["mean_gap_days"]
    assert closed_only.item() == 1 and cycle.pace(lost)["pace"].item() == "slowing_down"


def test_when_nobody_came_back_there_is_no_cycle():
    once = facts_of({"c1": [0], "c2": [9]}, 30)
    assert math.isnan(cycle.typical_gap(once))
    usual = cycle.purchase_cycle(once)
    assert usual["basis"].tolist() == ["unknown", "unknown"] and usual["gaps_since"].isna().all()


def test_empty_and_never_bought():
    facts = facts_of({"c1": [0, 5, 10]}, 20).reindex(["c1", "never"])
    assert cycle.purchase_cycle(facts)["basis"].tolist() == ["own", "unknown"]
    assert cycle.pace(facts)["pace"].tolist() == ["unknown", "unknown"]
    assert cycle.purchase_cycle(facts.iloc[:0]).columns.tolist() == ["usual_gap_days", "basis", "gaps_since"]
    assert cycle.pace(facts.iloc[:0]).empty


def test_activity_takes_one_limit_or_one_a_customer():
    days = pd.Series({"c1": 30.0, "c2": 30.0, "c3": math.nan})
    limits = pd.Series({"c2": 20.0, "c1": 30.0, "c3": 30.0})
    assert cycle.activity(days, limits).tolist() == ["active", "dormant", "unknown"]
    assert cycle.activity(days, 30).tolist() == ["active", "active", "unknown"]
