"""Which column is the money a customer paid: once a line or once an order, before or after refunds; what cannot be told is asked.

A name proposes, the contents must agree: parts add up to the order, a unit price is constant for a product. Two
columns that both could be the amount and give different sums are a question with both sums, never a guess.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.evidence.called import plain
from custseg_helpers.evidence.contents import Column, fixes, says_yes
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.questions import Choice, Question
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.evidence.systems import Match
from custseg_helpers.words.text import T

CENT = 0.011
_ORDER_LEVEL = (
    "order",
    "订单",
    "訂單",
    "注文",
    "受注",
    "주문",
    "pedido",
    "commande",
    "bestell",
    "auftrag",
    "pesanan",
    "invoice",
    "总计",
    "grandtotal",
)


@dataclass(frozen=True)
class Reading:
    """One way to read the amount."""

    column: str | None
    """None: quantity × price"""
    per: str
    total: float
    says: T
    sets: dict[str, Any]
    by_order: np.ndarray
    """money of each order"""


def choose(
    found: Evidence, layout: Layout, hit: Match | None, why: dict[str, T], told: dict[str, Any]
) -> tuple[Layout, list[Question]]:
    """Choose amount, and quantity or price where they are needed; return what has to be asked."""
    columns = dict(layout.columns)
    order = order_codes(found, columns)
    if "amount" in columns:
        reading, sure = _reading(found, columns["amount"], order, layout, told.get("amount_per"))
        _keep_quantity(found, columns)
        asked = [] if sure else [_ask([reading, *_other_grain(found, reading, order, layout)], found, order)]
        asked += _foreign_refunds(found, reading, order, layout, hit, columns)
        return replace(layout, columns=columns, amount_per=reading.per), asked
    for key, role in (("quantity", "quantity"), ("price", "unit_price")):
        if key not in columns and (named := _numbers_of(found, role)):
            columns[key] = named[0].name
    readings, sure = _named(found, order, layout, columns)
    unknown = [
        _reading(found, column.name, order, layout)[0] for column in unknown_money(found, order, columns)
    ]
    if not readings and len(unknown) == 1 and not {"quantity", "price"} <= set(columns):
        readings, unknown = unknown, []
        why["amount"] = T(
            zh="列名看不出来，按内容：只有这一列是金额；请核对",
            en="the name does not tell; by its contents it is the only column of money: please check",
        )
    if not readings and {"quantity", "price"} <= set(columns):
        readings, sure = _product(found, columns, layout, order)
    rivals = [other for other in unknown if not readings or _differs(readings[0], other)]
    asked = [_ask_refund(other) for other in rivals if readings and _like_refunds(readings[0], other)]
    rivals = [other for other in rivals if not readings or not _is_part(other)]
    if readings and rivals:
        parts = _parts_of_total(found, order, layout)
        rivals = [other for other in rivals if not reconciles(readings[0].by_order, other.by_order, parts)]
    if readings:
        rivals = _without_summands(found, rivals, readings[0], order, layout)
    if readings and readings[0].column is not None and {"quantity", "price"} <= set(columns):
        rivals += _unlike_products(found, readings[0], columns, layout, order)
    if not readings:
        asked.append(_ask(unknown[:4], found, order))
    elif not sure or rivals:
        asked.append(_ask([*readings, *rivals][:4], found, order))
    if readings:
        best = readings[0]
        if best.column is None:
            return replace(layout, columns=columns), asked
        columns["amount"] = best.column
        columns.pop("price", None)
        if columns.get("quantity") == best.column:
            columns.pop("quantity")
        return replace(layout, columns=columns, amount_per=best.per), asked
    return replace(layout, columns=columns), asked


def _foreign_refunds(
    found: Evidence,
    reading: Reading,
    order: np.ndarray,
    layout: Layout,
    hit: Match | None,
    columns: dict[str, str],
) -> list[Question]:
    """Ask about columns that a known system's export does not have and that look like refunds: one may have been renamed."""
    usual = {plain(name) for row in hit.system.headers.values() for name in row} if hit else set()
    foreign = [c for c in unknown_money(found, order, columns) if plain(c.name) not in usual]
    others = [_reading(found, column.name, order, layout)[0] for column in foreign]
    return [_ask_refund(other) for other in others if _like_refunds(reading, other)]


