"""Order lines that do not fit into memory → facts, where the lines live: DuckDB over files, or Spark.

The rows are cleaned by the same decisions as in `clean`, written as plain expressions that every engine computes
alike, so that facts and every tag made of them are those of a run in memory, to the last bit.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from custseg_helpers.facts.engines import dated, day_number, first_reason, number
from custseg_helpers.facts.history import history_of, observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.clean import LARGEST, REASONS, Counted
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.without_lines import Account, Reduced, by_name
from custseg_helpers.reading.numbers import EMPTY
from custseg_helpers.words.text import T

KINDS = field_kinds("orders")
NUMBERS = ("integer", "decimal", "money", "share")
USED = ("order_id", "customer_id", "order_date", "amount", "quantity", "price", "status", "discount")
CLEANING = tuple(reason for reason in REASONS if reason != "no_purchase")
KEPT = len(CLEANING)
SPACE = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)))  # fmt: skip
"""What Python strips from the ends of a text."""


class Kept(NamedTuple):
    """The lines that count, and what became of the others."""

    lines: nw.LazyFrame[Any]
    """customer_id, order_id, order_date, amount, bought and, if mapped, discount"""
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
        return kind in (nw.Date, nw.Datetime) and name not in own.orders.skip
    if KINDS[name] in NUMBERS:
        return bool(kind.is_numeric()) and (name not in own.orders.skip or kind.is_integer())
    return kind == nw.String or kind.is_integer()


def not_used(own: OwnData) -> tuple[T, ...]:
    """Say which mapped columns of the orders a run on an engine leaves where they are."""
    rest = [column for name, column in own.orders.columns.items() if name not in (*USED, *own.orders.skip)]
    if not rest:
        return ()
    return (
        T(
            zh=f"明细没有读进内存，只算出每位客户的事实。订单里的这些列没有用到：{'、'.join(rest)}。",
            en=f"The order lines were not read into memory, only facts of every customer were counted. Not used of the orders: {', '.join(rest)}.",
        ),
    )


def cleaned(frame: nw.LazyFrame[Any], own: OwnData, numbered: Callable[[Any], Any]) -> nw.LazyFrame[Any]:
    """Add to rows in standard fields why each is left out (`reason`, `KEPT` where it is not), and what it stands for.

    Args:
        frame: the mapped columns under their standard names, all of them plain; `blank_row` and `skipped` if they
            have been found out already.
        own: the decisions.
        numbered: gives a native table one more column, `order_id`, different in every row.

    Returns:
        Columns `reason`, `rows` and `more` (how often the row stands there, and how many of these are duplicates),
        `infinite`, `customer_id`, `order_id`, `order_date` (a day), `amount`, `quantity` and, if mapped, `discount`.
    """
    schema = frame.collect_schema()
    fields = [name for name in schema if name in KINDS]
    empty = [_raw(name, schema[name]).is_null() for name in fields]
    if "blank_row" not in schema:
        blank = nw.all_horizontal(*empty, ignore_nulls=False)
        frame = frame.with_columns(blank_row=blank, skipped=_skipped(own, schema))
    frame = _without_duplicates(frame, own)
    if "order_id" not in schema:
        frame = nw.from_native(numbered(frame.to_native())).lazy()
    frame = frame.with_columns(
        infinite=nw.sum_horizontal(
            *[_is_infinite(name) for name in fields if schema[name].is_float()], nw.lit(0)
        ),
        customer_id=_id(schema, "customer_id"),
        order_id=_id(schema, "order_id"),
        status=_id(schema, "status"),
    )
    frame = _signed(_with_amounts(frame, schema), own)
    day, _, too_late = dated(frame, "order_date", (own.as_of - pd.Timestamp(0)).days, own.time_zone)
    amount, quantity = nw.col("amount"), nw.col("quantity")
    wrong = {
        "blank_row": nw.col("blank_row"),
        "skipped": nw.col("skipped"),
        "duplicate": nw.lit(False),
        "no_customer": nw.col("customer_id").is_null(),
        "no_order": nw.col("order_id").is_null(),
        "no_date": nw.col("order_date").is_null(),
        "no_amount": amount.is_null() | quantity.is_null(),
        "zero_amount": (amount == 0) | (quantity == 0),
        "impossible": amount.abs() > LARGEST,
        "sign_mismatch": nw.col("mismatch"),
        "after_as_of": too_late,
    }
    assert tuple(wrong) == CLEANING
    given = ["discount"] if "discount" in schema else []
    return frame.with_columns(reason=first_reason(*wrong.values()), order_date=day).select(
        "reason", "rows", "more", "infinite", "customer_id", "order_id", "order_date", "quantity",
        *[_finite(name).alias(name) for name in given],
        amount=(amount * 100 + 0.5).floor() / 100,
    )  # fmt: skip


def _raw(name: str, kind: Any) -> nw.Expr:
    return nw.col(name).fill_nan(None) if kind.is_float() else nw.col(name)


def _finite(name: str) -> nw.Expr:
    return nw.when(number(name).abs() != float("inf")).then(number(name))


def _is_infinite(name: str) -> nw.Expr:
    return nw.when(nw.col(name).abs() == float("inf")).then(nw.lit(1)).otherwise(nw.lit(0))


def _id(schema: Any, name: str) -> nw.Expr:
    """Read ids and words as `clean.ids` does, trimming only where it is needed; whole numbers stay numbers: both for speed."""
    if name not in schema:
        return nw.col(name) if name == "order_id" else nw.lit(None, nw.String)
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
    return nw.any_horizontal(*found, ignore_nulls=False) if found else nw.lit(False)


def _without_duplicates(frame: nw.LazyFrame[Any], own: OwnData) -> nw.LazyFrame[Any]:
    if own.orders.duplicates == "keep":
        return frame.with_columns(rows=nw.lit(1), more=nw.lit(0))
    once = frame.group_by(*frame.collect_schema().names()).agg(nw.len().alias("rows"))
    counted = ~(nw.col("blank_row") | nw.col("skipped"))
    return once.with_columns(more=nw.when(counted).then(nw.col("rows") - 1).otherwise(nw.lit(0)))


def _with_amounts(frame: nw.LazyFrame[Any], schema: Any) -> nw.LazyFrame[Any]:
    amount = _finite("amount") if "amount" in schema else _finite("quantity") * _finite("price")
    frame = frame.with_columns(amount=amount)
    by_sign = nw.when(nw.col("amount") < 0).then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    return frame.with_columns(quantity=_finite("quantity") if "quantity" in schema else by_sign)


def _signed(frame: nw.LazyFrame[Any], own: OwnData) -> nw.LazyFrame[Any]:
    """Give returns negative amounts and quantities, as `clean` does; `mismatch` tells which rows contradict the rule."""
    less = {name: (nw.col(name) < 0).fill_null(False) for name in ("amount", "quantity")}
    if own.orders.returns.by == "sign":
        return frame.with_columns(mismatch=less["amount"] != less["quantity"])
    if own.orders.returns.by == "prefix":
        order = nw.col("order_id").cast(nw.String).fill_null("")
        back = nw.any_horizontal(*[order.str.starts_with(start) for start in own.orders.returns.values], ignore_nulls=False)  # fmt: skip
    else:
        back = nw.col("status").cast(nw.String).is_in(list(own.orders.returns.values)).fill_null(False)
    frame = frame.with_columns(back=back, mismatch=~back & (less["amount"] | less["quantity"]))
    return frame.with_columns(
        **{name: nw.when(nw.col("back")).then(-nw.col(name).abs()).otherwise(nw.col(name)) for name in less}
    )


def count_reasons(lines: nw.LazyFrame[Any]) -> tuple[dict[str, int], int]:
    """Return the rows by reason, `""` for those kept, and how many numbers are infinite."""
    sums = [nw.col(name).sum() for name in ("rows", "more", "infinite")]
    table = lines.group_by("reason").agg(*sums).collect().to_pandas().set_index("reason").astype("int64")
    counts = {
        name: int((table["rows"] - table["more"]).get(place, 0)) for place, name in enumerate((*CLEANING, ""))
    }
    counts["duplicate"] += int(table["more"].sum())
    return counts, int(table["infinite"].sum())


def only_kept(lines: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the lines that count."""
    kept = lines.filter(nw.col("reason") == KEPT).with_columns(bought=nw.col("quantity") > 0)
    return kept.drop("reason", "rows", "more", "infinite", "quantity")


