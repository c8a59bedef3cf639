"""Readers under random input: every outcome is a table or a message, nothing else. Cases found are kept as examples."""

import io
import os
import string
from contextlib import suppress
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.draft import draft
from custseg_helpers.mapping.draft_toml import toml
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.encodings import KNOWN, decode
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.reading.read import read_sheet, read_sheets
from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.kinds import column_kinds
from custseg_helpers.tags.rules import parse_rule
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

TRIES = int(os.environ.get("CUSTSEG_FUZZ", "40"))
"""Examples a test; `CUSTSEG_FUZZ=20000 pytest tests/reading/test_fuzz.py` looks longer."""

fuzzed = settings(
    max_examples=TRIES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

WORDS = st.sampled_from(
    [
        "订单号",
        "会员号",
        "下单日期",
        "金额",
        "数量",
        "单价",
        "状态",
        "order id",
        "date",
        "amount",
        "退货",
        "已取消",
        "¥12",
        "$5",
        "(120)",
        "1.2万",
        "2024/3/5",
        "03/04/2024",
        "2024-02-30",
        "9999-12-31",
        "45356",
        "1e309",
        "-0",
        "nan",
        "=1+1",
        "A1",
        "C001",
        "",
        " ",
        "\u3000",
        "１２３",
    ]
)
CELLS = WORDS | st.text(max_size=8) | st.text(string.digits + "¥$,.-/万%()", max_size=12)
VALUES = CELLS | st.none() | st.integers() | st.floats() | st.booleans() | st.datetimes() | st.dates()
SEPARATORS = st.sampled_from([",", ";", "\t", "|", " "])


@st.composite
def texts(draw):
    """A small text file, sometimes a proper table, sometimes not."""
    separator, end = draw(SEPARATORS), draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
    rows = draw(st.lists(st.lists(CELLS, max_size=5), max_size=6))
    quote = draw(st.sampled_from(["", '"']))
    return end.join(separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)


def a_table(sheet):
    assert len(sheet.frame.columns) == len(set(range(sheet.frame.shape[1]))) >= 1
    assert sheet.frame.index.is_unique


@fuzzed
@given(st.lists(VALUES, max_size=12))
@example([10**400])
def test_any_cells_are_numbers_or_unread(values):
    column = pd.Series(values, dtype=object)
    read, unread = numbers(column)
    assert len(read) == len(unread) == len(column) and read.dtype == float
    assert np.isfinite(read.dropna()).all() and not (read.notna() & unread).any()


@fuzzed
@given(
    st.lists(VALUES, max_size=12),
    st.sampled_from([None, "dmy", "mdy"]),
    st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York"]),
)
def test_any_cells_are_dates_or_unread(values, order, zone):
    read, unread, unsure = dates(pd.Series(values, dtype=object), order, zone)
    assert len(read) == len(unread) == len(unsure) == len(values)
    assert (unread | ~unsure).all() and not (read.notna() & unread).any()
    assert read.dropna().dt.year.between(1678, 2261).all()


@fuzzed
@given(
    st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("gb18030", "ignore")),
    st.none() | st.sampled_from(sorted(KNOWN)) | st.text(max_size=8),
)
def test_any_bytes_are_text_or_a_message(content, declared):
    try:
        text, codec, _ = decode(content, declared, "x.csv")
    except UserError:
        return
    assert isinstance(text, str) and content.decode(codec) == text


