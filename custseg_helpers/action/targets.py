"""Targets: from a year to quarters, months, weeks and days, and to regions, reps and tiers; all sums agree.

Everything is split in whole cents by the largest-remainder method, so a total and the sum of its parts are the
same amount, not nearly the same. Amounts are yuan with two decimals; add them up with `roll_up`.
"""

from collections.abc import Collection
from fractions import Fraction

import numpy as np
import pandas as pd

from custseg_helpers.action.apportion import apportion, apportion_table
from custseg_helpers.action.season import move_festival, season_weights, spring_festival
from custseg_helpers.facts.counts import cents
from custseg_helpers.words.text import T, UserError

__all__ = [
    "cross",
    "daily_targets",
    "growth_target",
    "move_festival",
    "roll_up",
    "season_weights",
    "split",
    "split_each",
    "spring_festival",
    "weekday_weights",
]


MOST_GROWTH = 2.0
"""A growth above this, three times last year's sales, is a percentage that was meant as a share."""


def growth_target(last_year: float, growth: float = 0.15) -> float:
    """Return last year's sales plus `growth`, to the cent.

    Raises:
        UserError: if `growth` is no share of last year's sales, but a percentage (15 for 0.15).

    >>> growth_target(1_234_567.89)
    1419753.07
    """
    if abs(growth) > MOST_GROWTH:
        raise UserError(
            T(
                zh="`growth` 写成小数：15% 写 0.15；{given} 就是增长 {per_cent}%。",
                en="`growth` is a share: 15% is 0.15; {given} would be {per_cent}% more.",
            ).format(given=f"{growth:g}", per_cent=f"{growth * 100:,.0f}")
        )
    exact = Fraction(int(cents(pd.Series([last_year]))[0])) * (1 + Fraction(str(growth)))
    return int(exact + Fraction(1, 2)) / 100


def split(total: float, weights: pd.Series) -> pd.Series:
    """Split an amount in proportion to weights; the parts add up to it to the cent.

    The cents that are left go to the largest remainders, of equal ones to the first name in sorted order, so the
    order of the rows does not matter. Same index as `weights`.

    >>> split(100, pd.Series({"east": 1, "south": 1, "west": 1})).tolist()
    [33.34, 33.33, 33.33]
    """
    place = weights.index.argsort()
    shares = np.empty(len(weights), dtype="int64")
    shares[place] = apportion(
        int(cents(pd.Series([total]))[0]), weights.to_numpy(dtype=float)[place].tolist()
    )
    return pd.Series(shares / 100, index=weights.index, name="target")


def split_each(parents: pd.Series, weights: pd.Series) -> pd.Series:
    """Split every parent's amount among its children: regions among their reps, reps among their tiers.

    Args:
        parents: yuan a parent, for instance from `split` or from `split_each` one level higher.
        weights: indexed by the parents' levels and one more, for instance `(region, rep_id)`.

    Returns:
        Yuan a child, on the index of `weights`. A parent without children is a `UserError`: its money would vanish.

    >>> reps = pd.Series({("east", "R1"): 2, ("east", "R2"): 1, ("west", "R3"): 5})
    >>> split_each(pd.Series({"east": 100.0, "west": 50.0}), reps).tolist()
    [66.67, 33.33, 50.0]
    """
    levels = list(range(parents.index.nlevels))
    home = weights.index.droplevel(list(range(len(levels), weights.index.nlevels)))
    childless = parents.index.difference(home).tolist()
    unknown = home.difference(parents.index).tolist()
    if childless or unknown:
        raise UserError(
            zh=f"上下级对不上：没有下级的有 {childless}，没有上级目标的有 {unknown}。",
            en=f"The levels do not fit: without children {childless}, without a target above {unknown}.",
        )
    parts = [split(amount, weights[home == parent]) for parent, amount in parents.items()]
    return pd.concat(parts).reindex(weights.index)


