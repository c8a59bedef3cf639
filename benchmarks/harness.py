"""Generated order lines, and rivals run interleaved in one process: on a shared machine only ratios mean anything."""

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

DAYS = 1096


def order_lines(
    n: int, *, shuffled: bool = False, ids: str = "int", part: int = 0, parts: int = 1
) -> pd.DataFrame:
    """Return `n` generated order lines of three years: 0.075 customers and 0.29 orders a line, 3 % returns.

    Orders come in the sequence of their numbers and days, as an export does, unless `shuffled`. Customers are
    long-tailed. `ids="str"` makes both ids text. A table of `parts` pieces is made one `part` at a time.
    """
    rng = np.random.default_rng(part)
    customers, orders = max(1, int(n * parts * 0.075)), max(1, int(n * 0.29))
    owner = (customers * rng.random(orders) ** 1.7).astype("int64") * 7919 % customers
    day = np.sort(rng.integers(part * DAYS // parts, (part + 1) * DAYS // parts, orders))
    order = np.sort(rng.integers(0, orders, n))
    amount = np.round(rng.lognormal(3.5, 1.0, n), 2)
    amount[rng.random(n) < 0.03] *= -1
    lines = pd.DataFrame(
        {
            "order_id": order + part * orders,
            "customer_id": owner[order],
            "order_date": (np.datetime64("2022-01-01") + day[order]).astype("datetime64[us]"),
            "amount": amount,
        }
    )
    if shuffled:
        lines = lines.take(rng.permutation(n)).reset_index(drop=True)
    if ids == "str":
        lines["customer_id"] = "C" + lines["customer_id"].astype(str).str.zfill(8)
        lines["order_id"] = "SO-" + lines["order_id"].astype(str).str.zfill(9)
    return lines


def write_parquet(path: Path, n: int, *, ids: str = "int", part: int = 2_000_000) -> None:
    """Write `n` order lines in the sequence of their orders without ever holding them all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts, writer = max(1, n // part), None
    for number in range(parts):
        lines = order_lines(n // parts, ids=ids, part=number, parts=parts)
        table = pa.Table.from_pandas(lines, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def compare(rivals: dict[str, Callable[[], Any]], base: str, rounds: int = 5) -> pd.DataFrame:
    """Run all rivals in turn, `rounds` times over; return median CPU and wall seconds, and ratios to `base`.

    An unmeasured round comes first, for caches and lazy imports. CPU time counts every thread of the process.
    """
    cpu: dict[str, list[float]] = {name: [] for name in rivals}
    wall: dict[str, list[float]] = {name: [] for name in rivals}
    for turn in range(rounds + 1):
        for name, run in rivals.items():
            gc.collect()
            wall_start, cpu_start = time.perf_counter(), time.process_time()
            run()
            if turn:
                cpu[name].append(time.process_time() - cpu_start)
                wall[name].append(time.perf_counter() - wall_start)
    table = pd.DataFrame(
        {
            "cpu_s": {name: statistics.median(times) for name, times in cpu.items()},
            "wall_s": {name: statistics.median(times) for name, times in wall.items()},
        }
    )
    table["cpu_ratio"] = table["cpu_s"] / table["cpu_s"][base]
    table["wall_ratio"] = table["wall_s"] / table["wall_s"][base]
    return table
