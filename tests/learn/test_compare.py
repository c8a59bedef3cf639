"""What check() forgives, and what it never does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.learn.compare import difference, same_groups
from custseg_helpers.words.text import use_language

RECENCY = pd.Series({"C1": 3, "C2": 5, "C3": 40}, name="recency_days").rename_axis("customer_id")
TABLE = pd.DataFrame(
    {"monetary": [10.5, 7.25, 3.0], "segment": ["champions", "lost", "lost"]},
    index=pd.Index(["C1", "C2", "C3"], name="customer_id"),
)


@pytest.fixture(autouse=True)
def english():
    use_language("en")


@pytest.mark.parametrize(
    "same",
    [
        RECENCY.iloc[::-1],
        RECENCY.astype(float),
        RECENCY.astype("int8"),
        RECENCY.astype("Int64"),
        RECENCY.rename("days"),
        RECENCY.reset_index(),
        RECENCY.to_frame(),
        RECENCY.to_dict(),
        RECENCY * (1 + 1e-12),
        RECENCY.reset_index().assign(extra=1)[["extra", "recency_days", "customer_id"]],
    ],
    ids=[
        "row order",
        "float",
        "int8",
        "nullable",
        "name",
        "id as column",
        "table",
        "dict",
        "noise",
        "more columns",
    ],
)
def test_what_does_not_matter_is_forgiven(same):
    assert difference(RECENCY, same) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (RECENCY + 1, "3 of 3 values differ, first C1"),
        (RECENCY.drop("C3"), "3 rows are wanted, yours has 2; C3"),
        (pd.concat([RECENCY, pd.Series({"C9": 1})]), "C9, for one, is too many"),
        (pd.concat([RECENCY, RECENCY]), "some rows stand twice"),
        (RECENCY.astype(float).where(RECENCY < 40), "1 of 3 values differ, first C3"),
        (RECENCY.reset_index(drop=True), "rows are wanted"),
        (7, "one value per customer"),
        ("many", "one value per customer"),
        (TABLE, "several columns"),
    ],
)
def test_a_wrong_answer_is_told_where_it_first_differs(wrong, words):
    assert words in difference(RECENCY, wrong).en


def test_the_last_row_counts_as_much_as_the_first():
    long = pd.Series(range(5000))
    assert (
        "1 of 5000"
        in difference(long.rename_axis("customer_id"), long.replace(4999, 0).rename_axis("customer_id")).en
    )


def test_names_in_either_language_stand_for_codes():
    chinese = TABLE.assign(segment=["冠军客户", "流失", "流失"])
    assert difference(pd.Series({"C1": "dormant"}), pd.Series({"C1": "休眠客户"})) is None
    assert difference(pd.Series({"C1": "dormant"}), pd.Series({"C1": " Dormant "})) is None
    assert difference(TABLE, chinese.assign(segment="x")) is not None


def test_rounding_right_is_right_and_rounding_wrong_is_wrong():
    assert difference(0.123456, 0.12) is None
    assert difference(0.123456, 0.13) is not None
    assert difference(1234.567, 1234.57) is None
    assert difference(1234.567, 1235) is not None


@pytest.mark.parametrize("given", [34.567, 34.6, pd.Series([34.567]).iloc[0]])
def test_a_percentage_in_place_of_a_share_is_named(given):
    assert "percentage" in difference(0.34567, given).en


def test_percentages_in_a_table_are_named():
    shares = pd.Series({"A": 0.5, "B": 0.25}).rename("share")
    assert "percentage" in difference(shares, shares * 100).en
    assert "percentage" not in difference(shares, pd.Series({"A": 50, "B": 0.25})).en


@pytest.mark.parametrize(("expected", "given"), [(0.9534, 1.0), (746.35, 746), (17.27, 17.3), (12.34, 12.3)])
def test_a_right_value_rounded_too_far_is_told_so(expected, given):
    assert "looks rounded" in difference(expected, given).en


@pytest.mark.parametrize(
    ("expected", "given"), [(0.7, 1), (0.26, 0.3), (746.35, 747), (0.26, 0), (17.27, 17.2)]
)
def test_a_guess_is_not_taken_for_a_rounded_value(expected, given):
    assert "rounded" not in difference(expected, given).en


def test_a_column_rounded_too_far_is_told_so():
    spend = pd.DataFrame({"value": [746.35, 1020.46, np.nan]}, index=["A", "B", "C"])
    assert "looks rounded" in difference(spend, spend.round(0)).en
    assert "1 of 3 values differ" in difference(spend, spend.replace(746.35, 7)).en


def test_lists_keep_order_and_sets_do_not():
    assert difference(["a", "b"], ["b", "a"]) is not None
    assert difference({"a", "b"}, ["b", "a"]) is None
    assert difference(["a", "b"], np.array(["a", "b"])) is None
    assert "does not belong" in difference({"a", "b"}, {"a", "c"}).en


def test_rows_without_keys_compare_as_a_set_of_rows():
    rows = pd.DataFrame({"city": ["x", "y"], "n": [1, 2]})
    assert difference(rows, rows.iloc[::-1].reset_index(drop=True)) is None
    assert difference(rows, rows.assign(n=[2, 1])) is not None


def test_cross_tables_compare_by_both_keys():
    cross = pd.crosstab(pd.Series(["a", "a", "b"]), pd.Series(["x", "y", "y"]))
    assert difference(cross, cross.iloc[::-1, ::-1]) is None
    assert difference(cross, cross.T) is not None


@given(st.lists(st.integers(0, 3), min_size=4, max_size=40), st.permutations(range(4)))
def test_groups_agree_under_any_numbering(groups, names):
    index = [f"C{i}" for i in range(len(groups))]
    ours, theirs = pd.Series(groups, index), pd.Series([names[g] for g in groups], index)
    assert same_groups(ours, theirs.sample(frac=1, random_state=1)) is None


def test_other_groups_do_not_agree():
    ours = pd.Series([0, 0, 1, 1, 2, 2], list("abcdef"))
    assert "agreement" in same_groups(ours, pd.Series([0, 1, 0, 1, 0, 1], list("abcdef"))).en
    assert same_groups(ours, ours.iloc[:5]) is not None
    assert same_groups(ours, "three") is not None