def cross(rows: pd.Series, columns: pd.Series) -> pd.DataFrame:
    """Return a table whose rows and columns both add up: months × reps, weeks × tiers.

    Each cell is within a cent of row × column ÷ total. Both must come from the same total.

    >>> cross(pd.Series({"Q1": 0.01, "Q2": 0.02}), pd.Series({"A": 0.02, "B": 0.01})).sum(axis=1).tolist()
    [0.01, 0.02]
    """
    rows, columns = rows.sort_index(), columns.sort_index()
    cells = apportion_table(cents(rows).tolist(), cents(columns).tolist())
    return pd.DataFrame(cells / 100, index=rows.index, columns=columns.index)


def weekday_weights(sales: pd.Series) -> pd.Series:
    """Return the weight of Monday (1) to Sunday (7): sales of that weekday ÷ all sales. A day never sold on gets 0."""
    money = pd.Series(cents(sales)).groupby(pd.DatetimeIndex(sales.index).day_of_week + 1).sum()
    money = money.reindex(range(1, 8), fill_value=0)
    return (money / money.sum()).rename_axis("weekday").rename("weight")


def daily_targets(
    year: int,
    amount: float,
    months: pd.Series,
    weekdays: pd.Series | None = None,
    *,
    closed: Collection[str] = (),
) -> pd.DataFrame:
    """Break a year's target down to days, by way of quarter and month.

    A quarter gets the weight of its months, a month its season weight, a day that of its weekday. **Weeks are
    ISO weeks (Monday to Sunday) and add up from their days.** A week that crosses the border of a month belongs to
    both: 2026-W05 has six days of January and one of February. Roll up by `["month", "week"]` for its two
    parts. The first and last week may be cut by the year's end: 2026-W01 starts on 29 December 2025, those
    three days stand in 2025's targets.

    Args:
        year: calendar year.
        amount: yuan for the whole year.
        months: weight of month 1–12, from `season_weights`.
        weekdays: weight of weekday 1–7, from `weekday_weights`; all days alike if not given.
        closed: dates without sales (`"2026-02-17"`); they get nothing, the month's other days take it over.

    Returns:
        One row a day (index `date`): `year` (2026), `quarter` (2026Q1), `month` (2026-01), `week` (2026-W01) and
        `target` in yuan.
    """
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31", name="date")
    iso = days.isocalendar()
    table = pd.DataFrame(
        {
            "year": days.year,
            "quarter": days.year.astype(str) + "Q" + days.quarter.astype(str),
            "month": days.strftime("%Y-%m"),
            "week": iso["year"].astype(str) + "-W" + iso["week"].astype(str).str.zfill(2),
        },
        index=days,
    )
    weight = (
        pd.Series(1.0, index=days)
        if weekdays is None
        else pd.Series(days.day_of_week + 1, days).map(weekdays)
    )
    weight = weight.where(~days.isin(pd.DatetimeIndex(list(closed))), 0.0)
    by_month = pd.Series(months.reindex(range(1, 13)).to_numpy(), index=_levels(table, ["quarter", "month"]))
    by_quarter = split(amount, by_month.groupby(level="quarter").sum())
    by_day = pd.Series(weight.to_numpy(), index=pd.MultiIndex.from_arrays([table["month"], days]))
    month_amounts = split_each(by_quarter, by_month).droplevel("quarter")
    table["target"] = split_each(month_amounts, by_day).to_numpy()
    return table


def _levels(table: pd.DataFrame, by: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[by].drop_duplicates())


def roll_up(table: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Add daily targets up by `year`, `quarter`, `month`, `week` or several of them, in whole cents.

    Returns:
        `target` in yuan and the number of `days`, one row a period.

    >>> days = daily_targets(2026, 1_000_000, pd.Series(1.0, index=range(1, 13)))
    >>> roll_up(days, ["month", "week"]).xs("2026-W05", level="week")["days"].to_dict()
    {'2026-01': 6, '2026-02': 1}
    """
    groups = table.assign(target=cents(table["target"]), days=1).groupby(by)[["target", "days"]].sum()
    return groups.assign(target=groups["target"] / 100)
