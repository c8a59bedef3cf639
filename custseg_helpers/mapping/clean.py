"""From a file's rows to standard order lines: each row is kept, or left out for one stated reason.

Nothing is repaired by guessing. What could not be read is listed by row and column.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from custseg_helpers.mapping.columns import CUSTOMER_FIELDS, PRODUCT_FIELDS, field_kinds
from custseg_helpers.mapping.keys import OwnData, Source
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import currencies, numbers, texts
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

REASONS: dict[str, T] = {
    "blank_row": T(zh="空行", en="empty row"),
    "skipped": T(zh="按映射文件的 skip 排除", en="left out by the mapping's skip"),
    "duplicate": T(zh="整行重复", en="exact duplicate"),
    "no_customer": T(zh="没有客户编号", en="no customer id"),
    "no_order": T(zh="没有订单编号", en="no order id"),
    "no_date": T(zh="日期为空或读不懂", en="date empty or unreadable"),
    "no_amount": T(zh="金额或数量为空或读不懂", en="amount or quantity empty or unreadable"),
    "zero_amount": T(zh="金额为零（赠品）", en="amount is zero (a gift)"),
    "impossible": T(zh="金额超过一百亿", en="amount above ten billion"),
    "sign_mismatch": T(zh="正负号与退货规则矛盾", en="sign contradicts the rule for returns"),
    "after_as_of": T(zh="晚于快照日", en="after the snapshot"),
    "no_purchase": T(zh="客户只有退货，购买不在文件里", en="customer has only returns; the purchase lies outside the file"),
}  # fmt: skip
"""Why a row is left out; the first that holds counts."""

LARGEST = 1e10
LISTED = 100_000
"""At most so many unreadable values are listed; all are counted."""


@dataclass(frozen=True)
class Counted:
    """How many rows came in, how many count, and of those how many were bought and returned."""

    rows_in: int
    rows_kept: int
    bought: int | None = None
    """`None` where rows are customers, not order lines"""
    returned: int | None = None
    shared_orders: int = 0
    """order numbers that belong to several customers"""


@dataclass(frozen=True)
class Cleaned:
    """What a file's rows became."""

    lines: pd.DataFrame
    """every row in standard fields, unread values empty; index: row in the file"""
    reason: pd.Series
    """why each row was left out; empty text where it was kept"""
    unread: pd.DataFrame
    """row, column, value, problem of what could not be read (at most `LISTED`)"""
    unread_count: int

    @property
    def orders(self) -> pd.DataFrame:
        """The order lines that count."""
        return self.lines[self.reason.eq("").to_numpy()]

    @property
    def left_out(self) -> dict[str, int]:
        """Rows left out by reason, in the order of `REASONS`."""
        counted = self.reason.value_counts()
        return {reason: int(counted[reason]) for reason in REASONS if reason in counted}

    @cached_property
    def counted(self) -> "Counted":
        """How many rows came in, count, were bought and returned."""
        orders = self.orders
        bought = int((orders["quantity"] > 0).sum())
        shared = int((orders.groupby("order_id")["customer_id"].nunique() > 1).sum())
        return Counted(len(self.lines), len(orders), bought, len(orders) - bought, shared)


def clean(sheet: Sheet, own: OwnData) -> Cleaned:
    """Turn a file's rows into standard order lines by the decisions of a mapping.

    Amounts are whole cents: `amount` as written, or quantity × price rounded per line. Returns come out with
    negative amount and quantity. A line without a quantity column has 1, or −1 for a return.
    """
    frame = pick(sheet, own.orders)
    lines, unread = read_fields(frame, own.orders, own.time_zone, sheet)
    if "order_id" not in lines:
        lines["order_id"] = pd.Series(frame.index.astype(str), index=frame.index, dtype=object)
    if lines["customer_id"].isna().all():
        raise UserError(
            zh=f"“{own.orders.file.name}”的“{own.orders.columns['customer_id']}”列全是空的，没有客户编号就不能按客户分层。请换一列。",
            en=f"Column “{own.orders.columns['customer_id']}” of “{own.orders.file.name}” is all empty; without customers there is no segmentation. Map another one.",
        )
    lines, mismatch = _signed(lines, own)
    reason = _reasons(frame, lines, own, mismatch)
    lines = lines.assign(amount=np.floor(lines["amount"] * 100 + 0.5) / 100)
    kept = reason.eq("").to_numpy()
    buyers = lines.loc[kept & (lines["amount"] > 0).to_numpy(), "customer_id"].unique()
    reason[kept & ~lines["customer_id"].isin(buyers).to_numpy()] = "no_purchase"
    listed = unread.head(LISTED).reset_index(drop=True)
    if sheet.parts:
        listed[["file", "row"]] = sheet.located(listed["row"])
    return Cleaned(lines, reason, listed, len(unread))


