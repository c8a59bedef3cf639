from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action import strategy
from custseg_helpers.action.playbook import load_playbook
from custseg_helpers.facts.counts import cents
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])

PLAYBOOK = load_playbook()
TIERS = pd.Series(["A"] * 3 + ["B"] * 2 + ["C"] + [None], index=[f"C{n}" for n in range(7)])
WORTH = pd.Series([100.0, 200.0, 300.0, 100.0, 100.0, None, 50.0], index=TIERS.index)


def test_the_plan_is_multiplication():
    plan = strategy.plan(TIERS, WORTH, PLAYBOOK)
    vip = plan.loc["A"]
    assert (vip["customers"], vip["contacted"], vip["cost_per_customer"], vip["order_value"]) == (
        3,
        3,
        4.5,
        200.0,
    )
    assert (vip["cost"], vip["expected_sales"], vip["expected_margin"]) == (13.5, 72.0, 25.92)
    assert vip["profit"] == 12.42 and vip["roi"] == pytest.approx(0.92)
    assert plan.index.tolist() == ["A", "B", "C"]
    assert plan.attrs["left_out"] == {"no_tier": 1, "not_contacted": 0}
    assert plan.at["C", "order_value"] == 160.0


def test_rows_may_come_in_any_order_and_stay_as_they_are():
    before = TIERS.copy()
    plan = strategy.plan(TIERS[::-1], WORTH, PLAYBOOK)
    pd.testing.assert_frame_equal(plan, strategy.plan(TIERS, WORTH, PLAYBOOK))
    pd.testing.assert_series_equal(TIERS, before)


def test_who_must_not_be_contacted_costs_nothing():
    blocked = pd.Series({"C0": True, "C1": False})
    plan = strategy.plan(TIERS, WORTH, PLAYBOOK, not_contacted=blocked)
    assert plan.loc["A", ["customers", "contacted", "cost"]].tolist() == [3, 2, 9.0]
    assert plan.attrs["left_out"]["not_contacted"] == 1
    names = strategy.contact_list(TIERS, WORTH, plan, not_contacted=blocked).index
    assert "C0" not in names and {"C1", "C2"} <= set(names)


def test_leave_out_follows_the_rule_of_the_own_play_only():
    facts = pd.DataFrame({"recency_days": [3.0, 3, None, 3]}, index=["a", "b", "c", "e"])
    tiers = pd.Series({"a": "A", "b": "B", "c": "A", "d": "A"})
    assert strategy.leave_out(tiers, facts, PLAYBOOK).to_dict() == {
        "a": True,
        "b": False,
        "c": False,
        "d": False,
    }
    with pytest.raises(UserError, match="recency_days"):
        strategy.leave_out(tiers, facts.rename(columns={"recency_days": "days"}), PLAYBOOK)


def test_a_tier_without_play_is_named():
    with pytest.raises(UserError, match="platinum"):
        strategy.plan(pd.Series({"a": "platinum"}), pd.Series({"a": 1.0}), PLAYBOOK)


def test_nobody_and_one():
    assert strategy.plan(TIERS[:0], WORTH[:0], PLAYBOOK).empty
    one = strategy.plan(pd.Series({"a": "A"}), pd.Series({"a": None}, dtype=float), PLAYBOOK)
    assert one["expected_sales"].tolist() == [0.0] and one["cost"].tolist() == [4.5]


def test_a_plan_that_loses_money_is_never_paid():
    dear = {**PLAYBOOK, "vip": replace(PLAYBOOK["vip"], cost_per_contact=100.0)}
    plan = strategy.plan(TIERS, WORTH, dear)
    assert plan.at["A", "profit"] < 0
    cut = strategy.within_budget(plan, 1_000_000)
    assert cut.at["A", "verdict"] == "loses_money" and cut.at["A", "contacted"] == 0
    assert cut.at["B", "verdict"] == "paid_in_full"


def law_of_budget(within_budget):
    @quiet
    @given(st.integers(0, 3000), st.lists(st.sampled_from("ABCD"), min_size=1, max_size=40))
    def the_budget_holds_and_the_best_comes_first(money, codes):
        tiers = pd.Series(codes, index=[f"C{n:02d}" for n in range(len(codes))])
        plan = strategy.plan(tiers, pd.Series(150.0, index=tiers.index), PLAYBOOK)
        cut = within_budget(plan, money / 100)
        assert cents(cut["cost"]).sum() <= money
        assert (cut["contacted"] <= plan["contacted"]).all()
        left = money - cents(cut["cost"]).sum()
        per_yuan = plan["profit"] / plan["cost"]
        for tier in cut.index[cut["contacted"] < plan["contacted"]]:
            on_worse = cents(cut["cost"][per_yuan < per_yuan[tier]]).sum()
            assert on_worse + left < cents(cut["cost_per_customer"][[tier]])[0]

    the_budget_holds_and_the_best_comes_first()


def test_the_budget_holds():
    law_of_budget(strategy.within_budget)


def test_counterfeit_first_tier_first_is_caught():
    def in_file_order(plan, budget):
        left, paid = cents(pd.Series([budget]))[0], {}
        for tier, row in plan.iterrows():
            price = cents(pd.Series([row["cost_per_customer"]]))[0]
            paid[tier] = min(row["contacted"], left // price)
            left -= paid[tier] * price
        return strategy._priced(plan, pd.Series(paid))

    with pytest.raises(AssertionError):
        law_of_budget(in_file_order)


def test_a_negative_budget_is_refused():
    with pytest.raises(UserError, match="negative"):
        strategy.within_budget(strategy.plan(TIERS, WORTH, PLAYBOOK), -1)


def test_the_list_holds_whom_the_plan_pays_for_best_first():
    plan = strategy.within_budget(strategy.plan(TIERS, WORTH, PLAYBOOK), 7.5)
    names = strategy.contact_list(TIERS, WORTH, plan)
    assert names.groupby("tier").size().to_dict() == plan["contacted"][plan["contacted"] > 0].to_dict()
    assert names.index[names["tier"] == "A"].tolist() == ["C2"]
    assert names["channel"].notna().all()
    pd.testing.assert_frame_equal(names, strategy.contact_list(TIERS[::-1], WORTH[::-1], plan))


def test_the_page_adds_up_and_keeps_the_order_of_the_plan():
    plan = strategy.within_budget(strategy.plan(TIERS, WORTH, PLAYBOOK), 8)
    page = strategy.one_page(plan, PLAYBOOK)
    assert page.index.tolist() == [*plan.index, "total"] and page.index.name == "tier"
    assert page.loc["total", "customers"] == plan["customers"].sum()
    for column in strategy.MONEY:
        assert cents(page.loc[["total"], column])[0] == cents(plan[column]).sum()
    assert page.at["total", "roi"] == pytest.approx(page.at["total", "profit"] / page.at["total", "cost"])
    assert page.at["total", "offer"] == page.at["total", "verdict"] == ""
    assert page["customers"].dtype == plan["customers"].dtype


def test_the_page_of_a_plan_that_costs_nothing_has_no_return():
    page = strategy.one_page(strategy.within_budget(strategy.plan(TIERS, WORTH, PLAYBOOK), 0), PLAYBOOK)
    assert pd.isna(page.at["total", "roi"]) and page.at["total", "cost"] == 0
