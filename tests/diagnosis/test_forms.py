"""Whoever hands in the right value is told that it is right, whatever it came in; nothing makes a comparison fail."""

from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.diagnosis import values
from custseg_helpers.diagnosis.compare import close, difference, same_groups
from custseg_helpers.diagnosis.forms import in_form, shape_of
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.words.text import T
from tests.diagnosis.disguises import Array, disguises

IDS = pd.Index(["C1", "C2", "C3", "C4"], name="customer_id")
COUNTS = pd.Series([3, 5, 40, 7], IDS, name="recency_days")
MONEY = pd.Series([152.39, 767.45, -18.284, 12857.65], IDS, name="monetary")
LABELS = pd.Series(["loyal", None, "lost", "champions"], IDS, name="segment")
MARKS = pd.Series([True, False, False, True], IDS, name="repeat_buyer")
CROSS = pd.Series(
    [61, 248, 5, 9],
    pd.MultiIndex.from_product([["high", "low"], ["north", "south"]], names=["price_sensitivity", "region"]),
    name="customers",
)
MOVES = pd.DataFrame(
    [[10, 2, 1], [0, 20, 3], [4, 5, 30]],
    pd.Index(["new", "active", "lost"], name="before"),
    pd.Index(["new", "active", "lost"], name="after"),
)
BY_REP = pd.DataFrame(np.arange(6.0).reshape(2, 3) + 0.25, pd.Index(["A", "B"], name="grade"), [1, 2, 3])
TAGS = pd.DataFrame(
    {"customers": [3, 5], "share": [0.3123, 0.5277]}, pd.Index(["asleep", "frequent"], name="tag")
)
VALUES = [COUNTS, MONEY, LABELS, MARKS, CROSS, MOVES, BY_REP, TAGS, 2623, 0.49831, 532456.22, "b", True]
VALUES += [
    ["C3", "C1", "C2"],
    ["C1", "C2"],
    {"C1", "C2", "C5"},
    {"dead_tag": "super_guest", "private": "hard_up"},
]
CASES = [(value, kind, form) for value in VALUES for kind, form in disguises(value)]


@pytest.mark.parametrize(("value", "kind", "form"), CASES, ids=[kind for _, kind, _ in CASES])
def test_a_right_answer_is_right_in_every_form(value, kind, form):
    assert difference(value, form) is None


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (COUNTS, pl.DataFrame({"customer_id": list(IDS), "n": [3, 5, 40, 8]})),
        (COUNTS, pl.DataFrame({"customer_id": ["C1", "C2", "C3", "C9"], "n": [3, 5, 40, 7]})),
        (COUNTS, pl.Series([3, 5, 40, 7])),
        (MOVES, MOVES.T),
        (CROSS, CROSS.unstack().T.iloc[::-1] + 1),
        (["C1", "C2"], pl.Series(["C2", "C1"])),
        (["C3", "C1", "C2"], {"C1", "C2", "C3"}),
        (0.49831, "48.9%"),
        (LABELS, LABELS.fillna("lost")),
        (47, "47 weeks"),
    ],
)
def test_a_form_does_not_make_a_wrong_answer_right(value, form):
    assert difference(value, form) is not None


def test_texts_that_write_a_number_are_numbers():
    assert difference(0.4983, "49.83%") is None and difference(532456.22, "¥532,456.22") is None
    assert difference(2623, "2,623") is None and difference(2623, "2,62,3") is not None
    assert difference(MARKS, MARKS.map({True: "yes", False: "no"})) is None
    assert difference(MARKS, MARKS.map({True: "是", False: "否"})) is None


@pytest.mark.parametrize("form", ["B", " b ", "(b)", "b.", "Ｂ", "b。", ["b"]])
def test_a_chosen_letter_may_have_signs_around_it(form):
    assert difference("b", form) is None
    assert difference("a", form) is not None


def test_days_agree_in_every_way_they_are_written():
    days = pd.Series([1, 2], pd.to_datetime(["2025-01-31", "2025-02-28"]))
    for keys in (
        ["2025-01-31", "2025-02-28"],
        [date(2025, 1, 31), date(2025, 2, 28)],
        days.index.to_period("D"),
    ):
        assert difference(days, pd.Series([1, 2], pd.Index(keys))) is None
    months = pd.Series([1, 2], days.index.to_period("M"))
    for keys in (days.index, days.index.to_period("M").to_timestamp(), ["2025-01", "2025-02"]):
        assert difference(months, pd.Series([1, 2], pd.Index(keys))) is None
    numbered = pd.Series([1, 2], pd.Index([1, 2], name="month"))
    assert difference(numbered, pd.Series([1, 2], days.index)) is None
    assert difference(numbered, pd.Series([2, 1], days.index)) is not None
    assert difference(pd.Timestamp("2025-01-31"), date(2025, 1, 31)) is None
    assert difference(pd.Timestamp("2025-01-31"), np.datetime64("2025-01-30")) is not None


def test_missing_labels_agree_however_they_are_written():
    for gap in (None, np.nan, pd.NA, pd.NaT, "nan", "<NA>"):
        form = LABELS.astype(object).where(LABELS.notna(), gap)
        assert difference(LABELS, form) is None
        assert difference(LABELS.fillna("lost"), form) is not None


def test_what_never_ends_is_read_so_far(monkeypatch):
    monkeypatch.setattr(values, "MOST_ITEMS", 100)
    assert len(plain(count())) == 100
    assert difference(["a"], count()) is not None


