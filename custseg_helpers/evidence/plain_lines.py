"""A sheet as it stands → plain order lines: one row a line, sales positive, what went back negative, nothing else.

Between reading and cleaning: `cells as they stand → rows aside → fields filled down → statuses → amounts and refunds`.
The result has the file's own columns and row numbers, so that every later message names the file's places.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from custseg_helpers.evidence.contents import (
    Column,
    as_number,
    as_text,
    decimal_mark,
    fixes,
    one_phone,
    one_spelling,
    scaled,
    unmarked_column,
    without_zeros,
)
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.rows_aside import WHY, rows_aside
from custseg_helpers.evidence.shares import shared_out
from custseg_helpers.reading.dates import dates
from custseg_helpers.words.text import T

CENT = 0.006


class Coded(NamedTuple):
    """A column by its values: what is told of a value is told once, not on every row."""

    codes: np.ndarray
    """of each row the place of its value, −1 where empty"""
    values: Sequence[object]

    def cells(self) -> np.ndarray:
        """Return of each row its value, None where empty."""
        return np.array([*self.values, None], dtype=object)[self.codes]


Cells = Callable[[str], Coded]
"""The name of a column → the column by its values."""
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d\d.*$")
REFUND_COLUMN = ("退款", "售后", "refund", "return", "返品", "환불")
"""Words in the name of a column that is about what went back."""


@dataclass(frozen=True)
class Unknown:
    """A status that nobody has said the meaning of, and that carries money."""

    column: str
    value: str
    rows: int
    money: float
    example: str


@dataclass(frozen=True)
class Counted:
    """What the rows of a sheet stand for, and their sums."""

    work: pd.DataFrame
    """the rows that are order lines, their fields filled down"""
    kept: np.ndarray
    """which of them are a sale or what went back, or may be once their status is known"""
    left_out: tuple[tuple[T, int, float], ...]
    """why, rows, money"""
    unknown: tuple[Unknown, ...]
    totals: Mapping[str, float]
    """customers, orders, gross, net"""
    sold: pd.Series
    """what was sold on each row that is an order line"""


@dataclass(frozen=True)
class Plain:
    """Order lines made of a sheet, and what became of its other rows."""

    frame: pd.DataFrame
    """the file's columns; amounts are numbers, each line a sale or what went back"""
    left_out: tuple[tuple[T, int, float], ...]
    """why, rows, money"""
    unknown: tuple[Unknown, ...]


def plain_lines(frame: pd.DataFrame, layout: Layout) -> Plain:
    """Turn a sheet's rows, as they were read, into plain order lines."""
    counted, lines = _told(frame, layout, None, {})
    return Plain(lines(), counted.left_out, counted.unknown)


def counted_lines(
    frame: pd.DataFrame,
    layout: Layout,
    aside: pd.Series | None = None,
    columns: Mapping[str, Column] | None = None,
) -> Counted:
    """Tell what a sheet's rows stand for, without making lines of them.

    Args:
        frame: the cells as they were read; the index holds the row numbers of the file.
        layout: which column is what, and what the statuses mean.
        aside: of each row why it is no order line, where that is known already and the cells are unmarked (`evidence`).
        columns: the columns of the rows that are lines, where they are typed already; those to be filled down do not count.
    """
    return _told(frame, layout, aside, columns or {})[0]


