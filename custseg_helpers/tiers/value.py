"""Value: who brings the money.

Every function takes one number a customer (a Series indexed by `customer_id`). Money is added up in whole cents,
so the row order never changes a grade; equal values always share a grade.
"""

import math

import numpy as np
import pandas as pd
from pandas.api.types import is_string_dtype

from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.shares import need_share
from custseg_helpers.tiers.cuts import coded, known, points
from custseg_helpers.words.text import UserError


def abc(values: pd.Series, shares: tuple[float, float] = (0.80, 0.95)) -> pd.Series:
    """Grade customers A, B, C by the money they bring; D brings none.

    A customer is A while those who bring *strictly more* hold less than `shares[0]` of the money, B while they
    hold less than `shares[1]`, else C. So the customer who crosses the 80 % line is still an A, and equal
    customers share a grade. Zero or negative value is always D, and shares are of the positive money only.
    A missing value is `"unknown"` and counted in `attrs["left_out"]`: write 0 where it means "bought nothing".

    Args:
        values: yuan a customer, indexed by `customer_id`.
        shares: where A ends and where B ends, as cumulative shares of the money.

    Returns:
        `"A"`, `"B"`, `"C"`, `"D"` or `"unknown"`, on the same index.

    Source: Pareto analysis as in Juran, *Quality Control Handbook*; 80 % and 95 % are the usual lines.

    >>> abc(pd.Series({"c1": 70.0, "c2": 20.0, "c3": 6.0, "c4": 4.0, "c5": 0.0})).tolist()
    ['A', 'A', 'B', 'C', 'D']
    """
    lines = points(shares, "(0.80, 0.95)")
    if len(lines) != 2 or not 0 < lines[0] <= lines[1] <= 1:
        raise UserError(
            zh=f"累计占比的两条线须满足 0 < A 线 ≤ B 线 ≤ 1，现在是 {shares}。",
            en=f"The two lines must satisfy 0 < A line ≤ B line ≤ 1; they are {shares}.",
        )
    first, second = lines
    worth, place, number = np.unique(cents(values).clip(min=0), return_inverse=True, return_counts=True)
    money = worth * number
    held_by_better = (money.sum() - money.cumsum()) / max(money.sum(), 1)
    grades = np.select([worth == 0, held_by_better < first, held_by_better < second], ["D", "A", "B"], "C")
    return coded(values, grades[place], known(values))


def pareto(values: pd.Series, shares: tuple[float, float] = (0.80, 0.95)) -> pd.DataFrame:
    """Line customers up from best to worst and add up their money: the table behind the Pareto curve.

    Returns:
        One row a customer, best first (equal values by id): `value` (yuan), `customer_share` and `value_share`
        (cumulative, 0–1, of the positive money) and the `grade` of `abc()`. Missing values are left out and counted.

    >>> pareto(pd.Series({"c1": 20.0, "c2": 80.0}))["value_share"].tolist()
    [0.8, 1.0]
    """
    grades = abc(values, shares)
    table = pd.DataFrame({"value": values.astype(float), "grade": grades})[known(values)]
    table = table.sort_index().sort_values("value", ascending=False, kind="stable")
    worth = cents(table["value"]).clip(min=0)
    table.insert(1, "customer_share", np.arange(1, len(table) + 1) / max(len(table), 1))
    table.insert(2, "value_share", worth.cumsum() / max(worth.sum(), 1))
    table.attrs["left_out"] = grades.attrs["left_out"]
    return table


def share_of_top(values: pd.Series, top: float = 0.20) -> float:
    """Return the share of the money that the best `top` of the customers bring (their number rounded up).

    The 80/20 claim is `share_of_top(values, 0.20) >= 0.80`. NaN when nobody brings money.

    Raises:
        UserError: if `top` is no share from 0 to 1.

    >>> share_of_top(pd.Series([50.0, 20, 10, 10, 10]))
    0.5
    """
    need_share("top", top)
    curve = pareto(values)["value_share"]
    if curve.empty or curve.iloc[-1] == 0:
        return math.nan
    number = math.ceil(round(top * len(curve), 9))
    return float(curve.iloc[number - 1]) if number else 0.0


def by_group(groups: pd.Series, values: pd.Series | None = None) -> pd.DataFrame:
    """Count the customers of each group and add up what they bring: any single-dimension grouping.

    Returns:
        One row a group: `customers`, `share`; with `values` (yuan) also `value`, `value_share` and `mean_value`
        (of the customers whose value is known). Categories keep their order, other groups stand richest (or
        largest) first. Customers without a group are left out and counted in `attrs["left_out"]`.

    >>> by_group(pd.Series(["A", "B", "B"]), pd.Series([60.0, 30.0, 10.0]))["value_share"].to_dict()
    {'A': 0.6, 'B': 0.4}
    """
    if (
        values is not None
        and len(values)
        and (is_string_dtype(values) or isinstance(values.dtype, pd.CategoricalDtype))
    ):
        raise UserError(
            zh="by_group 先收分组、后收金额：by_group(region, money)；这里后一样不是数。",
            en="by_group takes the groups first, then the money: by_group(region, money); the second is no number here.",
        )
    grouped = groups[groups.notna()]
    counts = grouped.groupby(grouped, observed=False).size()
    table = pd.DataFrame({"customers": counts, "share": counts / max(len(grouped), 1)})
    if values is not None:
        aligned = values.reindex(grouped.index)
        whole = pd.Series(cents(aligned), index=grouped.index).groupby(grouped, observed=False).sum()
        counted = pd.Series(known(aligned), index=grouped.index).groupby(grouped, observed=False).sum()
        table["value"] = whole / 100
        table["value_share"] = whole / whole.sum() if whole.sum() else math.nan
        table["mean_value"] = whole / 100 / counted.where(counted > 0)
    if not isinstance(groups.dtype, pd.CategoricalDtype):
        richest = "customers" if values is None else "value"
        table = table.sort_index().sort_values(richest, ascending=False, kind="stable")
    table.attrs["left_out"] = {"no_group": int(groups.isna().sum())}
    return table


VALUE_TYPES = {
    (True, True, True): "core",
    (True, True, False): "contested",
    (True, False, True): "pillar",
    (True, False, False): "drifting",
    (False, True, True): "rising",
    (False, True, False): "untapped",
    (False, False, True): "regular",
    (False, False, False): "occasional",
}
"""(high value, high potential, high loyalty) → the type's code."""


def value_types(value: pd.Series, potential: pd.Series, loyalty: pd.Series) -> pd.Series:
    """Type customers by value × potential × loyalty: what they bring, could bring, and whether they stay.

    Each of the three is a Series of levels; only `"high"` counts as high. Anyone unknown in one is `"unknown"`.

    Source: value × loyalty as in Reinartz & Kumar (2002), "The Mismanagement of Customer Loyalty", *Harvard
    Business Review* 80(7); potential as the third side and the eight names are this course's.

    >>> high, low = pd.Series(["high"]), pd.Series(["low"])
    >>> value_types(high, high, low).tolist(), value_types(low, high, high).tolist()
    (['contested'], ['rising'])
    """
    sides = pd.DataFrame({"value": value, "potential": potential, "loyalty": loyalty})
    complete = (sides.notna() & sides.ne("unknown")).all(axis=1).to_numpy()
    codes = [VALUE_TYPES[key] for key in sides.eq("high").itertuples(index=False, name=None)]
    return coded(sides["value"].rename(None), np.asarray(codes, dtype=object), complete)
