"""What can be wrong in a table, as rows and columns: small checks, each of one thing, used by the audit.

A check gets the cells as written, the values as read, and what else is known; it gives row positions.
"""

import difflib
import re

import numpy as np
import pandas as pd

from custseg_helpers.words.text import T

SERIOUS, WARNING, NOTICE = "serious", "warning", "notice"
ORDER = {SERIOUS: 0, WARNING: 1, NOTICE: 2}

FAULTS: dict[str, tuple[str, T, T]] = {
    "blank_row": (NOTICE, T(zh="空行", en="empty row"), T(zh="删去", en="delete it")),
    "summary_row": (SERIOUS, T(zh="夹在数据里的合计行", en="a total among the data"), T(zh="删去，否则金额翻倍", en="delete it, or the money counts twice")),
    "duplicate_row": (SERIOUS, T(zh="整行重复", en="the same row twice"), T(zh="核对后留一行", en="check, then keep one")),
    "duplicate_id": (SERIOUS, T(zh="同一编号登记了两次，内容不同", en="one id registered twice, with different contents"), T(zh="问清哪一行为准", en="ask which one holds")),
    "same_row": (NOTICE, T(zh="两行完全一样，没有编号可以分辨", en="two rows alike, and no number to tell them apart"), T(zh="问清是两笔还是录了两次", en="ask: two purchases, or one entered twice?")),
    "near_duplicate": (WARNING, T(zh="同一手机号，不同编号", en="same phone under another id"), T(zh="多半是同一人，合并", en="probably one person: merge")),
    "test_customer": (WARNING, T(zh="测试客户", en="test customer"), T(zh="排除", en="leave out")),
    "trial_line": (WARNING, T(zh="试单：单号或商品写着测试", en="entered to try the system: order or product says test"), T(zh="排除", en="leave out")),
    "masked_id": (WARNING, T(zh="打了星号的编号，可能几个人共用", en="an id masked with stars: several people may share it"), T(zh="换成会员号；没有就写进 nobody", en="export the member number; if there is none, put it under nobody")),
    "guest_id": (WARNING, T(zh="散客、游客之类，不是一位客户", en="a guest or walk-in, not one customer"), T(zh="写进 nobody，不当客户算", en="put it under nobody, so that it is no customer")),
    "damaged_id": (WARNING, T(zh="被电子表格弄坏的编号", en="an id that a spreadsheet has damaged"), T(zh="重新导出，把这一列设成文本", en="export again with this column as text")),
    "nobody": (NOTICE, T(zh="没有客户，或按 nobody 不算客户", en="no customer, or none by the mapping's nobody"), T(zh="不计入分层，金额另算", en="stays out of the tiers; tell its money apart")),
    "fee_line": (NOTICE, T(zh="运费、手续费之类，不是商品", en="postage or a fee, no goods"), T(zh="想清楚要不要算进消费金额", en="decide whether it is money spent on goods")),
    "cancelled_at_once": (NOTICE, T(zh="大单，一天内又取消了", en="a bulk order, cancelled within a day"), T(zh="按净额看；退货前的金额不算数", en="look at money net of returns; before them it misleads")),
    "wrong_weekday": (WARNING, T(zh="日期和旁边写的星期对不上", en="the date does not fall on the weekday written with it"), T(zh="日和月可能颠倒，核对", en="day and month may be swapped: check")),
    "unknown_customer": (SERIOUS, T(zh="客户表里没有这位客户", en="a customer who is not registered"), T(zh="补登记或改正编号", en="register, or correct the id")),
    "unknown_product": (WARNING, T(zh="产品表里没有这种产品", en="a product that does not exist"), T(zh="补上或改正编号", en="add it, or correct the id")),
    "missing_value": (SERIOUS, T(zh="必填的格子是空的", en="a needed cell is empty"), T(zh="请部门补填", en="ask the department")),
    "gap": (NOTICE, T(zh="别人都填了，这里是空的", en="empty where nearly all others are filled"), T(zh="请部门补填", en="ask the department")),
    "unreadable_number": (SERIOUS, T(zh="读不懂的数", en="a number that cannot be read"), T(zh="改成数字", en="write a plain number")),
    "impossible_date": (SERIOUS, T(zh="不存在或读不懂的日期", en="a date that does not exist or cannot be read"), T(zh="改正日期", en="correct the date")),
    "future_date": (SERIOUS, T(zh="晚于快照日", en="later than the snapshot"), T(zh="改正日期", en="correct the date")),
    "out_of_range": (SERIOUS, T(zh="超出可能的范围", en="outside the possible range"), T(zh="核对原始单据", en="check the original")),
    "impossible_quantity": (SERIOUS, T(zh="不可能的数量", en="an impossible quantity"), T(zh="核对原始单据", en="check the original")),
    "impossible_amount": (SERIOUS, T(zh="金额与数量、单价对不上（十倍以上）", en="amount does not fit quantity and price (by ten times or more)"), T(zh="多半是小数点错位，核对", en="probably a lost decimal point: check")),
    "sign_mismatch": (SERIOUS, T(zh="数量与金额一正一负", en="quantity and amount differ in sign"), T(zh="是退货还是录错？", en="a return, or a slip?")),
    "unknown_code": (WARNING, T(zh="多半是写错的名称", en="probably a misspelt name"), T(zh="改成常用写法", en="use the usual spelling")),
    "several_days": (WARNING, T(zh="同一单号出现在几天", en="one order number on several days"), T(zh="日期或单号有一个不对，核对", en="the date or the number is wrong: check")),
    "signup_after_order": (WARNING, T(zh="注册日期晚于首次下单", en="signed up after the first order"), T(zh="核对注册日期", en="check the sign-up date")),
}  # fmt: skip
"""Kind of fault → how bad, what it is, what to do."""

