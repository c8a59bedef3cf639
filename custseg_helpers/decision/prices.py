"""Prices and quantities: price × quantity, the total of a line already, or neither."""

from dataclasses import replace

import numpy as np
import pandas as pd

from custseg_helpers.decision.readings import CENT, Reading, parts_of_total, reading_of, reconciles
from custseg_helpers.evidence.called import plain
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T

LEAST_PAID, MOST_PAID = 0.3, 1.35
"""What was paid for an order, as a share of its prices times quantities: after discounts, with postage and tax."""


def unlike_products(
    found: Evidence, best: Reading, columns: dict[str, str], layout: Layout, order: np.ndarray
) -> list[Reading]:
    """Return price × quantity, or the price as it stands, where the amount has nothing to do with either."""
    others, _ = product_of(found, columns, layout, order)
    parts = parts_of_total(found, order, layout)
    for other in others:
        added = other.by_order
        if reconciles(best.by_order, added, parts):
            return []
        both = (np.abs(added) >= CENT) & (np.abs(best.by_order) >= CENT)
        share = best.by_order[both] / added[both]
        if not both.any() or np.mean((share >= LEAST_PAID) & (share <= MOST_PAID)) >= 0.9:
            return []
    return others


def _added(values: np.ndarray, order: np.ndarray) -> np.ndarray:
    return pd.Series(np.nan_to_num(values)).groupby(order).sum().to_numpy()


def product_codes(found: Evidence) -> np.ndarray | None:
    """Return the product of each row, None where no column names it."""
    named = [
        column for column in found.of("product_id", "product_name") if column.filled and not column.constant
    ]
    return named[0].codes if named else None


def _constant_for(codes: np.ndarray, values: np.ndarray, quantity: np.ndarray) -> bool | None:
    """Tell whether values are one for each product although its quantities differ; None where no product tells."""
    told = (codes >= 0) & ~np.isnan(values) & ~np.isnan(quantity)
    telling = _differs(codes[told], quantity[told])
    if not telling.any():
        return None
    return bool((~_differs(codes[told], np.round(values[told], 3))[telling]).mean() > 0.9)


def _differs(codes: np.ndarray, values: np.ndarray) -> pd.Series:
    """Tell of each code whether its values differ."""
    grouped = pd.Series(values).groupby(codes)
    return grouped.max() > grouped.min()


def is_no_unit_price(found: Evidence, best: Reading, columns: dict[str, str], layout: Layout) -> bool:
    """Tell that a column called amount is not a unit price: constant for each product while quantities differ."""
    codes = product_codes(found)
    if codes is None or "quantity" not in columns or best.column is None or best.per == "order":
        return True
    quantity = found.columns[columns["quantity"]].numbers(layout.decimal)
    return _constant_for(codes, found.columns[best.column].numbers(layout.decimal), quantity) is not True


def times_quantity(
    found: Evidence, best: Reading, columns: dict[str, str], layout: Layout, order: np.ndarray
) -> list[Reading]:
    """Read an amount as a unit price: times its quantity."""
    assert best.column is not None
    values = found.columns[best.column].numbers(layout.decimal)
    times = np.nan_to_num(values * found.columns[columns["quantity"]].numbers(layout.decimal))
    total = float(times.sum())
    says = T(zh="“{c}”×“{q}”：合计 {s:,.2f}", en="“{c}” × “{q}”: {s:,.2f} in all").format(
        c=best.column, q=columns["quantity"], s=total
    )
    sets = {"columns": {"price": best.column, "quantity": columns["quantity"], "amount": ""}}
    return [Reading(None, "line", round(total, 2), says, sets, _added(times, order))]


def _stands_elsewhere(found: Evidence, worth: np.ndarray, columns: dict[str, str]) -> bool:
    """Tell whether another column holds what quantity × price comes to: then the price is one piece's."""
    there = ~np.isnan(worth) & (worth != 0)
    others = [c for c in found.columns.values() if c.kind == "number" and c.name not in columns.values()]
    return bool(there.any()) and any(
        np.mean(np.abs(column.numbers(found.decimal)[there] - worth[there]) < CENT) >= 0.98
        for column in others
    )


def product_of(
    found: Evidence, columns: dict[str, str], layout: Layout, order: np.ndarray
) -> tuple[list[Reading], bool]:
    """Read quantity × price; a price that grows with the quantity is the total of its line already."""
    price = found.columns[columns["price"]].numbers(layout.decimal)
    quantity = found.columns[columns["quantity"]].numbers(layout.decimal)
    whole = reading_of(found, columns["price"], order, layout)[0]
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
    if abs(times.total - whole.total) < CENT or _stands_elsewhere(found, price * quantity, columns):
        return [times], True
    codes = product_codes(found)
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