def _told(
    frame: pd.DataFrame, layout: Layout, aside: pd.Series | None, known: Mapping[str, Column]
) -> tuple[Counted, Callable[[], pd.DataFrame]]:
    """Tell what rows stand for; the second makes plain lines of them."""
    if aside is None:
        frame = frame.apply(unmarked_column)
        aside = rows_aside(frame, layout.decimal)
    left_out = [(WHY[key], int((aside == key).sum()), 0.0) for key in WHY if (aside == key).any()]
    lines = (aside == "").to_numpy()
    work = frame.copy(deep=False) if lines.all() else frame[lines]
    columns = layout.columns
    layout = replace(layout, statuses={name: said for name, said in layout.statuses.items() if name in work})
    fill_down(work, layout)
    cells = by_values(work, layout, known)
    n = len(work)
    number, customer = _keys(work, layout, cells)
    amount = _amounts(cells, layout, n)
    refund = _numbers(cells, columns["refund"], layout) if "refund" in columns else np.zeros(n)
    bucket, unknown_at = buckets(layout, n, cells)
    for name in layout.paid_when:
        bucket[(cells(name).codes < 0) & (bucket == "sale")] = "never"
    if "parent_order" in columns:
        number, customer = _of_parent(cells(columns["parent_order"]), number, customer, bucket)
    order = _told_apart(cells, layout, number, customer)
    once = np.zeros(n, dtype=bool)
    if layout.amount_per == "order":
        beside = _beside(layout, cells, order.codes)
        amount, once = _once(np.where(beside, np.nan, amount), order.codes)
        if not layout.shared_by:
            unknown_at |= several_statuses(np.where(beside, np.nan, bucket.codes), order.codes)
    if layout.refund_per == "order":
        refund, _ = _once(refund, order.codes)
    if "after_refunds" in columns:
        after_refunds = _numbers(cells, columns["after_refunds"], layout)
        given = ~np.isnan(after_refunds) & ~np.isnan(amount)
        refund = np.where(given, amount - after_refunds, np.nan_to_num(refund))
    refund = np.abs(np.nan_to_num(refund))
    if layout.shared_by and layout.amount_per == "order":
        worth = _worth_of_lines(cells, layout)
        amount = shared_out(amount, worth, order.codes)
        refund = shared_out(refund, worth, order.codes) if _once_an_order(layout) else refund
    amount = _with_parts(amount, cells, layout, order.codes, bucket)
    money = np.where(np.isnan(amount), 0.0, amount)
    unknown = _unknown(work, layout, cells, unknown_at, money, refund, order)
    sold, back = _split(bucket, money, refund, order.codes, unknown_at)
    counted = (sold != 0) | (back != 0)
    for key, why in _REASONS.items():
        rows = ~counted & (bucket == key)
        if rows.any():
            left_out.append((why, int(rows.sum()), round(float(money[rows].sum()), 2)))
    who = customer.codes
    totals = _totals(work, order.codes, who, sold, back, layout) | _nobodys(work, layout, who, sold, back)
    bought = _bought(amount, sold, back, bucket, once)
    told = Counted(
        work,
        bought | (back != 0) | unknown_at,
        tuple(left_out),
        unknown,
        totals,
        pd.Series(sold, index=work.index),
    )
    return told, lambda: _lines(work, layout, cells, number, customer, sold, back, bought)


def by_values(work: pd.DataFrame, layout: Layout, known: Mapping[str, Column]) -> Cells:
    """Return a look-up of columns by their values; each is told apart once, one that is known and not filled down never."""
    found = {
        name: Coded(column.codes, column.values) for name, column in known.items() if name not in layout.fill
    }

    def cells(name: str) -> Coded:
        if name not in found:
            codes, values = pd.factorize(work[name].astype(object))
            found[name] = Coded(codes.astype(np.int32), values)
        return found[name]

    return cells


def _bought(
    amount: np.ndarray, sold: np.ndarray, back: np.ndarray, bucket: pd.Categorical, once: np.ndarray
) -> np.ndarray:
    """Tell which rows are sales; one whose amount cannot be read, or is nothing, is for the cleaning to name."""
    unread = np.isnan(amount) & ~once & ~_is(bucket, "never", "aside")
    return (sold != 0) | unread | ((amount == 0) & (back == 0) & (bucket == "sale"))


def _nobodys(
    work: pd.DataFrame, layout: Layout, who: np.ndarray, sold: np.ndarray, back: np.ndarray
) -> dict[str, float]:
    """Return the money that nothing explains: lines without a date, and what went back to one who never bought."""
    columns = layout.columns
    if not {"customer_id", "order_date"} <= set(columns):
        return {"homeless": 0.0, "stray": 0.0}
    neither = work[columns["order_date"]].isna().to_numpy()
    stray = (back < 0) & (who >= 0) & ~_among(who, who[sold > 0])
    of_one = pd.Series(-back[stray]).groupby(who[stray]).agg(["sum", "size"])
    most = of_one.loc[of_one["size"] >= 3, "sum"].max() if len(of_one) else 0.0
    return {"homeless": float(sold[neither].sum()), "stray": float(np.nan_to_num(most))}


