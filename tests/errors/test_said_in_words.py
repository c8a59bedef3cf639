"""Slips that words, headings, texts and spreadsheet signs make: the line that is offered runs."""

import re

import pandas as pd
import pytest

from custseg_helpers import order_facts, parse_catalogue
from custseg_helpers.errors.doubts import doubts
from custseg_helpers.errors.explain import explain
from custseg_helpers.errors.shell import _said
from custseg_helpers.learn.check import NotPassed
from custseg_helpers.words.text import UserError, use_language

LINES = pd.DataFrame({"customer_id": ["C1", "C2", "C2"], "quantity": [1, 2, 3], "price": [10.0, 20.0, 5.0]})
LINES["margin_rate"], LINES["order_date"] = 0.3, pd.Timestamp("2025-01-31")


def names():
    """Return the names of a notebook."""
    return {
        "__name__": "__main__",
        "lines": LINES,
        "members": pd.DataFrame({"spent": ["1200", "1.2万"], "points": ["10", "20"]}),
        "by_day": pd.Series({"2025-01-31": 1.0, "2025-02-28": 2.0}),
        "groups": pd.Series(["a", "b"]),
        "best": "a",
        "years": 3,
        "as_of": pd.Timestamp("2026-01-01"),
        "pd": pd,
        "order_facts": order_facts,
        "between": lambda first, last, step: first,
        "ages": ages,
        "last": 9,
        "step": 2,
    }


def read(code):
    """Return what is said of a cell that stops."""
    use_language("en")
    there = names()
    with pytest.raises(Exception) as stopped:
        exec(compile(code, "<cell>", "exec"), there)
    return str(explain(stopped.value, code, there).text)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ('x = lines["quantity"] 至少 2', 'x = lines["quantity"] >= 2'),
        ('x = lines["quantity"]不少于2', 'x = lines["quantity"] >= 2'),
        ('x = (lines["quantity"] 不超过 2).sum()', 'x = (lines["quantity"] <= 2).sum()'),
        ('x = lines[lines["quantity"] less than 3]', 'x = lines[lines["quantity"] < 3]'),
        ('x = lines["quantity"] is at least 2', 'x = lines["quantity"] >= 2'),
        ('x = lines["customer_id"] 是 "C1"', 'x = lines["customer_id"] == "C1"'),
        ('x = lines["customer_id"] equals "C1"', 'x = lines["customer_id"] == "C1"'),
        ("x = len(lines) divided by 2", "x = len(lines) / 2"),
        (
            'x = lines["quantity"] 大于 1 并且 lines["price"] 小于 9',
            'x = (lines["quantity"] > 1) & (lines["price"] < 9)',
        ),
        ('x = lines["quantity"].count(<2)', 'x = (lines["quantity"] < 2).sum()'),
        ('x = lines["quantity"].mean(>=2)', 'x = lines["quantity"][lines["quantity"] >= 2].mean()'),
        ('x = lines["quantity"].count("<2")', '(lines["quantity"] < 2).sum()'),
        (
            "x = 数量 * 标价 * (1 - 毛利率)",
            'x = lines["quantity"] * lines["price"] * (1 - lines["margin_rate"])',
        ),
        ("x = 数量.sum()", 'x = lines["quantity"].sum()'),
        ("x = lines[数量 > 1]", 'x = lines[lines["quantity"] > 1]'),
        ("x = quantity * 2", 'x = lines["quantity"] * 2'),
        ("x = lines.groupby(数量).size()", '"quantity"'),
        ("x = 5 * 200 * 30%", "x = 5 * 200 * 0.3"),
        ("x = 30%", "x = 0.3"),
        ("x = 1.1^2", "1.1 ** 2"),
        ("x = 1.1^years", "1.1 ** years"),
        ('x = lines["customer_id"].apply("len")', 'lines["customer_id"].apply(len)'),
        ("x = by_day[by_day.index > as_of]", "pd.to_datetime(by_day.index) > as_of"),
        ('x = as_of > "order_date"', 'as_of > lines["order_date"]'),
        ('x = members["points"] > 10', 'members["points"].astype(float)'),
        ("x = lines.head(1).iloc[1]", "lines.head(1).iloc[0]"),
        ('x = lines[lines["customer_id"] == "C1"].iloc[1]', 'lines[lines["customer_id"] == "C1"].iloc[0]'),
    ],
)
def test_the_line_that_is_offered_is_meant_and_runs(typed, right):
    said = read(typed)
    assert f"`{right}`" in said
    exec(compile(right, "<right>", "exec"), names())


