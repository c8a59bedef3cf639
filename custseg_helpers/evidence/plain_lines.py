"""A sheet as it stands → plain order lines: one row a line, sales positive, what went back negative, nothing else.

Between reading and cleaning: `cells as they stand → rows aside → fields filled down → statuses → amounts and refunds`.
The result has the file's own columns and row numbers, so that every later message names the file's places.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custseg_helpers.evidence.contents import (
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
    counted, lines = _told(frame, layout, None)
    return Plain(lines(), counted.left_out, counted.unknown)


def counted_lines(frame: pd.DataFrame, layout: Layout, aside: pd.Series | None = None) -> Counted:
    """Tell what a sheet's rows stand for, without making lines of them.

    Args:
        frame: the cells as they were read; the index holds the row numbers of the file.
        layout: which column is what, and what the statuses mean.
        aside: of each row why it is no order line, where that is known already and the cells are unmarked (`evidence`).
    """
    return _told(frame, layout, aside)[0]


def _told(
    frame: pd.DataFrame, layout: Layout, aside: pd.Series | None
) -> tuple[Counted, Callable[[], pd.DataFrame]]:
    """Tell what rows stand for; the second makes plain lines of them."""
    if aside is None:
        frame = frame.apply(unmarked_column)
        aside = rows_aside(frame, layout.decimal)
    left_out = [(WHY[key], int((aside == key).sum()), 0.0) for key in WHY if (aside == key).any()]
    lines = (aside == "").to_numpy()
    work = frame.copy(deep=False) if lines.all() else frame[lines]
    columns = layout.columns
    fill_down(work, layout)
    n = len(work)
    number, customer = _keys(work, layout)
    amount = _amounts(work, layout)
    refund = _numbers(work, columns.get("refund"), layout)
    bucket, unknown_at = buckets(work, layout)
    for name in layout.paid_when:
        bucket[work[name].isna().to_numpy() & (bucket == "sale")] = "never"
    if "parent_order" in columns:
        number, customer = _of_parent(work, columns["parent_order"], number, customer, bucket)
    order = _told_apart(work, layout, number, customer)
    once = np.zeros(n, dtype=bool)
    if layout.amount_per == "order":
        beside = _beside(work, layout, order)
        amount, once = _once(np.where(beside, np.nan, amount), order)
        if not layout.shared_by:
            unknown_at |= several_statuses(pd.Series(bucket).where(~beside).to_numpy(), order)
    if layout.refund_per == "order":
        refund, _ = _once(refund, order)
    if "after_refunds" in columns:
        after_refunds = _numbers(work, columns["after_refunds"], layout)
        given = ~np.isnan(after_refunds) & (work[columns["after_refunds"]].notna().to_numpy())
        refund = np.where(given & ~np.isnan(amount), amount - after_refunds, np.nan_to_num(refund))
    refund = np.abs(np.nan_to_num(refund))
    if layout.shared_by and layout.amount_per == "order":
        worth, codes = _worth_of_lines(work, layout), _places(order)
        amount = shared_out(amount, worth, codes)
        refund = shared_out(refund, worth, codes) if _once_an_order(layout) else refund
    amount = _with_parts(amount, work, layout, order, bucket)
    money = np.where(np.isnan(amount), 0.0, amount)
    unknown = _unknown(work, layout, unknown_at, money, refund, order)
    sold, back = _split(bucket, money, refund, order, unknown_at)
    counted = (sold != 0) | (back != 0)
    for key, why in _REASONS.items():
        rows = ~counted & (bucket == key)
        if rows.any():
            left_out.append((why, int(rows.sum()), round(float(money[rows].sum()), 2)))
    numbers, who = _places(order), _places(customer)
    totals = _totals(work, numbers, who, sold, back, layout) | _nobodys(work, layout, who, sold, back)
    bought = _bought(amount, sold, back, bucket, once)
    told = Counted(
        work,
        bought | (back != 0) | unknown_at,
        tuple(left_out),
        unknown,
        totals,
        pd.Series(sold, index=work.index),
    )
    return told, lambda: _lines(work, layout, number, customer, sold, back, bought)


def _places(column: pd.Series) -> np.ndarray:
    """Return of each row the place of its value, −1 where empty."""
    return pd.factorize(column)[0].astype(np.int32)


def _bought(
    amount: np.ndarray, sold: np.ndarray, back: np.ndarray, bucket: np.ndarray, once: np.ndarray
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


def _keys(work: pd.DataFrame, layout: Layout) -> tuple[pd.Series, pd.Series]:
    """Return order and customer of each row; spellings of one customer are one, nobody in particular is empty."""
    columns = layout.columns
    empty = pd.Series([None] * len(work), index=work.index, dtype=object)
    customer = _named(work[columns["customer_id"]]) if "customer_id" in columns else empty
    if "customer_id" in columns:
        customer = one_customer(customer, layout.zeros)
        customer = customer.where(~customer.isin(layout.nobody), None)
    if layout.rows == "days" and "order_date" in columns:
        order = customer.astype(object) + " " + days_of(work[columns["order_date"]])
    elif "order_id" in columns and layout.rows != "rows":
        order = _named(work[columns["order_id"]])
    else:
        order = pd.Series([f"{row}" for row in work.index], index=work.index, dtype=object)
    return order, customer


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
    of_value, written = pd.factorize(np.array([_day_part(value) for value in distinct], dtype=object))
    read, _, _ = dates(pd.Series(written, dtype=object), "dmy")
    texts = (
        read.dt.strftime("%Y-%m-%d")
        .astype(object)
        .where(read.notna(), pd.Series(written).astype(str).str[:10])
    )
    of_value = np.array([*texts, None], dtype=object)[[*of_value, -1]]
    return pd.Series(of_value[codes], index=column.index)


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


def _told_apart(work: pd.DataFrame, layout: Layout, order: pd.Series, customer: pd.Series) -> pd.Series:
    """Return the order of each row; a number that several customers share on several days is an order of each."""
    columns = layout.columns
    if not {"order_id", "customer_id", "order_date"} <= set(columns) or layout.rows != "lines":
        return order
    number, who = _places(order), _places(customer)
    if fixes(number, who):
        return order
    codes = orders_apart(number, who, pd.factorize(days_of(work[columns["order_date"]]))[0])
    if np.array_equal(codes, number):
        return order
    several = pd.Series(codes).groupby(number).transform("nunique").to_numpy() > 1
    return order.where(~several, order.astype(object) + " " + customer.astype(object))


def _named(column: pd.Series) -> pd.Series:
    codes, distinct = pd.factorize(column.astype(object))
    named = [*map(as_text, distinct)]
    if all(name is value for name, value in zip(named, distinct, strict=True)) and (codes >= 0).all():
        return column
    names = np.array([*named, None], dtype=object)
    return pd.Series(names[codes], index=column.index, dtype=object)


def one_customer(customer: pd.Series, zeros: bool = False) -> pd.Series:
    """Write every spelling of one customer as the most frequent one; with `zeros`, zeros in front are spelling too.

    >>> one_customer(pd.Series(["VIP1", "vip1", "ＶＩＰ１", "VIP1", "C2"])).tolist()
    ['VIP1', 'VIP1', 'VIP1', 'VIP1', 'C2']
    """
    counts = customer.value_counts()
    phones = bool(len(counts)) and sum(
        one_phone(text).lstrip("+").isdigit()
        and 7 <= len(one_phone(text)) <= 16
        and text[:1] in "+0123456789("
        for text in counts.index[:500]
    ) >= 0.9 * min(len(counts), 500)
    spell = one_phone if phones and any(not text.isdigit() for text in counts.index) else one_spelling
    if zeros:
        spell = lambda text: without_zeros(one_spelling(text))  # noqa: E731
    first: dict[str, str] = {}
    same = {text: first.setdefault(spell(text), text) for text in counts.index}
    if all(text == written for text, written in same.items()):
        return customer
    codes, distinct = pd.factorize(customer)
    written = np.array([*(same[text] for text in distinct), None], dtype=object)
    return pd.Series(written[codes], index=customer.index, name=customer.name, dtype=object)


def _numbers(work: pd.DataFrame, name: str | None, layout: Layout) -> np.ndarray:
    if name is None:
        return np.zeros(len(work))
    codes, distinct = pd.factorize(work[name].astype(object))
    own = decimal_mark([value for value in distinct if isinstance(value, str)])
    decimal = own if own in (".", ",") else layout.decimal
    read = np.array([as_number(value, decimal) for value in distinct] + [np.nan])
    return scaled(read, layout.worth.get(name, 1.0))[codes]


def _amounts(work: pd.DataFrame, layout: Layout) -> np.ndarray:
    columns = layout.columns
    if "amount" in columns:
        return _numbers(work, columns["amount"], layout)
    if {"quantity", "price"} <= set(columns):
        product = _numbers(work, columns["quantity"], layout) * _numbers(work, columns["price"], layout)
        return np.floor(product * 100 + 0.5) / 100
    return np.full(len(work), np.nan)


def _worth_of_lines(work: pd.DataFrame, layout: Layout) -> np.ndarray:
    """Return what each line is worth by itself, by which the order's amount is shared."""
    return np.prod([_numbers(work, name, layout) for name in layout.shared_by], axis=0)


