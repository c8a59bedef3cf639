"""Which column tells who bought; what is masked, damaged or nobody in particular is no customer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.evidence.contents import Column, damaged, fixes, guests, masked, without_zeros
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.evidence.systems import Match
from custseg_helpers.words.text import T, listed

CUSTOMER = ("customer_id", "customer_email", "customer_phone", "customer_name")


def choose_customer(
    found: Evidence, layout: Layout, hit: Match | None, why: dict[str, T]
) -> tuple[Layout, list[Question], list[T]]:
    """Choose who bought: an id before an e-mail before a phone before a name; what is masked or nobody's is not one."""
    columns, notes = dict(layout.columns), []
    taken = {name for key, name in columns.items() if key != "customer_id"}
    given = columns.pop("customer_id", None)
    candidates = [found.columns[given]] if given else []
    candidates += [c for c in found.of(*CUSTOMER) if c.name not in taken and c.name != given]
    rows = len(found.frame)
    order = found.columns[columns["order_id"]].codes if "order_id" in columns else np.arange(rows)
    usable = []
    for column in candidates:
        texts = column.texts()
        broken = damaged(column.values)
        hidden = masked(texts)
        if broken and len(broken) >= 0.2 * max(len(texts), 1):
            notes.append(
                T(
                    zh="“{c}”列的编号被 Excel 弄坏了（如 {x}），不能用来认客户",
                    en="The ids in “{c}” were damaged by a spreadsheet (such as {x}) and tell nobody apart",
                ).format(c=column.name, x=broken[0])
            )
            continue
        if hidden and len(hidden) >= 0.5 * len(texts):
            notes.append(
                T(
                    zh="“{c}”列打了码（如 {x}），几个人可能合成一个，不能用来认客户",
                    en="“{c}” is masked (such as {x}): several people may share one, so it tells nobody apart",
                ).format(c=column.name, x=hidden[0])
            )
            continue
        if (
            column.kind in ("blank", "date", "error")
            or (column.constant and rows > 5 and "customer_id" not in column.roles)
            or column.filled < 0.3 * rows
        ):
            continue
        if column.decimal == "." and column.kind == "number" and not given:
            continue
        if not given and _of_kinds(found, column):
            continue
        usable.append(column)
    if not usable:
        unknown = _customer_by_contents(found, taken, order)
        if len(unknown) == 1 and not candidates and not _could_be_product(found, unknown[0], taken):
            usable = unknown
            why["customer_id"] = T(
                zh="列名看不出来，按内容：会重复、每单只有一个；请核对",
                en="the name does not tell; by its contents it repeats and is one an order: please check",
            )
        else:
            unknown = unknown or _texts_of_orders(found, taken, order)
            return replace(layout, columns=columns), [_ask_customer(unknown, layout)], notes
    chosen = usable[0]
    nobody = tuple(guests(chosen.texts()) + masked(chosen.texts()) + damaged(chosen.values))
    better = [c for c in usable[1:] if c.filled >= max(0.95 * rows, chosen.filled) and not guests(c.texts())]
    if (not given and better and (nobody or chosen.filled < 0.9 * rows)) or (given and nobody and better):
        chosen, nobody = better[0], ()
    asked: list[Question] = []
    rivals = [
        c
        for c in usable
        if c is not chosen and c.roles[:1] == chosen.roles[:1] and c.roles[:1] == ("customer_id",)
    ]
    for rival in rivals if not given else ():
        if not (fixes(rival.codes, chosen.codes) and fixes(chosen.codes, rival.codes)):
            asked.append(_ask_customer([chosen, rival], layout))
            break
    if nobody:
        rows_of = int(np.isin(np.array([*chosen.texts(), ""], dtype=object)[chosen.codes], nobody).sum())
        notes.append(
            T(
                zh="“{c}”里的 {x} 不指某一位客户，{n} 行不计入客户",
                en="{x} in “{c}” is nobody in particular; {n} rows do not count for a customer",
            ).format(c=chosen.name, x=listed(list(nobody)[:5]), n=rows_of)
        )
    asked += [*_ask_large(found, chosen, order, nobody), *_ask_zeros(chosen)]
    columns["customer_id"] = chosen.name
    return replace(layout, columns=columns, nobody=nobody), asked, notes


def _customer_by_contents(found: Evidence, taken: set[str], order: np.ndarray) -> list[Column]:
    """Return columns without a known name that could be the customer: one an order, repeated over orders, ids or e-mails."""
    orders = len(np.unique(order))
    possible = [
        column
        for column in found.columns.values()
        if column.name not in taken
        and (not column.roles or column.kind == "email" or _no_money(column))
        and column.kind in ("text", "email", "phone", "number")
        and column.filled >= 0.9 * len(order)
        and (id_like(column) or column.kind in ("email", "phone"))
        and not (column.kind == "number" and (_short(column) or not _digits(column)))
        and 0.02 * orders < column.distinct < max(orders, 2)
        and (column.distinct >= FEWEST or (column.distinct > 1 and orders < FEW_ORDERS))
        and fixes(order, column.codes)
    ]
    return [column for column in possible if column.kind != "number"] or possible


def _texts_of_orders(found: Evidence, taken: set[str], order: np.ndarray) -> list[Column]:
    """Return texts without a known name that are one an order and come back in other orders: to be shown, never believed."""
    orders = len(np.unique(order))
    return [
        column
        for column in found.columns.values()
        if column.name not in taken
        and not column.roles
        and column.kind == "text"
        and column.filled >= 0.9 * len(order)
        and max(FEWEST, 0.05 * orders) <= column.distinct < 0.9 * orders
        and fixes(order, column.codes)
    ]


