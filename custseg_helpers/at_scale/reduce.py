"""Order lines that do not fit into memory → facts, where the lines live: DuckDB over files, or Spark.

Columns that are plain already become values by expressions that read as `cells` does; from there the same cleaning
plan as in memory says which rows count, so that facts and every tag made of them are those of a run in memory.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from custseg_helpers.at_scale.staging import PART
from custseg_helpers.evidence.overlaps import repeats, said_of_repeats
from custseg_helpers.facts.engines import day_number, number, wall_clock
from custseg_helpers.facts.history import history_of, observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping import plan
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.plan import KEPT, REASONS
from custseg_helpers.mapping.without_lines import Account, Reduced, by_name
from custseg_helpers.reading.numbers import EMPTY
from custseg_helpers.words.text import T, listed

KINDS = field_kinds("orders")
NUMBERS = ("integer", "decimal", "money", "share")
MEASURES = ("amount", "quantity", "price", "discount")
USED = (
    *("order_id", "customer_id", "order_date", "status", *MEASURES),
    *("refund", "after_refunds", "parent_order", "currency"),
)
SPACE = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What Python strips from the ends of a text."""


class Kept(NamedTuple):
    """The lines that count, and what became of the others."""

    lines: nw.LazyFrame[Any]
    """customer_id, order_id, order_date, amount, quantity and, if mapped, discount"""
    file: Path | None
    """the same as a parquet file, where that can be streamed"""
    counts: dict[str, int]
    """rows by reason, `""` for those kept"""
    unread: int
    """infinite numbers"""


def not_plain(schema: Any, own: OwnData) -> list[str]:
    """Return the fields that an engine cannot read as they stand: text that ought to be a number or a date, ids with decimals."""
    return [name for name, kind in schema.items() if name in KINDS and not _plain(name, kind, own)]


def _plain(name: str, kind: Any, own: OwnData) -> bool:
    if KINDS[name] == "date":
        return kind in (nw.Date, nw.Datetime) and name not in _stated(own)
    if KINDS[name] in NUMBERS:
        return bool(kind.is_numeric()) and (name not in _stated(own) or kind.is_integer())
    return kind == nw.String or kind.is_integer()


def _stated(own: OwnData) -> set[str]:
    """Return the fields that say which rows count."""
    return {*own.orders.skip, *own.orders.only}


def not_used(own: OwnData) -> tuple[T, ...]:
    """Say which mapped columns of the orders a run on an engine leaves where they are."""
    rest = [column for name, column in own.orders.columns.items() if name not in (*USED, *_stated(own))]
    if not rest:
        return ()
    said = T(
        zh="引擎只汇总出每位客户的事实。订单里的这些列没有用到：{columns}。",
        en="Of the order lines only facts of every customer were counted. Not used of the orders: {columns}.",
    )
    return (said.format(columns=listed(rest)),)


MOST = 1e13
"""Yuan; what is above is no amount."""


