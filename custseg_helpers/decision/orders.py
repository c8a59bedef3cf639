"""What one order is: a number, a number and a customer, or a customer's day; which fields stand on its first row only."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from custseg_helpers.decision.customers import CUSTOMER, id_like
from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.evidence.contents import Column, column_of, fixes, share_fixed
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import day_codes, orders_apart
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T

NEARLY_ALL = 0.98
"""Of the numbers of a column called an order number, so many have one day: a till may close a long order after midnight."""


MOSTLY = 0.7
"""Of the numbers that are one customer's, so many have one day; the others have refunds of a later day."""


def choose_order(found: Evidence, date: str | None, day: np.ndarray | None) -> str | None:
    """Choose the order number: it fixes the date, and has fewer values than there are lines where orders have several."""
    rows = len(found.frame)
    when = found.columns[date] if date else None

    def fits(column: Column) -> bool:
        if not _could_be_order(column, rows):
            return False
        return when is None or column.filled < 0.95 * rows or fixes(column.codes, when.codes)

    def fits_named(column: Column) -> bool:
        if not _could_be_order(column, rows) or day is None or column.filled < 0.95 * rows:
            return fits(column)
        if share_fixed(column.codes, day) >= NEARLY_ALL or _of_one_customer(found, column, day):
            return True
        apart = _apart(found, column, day)
        return apart is not None and share_fixed(apart, day) >= NEARLY_ALL

    named = [column for column in found.of("order_id") if fits_named(column)]
    if named:
        full = [column for column in named if column.filled >= 0.95 * rows] or named
        return min(full, key=lambda column: (column.distinct, full.index(column))).name
    unknown = [
        column
        for column in found.columns.values()
        if not column.roles
        and column.distinct >= 0.5 * rows
        and column.filled >= 0.95 * rows
        and fits(column)
        and (column.kind == "text" or id_like(column))
    ]
    if len(unknown) == 1 and id_like(unknown[0]):
        return unknown[0].name
    lines = [column for column in found.of("line_id") if fits(column)]
    return lines[0].name if lines else None


def _of_one_customer(found: Evidence, order: Column, day: np.ndarray) -> bool:
    """Tell whether each number is one customer's and most are of one day: a refund has its order's number and its own day."""
    who = [column for column in found.of(*CUSTOMER) if column.filled and not column.constant]
    most = share_fixed(order.codes, day) >= MOSTLY
    return most and bool(who) and share_fixed(order.codes, who[0].codes) >= NEARLY_ALL


def _could_be_order(column: Column, rows: int) -> bool:
    return (
        column.kind in ("number", "text", "phone")
        and column.filled > 0
        and not (column.constant and rows > 1)
    )


def _apart(found: Evidence, order: Column, day: np.ndarray | None) -> np.ndarray | None:
    """Return the order of each row where customers share order numbers; None where no column tells customers."""
    who = [column for column in found.of(*CUSTOMER) if column.filled and not column.constant]
    if not who or day is None:
        return None
    return orders_apart(order.codes, who[0].codes, day)


def told_apart(found: Evidence, order: str | None, day: np.ndarray | None) -> Evidence:
    """Return the evidence with the numbers that several customers share told apart by customer."""
    if order is None:
        return found
    column = found.columns[order]
    codes = _apart(found, column, day)
    if codes is None or np.array_equal(codes, column.codes):
        return found
    texts = [*column.texts(), ""]
    numbers = pd.Series(column.codes).groupby(codes).first()
    values = [texts[numbers[code]] for code in range(codes.max() + 1)]
    apart = replace(column, codes=codes, values=values)
    return replace(found, columns={**found.columns, order: apart})


def ask_order(found: Evidence, layout: Layout) -> list[Question]:
    """Ask what one order is where a column called an order number is none by its contents, and the day stands in."""
    columns = layout.columns
    if layout.rows != "days" or "order_date" not in columns:
        return []
    rows = len(found.frame)
    for column in found.of("order_id"):
        if not _could_be_order(column, rows) or column.name in columns.values() or column.filled < 0.5 * rows:
            continue
        who = found.columns[columns["customer_id"]].codes
        day = day_codes(found.columns[columns["order_date"]])
        pairs = pd.DataFrame({"who": who, "day": day, "number": column.codes})
        of_days, of_numbers = (len(pairs[["who", key]].drop_duplicates()) for key in ("day", "number"))
        ask = T(
            zh="“{c}”看着是单号，可是同一个号出现在不同的日期。什么算一单？",
            en="“{c}” looks like the order number, but one number stands on several days. What is one order?",
        ).format(c=column.name)
        choices = (
            Choice(
                T(zh="同一个号是一单：{n:,} 单", en="one number is one order: {n:,} orders").format(
                    n=of_numbers
                ),
                {"columns": {"order_id": column.name}, "rows": "lines"},
            ),
            Choice(
                T(zh="一位客户一天是一单：{n:,} 单", en="a customer's day is one order: {n:,} orders").format(
                    n=of_days
                ),
                {"rows": "days"},
            ),
        )
        return [Question("order_id", ask, choices, 1.0)] if of_days != of_numbers else []
    return []


def on_first_rows(found: Evidence, order: str | None) -> tuple[str, ...]:
    """Return the columns that stand on the first row of an order only: texts and dates that are blank together with its number."""
    if order is None:
        return ()
    blank = found.columns[order].codes < 0
    if not blank.any() or blank[0] or blank.mean() > 0.95:
        return ()
    with_more = found.frame.loc[blank].notna().any(axis=1)
    if with_more.mean() < 0.9:
        return ()
    same = [
        column.name
        for column in found.columns.values()
        if column.filled
        and ((column.codes >= 0) & blank).sum() == 0
        and (column.kind != "number" or column.name == order)
    ]
    numbers = [
        c.name
        for c in found.columns.values()
        if c.kind == "number" and c.name not in same and _is_id(c) and not ((c.codes >= 0) & blank).any()
    ]
    return tuple(same + numbers)


def _is_id(column: Column) -> bool:
    return bool({"customer_id", "customer_phone", "order_id"} & set(column.roles))


def filled_down(found: Evidence, fill: Sequence[str], order: str | None) -> Evidence:
    """Return the evidence with those columns filled down."""
    frame = found.frame.copy()
    key = order or fill[0]
    block = frame[key].notna().cumsum().to_numpy()
    columns = dict(found.columns)
    for name in fill:
        frame[name] = frame.groupby(block, sort=False)[name].transform("first")
        columns[name] = column_of(frame[name])
    return replace(found, frame=frame, columns=columns)


def days_as_orders(found: Evidence, layout: Layout, why: dict[str, T]) -> Layout:
    """Without an order number: one order a customer and day where a customer has several rows on one day."""
    columns = layout.columns
    if "order_id" in columns or not {"customer_id", "order_date"} <= set(columns):
        return layout
    who, day = found.columns[columns["customer_id"]].codes, day_codes(found.columns[columns["order_date"]])
    pairs = pd.DataFrame({"who": who, "day": day})[who >= 0]
    if not pairs.duplicated().any():
        return layout
    why["rows"] = T(
        zh="没找到单号；同一位客户同一天有几行，一天算一单",
        en="no order number was found, and customers have several rows on one day: a day is one order",
    )
    return replace(layout, rows="days")
