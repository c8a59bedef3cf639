"""What an audit says of whole tables: what is not mapped, what is left out, what a register does not cover, whose ids are nobody's."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from custseg_helpers.audit import meaning
from custseg_helpers.audit.table_audit import PARTIAL, has_money
from custseg_helpers.company.schema import TABLES
from custseg_helpers.governance.personal import masked_value
from custseg_helpers.mapping.keys import OwnData, Source
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, listed

CROWDED, TIMES = 0.05, 5
"""One id with more than this share of the orders, and so many times those of the next, is hardly one customer."""

NOBODYS = {
    meaning.masked_ids: T(
        zh="{n:,} 个编号打了星号：几个人可能共用一个；最多的 {x} 有 {r:,} 行。",
        en="Ids masked with *: {n:,}. Several people may share one; the commonest, {x}, stands in {r:,} rows.",
    ),
    meaning.guest_ids: T(
        zh="{n:,} 个编号是散客、游客之类，不是一位客户；最多的 {x} 有 {r:,} 行。",
        en="Ids of guests and walk-ins: {n:,}. They are not one customer; the commonest, {x}, stands in {r:,} rows.",
    ),
    meaning.damaged_ids: T(
        zh="{n:,} 个编号被电子表格弄坏了，原来不同的人可能变成同一个；最多的 {x} 有 {r:,} 行。",
        en="Ids damaged by a spreadsheet: {n:,}. Several people may have become one; the commonest, {x}, stands in {r:,} rows.",
    ),
}
"""Check of ids → what to say of those it tells."""


BUYERS = {
    meaning.trial_ids: T(
        zh="试单用的客户（TEST、测试、test@…）有 {n:,} 位，净额 {m:,.2f}，占 {p:.0%}，都算进去了；要排除，写进映射文件的 skip。",
        en="Test customers (TEST, 测试, test@ …): {n:,}, with {m:,.2f} net ({p:.0%}). They count; leave them out with skip in the mapping.",
    ),
    meaning.masked_ids: T(
        zh="打了星号的客户编号有 {n:,} 个，净额 {m:,.2f}，占 {p:.0%}：几个人可能共用一个，排在前面的也许不是一位客户；不算客户就写进 nobody。",
        en="Customer ids masked with *: {n:,}, with {m:,.2f} net ({p:.0%}). Several people may share one, and a top customer may be none; put them under nobody if they are no customers.",
    ),
    meaning.guest_ids: T(
        zh="散客、游客之类的编号有 {n:,} 个，净额 {m:,.2f}，占 {p:.0%}：不是一位客户；写进 nobody 就不当客户算。",
        en="Ids of guests and walk-ins: {n:,}, with {m:,.2f} net ({p:.0%}). They are not one customer; under nobody they count for none.",
    ),
    meaning.damaged_ids: T(
        zh="被电子表格弄坏的客户编号有 {n:,} 个，净额 {m:,.2f}，占 {p:.0%}：几个人可能变成了同一个；请重新导出，把这一列设成文本。",
        en="Customer ids damaged by a spreadsheet: {n:,}, with {m:,.2f} net ({p:.0%}). Several people may have become one; export again with the column as text.",
    ),
}
"""Check of ids → what a run says of the customers it tells."""


def said_of_buyers(monetary: pd.Series) -> list[T]:
    """Say which of the customers (the index) are hardly one customer each, and how much money stands with them.

    >>> print(said_of_buyers(pd.Series([30.0, 70.0], index=["散客", "C1"]))[0].en)
    Ids of guests and walk-ins: 1, with 30.00 net (30%). They are not one customer; under nobody they count for none.
    """
    ids = pd.Series(monetary.index.astype(str))
    every, said = monetary.sum(), []
    for told, words in BUYERS.items():
        found = told(ids)
        if found.any():
            money = float(monetary.to_numpy()[found].sum())
            said.append(words.format(n=int(found.sum()), m=money, p=money / every if every else 0.0))
    return said


def lacking(lines: pd.DataFrame) -> tuple[str, ...]:
    """Return what order lines need to be used for segmentation, and do not have."""
    missing = [] if "customer_id" in lines else ["customer_id"]
    return (*missing, *([] if has_money(lines) else ["amount"]))


def said_of_skipped(source: Source, rows: int) -> list[T]:
    """Say how many rows the mapping leaves out: they are not checked."""
    if not rows:
        return []
    said = T(
        zh="{t}：按映射文件的 skip 排除 {n:,} 行，没有检查。",
        en="{t}: {n:,} rows are left out by the mapping's skip and were not checked.",
    )
    return [said.format(t=str(TABLES[source.table]), n=rows)]


def said_of_tables(own: OwnData, lines: Mapping[str, pd.DataFrame]) -> list[T]:
    """Say what concerns the order lines as a whole."""
    orders = lines["orders"]
    said = _not_mapped(orders)
    for register, column in (("customers", "customer_id"), ("products", "product_id")):
        if register in lines and column in orders and column in lines[register]:
            said += _partial(orders[column], lines[register][column], register)
    if "customer_id" in orders:
        said += _nobodys(orders["customer_id"]) + _crowded(orders)
    return said


def _not_mapped(orders: pd.DataFrame) -> list[T]:
    missing = lacking(orders)
    if not missing:
        return []
    said = T(
        zh="没有映射 {l}：格式都对也没有用，谁花了多少钱还不知道。",
        en="{l} is not mapped: however well formed the rows are, who spent how much is not known.",
    )
    return [said.format(l=listed(map(term, missing)))]


def _partial(used: pd.Series, known: pd.Series, register: str) -> list[T]:
    """Say how many of the ids in the orders a register knows, where it covers only a part."""
    if used.notna().sum() == 0 or (used.notna() & ~used.isin(known)).mean() <= PARTIAL:
        return []
    every = used.dropna().unique()
    there = int(np.isin(every, known.dropna().unique()).sum())
    said = {
        "customers": T(
            zh="客户文件只认得 {all:,} 位买家里的 {n:,} 位（{p:.0%}）；其余客户没有资料，照样计入。",
            en="The customer file knows {n:,} of {all:,} buyers ({p:.0%}); the others count all the same, without what it tells.",
        ),
        "products": T(
            zh="产品文件只认得 {all:,} 种卖出商品里的 {n:,} 种（{p:.0%}）；其余没有品类。",
            en="The product file knows {n:,} of {all:,} products sold ({p:.0%}); the others have no category.",
        ),
    }
    return [said[register].format(n=there, all=len(every), p=there / len(every))]


def _nobodys(ids: pd.Series) -> list[T]:
    said = []
    for told, words in NOBODYS.items():
        found = ids[told(ids)].value_counts()
        if len(found):
            said.append(
                words.format(
                    n=len(found), x=masked_value("customer_id", found.index[0]), r=int(found.iloc[0])
                )
            )
    return said


def _crowded(orders: pd.DataFrame) -> list[T]:
    """Say where one id holds so many orders that it is hardly one customer; a company of a dozen accounts is not meant."""
    by = orders.groupby("customer_id")
    counts = (by["order_id"].nunique() if "order_id" in orders else by.size()).sort_values(ascending=False)
    if len(counts) < 2 or counts.iloc[0] <= CROWDED * counts.sum() or counts.iloc[0] < TIMES * counts.iloc[1]:
        return []
    said = T(
        zh="{x} 有 {n:,} 单，占 {p:.0%}，第二名只有 {m:,} 单：这是一位客户，还是散客、门店自用之类？",
        en="{x} has {n:,} orders, {p:.0%} of all, and the next {m:,}: is it one customer, or walk-ins, the shop itself or the like?",
    )
    first, second = int(counts.iloc[0]), int(counts.iloc[1])
    who = masked_value("customer_id", counts.index[0])
    return [said.format(x=who, n=first, p=first / counts.sum(), m=second)]