TOTALS = re.compile(r"(合计|总计|小计|共计|汇总|grand total|sub ?total|totals?|sum)[:：]?", re.IGNORECASE)
TEST = re.compile(
    r"(test|测试|demo)(er|客户|会员|用户|账号|订单|商品)?[\W\d_一二三四五六七八九十]*|(test|demo)(er|ing)?\d*@\S+|\S+@(test|example)\.\w+",
    re.IGNORECASE,
)
TEN_TIMES = 10
FEW_LINES = 5
"""A product's usual price is known from this many lines on."""


def out_of_place(ids: pd.Series, candidates: np.ndarray) -> np.ndarray:
    """Of rows that share something, choose the ones to blame: who stands against the file's order, else the later ones.

    `candidates` holds a group number for every row, −1 for rows that share nothing.

    >>> out_of_place(pd.Series(["A1", "B2", "A2", "B2"]), np.array([-1, 0, -1, 0])).tolist()
    [False, True, False, False]
    """
    names = ids.astype(object).where(ids.notna(), "").astype(str).to_numpy(dtype=object)
    before, after = np.append("", names[:-1]), np.append(names[1:], "\uffff")
    fits = (before <= names) & (names <= after)
    table = pd.DataFrame({"group": candidates, "fits": fits, "place": np.arange(len(names))})
    table = table[table["group"] >= 0].sort_values(["group", "fits", "place"], ascending=[True, False, True])
    blamed = np.zeros(len(names), dtype=bool)
    blamed[table.loc[table.duplicated("group"), "place"]] = True
    return blamed


def groups(keys: pd.Series | pd.DataFrame, considered: np.ndarray) -> np.ndarray:
    """Number the groups of equal keys among the rows considered; −1 for rows alone."""
    chosen = keys[considered]
    shared = chosen.duplicated(keep=False).to_numpy()
    numbers = np.full(len(keys), -1)
    places = np.flatnonzero(considered)[shared]
    frame = chosen[shared]
    frame = (
        frame.to_frame() if isinstance(frame, pd.Series) else frame.set_axis(range(frame.shape[1]), axis=1)
    )
    numbers[places] = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup()
    return numbers


def is_total(cells: pd.DataFrame) -> np.ndarray:
    """Tell which rows are totals: one of their first texts says so, and the row is nearly empty."""
    said = cells.map(lambda value: isinstance(value, str) and TOTALS.fullmatch(value.strip()) is not None)
    return (said.any(axis=1) & (cells.notna().mean(axis=1) <= 0.6)).to_numpy()


def on_several_days(lines: pd.DataFrame, as_of: pd.Timestamp) -> np.ndarray:
    """Tell which lines belong to an order number that appears on several days (days after the snapshot left aside)."""
    days = lines["order_date"].where(lines["order_date"] <= as_of)
    spread = days.groupby(lines["order_id"]).transform("nunique")
    return (spread > 1).to_numpy() & days.notna().to_numpy()


def misspelt(values: pd.Series) -> np.ndarray:
    """Tell which rows hold a rare name that differs by little from a frequent one (one sign, or a fifth of it).

    >>> misspelt(pd.Series(["澄湾"] * 50 + ["南栖"] * 50 + ["澄弯"])).nonzero()[0].tolist()
    [100]
    """
    counts = values.value_counts()
    if len(counts) > 200:
        return np.zeros(len(values), dtype=bool)
    often = counts.index[counts >= max(10, 0.01 * counts.sum())]
    rare = counts.index[counts <= 2]
    wrong = [name for name in rare if any(_close(str(name), str(other)) for other in often)]
    return values.isin(wrong).to_numpy()


def _close(one: str, other: str) -> bool:
    if len(one) == len(other) and len(one) > 1:
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1 and not any(
            map(str.isdigit, one + other)
        )
    return difflib.SequenceMatcher(None, one, other).ratio() >= 0.8


def misfits(lines: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Tell where quantity × usual price is ten times off the amount: rows with a wrong quantity, with a wrong amount.

    A product's usual price is the median of amount / quantity / (1 − discount) over its own lines. To blame is the
    quantity if it is ten times beyond all that is usual for any product, else the amount.
    """
    nothing = np.zeros(len(lines), dtype=bool)
    if not {"product_id", "quantity", "amount"} <= set(lines):
        return nothing, nothing
    quantity, amount = lines["quantity"], lines["amount"]
    discount = lines["discount"].fillna(0) if "discount" in lines else 0.0
    price = (amount / quantity / (1 - discount)).where((quantity != 0) & (amount != 0)).abs()
    price = price.replace([np.inf], np.nan)
    usual = price.groupby(lines["product_id"]).transform("median")
    known = price.groupby(lines["product_id"]).transform("count") >= FEW_LINES
    ratio = price / usual
    off = (known & ((ratio >= TEN_TIMES) | (ratio <= 1 / TEN_TIMES))).to_numpy(dtype=bool)
    large = (quantity.abs() > TEN_TIMES * quantity.abs().quantile(0.99)).to_numpy(dtype=bool)
    return off & large, off & ~large
