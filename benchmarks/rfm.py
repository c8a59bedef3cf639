"""RFM facts and scores, ours beside hand-written SQL, pandas, Polars, the notebook idiom and the packages.

python -m benchmarks.rfm --lines 1e6 --ids int --order sorted --rounds 5
python -m benchmarks.rfm --parquet lines.parquet --lines 1e8 --rounds 1
"""

import argparse
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from benchmarks.harness import compare, order_lines, write_parquet
from custseg_helpers.facts.per_customer import order_facts, rfm_facts
from custseg_helpers.tiers.rfm import rfm_scores

AS_OF = pd.Timestamp("2025-01-01")
BASE = "DuckDB SQL"
SQL = """
WITH facts AS (
    SELECT customer_id,
        date_diff('day', max(order_date) FILTER (amount > 0), TIMESTAMP '2025-01-01') AS recency,
        count(DISTINCT order_id) FILTER (amount > 0) AS frequency,
        sum(CAST(floor(amount * 100 + 0.5) AS BIGINT)) AS monetary
    FROM {lines} WHERE order_date <= TIMESTAMP '2025-01-01' GROUP BY 1)
SELECT *, 1 + 5 * (rank() OVER (ORDER BY recency DESC) - 1) // count(*) OVER () AS r,
    1 + 5 * (rank() OVER (ORDER BY frequency) - 1) // count(*) OVER () AS f,
    1 + 5 * (rank() OVER (ORDER BY monetary) - 1) // count(*) OVER () AS m
FROM facts WHERE frequency > 0"""


def ours(lines: Any) -> pd.DataFrame:
    return rfm_scores(order_facts(lines, AS_OF))


def ours_rfm(lines: Any) -> pd.DataFrame:
    return rfm_scores(rfm_facts(lines, AS_OF))


def idiomatic_pandas(lines: pd.DataFrame) -> pd.DataFrame:
    lines = lines[lines["order_date"] <= AS_OF]
    bought = lines[lines["amount"] > 0].groupby("customer_id")
    facts = bought.agg(last=("order_date", "max"), frequency=("order_id", "nunique"))
    facts["monetary"] = lines.groupby("customer_id")["amount"].sum()
    facts["recency"] = (AS_OF - facts.pop("last")).dt.days
    worse = {"recency": False, "frequency": True, "monetary": True}
    for measure, ascending in worse.items():
        rank = facts[measure].rank(method="min", ascending=ascending).astype(int) - 1
        facts[measure[0]] = 1 + 5 * rank // len(facts)
    return facts


