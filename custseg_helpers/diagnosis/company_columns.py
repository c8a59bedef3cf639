"""The company's own columns: what each customer, product, region or month can be counted and measured by.

"What you gave is the number of order lines of each customer; the number of purchase orders is asked." Also: an average
where the total is asked, shares of another sum, and the first few by another measure than the one asked for.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.case import Case
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.relations.evidence import Written, evidence, shown
from custseg_helpers.relations.keyed import coded, column_of, keys_of, numeric
from custseg_helpers.words.glossary import glossary, term
from custseg_helpers.words.text import T

LEAST_DIGITS = 6.0
"""Digits by which a column of the company is recognised."""
LEAST_SHARED = 0.9
"""The part of the keys that a column of the company must have in common with what was given."""
LEAST_FIRST = 3
"""So many ids in a row are recognised as the first by some measure."""

COLUMNS: dict[str, T] = {
    "net": T(zh="减去退货后的金额", en="net sales, returns taken off"),
    "gross": T(zh="没减退货的金额", en="gross sales, returns not taken off"),
    "all_added": T(
        zh="把退货也当正数加进去的金额", en="amounts added up with returns as if they were purchases"
    ),
    "returned": T(zh="退货的金额", en="the money returned"),
    "mean_line": T(zh="每一行的平均金额", en="the average amount of a line"),
    "mean_purchase_line": T(zh="每一购买行的平均金额", en="the average amount of a purchase line"),
    "median_line": T(zh="每一行金额的中位数", en="the median amount of a line"),
    "median_purchase_line": T(zh="每一购买行金额的中位数", en="the median amount of a purchase line"),
    "largest_line": T(zh="金额最大的一行", en="the largest amount of a line"),
    "smallest_line": T(zh="金额最小的一行", en="the smallest amount of a line"),
    "net_per_order": T(zh="平均每张购买订单的净额", en="net sales per purchase order"),
    "gross_per_order": T(zh="平均每张购买订单的金额（没减退货）", en="gross sales per purchase order"),
    "net_per_customer": T(zh="平均每位客户的净额", en="net sales per customer"),
    "orders": T(zh="购买的订单数", en="the number of purchase orders"),
    "all_orders": T(zh="连退货单在内的订单数", en="the number of orders with returns"),
    "return_orders": T(zh="退货单的数目", en="the number of returns"),
    "lines": T(zh="连退货在内的明细行数", en="the number of order lines with returns"),
    "purchase_lines": T(zh="购买的明细行数", en="the number of order lines without returns"),
    "return_lines": T(zh="退货的明细行数", en="the number of lines of returns"),
    "pieces": T(zh="买出去的件数", en="the number of pieces sold"),
    "net_pieces": T(zh="减去退货后的件数", en="the number of pieces sold, less returns"),
    "customers": T(zh="买过的客户数", en="the number of customers who bought"),
    "products": T(zh="买过的产品种数", en="the number of different products bought"),
    "recency": T(zh="离最后一次购买的天数", en="the days since the last purchase"),
    "recency_any": T(zh="离最后一单的天数（退货也算）", en="the days since the last order, returns counted"),
    "tenure": T(zh="离第一次购买的天数", en="the days since the first purchase"),
    "span": T(zh="第一次到最后一次购买隔的天数", en="the days from the first purchase to the last"),
}
COUNTS = ("orders", "all_orders", "lines", "purchase_lines", "customers", "pieces")
"""What a total is divided by to make an average."""

GIVEN = T(zh="你给的是每个{by}{name}。", en="What you gave is, for each {by}, {name}. ")
GIVEN_SHARE = T(
    zh="你给的是每个{by}的占比，按{name}算的。", en="What you gave is each {by}'s share of {name}. "
)
ASKED = T(zh="这里问的是{name}。", en="What is asked is {name}.")
ASKED_SHARE = T(zh="这里要按{name}算占比。", en="The share of {name} is asked.")
NOT_ASKED = T(zh="这里问的不是它。", en="That is not what is asked.")
AVERAGE = T(
    zh="你给 {key} 的是 {yours}：这是平均数，除以了每个{by}{name}。这里要总数。",
    en="You gave {yours} for {key}: that is an average, divided for each {by} by {name}. The total is wanted.",
)
TOTAL = T(
    zh="你给 {key} 的是 {yours}：这是总数，还要除以每个{by}{name}。",
    en="You gave {yours} for {key}: that is a total; divide it for each {by} by {name}.",
)
FIRST_BY = T(
    zh="这是按“{name}”排出来的{end}几个{by}。这里要按别的排。",
    en="Those are the {by}s with the {end} of another measure: {name}. Sort by what is asked.",
)
MOST, LEAST = T(zh="最高的", en="most"), T(zh="最低的", en="least")


def company_column(case: Case) -> Found | None:
    """Recognise a column of the company, an average for a total, or the first by another measure."""
    right, given = plain(case.right), plain(case.given)
    if isinstance(right, list) and isinstance(given, list):
        return _first_by(right, given, case.company)
    if not isinstance(right, pd.Series) or not isinstance(given, pd.Series) or not numeric(right):
        return None
    name = right.index.name
    known = columns_by(case.company, name) if isinstance(name, str) else None
    wanted, yours = coded(right), column_of(given, right)
    if known is None or yours is None or not numeric(yours) or not yours.index.is_unique or len(wanted) < 2:
        return None
    return _column(known, wanted, yours, _by(name)) or _average(known, wanted, yours, _by(name))


def _column(known: pd.DataFrame, wanted: pd.Series, yours: pd.Series, by: T) -> Found | None:
    found = list(_alike(known, yours))
    if len(found) != 1 or evidence(_floats(yours)) < LEAST_DIGITS:
        return None
    name, share = found[0]
    text = (GIVEN_SHARE if share else GIVEN).format(by=by, name=COLUMNS[name])
    asked = [one for one in _alike(known, wanted) if one[1] == share]
    if found[0] in asked:
        return None
    end = (
        (ASKED_SHARE if share else ASKED).format(name=COLUMNS[asked[0][0]]) if len(asked) == 1 else NOT_ASKED
    )
    return Found(f"company:{'share_of=' if share else 'column='}{name}", text + end)


def _alike(known: pd.DataFrame, given: pd.Series) -> Iterator[tuple[str, bool]]:
    """Yield the different columns that a given one is, as it stands or as shares of their sum."""
    shared = known.index.intersection(given.index)
    if len(shared) < max(2, LEAST_SHARED * max(len(known), len(given))):
        return
    written, seen = Written(_floats(given[shared])), list[np.ndarray]()
    for name in known:
        values = _floats(known.loc[shared, name])
        for share in (False, True):
            made = values / np.nansum(values) if share else values
            if written.agree(made) and not any(np.allclose(made, one, equal_nan=True) for one in seen):
                seen.append(made)
                yield str(name), share


def _average(known: pd.DataFrame, wanted: pd.Series, yours: pd.Series, by: T) -> Found | None:
    """Recognise an average for each key where the total is asked, and the other way round."""
    shared = wanted.index.intersection(yours.index).intersection(known.index)
    if len(shared) < len(wanted) or evidence(_floats(yours)) < LEAST_DIGITS:
        return None
    right, given = _floats(wanted[shared]), _floats(yours[shared])
    written, found = Written(given), []
    for name in COUNTS:
        times = _floats(known.loc[shared, name])
        with np.errstate(all="ignore"):
            for sort, text, made in (("average", AVERAGE, right / times), ("total", TOTAL, right * times)):
                if len(np.unique(times)) > 1 and written.agree(made):
                    found.append((sort, name, text))
    if len(found) != 1:
        return None
    sort, name, text = found[0]
    first = int(np.argmax(~np.isclose(right, given)))
    words = text.format(key=shared[first], yours=shown(given[first]), by=by, name=COLUMNS[name])
    return Found(f"company:{sort}_by={name}", words)


def _first_by(right: list[Any], given: list[Any], company: Any) -> Found | None:
    """Recognise ids that come first, or last, by another measure."""
    if len(given) < LEAST_FIRST or len(given) != len(right) or set(given) == set(right):
        return None
    for key in ("product_id", "customer_id"):
        known = columns_by(company, key)
        if known is None or not {str(item) for item in given} <= set(known.index):
            continue
        for name in known:
            for rising, end in ((False, MOST), (True, LEAST)):
                first = np.sort(_floats(known[name]))[:: 1 if rising else -1][: len(given)]
                yours = _floats(known.loc[[str(item) for item in given], name])
                if (yours == first).all() and len(np.unique(first)) >= LEAST_FIRST:
                    words = FIRST_BY.format(name=COLUMNS[str(name)], end=end, by=_by(key))
                    return Found(f"company:first_by={name}", words)
    return None


def _by(name: str) -> T:
    return term(name) if name in glossary() else T(zh=name, en=name)


def _floats(column: pd.Series) -> np.ndarray:
    return column.to_numpy(float, na_value=np.nan)


@lru_cache(maxsize=32)
def columns_by(company: Any, key: str) -> pd.DataFrame | None:
    """Return what can be counted and measured of each customer, product, region …; None for an unknown key."""
    try:
        lines = _lines_with(company, key)
    except Exception:
        # A company may lack a table; then it has no such column.
        return None
    if lines is None:
        return None
    back, days = lines["quantity"] < 0, (company.as_of - lines["order_date"]).dt.days
    bought, returned = lines[~back].groupby(key), lines[back].groupby(key)
    every, since = lines.groupby(key), days.groupby(lines[key])
    since_bought = days[~back].groupby(lines.loc[~back, key])
    table = pd.DataFrame(
        {
            "net": every["amount"].sum(),
            "gross": bought["amount"].sum(),
            "all_added": lines["amount"].abs().groupby(lines[key]).sum(),
            "returned": -returned["amount"].sum(),
            "mean_line": every["amount"].mean(),
            "mean_purchase_line": bought["amount"].mean(),
            "median_line": every["amount"].median(),
            "median_purchase_line": bought["amount"].median(),
            "largest_line": every["amount"].max(),
            "smallest_line": every["amount"].min(),
            "orders": bought["order_id"].nunique(),
            "all_orders": every["order_id"].nunique(),
            "return_orders": returned["order_id"].nunique(),
            "lines": every.size(),
            "purchase_lines": bought.size(),
            "return_lines": returned.size(),
            "pieces": bought["quantity"].sum(),
            "net_pieces": every["quantity"].sum(),
            "customers": bought["customer_id"].nunique() if key != "customer_id" else np.nan,
            "products": bought["product_id"].nunique() if key != "product_id" else np.nan,
            "recency": since_bought.min(),
            "recency_any": since.min(),
            "tenure": since_bought.max(),
            "span": since_bought.max() - since_bought.min(),
        }
    )
    counted = ["returned", "return_orders", "return_lines"]
    table[counted] = table[counted].fillna(0)
    table = table.assign(
        net_per_order=table["net"] / table["orders"],
        gross_per_order=table["gross"] / table["orders"],
        net_per_customer=table["net"] / table["customers"],
    )
    return table.set_axis(keys_of(table.index)).astype(float)


def _lines_with(company: Any, key: str) -> pd.DataFrame | None:
    """Return the order lines with a column to group them by, looked up where it belongs to customers or products."""
    lines: pd.DataFrame = company.orders
    if key == "month":
        lines = lines.assign(month=lines["order_date"].dt.month)
    for table, on in (("customers", "customer_id"), ("products", "product_id")):
        if key not in lines and key in company.table(table):
            lines = lines.merge(company.table(table)[[on, key]], on=on, how="left")
    return lines if key in lines else None
