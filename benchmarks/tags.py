"""100 rule tags on 1,000,000 customers: ours in one pass, beside DuckDB, Polars and pandas.

Run from the project's folder: `python -m benchmarks.tags [customers]`.
"""

import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from benchmarks.harness import compare
from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.kinds import column_kinds
from custseg_helpers.tags.rules import parse_rule

CITIES = ["beijing", "shanghai", "guangzhou", "shenzhen", "chengdu", "wuhan", "xian", "hangzhou"]


def customers(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    frequency = rng.geometric(0.3, n)
    gross = np.round(rng.lognormal(5, 1, n) * frequency, 2)
    return pd.DataFrame(
        {
            "recency_days": rng.integers(0, 700, n),
            "frequency": frequency,
            "gross": gross,
            "returned": np.where(rng.random(n) < 0.1, gross * 0.2, 0).round(2),
            "mean_gap_days": np.where(frequency > 1, rng.gamma(2, 30, n), np.nan),
            "discount_share": rng.random(n),
            "tenure_days": rng.integers(0, 1500, n),
            "birth_year": np.where(rng.random(n) < 0.2, np.nan, rng.integers(1950, 2008, n)),
            "city": rng.choice(CITIES, n),
            "gender": pd.Series(rng.choice(["female", "male"], n)).mask(rng.random(n) < 0.1),
        },
        index=pd.RangeIndex(n, name="customer_id").astype(str),
    )


def rules(number: int) -> list[str]:
    patterns = [
        "recency_days <= {d} and frequency >= {k}",
        "recency_days > {d} and frequency >= {k}",
        "gross - returned > {m}",
        "(gross - returned) / frequency > {m} and city in {cities}",
        "recency_days > {k} * mean_gap_days",
        "discount_share >= 0.{k} and frequency >= 2",
        "city in {cities} and gender == 'female'",
        "not (recency_days <= {d}) and mean_gap_days is missing",
        "birth_year >= {y} and tenure_days > {d}",
        "gender is missing or birth_year is missing and tenure_days > {d}",
    ]
    return [
        patterns[i % 10].format(
            d=30 * (i // 10 + 1),
            k=i % 7 + 1,
            m=100 * (i % 9 + 1),
            y=1960 + i // 3,
            cities=CITIES[i % 5 : i % 5 + 3],
        )
        for i in range(number)
    ]


def sql(rule: str) -> str:
    for ours, theirs in (("==", "="), ("is missing", "is null"), ("[", "("), ("]", ")")):
        rule = rule.replace(ours, theirs)
    return f"coalesce({rule}, false)"


def pandas_eval(rule: str) -> str:
    return (
        rule.replace("mean_gap_days is missing", "mean_gap_days != mean_gap_days")
        .replace("birth_year is missing", "birth_year != birth_year")
        .replace("gender is missing", "gender != gender")
    )


def main(n: int = 1_000_000) -> None:
    table, texts = customers(n), rules(100)
    native = duckdb.connect()
    native.register("frame", table)
    native.execute("create table customers as select * from frame")
    polars = pl.from_pandas(table)
    select = ", ".join(f"{sql(text)} as t{i}" for i, text in enumerate(texts))

    def ours() -> pd.DataFrame:
        kinds = column_kinds(table)
        return evaluate({f"t{i}": parse_rule(text, kinds) for i, text in enumerate(texts)}, table)

    def ours_one_by_one() -> list[pd.DataFrame]:
        kinds = column_kinds(table)
        return [evaluate({"t": parse_rule(text, kinds)}, table) for text in texts]

    rivals = {
        "ours, one pass": ours,
        "ours, one tag at a time": ours_one_by_one,
        "DuckDB SQL, native table": lambda: native.execute(f"select {select} from customers").fetchnumpy(),
        "Polars expressions": lambda: polars.select(
            pl.sql_expr(f"{sql(text)} as t{i}") for i, text in enumerate(texts)
        ),
        "pandas eval, rule by rule": lambda: [table.eval(pandas_eval(text)) for text in texts],
    }
    answers = ours()
    theirs = native.execute(f"select {select} from customers").df()
    assert all((answers[tag].to_numpy() == theirs[tag].to_numpy()).all() for tag in answers)
    print(f"100 rule tags, {n:,} customers")
    print(compare(rivals, base="DuckDB SQL, native table", rounds=3).round(2).to_string())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
