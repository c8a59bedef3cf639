"""Which column is the money a customer paid: once a line or once an order, before or after refunds; what cannot be told is asked.

A name proposes, the contents must agree: parts add up to the order, a unit price is constant for a product. Two
columns that both could be the amount and give different sums are a question with both sums, never a guess.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.decision.prices import is_no_unit_price, product_of, times_quantity, unlike_products
from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.decision.readings import (
    CENT,
    Reading,
    by_order,
    numbers_of,
    order_codes,
    other_grain,
    parts_of_total,
    reading_of,
    reconciles,
    worths_of_lines,
)
from custseg_helpers.decision.unknown_money import unknown_money
from custseg_helpers.evidence.called import plain
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.evidence.systems import Match
from custseg_helpers.words.text import T


def choose_amount(
    found: Evidence, layout: Layout, hit: Match | None, why: dict[str, T], told: dict[str, Any]
) -> tuple[Layout, list[Question]]:
    """Choose amount, and quantity or price where they are needed; return what has to be asked."""
    columns = dict(layout.columns)
    order = order_codes(found, columns)
    if "amount" in columns:
        reading, sure = reading_of(found, columns["amount"], order, layout, told.get("amount_per"))
        _keep_quantity(found, columns)
        asked = [] if sure else [_ask([reading, *other_grain(found, reading, order, layout)], found, order)]
        asked += _foreign_refunds(found, reading, order, layout, hit, columns)
        return replace(layout, columns=columns, amount_per=reading.per), asked
    for key, role in (("quantity", "quantity"), ("price", "unit_price")):
        if key not in columns and (named := numbers_of(found, role)):
            columns[key] = named[0].name
    readings, sure = _named(found, order, layout, columns)
    unknown = [
        reading_of(found, column.name, order, layout)[0] for column in unknown_money(found, order, columns)
    ]
    if not readings and len(unknown) == 1 and not {"quantity", "price"} <= set(columns):
        readings, unknown = unknown, []
        why["amount"] = T(
            zh="列名看不出来，按内容：只有这一列是金额；请核对",
            en="the name does not tell; by its contents it is the only column of money: please check",
        )
    if not readings and {"quantity", "price"} <= set(columns):
        readings, sure = product_of(found, columns, layout, order)
    rivals = [other for other in unknown if not readings or _differs(readings[0], other)]
    asked = [_ask_refund(other) for other in rivals if readings and _like_refunds(readings[0], other)]
    rivals = [other for other in rivals if not readings or not _is_part(other)]
    if readings and rivals:
        parts = parts_of_total(found, order, layout)
        rivals = [other for other in rivals if not reconciles(readings[0].by_order, other.by_order, parts)]
    if readings:
        rivals = _without_summands(found, rivals, readings[0], order, layout)
        rivals = _without_parts(found, rivals, readings[0], order, layout)
    if readings and readings[0].column is not None and {"quantity", "price"} <= set(columns):
        rivals += unlike_products(found, readings[0], columns, layout, order)
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
    others = [reading_of(found, column.name, order, layout)[0] for column in foreign]
    return [_ask_refund(other) for other in others if _like_refunds(reading, other)]


def _keep_quantity(found: Evidence, columns: dict[str, str]) -> None:
    columns.pop("price", None)
    if "quantity" not in columns and (named := numbers_of(found, "quantity")):
        columns["quantity"] = named[0].name


def _named(
    found: Evidence, order: np.ndarray, layout: Layout, columns: dict[str, str]
) -> tuple[list[Reading], bool]:
    """Return the columns whose names say that they are the amount, the best first, and whether the best is certain."""
    read: list[tuple[str, Reading, bool]] = []
    for role in ("paid", "total", "line_total"):
        for column in numbers_of(found, role):
            if column.name in columns.values():
                continue
            reading, sure = reading_of(found, column.name, order, layout)
            if not any(np.array_equal(reading.by_order, other.by_order) for _, other, _ in read):
                read.append((role, reading, sure))
    nonzero = [item for item in read if abs(item[1].total) > 0]
    if not nonzero:
        return [item[1] for item in read][:1], True
    best = nonzero[0]
    others = [item for item in nonzero[1:] if _differs(best[1], item[1])]
    sure = best[2] and is_no_unit_price(found, best[1], columns, layout)
    if not others:
        extra = other_grain(found, best[1], order, layout) if not best[2] else []
        if best[2] and not sure:
            extra = times_quantity(found, best[1], columns, layout, order)
        return [best[1], *extra], sure
    back = [by_order(found, c, order, layout) for c in numbers_of(found, "refund")]
    others = [
        item
        for item in others
        if not any(reconciles(best[1].by_order, item[1].by_order, [one], 1) for one in back)
    ]
    parts = parts_of_total(found, order, layout) + back
    parts += [by_order(found, c, order, layout) for c in numbers_of(found, "part")]
    more = [by_order(found, c, order, layout) for c in unknown_money(found, order, columns)]
    parts += [one for one in more if _small(one, best[1])]
    unpaid = _without_payment(found, order)
    explained = all(
        reconciles(best[1].by_order, item[1].by_order, parts) or _paid_of(best, item[1], unpaid)
        for item in others
    )
    same_role = any(item[0] == best[0] for item in others)
    extra = other_grain(found, best[1], order, layout) if not best[2] else []
    return [best[1], *extra, *[item[1] for item in others]], sure and explained and not same_role


def _paid_of(best: tuple[str, Reading, bool], other: Reading, unpaid: np.ndarray) -> bool:
    """Tell whether a column called paid is what was left of another after discounts: never more, never less than half.

    `unpaid`: orders without a day of payment, of which nothing was paid.
    """
    paid, whole = best[1].by_order, other.by_order
    fits = (paid <= whole + CENT) & ((paid >= 0.5 * whole - CENT) | (unpaid & (np.abs(paid) < CENT)))
    return best[0] == "paid" and bool(fits.all())


def _without_payment(found: Evidence, order: np.ndarray) -> np.ndarray:
    """Tell of each order whether a column of days of payment, filled for others, is empty for it."""
    dated = [column for column in found.of("paid_date") if column.kind == "date" and column.filled]
    there = pd.Series(dated[0].codes >= 0 if dated else True, index=range(len(order)))
    return ~there.groupby(order).any().to_numpy(dtype=bool)


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
        by_order(found, c, order, layout) for c in numbers_of(found, "part", "total", "line_total", "paid")
    ]
    wholes.append(best.by_order)
    parts: set[str | None] = set()
    for one, other in combinations(rivals, 2):
        added = one.by_order + other.by_order
        real = np.abs(one.by_order).sum() > CENT and np.abs(other.by_order).sum() > CENT
        if real and any(np.mean(np.abs(added - whole) < CENT) >= 0.98 for whole in wholes):
            parts |= {one.column, other.column}
    return [rival for rival in rivals if rival.column not in parts]


def _small(part: np.ndarray, whole: Reading) -> bool:
    """Tell whether a column may be a part of an amount: at most half of it in all, and not nothing."""
    return 0 < np.abs(part).sum() <= 0.5 * np.abs(whole.by_order).sum()


def _without_parts(
    found: Evidence, rivals: list[Reading], best: Reading, order: np.ndarray, layout: Layout
) -> list[Reading]:
    """Return the columns without a known name but for small ones that lie between the amount and its items: postage, points."""
    small = [rival for rival in rivals if _small(rival.by_order, best)]
    parts = parts_of_total(found, order, layout)
    bases = [
        pd.Series(np.nan_to_num(worth)).groupby(order).sum().to_numpy()
        for worth in worths_of_lines(found).values()
    ]
    bases += [by_order(found, c, order, layout) for c in numbers_of(found, "part", "total", "line_total")]
    bases += [rival.by_order for rival in rivals if rival not in small]
    bases = [base for base in bases if np.abs(base - best.by_order).sum() > CENT]
    for base in bases:
        if not small or reconciles(best.by_order, base, parts):
            continue
        if reconciles(best.by_order, base, [*(rival.by_order for rival in small), *parts]):
            return [rival for rival in rivals if rival not in small]
    return rivals


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
