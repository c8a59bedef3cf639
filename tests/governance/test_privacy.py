"""Pseudonyms, masks, and tables from which nobody can work out a small group."""

import hashlib
import os
import stat

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from custseg_helpers.company.company import load_sample
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.governance import privacy
from custseg_helpers.governance.privacy import (
    MASKS,
    create_key,
    crowd,
    exposure,
    mask,
    mask_email,
    mask_id_number,
    mask_name,
    mask_phone,
    pseudonyms,
    read_key,
    suppress_small_cells,
)
from custseg_helpers.tiers import cuts
from custseg_helpers.words.text import UserError, use_language

KEY = bytes(range(32))


# pseudonyms


def test_the_key_file_is_for_its_owner_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "key"
    old = os.umask(0)
    try:
        create_key(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = read_key(path)
    assert len(key) == 32
    with pytest.raises(UserError, match="not overwritten"):
        create_key(path)
    assert read_key(path) == key
    create_key(tmp_path / "other")
    assert read_key(tmp_path / "other") != key


def test_a_key_that_others_may_read_or_that_is_none_is_refused(tmp_path):
    path = tmp_path / "key"
    create_key(path)
    path.chmod(0o644)
    with pytest.raises(UserError, match="Others may read"):
        read_key(path)
    path.write_text("secret")
    path.chmod(0o600)
    with pytest.raises(UserError, match="is no key file"):
        read_key(path)
    with pytest.raises(UserError, match="no file"):
        read_key(tmp_path / "none")
    with pytest.raises(UserError, match="cannot be written"):
        create_key(tmp_path / "no" / "key")
    use_language("zh")
    with pytest.raises(UserError, match="不是密钥文件"):
        read_key(path)


def test_pseudonyms_are_hmac_sha256():
    """RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?", 5bdcc146bf60754e6a04…"""
    name = pseudonyms(pd.Series(["what do ya want for nothing?"]), b"Jefe")[0]
    assert name == "P5bdcc146bf60754e6a04"


def test_pseudonyms_are_stable_distinct_and_keep_missing_ids_missing():
    ids = pd.Series(["C1", None, "C2", "C1"], index=list("abcd"), name="customer_id")
    names = pseudonyms(ids, KEY)
    assert names.index.tolist() == list("abcd") and names.name == "customer_id"
    assert names["a"] == names["d"] != names["c"] and names.isna().tolist() == [False, True, False, False]
    assert pseudonyms(ids[::-1], KEY)[::-1].equals(names)
    assert pseudonyms(ids.astype("category"), KEY).equals(names)
    assert pseudonyms(ids, bytes(32))["a"] != names["a"]
    assert pseudonyms(pd.Series([1001]), KEY)[0] == pseudonyms(pd.Series(["1001"]), KEY)[0]
    assert not names.dropna().str.contains("C1").any()


def test_many_ids_give_as_many_names():
    ids = pd.Series(np.arange(100_000)).astype(str)
    assert pseudonyms(ids, KEY).is_unique


def test_ids_that_became_decimals_are_refused():
    with pytest.raises(UserError, match="read it as text first"):
        pseudonyms(pd.Series([1001.0, None], name="customer_id"), KEY)


def test_a_plain_hash_would_fail():
    """The plausible wrong version: without a key anyone can try all phone numbers."""
    phone = "13812345678"
    name = pseudonyms(pd.Series([phone]), KEY)[0]
    guesses = {"P" + hashlib.sha256(f"1381234{i:04d}".encode()).digest()[:10].hex() for i in range(10_000)}
    assert "P" + hashlib.sha256(phone.encode()).digest()[:10].hex() in guesses
    assert name not in guesses


# masks


@pytest.mark.parametrize(
    ("function", "value", "masked"),
    [
        (mask_name, "张三", "张*"),
        (mask_name, "张小明", "张*"),
        (mask_name, " 欧阳娜娜 ", "欧*"),
        (mask_name, "Wang Xiaoming", "W* X*"),
        (mask_name, "X", "*"),
        (mask_name, "", "*"),
        (mask_phone, "13812345678", "138****5678"),
        (mask_phone, "１３８１２３４５６７８", "138****5678"),
        (mask_phone, "+86 138 1234 5678", "138****5678"),
        (mask_phone, "0086-138-1234-5678", "138****5678"),
        (mask_phone, "021-55551234", "****34"),
        (mask_phone, "12345", "****"),
        (mask_phone, "none", "****"),
        (mask_id_number, "11010519491231002X", "1****************X"),
        (mask_id_number, "1234567", "****"),
        (mask_email, "li.ming@example.com", "l***@example.com"),
        (mask_email, "@example.com", "***"),
        (mask_email, "x@example.com", "***"),
        (mask_email, "nobody", "***"),
        (mask_email, "", "***"),
    ],
)
def test_masks(function, value, masked):
    assert function(value) == masked


@given(st.sampled_from(sorted(MASKS)), st.text(max_size=30))
def test_a_mask_never_shows_the_whole_and_never_fails(kind, text):
    masked = MASKS[kind](text)
    assert "*" in masked
    assert not text.strip() or masked != text or set(text) <= set("* ")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_four_digits_of_a_mobile_number_stay_hidden(phone):
    assert mask_phone(phone) == phone[:3] + "****" + phone[7:]


def test_the_personal_columns_of_the_standard_tables_are_masked_and_nothing_else():
    customers = pd.DataFrame(
        {
            "name_zh": ["李雷", None],
            "name_en": ["Li Lei", "Han Meimei"],
            "gender": ["male", None],
            "birth_year": [1990.0, np.nan],
            "city": ["xian", "wuhan"],
            "revenue": [1.5, 2.5],
        },
        index=["C1", "C2"],
    )
    before = customers.copy(deep=True)
    masked = mask(customers)
    assert masked.loc["C1"].tolist() == ["李*", "L* L*", "***", "***", "xian", 1.5]
    assert masked.loc["C2", ["name_zh", "gender", "birth_year"]].isna().all()
    pd.testing.assert_frame_equal(customers, before)


def test_own_columns_are_masked_by_kind_also_where_a_spreadsheet_made_them_floats():
    table = pd.DataFrame({"手机": [13812345678.0, np.nan], "身份证": ["11010519491231002X", "x"]})
    masked = mask(table, {"手机": "phone", "身份证": "id_number", "邮箱": "email"})
    assert masked["手机"][0] == "138****5678" and pd.isna(masked["手机"][1])
    assert masked["身份证"].tolist() == ["1****************X", "****"]
    with pytest.raises(UserError, match="no mask “pone”"):
        mask(table, {"手机": "pone"})


# small cells


def bounds(shown: pd.DataFrame, row: int, column: int) -> tuple[float, float]:
    """Return what a reader can work out about a hidden cell: every number that fits all shown figures."""
    grid = shown.to_numpy(dtype=float, na_value=np.nan)
    sign = np.ones(grid.shape)
    sign[-1] *= -1
    sign[:, -1] *= -1
    hidden = np.argwhere(np.isnan(grid))
    place = {tuple(cell): i for i, cell in enumerate(hidden)}
    equations, right = [], []
    for line in [[(r, c) for c in range(grid.shape[1])] for r in range(grid.shape[0])] + [
        [(r, c) for r in range(grid.shape[0])] for c in range(grid.shape[1])
    ]:
        equation = np.zeros(len(hidden))
        rest = 0.0
        for cell in line:
            if cell in place:
                equation[place[cell]] += sign[cell]
            else:
                rest -= sign[cell] * grid[cell]
        equations.append(equation)
        right.append(rest)
    objective = np.zeros(len(hidden))
    objective[place[row, column]] = 1
    low, high = (
        linprog(direction * objective, A_eq=np.array(equations), b_eq=right, bounds=(0, None))
        for direction in (1, -1)
    )
    assert low.status in (0, 3) and high.status in (0, 3)
    return low.fun if low.status == 0 else 0, -high.fun if high.status == 0 else np.inf


def with_totals(cells: np.ndarray) -> np.ndarray:
    grid = np.pad(cells, ((0, 1), (0, 1)))
    grid[-1], grid[:, -1] = grid.sum(axis=0), grid.sum(axis=1)
    grid[-1, -1] = cells.sum()
    return grid


def assert_safe(cells: np.ndarray, k: int) -> None:
    shown = suppress_small_cells(pd.DataFrame(cells), k)
    grid = with_totals(cells)
    values = shown.to_numpy(dtype=float, na_value=np.nan)
    visible = ~np.isnan(values)
    assert (values[visible] == grid[visible]).all()
    small = (grid > 0) & (grid < k)
    assert not (small & visible).any()
    for row, column in np.argwhere(small):
        low, high = bounds(shown, row, column)
        assert high >= grid[row, column] + k - 1e-6
        assert low <= grid[row, column] + 1e-6


COUNTS = st.integers(0, 12) | st.integers(0, 300)


@settings(max_examples=60)
@given(
    st.integers(1, 5).flatmap(
        lambda rows: st.integers(1, 4).flatmap(
            lambda columns: st.lists(COUNTS, min_size=rows * columns, max_size=rows * columns).map(
                lambda cells: np.array(cells).reshape(rows, columns)
            )
        )
    ),
    st.sampled_from([3, 5, 10]),
)
def test_no_small_count_can_be_worked_out(cells, k):
    assert_safe(cells, k)


@pytest.mark.parametrize(
    "cells",
    [
        [[3]],
        [[3], [40]],
        [[3, 40, 60]],
        [[1, 0, 0], [50, 60, 70]],
        [[2, 0], [0, 2]],
        [[3, 3], [3, 3]],
        [[3, 50, 50], [50, 3, 50], [50, 50, 3]],
        [[9, 10], [10, 10]],
    ],
)
def test_the_awkward_tables_are_safe_too(cells):
    assert_safe(np.array(cells), 10)


def test_a_table_without_small_cells_is_shown_whole_and_zeros_are_shown():
    table = pd.DataFrame({"a": [10, 0], "b": [20, 30]}, index=["x", "y"])
    before = table.copy()
    shown = suppress_small_cells(table)
    assert shown.to_numpy().tolist() == [[10, 20, 30], [0, 30, 30], [10, 50, 60]]
    assert shown.attrs["hidden"] == {"small": 0, "with_them": 0}
    pd.testing.assert_frame_equal(table, before)


def test_no_more_is_hidden_than_needed():
    """One small cell in a big table costs three more, the smallest that do, and no total."""
    table = pd.DataFrame({"a": [3, 40, 90], "b": [50, 45, 70], "c": [500, 600, 700]}, index=["x", "y", "z"])
    shown = suppress_small_cells(table)
    assert shown.isna().sum().sum() == 4
    assert shown.loc[["x", "y"], ["a", "b"]].isna().all(axis=None)
    assert shown.loc["total"].notna().all() and shown["total"].notna().all()


def test_tables_without_rows_or_with_other_figures():
    assert suppress_small_cells(pd.DataFrame({"a": []})).loc["total", "total"] == 0
    for bad in ([0.5], [-1], [np.nan]):
        with pytest.raises(UserError, match="counts only"):
            suppress_small_cells(pd.DataFrame({"a": bad}))


def test_hiding_only_the_small_cells_would_fail():
    """The plausible wrong versions: a single hidden cell is the total minus the rest, and so is one of a pair per row."""
    cells = np.array([[3, 40], [50, 60]])
    naive = pd.DataFrame(with_totals(cells)).astype("Int64").mask(pd.DataFrame(with_totals(cells)) < 10)
    assert bounds(naive, 0, 0) == (3, 3)
    twice_a_row = naive.copy()
    twice_a_row.iloc[0, 1] = pd.NA
    assert bounds(twice_a_row, 0, 0) == (3, 3)


# crowds


PEOPLE = pd.DataFrame(
    {
        "city": ["a", "a", "a", "b", "b", None],
        "year": [1990, 1990, np.nan, 1990, 1958, np.nan],
        "who": range(6),
    }
)


def test_a_crowd_counts_those_alike_and_missing_is_a_value_of_its_own():
    assert crowd(PEOPLE, ["city"]).tolist() == [3, 3, 3, 2, 2, 1]
    assert crowd(PEOPLE, ["city", "year"]).tolist() == [2, 2, 1, 1, 1, 1]
    assert crowd(PEOPLE.head(0), ["city"]).tolist() == []


def test_each_column_that_joins_can_only_thin_the_crowds():
    table = exposure(PEOPLE, ["city", "year", "who"], k=3)
    assert table.index.tolist() == ["city", "year", "who"]
    assert table.values.tolist() == [[3, 1, 2, 3], [5, 4, 2, 0], [6, 6, 0, 0]]
    assert (table.drop(columns="combinations").sum(axis=1) == len(PEOPLE)).all()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=30), st.integers(2, 6))
