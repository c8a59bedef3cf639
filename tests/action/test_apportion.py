from fractions import Fraction

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action.apportion import apportion, apportion_table
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])

HOUSE_1790 = {
    "Connecticut": (236_841, 8), "Delaware": (55_540, 2), "Georgia": (70_835, 2), "Kentucky": (68_705, 2),
    "Maryland": (278_514, 9), "Massachusetts": (475_327, 16), "New Hampshire": (141_822, 5),
    "New Jersey": (179_570, 6), "New York": (331_589, 11), "North Carolina": (353_523, 12),
    "Pennsylvania": (432_879, 14), "Rhode Island": (68_446, 2), "South Carolina": (206_236, 7),
    "Vermont": (85_533, 3), "Virginia": (630_560, 21),
}  # fmt: skip

units = st.integers(0, 10**13)
weights = st.lists(st.floats(0, 1e9), min_size=1, max_size=30).filter(lambda w: sum(w) > 0)
margin = st.lists(st.integers(0, 10**9), min_size=1, max_size=8)


def test_hamiltons_own_table():
    people, seats = zip(*HOUSE_1790.values(), strict=True)
    assert apportion(120, people) == list(seats)


def law_of_shares(function):
    @quiet
    @given(units, weights)
    def shares_add_up_and_stay_within_one(number, given_weights):
        shares = function(number, given_weights)
        assert sum(shares) == number
        exact = [Fraction(w) for w in given_weights]
        assert all(abs(s - number * w / sum(exact)) < 1 for s, w in zip(shares, exact, strict=True))

    shares_add_up_and_stay_within_one()


def test_shares_add_up():
    law_of_shares(apportion)


def test_counterfeit_rounding_is_caught():
    with pytest.raises(AssertionError):
        law_of_shares(lambda number, w: [round(number * x / sum(w)) for x in w])


def test_counterfeit_last_one_takes_the_rest_is_caught():
    def last_takes_rest(number, w):
        shares = [int(number * x / sum(w)) for x in w[:-1]]
        return [*shares, number - sum(shares)]

    with pytest.raises(AssertionError):
        law_of_shares(last_takes_rest)


@pytest.mark.parametrize(
    ("number", "w"), [(5, []), (5, [0, 0]), (5, [1, -1]), (5, [1, float("nan")]), (-5, [1])]
)
def test_impossible_splits_are_refused(number, w):
    with pytest.raises(UserError, match="weight"):
        apportion(number, w)


@given(margin, margin, st.integers(0, 10**6))
def test_tables_meet_both_margins(rows, columns, extra):
    columns = [*columns, 0]
    gap = sum(rows) - sum(columns)
    rows, columns = (
        ([*rows, extra], [*columns, gap + extra]) if gap >= 0 else ([*rows, extra - gap], [*columns, extra])
    )
    table = apportion_table(rows, columns)
    assert table.sum(axis=1).tolist() == rows
    assert table.sum(axis=0).tolist() == columns
    assert (table >= 0).all()
    total = max(sum(rows), 1)
    quotas = [[Fraction(r * c, total) for c in columns] for r in rows]
    assert all(
        abs(int(x) - q) <= 1
        for line, quota in zip(table, quotas, strict=True)
        for x, q in zip(line, quota, strict=True)
    )


def test_different_totals_are_refused():
    with pytest.raises(UserError, match="different totals"):
        apportion_table([1, 2], [1, 1])


def test_large_money_stays_exact():
    rows, columns = [10**15 + 1, 10**15 - 1], [2 * 10**15 - 3, 3]
    table = apportion_table(rows, columns)
    assert table.sum(axis=0).tolist() == columns and table.dtype == np.int64
