"""Counting order lines where they live: Polars, DuckDB or Spark, written once with narwhals.

Only select, filter, group and add: what every engine does alike. Days are whole numbers, since date arithmetic and
time zones differ between engines. Money is whole cents in floats, margins are whole hundredths of a cent: exact up to
2**53, so that parallel adding in any order gives the same sum.
"""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from custseg_helpers.facts.counts import EPOCH, not_dates
from custseg_helpers.facts.kernels import LARGEST, REASONS
from custseg_helpers.words.text import UserError

ENGINES = (
    nw.Implementation.PANDAS,
    nw.Implementation.POLARS,
    nw.Implementation.DUCKDB,
    nw.Implementation.PYSPARK,
    nw.Implementation.PYSPARK_CONNECT,
)
KEPT = len(REASONS)


def opened(table: Any) -> nw.LazyFrame[Any]:
    """Return a table of one of the engines as a lazy frame."""
    frame = nw.from_native(table, pass_through=True)
    if getattr(frame, "implementation", None) not in ENGINES:
        kind = f"{type(table).__module__.split('.')[0]}.{type(table).__name__}"
        raise UserError(
            zh=f"不认识这种表：{kind}。可以用 pandas、Polars、DuckDB 或 PySpark 的表。",
            en=f"A table of unknown kind: {kind}. Use one of pandas, Polars, DuckDB or PySpark.",
        )
    return frame.lazy()


def wall_clock(frame: nw.LazyFrame[Any], column: str, zone: Any = None) -> nw.Expr:
    """Return the expression for a date as the clock on the wall of `zone` showed it.

    Without `zone` it is the zone that the column carries; DuckDB and Spark read in their session's.
    """
    kind = frame.collect_schema()[column]
    if kind not in (nw.Date, nw.Datetime):
        raise not_dates(column)
    own = getattr(kind, "time_zone", None)
    if zone is None or own is None or str(zone) == own:
        return nw.col(column)
    if frame.implementation in (nw.Implementation.DUCKDB, nw.Implementation.PYSPARK):
        raise UserError(
            zh=f"会话时区是 {own}，截止日的时区是 {zone}。请先把会话时区设为 {zone}。",
            en=f"The session's time zone is {own}, the snapshot day's is {zone}: set the session to {zone}.",
        )
    return nw.col(column).dt.convert_time_zone(str(zone))


def day_number(date: nw.Expr) -> nw.Expr:
    """Return the expression for whole days since 1970-01-01."""
    year = date.dt.year() - 1
    leaps = year // 4 - year // 100 + year // 400
    return 365 * year + leaps + date.dt.ordinal_day() - EPOCH


def number(column: str) -> nw.Expr:
    """Return the expression for a column as float, empty where it is not a number: engines sort NaN differently."""
    return nw.col(column).cast(nw.Float64).fill_nan(None)


def first_reason(*conditions: nw.Expr) -> nw.Expr:
    """Return the number of the first condition that holds, or how many there are when none does."""
    reason = nw.lit(len(conditions), nw.Int32)
    for number, condition in reversed(list(enumerate(conditions))):
        reason = nw.when(condition).then(nw.lit(number, nw.Int32)).otherwise(reason)
    return reason


def dated(frame: nw.LazyFrame[Any], column: str, as_of_day: int, zone: Any = None) -> tuple[Any, Any, Any]:
    """Return the expressions for the day, for `before 1970-01-02` and for `after the snapshot day`.

    A pandas column has no type for days: there the day keeps its hours.
    """
    day = wall_clock(frame, column, zone)
    low, high = pd.Timestamp(86400, unit="s"), pd.Timestamp((as_of_day + 1) * 86400, unit="s")
    if frame.implementation is nw.Implementation.PANDAS:
        return day, day < low.to_pydatetime(), day >= high.to_pydatetime()
    day = day if frame.collect_schema()[column] == nw.Date else day.dt.date()
    return day, day < low.date(), day >= high.date()


def order_lines(orders: Any, as_of_day: int, zone: Any = None) -> nw.LazyFrame[Any]:
    """Add `reason`, `day` and `cents` to the order lines; a line that is left out has no cents."""
    frame = opened(orders)
    day, too_early, too_late = dated(frame, "order_date", as_of_day, zone)
    yuan = nw.col("yuan")
    reason = first_reason(
        nw.col("customer_id").is_null(),
        nw.col("order_id").is_null(),
        nw.col("order_date").is_null(),
        yuan.is_null(),
        (yuan.abs() > LARGEST) | too_early,
        too_late,
    )
    kept = nw.col("reason") == KEPT
    return (
        frame.with_columns(yuan=number("amount"), day=day)
        .with_columns(reason=reason)
        .with_columns(cents=nw.when(kept).then((yuan * 100 + 0.5).floor()).otherwise(0.0))
    )


