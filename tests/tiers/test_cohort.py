import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import cohort

REAL = Path(__file__).parents[2].parent / "shared" / "data"

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=150)

SIX_MP = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def laws_of_survival(estimate):
    weeks = pd.Series(SIX_MP)  # below zero: still well when last seen
    curve = estimate(weeks.abs(), weeks > 0)
    assert curve["survival"].drop(0).round(3).to_dict() == PUBLISHED


def test_survival_agrees_with_the_published_example():
    laws_of_survival(cohort.survival)


def _forget_the_censored(days, happened):
    return cohort.survival(days[happened], happened[happened])


def _count_the_censored_as_events(days, happened):
    return cohort.survival(days, happened | True)


def _censor_before_the_event(days, happened):
    return cohort.survival(days - (~happened) * 0.5, happened)


def _plain_share(days, happened):
    curve = cohort.survival(days, happened)
    return curve.assign(survival=[1 - (happened & (days <= day)).mean() for day in curve.index])


@pytest.mark.parametrize(
    "wrong", [_forget_the_censored, _count_the_censored_as_events, _censor_before_the_event, _plain_share]
)
def test_counterfeit_curves_fail(wrong):
    with pytest.raises(AssertionError):
        laws_of_survival(wrong)


@quiet
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=25))
def test_survival_falls_from_one_and_forgets_nobody(rows):
    table = pd.DataFrame(rows, columns=["days", "happened"])
    curve = cohort.survival(table["days"], table["happened"])
    assert curve["survival"].iloc[0] == 1 and curve["survival"].is_monotonic_decreasing
    assert curve["survival"].between(0, 1).all()
    assert curve["events"].sum() == table["happened"].sum()
    for day, row in curve.iloc[1:].iterrows():
        assert row["at_risk"] == (table["days"] >= day).sum()
    everyone = cohort.survival(table["days"], table["happened"] | True)
    for day, row in everyone.iloc[1:].iterrows():
        assert row["survival"] == pytest.approx((table["days"] > day).mean())


def test_rows_without_days_are_counted():
    curve = cohort.survival(pd.Series([math.nan, 3]), pd.Series([True, True]))
    assert curve["at_risk"].tolist() == [1, 1] and curve.attrs["left_out"] == {"no_days": 1}


def test_days_until_says_when_it_cannot_say():
    curve = cohort.survival(pd.Series([10, 20, 30, 30]), pd.Series([True, True, False, False]))
    assert cohort.days_until(curve, 0.25) == 10 and cohort.days_until(curve) == 20
    assert math.isnan(cohort.days_until(curve, 0.9))


def test_second_purchase_censors_those_who_have_not_come_back():
    facts = pd.DataFrame(
        {"first_gap_days": [12.0, math.nan, math.nan], "tenure_days": [300, 45, math.nan]},
        index=["c1", "c2", "never"],
    )
    waits = cohort.second_purchase(facts)
    assert waits["days"].to_dict() == {"c1": 12, "c2": 45}
    assert waits["happened"].tolist() == [True, False]


months = [f"2024-{m:02d}" for m in range(1, 7)]
purchases = st.lists(st.lists(st.integers(-3, 3).map(float), min_size=6, max_size=6), max_size=15).map(
    lambda rows: pd.DataFrame(rows, columns=months, dtype=float)
)


@quiet
@given(purchases)
def test_cohorts_count_everyone_once(money):
    counts = cohort.cohorts(money)
    assert counts[0].sum() + counts.attrs["left_out"]["no_purchase"] == len(money)
    assert counts.sum().sum() == (money > 0).sum().sum()
    assert (counts.le(counts[0], axis=0) | counts.isna()).all(axis=None)
    future = np.add.outer(range(6), range(6)) >= 6
    assert (counts.isna().to_numpy() == future).all()
    shares = cohort.retention(counts)
    assert (shares[0] == 1).all() if len(shares) else True


def test_a_month_without_any_purchase_keeps_its_place():
    money = pd.DataFrame({"2024-03": [1.0], "2024-01": [1.0]})
    assert cohort.cohorts(money).loc["2024-01"].tolist() == [1, 0, 1]
    dated = money.set_axis(pd.to_datetime(money.columns), axis=1)
    assert cohort.cohorts(dated).equals(cohort.cohorts(money))


def test_cohorts_of_nothing():
    assert cohort.retention(cohort.cohorts(pd.DataFrame())).empty


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data sets are not beside the project")
def test_telco_customers_leave_early():
    table = pd.read_csv(REAL / "telco_churn.csv")
    left = table["Churn"] == "Yes"
    assert round(left.mean(), 4) == 0.2654
    curve = cohort.survival(table["tenure"], left)
    product = 1.0
    for month in sorted(table.loc[left, "tenure"].unique()):
        watched = table["tenure"] >= month
        product *= 1 - (left & (table["tenure"] == month)).sum() / watched.sum()
    assert curve["survival"].iloc[-1] == pytest.approx(product)
    assert curve["survival"].iloc[-1] < 1 - left.mean()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data sets are not beside the project")
def test_cdnow_cohort_of_early_1997():
    lines = pd.read_csv(REAL / "cdnow_sample.csv", dtype={"date": str})
    lines["month"] = lines["date"].str[:4] + "-" + lines["date"].str[4:6]
    money = lines.pivot_table(
        index="sample_id", columns="month", values="dollars", aggfunc="sum", fill_value=0
    )
    counts = cohort.cohorts(money)
    assert counts.iloc[:4, 0].sum() + counts.attrs["left_out"]["no_purchase"] == 2357
