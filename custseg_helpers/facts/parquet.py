"""Counting a parquet file of order lines: streamed through the NumPy kernel where ids allow, else by DuckDB."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.facts.columns import need
from custseg_helpers.facts.kernels import BLOCK, Lines, SharedOrder, numbers, tabulated, tally, wall_clock


def count_orders(
    path: str | Path,
    as_of_day: int,
    zone: Any = None,
    products: pd.DataFrame | None = None,
    *,
    rfm_only: bool = False,
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count as `kernels.count_orders` does, without ever holding all lines.

    Streaming needs whole numbers as ids, without large holes and one customer an order; it holds a slot an order
    and a row a customer. Any other file, and any margin, is a task for DuckDB.
    """
    if products is None:
        try:
            return streamed(path, as_of_day, zone, rfm_only)
        except (NoRange, SharedOrder):
            pass
    import duckdb

    from custseg_helpers.facts import engines

    lines = duckdb.read_parquet(str(path))
    costs = None if products is None else duckdb.from_df(products)
    return engines.count_orders(lines, as_of_day, zone, costs, rfm_only=rfm_only)


class NoRange(Exception):
    """The ids are no whole numbers in a narrow range."""


def streamed(
    path: str | Path, as_of_day: int, zone: Any = None, rfm_only: bool = False
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Count piece by piece with the NumPy kernel; raises `NoRange` or `SharedOrder` where that cannot be done."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        columns = ["customer_id", "order_id", "order_date", "amount"]
        with_discount = "discount" in file.schema_arrow.names and not rfm_only
        columns += ["discount"] * with_discount
        need(pd.DataFrame(columns=file.schema_arrow.names), columns)
        low, customers = id_range(file, "customer_id")
        low_order, orders = id_range(file, "order_id")

        def pieces() -> Iterator[Lines]:
            for batch in file.iter_batches(BLOCK, columns=columns):
                column = {name: batch.column(name) for name in columns}
                yield Lines(
                    column["customer_id"].fill_null(low - 1).to_numpy() - low,
                    column["order_id"].fill_null(low_order - 1).to_numpy() - low_order,
                    wall_clock(column["order_date"].to_pandas(date_as_object=False), zone),
                    numbers(column["amount"].to_pandas()),
                    numbers(column["discount"].to_pandas()) if with_discount else None,
                )

        sums = ["lines", "net"] + ["returned"] * (not rfm_only) + ["priced", "discounted"] * with_discount
        counts, left_out = tally(pieces(), sums, customers, orders, as_of_day)
    return tabulated(counts, pd.Index(np.arange(low, low + customers))), left_out


def id_range(file: Any, column: str) -> tuple[int, int]:
    """Return the smallest id and the length of the range of ids, from the file's own statistics."""
    place = file.schema_arrow.get_field_index(column)
    groups = [file.metadata.row_group(number).column(place) for number in range(file.metadata.num_row_groups)]
    limits = [group.statistics for group in groups]
    if not limits or any(limit is None or not limit.has_min_max for limit in limits):
        raise NoRange
    low, high = min(limit.min for limit in limits), max(limit.max for limit in limits)
    if not isinstance(low, int) or high - low > 4 * file.metadata.num_rows or low <= np.iinfo("int64").min:
        raise NoRange
    return low, high - low + 1