def test_words_for_people_stay_words():
    assert "lacks its `#`" in read("x = len(lines) 至少 5 位客户")
    assert ">=" not in read("count those with at least 5 orders")


def test_a_text_is_no_function():
    said = read('x = lines["customer_id"].map("first")')
    assert "`.map` takes a function" in said and '"first"` is a text' in said
    assert '"A": "B"' in said and "`.iloc[0]`" in said
    assert "takes a function" in read('x = lines.groupby("customer_id")["price"].agg(years)')


def ages(days):
    """Return how long ago each day was, as a function of the course does."""
    return [pd.Timestamp("2026-01-01") - day for day in days]


def test_texts_are_no_dates_for_a_function_of_the_course():
    for code in ("x = ages({'2025-01-31': 1, '2025-02-28': 2})", "d = {'2025-01-31': 1}\nx = ages(d)"):
        said = read(code)
        assert "are texts" in said and "pd.Timestamp(" in said and "Timedelta" not in said


def test_what_is_left_out_in_the_middle_is_named():
    said = read("x = between(last, step)")
    assert "`first` is missing" in said and "between(first, last, step)" in said


def test_amounts_with_units_are_not_sent_into_the_next_error():
    for code in (
        'x = members["spent"] > 100',
        'x = members["spent"].sum() / 2',
        'x = members["spent"].max() + 1',
    ):
        said = read(code)
        assert 'numbers(members["spent"])[0]' in said and "stops at `1.2万`" in said


def test_slips_that_run_are_told_when_the_answer_is_wrong():
    use_language("en")
    there = names() | {"x": (6, 3)}
    comma = next(doubts("x = len(lines), years", there))
    assert "`x = len(lines) + years`" in str(comma.text)
    quoted = next(doubts('x = groups[groups == "best"]', there))
    assert "Leave out the quotes: `best`" in str(quoted.text)
    pair = next(doubts('x = lines[lines["customer_id"] == "C9"]', there))
    assert "No row of `customer_id`" in str(pair.text)
    table = there["lines"].assign(name=["total", "b", "c"])
    other = next(doubts('x = lines[lines["customer_id"] == "total"]', there | {"lines": table}))
    assert '`lines["name"]`' in str(other.text)
    assert not list(doubts("size = 10, 5", there | {"size": (10, 5)}))


@pytest.mark.parametrize(
    "text", ["- {code：vip, name: a}", "- code：vip\n  name: a", "- code: vip\n  rule：frequency > 2"]
)
def test_a_full_width_colon_in_a_tag_is_named(text):
    use_language("en")
    with pytest.raises(UserError) as caught:
        parse_catalogue(text)
    assert "full-width" in str(caught.value) and "known" not in str(caught.value)
    assert ".yaml" not in str(caught.value) and re.search("“(code: vip|rule: frequency)", str(caught.value))


def test_a_family_under_its_name_is_told_its_code():
    use_language("zh")
    text = "- {code: vip, name: a, family: 行为, type: rule, rule: frequency > 2, definition: a, sensitivity: internal}"
    with pytest.raises(UserError, match="“行为”写成“behaviour”"):
        parse_catalogue(text)


def test_a_graders_check_says_its_own_sentence_alone():
    assert _said(None, NotPassed("✗ 3 is not it.")) == ["✗ 3 is not it."]
