"""The one cleaning plan: which rows are left out, for which reason, and what amount, quantity and day the others have.

It is written once with narwhals and runs where the values are: in memory, in DuckDB, on Spark, and over facts that
were handed over. It starts from values that have been read by their kinds, with three marks that reading gives
(`blank_row`, `skipped`, `duplicate`); nothing is repaired by guessing.
"""

from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from custseg_helpers.evidence.contents import MASKED
from custseg_helpers.facts.engines import first_reason
from custseg_helpers.facts.kernels import LARGEST
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.words.text import T

REASONS: dict[str, T] = {
    "blank_row": T(zh="空行", en="empty row"),
    "skipped": T(zh="按映射文件的 skip 或 only 排除", en="left out by the mapping's skip or only"),
    "duplicate": T(zh="整行重复", en="exact duplicate"),
    "no_customer": T(zh="没有客户编号", en="no customer id"),
    "masked": T(zh="客户编号打了码", en="customer id is masked"),
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

KEPT = len(REASONS)
"""The number of a row that is not left out; a reason's number is its place in `REASONS`."""
MARKS = ("blank_row", "skipped", "duplicate")


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


def order_lines(values: nw.LazyFrame[Any], own: OwnData) -> nw.LazyFrame[Any]:
    """Add to values in standard fields why each row is left out (`reason`), and what it stands for.

    Amounts are whole cents: `amount` as written, or quantity × price rounded per line. Returns come out with
    negative amount and quantity. A line without a quantity column has 1, or −1 for a return. Customers with returns
    alone are known only when all lines are: see `buyers`.
    """
    names = values.collect_schema().names()
    paid = nw.col("amount") if "amount" in names else nw.col("quantity") * nw.col("price")
    values = values.with_columns(amount=paid)
    if "quantity" not in names:
        by_sign = nw.when(nw.col("amount") < 0).then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
        values = values.with_columns(quantity=by_sign)
    values = _signed(values, own)
    amount, quantity = nw.col("amount"), nw.col("quantity")
    wrong = {
        "no_customer": nw.col("customer_id").is_null(),
        "masked": _masked(values, own),
        "no_order": nw.col("order_id").is_null(),
        "no_date": nw.col("order_date").is_null(),
        "no_amount": amount.is_null() | quantity.is_null(),
        "zero_amount": (amount == 0) | (quantity == 0),
        "impossible": amount.abs() > LARGEST,
        "sign_mismatch": nw.col("mismatch"),
        "after_as_of": nw.col("order_date") > _last_day(values, own),
    }
    cents = (amount * 100 + 0.5).floor() / 100
    return values.with_columns(reason=_reason(wrong), amount=cents).drop("mismatch")


def _masked(values: nw.LazyFrame[Any], own: OwnData) -> nw.Expr:
    """Tell which ids are masked with stars, so that several people may share one; unless the mapping keeps them."""
    kind = values.collect_schema()["customer_id"]
    if own.orders.masked == "keep" or kind.is_numeric():
        return nw.lit(False)
    return nw.col("customer_id").str.contains(MASKED).fill_null(False)


def customer_rows(values: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add `reason` to facts of which a row is a customer."""
    wrong = {
        "no_customer": nw.col("customer_id").is_null(),
        "no_date": nw.col("recency_days").is_null(),
        "no_amount": nw.col("monetary").is_null() | nw.col("frequency").is_null(),
        "after_as_of": nw.col("recency_days") < 0,
        "no_purchase": nw.col("frequency") < 1,
    }
    return values.with_columns(reason=_reason(wrong))


def _reason(wrong: dict[str, nw.Expr]) -> nw.Expr:
    holds = {mark: nw.col(mark) for mark in MARKS} | wrong
    return first_reason(*[holds.get(reason, nw.lit(False)) for reason in REASONS])


def _last_day(values: nw.LazyFrame[Any], own: OwnData) -> Any:
    """Return the snapshot in the type of the days: pandas has none for days alone."""
    return own.as_of.date() if values.collect_schema()["order_date"] == nw.Date else own.as_of.to_pydatetime()


def _signed(values: nw.LazyFrame[Any], own: OwnData) -> nw.LazyFrame[Any]:
    """Give returns negative amounts and quantities; `mismatch` tells which rows contradict the rule."""
    less = {name: (nw.col(name) < 0).fill_null(False) for name in ("amount", "quantity")}
    returns = own.orders.returns
    if returns.by == "sign":
        return values.with_columns(mismatch=less["amount"] != less["quantity"])
    if returns.by == "prefix":
        starts = [
            _text(values, "order_id").str.starts_with(start).fill_null(False) for start in returns.values
        ]
        back = nw.any_horizontal(*starts, ignore_nulls=False)
    else:
        back = _text(values, "status").is_in(list(returns.values)).fill_null(False)
    values = values.with_columns(back=back)
    values = values.with_columns(mismatch=~nw.col("back") & (less["amount"] | less["quantity"]))
    turned = {name: nw.when("back").then(-nw.col(name).abs()).otherwise(nw.col(name)) for name in less}
    return values.with_columns(**turned).drop("back")


def _text(values: nw.LazyFrame[Any], name: str) -> nw.Expr:
    """Return ids as text; where they are text already they stay as they are."""
    return nw.col(name) if values.collect_schema()[name] == nw.String else nw.col(name).cast(nw.String)


def by_reason(rows: nw.LazyFrame[Any], *totals: str) -> dict[str, int]:
    """Count rows by reason, in the order of `REASONS`; `""` are those kept. Columns `totals` are added up besides."""
    sums = [nw.col(name).sum() for name in totals]
    found = rows.group_by("reason").agg(nw.len().alias("rows"), *sums).collect()
    counted = dict(zip(found["reason"].to_list(), found["rows"].to_list(), strict=True))
    counts = {name: int(counted.get(place, 0)) for place, name in enumerate((*REASONS, ""))}
    return counts | {name: int(found[name].sum() or 0) for name in totals}


def buyers(kept: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the customers who bought something; who has returns alone is left out, for the purchase lies outside."""
    return kept.filter(nw.col("amount") > 0).select("customer_id").unique()


def counted(orders: nw.LazyFrame[Any], rows_in: int) -> Counted:
    """Count the lines that count: bought, returned, and order numbers that belong to several customers."""
    bought = nw.when(nw.col("quantity") > 0).then(nw.lit(1)).otherwise(nw.lit(0))
    rows, pieces = orders.select(rows=nw.len(), bought=bought.sum()).collect().row(0)
    customer = nw.col("customer_id")
    of_order = orders.group_by("order_id").agg(customer.min().alias("low"), customer.max().alias("high"))
    shared = of_order.filter(nw.col("low") != nw.col("high")).select(orders=nw.len()).collect().item()
    return Counted(rows_in, int(rows), int(pieces or 0), int(rows) - int(pieces or 0), int(shared))
