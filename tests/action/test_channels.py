import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action import channels
from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])
MONTHS = pd.DataFrame(
    {
        "channel": ["web", "web", "store"], "month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-01-01"]),
        "cost": [100.10, 100.20, 50.0], "visits": [900, 100, 0], "leads": [60, 40, 0],
    }
)  # fmt: skip
WON = pd.DataFrame({"customers": [20, 5], "sales": [1000.0, 300.0]}, index=["web", "referral"])


def test_the_way_of_a_customer():
    table = channels.conversion(MONTHS, WON, 0.4)
    web = table.loc["web"]
    assert web[["visits", "leads", "customers"]].tolist() == [1000, 100, 20]
    assert web[["lead_rate", "close_rate", "conversion_rate"]].tolist() == [0.1, 0.2, 0.02]
    assert web[["cost", "cost_per_lead", "cost_per_customer"]].tolist() == pytest.approx(
        [200.3, 2.003, 10.015]
    )
    assert web[["margin", "profit"]].tolist() == [400.0, 199.7] and web["roi"] == pytest.approx(199.7 / 200.3)


def test_nothing_is_lost_and_nothing_divided_by_nothing():
    table = channels.conversion(MONTHS, WON, 0.4)
    assert table.index.tolist() == ["referral", "store", "web"]
    for column in ("visits", "leads"):
        assert table[column].sum() == MONTHS[column].sum()
    assert cents(table["cost"]).sum() == cents(MONTHS["cost"]).sum()
    assert (table["customers"].sum(), table["sales"].sum()) == (25, 1300.0)
    assert table.loc["store", ["lead_rate", "close_rate", "cost_per_customer"]].isna().all()
    assert np.isnan(table.at["referral", "roi"]) and table.at["store", "roi"] == -1
    with pytest.raises(UserError, match="35 %"):
        channels.conversion(MONTHS, WON, 40)


