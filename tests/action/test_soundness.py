"""Whether a test may be believed: published examples, and what must hold for anybody's numbers."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action import soundness
from custseg_helpers.action.evaluation import difference_of_means
from custseg_helpers.words.text import UserError


def arms(treatment: int, holdout: int) -> pd.Series:
    return pd.Series(["treatment"] * treatment + ["holdout"] * holdout)


def test_the_published_mismatch_is_found():
    found = soundness.sample_ratio(arms(821_588, 815_482), 0.5)
    assert found["p_value"] == pytest.approx(1.8e-6, rel=0.02)
    assert found["planned_holdout"] == 818_535 and not found["ratio_fits"]


def test_a_split_as_planned_fits_and_the_same_people_under_another_plan_do_not():
    people = arms(600, 400)
    assert soundness.sample_ratio(people, 0.4)["p_value"] == 1
    assert not soundness.sample_ratio(people, 0.3)["ratio_fits"]


def test_customers_outside_both_groups_are_not_counted():
    people = pd.concat([arms(7, 3), pd.Series([None, "other"])], ignore_index=True)
    assert soundness.sample_ratio(people, 0.3)[["n_treatment", "n_holdout"]].tolist() == [7, 3]


@pytest.mark.parametrize("share", [0, 1, 30])
def test_a_share_that_is_none_says_so(share):
    with pytest.raises(UserError):
        soundness.sample_ratio(arms(7, 3), share)


def test_no_customers_no_ratio():
    with pytest.raises(UserError):
        soundness.sample_ratio(pd.Series(dtype=str), 0.3)


@pytest.mark.parametrize(
    ("looks", "published"), [(1, 0.05), (2, 0.083), (5, 0.142), (10, 0.193), (20, 0.248)]
)
def test_peeking_misleads_as_often_as_published(looks, published):
    """Armitage, McPherson & Rowe (1969), table 2, nominal 5 %."""
    assert soundness.peeking(looks) == pytest.approx(published, abs=0.004)


@pytest.mark.parametrize(("looks", "nominal"), [(2, 0.0294), (5, 0.0158), (10, 0.0106)])
def test_stricter_looks_are_wrong_in_five_of_a_hundred(looks, nominal):
    """Pocock (1977), table 1: the nominal level of each look for 5 % overall."""
    assert soundness.peeking(looks, level=1 - nominal) == pytest.approx(0.05, abs=0.003)


def test_a_guardrail_holds_breaks_or_is_not_known_yet():
    people = arms(1000, 1000)

    def verdict(harmed: int, allowed: float) -> str:
        harms = pd.Series([True] * harmed + [False] * (1000 - harmed) + [True] * 50 + [False] * 950)
        return soundness.guardrails(harms.to_frame("sent back"), people, {"sent back": allowed})[
            "verdict"
        ].iloc[0]

    assert verdict(50, 0.03) == "guardrail_holds"
    assert (
        verdict(50, 0.01) == "unclear"
    )  # alike, and yet nobody knows whether one more of a hundred was harmed
    assert verdict(150, 0.03) == "guardrail_broken"


def test_customers_of_whom_no_harm_is_known_count_as_unharmed():
    people = pd.Series({"a": "treatment", "b": "treatment", "c": "holdout", "d": "holdout"})
    table = soundness.guardrails(pd.DataFrame({"late": [True]}, index=["a"]), people, {"late": 0.1})
    assert table.loc["late", ["treatment", "holdout"]].tolist() == [0.5, 0.0]
    with pytest.raises(UserError):
        soundness.guardrails(pd.DataFrame({"late": [True]}, index=["a"]), people.head(2), {"late": 0.1})


def spending(correlation: float = 0.8, effect: float = 5.0) -> tuple[pd.Series, pd.Series, pd.Series]:
    chance = np.random.default_rng(13)
    groups = pd.Series(chance.choice(["treatment", "holdout"], 4000, p=[0.7, 0.3]))
    before = pd.Series(chance.normal(100, 20, 4000))
    noise = chance.normal(0, 20, 4000)
    after = 100 + correlation * (before - 100) + np.sqrt(1 - correlation**2) * noise
    return after + effect * (groups == "treatment"), before, groups


def test_the_adjusted_effect_is_that_of_a_regression_on_group_and_past():
    after, before, groups = spending()
    design = np.column_stack([np.ones(len(after)), groups == "treatment", before])
    expected = np.linalg.lstsq(design, after, rcond=None)[0][1]
    assert soundness.adjusted_effect(after, before, groups).difference == pytest.approx(expected)


def test_the_interval_shrinks_by_what_the_past_explains_and_still_holds_the_truth():
    after, before, groups = spending()
    plain = difference_of_means(after[groups == "treatment"], after[groups == "holdout"])
    adjusted = soundness.adjusted_effect(after, before, groups)
    shrunk = (adjusted.upper - adjusted.lower) / (plain.upper - plain.lower)
    assert shrunk == pytest.approx(np.sqrt(1 - 0.8**2), abs=0.03)
    assert adjusted.lower < 5 < adjusted.upper


def test_without_a_past_nothing_is_adjusted():
    after, before, groups = spending()
    plain = difference_of_means(after[groups == "treatment"], after[groups == "holdout"])
    assert soundness.adjusted_effect(after, before * 0, groups) == pytest.approx(plain)
    assert soundness.adjusted_effect(after, pd.Series(dtype=float), groups) == pytest.approx(plain)


def test_whoever_did_not_spend_counts_with_nothing():
    groups = pd.Series({"a": "treatment", "b": "treatment", "c": "holdout", "d": "holdout"})
    found = soundness.adjusted_effect(pd.Series({"a": 8.0, "x": 99.0}), pd.Series(dtype=float), groups)
    assert found[:3] == (4.0, 0.0, 4.0)


def test_what_happens_to_all_regions_alike_is_no_effect():
    money = pd.DataFrame({"before": [10.0, 20.0, 30.0, 40.0]}, index=list("abcd"))
    money["after"] = money["before"] + [7.0, 9.0, 7.0, 9.0]
    found = soundness.difference_in_differences(money, pd.Series({"a": True, "b": True}))
    assert found.difference == 0 and found.treatment == found.holdout == 8


def test_card_and_krueger():
    """Their table 3: a rise of 0.59 in New Jersey against a fall of 2.16 in Pennsylvania."""
    money = pd.DataFrame({"before": [20.44] * 2 + [23.33] * 2, "after": [21.03] * 2 + [21.17] * 2})
    found = soundness.difference_in_differences(money, pd.Series([True, True, False, False]))
    assert found[:3] == pytest.approx((0.59, -2.16, 2.75))


def test_one_region_against_many_is_refused_and_a_gap_in_a_table_is_no_region():
    money = pd.DataFrame(
        {"before": [1.0, 2.0, 3.0, 4.0], "after": [2.0, np.nan, 4.0, 5.0]}, index=list("abcd")
    )
    with pytest.raises(UserError):
        soundness.difference_in_differences(money, pd.Series({"a": True}))
    with pytest.raises(UserError):
        soundness.difference_in_differences(money, pd.Series({"a": True, "b": True}))