def _once_an_order(layout: Layout) -> bool:
    """Tell whether refunds stand once an order, as its amount does."""
    return layout.refund_per == "order" or "after_refunds" in layout.columns


def _with_parts(
    amount: np.ndarray, work: pd.DataFrame, layout: Layout, order: pd.Series, bucket: np.ndarray
) -> np.ndarray:
    """Add to amounts what was paid besides (shipping, tax), and take off what was not (discounts), whatever its sign.

    On a line of what went back they go the other way; a whole order's stands on the first of its lines that was sold.
    """
    back = amount < 0
    for names, sign in ((layout.plus, 1.0), (layout.minus, -1.0)):
        for name, per in names.items():
            part = np.nan_to_num(_numbers(work, name, layout))
            part = _on_one_line(part, order, amount, bucket) if per == "order" else part
            part = np.abs(part) if sign < 0 else np.where(back, np.abs(part), part)
            amount = np.round(amount + np.where(back, -sign, sign) * part, 6)
    return amount


def _on_one_line(part: np.ndarray, order: pd.Series, amount: np.ndarray, bucket: np.ndarray) -> np.ndarray:
    """Put what belongs to a whole order on one of its lines: the first that was sold, else the first with an amount."""
    alone = np.arange(len(part)) + len(part)
    codes = np.where(order.isna(), alone, pd.factorize(order)[0])
    rows = pd.DataFrame({"order": codes, "part": part, "later": 2 * np.isnan(amount) + (bucket != "sale")})
    whole = rows[rows["part"] != 0].groupby("order")["part"].first()
    first = rows.sort_values(["order", "later"], kind="stable").drop_duplicates("order").index
    made = np.zeros(len(part))
    made[first] = whole.reindex(codes[first], fill_value=0.0)
    return made