def in_several_parts(lines: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the numbers (`order_id`) of orders of which two files have as many rows with as much money.

    Args:
        lines: `order_id`, what was paid, and in `PART` the file of each row.
    """
    names = lines.collect_schema().names()
    paid = number("amount") if "amount" in names else number("quantity") * number("price")
    sound = (paid > -MOST) & (paid < MOST)  # Spark stops at the floor of infinity
    cents = nw.when(sound).then((paid * 100 + 0.5).floor()).otherwise(0.0)
    known = lines.filter(~nw.col("order_id").is_null()).with_columns(cents=cents)
    of_part = known.group_by("order_id", PART).agg(nw.len().alias("rows"), nw.col("cents").sum())
    alike = of_part.group_by("order_id", "rows", "cents").agg(
        nw.col(PART).min().alias("low"), nw.col(PART).max().alias("high")
    )
    return alike.filter(nw.col("low") != nw.col("high")).select("order_id").unique()


def repeated_orders(
    lines: nw.LazyFrame[Any], rows: pd.DataFrame, own: OwnData, files: Sequence[Any] | None = None
) -> tuple[pd.DataFrame, tuple[T, ...]]:
    """Return the orders that a later export holds as well, as pairs of `order_id` and `PART`, and what to say of them.

    Args:
        lines: as for `in_several_parts`, with `order_date`; the export with the latest day wins, of two the later file.
        rows: the rows of these orders as they stand in the files, and `PART`.
        own: the mapping.
        files: the values of `PART` in the sequence of the files; by default as they sort.
    """
    column = own.orders.columns["order_id"]
    last = lines.group_by(PART).agg(nw.col("order_date").max()).collect().to_pandas()
    place = {file: number for number, file in enumerate(files or sorted(last[PART]))}
    last = last.sort_values(PART, key=lambda parts: parts.map(place), ignore_index=True)
    rank = pd.to_datetime(last["order_date"]).dt.normalize().rank(method="first")
    part = rows[PART].map(dict(zip(last[PART], rank, strict=True))).to_numpy()
    again = repeats(rows.drop(columns=PART), part, column, own.orders.statuses)
    pairs = rows.loc[again, [column, PART]].drop_duplicates()
    said = (said_of_repeats(rows.loc[again, column]),) if again.any() else ()
    return pairs.set_axis(["order_id", PART], axis=1), said


def planned(frame: nw.LazyFrame[Any], own: OwnData, numbered: Callable[[Any], Any]) -> nw.LazyFrame[Any]:
    """Read plain columns as `cells` reads a file's, and add by the cleaning plan why each row is left out (`reason`).

    Args:
        frame: the mapped columns under their standard names, all of them plain; `blank_row` and `skipped` if they
            have been found out already.
        own: the decisions.
        numbered: gives a native table one more column, `order_id`, different in every row.

    Returns:
        Columns `reason`, `infinite` (how many numbers of the row are), `customer_id`, `order_id`, `order_date` (a day),
        `amount`, `quantity` and, if mapped, `discount`.
    """
    schema = frame.collect_schema()
    fields = [name for name in schema if name in KINDS]
    frame = _marked(frame, own, fields)
    if "order_id" not in schema:
        frame = nw.from_native(numbered(frame.to_native())).lazy()
    floats = [_is_infinite(name) for name in fields if schema[name].is_float()]
    day = wall_clock(frame, "order_date", own.time_zone)
    values = frame.with_columns(
        infinite=nw.sum_horizontal(*floats, nw.lit(0)),
        order_date=day if schema["order_date"] == nw.Date else day.dt.date(),
        **{name: _id(schema, name) for name in ("customer_id", "order_id", "status") if name in schema},
        **{name: _finite(name) for name in MEASURES if name in schema},
    )
    given = ["discount"] if "discount" in schema else []
    return plan.order_lines(values, own).select(
        "reason", "infinite", "customer_id", "order_id", "order_date", "amount", "quantity", *given
    )


def _marked(frame: nw.LazyFrame[Any], own: OwnData, fields: list[str]) -> nw.LazyFrame[Any]:
    """Add the marks of rows that `cells.marked` gives: all empty, to be skipped, written before."""
    schema = frame.collect_schema()
    if "blank_row" not in schema:
        empty = nw.all_horizontal(
            *[_raw(name, schema[name]).is_null() for name in fields], ignore_nulls=False
        )
        frame = frame.with_columns(blank_row=empty, skipped=_skipped(own, schema))
    if own.orders.duplicates == "keep":
        return frame.with_columns(duplicate=nw.lit(False))
    names = frame.collect_schema().names()
    cells = [name for name in names if name.startswith("raw_")] or fields
    place = nw.col("duplicate").cum_sum().over(*cells, order_by=cells[0])
    return frame.with_columns(duplicate=nw.lit(1)).with_columns(duplicate=place > 1)


def _raw(name: str, kind: Any) -> nw.Expr:
    return nw.col(name).fill_nan(None) if kind.is_float() else nw.col(name)


def _finite(name: str) -> nw.Expr:
    return nw.when(number(name).abs() != float("inf")).then(number(name))


def _is_infinite(name: str) -> nw.Expr:
    return nw.when(nw.col(name).abs() == float("inf")).then(nw.lit(1)).otherwise(nw.lit(0))


def _id(schema: Any, name: str) -> nw.Expr:
    """Read ids and words as `cells.ids` does, trimming only where it is needed; whole numbers stay numbers: both for speed."""
    if schema[name].is_integer():
        return nw.col(name)
    text = nw.col(name)
    trimmed = (
        nw.when(text.str.contains(f"^[{SPACE}]|[{SPACE}]$")).then(text.str.strip_chars(SPACE)).otherwise(text)
    )
    return nw.when(~trimmed.str.to_lowercase().is_in(sorted(EMPTY))).then(trimmed)


def _skipped(own: OwnData, schema: Any) -> nw.Expr:
    found = [
        _id(schema, name).cast(nw.String).is_in(list(values)).fill_null(False)
        for name, values in own.orders.skip.items()
    ]
    found += [
        ~_id(schema, name).cast(nw.String).is_in(list(values)).fill_null(False)
        for name, values in own.orders.only.items()
    ]
    return nw.any_horizontal(*found, ignore_nulls=False) if found else nw.lit(False)


def count_reasons(lines: nw.LazyFrame[Any]) -> tuple[dict[str, int], int]:
    """Return the rows by reason, `""` for those kept, and how many numbers are infinite."""
    counts = plan.by_reason(lines, "infinite")
    return counts, counts.pop("infinite")


def only_kept(lines: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the lines that count."""
    return lines.filter(nw.col("reason") == KEPT).drop("reason", "infinite")


def reduce(kept: Kept, own: OwnData) -> tuple[Reduced, Account]:
    """Count the facts and the purchase history of every customer, and account for every row."""
    lines = kept.lines
    orders = lines.join(plan.buyers(lines), on="customer_id", how="semi")
    counted = plan.counted(orders, sum(kept.counts.values()))
    last = orders.select(last=day_number(nw.col("order_date")).max()).collect().item()
    shared = counted.shared_orders
    facts = order_facts(kept.file if kept.file and not shared else lines.to_native(), own.as_of)
    until = observed_until(pd.Timestamp(0) + pd.Timedelta(days=int(last)), own.as_of)
    at_first = spent_at_first(lines).set_index("customer_id")["cents"]
    history = history_of(facts, at_first, until)
    left_out = kept.counts | {"no_purchase": kept.counts[""] - counted.rows_kept}
    account = Account(
        counted,
        {reason: left_out[reason] for reason in REASONS if left_out[reason]},
        pd.DataFrame(columns=["row", "column", "value", "problem"]),
        kept.unread,
    )
    return Reduced(by_name(facts), by_name(history)), account


def spent_at_first(lines: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Return what each customer spent (cents) on the day of the first order; an order of several days counts on its last."""
    cents = (nw.col("amount") * 100 + 0.5).floor()
    paid = lines.filter(nw.col("amount") > 0).with_columns(cents=cents)
    by_order = paid.group_by("customer_id", "order_id").agg(nw.col("order_date").max())
    firsts = by_order.group_by("customer_id").agg(nw.col("order_date").min())
    by_day = paid.group_by("customer_id", "order_date").agg(nw.col("cents").sum())
    return by_day.join(firsts, on=["customer_id", "order_date"]).collect().to_pandas()
