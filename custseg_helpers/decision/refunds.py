"""Which column is the money that went back, once a line or once an order, and whether the amount is net of it already."""

from dataclasses import replace

import numpy as np
import pandas as pd

from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.decision.readings import CENT, numbers_of, order_codes, reading_of
from custseg_helpers.evidence.contents import says_yes
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.evidence.systems import Match
from custseg_helpers.words.text import T


def refunds(
    found: Evidence, layout: Layout, hit: Match | None, why: dict[str, T]
) -> tuple[Layout, list[Question]]:
    """Find the column of refunds, once a line or once an order; one that the amount is net of already is not taken off twice."""
    columns = dict(layout.columns)
    order = order_codes(found, columns)
    unsaid = hit is None or not hit.sure or bool(hit.missing)
    if "refund" not in columns and "after_refunds" not in columns and unsaid:
        named = [c for c in numbers_of(found, "refund") if c.name not in columns.values()]
        named = [c for c in named if np.nansum(np.abs(c.numbers(layout.decimal))) > 0 and not says_yes(c)]
        after_refunds = [c for c in numbers_of(found, "after_refunds") if c.name not in columns.values()]
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
    sold = reading_of(found, columns["amount"], order, layout)[0].total
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
    for column in numbers_of(found, "paid", "total", "line_total", "part"):
        if column.name == layout.columns["amount"]:
            continue
        gross = column.numbers(layout.decimal)
        if np.mean(np.abs(gross[rows] - refund[rows] - amount[rows]) < CENT) >= 0.98:
            return True
    return False
