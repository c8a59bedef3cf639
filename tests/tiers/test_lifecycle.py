import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.facts.per_customer import facts_at, order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import lifecycle
from custseg_helpers.tiers.cycle import typical_gap

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=150)


def facts_of(days_by_customer, as_of):
    """The facts of customers given by the day numbers on which they bought; no day = never."""
    rows = {}
    for customer, days in days_by_customer.items():
        days = sorted({day for day in days if day <= as_of})
        gaps = np.diff(days)
        rows[customer] = {
            "recency_days": as_of - days[-1] if days else math.nan,
            "frequency": len(days) or math.nan,
            "tenure_days": as_of - days[0] if days else math.nan,
            "order_days": len(days) or math.nan,
            "mean_gap_days": gaps.mean() if len(gaps) else math.nan,
            "last_gap_days": float(gaps[-1]) if len(gaps) else math.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("customer_id")


CASES = {
    "potential": [],
    "new": [990],
    "new though busy": [985, 988, 991, 994, 997, 1000],
    "active": [900, 930, 960, 990],
    "loyal": [850, 880, 910, 940, 970, 995],
    "won_back": [100, 130, 160, 980],
    "dormant": [700, 720, 740, 760, 780, 800, 820, 840, 860, 880, 900, 920, 940, 955],
    "churned": [100, 130, 160, 190],
    "slow but loyal": [0, 150, 300, 450, 600, 750, 900],
}


def laws_of_stage(stage):
    facts = facts_of(CASES, 1000)
    before = facts.copy()
    found = stage(facts)
    pd.testing.assert_frame_equal(facts, before)
    expected = {name: name for name in CASES}
    expected |= {"new though busy": "new", "slow but loyal": "loyal"}
    assert found.to_dict() == expected


def test_every_stage_has_its_customer():
    laws_of_stage(lambda facts: lifecycle.stage(facts, cycle=30))


def _one_number_for_all(facts):
    return lifecycle.stage(facts, cycle=30, own_cycle=False)


def _break_measured_by_itself(facts):
    broken = lifecycle.stage(facts, cycle=30)
    return broken.mask(
        facts["last_gap_days"] <= 4 * facts["mean_gap_days"], broken.replace("won_back", "active")
    )


def _rules_that_overwrite(facts):
    result = lifecycle.stage(facts, cycle=30)
    return result.mask(facts["frequency"] >= 5, "loyal")


@pytest.mark.parametrize("wrong", [_one_number_for_all, _break_measured_by_itself, _rules_that_overwrite])
def test_counterfeit_stages_fail(wrong):
    with pytest.raises(AssertionError):
        laws_of_stage(wrong)


histories = st.lists(st.lists(st.integers(0, 400), max_size=9), min_size=1, max_size=12).map(
    lambda days: {f"c{i}": d for i, d in enumerate(days)}
)


@quiet
@given(histories, st.floats(5, 100))
def test_waiting_only_ever_cools_down(days, gap):
    warm = {"new": 0, "active": 0, "loyal": 0, "won_back": 0, "dormant": 1, "churned": 2}
    today, later = (lifecycle.stage(facts_of(days, 400).assign(**shift(d)), cycle=gap) for d in (0, 60))
    assert set(today) <= set(lifecycle.STAGES)
    bought = today != "potential"
    assert (today[bought].map(warm) <= later[bought].map(warm)).all()
    assert ((today == "potential") == (later == "potential")).all()
    renamed = facts_of({f"x{k}": v for k, v in reversed(days.items())}, 400)
    assert lifecycle.stage(renamed, cycle=gap).tolist()[::-1] == today.tolist()


def shift(days):
    return {
        "recency_days": lambda facts: facts["recency_days"] + days,
        "tenure_days": lambda facts: facts["tenure_days"] + days,
    }


def test_fixed_days():
    facts = facts_of({"c1": [0, 10, 20, 110], "c2": [0, 10, 19], "c3": [200]}, 200)
    fixed = lifecycle.stage(facts, cycle=45, own_cycle=False)
    assert fixed.tolist() == ["active", "churned", "new"]
    back = facts_of({"c1": [0, 10, 20, 110]}, 150)
    assert lifecycle.stage(back, cycle=45, own_cycle=False).item() == "active"
    assert lifecycle.stage(back, cycle=45).item() == "won_back"


def test_without_any_cycle_buyers_are_unknown():
    facts = facts_of({"c1": [100], "c2": []}, 200)
    assert lifecycle.stage(facts).tolist() == ["unknown", "potential"]
    assert lifecycle.stage(facts, cycle=60).tolist() == ["active", "potential"]
    assert lifecycle.stage(facts.iloc[:0]).empty


def test_stages_at_several_dates_know_only_their_past():
    dates = pd.to_datetime(["2025-01-01", "2025-07-01"])
    days = {"c1": [10, 40, 70, 100], "c2": [150]}
    facts = {date: facts_of(days, number) for date, number in zip(dates, (110, 291), strict=True)}
    facts[dates[0]] = facts[dates[0]].dropna(subset=["frequency"])
    signup = pd.Series(pd.to_datetime(["2024-09-01", "2025-02-01", None]), index=["c1", "c2", "c3"])
    table = lifecycle.stages(facts, signup, cycle=30)
    assert table[dates[0]].tolist()[0] == "active" and pd.isna(table.loc["c2", dates[0]])
    assert table[dates[1]].tolist() == ["churned", "churned", "potential"]
    assert table.loc["c3", dates[0]] == "potential"


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        ([0, 0, 0, 0], "potential"),
        ([0, 0, 4, 0], "introduction"),
        ([5, 5, 6, 6], "growth"),
        ([5, 5, 5, 5], "maturity"),
        ([5, 5, 4, 4], "decline"),
        ([5, -5, 0, 0], "decline"),
        ([5, -5, 3, 3], "growth"),
        ([0, 5, 6, 6], "growth"),
    ],
)
def test_phase(money, expected):
    table = pd.DataFrame([money], columns=["q1", "q2", "q3", "q4"])
    assert lifecycle.phase(table).item() == expected
    assert lifecycle.phase(table.iloc[:0]).empty