def _of_kinds(found: Evidence, column: Column) -> bool:
    """Tell whether a kind of documents has one value of a column each: then it is an account of the books, no customer."""
    kinds = [one for one in found.of("status", "direction") if one.name != column.name and one.distinct > 2]
    return len(column.codes) >= 10 and any(
        column.distinct <= one.distinct <= FEW_KINDS and fixes(one.codes, column.codes) for one in kinds
    )


def _could_be_product(found: Evidence, candidate: Column, taken: set[str]) -> bool:
    """Tell whether ids without a known name go one to one with a product, or with another text that nobody knows."""
    others = [
        column
        for column in found.columns.values()
        if column is not candidate
        and column.name not in taken
        and column.kind == "text"
        and 1 < column.distinct < column.filled
        and (not column.roles or column.roles[0] == "product_name")
    ]
    return any(
        fixes(candidate.codes, other.codes) and fixes(other.codes, candidate.codes) for other in others
    )


def _no_money(column: Column) -> bool:
    """Tell whether a column has a name of money, such as card, and holds texts."""
    return column.roles[:1] == ("part",) and column.kind == "text"


def _digits(column: Column) -> bool:
    """Tell whether numbers are written as ids are: digits alone, no currency, no groups."""
    return all(text.isdigit() for text in column.texts()[:500])


def _short(column: Column) -> bool:
    """Tell whether numbers are so short that they may be shares, counts or ages as well as ids."""
    return "%" in column.name or max(len(text.lstrip("-")) for text in column.texts()) <= SHORT


FEW_KINDS = 12
"""Kinds of documents in a ledger."""
FEWEST, FEW_ORDERS = 3, 8
"""Two values over so many orders are kinds of things, not customers."""
SHORT = 3
"""Numbers of so many digits are no customers unless their column says so."""


def _ask_customer(columns: Sequence[Column], layout: Layout) -> Question:
    choices = [
        Choice(
            T(zh="“{c}”：{k:,} 位", en="“{c}”: {k:,} people").format(c=c.name, k=c.distinct),
            {"columns": {"customer_id": c.name}},
        )
        for c in columns[:4]
    ]
    return Question(
        "customer_id",
        T(
            zh="靠哪一列认出同一位客户？没有一列看得出来（打了码、空着，或不止一列）。没有会员号、邮箱、手机号或客户名称，就只能 custseg audit，或按商品、日期汇总销售。",
            en="Which column tells one customer from another? None does so plainly (masked, empty, or several could). Without member numbers, e-mails, phones or names only custseg audit and sales by product and day are left.",
        ),
        tuple(choices),
        float("inf"),
    )


def _ask_zeros(chosen: Column) -> list[Question]:
    """Ask whether 00123 and 123, both in one column, are the same customer: a spreadsheet cuts zeros off."""
    texts = set(chosen.texts())
    cut = sorted(text for text in texts if text != without_zeros(text) and without_zeros(text) in texts)
    if not cut:
        return []
    ask = T(
        zh="“{c}”里既有 {x} 又有 {y}（这样的共 {n:,} 对）。是同一位客户吗？（表格软件常把前面的零去掉）",
        en="“{c}” has both {x} and {y} ({n:,} such pairs). Are they one customer? (Spreadsheets cut zeros off.)",
    ).format(c=chosen.name, x=cut[0], y=without_zeros(cut[0]), n=len(cut))
    same = Choice(T(zh="是同一位", en="one customer"), {"zeros": True, "tidy": True})
    return [Question("zeros", ask, (same, Choice(T(zh="是两位", en="two customers"), {})), 1.0)]


def _ask_large(found: Evidence, chosen: Column, order: np.ndarray, nobody: Sequence[str]) -> list[Question]:
    """Ask about one id with more than 5 % of the orders and at least five times as many as the next one."""
    pairs = pd.DataFrame({"who": chosen.codes, "order": order})[chosen.codes >= 0].drop_duplicates()
    counts = pairs["who"].value_counts()
    texts = chosen.texts()
    counts = counts[[texts[place] not in nobody for place in counts.index]]
    if (
        len(counts) < 2
        or counts.iloc[0] <= 0.05 * counts.sum()
        or counts.iloc[0] < 5 * counts.iloc[1]
        or counts.iloc[0] < 5
    ):
        return []
    value = texts[counts.index[0]]
    ask = T(
        zh="“{c}”里的 {v} 有 {n:,} 单，占 {s:.0%}，第二名只有 {m:,} 单。这是一位客户，还是散客、门店自用之类？",
        en="{v} in “{c}” has {n:,} orders, {s:.0%} of all; the next one has {m:,}. Is it one customer, or guests, staff and the like?",
    ).format(
        c=chosen.name, v=value, n=int(counts.iloc[0]), s=counts.iloc[0] / counts.sum(), m=int(counts.iloc[1])
    )
    return [
        Question(
            "nobody",
            ask,
            (
                Choice(
                    T(zh="不是某一位客户，不计入", en="nobody in particular: leave it out"),
                    {"nobody": [value]},
                ),
                Choice(T(zh="就是一位客户", en="it is one customer"), {}),
            ),
            1.0,
        )
    ]


def id_like(column: Column) -> bool:
    """Tell whether every value is short, without spaces, and has a digit."""
    texts = [text for text in column.texts()[:500]]
    return bool(texts) and all(
        any(letter.isdigit() for letter in text) and len(text) <= 40 and " " not in text and "." not in text
        for text in texts
    )