@fuzzed
@given(texts(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_any_text_file_is_a_table_or_a_message_and_its_draft_is_a_mapping(tmp_path, text, codec):
    file = tmp_path / "orders.csv"
    file.write_bytes(text.encode(codec, "ignore"))
    (tmp_path / "company.toml").unlink(missing_ok=True)
    try:
        sheets = read_sheets(file)
    except UserError:
        return
    a_table(sheets[0])
    (tmp_path / "company.toml").write_text(toml(draft(sheets), tmp_path), encoding="utf-8")
    try:
        own = read_own(tmp_path / "company.toml")
    except UserError:
        return
    assert len(own.company.orders) and own.company.orders["order_date"].notna().all()


@fuzzed
@given(st.data())
def test_a_damaged_workbook_is_a_table_or_a_message(tmp_path, data):
    content = bytearray(workbook())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    (tmp_path / "orders.xlsx").write_bytes(
        bytes(content[: len(content) - cut % 500 if cut % 3 == 0 else None])
    )
    with suppress(UserError):
        a_table(read_sheet(tmp_path / "orders.xlsx"))


@fuzzed
@given(st.data())
def test_a_damaged_parquet_file_is_a_table_or_a_message(tmp_path, data):
    content = bytearray(parquet())
    for place in data.draw(st.lists(st.integers(4, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    (tmp_path / "orders.parquet").write_bytes(bytes(content))
    with suppress(UserError):
        a_table(read_sheet(tmp_path / "orders.parquet"))


SCALARS = st.sampled_from(
    [
        '"x"',
        '""',
        "5",
        "-1",
        "1.5",
        "true",
        "2025-04-01",
        "25:00:00",
        "[]",
        '["a"]',
        "[1]",
        "{}",
        '"orders.csv"',
        '"dmy"',
        '"sign"',
        '"prefix"',
        '"../x"',
        '"UTC"',
        '"no"',
        "nan",
        "1e400",
        "99999999999999999999",
        '"\\u0000"',
        '"a\\nb"',
    ]
)
KEYS = st.sampled_from(
    [
        "name",
        "as_of",
        "currency",
        "time_zone",
        "title",
        "orders",
        "customers",
        "file",
        "sheet",
        "header_row",
        "encoding",
        "separator",
        "dates",
        "rows",
        "duplicates",
        "address",
        "table",
        "query",
        "skip",
        "nmae",
        *field_kinds("orders"),
    ]
)
HEADS = st.sampled_from(
    [
        "",
        "[orders]",
        "[orders.columns]",
        "[orders.returns]",
        "[orders.skip]",
        "[customers]",
        "[customers.columns]",
        "[facts]",
        "[write_back]",
        "[title]",
        "[[orders]]",
    ]
)


@fuzzed
@given(
    st.lists(st.tuples(HEADS, st.lists(st.tuples(KEYS, SCALARS), max_size=4)), max_size=5),
    st.text(max_size=5),
)
def test_any_mapping_is_read_or_refused_with_its_key(tmp_path, sections, tail):
    lines = ['name = "shop"', "as_of = 2025-04-01"]
    for head, entries in sections:
        lines += [head, *(f"{key} = {value}" for key, value in entries)]
    path = tmp_path / "company.toml"
    path.write_text("\n".join([*lines, tail]), encoding="utf-8", errors="ignore")
    try:
        read_mapping(path)
    except UserError as error:
        assert str(path) in str(error)


@fuzzed
@given(st.data())
def test_a_slip_in_a_good_mapping_is_read_or_refused(tmp_path, data):
    (tmp_path / "orders.csv").write_text("no,who,day,paid\nA1,C1,2025-03-01,10\n")
    lines = GOOD.splitlines()
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, len(lines) - 1))
        key = lines[place].partition(" =")[0]
        lines[place] = f"{key} = {data.draw(SCALARS)}" if " = " in lines[place] else data.draw(HEADS)
    (tmp_path / "company.toml").write_text("\n".join(lines), encoding="utf-8")
    with suppress(UserError):
        read_own(tmp_path / "company.toml")


TOKENS = st.sampled_from(
    [
        "amount",
        "city",
        "day",
        "金额",
        "and",
        "or",
        "not",
        "in",
        "(",
        ")",
        "[",
        "]",
        ">=",
        "==",
        "=",
        "<",
        "5",
        "1e999",
        '"x"',
        "'",
        '"',
        "__import__",
        ".",
        "lambda",
        "+",
        "*",
        "**",
        ",",
        ":",
        "is",
        "None",
        "days_since",
        "if",
        "else",
        "@",
        "\\",
        "#",
        "\n",
        "\0",
        "0" * 5000,
        "9" * 5000,
    ]
)


@fuzzed
@given(st.lists(TOKENS, max_size=10).map(" ".join) | st.text(max_size=40))
@example("(" * 500 + "amount" + ")" * 500)
@example("not " * 2000 + "amount > 1")
def test_any_rule_is_a_selection_or_a_message(rule):
    try:
        found = parse_rule(rule, column_kinds(CUSTOMERS))
    except UserError:
        return
    if found.column is None:
        assert len(evaluate({"tag": found}, CUSTOMERS)) == len(CUSTOMERS)


CUSTOMERS = pd.DataFrame(
    {
        "amount": [1.0, 5.0, None],
        "city": ["x", None, "y"],
        "金额": [1, 2, 3],
        "day": pd.to_datetime(["2025-01-01", None, "2025-02-01"]),
    }
)
GOOD = 'name = "shop"\nas_of = 2025-04-01\n[orders]\nfile = "orders.csv"\nheader_row = 1\nencoding = "utf-8"\nseparator = ","\n[orders.columns]\norder_id = "no"\ncustomer_id = "who"\norder_date = "day"\namount = "paid"\n[orders.returns]\nby = "sign"\nvalues = []\n'


@cache
def workbook():
    content = io.BytesIO()
    pd.DataFrame({"no": ["A1", "A2"], "paid": [1.5, None]}).to_excel(content, index=False)
    return content.getvalue()


@cache
def parquet():
    content = io.BytesIO()
    pd.DataFrame({"no": ["A1", "A2"], "paid": [1.5, None]}).to_parquet(content)
    return content.getvalue()
