"""From a file's rows to standard order lines in memory: each row is kept, or left out for one stated reason."""

from dataclasses import dataclass
from functools import cached_property

import narwhals.stable.v2 as nw
import pandas as pd

from custseg_helpers.mapping import plan
from custseg_helpers.mapping.cells import LISTED, marked, pick, read_fields
from custseg_helpers.mapping.columns import CUSTOMER_FIELDS, PRODUCT_FIELDS
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.plan import KEPT, MARKS, REASONS, Counted
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

NO_PURCHASE = list(REASONS).index("no_purchase")


@dataclass(frozen=True)
class Cleaned:
    """What a file's rows became."""

    lines: pd.DataFrame
    """every row in standard fields, unread values empty; index: row in the file"""
    reason: pd.Series
    """why each row was left out, as its place in `REASONS`; `KEPT` where it was not"""
    unread: pd.DataFrame
    """row, column, value, problem of what could not be read (at most `LISTED`)"""
    unread_count: int

    @property
    def orders(self) -> pd.DataFrame:
        """The order lines that count."""
        return self.lines[self.reason.eq(KEPT).to_numpy()]

    @property
    def left_out(self) -> dict[str, int]:
        """Rows left out by reason, in the order of `REASONS`."""
        counted = plan.by_reason(nw.from_native(self.reason.to_frame()).lazy())
        return {reason: counted[reason] for reason in REASONS if counted[reason]}

    @cached_property
    def counted(self) -> Counted:
        """How many rows came in, count, were bought and returned."""
        orders = self.orders[["order_id", "customer_id", "quantity"]]
        orders = orders.assign(
            customer_id=pd.factorize(orders["customer_id"])[0]
        )  # faster to compare than text
        return plan.counted(nw.from_native(orders).lazy(), len(self.lines))


def clean(sheet: Sheet, own: OwnData) -> Cleaned:
    """Turn a file's rows into standard order lines by the decisions of a mapping; `plan.order_lines` says how."""
    frame = pick(sheet, own.orders)
    values, unread = read_fields(frame, own.orders, own.time_zone, sheet)
    if "order_id" not in values:
        values["order_id"] = _days(values) if own.orders.rows == "days" else _rows(frame)
    if values["customer_id"].isna().all():
        raise UserError(T(
            zh="“{file}”的“{column}”列全是空的，没有客户编号就不能按客户分层。请换一列。",
            en="Column “{column}” of “{file}” is all empty; without customers there is no segmentation. Map another one.",
        ).format(file=own.orders.file.name, column=own.orders.columns["customer_id"]))  # fmt: skip
    marks = marked(frame, own.orders)
    planned = plan.order_lines(nw.from_native(values.assign(**marks)).lazy(), own)
    lines = planned.collect().to_native()
    reason = lines.pop("reason")
    kept = lines[reason.eq(KEPT)]
    buyers = plan.buyers(nw.from_native(kept).lazy()).collect().to_native()["customer_id"]
    reason = reason.mask(reason.eq(KEPT) & ~lines["customer_id"].isin(buyers), NO_PURCHASE)
    listed = unread.head(LISTED).reset_index(drop=True)
    if sheet.parts:
        listed[["file", "row"]] = sheet.located(listed["row"])
    return Cleaned(lines.drop(columns=[*MARKS]), reason, listed, len(unread))


def _rows(frame: pd.DataFrame) -> pd.Series:
    """Return an order number for each row."""
    return pd.Series(frame.index.astype(str), index=frame.index, dtype=object)


def _days(values: pd.DataFrame) -> pd.Series:
    """Return an order number for each customer and day; none where either is unknown."""
    day = values["order_date"].dt.strftime(" %Y-%m-%d").astype(object)
    return (values["customer_id"].astype(object) + day).where(
        day.notna() & values["customer_id"].notna(), None
    )


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