def amount_if(condition: nw.Expr, amount: nw.Expr) -> nw.Expr:
    """Return the amount where the condition holds, else (also where it is not known) 0."""
    return nw.when(condition).then(amount).otherwise(0.0)


def count_orders(
    orders: Any, as_of_day: int, zone: Any = None, products: Any = None, *, rfm_only: bool = False
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count as `kernels.count_orders` does, in three steps: lines → orders → order days → customers."""
    if rfm_only:
        return count_rfm(orders, as_of_day, zone)
    lines = order_lines(orders, as_of_day, zone)
    cents = nw.col("cents")
    sums = {"net": cents, "returned": amount_if(cents < 0, -cents)}
    if "discount" in lines.collect_schema().names():
        off = number("discount")
        sums["priced"] = amount_if((cents > 0) & ~off.is_null(), cents)
        sums["discounted"] = amount_if((cents > 0) & (off > 0), cents)
    if products is not None:
        cost = number("quantity") * nw.col("unit_cost")
        lines = lines.join(unit_cost(products), on="product_id", how="left").with_columns(cost=cost)
        known = (nw.col("reason") == KEPT) & (nw.col("cost").abs() < LARGEST * 10_000)
        sums["margin"] = amount_if(known, cents * 100 - (nw.col("cost") + 0.5).floor())

    totals = [nw.col(name).sum() for name in ("lines", "frequency", *sums)]
    day, previous = nw.col("day"), nw.col("day").shift(1).over("reason", "customer_id", order_by="day")
    by_day = (
        by_order(lines, **sums)
        .group_by("reason", "customer_id", "day")
        .agg(*totals)
        .with_columns(previous_day=nw.when(~day.is_null()).then(previous))
        .with_columns(second_day=nw.when(~nw.col("previous_day").is_null()).then(day))
    )
    days = {
        "first_day": day.min(),
        "second_day": nw.col("second_day").min(),
        "last_day": day.max(),
        "previous_day": nw.col("previous_day").max(),
    }
    by_customer = by_day.group_by("reason", "customer_id").agg(
        *totals, day.count().alias("order_days"), *[date.alias(name) for name, date in days.items()]
    )
    counted = by_customer.with_columns(**{name: day_number(nw.col(name)) for name in days})
    counts, left_out = split_left_out(counted, REASONS)
    return counts.fillna(0).astype("int64"), left_out


def count_rfm(orders: Any, as_of_day: int, zone: Any = None) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count only what the three RFM measures need, in two steps: lines → orders → customers."""
    totals = [nw.col(name).sum() for name in ("lines", "frequency", "net")]
    counted = (
        by_order(order_lines(orders, as_of_day, zone), net=nw.col("cents"))
        .group_by("reason", "customer_id")
        .agg(*totals, nw.col("day").max().alias("last_day"))
        .with_columns(last_day=day_number(nw.col("last_day")))
    )
    counts, left_out = split_left_out(counted, REASONS)
    return counts.fillna(0).astype("int64"), left_out


def by_order(lines: nw.LazyFrame[Any], **sums: nw.Expr) -> nw.LazyFrame[Any]:
    """Add up the lines of each order: `lines`, `day` (the last on which it bought), `frequency` (1 if it did)."""
    bought = nw.col("cents") > 0
    return (
        lines.with_columns(day=nw.when(bought).then(nw.col("day")), **sums)
        .group_by("reason", "customer_id", "order_id")
        .agg(nw.len().alias("lines"), nw.col("day").max(), *[nw.col(name).sum() for name in sums])
        .with_columns(
            lines=nw.col("lines").cast(nw.Float64),
            frequency=nw.when(nw.col("day").is_null()).then(0.0).otherwise(1.0),
        )
    )


def unit_cost(products: Any) -> nw.LazyFrame[Any]:
    """Return what one piece of each product costs, in hundredths of a cent; see `kernels.unit_costs`."""
    cost = number("price") * (1 - number("margin_rate")) * 10_000
    costs = opened(products).select("product_id", unit_cost=(cost + 0.5).floor())
    return costs.group_by("product_id").agg(nw.col("unit_cost").min())


def split_left_out(
    counted: nw.LazyFrame[Any], reasons: tuple[str, ...]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Fetch counts: those kept, by customer, as a pandas table, and how many lines were left out by reason."""
    table = counted.collect()
    kept = nw.col("reason") == len(reasons)
    rest = table.filter(~kept).select("reason", "lines").to_pandas().groupby("reason")["lines"].sum()
    left_out = {name: int(rest.get(number, 0)) for number, name in enumerate(reasons)}
    return table.filter(kept).drop("reason").to_pandas().set_index("customer_id"), left_out
