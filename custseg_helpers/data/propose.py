"""Proposing a mapping: which column is probably what, why, and how sure, from names and contents alone."""

import re
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from custseg_helpers.data.clean import ids
from custseg_helpers.data.dates import dates
from custseg_helpers.data.mapping import field_kinds
from custseg_helpers.data.numbers import numbers
from custseg_helpers.data.sheet import Sheet
from custseg_helpers.text import T

NAMES: dict[str, tuple[str, ...]] = {
    "order_id": ("订单编号", "订单号", "订单id", "单号", "单据号", "单据编号", "交易号", "小票号", "流水号", "order id", "order no", "order number", "invoice no", "invoiceno", "invoice", "bill no", "transaction id"),
    "customer_id": ("客户编号", "客户号", "客户id", "客户代码", "会员号", "会员编号", "会员id", "会员卡号", "买家id", "用户id", "客户名称", "会员名称", "买家昵称", "customer id", "customerid", "member id", "client id", "user id", "customer no", "customer", "customer name"),
    "order_date": ("下单日期", "订单日期", "下单时间", "成交时间", "成交日期", "交易日期", "交易时间", "付款时间", "销售日期", "日期", "order date", "invoice date", "invoicedate", "purchase date", "transaction date", "date"),
    "amount": ("实付金额", "成交金额", "销售金额", "销售额", "付款金额", "实收金额", "订单金额", "消费金额", "金额", "amount", "sales", "revenue", "net amount", "total", "paid"),
    "quantity": ("数量", "销量", "件数", "购买数量", "销售数量", "quantity", "qty", "units"),
    "price": ("单价", "成交单价", "售价", "price", "unit price", "unitprice"),
    "product_id": ("商品编号", "商品id", "产品编号", "产品id", "货号", "sku", "stock code", "stockcode", "product id", "item id"),
    "product_name": ("商品名称", "产品名称", "品名", "商品", "description", "product name", "product", "item"),
    "category": ("品类", "类别", "商品类别", "产品类别", "category"),
    "discount": ("折扣", "折扣率", "discount"),
    "status": ("订单状态", "状态", "交易状态", "status", "order status"),
    "channel": ("渠道", "销售渠道", "channel"),
    "region": ("大区", "地区", "区域", "region", "country"),
    "city": ("城市", "city"),
}  # fmt: skip
"""Standard field → names people give it, the surest first."""

NEEDS: dict[str, str] = {
    "order_date": "date",
    "amount": "number",
    "quantity": "number",
    "price": "number",
    "discount": "number",
}
SAMPLE = 2_000
PERSON = re.compile("名|称|name", re.IGNORECASE)
NAMESAKES = T(
    zh="是名称，不是编号：同名的客户会合在一起；有编号就换成编号",
    en="a name, not a number: namesakes become one customer; use a number if there is one",
)
BACK = (
    "退货",
    "退款",
    "已退货",
    "已退款",
    "退货完成",
    "退款成功",
    "returned",
    "refunded",
    "refund",
    "return",
)
UNPAID = (
    "已取消",
    "取消",
    "交易关闭",
    "已关闭",
    "未付款",
    "待付款",
    "cancelled",
    "canceled",
    "closed",
    "unpaid",
)


@dataclass(frozen=True)
class Guess:
    """One column's proposed field."""

    field: str
    column: str
    sure: float
    """0 to 1: name and contents together"""
    why: T


def read_share(column: pd.Series, kind: str) -> float:
    """Return which share of a column's filled cells reads as `"date"` or `"number"` (0 where nothing is filled).

    >>> read_share(pd.Series(["2024/3/5", "x", None]), "date")
    0.5
    """
    filled = column.dropna().head(SAMPLE)
    if filled.empty:
        return 0.0
    if kind == "number":
        return (
            float(numbers(filled)[0].notna().mean())
            if not pd.api.types.is_datetime64_any_dtype(filled)
            else 0.0
        )
    days, _, unsure = dates(filled)
    return float((days.notna().to_numpy() | unsure).mean())


def name_match(name: str, field: str) -> float:
    """Return how well a column's name fits a field, 0 to 1.

    >>> name_match("订单 Id", "order_id"), name_match("商品ID", "order_id"), name_match("InvoiceNo", "order_id")
    (0.98, 0.0, 0.9)
    """
    plain = re.sub(r"[\s_\-./（）()]+", "", name).lower()
    for rank, known in enumerate(NAMES[field]):
        words = known.replace(" ", "")
        if plain == words:
            return 1 - rank / 100 if rank < 10 else 0.9
        if len(words) >= 3 and (plain.startswith(words) or plain.endswith(words)):
            return 0.7
    return 0.8 if plain == field.replace("_", "") else 0.0


