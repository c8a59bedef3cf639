import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import behaviour

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=120)
cell = st.one_of(st.just(0.0), st.integers(-500, 20_000).map(lambda c: c / 100))
baskets = st.lists(st.tuples(cell, cell, cell), max_size=10).map(
    lambda rows: pd.DataFrame(
        rows, columns=["bread", "rice", "tea"], index=[f"c{i}" for i in range(len(rows))], dtype=float
    )
)


@quiet
@given(baskets)
def test_shares_add_up_and_lift_averages_to_one(money):
    before = money.copy()
    table = behaviour.interest(money)
    pd.testing.assert_frame_equal(money, before)
    assert (table.groupby("customer_id")["share"].sum().round(9) == 1).all()
    spent = table.groupby("customer_id")["value"].sum()
    for _, rows in table.groupby("category"):
        weight = rows["customer_id"].map(spent)
        others = spent.drop(rows["customer_id"]).sum()
        assert (rows["lift"] * weight).sum() / (weight.sum() + others) == pytest.approx(1)
    shuffled = behaviour.interest(money.iloc[::-1]).sort_values(
        ["customer_id", "category"], ignore_index=True
    )
    pd.testing.assert_frame_equal(
        shuffled, table.sort_values(["customer_id", "category"], ignore_index=True), check_exact=True
    )


@quiet
@given(baskets, st.integers(0, 6))
def test_interest_and_channel_need_evidence(money, lines):
    evidence = pd.Series(lines, index=money.index)
    for tag in (behaviour.main_interest(money, evidence), behaviour.preferred_channel(money, evidence)):
        assert list(tag.index) == list(money.index)
        nothing = ~(money > 0).any(axis=1)
        assert (tag[nothing] == "unknown").all()
        if lines < 3:
            assert (tag == "unknown").all()
        if lines >= 5:
            assert (tag[~nothing] != "unknown").all()


def test_what_everybody_buys_is_no_interest():
    money = pd.DataFrame({"rice": [70.0, 30.0, 70.0], "tea": [30.0, 70.0, 30.0]}, index=["c1", "c2", "c3"])
    evidence = pd.Series(9, index=money.index)
    assert behaviour.main_interest(money, evidence).tolist() == ["no_preference", "tea", "no_preference"]
    largest_share = money.idxmax(axis=1)
    assert largest_share.tolist() == ["rice", "tea", "rice"]


def test_a_rare_good_bought_once_is_no_interest():
    money = pd.DataFrame(
        {"rice": [50.0, 900.0], "tea": [49.0, 90.0], "saffron": [1.0, 0.0]}, index=["c1", "c2"]
    )
    highest_lift = (
        behaviour.interest(money).sort_values("lift").query("customer_id == 'c1'")["category"].iloc[-1]
    )
    assert highest_lift == "saffron"
    assert behaviour.main_interest(money, pd.Series(9, index=money.index))["c1"] == "tea"


def test_views_without_purchase():
    views = pd.DataFrame({"tea": [4, 0], "rice": [4, 1]}, index=["c1", "c2"])
    money = pd.DataFrame({"tea": [0.0], "bread": [3.0]}, index=["c1"])
    assert behaviour.unmet_interest(views, money).tolist() == ["rice", "none"]
    assert behaviour.unmet_interest(views.iloc[:0], money).empty


def test_price_sensitivity_bounds_and_evidence():
    facts = pd.DataFrame({"discount_share": [1 / 3, 2 / 3, 0.0, 1.0, math.nan], "frequency": [3, 3, 3, 2, 9]})
    tag = behaviour.price_sensitivity(facts)
    assert tag.tolist() == ["medium", "high", "low", "unknown", "unknown"]
    assert tag.attrs["left_out"] == {"no_value": 2}


def test_a_single_bargain_does_not_make_a_bargain_hunter():
    once = pd.DataFrame({"discount_share": [1.0], "frequency": [1]})
    without_evidence = pd.cut(once["discount_share"], [0, 1 / 3, 2 / 3, 1], labels=["low", "medium", "high"])
    assert without_evidence.item() == "high" and behaviour.price_sensitivity(once).item() == "unknown"


def test_responsiveness_is_against_the_overall_rate():
    contacted = pd.Series([10, 10, 10, 3, 2])
    answered = pd.Series([4, 1, 0, 0, 2])
    assert behaviour.responsiveness(contacted, answered).tolist() == [
        "high",
        "medium",
        "low",
        "medium",
        "unknown",
    ]
    plain_rate = answered / contacted / (answered.sum() / contacted.sum())
    assert plain_rate[3] < 0.5  # three contacts without an answer would already count as low
    assert behaviour.responsiveness(contacted, contacted * 0).tolist() == ["unknown"] * 5
    assert behaviour.responsiveness(pd.Series(dtype=float), pd.Series(dtype=float)).empty


def test_role_coverage_shows_accounts_without_contacts():
    contacts = pd.DataFrame(
        {
            "customer_id": ["c1", "c1", "c1", "c2", None],
            "role": ["decision_maker", "influencer", "participant", "gatekeeper", "influencer"],
        }
    )
    table = behaviour.role_coverage(contacts, pd.Index(["c1", "c2", "c3"], name="customer_id"))
    assert table["coverage"].tolist() == [1, 0, 0]
    assert table["missing"].tolist() == ["", *["decision_maker,influencer,participant"] * 2]
    assert table["contacts"].tolist() == [3, 1, 0]
    assert behaviour.role_coverage(contacts.iloc[:0], pd.Index(["c1"])).loc["c1", "coverage"] == 0
    assert behaviour.role_coverage(contacts, pd.Index([])).empty


def test_many_contacts_in_one_role_are_no_coverage():
    contacts = pd.DataFrame({"customer_id": ["c1"] * 5, "role": ["participant"] * 5})
    assert behaviour.role_coverage(contacts, pd.Index(["c1"]))["coverage"].item() == pytest.approx(1 / 3)
