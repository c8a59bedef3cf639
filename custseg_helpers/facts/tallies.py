"""Counting money by something, interactions and responses, on every engine; see `engines` for how."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from custseg_helpers.facts.counts import PER_YEAR
from custseg_helpers.facts.engines import (
    KEPT,
    amount_if,
    dated,
    day_number,
    first_reason,
    number,
    opened,
    order_lines,
    split_left_out,
    wall_clock,
)
from custseg_helpers.facts.kernels import REASONS

KINDS = {
    "visit": "visits",
    "view": "views",
    "cart": "carts",
    "click": "clicks",
    "service": "services",
    "survey": "surveys",
}
"""Each kind of interaction and the fact that counts it."""

INTERACTION_REASONS = ("no_customer", "no_date", "impossible", "after_as_of")
FLAGS = ("attended", "converted")
SCORES = ("feedback_score", "purchase_intent")
MONEY = ("amount", "cost")


def count_money(
    orders: Any, by: str, as_of_day: int, zone: Any = None, products: Any = None
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count net cents by customer and value of `by`, with `bought`, the number of positive lines."""
    lines = with_category(order_lines(orders, as_of_day, zone), products)
    if by in PER_YEAR:
        value = period_number(wall_clock(lines, "order_date", zone), PER_YEAR[by])
    elif by == "discount":
        off = number("discount")
        full_price = nw.when(off <= 0).then(nw.lit("full_price"))
        value = nw.when(off > 0).then(nw.lit("discounted")).otherwise(full_price)
    else:
        value = nw.col(by).cast(nw.String)
    positive = amount_if(nw.col("cents") > 0, nw.lit(1.0))
    lines = lines.with_columns(
        value=nw.when(nw.col("reason") == KEPT).then(value), bought=positive, lines=nw.lit(1.0)
    )
    counted = lines.group_by("reason", "customer_id", "value").agg(
        nw.col("cents").sum().alias("net"), nw.col("bought").sum(), nw.col("lines").sum()
    )
    return split_left_out(counted, REASONS)


def with_category(frame: nw.LazyFrame[Any], products: Any) -> nw.LazyFrame[Any]:
    """Look up each line's category in the products, if there are any."""
    if products is None:
        return frame
    categories = opened(products).group_by("product_id").agg(nw.col("category").min())
    return frame.join(categories, on="product_id", how="left")


def period_number(date: nw.Expr, per_year: int) -> nw.Expr:
    """Return how many months, quarters or years have passed since the year 0."""
    months = date.dt.year() * 12 + date.dt.month() - 1
    return months // (12 // per_year)


def interaction_lines(interactions: Any, as_of_day: int, zone: Any = None) -> nw.LazyFrame[Any]:
    """Add `reason` and `day` to the interactions."""
    frame = opened(interactions)
    day, too_early, too_late = dated(frame, "interaction_date", as_of_day, zone)
    reason = first_reason(
        nw.col("customer_id").is_null(), nw.col("interaction_date").is_null(), too_early, too_late
    )
    return frame.with_columns(day=day, lines=nw.lit(1.0)).with_columns(reason=reason)


def count_interactions(
    interactions: Any, as_of_day: int, zone: Any = None
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count each customer's interactions by kind, the last day, and the sum and number of scores."""
    lines = interaction_lines(interactions, as_of_day, zone)
    kind, score = nw.col("kind").cast(nw.String), nw.lit(None, nw.Float64)
    if "score" in lines.collect_schema().names():
        score = number("score")
    numbers = {name: amount_if(kind == code, nw.lit(1.0)) for code, name in KINDS.items()}
    numbers |= {"score": amount_if(score >= 0, score), "scored": amount_if(score >= 0, nw.lit(1.0))}
    counted = (
        lines.with_columns(**numbers)
        .group_by("reason", "customer_id")
        .agg(nw.col("day").max().alias("last_day"), *[nw.col(name).sum() for name in ("lines", *numbers)])
        .with_columns(last_day=day_number(nw.col("last_day")))
    )
    counts, left_out = split_left_out(counted, INTERACTION_REASONS)
    return counts.astype("int64").rename(columns={"lines": "interactions"}), left_out


def count_interactions_by(
    interactions: Any, by: str, kinds: list[str], as_of_day: int, zone: Any = None, products: Any = None
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count the interactions of some kinds by customer and value of `by`."""
    lines = with_category(interaction_lines(interactions, as_of_day, zone), products)
    lines = lines.filter(nw.col("kind").cast(nw.String).is_in(kinds))
    counted = (
        lines.with_columns(value=nw.col(by).cast(nw.String))
        .group_by("reason", "customer_id", "value")
        .agg(nw.col("lines").sum())
    )
    return split_left_out(counted, INTERACTION_REASONS)


def count_responses(responses: Any) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count each customer's campaigns by arm, and what came of those that contacted the customer."""
    if isinstance(responses, pd.DataFrame):
        flags = [flag for flag in FLAGS if flag in responses and responses[flag].dtype == object]
        responses = responses.astype(dict.fromkeys(flags, "float64"))
    frame = opened(responses)
    known = frame.collect_schema().names()
    contacted = nw.col("arm").cast(nw.String) == "treatment"

    def of(column: str) -> nw.Expr:
        return number(column) if column in known else nw.lit(None, nw.Float64)

    numbers = {
        "contacted": amount_if(contacted, nw.lit(1.0)),
        "held_out": amount_if(~contacted, nw.lit(1.0)),
        "lines": nw.lit(1.0),
    }
    numbers |= {flag: amount_if(contacted & (of(flag) > 0), nw.lit(1.0)) for flag in FLAGS}
    for score in SCORES:
        given = contacted & (of(score) >= 0)
        numbers |= {score: amount_if(given, of(score)), f"{score}_given": amount_if(given, nw.lit(1.0))}
    for money in MONEY:
        numbers[money] = amount_if(contacted & (of(money) >= 0), (of(money) * 100 + 0.5).floor())
    counted = (
        frame.with_columns(reason=first_reason(nw.col("customer_id").is_null()), **numbers)
        .group_by("reason", "customer_id")
        .agg(*[nw.col(name).sum() for name in numbers])
    )
    counts, left_out = split_left_out(counted, ("no_customer",))
    return counts.astype("int64"), left_out