def test_customers_are_won_on_their_first_order():
    customers = pd.DataFrame({"customer_id": list("abcd"), "signup_channel": ["web", "web", "store", None]})
    facts = pd.DataFrame(
        {
            "first_order": pd.to_datetime(["2026-01-01", "2025-12-31", "2026-01-31", "2026-01-05"]),
            "monetary": [0.1, 9, 0.2, 1],
        },
        index=list("abcd"),
    )
    won = channels.won_customers(customers, facts, pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-31"))
    assert won.to_dict("index") == {
        "store": {"customers": 1, "sales": 0.2},
        "web": {"customers": 1, "sales": 0.1},
    }
    assert won.attrs["left_out"] == {"no_channel": 1}
    by_id = channels.won_customers(
        customers.set_index("customer_id"), facts, pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-31")
    )
    pd.testing.assert_frame_equal(by_id, won)


def test_the_retail_company_adds_up():
    company = load("retail")
    facts = order_facts(company.orders, company.as_of)
    won = channels.won_customers(
        company.customers, facts, facts["first_order"].min(), facts["first_order"].max()
    )
    assert won["customers"].sum() == len(facts)
    assert cents(won["sales"]).sum() == cents(facts["monetary"]).sum()


money = st.integers(1, 10**8).map(lambda amount: amount / 100)
budgets = st.lists(st.tuples(money, money), min_size=1, max_size=6)


def law_of_shift(function):
    @quiet
    @given(budgets, st.floats(0.05, 0.9), st.sampled_from([0.0, 0.3, 1.0]))
    def sums_agree_and_limits_hold(pairs, elasticity, most):
        names = [f"ch{n}" for n in range(len(pairs))]
        cost = pd.Series([pair[0] for pair in pairs], index=names)
        margin = pd.Series([pair[1] for pair in pairs], index=names)
        table = function(cost, margin, elasticity=elasticity, most_change=most)
        assert cents(table["suggested"]).sum() == cents(cost).sum()
        assert ((table["suggested"] - cost).abs() <= most * cost + 0.0101 + 1e-6 * cost.sum()).all()
        gain = margin * (table["suggested"] / cost) ** elasticity
        assert gain.sum() >= margin.sum() * (1 - 1e-6) - 0.02 * (elasticity * margin / cost).max()

    sums_agree_and_limits_hold()


def test_sums_agree_and_the_advice_never_costs():
    law_of_shift(channels.shift_budget)


def test_counterfeit_all_to_the_best_roi_is_caught():
    def winner_takes_all(cost, margin, elasticity, most_change):
        best = (margin / cost).idxmax()
        return pd.DataFrame({"suggested": (cost.index == best) * cost.sum()}, index=cost.index)

    with pytest.raises(AssertionError):
        law_of_shift(winner_takes_all)


def test_the_next_yuan_earns_the_same_everywhere():
    cost, margin = (
        pd.Series({"a": 100.0, "b": 300.0, "c": 200.0}),
        pd.Series({"a": 110.0, "b": 280.0, "c": 210.0}),
    )
    table = channels.shift_budget(cost, margin, most_change=1.0)
    assert table["next_yuan"].to_numpy() == pytest.approx(np.full(3, table["next_yuan"].iloc[0]), rel=1e-3)
    tries = [(x, y, 600 - x - y) for x in range(50, 250, 5) for y in range(150, 400, 5)]
    best = max((margin * (np.array(t) / cost) ** 0.5).sum() for t in tries)
    assert table["expected_margin"].sum() >= best - 0.01


def test_dead_and_free_channels():
    cost = pd.Series({"a": 100.0, "free": 0.0, "dead": 100.0})
    table = channels.shift_budget(cost, pd.Series({"a": 100.0, "free": 50.0, "dead": 0.0}))
    assert table["suggested"].to_dict() == {"a": 130.0, "dead": 70.0, "free": 0.0}
    assert table.at["free", "expected_margin"] == 50.0
    raised = channels.shift_budget(cost, pd.Series({"a": 100.0, "dead": 0.0}), budget=250.0)
    assert raised["suggested"].to_dict() == {"a": 130.0, "dead": 120.0, "free": 0.0}


@pytest.mark.parametrize(
    "wrong", [{"elasticity": 1.0}, {"most_change": 2.0}, {"budget": 1000.0}, {"budget": 0.0}]
)
def test_impossible_wishes_are_refused(wrong):
    with pytest.raises(UserError):
        channels.shift_budget(pd.Series({"a": 100.0}), pd.Series({"a": 100.0}), **wrong)


def test_payback_by_hand():
    """Two customers of a year ago: 40 yuan of margin after a month, 40 more in the fifth; winning one cost 30."""
    customers = pd.DataFrame(
        {
            "customer_id": ["a", "b", "new"],
            "signup_date": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-12-01"]),
            "signup_channel": ["web", "web", "web"],
        }
    )
    orders = pd.DataFrame(
        {
            "customer_id": ["a", "a", "a", "new"],
            "order_date": pd.to_datetime(["2025-01-20", "2025-05-15", "2026-02-01", "2025-12-02"]),
            "product_id": "p",
            "quantity": 1,
            "amount": 100.0,
        }
    )
    products = pd.DataFrame({"product_id": ["p"], "price": [100.0], "margin_rate": [0.4]})
    as_of = pd.Timestamp("2026-01-01")
    table = channels.payback(customers, orders, products, pd.Series({"web": 30.0}), as_of)
    assert table.loc["web"].tolist() == [2, 30.0, 20.0, 40.0, 40.0, 40.0, 5]
    dear = channels.payback(customers, orders, products, pd.Series({"web": 41.0}), as_of)
    assert dear["payback_month"].isna().all()
    young = customers.assign(signup_date=pd.Timestamp("2025-12-01"))
    assert channels.payback(young, orders, products, pd.Series({"web": 30.0}), as_of).empty
