"""In which unit money stands, where its name does not say: whole numbers beside money with decimals may be cents."""

import numpy as np

from custseg_helpers.evidence.called import MONEY
from custseg_helpers.evidence.contents import Column
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted
from custseg_helpers.evidence.questions import Choice, Question
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T

WITHOUT_CENTS = {"CNY", "RMB", "JPY", "KRW", "IDR", "VND", "TWD", "CLP", "HUF", "INR"}
"""Currencies in which people pay whole amounts."""
LEAST = 5
"""Different amounts that have to be there before anything is said of them."""


def ask_cents(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask whether amounts are cents: whole numbers, while other money of the file has decimals or its currency has cents."""
    amount = found.columns.get(layout.columns.get("amount", ""))
    if amount is None or amount.worth != 1 or not _whole(amount):
        return []
    beside = next((column for column in _money_beside(found, layout) if _with_decimals(column)), None)
    if beside is None and not (_has_cents(found) and _uneven(amount)):
        return []
    why = (
        T(zh="，而“{b}”有小数", en=", while “{b}” has decimals").format(b=beside.name)
        if beside
        else T(zh="", en="")
    )
    ask = T(
        zh="“{a}”全是整数（如 {x}）{w}。它是以分为单位吗？",
        en="“{a}” holds whole numbers only ({x}, for example){w}. Are they cents?",
    ).format(a=amount.name, x=amount.texts()[0], w=why)
    net = made.totals["net"]
    choices = (
        Choice(
            T(zh="是分：净额 {n:,.2f}", en="cents: {n:,.2f} net").format(n=net / 100),
            {"worth": {amount.name: 0.01}},
            net / 100,
        ),
        Choice(T(zh="不是：净额 {n:,.2f}", en="no: {n:,.2f} net").format(n=net), {}, net),
    )
    return [Question("worth", ask, choices, abs(net))]


def _values(column: Column) -> np.ndarray:
    values = np.unique(column.numbers())
    return values[~np.isnan(values) & (values != 0)]


def _whole(column: Column) -> bool:
    values = np.abs(_values(column))
    return len(values) >= LEAST and bool((values == np.round(values)).all() and np.median(values) >= 100)


def _with_decimals(column: Column) -> bool:
    """Tell whether money is written with cents that differ: 4.99, 12.50."""
    values = _values(column)
    return (
        len(values) > 0
        and values.max() >= 1
        and float((np.abs(values - np.round(values)) > 0.001).mean()) >= 0.3
    )


def _money_beside(found: Evidence, layout: Layout) -> list[Column]:
    used = set(layout.columns.values()) - {layout.columns.get("price")}
    return [
        column
        for column in found.columns.values()
        if column.kind == "number" and MONEY & set(column.roles[:1]) and column.name not in used
    ]


def _has_cents(found: Evidence) -> bool:
    written = {text.upper() for column in found.of("currency") for text in column.texts()}
    return bool(written) and not written & WITHOUT_CENTS


def _uneven(column: Column) -> bool:
    """Tell whether amounts end in all figures, as cents do; whole amounts of thousands end in zeros."""
    return float((_values(column) % 10 != 0).mean()) >= 0.3
