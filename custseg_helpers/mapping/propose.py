"""Proposing a mapping: which column is probably what, why, and how sure, from names and contents alone."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custseg_helpers.mapping.cells import ids
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.usual_names import BACK, NEEDS, SOUGHT, UNPAID, name_match
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T

SAMPLE = 2_000
PERSON = re.compile("名|称|name", re.IGNORECASE)
NAMESAKES = T(
    zh="是名称，不是编号：同名的客户会合在一起；有编号就换成编号",
    en="a name, not a number: namesakes become one customer; use a number if there is one",
)


@dataclass(frozen=True)
class Guess:
    """One column's proposed field."""

    field: str
    column: str
    sure: float
    """0 to 1: name and contents together"""
    why: T


def some_of(column: pd.Series) -> pd.Series:
    """Return the first filled cells of a column, without going through all of a long one."""
    first = column.head(10 * SAMPLE).dropna().head(SAMPLE)
    return first if len(first) == SAMPLE or len(column) <= 10 * SAMPLE else column.dropna().head(SAMPLE)


def read_share(column: pd.Series, kind: str) -> float:
    """Return which share of a column's filled cells reads as `"date"` or `"number"` (0 where nothing is filled).

    >>> read_share(pd.Series(["2024/3/5", "x", None]), "date")
    0.5
    """
    filled = some_of(column)
    if filled.empty:
        return 0.0
    if kind == "number":
        return (
            float(numbers(filled)[0].notna().mean())
            if not pd.api.types.is_datetime64_any_dtype(filled)
            else 0.0
        )
    days, _, unsure = dates(filled)
    return float((days.notna().to_numpy() | unsure).mean())


def guesses(sheet: Sheet, table: str = "orders") -> list[Guess]:
    """Propose a field of a table for each column of a file; a column serves one field only."""
    found = []
    for field in SOUGHT[table]:
        for column in sheet.frame.columns:
            by_name = name_match(str(column), field)
            if not by_name or list(sheet.frame.columns).count(column) > 1:
                continue
            kind = NEEDS.get(field)
            share = (
                read_share(sheet.frame[column], kind)
                if kind
                else float(len(some_of(sheet.frame[column])) > 0)
            )
            if share < 0.5:
                continue
            why = _why(by_name, share, kind)
            if field == "customer_id" and PERSON.search(str(column)):
                by_name, why = 0.7, NAMESAKES
            found.append(Guess(field, str(column), round(by_name * share, 2), why))
    chosen: dict[str, Guess] = {}
    for guess in sorted(found, key=lambda g: (-g.sure, SOUGHT[table].index(g.field))):
        if guess.field not in chosen and guess.column not in {g.column for g in chosen.values()}:
            chosen[guess.field] = guess
    return [chosen[field] for field in field_kinds(table) if field in chosen]


def table_of(sheet: Sheet) -> str | None:
    """Tell by its columns which table a sheet is: orders, interactions, customers, products, or none of these."""
    found = {table: {guess.field: guess.column for guess in guesses(sheet, table)} for table in SOUGHT}
    if {"order_date"} <= set(found["orders"]) and {"amount", "quantity"} & set(found["orders"]):
        return "orders"
    if {"customer_id", "interaction_date", "kind"} <= set(found["interactions"]):
        return "interactions"
    for table, key in (("customers", "customer_id"), ("products", "product_id")):
        if len(found[table]) > 1 and key in found[table]:
            filled = ids(sheet.frame[found[table][key]]).dropna()
            if len(filled) and filled.nunique() >= 0.9 * len(filled):
                return table
    return None


def _why(by_name: float, share: float, kind: str | None) -> T:
    name = (
        T(zh="列名相符", en="the name fits") if by_name >= 0.9 else T(zh="列名相近", en="the name is close")
    )
    if kind is None:
        return name
    what = T(zh="日期", en="dates") if kind == "date" else T(zh="数字", en="numbers")
    return T(zh="{n}，{s:.0%} 的内容读得成{w}", en="{n}; {s:.0%} of the cells read as {w}").format(
        n=name, s=share, w=what
    )


def returns_of(sheet: Sheet, columns: dict[str, str]) -> tuple[str, list[str], T]:
    """Propose how returns are marked: by status, by a prefix of the order number, or by sign; and why."""
    frame = sheet.frame
    if "status" in columns:
        back = [value for value in ids(frame[columns["status"]]).dropna().unique() if value.lower() in BACK]
        if back:
            return "status", sorted(back), T(zh="状态列里有这些值", en="the status column holds these values")
    measure = columns.get("quantity") or columns.get("amount")
    if "order_id" in columns and measure:
        negative = numbers(frame[measure])[0] < 0
        orders = ids(frame[columns["order_id"]])
        prefixes = orders.str.extract(r"^([A-Za-z]{1,3})\d", expand=False)
        marked = prefixes[negative.to_numpy()].value_counts()
        if len(marked) and marked.iloc[0] >= 10:
            prefix = str(marked.index[0])
            others = prefixes.eq(prefix) & ~negative
            plain = prefixes[~negative.to_numpy()].eq(prefix).mean()
            if not others.any() or plain < 0.01:
                return (
                    "prefix",
                    [prefix],
                    T(
                        zh="以 {p} 开头的 {n:,} 行都是负数",
                        en="the {n:,} lines that begin with {p} are negative",
                    ).format(p=prefix, n=int(marked.iloc[0])),
                )
    return "sign", [], T(zh="按正负号：负数是退货", en="by sign: negative is a return")


def unpaid_of(sheet: Sheet, columns: dict[str, str]) -> list[str]:
    """Return the statuses that look like orders which never came about."""
    if "status" not in columns:
        return []
    return sorted(v for v in ids(sheet.frame[columns["status"]]).dropna().unique() if v.lower() in UNPAID)


def duplicates_in(sheet: Sheet) -> int:
    """Return how many rows repeat another one exactly (empty rows not counted).

    >>> from pathlib import Path
    >>> duplicates_in(Sheet(pd.DataFrame({"a": [1, 1, 1, None], "b": ["x", "x", "y", None]}), Path("x.csv"), {}))
    1
    """
    rows = np.arange(len(sheet.frame))
    group = np.zeros(len(rows), dtype=np.int64)
    begin = sheet.frame.head(1000)
    telling = sorted(range(begin.shape[1]), key=lambda place: -begin.iloc[:, place].nunique())
    for place in telling:  # a row alone in its group can be nobody's double
        codes = pd.factorize(sheet.frame.iloc[rows, place].astype(object), use_na_sentinel=False)[0]
        group = pd.factorize(group * (codes.max(initial=0) + 1) + codes)[0]
        shared = np.bincount(group)[group] > 1
        rows, group = rows[shared], group[shared]
    filled = sheet.frame.iloc[rows].notna().any(axis=1).to_numpy()
    return int(filled.sum()) - len(np.unique(group[filled]))
