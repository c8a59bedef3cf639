"""Doubts about a reading that its own columns raise: parts outside the amount, blank days of payment, repeated totals.

Each is a question, because it moves money; a system that is known for certain has answered them all.
"""

import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd

from custseg_helpers.decision.codes import ask_codes
from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.decision.readings import CENT, by_order, grain, order_codes, parts_of_total, reconciles
from custseg_helpers.decision.unknown_money import unknown_money
from custseg_helpers.evidence.contents import Column, says_yes
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted, buckets, by_values, counted_lines
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T, listed

AS_IT_STANDS = T(zh="就按现在这样算", en="count it as it stands")
PARTS = {
    "shipping": T(zh="运费", en="shipping"),
    "discount": T(zh="优惠", en="discounts"),
    "tax": T(zh="税", en="tax"),
}


SAYS = {
    "shipping": T(zh="再加上运费", en="shipping has to be added"),
    "discount": T(zh="再减去优惠", en="discounts have to be taken off"),
    "tax": T(zh="再加上税", en="tax has to be added"),
}


def doubts(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Return what the columns beside the amount leave open."""
    return [
        *_outside(found, layout, made),
        *_not_paid(found, layout, made),
        *_repeated(found, layout),
        *_orders_lost(found, layout),
        *_never_said(found, layout, made),
        *_paid_and_closed(found, layout, made),
        *_flagged(found, layout, made),
        *ask_codes(found, layout, made),
        *_with_reason(found, layout, made),
        *_pieces_back(found, layout, made),
        *_share_off(found, layout, made),
        *_after_fees(found, layout),
    ]


def _outside(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where shipping, discounts or taxes stand beside an amount that no other column explains.

    An amount called paid is after them; one that is another column plus or minus such parts holds them already. A
    total of a line, or price × quantity, holds none of them; any other amount is asked from two kinds of parts on.
    """
    columns = layout.columns
    amount = found.columns[columns["amount"]] if "amount" in columns else None
    if amount is None and not {"quantity", "price"} <= set(columns):
        return []
    if amount is not None and "paid" in amount.roles[:1]:
        return []
    order = order_codes(found, columns)
    parts = {
        kind: [by_order(found, column, order, layout) for column in some]
        for kind in PARTS
        if (some := _parts(found, layout, kind))
    }
    of_line = amount is None or "line_total" in amount.roles[:1]
    few = not parts or (len(parts) < 2 and (not of_line or "tax" in parts))
    if few and (amount is None or not _nets(found, amount)):
        return []
    paid = by_order(found, amount, order, layout) if amount is not None else None
    above = amount is not None and paid is not None and _net_above(found, amount, paid, order, layout)
    if few and not above:
        return []
    if (
        amount is not None
        and paid is not None
        and not above
        and _explained(found, amount, paid, parts, order, layout)
    ):
        return []
    moved = float(sum(np.abs(money).sum() for some in parts.values() for money in some))
    name = amount.name if amount is not None else f"{columns.get('price')} × {columns.get('quantity')}"
    ask = T(
        zh="“{a}”旁边还有{p}（合计 {m:,.2f}），没有一列是加减过它们的实付金额。客户真正付的是多少？",
        en="Beside “{a}” stand {p} ({m:,.2f}), and no column holds what was paid with them. What did customers really pay?",
    ).format(a=name, p=listed([PARTS[kind] for kind in parts or PARTS]), m=moved)
    return [Question("parts", ask, (*_with_parts(found, layout, made, list(parts)),), moved or 1.0)]


def _with_parts(found: Evidence, layout: Layout, made: Counted, kinds: list[str]) -> list[Choice]:
    """Return the amount as it stands, and with each set of parts added or taken off, each with the sum that it gives."""
    order = order_codes(found, layout.columns)
    whose = {
        kind: {
            column.name: grain(found, column, column.numbers(layout.decimal), order)
            for column in _parts(found, layout, kind)
        }
        for kind in kinds
    }
    choices = {made.totals["net"]: Choice(AS_IT_STANDS + _net(made.totals["net"]), {}, made.totals["net"])}
    for count in range(1, len(kinds) + 1):
        for some in combinations(kinds, count):
            plus = {name: per for kind in some if kind != "discount" for name, per in whose[kind].items()}
            minus = whose["discount"] if "discount" in some else {}
            other = replace(layout, plus=plus, minus=minus)
            net = counted_lines(found.frame, other, found.no_aside, found.columns).totals["net"]
            says = T(zh="；", en="; ").join([SAYS[kind] for kind in some]) + _net(net)
            sets = {key: told for key, told in (("plus", plus), ("minus", minus)) if told}
            choices.setdefault(net, Choice(says, sets, net))
    return list(choices.values())


def _net(net: float) -> T:
    return T(zh="：净额 {n:,.2f}", en=": {n:,.2f} net").format(n=net)


def _parts(found: Evidence, layout: Layout, kind: str) -> list[Column]:
    """Return the columns of one kind of parts that hold money."""
    return [
        column
        for column in found.of(kind)
        if column.kind == "number"
        and _is_money(column, layout)
        and column.name not in layout.columns.values()
        and np.nansum(np.abs(column.numbers(layout.decimal))) > 0
    ]


def _explained(
    found: Evidence,
    amount: Column,
    paid: np.ndarray,
    parts: dict[str, list[np.ndarray]],
    order: np.ndarray,
    layout: Layout,
) -> bool:
    """Tell whether the amount is another column plus or minus the parts; a total of lines must hold the shipping, too."""
    others = [
        by_order(found, column, order, layout)
        for column in found.of("paid", "total", "line_total", "part")
        if column.kind == "number" and column.name != amount.name
    ]
    if len(parts) > 1 and len(paid) > 2:
        others += [
            by_order(found, column, order, layout) for column in unknown_money(found, order, layout.columns)
        ]
    others = [other for other in others if np.abs(paid - other).sum() > 0]
    every = [money for some in parts.values() for money in some] + parts_of_total(found, order, layout)
    without = [money for kind, some in parts.items() for money in some if kind != "shipping"]
    strict = "line_total" in amount.roles[:1] and "shipping" in parts
    return any(
        reconciles(paid, other, every) and not (strict and reconciles(paid, other, without))
        for other in others
    )


def _nets(found: Evidence, amount: Column) -> list[Column]:
    """Return the columns of what is left after fees, where the amount is called a total."""
    if "total" not in amount.roles[:1]:
        return []
    return [column for column in found.of("part") if column.kind == "number" and _NET.search(column.name)]


def _net_above(found: Evidence, amount: Column, paid: np.ndarray, order: np.ndarray, layout: Layout) -> bool:
    """Tell whether what is left after fees is more than the amount of some orders: then the amount lacks something."""
    for column in _nets(found, amount):
        net = by_order(found, column, order, layout)
        both = (np.abs(net) > 0) & (paid > 0)
        close = both & (net > 0.7 * paid) & (net < 1.3 * paid)
        if close.sum() >= 0.9 * max(both.sum(), 1) and (net[close] > paid[close] + 0.006).any():
            return True
    return False


_NET = re.compile(r"\bnet\b|净|結算|结算|netto", re.IGNORECASE)


def _is_money(column: Column, layout: Layout) -> bool:
    """Tell whether a discount or tax is an amount, not a share."""
    values = column.numbers(layout.decimal)
    known = np.abs(values[~np.isnan(values)])
    return bool(len(known)) and bool((known > 1).any())


def _not_paid(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask about money on rows without a day of payment, where most rows have one and no status says what they are."""
    named = [found.columns[name] for name in layout.statuses if name in found.columns]
    if layout.paid_when or any("status" in column.roles[:1] for column in named):
        return []
    sold = made.sold.reindex(found.frame.index, fill_value=0.0).to_numpy()
    for column in found.columns.values():
        if "paid_date" not in column.roles or column.kind != "date" or column.name in layout.columns.values():
            continue
        blank = (column.codes < 0) & (sold > 0)
        if not blank.any() or column.filled < 0.5 * len(found.frame):
            continue
        money = float(sold[blank].sum())
        ask = T(
            zh="有 {n:,} 行没有“{c}”，金额 {m:,.2f}。这些没付款吗？",
            en="{n:,} rows with {m:,.2f} have no “{c}”. Were they never paid?",
        ).format(c=column.name, n=int(blank.sum()), m=money)
        choices = (
            Choice(T(zh="没付款，不算", en="never paid: leave them out"), {"paid_when": [column.name]}),
            Choice(T(zh="付了，照样算", en="paid: count them"), {}),
        )
        return [Question("paid_when", ask, choices, money)]
    return []


def _repeated(found: Evidence, layout: Layout) -> list[Question]:
    """Ask where, without an order number, one customer's rows of one moment all have the same amount: an order's total, perhaps."""
    columns = layout.columns
    if not {"amount", "customer_id", "order_date"} <= set(columns) or layout.amount_per == "order":
        return []
    number = found.columns[columns["order_id"]] if "order_id" in columns else None
    if number is not None and number.distinct < number.filled:
        return []
    who, when = found.columns[columns["customer_id"]], found.columns[columns["order_date"]]
    amount = found.columns[columns["amount"]].numbers(layout.decimal)
    rows = pd.DataFrame({"who": who.codes, "when": when.codes, "amount": np.round(amount, 2)})
    rows = rows[(who.codes >= 0) & (when.codes >= 0) & ~np.isnan(amount)]
    groups = rows.groupby(["who", "when"])["amount"].agg(["size", "nunique", "first"])
    several = groups[groups["size"] > 1]
    whole = found.columns[columns["amount"]].roles[:1] in (("total",), ("paid",))
    if not len(several) or (several["nunique"] > 1).any():
        return []
    if not whole and (len(several) < 2 or several["first"].nunique() < 2):
        return []
    if not _another_varies(found, rows, {*columns.values()} - {columns.get("order_id")}):
        return []
    once = float(groups["first"].sum())
    each = float(rows["amount"].sum())
    numbered = T(zh="“{c}”每行一个号", en="“{c}” is another one on each row")
    without = T(zh="没有单号", en="There is no order number")
    ask = T(
        zh="{n}；同一位客户同一时间的几行，“{a}”都一样。它是整单的金额吗？",
        en="{n}, and one customer's rows of one moment all have the same “{a}”. Is it the whole order's?",
    ).format(n=numbered.format(c=number.name) if number else without, a=columns["amount"])
    sets = {"columns": {"order_id": ""}, "rows": "days", "amount_per": "order"}
    choices = (
        Choice(
            T(zh="整单的，只算一次：{s:,.2f}", en="the order's, once: {s:,.2f}").format(s=once), sets, once
        ),
        Choice(T(zh="每行各自的：{s:,.2f}", en="each line's own: {s:,.2f}").format(s=each), {}, each),
    )
    return [Question("amount", ask, choices, each - once)]


def _another_varies(found: Evidence, rows: pd.DataFrame, used: set[str]) -> bool:
    """Tell whether another column tells the rows of a group apart, as products do."""
    keys = [rows["who"], rows["when"]]
    for column in found.columns.values():
        if column.name in used or column.distinct < 2:
            continue
        codes = pd.Series(column.codes[rows.index.to_numpy()], index=rows.index)
        if (codes.groupby(keys).nunique() > 1).any():
            return True
    return False


def _orders_lost(found: Evidence, layout: Layout) -> list[Question]:
    """Ask where fields stand on first rows only and no order number says which rows belong together."""
    columns = layout.columns
    if "order_id" in columns or "order_date" not in columns:
        return []
    blank = found.columns[columns["order_date"]].codes < 0
    fields = [
        name
        for name, column in found.columns.items()
        if np.array_equal(column.codes < 0, blank) and column.kind != "blank"
    ]
    if not layout.fill and (blank.mean() < 0.1 or len(fields) < 2):
        return []
    ask = T(
        zh="{c} 只写在第一行，却没有单号，说不准哪几行是一单。最好连单号一起导出。",
        en="{c} stand on first rows only, and no order number says which rows are one order. Better export the order number as well.",
    ).format(c=listed(list(layout.fill or fields)[:4]))
    return [Question("order_id", ask, (Choice(AS_IT_STANDS, {}),), float("inf"))]


WIDE = 14
"""A table of so many columns was exported by a program, not written by hand."""
_PAYMENT = re.compile("付款|支付|payment|paid|zahlung|paiement|pago|pagamento|決済|支払|결제", re.IGNORECASE)


_OPEN = re.compile(
    r"商机|商機|报价|報價|预计|預計|見積|往来单位|往來單位|\bdeal|opportunit|quot|angebot|devis",
    re.IGNORECASE,
)
"""Deals and quotations, which may come to nothing; parties of a ledger, who may be suppliers."""
_DOCUMENT = re.compile(r"\bdoc(ument)?\b|(verkaufs|vertriebs)beleg", re.IGNORECASE)
"""Documents, which may be orders, quotations, returns."""


def _never_said(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where a program's export speaks of payments and no column says which orders were paid, cancelled or returned."""
    columns = layout.columns
    if layout.statuses or layout.paid_when or "refund" in columns:
        return []
    open_ = any(_OPEN.search(columns.get(key, "")) for key in ("amount", "customer_id", "order_date"))
    open_ |= bool(_DOCUMENT.search(columns.get("order_id", "")))
    wide = len(found.columns) >= WIDE and any(_PAYMENT.search(name) for name in found.columns)
    if not (wide or open_) and "after_refunds" not in columns:
        return []
    if made.totals["net"] < made.totals["gross"] - 0.005 and "after_refunds" not in columns:
        return []
    ask = T(
        zh="没有一列说明哪些订单没付款、取消了或退了。{n:,} 行合计 {m:,.2f}，都是卖成了的吗？",
        en="No column says which orders were never paid, cancelled or returned. Are all {n:,} rows with {m:,.2f} sales?",
    ).format(n=len(found.frame), m=made.totals["net"])
    choice = Choice(T(zh="都是卖成了的", en="all are sales"), {}, made.totals["net"])
    return [Question("cancelled", ask, (choice,), made.totals["net"])]


def _paid_and_closed(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where orders were paid and then closed, so that money went back, and no column says what went back of others."""
    lists = layout.statuses.values()
    told = {"refund", "after_refunds", "parent_order"} & set(layout.columns)
    if told or any({"back", "partial", "credit", "out"} & set(one) for one in lists):
        return []
    closed = np.zeros(len(found.frame), dtype=bool)
    for name, meanings in layout.statuses.items():
        column = found.columns[name]
        closed |= np.isin(
            np.array([*column.texts(), ""], dtype=object)[column.codes], meanings.get("never", ())
        )
    for column in found.columns.values():
        both = closed & (column.codes >= 0)
        if "paid_date" not in column.roles or column.kind != "date" or not both.any():
            continue
        ask = T(
            zh="有 {n:,} 行付过款又关闭了，钱退了；别的订单有没有部分退款，没有一列说明。就这样算吗？",
            en="{n:,} rows were paid and then closed, so money went back; no column says what other orders got back in part. Count it so?",
        ).format(n=int(both.sum()))
        return [Question("refund", ask, (Choice(AS_IT_STANDS, {}, made.totals["net"]),), made.totals["net"])]
    return []


_UNDONE = re.compile(
    r"cancel|\bvoid|refund|\breturned|取消|作废|退款|退货|storn|annul|キャンセル|返品|취소|환불|devol|reembols|rembours|erstatt",
    re.IGNORECASE,
)


_PIECES = re.compile(
    r"quantity|qty|count|pieces|数量|件数|個数|수량|menge|anzahl|cantidad|quantidade|quantité", re.IGNORECASE
)


def _flagged(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask about rows that a column of yes and no marks as cancelled or refunded, and that count all the same."""
    sold = made.sold.reindex(found.frame.index, fill_value=0.0).to_numpy()
    for column in found.columns.values():
        named = _UNDONE.search(column.name) and not _PIECES.search(column.name)
        yes = says_yes(column) if named else []
        if not yes or column.name in layout.statuses or column.name in layout.columns.values():
            continue
        marked = np.isin(np.array([*column.texts(), ""], dtype=object)[column.codes], yes)
        money = float(sold[marked].sum())
        if money <= 0:
            continue
        ask = T(
            zh="“{c}”在 {n:,} 行上是 {y}，这些行金额 {m:,.2f}。它们算哪一种？",
            en="“{c}” is {y} on {n:,} rows with {m:,.2f}. What are they?",
        ).format(c=column.name, y=listed(yes), n=int(marked.sum()), m=money)
        rest = [text for text in column.texts() if text not in yes]
        choices = (
            Choice(T(zh="没成交，不算", en="never happened"), _of_flag(column, "never", yes, rest)),
            Choice(T(zh="卖了又退", en="sold and returned"), _of_flag(column, "back", yes, rest)),
            Choice(T(zh="卖成了", en="sales"), {}),
        )
        return [Question("statuses", ask, choices, money)]
    return []


def _of_flag(column: Column, meaning: str, yes: list[str], no: list[str]) -> dict[str, object]:
    lists = {meaning: yes} | ({"sale": no} if no else {})
    return {"statuses": {column.name: lists}}


def _told_back(found: Evidence, layout: Layout) -> np.ndarray:
    """Tell of each row whether a status or a refund says already that it came back."""
    bucket, _ = buckets(layout, len(found.frame), by_values(found.frame, layout, found.columns))
    said = np.asarray(bucket.isin(["back", "partial", "credit", "out"]))
    for key in ("refund", "after_refunds"):
        if key in layout.columns:
            money = found.columns[layout.columns[key]].numbers(layout.decimal)
            said |= np.abs(np.nan_to_num(money)) > 0
    return said


def _with_reason(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask about rows that have a reason or a day of being cancelled or sent back, and that count all the same."""
    sold = made.sold.reindex(found.frame.index, fill_value=0.0).to_numpy()
    for column in found.columns.values():
        if not _UNDONE.search(column.name) or column.name in {*layout.statuses, *layout.columns.values()}:
            continue
        if column.kind not in ("text", "date") or says_yes(column) or _POLICY.search(column.name):
            continue
        if not 0 < column.filled <= 0.5 * len(found.frame):
            continue
        marked = (column.codes >= 0) & (sold > 0) & ~_told_back(found, layout)
        money = float(sold[marked].sum())
        if money <= 0:
            continue
        ask = T(
            zh="“{c}”在 {n:,} 行上写了字（如 {x}），这些行金额 {m:,.2f}，照样算进去了。它们算哪一种？",
            en="“{c}” is filled on {n:,} rows ({x}, for example) with {m:,.2f}, and they count. What are they?",
        ).format(c=column.name, n=int(marked.sum()), x=column.texts()[0], m=money)
        words = column.texts()
        choices = tuple(
            Choice(says, {"statuses": {column.name: {meaning: words}}} if meaning else {})
            for meaning, says in (
                ("never", T(zh="没成交，不算", en="never happened")),
                ("back", T(zh="卖了又退", en="sold and returned")),
                ("", T(zh="卖成了", en="sales")),
            )
        )
        return [Question("flag", ask, choices, money)]
    return []


_POLICY = re.compile(r"polic|规则|政策|条款|allowed|允许|until|deadline|截止", re.IGNORECASE)


def _pieces_back(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where pieces came back by a column of quantities, and nothing says what money went back for them."""
    sold = made.sold.reindex(found.frame.index, fill_value=0.0).to_numpy()
    for column in found.columns.values():
        named = _UNDONE.search(column.name) and _PIECES.search(column.name)
        if not named or column.kind != "number" or column.name in layout.columns.values():
            continue
        pieces = np.nan_to_num(column.numbers(layout.decimal))
        marked = (pieces != 0) & (sold > 0) & ~_told_back(found, layout)
        money = float(sold[marked].sum())
        if money <= 0:
            continue
        ask = T(
            zh="“{c}”在 {n:,} 行上有数（这些行金额 {m:,.2f}），却没有一列写退了多少钱。要减掉退款，请连退款金额一起导出。",
            en="“{c}” is filled on {n:,} rows with {m:,.2f}, and no column says what money went back. To take it off, export the amount refunded as well.",
        ).format(c=column.name, n=int(marked.sum()), m=money)
        return [Question("refund", ask, (Choice(AS_IT_STANDS, {}, made.totals["net"]),), money)]
    return []


def _share_off(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where the amount is price × quantity and a discount in per cent stands beside it."""
    if "amount" in layout.columns or not {"price", "quantity"} <= set(layout.columns):
        return []
    for column in found.of("discount", "rate"):
        if column.kind != "number" or (_is_money(column, layout) and not _in_per_cent(column)):
            continue
        share = np.abs(np.nan_to_num(column.numbers(layout.decimal)))
        if not share.any():
            continue
        ask = T(
            zh="“{c}”在 {n:,} 行上有折扣，金额却是“{p}”×“{q}”，没减过折扣。“{p}”是折后价吗？",
            en="“{c}” has a discount on {n:,} rows, and the amount is “{p}” × “{q}” without it. Is “{p}” the price after discount?",
        ).format(
            c=column.name, n=int((share > 0).sum()), p=layout.columns["price"], q=layout.columns["quantity"]
        )
        choices = [
            Choice(T(zh="是折后价，就这样算", en="it is: count it as it stands"), {}, made.totals["net"])
        ]
        if np.median(share[share > 0]) <= (
            50 if share.max() > 1 else 0.5
        ):  # 0.9 and 9 may say what is left to pay
            minus = {column.name: "share"}
            net = counted_lines(found.frame, replace(layout, minus=minus), found.no_aside).totals["net"]
            says = T(zh="不是，再减去折扣", en="it is not: take the discount off") + _net(net)
            choices.append(Choice(says, {"minus": minus}, net))
        return [Question("parts", ask, tuple(choices), made.totals["net"])]
    return []


def _in_per_cent(column: Column) -> bool:
    """Tell whether a discount is told in per cent: by its name, and no more than 100."""
    values = column.numbers()
    return "%" in column.name and bool(np.nanmax(np.abs(values), initial=0.0) <= 100)


_FEE = re.compile(
    r"\bfees?\b|commission|手续费|佣金|服务费|手数料|gebühr|frais|comisi|comiss|수수료", re.IGNORECASE
)


def _after_fees(found: Evidence, layout: Layout) -> list[Question]:
    """Ask where the amount is another column less fees: what the shop kept, not what the customer paid."""
    amount = found.columns.get(layout.columns.get("amount", ""))
    if amount is None or layout.amount_per == "order":
        return []
    kept = amount.numbers(layout.decimal)
    for fee in found.columns.values():
        if fee.kind != "number" or not _FEE.search(fee.name) or fee.name == amount.name:
            continue
        taken = np.abs(np.nan_to_num(fee.numbers(layout.decimal)))
        if not taken.sum() > 0:
            continue
        for other in found.columns.values():
            if other.kind != "number" or other.name in (fee.name, amount.name):
                continue
            paid = other.numbers(layout.decimal)
            if np.mean(np.abs(paid - taken - kept) < CENT) >= 0.98:
                ask = T(
                    zh="“{a}”是“{b}”减去“{f}”：店铺到手的钱，不是客户付的。按哪一列算？",
                    en="“{a}” is “{b}” less “{f}”: what the shop kept, not what the customer paid. Which one counts?",
                ).format(a=amount.name, b=other.name, f=fee.name)
                says = T(zh="“{c}”：合计 {s:,.2f}", en="“{c}”: {s:,.2f} in all")
                sums = {one.name: float(np.nansum(one.numbers(layout.decimal))) for one in (other, amount)}
                choices = tuple(
                    Choice(says.format(c=name, s=total), {"columns": {"amount": name}}, total)
                    for name, total in sums.items()
                )
                return [Question("amount", ask, choices, float(taken.sum()))]
    return []