def _keep_quantity(found: Evidence, columns: dict[str, str]) -> None:
    columns.pop("price", None)
    if "quantity" not in columns and (named := _numbers_of(found, "quantity")):
        columns["quantity"] = named[0].name


def order_codes(found: Evidence, columns: Mapping[str, str]) -> np.ndarray:
    """Return the order of each row; a row without a number is an order of its own."""
    if "order_id" in columns:
        codes = found.columns[columns["order_id"]].codes
        alone = np.arange(len(codes)) + codes.max(initial=0) + 1
        return np.where(codes >= 0, codes, alone)
    return np.arange(len(found.frame))


def _numbers_of(found: Evidence, *roles: str) -> list[Column]:
    return [column for column in found.of(*roles) if column.kind == "number"]


def _reading(
    found: Evidence, name: str, order: np.ndarray, layout: Layout, hint: str | None = None
) -> tuple[Reading, bool]:
    """Return a column as an amount, once a line or once an order, and whether that is certain."""
    column = found.columns[name]
    values = column.numbers(layout.decimal)
    per, sure = _grain(found, column, values, order, hint)
    frame = pd.DataFrame({"order": order, "value": values})
    grouped = frame.dropna().groupby("order")["value"]
    by_order = (grouped.first() if per == "order" else grouped.sum()).reindex(
        np.flatnonzero(np.bincount(order)), fill_value=0.0
    )
    total = float(by_order.sum())
    where = T(zh="每单一次", en="once an order") if per == "order" else T(zh="每行", en="on each line")
    says = T(zh="“{c}”（{w}）：合计 {s:,.2f}", en="“{c}” ({w}): {s:,.2f} in all").format(
        c=name, w=where, s=total
    )
    sets = {"columns": {"amount": name}, "amount_per": per}
    return Reading(name, per, round(total, 2), says, sets, by_order.to_numpy()), sure


def grain(found: Evidence, column: Column, values: np.ndarray, order: np.ndarray) -> str:
    """Tell whether money stands on each line for itself, or once (or again and again) for a whole order."""
    return _grain(found, column, values, order, None)[0]


def _grain(
    found: Evidence, column: Column, values: np.ndarray, order: np.ndarray, hint: str | None
) -> tuple[str, bool]:
    """Tell whether an amount stands on each line for itself, or once (or again and again) for a whole order."""
    frame = pd.DataFrame({"order": order, "value": values})
    size = frame.groupby("order")["value"].transform("size").to_numpy()
    several = frame[size > 1]
    if several.empty or not several["value"].abs().sum():
        return "line", True
    per_order = several.groupby("order")["value"]
    filled, different, first = per_order.count(), per_order.nunique(), per_order.first()
    once_only = bool((filled <= 1).all() and (size > 1).any())
    if once_only and not several["value"].notna().all():
        return "order", True
    if _total_and_lines(several):
        return "order", True
    if not (different <= 1).all() or not (filled == per_order.size()).all():
        same = (different == 1) & (filled == per_order.size())
        doubtful = (
            same.mean() >= MOSTLY_SAME and first[same].nunique() > 2 and "line_total" not in column.roles[:1]
        )
        return "line", not doubtful and (hint != "order" or bool((different > 1).mean() > 0.5))
    if abs(float(first.sum()) * 1.0 - float(several["value"].sum())) < CENT:
        return "line", True
    if hint == "order":
        return "order", True
    if hint == "line":
        return "line", bool(len(first) < 3 or first.nunique() < 3)
    if "line_total" in column.roles[:1]:
        return "line", len(first) < 3
    if _lines_add_up(found, order, values):
        return "order", True
    named = any(word in plain(column.name) for word in _ORDER_LEVEL)
    if column.constant or np.nanmax(values) == np.nanmin(values):
        return "line", not named
    return "order", named


MOSTLY_SAME = 0.8
"""Of the orders with several lines, so many have one value on all of them: it could be the order's, changed since in a few."""


