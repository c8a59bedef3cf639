import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action.experiment import assign_holdout, balance
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])
tiers = st.lists(st.sampled_from(["A", "B", "C", None]), min_size=1, max_size=60).map(
    lambda codes: pd.Series(codes, index=[f"C{n:03d}" for n in range(len(codes))], dtype=object)
)


def law_of_lots(function):
    @quiet
    @given(tiers, st.floats(0.05, 0.95), st.integers(0, 99))
    def exact_within_tiers_and_in_any_order(codes, share, seed):
        arms = function(codes, share, seed=seed)
        assert arms.index.equals(codes.index)
        held = arms == "holdout"
        assert held.sum() == int(np.floor(share * len(codes) + 0.5))
        sizes = codes.fillna("").value_counts()
        for tier, size in sizes.items():
            assert abs(held[codes.fillna("") == tier].sum() - held.sum() * size / len(codes)) < 1
        pd.testing.assert_series_equal(function(codes[::-1], share, seed=seed)[::-1], arms)

    exact_within_tiers_and_in_any_order()


def test_lots_are_exact_stratified_and_fair_to_the_order():
    law_of_lots(assign_holdout)


def test_counterfeit_every_fifth_row_is_caught():
    def every_nth(codes, share, seed):
        out = np.arange(len(codes)) % round(1 / share) == 0
        return pd.Series(np.where(out, "holdout", "treatment"), index=codes.index)

    with pytest.raises(AssertionError):
        law_of_lots(every_nth)


def test_counterfeit_lot_over_all_tiers_is_caught():
    def unstratified(codes, share, seed):
        return assign_holdout(pd.Series("all", index=codes.index), share, seed=seed)

    with pytest.raises(AssertionError):
        law_of_lots(unstratified)


def test_the_draw_is_the_same_for_ever():
    arms = assign_holdout(pd.Series("A", index=[f"C{n:03d}" for n in range(1, 11)]), 0.3, seed=7)
    assert arms.index[arms == "holdout"].tolist() == ["C002", "C007", "C010"]


def test_seeds_and_ids_decide_not_tiers():
    codes = pd.Series("A", index=[f"C{n:05d}" for n in range(4000)])
    one, two = assign_holdout(codes, 0.5, seed=1), assign_holdout(codes, 0.5, seed=2)
    assert 0.45 < (one == two).mean() < 0.55
    odd = one[np.arange(4000) % 2 == 1]
    assert 0.46 < (odd == "holdout").mean() < 0.54


def test_missing_and_repeated_ids():
    arms = assign_holdout(pd.Series(["A", "A"], index=["C1", None]), 0.5)
    assert len(arms) == 1 and arms.attrs["left_out"] == {"no_customer": 1}
    with pytest.raises(UserError, match="repeat"):
        assign_holdout(pd.Series(["A", "A"], index=["C1", "C1"]))
    with pytest.raises(UserError, match=r"0\.2"):
        assign_holdout(pd.Series(["A"], index=["C1"]), 20)
    assert assign_holdout(pd.Series([], dtype=object)).empty


def company(number=2000):
    lots = np.random.default_rng(5)
    index = [f"C{n:05d}" for n in range(number)]
    return pd.DataFrame(
        {
            "frequency": lots.poisson(3, number), "monetary": lots.lognormal(5, 1, number),
            "region": lots.choice(["east", "west"], number), "vip": lots.random(number) < 0.1,
            "last_order": pd.Timestamp("2026-01-01"),
            "name_en": [f"Customer {n}" for n in range(number)],
        },
        index=index,
    )  # fmt: skip


def test_a_fair_lot_is_balanced():
    facts = company()
    table = balance(facts, assign_holdout(pd.Series("A", index=facts.index)))
    assert table["balanced"].all()
    assert table.index.tolist() == [
        ("frequency", ""),
        ("monetary", ""),
        ("region", "east"),
        ("region", "west"),
        ("vip", ""),
    ]
    assert (table["difference"].xs("region").sum()) == pytest.approx(0)


def test_counterfeit_holding_out_the_weakest_is_caught():
    """The usual cheat: contact the best, compare them with the rest."""
    facts = company()
    best = facts["monetary"].rank(pct=True) > 0.2
    arms = pd.Series(np.where(best, "treatment", "holdout"), index=facts.index)
    table = balance(facts, arms)
    assert not table.at[("monetary", ""), "balanced"] and table.at[("frequency", ""), "balanced"]


def test_the_standardised_difference_by_hand():
    arms = pd.Series(["treatment"] * 3 + ["holdout"] * 3, index=list("abcdef"))
    facts = pd.DataFrame(
        {"x": [1.0, 2, 3, 4, 6, 8], "code": ["u", "u", "v", "v", "v", None]}, index=list("abcdef")
    )
    table = balance(facts, arms)
    assert table.at[("x", ""), "difference"] == pytest.approx((2 - 6) / np.sqrt((1 + 4) / 2))
    p1, p2 = 2 / 3, 0.0
    assert table.at[("code", "u"), "difference"] == pytest.approx((p1 - p2) / np.sqrt((p1 * (1 - p1)) / 2))
    assert balance(facts.assign(x=1.0)[["x"]], arms)["difference"].tolist() == [0.0]
    with pytest.raises(UserError, match="both arms"):
        balance(facts, arms[:3])
