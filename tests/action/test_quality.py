import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action.quality import agreement, eta_squared, tier_quality
from custseg_helpers.words.text import UserError, use_language

quiet = settings(phases=[Phase.generate])
labels = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ")), min_size=2, max_size=40)


def test_fishers_irises():
    """Petal length by species: F = 1180.16 on 2 and 147 degrees, so eta² = 2 F ÷ (2 F + 147) = 0.9414."""
    from sklearn.datasets import load_iris

    data = load_iris()
    assert eta_squared(pd.Series(data.data[:, 2]), pd.Series(data.target)) == pytest.approx(0.9414, abs=5e-5)


def test_eta_squared_at_its_ends():
    tiers = pd.Series(list("AABB"))
    assert eta_squared(pd.Series([1.0, 2, 1, 2]), tiers) == 0
    assert np.isnan(eta_squared(pd.Series([1.0, 1, 1, 1]), tiers))
    values = pd.Series([1.0, 5, 2, 9], index=list("abcd"))
    codes = pd.Series(list("AABB"), index=list("abcd"))
    assert eta_squared(values[::-1], codes) == eta_squared(values, codes)


def law_of_agreement(function):
    from sklearn.metrics import adjusted_rand_score

    @quiet
    @given(labels)
    def as_scikit_learn_and_blind_to_names(pairs):
        one, two = (pd.Series(codes) for codes in zip(*pairs, strict=True))
        assert function(one, two) == pytest.approx(adjusted_rand_score(one, two))
        assert function(one, two.map({"X": "Z", "Y": "X", "Z": "Y"})) == pytest.approx(function(one, two))

    as_scikit_learn_and_blind_to_names()


def test_agreement_is_the_adjusted_rand_index():
    law_of_agreement(agreement)


def test_counterfeit_share_of_equal_labels_is_caught():
    with pytest.raises(AssertionError):
        law_of_agreement(lambda one, two: float((one == two).mean()))


def company(number=600):
    lots = np.random.default_rng(2)
    worth = lots.lognormal(5, 1, number)
    index = [f"C{n:03d}" for n in range(number)]
    tiers = pd.Series(np.select([worth > 300, worth > 120], ["high", "medium"], "low"), index=index)
    return tiers, pd.Series(worth * lots.lognormal(0, 0.4, number), index=index)


def test_a_good_grouping_passes():
    tiers, later = company()
    table = tier_quality(tiers, later, tiers)
    assert table["passed"].all() and (table["advice"] == "fine").all()


def test_each_fault_is_named():
    tiers, later = company()
    lot = pd.Series(np.random.default_rng(0).permutation(tiers.to_numpy()), index=tiers.index)
    table = tier_quality(lot, later, tiers)
    assert not table.at["separates", "passed"] and "retire" in table.at["separates", "advice"]
    assert not table.at["stable", "passed"] and "fixed cut points" in table.at["stable", "advice"]
    few = tiers.mask(tiers.index.isin(["C001", "C002"]), "tiny")
    assert "merge" in tier_quality(few, later).at["smallest_group", "advice"]
    lopsided = tiers.where(tiers == "high", "rest")
    assert "refine" in tier_quality(lopsided, later).at["largest_share", "advice"]
    assert not tier_quality(pd.Series("one", index=tiers.index), later).at["groups", "passed"]


def test_what_cannot_be_judged_is_said():
    tiers, later = company()
    table = tier_quality(tiers, later)
    assert pd.isna(table.at["stable", "passed"]) and "not judged" in table.at["stable", "advice"]
    use_language("zh")
    assert tier_quality(tiers, later).at["stable", "advice"] == "未评价：缺少数据"
    with pytest.raises(UserError):
        tier_quality(pd.Series([None, None]), later)


def test_leaking_the_value_the_tiers_were_cut_from_flatters():
    """The same noise at both dates: tiers cut from one draw explain that draw better than the next one."""
    lots = np.random.default_rng(4)
    index = range(900)
    then, later = (pd.Series(lots.lognormal(0, 1, 900), index=index) for _ in range(2))
    tiers = pd.qcut(then, 3, labels=["low", "medium", "high"])
    assert tier_quality(tiers, then).at["separates", "passed"]
    assert not tier_quality(tiers, later).at["separates", "passed"]
