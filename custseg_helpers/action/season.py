"""The season: how a year's sales fall on its months, without the growth of the company, with a festival that moves."""

import numpy as np
import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.words.text import UserError

SPRING_FESTIVAL = """
    2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-18 2008-02-07
    2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28
    2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17
    2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08
    2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12
"""
"""The first day of the lunar year, by the calendar that the Purple Mountain Observatory computes (GB/T 33661-2017)."""

BEFORE, AFTER = 20, 15
"""Days that belong to the festival: from the twentieth before it to the Lantern Festival."""

BEND = 3
"""The power up to which the company's own growth and shrinking is followed: one swing up and one down."""


def spring_festival(year: int) -> pd.Timestamp:
    """Return the first day of the lunar year that begins in a calendar year, 2000 to 2040.

    >>> str(spring_festival(2026).date())
    '2026-02-17'
    """
    known = {int(day[:4]): day for day in SPRING_FESTIVAL.split()}
    if year not in known:
        raise UserError(
            zh=f"春节日期表只有 {min(known)}–{max(known)} 年，没有 {year} 年。",
            en=f"The dates of the Spring Festival reach from {min(known)} to {max(known)}; {year} is not among them.",
        )
    return pd.Timestamp(known[year])


def move_festival(sales: pd.Series, year: int) -> pd.Series:
    """Move past sales so that the Spring Festival falls where it falls in `year`; no yuan is lost.

    The days around each past festival (20 before, 15 after) take the same places around this year's date, and the
    days that stood there move up or down in their order. Only the days change places, so each year keeps its sum.

    Args:
        sales: yuan a day, indexed by date; days without sales may be missing.
        year: the year to come, 2000 to 2040.

    Returns:
        Yuan a day, every day of the years in `sales`.

    >>> sold = pd.Series({pd.Timestamp("2025-01-29"): 8.0, pd.Timestamp("2025-02-17"): 1.0})
    >>> moved = move_festival(sold, 2026)
    >>> float(moved["2025-02-17"]), float(moved.sum())
    (8.0, 9.0)
    """
    daily = sales.groupby(pd.DatetimeIndex(sales.index).normalize()).sum()
    moved = []
    for past in sorted(set(daily.index.year)):
        days = pd.date_range(f"{past}-01-01", f"{past}-12-31", name=sales.index.name)
        coming = spring_festival(year)
        home = _around(days, spring_festival(past))
        aim = _around(days, pd.Timestamp(past, coming.month, coming.day))
        put = daily.reindex(days, fill_value=0.0)
        result = pd.Series(0.0, index=days, name=sales.name)
        result[aim], result[~aim] = put[home].to_numpy(), put[~home].to_numpy()
        moved.append(result)
    return pd.concat(moved) if moved else daily


def _around(days: pd.DatetimeIndex, festival: pd.Timestamp) -> np.ndarray:
    return np.asarray((days - festival).days >= -BEFORE) & np.asarray((days - festival).days <= AFTER)


def season_weights(sales: pd.Series) -> pd.Series:
    """Return each month's weight in a year, with the company's growth and the noise of few years taken out.

    A company that opens, grows or shrinks sells more at one end of each year; a mean share of the months would take
    that for season. So the logarithm of the sales a day is fitted, month by month, by a smooth curve over all complete
    years (a cubic) and an effect of each of the twelve months (least squares; the multiplicative model of classical
    decomposition). Two or three years leave these effects noisy; they are drawn towards even by what the residuals
    say of the noise (James & Stein 1961, the positive part, with 11 free effects).

    With one complete year only, or where a month brought nothing, growth and season cannot be told apart: then it is
    the mean share over the complete years.

    Args:
        sales: yuan a day, indexed by date. Years that lack one of the twelve months are left out: half a year would
            make its own months look strong.

    Returns:
        Indexed 1–12, adding up to 1. No complete year is a `UserError`.

    Sources: Hyndman & Athanasopoulos (2021), *Forecasting: Principles and Practice*, ch. 3; James & Stein (1961),
    *Proceedings of the Fourth Berkeley Symposium* 1, 361–379.

    >>> steady = pd.Series(1.0, index=pd.date_range("2023-01-01", "2024-12-31")).groupby(level=0).sum()
    >>> growing = steady * np.exp(np.linspace(0, 2, len(steady)))
    >>> season_weights(growing).mul(365).round().astype(int).tolist()
    [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    """
    dates = pd.DatetimeIndex(sales.index)
    money = pd.Series(cents(sales)).groupby([dates.year, dates.month]).sum().unstack()
    complete = money.reindex(columns=range(1, 13)).dropna()
    if complete.empty:
        raise UserError(
            zh="季节权重至少需要一个完整的自然年（12 个月都有销售）。",
            en="Season weights need at least one complete calendar year with sales in all twelve months.",
        )
    if len(complete) == 1 or (complete <= 0).to_numpy().any():
        weights = complete.div(complete.sum(axis=1), axis=0).mean()
    else:
        weights = _without_growth(complete)
    return weights.rename_axis("month").rename("weight")


def _without_growth(complete: pd.DataFrame) -> pd.Series:
    """Return the weights of the months from a table of years by months, all above 0."""
    first = pd.to_datetime([f"{year}-{month}-01" for year in complete.index for month in complete])
    daily = np.log(complete.to_numpy(dtype=float).ravel() / first.days_in_month.to_numpy())
    years, count = len(complete), complete.size
    when = np.asarray((first.year - first.year[0]) * 12 + first.month, dtype=float)
    when = 2 * (when - when.min()) / (when.max() - when.min()) - 1
    growth = np.column_stack([when**power for power in range(1, BEND + 1)])
    design = np.column_stack([np.tile(np.eye(12), (years, 1)), growth])
    found = np.linalg.lstsq(design, daily, rcond=None)[0]
    noise = float(((daily - design @ found) ** 2).sum()) / (count - design.shape[1]) / years
    effect = found[:12] - found[:12].mean()
    spread = float((effect**2).sum())
    kept = max(0.0, 1 - 9 * noise / spread) if spread > 0 else 0.0
    usual = pd.date_range("2023-01-01", periods=12, freq="MS").days_in_month.to_numpy()
    weights = pd.Series(np.exp(kept * effect) * usual, index=complete.columns)
    return weights / weights.sum()
