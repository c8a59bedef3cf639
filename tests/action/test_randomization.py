"""The effect in money: right where it can be worked out by hand, honest where a few customers spend most of it."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.action.evaluation import difference_of_means
from custseg_helpers.action.randomization import adjusted_by_before, difference_by_randomization
from custseg_helpers.words.text import UserError


def skewed(rng, size):
    """What people spend in a month: three in four nothing, a few a hundred times as much as others."""
    return np.where(rng.random(size) < 0.25, rng.lognormal(4, 1.5, size), 0.0)


def test_the_ends_of_the_interval_are_those_of_all_deals():
    """Six customers, twenty deals: an effect is inside exactly when the arms as drawn are not among the extreme deals."""
    one, two = np.array([9.0, 7.0, 8.0]), np.array([1.0, 4.0, 2.0])
    found = difference_by_randomization(pd.Series(one), pd.Series(two), level=0.6, deals=20_000)

    def contradicted(effect):
        values = np.concatenate([one - effect, two])
        drawn = values[:3].mean() - values[3:].mean()
        deals = [
            values[list(deal)].mean() - np.delete(values, list(deal)).mean()
            for deal in itertools.combinations(range(6), 3)
        ]
        return min(np.mean(np.array(deals) >= drawn - 1e-9), np.mean(np.array(deals) <= drawn + 1e-9)) <= 0.2

    inside = [effect for effect in np.arange(0, 12, 0.05) if not contradicted(effect)]
    assert found.lower == pytest.approx(min(inside), abs=0.4)
    assert found.upper == pytest.approx(max(inside), abs=0.4)


def test_where_spend_is_even_it_is_the_usual_interval():
    rng = np.random.default_rng(3)
    one, two = pd.Series(rng.normal(10, 3, 400)), pd.Series(rng.normal(9, 3, 400))
    lot, usual = difference_by_randomization(one, two), difference_of_means(one, two)
    assert lot.difference == usual.difference
    assert lot.lower == pytest.approx(usual.lower, abs=0.05) and lot.upper == pytest.approx(
        usual.upper, abs=0.05
    )


def test_campaigns_that_do_nothing_are_seldom_called_a_success():
    """A tenth held out, spend skewed: at most 5 % of 300 campaigns without effect work, at most 5 % harm."""
    rng, works, harms, covered = np.random.default_rng(5), 0, 0, 0
    for seed in range(300):
        spend = skewed(rng, 600)
        found = difference_by_randomization(
            pd.Series(spend[60:]), pd.Series(spend[:60]), deals=400, seed=seed
        )
        works, harms = works + (found.lower > 0), harms + (found.upper < 0)
        covered += found.lower <= 0 <= found.upper
    assert works <= 0.05 * 300 and harms <= 0.05 * 300 and covered >= 0.94 * 300


def test_an_effect_that_is_there_is_found_and_covered():
    rng = np.random.default_rng(8)
    covered = []
    for seed in range(120):
        spend = skewed(rng, 1200)
        found = difference_by_randomization(
            pd.Series(spend[240:] + 60), pd.Series(spend[:240]), deals=400, seed=seed
        )
        covered.append(found.lower <= 60 <= found.upper)
    assert np.mean(covered) >= 0.92


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=30), st.floats(-1e4, 1e4))
def test_money_added_to_everybody_contacted_moves_the_whole_interval(values, more):
    half = len(values) // 2
    one, two = pd.Series(values[:half]), pd.Series(values[half:])
    before, after = (difference_by_randomization(arm, two, deals=200) for arm in (one, one + more))
    scale = 1e-6 * (1 + max(values) + abs(more))
    assert after.difference - before.difference == pytest.approx(more, abs=scale)
    assert before.lower - scale <= before.difference <= before.upper + scale


def test_spend_before_narrows_the_interval_and_keeps_the_effect():
    rng = np.random.default_rng(11)
    before = rng.lognormal(3, 1, 2000)
    amount = 0.8 * before + rng.normal(0, 5, 2000)
    treated = rng.random(2000) < 0.5
    amount[treated] += 2
    plain = difference_by_randomization(pd.Series(amount[treated]), pd.Series(amount[~treated]))
    values, explained = adjusted_by_before(pd.Series(amount), pd.Series(before))
    taken = difference_by_randomization(values[treated], values[~treated])
    assert explained > 0.5 and taken.lower < 2 < taken.upper
    assert taken.upper - taken.lower < 0.6 * (plain.upper - plain.lower)


def test_spend_before_that_explains_nothing_changes_nothing():
    rng = np.random.default_rng(2)
    amount, before = pd.Series(rng.normal(5, 1, 500)), pd.Series(rng.normal(5, 1, 500))
    values, explained = adjusted_by_before(amount, before)
    assert explained < 0.05 and values.tolist() == amount.tolist()
    assert adjusted_by_before(amount, pd.Series(0.0, index=amount.index))[1] == 0


def test_one_customer_is_no_arm():
    with pytest.raises(UserError, match="2 customers"):
        difference_by_randomization(pd.Series([1.0]), pd.Series([2.0, 3.0]))
