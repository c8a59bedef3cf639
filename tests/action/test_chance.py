"""Shuffling, drawing again and repeated campaigns agree with counting and with the formulas."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action.chance import redrawn, repeats, shuffled
from custseg_helpers.action.evaluation import difference_of_means
from custseg_helpers.action.sample_size import SampleSize, power_for_shares
from custseg_helpers.words.text import UserError

CARDS = pd.Series([1, 1, 0, 1, 0, 0], index=list("abcdef"))
SIX = pd.Series(["treatment"] * 3 + ["holdout"] * 3, index=list("abcdef"))


def test_shuffling_finds_each_of_the_twenty_deals_of_six_cards_as_often_as_it_should():
    deals = [sum(CARDS.iloc[list(treated)]) for treated in combinations(range(6), 3)]
    exact = pd.Series([(2 * bought - 3) / 3 for bought in deals]).round(6).value_counts(normalize=True)
    found = shuffled(CARDS, SIX, 20_000).round(6).value_counts(normalize=True)
    assert len(deals) == 20 and (found - exact).abs().max() < 0.01


def test_shuffled_differences_lie_around_zero_and_do_not_depend_on_the_row_order():
    values = pd.Series(np.random.default_rng(1).exponential(50, 300))
    arms = pd.Series(["treatment", "treatment", "holdout"] * 100)
    differences = shuffled(values, arms)
    assert abs(differences.mean()) < 1
    again = shuffled(values[::-1], arms[::-1])
    pd.testing.assert_series_equal(differences, again)
    pd.testing.assert_series_equal(redrawn(values, arms), redrawn(values[::-1], arms[::-1]))


def test_drawing_again_agrees_with_welch():
    rng = np.random.default_rng(3)
    values = pd.Series(np.concatenate([rng.normal(12, 5, 400), rng.normal(10, 4, 300)]))
    arms = pd.Series(["treatment"] * 400 + ["holdout"] * 300)
    welch = difference_of_means(values[:400], values[400:])
    low, high = redrawn(values, arms, 4000).quantile([0.025, 0.975])
    assert low == pytest.approx(welch.lower, abs=0.08) and high == pytest.approx(welch.upper, abs=0.08)


def test_yes_and_no_with_gaps_count_as_one_and_nothing():
    flags = pd.Series([True, None, False, True, True, False], dtype="boolean", index=SIX.index)
    assert redrawn(flags, SIX).between(-1, 1).all() and shuffled(flags, SIX).between(-1, 1).all()


def test_a_campaign_that_does_nothing_succeeds_rarely_by_interval_and_often_by_eye():
    nothing = repeats(1200, 520, 0.10, 0.0, 4000)
    assert 0.4 < (nothing["difference"] > 0).mean() < 0.6
    assert (nothing["verdict"] == "works").mean() < 0.04 and (nothing["verdict"] == "harms").mean() < 0.04
    covered = nothing["lower"].le(0) & nothing["upper"].ge(0)
    assert covered.mean() == pytest.approx(0.95, abs=0.015)


def test_a_real_effect_is_noticed_as_often_as_the_power_says():
    found = repeats(1200, 520, 0.10, 0.05, 4000)
    power = power_for_shares(0.10, 0.15, SampleSize(1200, 520))
    assert (found["verdict"] == "works").mean() == pytest.approx(power, abs=0.03)


@pytest.mark.parametrize(("rate", "effect"), [(0.0, 0.0), (0.99, 0.5), (0.01, -0.5)])
def test_shares_never_leave_nothing_and_all(rate, effect):
    table = repeats(1, 1, rate, effect, 50)
    assert table["lower"].ge(-1).all() and table["upper"].le(1).all() and len(table) == 50


def test_one_arm_is_no_comparison():
    with pytest.raises(UserError):
        shuffled(CARDS, SIX.replace("holdout", "treatment"))
    with pytest.raises(UserError):
        repeats(100, 0, 0.1, 0.0)
