"""An answer of several parts is judged part by part, and the last resort says in which direction it is off."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.diagnosis.case import Case, Wrong
from custseg_helpers.diagnosis.compare import difference, near_groups, same_groups
from custseg_helpers.diagnosis.diagnose import diagnose
from custseg_helpers.diagnosis.forms import in_form
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.how_far import off
from custseg_helpers.diagnosis.parts import in_parts
from custseg_helpers.words.text import T, use_language

TOTALS = pd.Series({"customers": 3000, "buyers": 2623, "orders": 12964, "sales": 1315645.18})
GROSS = Wrong(
    "gross", TOTALS.replace(1315645.18, 1400000.5), T(zh="退货没减。", en="Returns are not taken off.")
)
LINES = Wrong("lines", TOTALS.replace(12964, 31007), T(zh="数的是行。", en="You counted lines."))
TAGS = pd.DataFrame(
    {"customers": [310, 530], "share": [0.31, 0.53]}, pd.Index(["asleep", "frequent"], name="tag")
)


@pytest.fixture(autouse=True)
def english():
    use_language("en")


def told(right, given, *wrongs, differs=difference, money=False):
    company = load_sample("retail")
    return diagnose(Case(right, in_form(right, given), company, differs, wrongs, money=money))


def test_each_wrong_number_of_several_gets_the_advice_it_needs():
    found = told(
        TOTALS, {"customers": 3000, "buyers": 2623, "orders": 31007, "sales": 1400000.5}, GROSS, LINES
    )
    assert found.cause == "part:orders+mistake:lines+part:sales+mistake:gross"
    assert found.text.en == (
        "Right: customers, buyers. orders: You counted lines. sales: Returns are not taken off."
    )


def test_a_wrong_part_that_nobody_knows_is_told_its_direction_and_the_right_parts_are_named():
    found = told(TOTALS, TOTALS.replace(2623, 2000), GROSS)
    assert found.text.en.startswith("Right: customers, orders, sales. buyers: ")


def test_a_mistake_that_is_right_in_a_part_is_never_told_of_it():
    found = told(TOTALS, TOTALS.replace(12964, 4444.5), GROSS)
    assert "mistake" not in found.cause


def test_a_layer_that_fails_over_a_part_leaves_it_to_the_next():
    def fails(case):
        raise ValueError("something odd")

    def knows(case):
        return Found("mistake:lines", LINES.advice)

    case = Case(TOTALS, TOTALS.replace(12964, 31007), None, difference)
    assert in_parts(case, (fails, knows), fails).cause == "part:orders+mistake:lines"
    assert (
        in_parts(case, (fails,), fails).text.en
        == "Right: customers, buyers, sales. orders: It does not agree."
    )


def test_the_columns_of_a_table_are_judged_one_by_one():
    halved = Wrong("halved", TAGS.assign(share=TAGS["share"] / 7), T(zh="除错了。", en="Wrong divisor."))
    found = told(TAGS, TAGS.assign(share=TAGS["share"] / 7, customers=[310, 530]).iloc[::-1], halved)
    assert found.cause == "mistake:halved"
    found = told(TAGS, TAGS.assign(share=TAGS["share"] / 7, customers=[311, 530]), halved)
    assert "part:share+mistake:halved" in found.cause


def test_groups_have_no_parts():
    groups = pd.Series([1, 1, 2, 2], list("abcd"))
    for differs in (same_groups, near_groups):
        assert told(groups, pd.Series([1, 2, 2, 1], list("abcd")), differs=differs).cause.startswith(
            "differs"
        )


@pytest.mark.parametrize(
    ("right", "given", "words"),
    [
        (100, 104, "a little too high"), (100, 97, "a little too low"), (100, 131, "about 30 % too high"),
        (100, 61, "about 40 % too low"), (100, 205, "about 2 times too high"), (100, 49, "about half"),
        (100, 9800, "about 100 times too high"), (5e6, 5, "about 1/1,000,000"), (3, -3, "sign is the other way round"),
        (3, -30, "size is not right either"), (0, 3, "too high"), (7, 0, "should not be"), (7, np.nan, "no number"),
        (7, -np.inf, "no number"),
    ],
)  # fmt: skip
def test_a_number_is_told_how_far_it_is_off_in_coarse_steps(right, given, words):
    assert words in off(right, given).en


@pytest.mark.parametrize("given", [1.0, 7.7, 61.3, 130.0, 1e9, -4.0])
def test_the_right_value_cannot_be_worked_out_from_what_is_told(given):
    """Whatever is said of one right value is said of every right value near it."""
    assert len({off(right, given).en for right in np.linspace(100.0, 100.9, 9)}) == 1


def test_money_is_shown_as_money():
    found = told(1315645.18, 1600000.5, money=True)
    assert "1,600,000.50 yuan" in found.text.en and "1,600,000.50 元" in found.text.zh
    foreign = load_sample("retail")
    assert foreign.currency == "CNY"


def test_a_column_is_told_how_many_values_are_off_and_to_which_side():
    right = pd.Series(np.arange(1.0, 41.0) ** 1.5, [f"K{n}" for n in range(40)])
    high = told(right, right.where(np.arange(40) % 2 == 0, right * 1.31))
    assert high.cause == "differs:high"
    assert "20 of 40 values differ" in high.text.en and "about 30 % too high" in high.text.en
    both = told(right, right + np.where(np.arange(40) % 3 == 0, 5.3, -0.77))
    assert both.cause == "differs:both" and "14 are too high, 26 too low" in both.text.en


def test_labels_are_told_the_commonest_swap():
    right = pd.Series(list("AABBCCDDAABBCCDDAABB"), [f"K{n}" for n in range(20)])
    found = told(right, right.replace({"A": "B"}).where(np.arange(20) != 19, "C"))
    assert "“B” where “A” belongs (6)" in found.text.en


def test_lists_are_told_how_many_items_are_right():
    found = told(["a", "b", "c", "d"], ["a", "b", "x", "y", "z"])
    assert found.cause == "differs:items"
    assert "2 of your 5 are right, 3 do not belong, 2 are missing" in found.text.en


@pytest.mark.parametrize(("right", "given"), [(0.0058, 0.01), (64.35, 64), (0.9965, 1.0), (746.95, 740.0)])
def test_only_what_is_nearly_right_is_said_to_lack_digits(right, given):
    assert (told(right, given).cause == "digits") == (given != 740.0)


def test_one_is_told_in_the_singular():
    found = told(["a", "b", "c", "d"], ["a", "b", "c", "x"])
    assert "3 of your 4 are right, 1 does not belong, 1 is missing" in found.text.en


def test_a_share_a_hundred_times_too_high_is_asked_about_per_cent():
    assert "percentage points" in told(0.05, 5).text.en
    assert "per cent" not in told(50.0, 5000.0).text.en
