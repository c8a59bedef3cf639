"""From counted days and cents to tables that people use: dates, sorted customers, wide tables."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.text import UserError

EPOCH = date(1970, 1, 1).toordinal()
"""The proleptic day number of the day that days are counted from."""
PER_YEAR = {"month": 12, "quarter": 4, "year": 1}


def not_dates(column: Any) -> UserError:
    """Return the error for a column that should hold dates."""
    return UserError(
        zh=f"列“{column}”还不是日期，请先转换，例如用 pd.to_datetime。",
        en=f"Column “{column}” does not hold dates yet: convert it first, say with pd.to_datetime.",
    )


def day_of(moment: pd.Timestamp) -> int:
    """Return the day of a moment, on its own wall clock, as whole days since 1970-01-01.

    >>> day_of(pd.Timestamp("1970-01-02 23:59", tz="Asia/Shanghai"))
    1
    """
    return (moment.tz_localize(None).normalize() - pd.Timestamp(0)).days


def cents(values: pd.Series) -> np.ndarray:
    """Return yuan as whole cents (int64); a missing amount counts as nothing.

    >>> cents(pd.Series([0.29, None, -1.005])).tolist()
    [29, 0, -100]
    """
    yuan = values.to_numpy(dtype=float, na_value=np.nan)
    return np.floor(np.where(np.isfinite(yuan), yuan, 0) * 100 + 0.5).astype("int64")


def dates(days: pd.Series) -> pd.Series:
    """Return whole days since 1970-01-01 as dates.

    >>> dates(pd.Series([19782])).astype(str).tolist()
    ['2024-02-29']
    """
    moments = days.to_numpy(dtype="datetime64[D]").astype("datetime64[us]")
    return pd.Series(moments, index=days.index)


def by_customer(counts: pd.DataFrame) -> pd.DataFrame:
    """Sort by customer; ids come in pandas' own type for text or whole numbers from every engine."""
    ids, text = counts.index, pd.Index(["text"]).dtype
    if ids.dtype == object or not (isinstance(ids.dtype, np.dtype) or ids.dtype == text):
        ids = pd.Index(ids.to_numpy(dtype=object).tolist())
    counts = counts.set_axis(ids.rename("customer_id"))
    if isinstance(ids.dtype, np.dtype) and ids.dtype != object and ids.is_monotonic_increasing:
        return counts
    return counts.iloc[ids.argsort()]


def wide(counts: pd.DataFrame, number: str, by: str) -> pd.DataFrame:
    """Spread long counts: customers in rows, the values of column `value` in columns, 0 where there is nothing.

    Values not known stand in the column `unknown`; periods are complete and in time order.

    >>> counts = pd.DataFrame({"value": [24291, 24293], "net": [5.0, 7.0]}, index=["C1", "C2"])
    >>> wide(counts, "net", "month").columns.tolist()
    ['2024-04', '2024-05', '2024-06']
    """
    values = counts["value"].astype(object).where(counts["value"].notna(), "unknown").to_numpy()
    long = pd.DataFrame({"customer_id": counts.index, by: values, number: counts[number].to_numpy()})
    table = long.pivot_table(index="customer_id", columns=by, values=number, aggfunc="sum", fill_value=0)
    if by in PER_YEAR and len(table):
        periods = range(int(table.columns.min()), int(table.columns.max()) + 1)
        table = table.reindex(columns=periods, fill_value=0)
        table.columns = [period_name(period, PER_YEAR[by]) for period in periods]
    return by_customer(table.rename_axis(columns=by))


def period_name(period: int, per_year: int) -> str:
    """Return the name of the period that comes `period` periods after the year 0.

    >>> period_name(24302, 12), period_name(8100, 4), period_name(2025, 1)
    ('2025-03', '2025-Q1', '2025')
    """
    year, part = divmod(period, per_year)
    return f"{year}" + {12: f"-{part + 1:02d}", 4: f"-Q{part + 1}", 1: ""}[per_year]