def buckets(work: pd.DataFrame, layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    """Return what the statuses of each row mean together, and which rows have a status that nobody knows."""
    n = len(work)
    found: dict[str, np.ndarray] = {}
    unknown = np.zeros(n, dtype=bool)
    refunded = np.zeros(n, dtype=bool)
    for name, buckets in layout.statuses.items():
        if name not in work:
            continue
        meaning = {value: key for key, values in buckets.items() for value in values}
        codes, distinct = pd.factorize(work[name].astype(object))
        of_value = np.array([meaning.get(as_text(value), "?") for value in distinct] + [""], dtype=object)
        said = of_value[codes]
        unknown |= said == "?"
        for key in set(said) - {"", "?"}:
            found[key] = found.get(key, np.zeros(n, dtype=bool)) | (said == key)
        if any(word in name.casefold() for word in REFUND_COLUMN):
            refunded |= said == "back"
    bucket = np.full(n, "sale", dtype=object)
    for key in ("partial", "back", "credit", "out", "aside", "never"):
        if key in found:
            bucket[found[key]] = key
    bucket[(bucket == "never") & refunded] = "back"
    return bucket, unknown


def _of_parent(
    work: pd.DataFrame, name: str, order: pd.Series, customer: pd.Series, bucket: np.ndarray
) -> tuple[pd.Series, pd.Series]:
    """Give what went back the order, and the customer, of the sale that it names."""
    parent = _named(work[name])
    known = dict(zip(order[bucket == "sale"], customer[bucket == "sale"], strict=True))
    moved = parent.isin(known).to_numpy() & _is(bucket, "back", "credit", "out")
    order, customer = order.copy(), customer.copy()
    order[moved] = parent[moved]
    customer[moved] = parent[moved].map(known)
    return order, customer


def _once(amount: np.ndarray, order: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Keep the first amount of each order and empty the others; tell which rows were emptied."""
    filled = pd.Series(~np.isnan(amount))
    first = np.zeros(len(amount), dtype=bool)
    kept = pd.Series(order.to_numpy())[filled].drop_duplicates().index
    first[kept] = True
    first |= pd.isna(order).to_numpy() & filled.to_numpy()
    return np.where(first, amount, np.nan), ~first


ALWAYS = 0.8
"""Of the orders with several rows, so many have a row of a kind that does not count: a payment, the items of a total."""


def _beside(work: pd.DataFrame, layout: Layout, order: pd.Series) -> np.ndarray:
    """Tell which rows do not count and are of a kind that nearly all orders have: no items that were cancelled."""
    found = np.zeros(len(work), dtype=bool)
    several = order[order.duplicated(keep=False)]
    for name, lists in layout.statuses.items():
        texts = _named(work[name]) if name in work else pd.Series(dtype=object)
        for value in lists.get("never", ()):
            rows = (texts == value).to_numpy()
            if rows.any() and several[
                rows[order.duplicated(keep=False).to_numpy()]
            ].nunique() >= ALWAYS * max(several.nunique(), 1):
                found |= rows
    return found


def several_statuses(bucket: np.ndarray, order: pd.Series) -> np.ndarray:
    """Tell of orders whose rows have several statuses that their one amount cannot be shared out."""
    several = pd.Series(bucket).groupby(order.to_numpy(), sort=False).transform("nunique").to_numpy()
    return np.nan_to_num(several, nan=1) > 1


def _unknown(
    work: pd.DataFrame,
    layout: Layout,
    at: np.ndarray,
    money: np.ndarray,
    refund: np.ndarray,
    order: pd.Series,
) -> tuple[Unknown, ...]:
    said = []
    moved = np.where(money != 0, money, -refund)
    for name, buckets in layout.statuses.items():
        if name not in work or not at.any():
            continue
        known = {value for values in buckets.values() for value in values}
        texts = _named(work[name])
        mixed = layout.amount_per == "order" and not layout.shared_by
        for value in texts[at].dropna().unique():
            rows = (texts == value).to_numpy() & at
            if value in known and not (mixed and texts[at].nunique() > 1):
                continue
            carried = float(np.abs(moved[rows]).sum())
            if carried > 0 or mixed:
                said.append(
                    Unknown(
                        name,
                        value,
                        int(rows.sum()),
                        round(float(moved[rows].sum()), 2),
                        str(order[rows].iloc[0]),
                    )
                )
    return tuple(said)


def _is(bucket: np.ndarray, *meanings: str) -> np.ndarray:
    """Tell which rows mean one of some things."""
    return np.logical_or.reduce([bucket == meaning for meaning in meanings]).astype(bool)


def _split(
    bucket: np.ndarray, money: np.ndarray, refund: np.ndarray, order: pd.Series, unknown: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return of each row what was sold and what went back (0 or negative)."""
    sold = np.where(money > 0, money, 0.0)
    back = np.where(money < 0, money, 0.0) - refund
    refunded = refund > CENT
    given = refunded
    if refunded.any():
        by_order = pd.Series(refunded).groupby(order.to_numpy(), sort=False).transform("any")
        given = refunded | np.nan_to_num(by_order.to_numpy(dtype=bool)).astype(bool)
    nothing = _is(bucket, "never", "aside") & ~given
    whole = (bucket == "back") & ~given & (money > 0)
    own_sale = _has_own_sale(bucket, money, order) if whole.any() else whole
    takes = _is(bucket, "credit", "out") | (whole & own_sale)
    sold = np.where(takes, 0.0, sold)
    back = np.where(takes, -np.abs(money), np.where(whole, -money, back))
    nothing |= unknown
    return np.where(nothing, 0.0, sold), np.where(nothing, 0.0, back)


def _has_own_sale(bucket: np.ndarray, money: np.ndarray, order: pd.Series) -> np.ndarray:
    """Tell which rows have, under the same order number, a sale of the same amount on another row."""
    cents = np.round(money * 100)
    sales = pd.DataFrame({"order": order.to_numpy(), "cents": cents})[bucket == "sale"]
    keys = pd.MultiIndex.from_frame(sales.dropna())
    return pd.MultiIndex.from_arrays([order.to_numpy(), cents]).isin(keys)


def _lines(
    work: pd.DataFrame,
    layout: Layout,
    order: pd.Series,
    customer: pd.Series,
    sold: np.ndarray,
    back: np.ndarray,
    bought: np.ndarray,
) -> pd.DataFrame:
    """Write sales and what went back as lines under the file's own columns, in the sequence of the file."""
    columns = layout.columns
    named = {
        columns[key]: values
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
            cells = part[columns["amount"]].to_numpy(dtype=object, copy=True)
            told = np.isfinite(money) & (money != 0)
            cells[told] = money[told]
            part[columns["amount"]] = cells
        if "quantity" in columns:
            pieces = np.abs(_numbers(part, columns["quantity"], layout))
            pieces = np.where(np.isnan(pieces) | (pieces == 0), 1.0, pieces)
            part[columns["quantity"]] = np.where(money < 0, -pieces, pieces)
        of_price = {"price", "quantity"} <= set(columns) and "amount" not in columns
        if of_price and (layout.plus or layout.minus):
            part[columns["price"]] = np.abs(money) / np.abs(part[columns["quantity"]].to_numpy(dtype=float))
        elif "price" in columns:
            part[columns["price"]] = np.abs(_numbers(part, columns["price"], layout))
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
