"""Cut points: from one number a customer to a few levels, by fixed, quantile or natural lines.

Cuts are found by one function and applied by another, so that they can be saved and used again.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.text import T, UserError

LEVELS = ("low", "medium", "high")
SCALES = ("micro", "small", "medium", "large")
AGES = (18, 25, 35, 45, 55, 65)


def known(values: pd.Series) -> np.ndarray:
    """Tell which customers have a usable number (neither missing nor infinite).

    Raises:
        UserError: if a whole table is given and not one column.
    """
    if isinstance(values, pd.DataFrame):
        raise UserError(
            T(
                zh="这里要一列数，给的是整张表：取其中一列，如 `[{column}]`。",
                en="One column of numbers is wanted; a whole table is given. Take one of its columns, as in `[{column}]`.",
            ).format(column=f'"{values.columns[0]}"' if len(values.columns) else "…")
        )
    return np.isfinite(values.to_numpy(dtype=float, na_value=np.nan))


def coded(values: pd.Series, codes: np.ndarray, known: np.ndarray) -> pd.Series:
    """Return one code a customer, `"unknown"` where nothing is known, and count those in `attrs["left_out"]`."""
    result = pd.Series(np.where(known, codes, "unknown"), index=values.index, name=values.name)
    result.attrs["left_out"] = {"no_value": int((~known).sum())}
    return result


def points(cuts: Any, example: str = "[1000, 5000]") -> list[Any]:
    """Return cut points as a list of numbers; a dict, a word or one number alone is a `UserError`.

    >>> points((1000, 5000))
    [1000, 5000]
    """
    numbers = list(cuts) if hasattr(cuts, "__iter__") and not isinstance(cuts, Mapping | str) else [None]
    if not all(isinstance(cut, Real) and not isinstance(cut, bool) for cut in numbers):
        raise UserError(
            T(
                zh="分界点写成从小到大的几个数，如 {example}，现在是 {given}。",
                en="Write cut points as numbers in rising order, such as {example}; given: {given}.",
            ).format(example=example, given=cuts)
        )
    return numbers


def _rank(values: pd.Series, cuts: Sequence[float]) -> pd.Series:
    """Count the entry lines that each customer reaches; NaN where that is not known."""
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    reached = np.searchsorted(np.asarray(cuts, dtype=float), numbers, side="right")
    return pd.Series(reached, index=values.index, name=values.name).where(
        known(values) & ~np.isnan(cuts).any()
    )


def levels(values: pd.Series, cuts: Sequence[float], names: Sequence[str] = LEVELS) -> pd.Series:
    """Put customers into levels by entry lines: who reaches a line is in the level above it.

    `cuts` are yours (fixed), `quantile_cuts(values)` or `natural_cuts(values)`. They are plain numbers: save them
    and use them again next month, so that a customer changes level only when the customer changed.
    Missing values, and everyone when a cut is NaN (too little data to cut), are `"unknown"`.

    >>> levels(pd.Series([500.0, 1000.0, 5000.0]), cuts=[1000, 5000]).tolist()
    ['low', 'medium', 'high']
    """
    cuts = points(cuts)
    if len(names) != len(cuts) + 1 or any(a > b for a, b in pairwise(cuts)):
        raise UserError(
            zh=f"{len(names)} 个层级需要 {len(names) - 1} 条从小到大的分界线，现在是 {list(cuts)}。",
            en=f"{len(names)} levels need {len(names) - 1} cut points in rising order; given: {list(cuts)}.",
        )
    rank = _rank(values, cuts)
    return coded(values, np.asarray(names)[rank.fillna(0).astype(int)], rank.notna().to_numpy())


def quantile_cuts(values: pd.Series, groups: int = 3) -> list[float]:
    """Return entry lines that cut customers into `groups` of about equal number.

    Each line is the smallest value *above* the quantile that somebody really has. So equal customers stay
    together and the many who bought nothing stay in the lowest level, even when they are 75 % of all.
    All NaN when fewer than two different values are known: there is nothing to cut.

    >>> quantile_cuts(pd.Series([1, 2, 3, 4, 5, 6]))
    [3.0, 5.0]
    >>> quantile_cuts(pd.Series([0, 0, 0, 0, 0, 0, 10, 20]))
    [10.0, 10.0]
    """
    worth, number = np.unique(values[known(values)].to_numpy(dtype=float), return_counts=True)
    if len(worth) < 2:
        return [math.nan] * (groups - 1)
    at_quantile = np.searchsorted(number.cumsum() * groups, np.arange(1, groups) * number.sum())
    return worth[(at_quantile + 1).clip(max=len(worth) - 1)].tolist()


def natural_cuts(values: pd.Series, groups: int = 3) -> list[float]:
    """Return entry lines at the natural gaps: the exact best one-dimensional k-means, known as Jenks.

    Of all ways to cut the sorted values it finds the one with the least squared distance to the group means, by
    dynamic programming; no random start. Each line is the lowest value of the upper group. Very skewed money
    puts a few giants alone in the top group: that is what the data say; cut `np.log1p(values)` to soften it.
    All NaN when fewer than two different values are known. Takes about 1 s for 50,000 different values.

    Source: Fisher (1958); Wang & Song (2011), *The R Journal* 3(2), 29–33; their example is checked here.

    >>> natural_cuts(pd.Series([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1]), 3)
    [2.0, 4.0]
    """
    worth, number = np.unique(values[known(values)].to_numpy(dtype=float), return_counts=True)
    if len(worth) < 2:
        return [math.nan] * (groups - 1)
    if len(worth) <= groups:
        return [*worth[1:].tolist(), *[float(worth[-1])] * (groups - len(worth))]
    cuts: list[float] = []
    end = len(worth) - 1
    for start in reversed(_best_starts(worth, number, groups)):
        cuts.insert(0, float(worth[start[end]]))
        end = start[end] - 1
    return cuts


def _best_starts(worth: np.ndarray, number: np.ndarray, groups: int) -> list[np.ndarray]:
    """For two groups, three groups, …: where the last group had best start when it ends at each place.

    The best start only moves right as the end moves right, so solving the middle end halves the search.
    """
    worth = worth - np.average(worth, weights=number)
    weight, total, square = (np.append(0, np.cumsum(number * worth**power)) for power in (0, 1, 2))

    def spread(first: np.ndarray, last: np.ndarray) -> np.ndarray:
        inside = total[last + 1] - total[first]
        return square[last + 1] - square[first] - inside**2 / (weight[last + 1] - weight[first])

    def solve(low: int, high: int, left: int, right: int) -> None:
        if low > high:
            return
        end = (low + high) // 2
        tries = np.arange(left, min(end, right) + 1)
        price = cost[tries - 1] + spread(tries, np.full_like(tries, end))
        best[end], start[end] = price.min(), tries[price.argmin()]
        solve(low, end - 1, left, start[end])
        solve(end + 1, high, start[end], right)

    ends = np.arange(len(worth))
    cost, starts = spread(np.zeros_like(ends), ends), []
    for group in range(1, groups):
        best, start = np.full(len(ends), np.inf), np.zeros_like(ends)
        solve(group, len(ends) - 1, group, len(ends) - 1)
        cost = best
        starts.append(start)
    return starts


def scale_bands(
    employees: pd.Series,
    revenue: pd.Series,
    *,
    staff: Sequence[float] = (20, 300, 1000),
    income: Sequence[float] = (3e6, 2e7, 4e8),
) -> pd.Series:
    """Size a company customer by staff (people) and yearly revenue (yuan): micro, small, medium, large.

    A company must reach *both* entry lines of a scale, else it belongs one lower; where one of the two is not
    known, the other decides. The default lines are those for industry (工业); other industries have their own.

    Source: 国家统计局《统计上大中小微型企业划分办法（2017）》(国统字〔2017〕213 号).

    >>> scale_bands(pd.Series([1000, 1000, 25]), pd.Series([4e8, 1e7, 3e6])).tolist()
    ['large', 'small', 'small']
    """
    ranks = pd.DataFrame({"staff": _rank(employees, points(staff)), "income": _rank(revenue, points(income))})
    return levels(ranks.min(axis=1), (1, 2, 3), SCALES)


def age_bands(birth_year: pd.Series, as_of: pd.Timestamp, lower: Sequence[int] = AGES) -> pd.Series:
    """Put people into age bands: age reached in the year of `as_of`, each band from its lower age on.

    An age below 0 or above 110 is a mistake in the data and becomes `"unknown"`, like a missing year.

    >>> age_bands(pd.Series([1990, 2007, 1850]), pd.Timestamp("2025-06-30")).tolist()
    ['age_35_44', 'age_18_24', 'unknown']
    """
    lower = points(lower, f"{list(AGES)}")
    age = as_of.year - birth_year.astype(float)
    between = [f"age_{low}_{high - 1}" for low, high in pairwise(lower)]
    return levels(
        age.where(age.between(0, 110)), lower, [f"age_under_{lower[0]}", *between, f"age_{lower[-1]}_up"]
    )