def plain_polars(lines: Any) -> Any:
    import polars as pl

    positive = pl.col("amount") > 0
    facts = (
        lines.lazy()
        .filter(pl.col("order_date") <= AS_OF)
        .group_by("customer_id")
        .agg(
            recency=(pl.lit(AS_OF) - pl.col("order_date").filter(positive).max()).dt.total_days(),
            frequency=pl.col("order_id").filter(positive).n_unique(),
            monetary=(pl.col("amount") * 100 + 0.5).floor().sum(),
        )
        .filter(pl.col("frequency") > 0)
    )
    worse = {"recency": True, "frequency": False, "monetary": False}
    scores = [
        (1 + 5 * (pl.col(name).rank("min", descending=down).cast(pl.Int64) - 1) // pl.len()).alias(name[0])
        for name, down in worse.items()
    ]
    return facts.with_columns(scores).collect()


def notebook_idiom(lines: pd.DataFrame) -> pd.DataFrame:
    facts = lines.groupby("customer_id").agg(
        {
            "order_date": lambda dates: (AS_OF - dates.max()).days,
            "order_id": lambda numbers: numbers.nunique(),
            "amount": lambda amounts: amounts.sum(),
        }
    )
    facts.columns = ["recency", "frequency", "monetary"]
    facts["r"] = pd.qcut(facts["recency"].rank(method="first"), 5, labels=[5, 4, 3, 2, 1])
    facts["f"] = pd.qcut(facts["frequency"].rank(method="first"), 5, labels=[1, 2, 3, 4, 5])
    facts["m"] = pd.qcut(facts["monetary"], 5, labels=[1, 2, 3, 4, 5])
    facts["score"] = facts.apply(lambda row: f"{row['r']}{row['f']}{row['m']}", axis=1)
    return facts


def with_lifetimes(lines: pd.DataFrame) -> Any:
    from lifetimes.utils import summary_data_from_transaction_data

    return summary_data_from_transaction_data(
        lines, "customer_id", "order_date", monetary_value_col="amount", observation_period_end=AS_OF
    )


def with_pymc_marketing(lines: pd.DataFrame) -> Any:
    from pymc_marketing.clv.utils import rfm_segments

    return rfm_segments(
        lines, customer_id_col="customer_id", datetime_col="order_date", monetary_value_col="amount",
        observation_period_end=AS_OF,
    )  # fmt: skip


def with_numba() -> Callable[[pd.DataFrame], Any]:
    """Return a one-pass lower bound for dense whole-number ids in the sequence of the orders."""
    import numba

    @numba.njit
    def count(customer, order, day, amount, customers):
        last = np.zeros(customers, np.int64)
        frequency = np.zeros(customers, np.int64)
        cents = np.zeros(customers, np.int64)
        seen = np.zeros(order.max() + 1, np.bool_)
        for line in range(len(customer)):
            owner = customer[line]
            cents[owner] += int(np.floor(amount[line] * 100 + 0.5))
            if amount[line] > 0:
                last[owner] = max(last[owner], day[line])
                if not seen[order[line]]:
                    seen[order[line]] = True
                    frequency[owner] += 1
        return last, frequency, cents

    def run(lines: pd.DataFrame) -> Any:
        day = lines["order_date"].to_numpy().astype("datetime64[D]").astype("int64")
        customer = lines["customer_id"].to_numpy()
        last, frequency, cents = count(
            customer, lines["order_id"].to_numpy(), day, lines["amount"].to_numpy(), customer.max() + 1
        )
        buys = frequency > 0
        today = (AS_OF - pd.Timestamp(0)).days
        return rfm_scores(
            pd.DataFrame(
                {
                    "recency_days": today - last[buys],
                    "frequency": frequency[buys],
                    "monetary": cents[buys] / 100,
                }
            )
        )

    return run


def in_memory(n: int, ids: str, shuffled: bool) -> dict[str, Callable[[], Any]]:
    """Return the rivals on one table of generated lines."""
    import polars as pl

    lines = order_lines(n, shuffled=shuffled, ids=ids)
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("generated", lines)
    connection.execute("CREATE TABLE lines AS SELECT * FROM generated")
    frame = pl.from_pandas(lines)
    rivals: dict[str, Callable[[], Any]] = {
        BASE: lambda: connection.execute(SQL.format(lines="lines")).df(),
        "ours, pandas": lambda: ours_rfm(lines),
        "ours, pandas, all facts": lambda: ours(lines),
        "ours, Polars": lambda: ours_rfm(frame),
        "ours, Polars, all facts": lambda: ours(frame),
        "ours, DuckDB": lambda: ours_rfm(connection.table("lines")),
        "ours, DuckDB, all facts": lambda: ours(connection.table("lines")),
        "idiomatic pandas": lambda: idiomatic_pandas(lines),
        "Polars": lambda: plain_polars(frame),
        "notebook idiom": lambda: notebook_idiom(lines),
    }
    if find_spec("lifetimes"):
        rivals["lifetimes"] = lambda: with_lifetimes(lines)
    if find_spec("pymc_marketing"):
        rivals["pymc-marketing"] = lambda: with_pymc_marketing(lines)
    if find_spec("numba") and ids == "int":
        bound = with_numba()
        rivals["numba lower bound"] = lambda: bound(lines)
    return rivals


def from_parquet(path: Path, n: int, ids: str) -> dict[str, Callable[[], Any]]:
    """Return the rivals that read a parquet file, made first where there is none."""
    if not path.exists():
        write_parquet(path, n, ids=ids)
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    return {
        BASE: lambda: connection.execute(SQL.format(lines=f"'{path}'")).df(),
        "ours, streamed": lambda: ours_rfm(path),
        "ours, streamed, all facts": lambda: ours(path),
        "ours, DuckDB": lambda: ours_rfm(connection.read_parquet(str(path))),
        "ours, DuckDB, all facts": lambda: ours(connection.read_parquet(str(path))),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=float, default=1e6)
    parser.add_argument("--ids", choices=["int", "str"], default="int")
    parser.add_argument("--order", choices=["sorted", "shuffled"], default="sorted")
    parser.add_argument("--parquet", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rivals", nargs="*", help="only these (the base is always run)")
    options = parser.parse_args()
    n = int(options.lines)
    rivals = (
        from_parquet(options.parquet, n, options.ids)
        if options.parquet
        else in_memory(n, options.ids, options.order == "shuffled")
    )
    if options.rivals:
        rivals = {name: run for name, run in rivals.items() if name in (BASE, *options.rivals)}
    print(f"{n:,} lines, {options.ids} ids, {options.order}")
    print(compare(rivals, BASE, options.rounds).round(2).to_string())


if __name__ == "__main__":
    main()