def test_crowds_are_those_of_counting_by_hand(rows, k):
    people = pd.DataFrame(rows, columns=["city", "year"])
    by_hand = [rows.count(row) for row in rows]
    assert crowd(people, ["city", "year"]).tolist() == by_hand
    last = exposure(people, ["city", "year"], k).iloc[-1]
    assert last["on_their_own"] == by_hand.count(1)
    assert last["in_a_crowd"] == sum(number >= k for number in by_hand)


@pytest.mark.parametrize("name", ["retail", "b2b", "pharma", "finance", "education"])
def test_a_list_that_goes_out_tells_nobodys_tier(name):
    """In every cell of what an outsider may know there are ten people, and they are not all of one tier."""
    company = load_sample(name)
    money = order_facts(company.orders, company.as_of)["monetary"]
    tier = cuts.levels(money, cuts.quantile_cuts(money)).reindex(company.customers["customer_id"])
    people = pd.DataFrame(
        {
            "region": company.customers["region"],
            "age_band": cuts.age_bands(company.customers["birth_year"], company.as_of),
            "tier": tier.fillna("unknown").to_numpy(),
        }
    )
    known = ["region", "age_band"]
    sent = people[privacy.may_go_out(people, known, "tier")]
    cells = sent.groupby(known, dropna=False)["tier"].agg(["size", "nunique"])
    assert len(sent) > 0.9 * len(people)
    assert cells["size"].min() >= 10 and cells["nunique"].min() >= 2


def test_a_crowd_that_counts_the_secret_leaves_cells_of_one_kind():
    """Why whole cells go: 12 low and 5 high, kept only where ten share the tier too, leave 12 who are all low."""
    people = pd.DataFrame({"region": "west", "tier": ["low"] * 12 + ["high"] * 5})
    by_tier = people[privacy.crowd(people, ["region", "tier"]) >= 10]
    assert privacy.guess(by_tier, ["region"], "tier")["values"].tolist() == [1] * 12
    assert privacy.may_go_out(people, ["region"], "tier").all()
    assert not privacy.may_go_out(by_tier, ["region"], "tier").any()


def test_a_guess_is_as_sure_as_its_cell_is_uniform():
    people = pd.DataFrame({"region": "west", "tier": [None] * 3 + ["low"]})
    assert privacy.guess(people, ["region"], "tier").iloc[0].tolist() == [4, 2, 0.75]
