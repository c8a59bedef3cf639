import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.action.sample_size import (
    SampleSize,
    power_for_means,
    power_for_shares,
    sample_size_for_means,
    sample_size_for_shares,
    smallest_uplift,
)
from custseg_helpers.words.text import UserError


def test_shares_as_r_says():
    """The examples of R's help page of power.prop.test."""
    assert power_for_shares(0.50, 0.75, SampleSize(50, 50)) == pytest.approx(0.740, abs=5e-4)
    assert sample_size_for_shares(0.50, 0.75, power=0.90) == (77, 77)
    size = sample_size_for_shares(0.500, 0.501, alpha=0.001, power=0.90)
    assert size.holdout == pytest.approx(10_451_937, rel=1e-6)


def test_means_as_r_says():
    """The examples of R's help page of power.t.test."""
    assert power_for_means(1, 1, SampleSize(20, 20)) == pytest.approx(0.8689528, abs=1e-6)
    assert sample_size_for_means(1, 1, power=0.90) == (23, 23)
    assert power_for_means(1, 1, SampleSize(22, 22)) < 0.90 < power_for_means(1, 1, SampleSize(23, 23))


@pytest.mark.parametrize(("effect", "number"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_means_as_cohen_says(effect, number):
    """Cohen (1988): small, medium, large; his table prints 393 for the first by interpolation."""
    assert sample_size_for_means(effect, 1).holdout == number


@settings(max_examples=50)
@given(
    st.floats(0.02, 0.6), st.floats(0.02, 0.3), st.sampled_from([0.5, 0.2, 0.1]), st.sampled_from([0.8, 0.9])
)
def test_the_size_is_the_smallest_that_reaches_the_power(rate, rise, share, power):
    size = sample_size_for_shares(rate, rate + rise, holdout_share=share, power=power)
    assert power_for_shares(rate, rate + rise, size) >= power
    smaller = SampleSize(math.ceil(round((size.holdout - 1) * (1 - share) / share, 9)), size.holdout - 1)
    assert size.holdout <= 2 or power_for_shares(rate, rate + rise, smaller) < power
    assert size.holdout / sum(size) == pytest.approx(share, abs=1 / size.holdout)


def test_an_uneven_split_needs_more_in_all():
    totals = [sum(sample_size_for_shares(0.1, 0.13, holdout_share=share)) for share in (0.5, 0.2, 0.1, 0.05)]
    assert totals == sorted(totals) and totals[0] < totals[1]


def test_spend_takes_more_customers_than_conversion():
    """One in ten buys for 200 yuan: the same 30 % more, seen in conversion or in spend with varying baskets."""
    sd = math.sqrt(0.1 * (200**2 + 150**2) - 20**2)
    assert sum(sample_size_for_means(6, sd)) > 1.4 * sum(sample_size_for_shares(0.10, 0.13))


def test_large_tests_stay_finite():
    assert 0.79 < power_for_means(1, 100, sample_size_for_means(1, 100)) < 0.82
    assert power_for_means(1, 10, SampleSize(500_000, 500_000)) == pytest.approx(1)


def test_what_a_given_test_can_see():
    size = SampleSize(1000, 250)
    rise = smallest_uplift(0.10, size)
    assert power_for_shares(0.10, 0.10 + rise, size) == pytest.approx(0.80, abs=1e-6)
    assert np.isnan(smallest_uplift(0.95, SampleSize(10, 10)))


@pytest.mark.parametrize(
    "wrong",
    [
        (0.1, 0.1, {}),
        (0.0, 0.1, {}),
        (0.1, 1.0, {}),
        (0.1, 0.2, {"power": 80}),
        (0.1, 0.2, {"holdout_share": 0}),
    ],
)
def test_impossible_questions_are_refused(wrong):
    holdout, treatment, more = wrong
    with pytest.raises(UserError):
        sample_size_for_shares(holdout, treatment, **more)


def test_no_difference_no_test():
    for difference, sd in ((0, 1), (1, 0)):
        with pytest.raises(UserError, match="No difference"):
            sample_size_for_means(difference, sd)