def guesses(sheet: Sheet) -> list[Guess]:
    """Propose a field for each column of an order file, best matches first; a column serves one field only."""
    found = []
    for field in NAMES:
        for column in sheet.frame.columns:
            by_name = name_match(str(column), field)
            if not by_name:
                continue
            kind = NEEDS.get(field)
            share = (
                read_share(sheet.frame[column], kind) if kind else float(sheet.frame[column].notna().any())
            )
            if share < 0.5:
                continue
            why = _why(by_name, share, kind)
            if field == "customer_id" and PERSON.search(str(column)):
                by_name, why = 0.7, NAMESAKES
            found.append(Guess(field, str(column), round(by_name * share, 2), why))
    chosen: dict[str, Guess] = {}
    for guess in sorted(found, key=lambda g: (-g.sure, list(NAMES).index(g.field))):
        if guess.field not in chosen and guess.column not in {g.column for g in chosen.values()}:
            chosen[guess.field] = guess
    return [chosen[field] for field in field_kinds("orders") if field in chosen]


def _why(by_name: float, share: float, kind: str | None) -> T:
    name = (
        T(zh="列名相符", en="the name fits") if by_name >= 0.9 else T(zh="列名相近", en="the name is close")
    )
    if kind is None:
        return name
    what = T(zh="日期", en="dates") if kind == "date" else T(zh="数字", en="numbers")
    return T(zh="{n}，{s:.0%} 的内容读得成{w}", en="{n}; {s:.0%} of the cells read as {w}").format(
        n=name, s=share, w=what
    )


def returns_of(sheet: Sheet, columns: dict[str, str]) -> tuple[str, list[str], T]:
    """Propose how returns are marked: by status, by a prefix of the order number, or by sign; and why."""
    frame = sheet.frame
    if "status" in columns:
        back = [value for value in ids(frame[columns["status"]]).dropna().unique() if value.lower() in BACK]
        if back:
            return "status", sorted(back), T(zh="状态列里有这些值", en="the status column holds these values")
    measure = columns.get("quantity") or columns.get("amount")
    if "order_id" in columns and measure:
        negative = numbers(frame[measure])[0] < 0
        orders = ids(frame[columns["order_id"]])
        prefixes = orders.str.extract(r"^([A-Za-z]{1,3})\d", expand=False)
        marked = prefixes[negative.to_numpy()].value_counts()
        if len(marked) and marked.iloc[0] >= 10:
            prefix = str(marked.index[0])
            others = prefixes.eq(prefix) & ~negative
            plain = prefixes[~negative.to_numpy()].eq(prefix).mean()
            if not others.any() or plain < 0.01:
                return (
                    "prefix",
                    [prefix],
                    T(
                        zh="以 {p} 开头的 {n:,} 行都是负数",
                        en="the {n:,} lines that begin with {p} are negative",
                    ).format(p=prefix, n=int(marked.iloc[0])),
                )
    return "sign", [], T(zh="按正负号：负数是退货", en="by sign: negative is a return")


def unpaid_of(sheet: Sheet, columns: dict[str, str]) -> list[str]:
    """Return the statuses that look like orders which never came about."""
    if "status" not in columns:
        return []
    return sorted(v for v in ids(sheet.frame[columns["status"]]).dropna().unique() if v.lower() in UNPAID)


def snapshot_of(sheet: Sheet, column: str, order: str | None = None) -> tuple[pd.Timestamp | None, int]:
    """Return the day after the last order (None where no date could be read), and how many dates could be read either way round.

    Days more than a year beyond the 99th percentile are taken for slips.
    """
    days, _, unsure = dates(sheet.frame[column], order)  # type: ignore[arg-type]
    known = days.dropna()
    if known.empty:
        return None, int(unsure.sum())
    usual = known.quantile(0.99, interpolation="lower") + timedelta(days=365)
    return known[known <= usual].max() + timedelta(days=1), int(unsure.sum())


def order_evidence(column: pd.Series) -> str | None:
    """Return `"dmy"` or `"mdy"` where some of the dates can only be read that way and none the other way; else None.

    >>> order_evidence(pd.Series(["03/04/2024", "25/03/2024"])), order_evidence(pd.Series(["03/04/2024"]))
    ('dmy', None)
    """
    texts = (
        column.dropna()
        .astype(str)
        .str.extract(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")
        .dropna()
        .astype(int)
    )
    first, second = bool((texts[0] > 12).any()), bool((texts[1] > 12).any())
    return None if first == second else "dmy" if first else "mdy"


def duplicates_in(sheet: Sheet) -> int:
    """Return how many rows repeat another one exactly (empty rows not counted)."""
    frame = sheet.frame[sheet.frame.notna().any(axis=1)]
    return int(np.sum(frame.astype(str).duplicated().to_numpy()))
