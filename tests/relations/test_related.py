"""How a wrong answer was made from the right one is said with the learner's own numbers; chance is never told."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.relations.related import related_to

CUSTOMERS = pd.Index([f"C{n:04}" for n in range(1, 41)], name="customer_id")
MONEY = pd.Series(np.round(np.linspace(12.3, 987.65, 40) ** 1.2, 2), CUSTOMERS)
TIMES = pd.Series([1, 2, 5, 3, 9, 1, 4, 2] * 5, CUSTOMERS)
SHARES = pd.Series({"east": 0.361886, "south": 0.229716, "west": 0.161201, "north": 0.247197})
SCORES = pd.Series([5, 4, 3, 2, 1, 1, 3, 5] * 5, CUSTOMERS)
GRADES = pd.Series(["A", "B", "C", "A"] * 10, CUSTOMERS)
LATE = pd.Series([True, False, False, True, False] * 8, CUSTOMERS)
TABLE = pd.DataFrame({"jan": [120.5, 83.25, 61.75], "feb": [99.5, 71.25, 55.5]}, index=["A", "B", "C"])
LIST = [f"C{n:04}" for n in (7, 3, 19, 4, 11, 25, 8)]


def cause(right, given, more=0):
    found = related_to(right, given, more)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("right", "given", "name"),
    [
        (0.371822, 37.2, "per_cent"),
        (0.371822, 37, "per_cent"),
        (0.371822, 0.628178, "one_minus"),
        (-0.0070509, 0.0070509, "sign"),
        (12964, 12965, "plus_one"),
        (12964, 12963, "minus_one"),
        (532456.22, 53.245622, "divided_by_10000"),
        (532456.22, 53.25, "divided_by_10000"),
        (746.0555973, 8952.6671675, "times_12"),
        (1461.4057640, 0.00068427265, "upside_down"),
        (0.0758168, 1.0758168, "as_ratio"),
        (12964, 13000, "rounded"),
        (769 / 2623, 769, "total"),
        (93.46209219984979, 93.46209219984979 * 4713, "total"),
        (769, 769 / 2623, "average"),
        (1.6550755, 2.7392749, "square"),
    ],
)
def test_one_number(right, given, name):
    assert cause(right, given) == name


@pytest.mark.parametrize(
    ("right", "given"),
    [
        (4, 2),
        (4, 16),
        (47, 94),
        (303, 606),
        (0.5, 2),
        (2623, 2700),
        (0.371822, 0.41),
        (3 / 7, 300),
        (0.0375, 15),
        (2 / 3, 1200),
        (5, 500),
        (12, 1),
        (0.0, 0.0001),
    ],
)
def test_small_numbers_that_fit_by_chance_are_not_told(right, given):
    assert cause(right, given) is None


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (-MONEY, "sign"),
        (MONEY / 10000, "divided_by_10000"),
        (MONEY / MONEY.sum(), "share_of_total"),
        (MONEY.cumsum(), "cumulated"),
        (MONEY.diff(), "differences"),
        (MONEY.shift(1), "keys_shifted"),
        (MONEY.rank(ascending=False), "rank"),
        (np.log(MONEY), "log"),
        (MONEY.round(-2), "rounded"),
        (MONEY * 1.2345, "factor"),
        (MONEY + 7.5, "offset"),
        ((MONEY - MONEY.mean()) / MONEY.std(), "standardised"),
        (MONEY[::-1].set_axis(MONEY.index), "backwards"),
        (MONEY.sample(frac=1, random_state=1).set_axis(MONEY.index), "misplaced"),
        (MONEY.reset_index(drop=True), "keys_lost"),
        (MONEY.tolist(), "keys_lost"),
        ((MONEY * 100).tolist(), "keys_lost+times_100"),
        (MONEY.sort_values().reset_index(drop=True), "keys_lost"),
        (MONEY.iloc[1:], "row_lost"),
        (MONEY.iloc[:20], "first_part"),
        (pd.concat([MONEY, MONEY.iloc[:5]]), "rows_doubled"),
        (pd.concat([MONEY, pd.Series({"All": MONEY.sum()})]), "total_row"),
        (pd.concat([MONEY, pd.Series({"C9998": 0.0, "C9999": 0.0})]), "zeros_added"),
        (float(MONEY.sum()), "sum_of_all"),
        (float(MONEY.mean()), "mean_of_all"),
    ],
)
def test_a_column_of_money(given, name):
    assert cause(MONEY, given) == name


@pytest.mark.parametrize(
    ("right", "given", "name"),
    [
        (SHARES, SHARES * 100, "per_cent"),
        (SHARES, SHARES * 54321.5, "amounts"),
        (SHARES, SHARES.cumsum(), "cumulated"),
        (SCORES, 6 - SCORES, "reversed"),
        (SCORES, SCORES - 1, "minus_one"),
        (SCORES, SCORES.value_counts(), "counts"),
        (GRADES, GRADES.map({"A": "B", "B": "A", "C": "C"}), "swapped"),
        (GRADES, GRADES.map({"A": "B", "B": "C", "C": "A"}), "other_order"),
        (GRADES, GRADES.map({"A": 1, "B": 2, "C": 3}), "other_words"),
        (GRADES, GRADES.replace("C", "B"), "joined"),
        (GRADES.replace("C", "B"), GRADES, "split"),
        (GRADES, GRADES.value_counts(), "counts"),
        (GRADES.value_counts(), GRADES, "labels"),
        (GRADES.value_counts(normalize=True), GRADES, "labels"),
        (LATE, ~LATE, "turned_round"),
        (LATE, LATE.index[LATE].tolist(), "ids_for_mask"),
        (float(LATE.mean()), LATE, "unfinished_mean"),
        (MONEY > 500, MONEY, "not_grouped"),
        (TABLE, TABLE.T, "transposed"),
        (TABLE, TABLE * 1000, "times_1000"),
        (TABLE, TABLE.div(TABLE.sum(axis=1), axis=0), "share_of_row"),
        (TABLE, TABLE.rename(columns={"jan": "feb", "feb": "jan"}), "columns_swapped"),
        (TABLE, pd.concat([TABLE, TABLE.sum().to_frame("Total").T]), "total_row"),
        (pd.Series({1: 5.25, 2: 7.5, 3: 6.75}), pd.Series({0: 5.25, 1: 7.5, 2: 6.75}), "keys_off"),
        (pd.Series({"a": 0, "b": 15, "c": 476}), pd.Series({"b": 15, "c": 476}), "zeros_lost"),
        (LIST, LIST[::-1], "backwards"),
        (LIST, sorted(LIST), "other_order"),
        (LIST, LIST[:4], "first_part"),
        (LIST, [*LIST, "C0040"], "too_many"),
        (LIST, [6, 2, 18, 3, 10, 24, 7], "positions"),
    ],
)
def test_shares_labels_tables_and_lists(right, given, name):
    assert cause(right, given) == name


def test_days_instead_of_dates():
    today = pd.Timestamp("2025-12-31")
    assert cause(TIMES, today - pd.to_timedelta(TIMES, unit="D")) == "dates"


def test_the_learners_own_numbers_are_said_in_both_languages():
    _, text = related_to(0.371822, 37.2)
    assert text.en == "You gave 37.2: that is in per cent. A share is wanted: 0.372."
    assert text.zh == "你给的是 37.2：这是百分数，这里要小数：0.372。"
    _, text = related_to(MONEY, -MONEY)
    assert text.en.startswith(f"You gave {-MONEY.iloc[0]:g} for C0001: the sign")


@pytest.mark.parametrize(
    "right", [MONEY, SHARES, TIMES, GRADES, LATE, TABLE], ids=lambda value: str(type(value))
)
def test_noise_is_not_told(right):
    rng = np.random.default_rng(0)
    for _ in range(5):
        if right is GRADES or right is LATE:
            given = right.where(rng.random(len(right)) < 0.7, rng.choice(right.unique(), len(right)))
        else:
            given = right * rng.uniform(0.5, 1.5, right.shape)
        assert cause(right, given) is None
