"""What check() forgives, and what it never does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.diagnosis.compare import difference, near_groups, rounded_too_far, same_groups
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
        "1 of 5,000"
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
    assert difference(1234.567, 1235) is None
    assert difference(1234.567, 1230) is not None
    assert difference(1234.567, 1234) is not None


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (532456.22, 532456),
        (746.35, 746),
        (17.27, 17.3),
        (0.4983, 0.5),
        (0.2767, 0.28),
        (0.007051, 0.0071),
        (-0.0301, -0.03),
        (0.1049, 0.105),
        (10.04, 10),
    ],
)
def test_rounding_is_forgiven_as_long_as_enough_digits_are_left(expected, given):
    assert difference(expected, given) is None
    assert difference(expected, given, rounding=False) is not None


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (0.0058, 0.01),
        (0.9965, 1),
        (0.00084, 0.0),
        (-0.004, 0),
        (-0.00705, -0.01),
        (0.0758, 0.08),
        (-0.030469, -0.03),
        (0.1966, 0.2),
        (0.1049, 0.1),
        (17.27, 17),
        (64.4, 64),
    ],
)
def test_what_lost_its_digits_is_wrong_and_more_are_asked_for(expected, given):
    assert difference(expected, given) is not None and rounded_too_far(expected, given)
    assert difference(pd.Series({"a": expected}), pd.Series({"a": given})) is not None


@pytest.mark.parametrize(
    ("expected", "given"), [(2623, 2620), (10_000_001, 10_000_000), (47, 47.001), (2623.0, 2622.9)]
)
def test_a_count_is_exact(expected, given):
    assert difference(expected, given) is not None
    assert difference(pd.Series({"a": expected}), pd.Series({"a": given})) is not None


def test_a_column_rounded_as_a_whole_may_have_small_values_in_it():
    shares = pd.Series({"a": 0.6421, "b": 0.3512, "c": 0.0067})
    assert difference(shares, shares.round(2)) is None
    assert difference(shares, shares.round(2).replace(0.01, 0.02)) is not None
    assert difference(shares.replace(0.0067, 0.0007), shares.replace(0.0067, 0.0007).round(2)) is not None


def test_a_column_with_one_digit_left_everywhere_lacks_digits():
    shares = pd.Series({"a": 0.1961, "b": 0.3049, "c": 0.4055})
    assert difference(shares, shares.round(1)) is not None and rounded_too_far(shares, shares.round(1))
    assert difference(shares, shares.round(2)) is None


@pytest.mark.parametrize(("expected", "given"), [(0.9534, 1.0), (64.35, 64), (17.27, 17), (12.34, 12)])
def test_a_right_value_rounded_too_far_is_told_so(expected, given):
    assert difference(expected, given) is not None and rounded_too_far(expected, given)


@pytest.mark.parametrize(
    ("expected", "given"), [(0.7, 1), (0.26, 0.3), (746.35, 747), (0.26, 0), (17.27, 17.1)]
)
def test_a_guess_is_not_taken_for_a_rounded_value(expected, given):
    assert difference(expected, given) is not None and not rounded_too_far(expected, given)


def test_a_column_rounded_too_far_is_told_so():
    spend = pd.Series([7.35, 10.46, np.nan], index=["A", "B", "C"])
    assert difference(spend, spend.round(0)) is not None and rounded_too_far(spend, spend.round(0))
    assert not rounded_too_far(spend, spend.replace(7.35, 7))


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
    told = same_groups(ours, pd.Series([0, 1, 0, 1, 0, 1], list("abcdef"))).en
    assert "at least 4 of 6" in told and "you made 2 groups, 3 are wanted" in told
    assert same_groups(ours, ours.iloc[:5]) is not None
    assert same_groups(ours, "three") is not None


def test_a_set_wants_each_item_and_a_list_wants_each_in_its_place():
    assert difference({"a", "b"}, {"b", "a"}) is None
    assert difference({"a", "b", "c"}, ["a", "b", "b"]).en == "An item is doubled or missing."
    assert (
        difference(["a", "b", "c"], ["a", "c", "b"]).en
        == "The right items, but the order differs from item 2 on."
    )
    assert "from item 1 on" in difference(["a", "b"], ["b", "a"]).en
    assert difference(("a", "b"), ["a"]).en == "2 items are wanted, yours has 1."
    assert difference(["a", "b"], ["x", "b"]).en == "“x” does not belong in it."
    assert difference(frozenset("ab"), ["b", "a"]) is None
    assert difference(["a"], "a").en == "This wants a list; yours is a text."
    assert difference(["a", "b"], pd.Series(["a", "b"])) is None
    assert difference(["a", "b"], pd.Index(["b", "a"])) is not None
    assert "does not belong" in difference(["a", "b"], {"x": 1, "y": 2}).en


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (TABLE, "a table"), (RECENCY, "one value per customer or group"), (3, "a number"), (True, "a number"),
        (np.bool_(True), "a number"), ("x", "a text"), (["x", "y"], "a list"), (frozenset("xy"), "a list"),
        (np.array([1, 2]), "a list"), (None, "a NoneType"),
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_told_its_own_and_the_wanted(value, shape):
    wanted, words = ({"a", "b"}, "a list") if shape in ("a text", "a number") else ("a", "a text")
    assert difference(wanted, value).en == f"This wants {words}; yours is {shape}."


def test_a_lone_value_in_a_table_counts_as_the_value():
    for one in (pd.Series([3]), pd.DataFrame({"n": [3]}), np.array([[3]])):
        assert difference(3, one) is None
        assert difference(4, one) is not None
    assert difference("a", pd.Series(["A "])) is None
    assert "yours is one value per customer" in difference(3, pd.Series([3, 3])).en


def test_texts_agree_without_case_and_outer_spaces_and_else_are_quoted():
    assert difference("Lost", " lost") is None and difference("dormant", "休眠客户") is None
    assert difference("lost", "found").en == "“found” is not it."
    assert difference("lost", 3).en == "This wants a text; yours is a number."


@pytest.mark.parametrize(
    ("expected", "given"),
    [(1.0, 1 + 2e-6), (100.0, 100.004), (0.0, 1e-8), (2.5, -2.5), (1.2345678, 1.2344), (5, 4.999)],
)
def test_numbers_that_differ_by_more_than_noise_or_a_right_rounding_are_wrong(expected, given):
    assert difference(expected, given) is not None
    assert difference(pd.Series({"a": expected}), pd.Series({"a": given})) is not None


@pytest.mark.parametrize("given", [1.2345678 * (1 + 5e-8), 1.23, 1.235, 1.2346])
def test_noise_and_two_to_four_decimals_are_right(given):
    assert difference(1.2345678, given) is None


def test_a_missing_value_agrees_with_a_missing_value_only():
    gaps = pd.Series({"C1": 1.0, "C2": np.nan})
    assert difference(gaps, gaps.copy()) is None
    assert difference(gaps, gaps.fillna(0)) is not None and difference(gaps.fillna(0), gaps) is not None
    texts = pd.Series({"C1": "lost", "C2": None})
    assert difference(texts, texts.copy()) is None and difference(texts, texts.fillna("lost")) is not None
    days = pd.Series(pd.to_datetime(["2025-01-31", None]), index=["C1", "C2"])
    assert difference(days, days.copy()) is None and difference(days, days.astype(str)) is None
    assert difference(days, days + pd.Timedelta(days=1)) is not None
    assert difference(days, days.fillna(days.iloc[0])) is not None


def test_numbers_written_as_text_are_numbers_and_words_are_not():
    assert difference(RECENCY, RECENCY.astype(str)) is None
    assert "3 of 3 values differ" in difference(RECENCY, RECENCY.map({3: "a", 5: "b", 40: "c"})).en


def test_columns_may_be_named_in_either_language_and_missing_ones_are_listed():
    assert difference(TABLE, TABLE.rename(columns={"monetary": "消费金额"})) is None
    assert difference(TABLE, TABLE[["segment"]]).en == "Columns missing: monetary."
    assert difference(TABLE, TABLE[[]]).en == "Columns missing: monetary, segment."
    assert difference(TABLE, TABLE.assign(extra=1)) is None
    assert difference(TABLE, TABLE.reset_index()) is None


def test_where_a_table_differs_row_and_column_are_named():
    wrong = TABLE.assign(monetary=[10.5, 99.125, 3.0])
    assert difference(TABLE, wrong).en == "1 of 3 values differ, first C2 · monetary: yours 99.12."
    assert (
        difference(TABLE["monetary"], wrong["monetary"]).en == "1 of 3 values differ, first C2: yours 99.12."
    )
    assert difference(RECENCY, RECENCY + 0.0 + 1).en.endswith("first C1: yours 4.0.")


def test_a_row_that_stands_twice_is_compared_with_its_twin():
    twice = pd.DataFrame({"n": [1, 2, 5]}, index=pd.Index(["a", "a", "b"], name="city"))
    assert difference(twice, twice.iloc[[2, 0, 1]]) is None
    assert difference(twice.iloc[[2, 0, 1]], twice) is None
    assert (
        difference(twice, twice.iloc[[0, 2]]).en == "3 rows are wanted, yours has 2: some rows stand twice."
    )
    assert difference(twice, twice.assign(n=[1, 2, 6])) is not None


def test_of_several_columns_the_one_with_the_name_is_taken():
    both = pd.DataFrame({"recency_days": RECENCY, "other": 1})
    assert difference(RECENCY, both) is None and "pick one" in difference(RECENCY.rename("else"), both).en


@pytest.mark.parametrize(("moved", "near"), [(1, True), (4, False)])
def test_groups_from_another_start_may_differ_by_a_few_and_all_others_are_exact(moved, near):
    ours = pd.Series(np.arange(200) % 4, [f"C{i}" for i in range(200)])
    theirs = ours.where(np.arange(200) >= moved, (ours + 1) % 4).to_frame("group")
    assert (near_groups(ours, theirs) is None) == near
    assert f"at least {moved} of 200 are not with those they belong to" in same_groups(ours, theirs).en


def test_groups_of_other_customers_or_of_another_shape_are_told():
    ours = pd.Series([0, 0, 1, 1], list("abcd"))
    assert same_groups(ours, ours.drop("d")).en == "4 rows are wanted, yours has 3; d, for one, is missing."
    assert "yours is a table" in same_groups(ours, pd.DataFrame({"x": ours, "y": ours})).en
    assert "yours is a number" in same_groups(ours, 3).en


def test_an_id_as_the_only_column_becomes_the_index():
    ids = pd.Index(["C1", "C2"], name="customer_id")
    wanted = pd.DataFrame(index=ids)
    assert difference(wanted, pd.DataFrame({"customer_id": ["C2", "C1"]})) is None


def test_a_long_column_rounded_as_a_whole_may_hold_a_few_noughts():
    gaps = pd.Series(np.linspace(0.002, 3, 1000).round(6))
    assert 0 < (gaps.round(2) == 0).mean() < 0.05
    assert difference(gaps, gaps.round(2)) is None
    assert (
        difference(gaps[:3], gaps[:3].round(2)) is not None
    )  # where it is all that is asked, 0 is not 0.002
    assert difference(gaps, gaps.where(gaps > 0.1, 0).round(2)) is not None


def test_a_small_number_may_be_rounded_far_behind_the_point():
    assert difference(0.000836241, 0.0008362) is None
    assert difference(-0.00705052, -0.007051) is None
    assert difference(0.000836241, 0.0008363) is not None


def test_money_asked_for_to_the_cent_is_not_had_in_whole_yuan():
    """However large the amounts are: 84,123,456.78 is not 84,123,457 where the parts must add up to the cent."""
    expected = pd.Series({"web": 84_123_456.78, "store": 12_345_678.22})
    assert difference(expected, expected.round(), rounding=False) is not None
    assert difference(expected, expected + 1e-8, rounding=False) is None
    last_cent = expected + pd.Series({"web": 0.01, "store": -0.01})
    assert difference(expected, last_cent, rounding=False) is None