def _total_and_lines(several: pd.DataFrame) -> bool:
    """Tell whether the first row of each order with several rows is the sum of its others."""
    values = several.fillna({"value": 0.0}).groupby("order")["value"]
    first, size = values.first(), values.size()
    adds_up = (values.sum() - 2 * first).abs() < CENT
    return bool(adds_up.all() and (first.abs() > CENT).all() and (size > 2).sum() > 1)


def _lines_add_up(found: Evidence, order: np.ndarray, values: np.ndarray) -> bool:
    """Tell whether other columns' lines add up to the value that all lines of an order share."""
    multi = pd.Series(order).duplicated(keep=False).to_numpy()
    lines = [column.numbers(found.decimal) for column in _numbers_of(found, "line_total")]
    quantity, price = _numbers_of(found, "quantity"), _numbers_of(found, "unit_price")
    if quantity and price:
        lines.append(quantity[0].numbers(found.decimal) * price[0].numbers(found.decimal))
    whole = pd.Series(values[multi]).groupby(order[multi]).first()
    parts = [
        pd.Series(np.nan_to_num(column.numbers(found.decimal)[multi])).groupby(order[multi]).first()
        for column in _numbers_of(found, "shipping", "discount", "tax")
    ]
    for line in lines:
        added = pd.Series(np.nan_to_num(line[multi])).groupby(order[multi]).sum()
        if reconciles(whole.to_numpy(), added.to_numpy(), [part.to_numpy() for part in parts]):
            return True
    return False


def reconciles(target: np.ndarray, base: np.ndarray, parts: Sequence[np.ndarray], most: int = 3) -> bool:
    """Tell whether a column is another one plus or minus up to three parts, to the cent, nearly everywhere.

    >>> reconciles(np.array([12.0, 9.0]), np.array([10.0, 10.0]), [np.array([3.0, 0.0]), np.array([1.0, 1.0])])
    True
    """
    rest = target - base
    if np.mean(np.abs(rest) < CENT) >= 0.98:
        return True
    live = [part for part in parts if np.abs(part).sum() > 0][:8]
    for count in range(1, most + 1):
        for chosen in combinations(live, count):
            for signs in product((1.0, -1.0), repeat=count):
                added = sum(
                    (sign * part for sign, part in zip(signs, chosen, strict=True)), np.zeros(len(rest))
                )
                if np.mean(np.abs(rest - added) < CENT) >= 0.98:
                    return True
    return False


def _named(
    found: Evidence, order: np.ndarray, layout: Layout, columns: dict[str, str]
) -> tuple[list[Reading], bool]:
    """Return the columns whose names say that they are the amount, the best first, and whether the best is certain."""
    read: list[tuple[str, Reading, bool]] = []
    for role in ("paid", "total", "line_total"):
        for column in _numbers_of(found, role):
            if column.name in columns.values():
                continue
            reading, sure = _reading(found, column.name, order, layout)
            if not any(np.array_equal(reading.by_order, other.by_order) for _, other, _ in read):
                read.append((role, reading, sure))
    nonzero = [item for item in read if abs(item[1].total) > 0]
    if not nonzero:
        return [item[1] for item in read][:1], True
    best = nonzero[0]
    others = [item for item in nonzero[1:] if _differs(best[1], item[1])]
    sure = best[2] and _unit_price_is_no_amount(found, best[1], columns, layout)
    if not others:
        extra = _other_grain(found, best[1], order, layout) if not best[2] else []
        if best[2] and not sure:
            extra = _times_quantity(found, best[1], columns, layout, order)
        return [best[1], *extra], sure
    parts = [
        by_order(found, c, order, layout)
        for c in _numbers_of(found, "shipping", "discount", "tax", "refund", "part")
    ]
    explained = all(
        reconciles(best[1].by_order, item[1].by_order, parts) or _paid_of(best, item[1]) for item in others
    )
    same_role = any(item[0] == best[0] for item in others)
    return [best[1], *[item[1] for item in others]], sure and explained and not same_role


def _parts_of_total(found: Evidence, order: np.ndarray, layout: Layout) -> list[np.ndarray]:
    """Return shipping, discounts and taxes of each order: those of its lines together, and the first alone."""
    parts: list[np.ndarray] = []
    for column in _numbers_of(found, "shipping", "discount", "tax"):
        values = pd.Series(np.nan_to_num(column.numbers(layout.decimal))).groupby(order)
        both = [values.sum().to_numpy(), values.first().to_numpy()]
        parts += both[:1] if np.array_equal(*both) else both
    return parts


