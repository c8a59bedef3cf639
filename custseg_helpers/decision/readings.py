"""How a column can be read as money: once a line or once an order; whether parts add up to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.evidence.called import plain
from custseg_helpers.evidence.contents import Column
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.sheet_evidence import Evidence
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


def order_codes(found: Evidence, columns: Mapping[str, str]) -> np.ndarray:
    """Return the order of each row; a row without a number is an order of its own."""
    if "order_id" in columns:
        codes = found.columns[columns["order_id"]].codes
        if (codes >= 0).all():
            return codes
        alone = np.arange(len(codes)) + codes.max(initial=0) + 1
        return np.where(codes >= 0, codes, alone)
    return np.arange(len(found.frame))


def numbers_of(found: Evidence, *roles: str) -> list[Column]:
    """Return the columns of numbers whose names have one of the roles."""
    return [column for column in found.of(*roles) if column.kind == "number"]


def reading_of(
    found: Evidence, name: str, order: np.ndarray, layout: Layout, hint: str | None = None
) -> tuple[Reading, bool]:
    """Return a column as an amount, once a line or once an order, and whether that is certain."""
    column = found.columns[name]
    values = column.numbers(layout.decimal)
    per, sure = _grain(found, column, values, order, hint)
    told = ~np.isnan(values)
    grouped = pd.Series(values[told]).groupby(order[told])
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
    """Tell the grain, and whether it is certain; `hint` is what a known system's file says."""
    rows = np.bincount(order)[order] > 1
    several = pd.DataFrame({"order": order[rows], "value": values[rows]})
    if several.empty or not several["value"].abs().sum():
        return "line", True
    per_order = several.groupby("order")["value"]
    filled, first = per_order.count(), per_order.first()
    different = per_order.max() > per_order.min()
    once_only = bool((filled <= 1).all())
    if once_only and not several["value"].notna().all():
        return "order", True
    if _total_and_lines(several):
        return "order", True
    if different.any() or not (filled == per_order.size()).all():
        same = ~different & (filled == per_order.size())
        doubtful = (
            same.mean() >= MOSTLY_SAME and first[same].nunique() > 2 and "line_total" not in column.roles[:1]
        )
        return "line", not doubtful and (hint != "order" or bool(different.mean() > 0.5))
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
    whole = pd.Series(values[multi]).groupby(order[multi]).first()
    parts = [
        pd.Series(np.nan_to_num(column.numbers(found.decimal)[multi])).groupby(order[multi]).first()
        for column in numbers_of(found, *BETWEEN)
    ]
    for line in worths_of_lines(found).values():
        added = pd.Series(np.nan_to_num(line[multi])).groupby(order[multi]).sum()
        if reconciles(whole.to_numpy(), added.to_numpy(), [part.to_numpy() for part in parts]):
            return True
    return False


BETWEEN = ("shipping", "discount", "tax", "rate")
"""What may stand between an order's total and its items; a column called discount holds a rate or money."""


def worths_of_lines(found: Evidence) -> dict[tuple[str, ...], np.ndarray]:
    """Return what each line is worth by itself, by the columns that say so: its total, or quantity and price."""
    made: dict[tuple[str, ...], np.ndarray] = {
        (column.name,): column.numbers(found.decimal) for column in numbers_of(found, "line_total")
    }
    quantity, price = numbers_of(found, "quantity"), numbers_of(found, "unit_price")
    if quantity and price:
        made[quantity[0].name, price[0].name] = quantity[0].numbers(found.decimal) * price[0].numbers(
            found.decimal
        )
    return made


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


def parts_of_total(found: Evidence, order: np.ndarray, layout: Layout) -> list[np.ndarray]:
    """Return shipping, discounts and taxes of each order: those of its lines together, and the first alone."""
    parts: list[np.ndarray] = []
    for column in numbers_of(found, *BETWEEN):
        values = pd.Series(np.nan_to_num(column.numbers(layout.decimal))).groupby(order)
        both = [values.sum().to_numpy(), values.first().to_numpy()]
        parts += both[:1] if np.array_equal(*both) else both
    return parts


def by_order(found: Evidence, column: Column, order: np.ndarray, layout: Layout) -> np.ndarray:
    """Return a part of the total for each order: the first where it repeats, else the sum."""
    return reading_of(found, column.name, order, layout)[0].by_order


def other_grain(found: Evidence, reading: Reading, order: np.ndarray, layout: Layout) -> list[Reading]:
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
