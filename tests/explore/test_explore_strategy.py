"""The playbook explorer without a browser: its money adds up, its extremes work."""

import pytest

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore import strategy

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def full():
    return strategy.full_plan(load_sample("retail"))


def table(view):
    return next(iter(view.tables.values()))


def test_with_enough_money_it_is_the_plan_itself(full):
    seen = strategy.view(full, budget=1_000_000)
    assert table(seen)["profit"].sum() == pytest.approx(full["profit"].sum())
    assert set(table(seen)["verdict"]) == {"paid_in_full"}


@pytest.mark.parametrize("budget", [0, 100, 590, 2000])
def test_it_never_spends_more_than_the_budget(full, budget):
    assert table(strategy.view(full, budget=budget))["cost"].sum() <= budget


def test_fewer_hopes_come_true_less_is_earned_and_some_tiers_lose_money(full):
    profits = [table(strategy.view(full, budget=2000, realised=r))["profit"].sum() for r in (150, 100, 50, 0)]
    assert profits == sorted(profits, reverse=True) and profits[-1] == 0
    assert "loses_money" in set(table(strategy.view(full, budget=2000, realised=50))["verdict"])


def test_a_discount_comes_out_of_the_margin_by_hand(full):
    one = full.loc[["general_develop"]]
    seen = table(strategy.view(one, budget=1_000_000, discount=20)).iloc[0]
    orders = one["contacted"] * one["extra_response"]
    goods = one["order_value"] * (1 - one["margin_rate"])
    assert seen["expected_margin"] == pytest.approx(
        (orders * (one["order_value"] * 0.8 - goods)).item(), abs=0.02
    )
    assert table(strategy.view(one, budget=1_000_000, discount=40))["verdict"].item() == "loses_money"


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company_with_a_picture(name):
    assert bytes(strategy.show(load_sample(name)).png).startswith(b"\x89PNG")
