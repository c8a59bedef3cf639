"""Sums that contradict each other, and columns that one name hides: asked, not believed."""

import numpy as np
import pandas as pd

from custseg_helpers.decision.customers import CUSTOMER, id_like
from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.decision.statuses import FEW
from custseg_helpers.evidence.called import bucket, roles
from custseg_helpers.evidence.contents import column_of, unmarked_column
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T, listed


def _signed_only(found: Evidence, layout: Layout) -> bool:
    """Tell whether what went back stands as negative amounts in a column called so, and nothing else says it."""
    amount = found.columns.get(layout.columns.get("amount", ""))
    said = layout.statuses or {"refund", "after_refunds", "parent_order"} & set(layout.columns)
    return amount is not None and bool(amount.roles) and not said


def checks(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask where the sums contradict each other: more went back than was sold."""
    totals = made.totals
    if totals["gross"] > 0 and totals["net"] < -0.005 and not _signed_only(found, layout):
        ask = T(
            zh="退的比卖的多：卖 {g:,.2f}，净额 {n:,.2f}。多半是退款列或状态读错了，或者文件缺了以前的销售。",
            en="More went back than was sold: {g:,.2f} sold, {n:,.2f} net. Refunds or statuses are probably misread, or earlier sales are missing from the file.",
        ).format(g=totals["gross"], n=totals["net"])
        return [
            Question(
                "sums",
                ask,
                (
                    Choice(
                        T(zh="文件缺了以前的销售，就这样算", en="earlier sales are missing; count it so"), {}
                    ),
                ),
                abs(totals["net"]),
            )
        ]
    asked = []
    so = (Choice(T(zh="知道，就这样算", en="known; count it so"), {}),)
    date = found.columns.get(layout.columns.get("order_date", ""))
    unpaid = date is not None and "paid_date" in date.roles
    if totals["homeless"] > 0.01 * max(totals["gross"], 1) and not unpaid:
        ask = T(
            zh="有金额 {m:,.2f} 的行没有日期，不会计入。多半只有每单第一行写了日期：请在 fill 里写出这样的列，并补上单号列。",
            en="Rows with {m:,.2f} have no date and would not count. Probably only the first row of an order has one: list such columns as fill, and map the order number.",
        ).format(m=totals["homeless"])
        asked.append(Question("sums", ask, so, totals["homeless"]))
    if totals["stray"] > 0.01 * max(totals["gross"], 1):
        ask = T(
            zh="有一位“客户”只退不买，退了 {m:,.2f}。多半是店铺自己的账号，退款应算在原来的买家头上，或是提现。",
            en="One “customer” never buys and has {m:,.2f} going back. It is probably the shop's own account: refunds belong to their buyers, and withdrawals are no sales.",
        ).format(m=totals["stray"])
        asked.append(Question("sums", ask, so, totals["stray"]))
    return asked


def ask_doubled(frame: pd.DataFrame, found: Evidence) -> list[Question]:
    """Say of columns with one name that they cannot be told apart, where one of them may be needed."""
    needed = {
        "order_id",
        "order_date",
        "paid",
        "total",
        "line_total",
        "status",
        "refund",
        "quantity",
        "unit_price",
        *CUSTOMER,
    }
    names = [name for name in found.doubled if needed & set(roles(name)[:1]) or _may_matter(frame, name)]
    if not names:
        return []
    ask = T(
        zh="有几列同名：{c}，分不清哪一列是要的。请在文件里改掉一个列名，再来一次 init。",
        en="Several columns have one name: {c}. Which is which cannot be told: rename one in the file and run init again.",
    ).format(c=listed(names))
    return [Question("doubled", ask, (), float("inf"))]


def _may_matter(frame: pd.DataFrame, name: str) -> bool:
    """Tell whether one of the columns of a name holds what moves money, whatever it is called: decimals, statuses, numbers of orders."""
    places = [place for place, one in enumerate(frame.columns) if str(one) == name]
    columns = [column_of(unmarked_column(frame.iloc[:, place]), name) for place in places]
    return any(
        (column.decimal and np.nansum(np.abs(column.numbers())) > 0)
        or (column.distinct <= FEW and any(bucket(text) for text in column.texts()))
        or (column.filled > 1 and column.distinct > 0.5 * column.filled and id_like(column))
        for column in columns
    )
