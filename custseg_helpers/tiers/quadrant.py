"""Quadrants: two measures, two cut lines, four kinds of customers."""

import math
import re
from numbers import Real

import numpy as np
import pandas as pd

from custseg_helpers.tiers.cuts import coded, known
from custseg_helpers.words.text import UserError

QUADRANTS = ("high_high", "high_low", "low_high", "low_low")
"""First word: the measure across; second word: the measure upwards."""


def cut_line(values: pd.Series, cut: float | str = "median") -> float:
    """Return where to cut: `"median"`, `"mean"`, a percentile such as `"p80"`, or a number taken as it is.

    >>> values = pd.Series([1.0, 2.0, 9.0])
    >>> cut_line(values), cut_line(values, "mean"), cut_line(values, "p100"), cut_line(values, 5)
    (2.0, 4.0, 9.0, 5.0)
    """
    numbers = values[known(values)].astype(float)
    if isinstance(cut, Real) and not isinstance(cut, bool):
        return float(cut)
    if cut == "mean":
        return math.fsum(numbers) / len(numbers) if len(numbers) else math.nan
    percentile = re.fullmatch(r"p(\d{1,3})", cut) if isinstance(cut, str) else None
    percent = 50 if cut == "median" else int(percentile[1]) if percentile else -1
    if not 0 <= percent <= 100:
        raise UserError(
            zh=f"不认识的切法“{cut}”。可用：median（中位数）、mean（平均值）、p0 到 p100（百分位），或一个数。",
            en=f"Unknown cut “{cut}”. Use median, mean, p0 to p100 (a percentile), or a number.",
        )
    return float(numbers.quantile(percent / 100))


def quadrants(
    x: pd.Series, y: pd.Series, x_cut: float | str = "median", y_cut: float | str = "median"
) -> pd.DataFrame:
    """Put every customer in one of four quadrants by two measures.

    High means *above* the line, on the line is low: where 75 % bought exactly once, the median is 1 and only those
    who bought more are high; where most spent nothing, nothing is low. Equal customers share a quadrant.

    Args:
        x: the measure across, indexed by `customer_id`; its name becomes a column name.
        y: the measure upwards, on the same customers.
        x_cut: as in `cut_line`.
        y_cut: as in `cut_line`.

    Returns:
        Both measures and `quadrant`: `"high_high"`, `"high_low"` (x high, y low), `"low_high"`, `"low_low"`, or
        `"unknown"` where a measure is missing (counted in `attrs["left_out"]`). `attrs["cuts"]` has both lines:
        pass them as numbers to use the same ones next time.

    >>> table = quadrants(pd.Series([1, 5, 9], name="visits"), pd.Series([7.0, 8.0, 1.0], name="spend"))
    >>> table["quadrant"].tolist(), table.attrs["cuts"]
    (['low_low', 'low_high', 'high_low'], (5.0, 7.0))
    """
    names = (x.name, y.name) if x.name is not None and y.name is not None and x.name != y.name else ("x", "y")
    table = pd.DataFrame(dict(zip(names, (x, y), strict=True)))
    across, up = (table[name] for name in names)
    lines = cut_line(across, x_cut), cut_line(up, y_cut)
    codes = np.select(
        [(across > lines[0]) & (up > lines[1]), across > lines[0], up > lines[1]],
        ["high_high", "high_low", "low_high"],
        "low_low",
    )
    table["quadrant"] = coded(across.rename("quadrant"), codes, known(across) & known(up))
    table.attrs["cuts"] = lines
    table.attrs["left_out"] = {"no_value": int((table["quadrant"] == "unknown").sum())}
    return table