class Broken:
    """Whatever is asked of it, it fails."""

    def __getattr__(self, name):
        raise RuntimeError("no")

    def __iter__(self):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


ODD = [
    Broken(),
    object(),
    lambda: 1,
    b"x",
    1j,
    Decimal("sNaN"),
    Decimal("Infinity"),
    10**400,
    float("nan"),
    float("inf"),
    pd.DataFrame(),
    pd.Series(dtype=object),
    {},
    [],
    set(),
    [[1], [2, 3]],
    [{}],
    {1: {2: 3}},
    {"a": [1, 2]},
    ...,
    None,
    pd.NA,
    pd.NaT,
    np.array([[[1]]]),
    np.array([1, "a", None], dtype=object),
    pd.DataFrame([[1, 2]], columns=["x", "x"]),
    pd.MultiIndex.from_tuples([(1, 2)]),
    pd.Interval(0, 1),
    pd.Timedelta(days=1),
    Path("x"),
    range(0),
    iter([]),
    type,
    pd.Series([[1], {}, None, Broken()], IDS),
    pd.DataFrame({"customer_id": [[1], [2]]}),
    pd.Series([1j, 2], ["a", "b"]),
    Array([[1, 2], [3, 4]]),
    np.ma.array([1, 2], mask=[True, False]),
    np.array([(1, "a")], dtype=[("x", int), ("y", "U1")]),
    memoryview(b"x"),
    pd.Series(pd.to_timedelta([1, 2, 3, 4], unit="D"), IDS),
    pd.Series([3, 5, 40, 10**400], IDS),
]


@pytest.mark.parametrize("odd", ODD, ids=[f"{type(odd).__name__}{place}" for place, odd in enumerate(ODD)])
@pytest.mark.parametrize(
    "value", VALUES, ids=[f"{type(value).__name__}{place}" for place, value in enumerate(VALUES)]
)
def test_no_object_makes_a_comparison_fail(value, odd):
    assert isinstance(difference(value, odd), T)
    assert value is not MARKS or isinstance(same_groups(MARKS, odd), T)
    shape_of(odd), in_form(value, odd)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.decimals(),
    st.binary(max_size=3),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=4),
        st.lists(inner, max_size=4).map(lambda items: pd.Series(items, dtype=object)),
        st.lists(inner, max_size=4).map(lambda items: pd.DataFrame({"a": pd.Series(items, dtype=object)})),
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(ANYTHING, st.sampled_from(VALUES))
def test_nothing_anybody_builds_makes_a_comparison_fail(anything, value):
    told = difference(value, anything)
    assert told is None or isinstance(told, T)


@settings(max_examples=150, deadline=None)
@given(st.floats(0.001, 1e7), st.integers(0, 6), st.booleans())
def test_a_number_is_right_only_within_its_digits(right, decimals, up):
    """Three digits that count are within half a per cent, two within five; a value farther off is never right."""
    rounded = round(right, decimals)
    off = abs(rounded - right) / right
    agrees = difference(right, rounded) is None
    assert agrees or off > 1e-7
    assert not (agrees and off > 0.05)
    farther = right * (1.06 if up else 0.94)
    assert difference(right, farther) is not None


@settings(max_examples=100, deadline=None)
@given(st.floats(1e-6, 1 - 1e-6), st.sampled_from([0, 1, -1, 0.0, 1.0]))
def test_nothing_between_nought_and_one_is_either(right, end):
    assert difference(right, end) is not None
    assert difference(pd.Series({"a": right, "b": 0.5}), pd.Series({"a": end, "b": 0.5})) is not None


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**12), st.integers(-3, 3))
def test_a_count_is_right_only_when_it_is_the_count(right, off):
    assert (difference(right, right + off) is None) == (off == 0)
    assert bool(close(np.array([float(right)]), np.array([right + off + 0.25]))[0]) is False


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(range(4)),
    st.sampled_from(["columns", "polars", "dict"]),
    st.integers(0, 3),
    st.floats(-9, 9),
)
def test_rows_in_any_order_are_right_and_one_other_value_is_not(order, form, place, shift):
    table = MONEY.iloc[list(order)].reset_index()
    other = table.assign(monetary=table["monetary"] + [shift if row == place else 0 for row in range(4)])
    forms = {
        "columns": lambda frame: frame,
        "polars": lambda frame: pl.DataFrame(frame.to_dict("list")),
        "dict": lambda frame: dict(zip(frame["customer_id"], frame["monetary"], strict=True)),
    }
    assert difference(MONEY, forms[form](table)) is None
    if abs(shift) > 0.05 * abs(table["monetary"][place]) and abs(shift) > 1e-6:
        assert difference(MONEY, forms[form](other)) is not None


@pytest.mark.parametrize(
    ("right", "written"),
    [
        (3000, "3000 位"),
        (64, "64 天"),
        (10730, "10,730 人"),
        (532456.22, "53.245622万"),
        (532456.22, "53.245622 万元"),
        (93.46, "93.46 元"),
        (46, "46 customers"),
        (1, "1 day"),
    ],
)
def test_a_number_may_be_written_with_what_it_counts(right, written):
    assert difference(right, written) is None
    assert difference(right + 3, written) is not None


def test_another_unit_is_named_and_what_to_write_is_shown():
    told = difference(64, "64 weeks")
    assert "“weeks” stands behind the number" in told.en and "`64`" in told.en
    assert "“周”" in difference(64, "64 周").zh
    assert "weeks" not in difference(64, "2025-01-31").en and "a text" in difference(64, "2025-01-31").en