def _paid_of(best: tuple[str, Reading, bool], other: Reading) -> bool:
    """Tell whether a column called paid is never more than another, and never less than half: what was left after discounts."""
    paid, whole = best[1].by_order, other.by_order
    return best[0] == "paid" and bool(((paid <= whole + CENT) & (paid >= 0.5 * whole - CENT)).all())


def by_order(found: Evidence, column: Column, order: np.ndarray, layout: Layout) -> np.ndarray:
    """Return a part of the total for each order: the first where it repeats, else the sum."""
    return _reading(found, column.name, order, layout)[0].by_order


def _differs(one: Reading, other: Reading) -> bool:
    return abs(one.total - other.total) > CENT


def _is_part(other: Reading) -> bool:
    """Tell whether a column without a known name is zero nearly everywhere, so that it cannot be the amount."""
    return bool(np.mean(np.abs(other.by_order) < CENT) > 0.8)


def _like_refunds(best: Reading, other: Reading) -> bool:
    """Tell whether a column without a known name could be refunds: mostly zero, else at most the order's amount."""
    given = np.abs(other.by_order) >= CENT
    return _is_part(other) and bool((np.abs(other.by_order[given]) <= best.by_order[given] + CENT).all())


def _ask_refund(other: Reading) -> Question:
    """Ask whether a column without a known name is refunds."""
    ask = T(
        zh="“{c}”只在 {n:,} 单上有数，合计 {s:,.2f}，都不超过该单的金额。它是退款吗？",
        en="“{c}” is filled for {n:,} orders only, {s:,.2f} in all, never more than the order. Is it refunds?",
    ).format(c=other.column, n=int((np.abs(other.by_order) >= CENT).sum()), s=abs(other.total))
    choices = (
        Choice(T(zh="是退款，要减掉", en="refunds: take it off"), {"columns": {"refund": other.column}}),
        Choice(T(zh="不是", en="no"), {}),
    )
    return Question("refund", ask, choices, abs(other.total))


def _without_summands(
    found: Evidence, rivals: list[Reading], best: Reading, order: np.ndarray, layout: Layout
) -> list[Reading]:
    """Return the columns without a known name that do not add up in pairs to one that is known: food + drinks = subtotal."""
    if len(rivals) < 2:
        return rivals
    wholes = [
        by_order(found, c, order, layout) for c in _numbers_of(found, "part", "total", "line_total", "paid")
    ]
    wholes.append(best.by_order)
    parts: set[str | None] = set()
    for one, other in combinations(rivals, 2):
        added = one.by_order + other.by_order
        real = np.abs(one.by_order).sum() > CENT and np.abs(other.by_order).sum() > CENT
        if real and any(np.mean(np.abs(added - whole) < CENT) >= 0.98 for whole in wholes):
            parts |= {one.column, other.column}
    return [rival for rival in rivals if rival.column not in parts]


LEAST_PAID, MOST_PAID = 0.3, 1.35
"""What was paid for an order, as a share of its prices times quantities: after discounts, with postage and tax."""


def _unlike_products(
    found: Evidence, best: Reading, columns: dict[str, str], layout: Layout, order: np.ndarray
) -> list[Reading]:
    """Return price × quantity, or the price as it stands, where the amount has nothing to do with either."""
    others, _ = _product(found, columns, layout, order)
    parts = _parts_of_total(found, order, layout)
    for other in others:
        added = other.by_order
        if reconciles(best.by_order, added, parts):
            return []
        both = (np.abs(added) >= CENT) & (np.abs(best.by_order) >= CENT)
        share = best.by_order[both] / added[both]
        if not both.any() or np.mean((share >= LEAST_PAID) & (share <= MOST_PAID)) >= 0.9:
            return []
    return others