def _among(codes: np.ndarray, some: np.ndarray) -> np.ndarray:
    """Tell which codes are among some of them; −1 never is."""
    there = np.zeros(int(codes.max(initial=-1)) + 2, dtype=bool)
    there[some] = True
    there[-1] = False
    return there[codes]


_REASONS = {
    "never": T(zh="没有成交（按状态）", en="never came about (by their status)"),
    "aside": T(zh="不是与客户的买卖（按状态）", en="no business with customers (by their status)"),
}


def fill_down(work: pd.DataFrame, layout: Layout) -> None:
    """Fill fields that stand on the first row of an order down to its other rows; inside one order only."""
    if not layout.fill or not len(work):
        return
    key = layout.columns.get("order_id") or layout.fill[0]
    first = work[key].notna() if key in layout.fill else pd.Series(_begins(work[key]), index=work.index)
    block = first.cumsum()
    for name in layout.fill:
        work[name] = work.groupby(block.to_numpy(), sort=False)[name].transform("first")


def _begins(column: pd.Series) -> np.ndarray:
    codes = pd.factorize(column)[0]
    return np.r_[True, codes[1:] != codes[:-1]]


def _keys(work: pd.DataFrame, layout: Layout, cells: Cells) -> tuple[Coded, Coded]:
    """Return order and customer of each row; spellings of one customer are one, nobody in particular is empty."""
    columns, n = layout.columns, len(work)
    customer = Coded(np.full(n, -1, dtype=np.int32), [])
    if "customer_id" in columns:
        customer = _one_spelled(_named(cells(columns["customer_id"])), layout)
    if layout.rows == "days" and "order_date" in columns:
        return _joined(customer, days_of(work[columns["order_date"]])), customer
    if "order_id" in columns and layout.rows != "rows":
        return _named(cells(columns["order_id"])), customer
    return Coded(np.arange(n, dtype=np.int32), [f"{row}" for row in work.index]), customer


def _one_spelled(customer: Coded, layout: Layout) -> Coded:
    """Return customers whose spellings are one, those that are nobody in particular empty."""
    rows = np.bincount(customer.codes[customer.codes >= 0], minlength=len(customer.values))
    names = one_customer([str(value) for value in customer.values], rows, layout.zeros)
    nobody = set(layout.nobody)
    return _named(Coded(customer.codes, [None if name in nobody else name for name in names]))


def _joined(one: Coded, other: pd.Series) -> Coded:
    """Return two columns as one, empty where either is."""
    codes, values = pd.factorize(other)
    both = (one.codes >= 0) & (codes >= 0)
    pairs = one.codes.astype(np.int64) * max(len(values), 1) + codes
    joined, distinct = pd.factorize(np.where(both, pairs, -1))
    names = [
        f"{one.values[pair // len(values)]} {values[pair % len(values)]}" if pair >= 0 else None
        for pair in distinct
    ]
    return _named(Coded(joined, names))


def _day_part(value: object) -> str:
    """Return a date as text without its time of day; 2024-03-05 at once, since most programs write it so."""
    if isinstance(value, str) and value[4:5] == value[7:8] == "-" and value[10:11] in ("", " "):
        return value[:10]
    return _CLOCK.sub("", as_text(value))


def days_of(column: pd.Series) -> pd.Series:
    """Return the day of each date as text, however it is written; of one that cannot be read its first signs.

    >>> days_of(pd.Series(["2025-10-04", "2025/10/4 8:15", "soon"])).tolist()
    ['2025-10-04', '2025-10-04', 'soon']
    """
    codes, distinct = pd.factorize(column.astype(object))
    days, of_value = _days(distinct)
    return pd.Series(np.array([*days, None], dtype=object)[of_value][codes], index=column.index)


def day_codes(column: Coded | Column) -> np.ndarray:
    """Return of each row the place of its day, −1 where empty.

    >>> day_codes(Coded(np.array([0, 1, 2, -1]), ["2025-10-04 08:15", "2025/10/4", "2025-10-05"])).tolist()
    [0, 0, 1, -1]
    """
    days, of_value = _days(column.values)
    return np.array([*pd.factorize(days)[0], -1])[of_value][column.codes]


