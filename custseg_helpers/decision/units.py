"""In which unit money stands, where its name does not say: whole numbers beside money with decimals may be cents."""

import numpy as np

from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.evidence.called import MONEY, unit
from custseg_helpers.evidence.contents import Column
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T, listed

WITHOUT_CENTS = {"CNY", "RMB", "JPY", "KRW", "IDR", "VND", "TWD", "CLP", "HUF", "INR"}
"""Currencies in which people pay whole amounts."""
LEAST = 5
"""Different amounts that have to be there before anything is said of them."""


def ask_cents(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask whether amounts are cents: whole numbers, while other money of the file has decimals or its currency has cents."""
    amount = found.columns.get(layout.columns.get("amount", ""))
    if amount is None or amount.worth != 1 or unit(amount.name).currency or not _whole(amount):
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


def one_currency(found: Evidence, layout: Layout) -> tuple[str | None, list[Question]]:
    """Return the currency that a column states, or the name of the amount; several cannot be added."""
    name = layout.columns.get("amount") or layout.columns.get("price", "")
    named = unit(name).currency
    if named and named in name.upper():  # converted: whatever the orders were paid in
        return named, []
    for column in found.of("currency"):
        texts = [text.upper() for text in column.texts()]
        if len(set(texts)) == 1 and 2 < len(texts[0]) < 4:
            return texts[0], []
        if 1 < len(set(texts)) <= 30:
            amount = layout.columns.get("amount")
            values = found.columns[amount].numbers(layout.decimal) if amount else np.zeros(len(found.frame))
            sums = [
                f"{text} {np.nansum(values[column.codes == place]):,.2f}" for place, text in enumerate(texts)
            ]
            ask = T(
                zh="“{c}”列有 {n} 种货币：{s}。不同的货币不能相加。请先按币种分成几个文件，或只保留一种：",
                en="Column “{c}” holds {n} currencies: {s}. Amounts in different currencies must not be added. Make one file per currency, or keep one of them:",
            ).format(c=column.name, n=len(set(texts)), s=listed(sums))
            keep = [
                Choice(
                    T(zh="只算 {v}", en="count {v} only").format(v=value),
                    {
                        "statuses": {
                            column.name: {"sale": [value], "aside": [v for v in column.texts() if v != value]}
                        }
                    },
                )
                for value in column.texts()[:4]
            ]
            if converted := _converted(found, layout, column):
                says = T(
                    zh="全部都算，用已经换算成一种货币的“{c}”：合计 {s:,.2f}",
                    en="count all by “{c}”, which is converted to one currency: {s:,.2f} in all",
                )
                total = float(np.nansum(converted.numbers(layout.decimal)))
                whole = says.format(c=converted.name, s=total)
                keep.insert(0, Choice(whole, {"columns": {"amount": converted.name}}, total))
            return None, [Question("currency", ask, tuple(keep), float("inf"))]
    return None, []


RATE = 0.2
"""So far a rate of exchange may go up and down within a file."""


def _converted(found: Evidence, layout: Layout, currency: Column) -> Column | None:
    """Return a column that holds the amount in one of the currencies: a rate for each, and 1 for its own."""
    amount = found.columns.get(layout.columns.get("amount", ""))
    if amount is None:
        return None
    paid = amount.numbers(layout.decimal)
    for column in found.columns.values():
        if column.kind != "number" or column.name in layout.columns.values():
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            share = column.numbers(layout.decimal) / paid
        own, other = 0, 0
        for place in range(currency.distinct):
            rates = share[(currency.codes == place) & np.isfinite(share) & (share != 0)]
            usual = float(np.median(rates)) if len(rates) else 0.0
            if usual <= 0 or np.mean(np.abs(rates / usual - 1) <= RATE) < 0.98:
                break
            same = bool(np.mean(np.abs(rates - 1) < 1e-6) >= 0.98)
            own, other = own + same, other + (not same)
        else:
            if own == 1 and other:
                return column
    return None


def ask_decimal(found: Evidence, layout: Layout) -> list[Question]:
    """Ask where 1.250 could be one and a quarter or 1,250, in a column that is used."""
    used = [layout.columns.get(key) for key in ("amount", "price", "refund", "after_refunds")]
    open_ = [name for name in found.unsure_decimal if name in used]
    if not open_:
        return []
    column = found.columns[open_[0]]
    example = next((text for text in column.texts() if text[-4:-3] in (".", ",")), column.texts()[0])
    sums = {mark: float(np.nansum(column.numbers(mark))) for mark in (",", ".")}
    ask = T(
        zh="“{c}”列的 {x} 怎么读？",
        en="How is {x} in column “{c}” to be read?",
    ).format(c=column.name, x=example)
    return [
        Question(
            "decimal",
            ask,
            (
                Choice(
                    T(zh="点是千位：合计 {s:,.2f}", en="the point marks thousands: {s:,.2f} in all").format(
                        s=sums[","]
                    ),
                    {"decimal": ",", "tidy": True},
                    sums[","],
                ),
                Choice(
                    T(zh="点是小数：合计 {s:,.2f}", en="the point marks decimals: {s:,.2f} in all").format(
                        s=sums["."]
                    ),
                    {"decimal": ".", "tidy": True},
                    sums["."],
                ),
            ),
            float("inf"),
        )
    ]