def _other_grain(found: Evidence, reading: Reading, order: np.ndarray, layout: Layout) -> list[Reading]:
    """Return the same column, read the other way: once an order instead of on each line."""
    if reading.column is None:
        return []
    per = "line" if reading.per == "order" else "order"
    values = pd.DataFrame(
        {"order": order, "value": found.columns[reading.column].numbers(layout.decimal)}
    ).dropna()
    grouped = values.groupby("order")["value"]
    by_order = grouped.first() if per == "order" else grouped.sum()
    where = T(zh="每单一次", en="once an order") if per == "order" else T(zh="每行", en="on each line")
    says = T(zh="“{c}”（{w}）：合计 {s:,.2f}", en="“{c}” ({w}): {s:,.2f} in all").format(
        c=reading.column, w=where, s=by_order.sum()
    )
    sets = {"columns": {"amount": reading.column}, "amount_per": per}
    return [Reading(reading.column, per, round(float(by_order.sum()), 2), says, sets, by_order.to_numpy())]


def _added(values: np.ndarray, order: np.ndarray) -> np.ndarray:
    return pd.Series(np.nan_to_num(values)).groupby(order).sum().to_numpy()


def _product_codes(found: Evidence) -> np.ndarray | None:
    named = [
        column for column in found.of("product_id", "product_name") if column.filled and not column.constant
    ]
    return named[0].codes if named else None


def _constant_for(codes: np.ndarray, values: np.ndarray, quantity: np.ndarray) -> bool | None:
    """Tell whether values are one for each product although its quantities differ; None where no product tells."""
    frame = pd.DataFrame({"code": codes, "value": np.round(values, 3), "quantity": quantity}).dropna()
    frame = frame[frame["code"] >= 0]
    grouped = frame.groupby("code")
    telling = grouped["quantity"].nunique() > 1
    if not telling.any():
        return None
    return bool((grouped["value"].nunique()[telling] <= 1).mean() > 0.9)


def _unit_price_is_no_amount(found: Evidence, best: Reading, columns: dict[str, str], layout: Layout) -> bool:
    """Tell that a column called amount is not a unit price: constant for each product while quantities differ."""
    codes = _product_codes(found)
    if codes is None or "quantity" not in columns or best.column is None or best.per == "order":
        return True
    quantity = found.columns[columns["quantity"]].numbers(layout.decimal)
    return _constant_for(codes, found.columns[best.column].numbers(layout.decimal), quantity) is not True


def _times_quantity(
    found: Evidence, best: Reading, columns: dict[str, str], layout: Layout, order: np.ndarray
) -> list[Reading]:
    assert best.column is not None
    values = found.columns[best.column].numbers(layout.decimal)
    times = np.nan_to_num(values * found.columns[columns["quantity"]].numbers(layout.decimal))
    total = float(times.sum())
    says = T(zh="“{c}”×“{q}”：合计 {s:,.2f}", en="“{c}” × “{q}”: {s:,.2f} in all").format(
        c=best.column, q=columns["quantity"], s=total
    )
    sets = {"columns": {"price": best.column, "quantity": columns["quantity"], "amount": ""}}
    return [Reading(None, "line", round(total, 2), says, sets, _added(times, order))]


def _product(
    found: Evidence, columns: dict[str, str], layout: Layout, order: np.ndarray
) -> tuple[list[Reading], bool]:
    """Read quantity × price; a price that grows with the quantity is the total of its line already."""
    price = found.columns[columns["price"]].numbers(layout.decimal)
    quantity = found.columns[columns["quantity"]].numbers(layout.decimal)
    whole = _reading(found, columns["price"], order, layout)[0]
    whole = replace(
        whole,
        per="line",
        total=round(float(np.nansum(price)), 2),
        sets={"columns": {"amount": columns["price"]}, "amount_per": "line"},
    )
    added = float(np.nansum(price * quantity))
    says = T(zh="“{p}”×“{q}”：合计 {s:,.2f}", en="“{p}” × “{q}”: {s:,.2f} in all").format(
        p=columns["price"], q=columns["quantity"], s=added
    )
    times = Reading(
        None,
        "line",
        round(added, 2),
        says,
        {"columns": {"price": columns["price"], "quantity": columns["quantity"], "amount": ""}},
        _added(price * quantity, order),
    )
    if abs(times.total - whole.total) < CENT:
        return [times], True
    codes = _product_codes(found)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = price / quantity
    if codes is not None:
        unit, total = _constant_for(codes, price, quantity), _constant_for(codes, share, quantity)
        if total and not unit:
            return [whole], True
        if unit is not None and not total:
            return [times], True
    explicit = any(
        word in plain(columns["price"])
        for word in ("unit", "单价", "單價", "単価", "단가", "einzel", "unitaire", "unit", "each")
    )
    return ([times], True) if explicit else ([times, whole], False)