def pick(sheet: Sheet, source: Source) -> pd.DataFrame:
    """Return the mapped columns under their standard names; a missing or doubled one is a `UserError`."""
    names = [str(name) for name in sheet.about.get("columns", sheet.frame.columns)]
    for standard, column in source.columns.items():
        if names.count(column) > 1:
            raise UserError(
                zh=f"“{source.file.name}”有 {names.count(column)} 列都叫“{column}”，分不清哪一列是 {standard}。请在文件里改掉一个列名。",
                en=f"“{source.file.name}” has {names.count(column)} columns called “{column}”: which one is {standard}? Rename one in the file.",
            )
        if column not in names:
            shown = names[:30]
            raise UserError(
                zh=f"“{source.file.name}”里没有“{column}”列（映射给 {standard}）。有：{'、'.join(shown)}。",
                en=f"“{source.file.name}” has no column “{column}” (mapped to {standard}). It has: {', '.join(shown)}.",
            )
    if sheet.frame.empty:
        raise UserError(
            zh=f"“{source.file.name}”只有表头，没有数据。",
            en=f"“{source.file.name}” has a header and no data.",
        )
    return pd.DataFrame({standard: sheet.frame[column] for standard, column in source.columns.items()})


def read_fields(
    frame: pd.DataFrame, source: Source, zone: str, sheet: Sheet
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every mapped column by its kind; return the values and the list of what could not be read."""
    _one_currency(frame, source, sheet)
    kinds, read = field_kinds(source.table), {}
    problems = [pd.DataFrame(columns=["row", "column", "value", "problem"])]
    for name, column in frame.items():
        kind = kinds[str(name)]
        if kind == "date":
            order = None if source.dates == "ymd" else source.dates
            read[name], bad, unsure = dates(column, order, zone)  # type: ignore[arg-type]
            _ask(column, unsure, source.columns[str(name)], source.table, sheet)
            problems.append(_unread(column, bad, source.columns[str(name)], "date"))
        elif kind in ("integer", "decimal", "money", "share"):
            read[name], bad = numbers(column)
            problems.append(_unread(column, bad, source.columns[str(name)], "number"))
        else:
            read[name] = ids(column)
    unread = pd.concat([found for found in problems if len(found)] or problems)
    return pd.DataFrame(read, index=frame.index), unread.sort_values(["row", "column"], kind="stable")


def ids(column: pd.Series) -> pd.Series:
    """Read ids and words as trimmed text, empty as None; a number that a spreadsheet made a float reads whole.

    >>> ids(pd.Series([17850.0, " C1 ", "", None])).tolist()
    ['17850', 'C1', None, None]
    """
    places, distinct = texts(column)
    named = np.array([*map(_name, distinct), None], dtype=object)
    return pd.Series(named[places], index=column.index, name=column.name, dtype=object)


def _name(value: object) -> str | None:
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip() or None


def _one_currency(frame: pd.DataFrame, source: Source, sheet: Sheet) -> None:
    """Raise a `UserError` where the amounts are written in more than one currency."""
    for name in ("amount", "price"):
        found = currencies(frame[name]) if name in frame else {}
        if len(found) > 1:
            rows = {sign: sheet.row_name(int(frame.index[place])) for sign, place in found.items()}
            raise UserError(
                zh=f"“{source.columns[name]}”列混有多种货币：{'、'.join(f'{s}（{r.zh}）' for s, r in rows.items())}。请先换算成一种，或按币种分成几个文件。",
                en=f"Column “{source.columns[name]}” mixes currencies: {', '.join(f'{s} ({r.en})' for s, r in rows.items())}. Convert them to one, or make one file per currency.",
            )


def _ask(column: pd.Series, unsure: np.ndarray, name: str, table: str, sheet: Sheet) -> None:
    if unsure.any():
        place = int(np.argmax(unsure))
        row = sheet.row_name(int(column.index[place]))
        raise UserError(
            zh=f"“{column.iloc[place]}”（{row.zh}，“{name}”列）是哪天？共 {int(unsure.sum())} 个日期日月不明。"
            f'请在映射文件的 [{table}] 里写 dates = "dmy"（日在前）或 dates = "mdy"（月在前）。',
            en=f"Which day is “{column.iloc[place]}” ({row.en}, column “{name}”)? {int(unsure.sum())} dates could be read either way. "
            f'Write dates = "dmy" (day first) or dates = "mdy" (month first) under [{table}] in the mapping.',
        )


def _unread(column: pd.Series, bad: np.ndarray, name: str, kind: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": column.index[bad],
            "column": name,
            "value": column[bad].astype(str).to_numpy(dtype=object),
            "problem": kind,
        }
    )


def _signed(lines: pd.DataFrame, own: OwnData) -> tuple[pd.DataFrame, np.ndarray]:
    """Give returns negative amounts and quantities; tell which rows contradict the rule."""
    amount = lines["amount"] if "amount" in lines else lines["quantity"] * lines["price"]
    quantity = (
        lines["quantity"] if "quantity" in lines else pd.Series(np.where(amount < 0, -1.0, 1.0), lines.index)
    )
    if own.orders.returns.by == "sign":
        returned = (amount < 0).to_numpy()
        mismatch = returned != (quantity < 0).to_numpy()
    else:
        if own.orders.returns.by == "prefix":
            returned = (
                lines["order_id"].fillna("").str.startswith(own.orders.returns.values).to_numpy(dtype=bool)
            )
        else:
            returned = lines["status"].isin(own.orders.returns.values).to_numpy()
        mismatch = ~returned & ((amount < 0) | (quantity < 0)).to_numpy()
        amount = amount.where(~returned, -amount.abs())
        quantity = quantity.where(~returned, -quantity.abs())
    return lines.assign(amount=amount, quantity=quantity), mismatch


def _reasons(frame: pd.DataFrame, lines: pd.DataFrame, own: OwnData, mismatch: np.ndarray) -> pd.Series:
    nothing = np.zeros(len(lines), dtype=bool)
    duplicate = frame.duplicated().to_numpy() if own.orders.duplicates == "drop" else nothing
    amount, quantity = lines["amount"], lines["quantity"]
    wrong = {
        "blank_row": frame.isna().all(axis=1),
        "skipped": skipped(frame, own.orders),
        "duplicate": duplicate,
        "no_customer": lines["customer_id"].isna(),
        "no_order": lines["order_id"].isna(),
        "no_date": lines["order_date"].isna(),
        "no_amount": amount.isna() | quantity.isna(),
        "zero_amount": (amount == 0) | (quantity == 0),
        "impossible": amount.abs() > LARGEST,
        "sign_mismatch": mismatch,
        "after_as_of": lines["order_date"] > own.as_of,
    }
    chosen = np.select(
        [np.asarray(holds, dtype=bool) for holds in wrong.values()], range(len(wrong)), len(wrong)
    )
    return pd.Series(np.array([*wrong, ""], dtype=object)[chosen], index=lines.index, name="reason")


def skipped(frame: pd.DataFrame, source: Source) -> np.ndarray:
    """Tell which rows the mapping says not to count."""
    found = np.zeros(len(frame), dtype=bool)
    for name, values in source.skip.items():
        found |= ids(frame[name]).isin(values).to_numpy()
    return found


def customers_of(orders: pd.DataFrame) -> pd.DataFrame:
    """Return the customers who stand in order lines: first order as sign-up, other fields as last written.

    A file of orders knows no sign-up day; the first order stands in for it.
    """
    by_customer = orders.sort_values("order_date", kind="stable").groupby("customer_id", sort=True)
    table = pd.DataFrame({"signup_date": by_customer["order_date"].min()})
    for name in CUSTOMER_FIELDS:
        if name in orders:
            table[name] = by_customer[name].last()
    if "customer_name" in table:
        table["name_zh"] = table["name_en"] = table.pop("customer_name")
    return table.reset_index()


def products_of(orders: pd.DataFrame) -> pd.DataFrame | None:
    """Return the products that stand in order lines, or None where the file names none; `price` is the median paid."""
    if "product_id" not in orders:
        return None
    bought = orders[(orders["amount"] > 0) & orders["product_id"].notna()]
    by_product = bought.assign(price=bought["amount"] / bought["quantity"]).groupby("product_id", sort=True)
    table = pd.DataFrame({"price": by_product["price"].median().round(2)})
    for name in PRODUCT_FIELDS:
        if name in orders:
            table[name] = by_product[name].last()
    if "product_name" in table:
        table["name_zh"] = table["name_en"] = table.pop("product_name")
    return table.reset_index()