def _days(values: Sequence[object]) -> tuple[np.ndarray, np.ndarray]:
    """Return the days of dates as texts, and of each date its place among them; −1 once more at the end."""
    parts: dict[str, int] = {}
    of_value = np.array([*(parts.setdefault(_day_part(value), len(parts)) for value in values), -1])
    written = pd.Series([*parts], dtype=object)
    read, _, _ = dates(written, "dmy")
    days = read.dt.strftime("%Y-%m-%d").astype(object).where(read.notna(), written.str[:10])
    return days.to_numpy(dtype=object), of_value


def orders_apart(number: np.ndarray, who: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Tell orders apart whose number several customers share on several days: number and customer are the order.

    A number whose rows are of one day is one order, whoever stands on them.

    Args:
        number: of each row the place of its order number, −1 where empty.
        who: the place of its customer, −1 where empty.
        day: the place of its day.

    >>> orders_apart(np.array([0, 0, 1, 1]), np.array([5, 6, 5, 6]), np.array([0, 1, 2, 2])).tolist()
    [0, 1, 2, 2]
    """
    if fixes(number, who):
        return number
    rows = pd.DataFrame({"number": number, "who": who, "day": day})
    shared = rows[(number >= 0) & (who >= 0)].groupby("number")[["who", "day"]].nunique().gt(1).all(axis=1)
    if not shared.any():
        return number
    inside = np.isin(number, shared.index[shared])
    codes = pd.factorize(pd.MultiIndex.from_arrays([number, np.where(inside, who, -1)]))[0]
    return np.where(number < 0, -1, codes)


def _told_apart(cells: Cells, layout: Layout, order: Coded, customer: Coded) -> Coded:
    """Return the order of each row; a number that several customers share on several days is an order of each."""
    columns, number, who = layout.columns, order.codes, customer.codes
    if not {"order_id", "customer_id", "order_date"} <= set(columns) or layout.rows != "lines":
        return order
    if fixes(number, who):
        return order
    codes = orders_apart(number, who, day_codes(cells(columns["order_date"])))
    several = pd.Series(codes).groupby(number).transform("nunique").to_numpy() > 1
    if not several.any():
        return order
    apart = _joined(order, pd.Series(customer.cells()))
    codes = np.where(several, np.where(apart.codes < 0, -1, apart.codes + len(order.values)), number)
    return Coded(codes, [*order.values, *apart.values])


def _named(column: Coded) -> Coded:
    """Return a column by its texts: 17850.0 and 17850 are one; None is empty."""
    names = [None if value is None else as_text(value) for value in column.values]
    distinct = [name for name in dict.fromkeys(names) if name is not None]
    if len(distinct) == len(names):
        return Coded(column.codes, names)
    places = {name: place for place, name in enumerate(distinct)}
    of_value = [-1 if name is None else places[name] for name in names]
    return Coded(np.array([*of_value, -1], dtype=np.int32)[column.codes], distinct)


def one_customer(names: Sequence[str], rows: np.ndarray, zeros: bool = False) -> list[str]:
    """Return how each of some ids is to be written: like the spelling of it that most rows have.

    Args:
        names: the ids.
        rows: how many rows have each.
        zeros: zeros in front are spelling, too.

    >>> one_customer(["vip1", "VIP1", "ＶＩＰ１", "C2"], np.array([1, 2, 1, 1]))
    ['VIP1', 'VIP1', 'VIP1', 'C2']
    """
    most = [names[place] for place in np.argsort(-rows, kind="stable")]
    phones = bool(most) and sum(
        one_phone(text).lstrip("+").isdigit()
        and 7 <= len(one_phone(text)) <= 16
        and text[:1] in "+0123456789("
        for text in most[:500]
    ) >= 0.9 * min(len(most), 500)
    spell = one_phone if phones and any(not text.isdigit() for text in most) else one_spelling
    if zeros:
        spell = lambda text: without_zeros(one_spelling(text))  # noqa: E731
    first: dict[str, str] = {}
    same = {text: first.setdefault(spell(text), text) for text in most}
    return [same[name] for name in names]


def _numbers(cells: Cells, name: str, layout: Layout) -> np.ndarray:
    column = cells(name)
    own = decimal_mark([value for value in column.values if isinstance(value, str)])
    decimal = own if own in (".", ",") else layout.decimal
    read = np.array([as_number(value, decimal) for value in column.values] + [np.nan])
    return scaled(read, layout.worth.get(name, 1.0))[column.codes]


def _amounts(cells: Cells, layout: Layout, rows: int) -> np.ndarray:
    columns = layout.columns
    if "amount" in columns:
        return _numbers(cells, columns["amount"], layout)
    if {"quantity", "price"} <= set(columns):
        product = _numbers(cells, columns["quantity"], layout) * _numbers(cells, columns["price"], layout)
        return np.floor(product * 100 + 0.5) / 100
    return np.full(rows, np.nan)


def _worth_of_lines(cells: Cells, layout: Layout) -> np.ndarray:
    """Return what each line is worth by itself, by which the order's amount is shared."""
    return np.prod([_numbers(cells, name, layout) for name in layout.shared_by], axis=0)


def _once_an_order(layout: Layout) -> bool:
    """Tell whether refunds stand once an order, as its amount does."""
    return layout.refund_per == "order" or "after_refunds" in layout.columns


def _with_parts(
    amount: np.ndarray, cells: Cells, layout: Layout, order: np.ndarray, bucket: pd.Categorical
) -> np.ndarray:
    """Add to amounts what was paid besides (shipping, tax), and take off what was not (discounts), whatever its sign.

    On a line of what went back they go the other way; a whole order's stands on the first of its lines that was sold.
    """
    back = amount < 0
    for names, sign in ((layout.plus, 1.0), (layout.minus, -1.0)):
        for name, per in names.items():
            part = np.nan_to_num(_numbers(cells, name, layout))
            if per == "order":
                part = _on_one_line(part, order, amount, bucket)
            elif per == "share":
                part = _share_of(np.nan_to_num(amount), part)
            part = np.abs(part) if sign < 0 else np.where(back, np.abs(part), part)
            amount = np.round(amount + np.where(back, -sign, sign) * part, 6)
    return amount


def _share_of(amount: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return a share of amounts in money, to the cent; shares above 1 are in per cent."""
    share = np.abs(share) / (100 if np.max(np.abs(share), initial=0.0) > 1 else 1)
    return np.floor(np.abs(amount) * share * 100 + 0.5) / 100


def _on_one_line(
    part: np.ndarray, order: np.ndarray, amount: np.ndarray, bucket: pd.Categorical
) -> np.ndarray:
    """Put what belongs to a whole order on one of its lines: the first that was sold, else the first with an amount."""
    alone = np.arange(len(part)) + int(order.max(initial=-1)) + 1
    codes = np.where(order < 0, alone, order)
    rows = pd.DataFrame({"order": codes, "part": part, "later": 2 * np.isnan(amount) + (bucket != "sale")})
    whole = rows[rows["part"] != 0].groupby("order")["part"].first()
    first = rows.sort_values(["order", "later"], kind="stable").drop_duplicates("order").index
    made = np.zeros(len(part))
    made[first] = whole.reindex(codes[first], fill_value=0.0)
    return made


MEANINGS = ("sale", "partial", "back", "credit", "out", "aside", "never")
"""What a row's statuses may mean together; a later one goes before an earlier."""


def buckets(layout: Layout, rows: int, cells: Cells) -> tuple[pd.Categorical, np.ndarray]:
    """Return what the statuses of each row mean together, and which rows have a status that nobody knows."""
    found: dict[str, np.ndarray] = {}
    unknown = np.zeros(rows, dtype=bool)
    refunded = np.zeros(rows, dtype=bool)
    for name, buckets in layout.statuses.items():
        meaning = {value: key for key, values in buckets.items() for value in values}
        column = cells(name)
        of_value = [*(meaning.get(as_text(value), "?") for value in column.values), ""]
        for key in dict.fromkeys(of_value):
            said = np.array([one == key for one in of_value])[column.codes]
            if key == "?":
                unknown |= said
            elif key:
                found[key] = found.get(key, np.zeros(rows, dtype=bool)) | said
            if key == "back" and any(word in name.casefold() for word in REFUND_COLUMN):
                refunded |= said
    bucket = pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), list(MEANINGS))
    for key in MEANINGS:
        if key in found:
            bucket[found[key]] = key
    bucket[(bucket == "never") & refunded] = "back"
    return bucket, unknown