def unknown_money(found: Evidence, order: np.ndarray, columns: Mapping[str, str]) -> list[Column]:
    """Return columns of numbers without a known name that could be money paid."""
    taken = set(columns.values())
    codes = _product_codes(found)
    who = found.of("customer_id", "customer_email", "customer_phone", "customer_name")
    who = [column for column in who if column.filled and not column.constant]
    made = []
    for column in found.columns.values():
        fixed = column.constant and column.filled == len(order)
        if column.kind != "number" or column.roles or column.name in taken or fixed:
            continue
        if any(word in column.name.casefold() for word in _NO_AMOUNT) or _NUMBERS.search(column.name):
            continue
        values = column.numbers(found.decimal)
        known = values[~np.isnan(values)]
        if np.abs(known).sum() == 0 or np.abs(known).max() > 1e10:
            continue
        whole = bool((known == np.round(known)).all()) and column.decimal is None
        if whole and ((len(np.unique(known)) == len(known) and len(known) > 3) or np.abs(known).max() < 20):
            continue
        if whole and _number_of_something(column, known, order):
            continue
        if codes is not None and column.distinct > 1 and fixes(codes, column.codes):
            continue
        if who and who[0].distinct < 0.9 * len(order) and fixes(who[0].codes, column.codes):
            continue
        made.append(column)
    return made


_NO_AMOUNT = ("refund", "退款", "fee", "手续费", "discount", "优惠", "tax", "税", "%", "percent", "率")


_NUMBERS = re.compile(
    r"(\b(number|no|nr|id|code|sku|número|numero|numéro)\.?|番号|번호|编号|編號|单号|單號|號碼|号码)\s*$",
    re.IGNORECASE,
)
"""How columns of numbers that name something are called."""


def _number_of_something(column: Column, known: np.ndarray, order: np.ndarray) -> bool:
    """Tell whether whole numbers are ids (long, all of one length) rather than money."""
    lengths = {len(text.lstrip("-")) for text in column.texts()[:2000]}
    starts_with_zero = any(text.startswith("0") and len(text) > 1 for text in column.texts()[:2000])
    return starts_with_zero or (len(lengths) == 1 and max(lengths) >= 5)


def _ask(readings: Sequence[Reading], found: Evidence, order: np.ndarray) -> Question:
    """Ask which column the customer paid, with each one's sum."""
    example = ""
    ask = T(
        zh="客户真正付的钱是哪一列？{e}",
        en="What did the customer really pay? {e}",
    ).format(
        e=example
        or T(zh="几列都可能，合计却不同。", en="Several columns could be it, and their sums differ.")
    )
    if not readings:
        ask = T(
            zh="没有找到金额列。请在 [orders.columns] 里补上 amount，或 quantity 与 price。",
            en="No column of amounts was found: add amount, or quantity and price, under [orders.columns].",
        )
    choices = tuple(Choice(reading.says, reading.sets, reading.total) for reading in readings)
    totals = [reading.total for reading in readings]
    moves = max(totals) - min(totals) if len(totals) > 1 else float("inf")
    return Question("amount", ask, choices, moves or float("inf"))