def test_deal_stage_follows_the_deal():
    table = lifecycle.deal_stage(pd.Series([1, math.nan, 0]), pd.Series([math.nan, 2, 0]))
    assert table.tolist() == ["closed", "intent", "potential"]


codes = st.lists(st.sampled_from(["new", "loyal", "dormant", None]), max_size=20)


@quiet
@given(codes, codes)
def test_everyone_moves_once_or_is_counted_as_left_out(before, after):
    size = min(len(before), len(after))
    before, after = (pd.Series(c[:size], dtype=object) for c in (before, after))
    matrix = lifecycle.transitions(before, after)
    assert list(matrix.index) == list(matrix.columns)
    assert matrix.to_numpy().sum() == (before.notna() & after.notna()).sum()
    shares = lifecycle.transitions(before, after, shares=True).dropna()
    assert (shares.sum(axis=1).round(9) == 1).all()
    money = pd.Series(1.0, index=before.index)
    worth = lifecycle.transition_worth(before, after, money, money * 3)
    assert worth["customers"].sum() == matrix.to_numpy().sum()
    assert worth["change"].sum() == 2 * worth["customers"].sum()


def test_matrix_stands_in_lifecycle_order_and_reads_from_row_to_column():
    before = pd.Series({"c1": "loyal", "c2": "new", "c3": "loyal", "c4": "new"})
    after = pd.Series({"c2": "loyal", "c1": "dormant", "c3": "loyal", "c5": "new"})
    matrix = lifecycle.transitions(before, after)
    assert matrix.index.tolist() == ["new", "loyal", "dormant"]
    assert matrix.loc["loyal", "dormant"] == 1 and matrix.loc["dormant", "loyal"] == 0
    assert matrix.attrs["left_out"] == {"not_before": 1, "not_after": 1}
    grades = lifecycle.transitions(pd.Series(["B", "A"]), pd.Series(["A", "A"]))
    assert grades.index.tolist() == ["A", "B"]


def test_worth_counts_no_purchase_as_nothing():
    before, after = pd.Series({"c1": "loyal", "c2": "loyal"}), pd.Series({"c1": "churned", "c2": "loyal"})
    worth = lifecycle.transition_worth(
        before, after, pd.Series({"c1": 10.1, "c2": 0.2}), pd.Series({"c2": 0.1})
    )
    assert worth["change"].to_dict() == {("loyal", "loyal"): -0.1, ("loyal", "churned"): -10.1}


def test_retail_company_moves_through_its_stages():
    company = load("retail")
    customers = company.customers.set_index("customer_id")
    dates = [company.as_of - pd.DateOffset(months=m) for m in (12, 6, 0)]
    orders = company.orders
    facts = facts_at(orders, dates)
    cycle = typical_gap(facts[dates[0]])
    table = lifecycle.stages(facts, customers["signup_date"], cycle)
    assert set(table[dates[-1]].dropna()) == set(lifecycle.STAGES)
    future = orders.assign(amount=orders["amount"].where(orders["order_date"] <= dates[0], 1e6))
    again = lifecycle.stage(order_facts(future, dates[0]), cycle)
    assert again.equals(lifecycle.stage(facts[dates[0]], cycle))
    matrix = lifecycle.transitions(table[dates[0]], table[dates[-1]])
    assert matrix.to_numpy().sum() + matrix.attrs["left_out"]["not_before"] == len(customers)