def _of_parent(parent: Coded, order: Coded, customer: Coded, bucket: pd.Categorical) -> tuple[Coded, Coded]:
    """Give what went back the order, and the customer, of the sale that it names."""
    sale = (bucket == "sale") & (order.codes >= 0)
    who = np.full(len(order.values), -1)
    who[order.codes[sale]] = customer.codes[sale]
    sold = np.isin(np.arange(len(order.values)), order.codes[sale])
    places = {name: place for place, name in enumerate(order.values) if sold[place]}
    named = np.array([*(places.get(as_text(value), -1) for value in parent.values), -1])[parent.codes]
    moved = (named >= 0) & _is(bucket, "back", "credit", "out")
    return (
        Coded(np.where(moved, named, order.codes), order.values),
        Coded(np.where(moved, who[named] if len(who) else -1, customer.codes), customer.values),
    )


def _once(amount: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep the first amount of each order and empty the others; tell which rows were emptied."""
    filled = ~np.isnan(amount)
    first = filled & (order < 0)
    numbered = np.flatnonzero(filled & (order >= 0))
    first[numbered[~pd.Series(order[numbered]).duplicated().to_numpy()]] = True
    return np.where(first, amount, np.nan), ~first


ALWAYS = 0.8
"""Of the orders with several rows, so many have a row of a kind that does not count: a payment, the items of a total."""


def _beside(layout: Layout, cells: Cells, order: np.ndarray) -> np.ndarray:
    """Tell which rows do not count and are of a kind that nearly all orders have: no items that were cancelled."""
    found = np.zeros(len(order), dtype=bool)
    several = (order >= 0) & (np.bincount(order + 1)[order + 1] > 1)
    orders = len(np.unique(order[several]))
    for name, lists in layout.statuses.items():
        column = cells(name)
        texts = [as_text(value) for value in column.values]
        for value in lists.get("never", ()):
            rows = np.array([*(text == value for text in texts), False])[column.codes]
            if rows.any() and len(np.unique(order[several & rows])) >= ALWAYS * max(orders, 1):
                found |= rows
    return found


def several_statuses(meanings: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Tell of orders whose rows have several statuses that their one amount cannot be shared out."""
    several = pd.Series(meanings).groupby(order, sort=False).transform("nunique").to_numpy() > 1
    return several & (order >= 0)


def _unknown(
    work: pd.DataFrame,
    layout: Layout,
    cells: Cells,
    at: np.ndarray,
    money: np.ndarray,
    refund: np.ndarray,
    order: Coded,
) -> tuple[Unknown, ...]:
    said = []
    moved = np.where(money != 0, money, -refund)
    mixed = layout.amount_per == "order" and not layout.shared_by
    for name, buckets in layout.statuses.items():
        if not at.any():
            continue
        known = {value for values in buckets.values() for value in values}
        column = _named(cells(name))
        there = pd.unique(column.codes[at & (column.codes >= 0)])
        for place in there:
            value = str(column.values[place])
            rows = (column.codes == place) & at
            if value in known and not (mixed and len(there) > 1):
                continue
            carried = float(np.abs(moved[rows]).sum())
            if carried > 0 or mixed:
                first = order.codes[rows][0]
                said.append(
                    Unknown(
                        name,
                        value,
                        int(rows.sum()),
                        round(float(moved[rows].sum()), 2),
                        str(order.values[first]) if first >= 0 else "",
                    )
                )
    return tuple(said)


def _is(bucket: pd.Categorical, *meanings: str) -> np.ndarray:
    """Tell which rows mean one of some things."""
    return np.logical_or.reduce([bucket == meaning for meaning in meanings]).astype(bool)


def _split(
    bucket: pd.Categorical, money: np.ndarray, refund: np.ndarray, order: np.ndarray, unknown: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return of each row what was sold and what went back (0 or negative)."""
    sold = np.where(money > 0, money, 0.0)
    back = np.where(money < 0, money, 0.0) - refund
    refunded = refund > CENT
    given = refunded
    if refunded.any():
        given = refunded | ((order >= 0) & np.isin(order, order[refunded & (order >= 0)]))
    nothing = _is(bucket, "never", "aside") & ~given
    whole = (bucket == "back") & ~given & (money > 0)
    own_sale = _has_own_sale(bucket, money, order) if whole.any() else whole
    takes = _is(bucket, "credit", "out") | (whole & own_sale)
    sold = np.where(takes, 0.0, sold)
    back = np.where(takes, -np.abs(money), np.where(whole, -money, back))
    nothing |= unknown
    return np.where(nothing, 0.0, sold), np.where(nothing, 0.0, back)


def _has_own_sale(bucket: pd.Categorical, money: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Tell which rows have, under the same order number, a sale of the same amount on another row."""
    cents = np.round(money * 100)
    sale = (bucket == "sale") & (order >= 0)
    keys = pd.MultiIndex.from_arrays([order[sale], cents[sale]])
    return pd.MultiIndex.from_arrays([order, cents]).isin(keys)


def _lines(
    work: pd.DataFrame,
    layout: Layout,
    cells: Cells,
    order: Coded,
    customer: Coded,
    sold: np.ndarray,
    back: np.ndarray,
    bought: np.ndarray,
) -> pd.DataFrame:
    """Write sales and what went back as lines under the file's own columns, in the sequence of the file."""
    columns = layout.columns
    named = {
        columns[key]: values.cells()
        for key, values in (("customer_id", customer), ("order_id", order))
        if key in columns
    }
    work = work.assign(**named)
    parts: list[pd.DataFrame] = []
    for money, rows in ((sold, bought), (back, back != 0)):
        if not rows.any() and parts:
            continue
        part = work.copy(deep=False) if rows.all() else work[rows]
        money = money[rows]
        if "amount" in columns:
            amounts = part[columns["amount"]].to_numpy(dtype=object, copy=True)
            told = np.isfinite(money) & (money != 0)
            amounts[told] = money[told]
            part[columns["amount"]] = amounts
        if "quantity" in columns:
            pieces = np.abs(_numbers(cells, columns["quantity"], layout)[rows])
            pieces = np.where(np.isnan(pieces) | (pieces == 0), 1.0, pieces)
            part[columns["quantity"]] = np.where(money < 0, -pieces, pieces)
        of_price = {"price", "quantity"} <= set(columns) and "amount" not in columns
        if of_price and (layout.plus or layout.minus):
            part[columns["price"]] = np.abs(money) / np.abs(part[columns["quantity"]].to_numpy(dtype=float))
        elif "price" in columns:
            part[columns["price"]] = np.abs(_numbers(cells, columns["price"], layout)[rows])
        parts.append(part)
    if len(parts) == 1:
        return parts[0]
    made = pd.concat(parts)
    return made.iloc[np.argsort(made.index.to_numpy(), kind="stable")]


def _totals(
    work: pd.DataFrame, order: np.ndarray, who: np.ndarray, sold: np.ndarray, back: np.ndarray, layout: Layout
) -> dict[str, float]:
    """Count customers, orders and money, as a run will tell them: rows without a customer or a day do not count."""
    columns = layout.columns
    known = who >= 0 if "customer_id" in columns else np.ones(len(who), dtype=bool)
    if "order_date" in columns:
        known &= work[columns["order_date"]].notna().to_numpy()
    bought = (sold > 0) & known
    counts = known & (_among(who, who[bought]) if "customer_id" in columns else True)
    if not fixes(order, who):
        order = pd.factorize(order.astype(np.int64) * (int(who.max(initial=0)) + 2) + who)[0]
    return {
        "customers": float(np.count_nonzero(np.bincount(who[bought & (who >= 0)]))),
        "orders": float(np.count_nonzero(np.bincount(order[bought & (order >= 0)]))),
        "gross": round(float(sold.sum(where=counts)), 2),
        "net": round(float(sold.sum(where=counts) + back.sum(where=counts)), 2),
    }