def refunds(
    found: Evidence, layout: Layout, hit: Match | None, why: dict[str, T]
) -> tuple[Layout, list[Question]]:
    """Find the column of refunds, once a line or once an order; one that the amount is net of already is not taken off twice."""
    columns = dict(layout.columns)
    order = order_codes(found, columns)
    unsaid = hit is None or not hit.sure or bool(hit.missing)
    if "refund" not in columns and "after_refunds" not in columns and unsaid:
        named = [c for c in _numbers_of(found, "refund") if c.name not in columns.values()]
        named = [c for c in named if np.nansum(np.abs(c.numbers(layout.decimal))) > 0 and not says_yes(c)]
        after_refunds = [c for c in _numbers_of(found, "after_refunds") if c.name not in columns.values()]
        if after_refunds:
            columns["after_refunds"] = after_refunds[0].name
        elif named:
            columns["refund"] = named[0].name
    if "refund" not in columns or "amount" not in columns:
        return replace(layout, columns=columns), []
    column = found.columns[columns["refund"]]
    values = np.abs(column.numbers(layout.decimal))
    amount = found.columns[columns["amount"]].numbers(layout.decimal)
    per, sure = _refund_grain(values, amount, order, layout)
    asked = [] if sure else [_ask_refund_grain(column.name, values, order)]
    layout = replace(layout, columns=columns, refund_per=per)
    if hit is None and _net_already(found, layout, order, values):
        why["amount"] = T(zh="已经减过退款的列", en="refunds are taken off already")
        columns.pop("refund")
        return replace(layout, columns=columns), []
    sold = _reading(found, columns["amount"], order, layout)[0].total
    back = float(pd.Series(values).groupby(order).first().sum() if per == "order" else np.nansum(values))
    if back > sold + CENT > 0:
        ask = T(
            zh="“{c}”合计 {b:,.2f}，比“{a}”的 {s:,.2f} 还多。它是退款吗？",
            en="“{c}” adds up to {b:,.2f}, more than the {s:,.2f} of “{a}”. Is it refunds?",
        ).format(c=column.name, b=back, a=columns["amount"], s=sold)
        return layout, [Question("refund", ask, (Choice(T(zh="是退款", en="it is"), {}),), back)]
    return layout, asked


def _refund_grain(
    values: np.ndarray, amount: np.ndarray, order: np.ndarray, layout: Layout
) -> tuple[str, bool]:
    """Tell whether refunds are each line's or the whole order's, and whether that is certain."""
    frame = pd.DataFrame({"order": order, "value": values, "amount": np.abs(amount)}).dropna(subset=["value"])
    frame = frame[frame["value"] > 0]
    grouped = frame.groupby("order")["value"]
    size = pd.Series(order).value_counts()
    several = grouped.size()[grouped.size() > 1]
    same = (grouped.nunique()[several.index] == 1) & (several == size.reindex(several.index))
    if several.empty or not same.all():
        return "line", True
    if layout.amount_per == "order":
        return "order", True
    repeated = frame[frame["order"].isin(several.index)]
    if (repeated["value"] > repeated["amount"] + CENT).any():
        return "order", True
    return "line", bool(((repeated["value"] - repeated["amount"]).abs() < CENT).all())


def _ask_refund_grain(name: str, values: np.ndarray, order: np.ndarray) -> Question:
    """Ask whether a refund that stands alike on every line of an order counts once."""
    each = float(np.nansum(values))
    once = float(pd.Series(values).groupby(order).first().sum())
    ask = T(
        zh="“{c}”在同一单的每一行都一样。它是整单的退款，还是每行各退这么多？",
        en="“{c}” is the same on all lines of an order. Is it the whole order's refund, or each line's?",
    ).format(c=name)
    choices = (
        Choice(
            T(zh="整单的，只算一次：共退 {s:,.2f}", en="the order's, once: {s:,.2f} in all").format(s=once),
            {"refund_per": "order"},
        ),
        Choice(T(zh="每行各退：共退 {s:,.2f}", en="each line's: {s:,.2f} in all").format(s=each), {}),
    )
    return Question("refund", ask, choices, each - once)


def _net_already(found: Evidence, layout: Layout, order: np.ndarray, refund: np.ndarray) -> bool:
    """Tell whether another column less the refund is the amount: then the amount is net of it."""
    amount = found.columns[layout.columns["amount"]].numbers(layout.decimal)
    rows = np.nan_to_num(refund) > 0
    if not rows.any():
        return False
    for column in _numbers_of(found, "paid", "total", "line_total", "part"):
        if column.name == layout.columns["amount"]:
            continue
        gross = column.numbers(layout.decimal)
        if np.mean(np.abs(gross[rows] - refund[rows] - amount[rows]) < CENT) >= 0.98:
            return True
    return False