def reduce(kept: Kept, own: OwnData) -> tuple[Reduced, Account]:
    """Count the facts and the purchase history of every customer, and account for every row."""
    lines = kept.lines
    buyers = lines.filter(nw.col("amount") > 0).select("customer_id").unique()
    orders = lines.join(buyers, on="customer_id", how="semi")
    totals = orders.select(
        rows=nw.len(), bought=nw.col("bought").cast(nw.Int64).sum(), last=day_number(nw.col("order_date")).max()
    ).collect().to_pandas().iloc[0]  # fmt: skip
    of_order = orders.group_by("order_id").agg(
        nw.col("customer_id").min().alias("low"), nw.col("customer_id").max().alias("high")
    )
    shared = of_order.filter(nw.col("low") != nw.col("high")).select(orders=nw.len()).collect().item()
    facts = order_facts(kept.file if kept.file and not shared else lines.to_native(), own.as_of)
    until = observed_until(pd.Timestamp(0) + pd.Timedelta(days=int(totals["last"])), own.as_of)
    at_first = spent_at_first(lines).set_index("customer_id")["cents"]
    history = history_of(facts, at_first, until)
    left_out = kept.counts | {"no_purchase": kept.counts[""] - int(totals["rows"])}
    account = Account(
        Counted(
            rows_in=sum(kept.counts.values()),
            rows_kept=int(totals["rows"]),
            bought=int(totals["bought"]),
            returned=int(totals["rows"] - totals["bought"]),
            shared_orders=int(shared),
        ),
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
