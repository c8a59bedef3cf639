import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action.levers import LEVERS, lever_effects, levers_for_growth, sales_formula
from custseg_helpers.facts.counts import cents
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])

levers = st.tuples(st.integers(100, 10**6), st.floats(0.01, 1), st.floats(1, 20), st.floats(1, 5000)).map(
    lambda values: pd.Series(values, index=LEVERS, dtype=float)
)


def test_the_product_is_the_sales():
    assert sales_formula(3000, 1200, 5400, 1_380_000.0).prod() == pytest.approx(1_380_000.0)
    with pytest.raises(UserError, match="buyers"):
        sales_formula(100, 0, 0, 0.0)
    with pytest.raises(UserError, match="orders"):
        sales_formula(100, 50, 40, 10.0)


def test_fifteen_per_cent_alone_and_together():
    now = sales_formula(1000, 950, 1900, 190_000.0)
    table = levers_for_growth(now)
    assert table.loc["basket", ["now", "alone"]].tolist() == pytest.approx([100.0, 115.0])
    assert np.isnan(table.loc["conversion", "alone"])
    assert table["together"].prod() == pytest.approx(190_000.0 * 1.15)


def law_of_effects(function):
    @quiet
    @given(levers, levers)
    def effects_add_up_and_no_order_matters(before, after):
        table = function(before, after)
        change = int(cents(pd.Series([after.prod()]))[0]) - int(cents(pd.Series([before.prod()]))[0])
        assert int(cents(table["effect"]).sum()) == change
        turned = function(before[::-1], after[::-1])["effect"]
        size = max(before.prod(), after.prod())
        assert np.allclose(turned[list(LEVERS)], table["effect"], atol=0.05 + 1e-9 * size)
        back = function(after, before)["effect"]
        assert np.allclose(back, -table["effect"], atol=0.05 + 1e-9 * size)

    effects_add_up_and_no_order_matters()


def test_effects_add_up_to_the_change():
    law_of_effects(lever_effects)


def test_counterfeit_one_lever_after_the_other_is_caught():
    def one_by_one(before, after):
        moving, reached, effect = before.copy(), before.prod(), {}
        for lever in before.index:
            moving[lever] = after[lever]
            effect[lever] = moving.prod() - reached
            reached = moving.prod()
        return pd.DataFrame({"effect": pd.Series(effect).round(2)})

    with pytest.raises(AssertionError):
        law_of_effects(one_by_one)


def test_a_dead_lever_is_refused():
    good = sales_formula(10, 5, 5, 50.0)
    with pytest.raises(UserError, match="above 0"):
        lever_effects(good, good * 0)
    assert lever_effects(good, good)["effect"].eq(0).all()
