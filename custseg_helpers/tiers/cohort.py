"""Cohorts and survival: of those who came in together, how many come back, and when."""

import math

import numpy as np
import pandas as pd

from custseg_helpers.facts.shares import need_share


def cohorts(money: pd.DataFrame) -> pd.DataFrame:
    """Count, for each month of first purchase, who bought again how many months later.

    Args:
        money: customers × months (columns such as `"2024-01"`, dates or periods); bought is what is above 0.

    Returns:
        Rows: month of the first purchase (`cohort`); columns: months since then (0, 1, 2, …); cells: customers.
        NaN where that month has not come yet, which is not the same as nobody. A last month that is not over looks
        worse than it is. Customers without a purchase are left out and counted.

    >>> money = pd.DataFrame({"2024-01": [5, 5, 0], "2024-02": [0, 9, 7]}, index=["c1", "c2", "c3"])
    >>> cohorts(money).values.tolist()
    [[2.0, 1.0], [1.0, nan]]
    """
    months = pd.PeriodIndex(money.columns.astype(str), freq="M")
    every = pd.period_range(months.min(), months.max(), freq="M") if len(months) else months
    bought = money.set_axis(months, axis=1).reindex(columns=every).to_numpy(dtype=float) > 0
    ever = bought.any(axis=1)
    first = bought.argmax(axis=1) if len(every) else np.zeros(len(money), int)
    customer, month = np.nonzero(bought)
    table = np.zeros((len(every), len(every)))
    np.add.at(table, (first[customer], month - first[customer]), 1)
    since = np.arange(len(every))
    table[since[:, None] + since >= len(every)] = math.nan
    result = pd.DataFrame(table, index=every.rename("cohort"), columns=pd.Index(since, name="months_since"))
    result.attrs["left_out"] = {"no_purchase": int((~ever).sum())}
    return result


def retention(counts: pd.DataFrame) -> pd.DataFrame:
    """Turn the counts of `cohorts` into shares of each cohort's first month; cohorts of nobody are dropped.

    >>> retention(pd.DataFrame({0: [4.0, 0.0], 1: [1.0, math.nan]})).values.tolist()
    [[1.0, 0.25]]
    """
    started = counts[counts[0] > 0] if len(counts.columns) else counts
    return started.div(started[0], axis=0) if len(started) else started


def second_purchase(facts: pd.DataFrame) -> pd.DataFrame:
    """Return how long first-time buyers waited for their second purchase, or have been waiting without one.

    Args:
        facts: one row a customer with `first_gap_days` (NaN if there is no second day) and `tenure_days`.

    Returns:
        `days` and `happened`, ready for `survival`: who has not come back yet is censored, not lost.
    """
    happened = facts["first_gap_days"].notna()
    days = facts["first_gap_days"].where(happened, facts["tenure_days"])
    return pd.DataFrame({"days": days, "happened": happened})[days.notna()]


def survival(days: pd.Series, happened: pd.Series) -> pd.DataFrame:
    """Estimate the share for whom it has not happened yet, day by day (Kaplan–Meier).

    Leaving out those who have not come back yet, or counting them as lost, would both be wrong: they count among
    those at risk as long as they were watched.

    Args:
        days: until it happened or, if it did not, until we stopped watching.
        happened: True if it did.

    Returns:
        One row for day 0 and each day on which it happened: `at_risk`, `events`, `survival`. Rows without days are
        left out and counted in `attrs["left_out"]`.

    Source: Kaplan & Meier (1958), *JASA* 53, 457–481. Checked against the 6-MP patients of Freireich et al. (1963),
    *Blood* 21, 699–716: .857 at 6, .807 at 7, .753 at 10, .690 at 13, .627 at 16, .538 at 22, .448 at 23 weeks.

    >>> survival(pd.Series([2, 3, 3, 5]), pd.Series([True, True, False, False]))["survival"].tolist()
    [1.0, 0.75, 0.5]
    """
    known = days.notna()
    watched = np.sort(days[known].to_numpy(dtype=float))
    on_day, events = np.unique(days[known & happened.astype(bool)].to_numpy(dtype=float), return_counts=True)
    at_risk = len(watched) - np.searchsorted(watched, on_day)
    table = pd.DataFrame(
        {
            "at_risk": np.append(len(watched), at_risk),
            "events": np.append(0, events),
            "survival": np.append(1.0, np.cumprod(1 - events / at_risk)),
        },
        index=pd.Index(np.append(0, on_day).astype(int), name="days"),
    )
    table.attrs["left_out"] = {"no_days": int((~known).sum())}
    return table


def days_until(curve: pd.DataFrame, share: float = 0.5) -> float:
    """Return the day by which `share` of the customers have come back; NaN if the curve never gets there.

    >>> days_until(survival(pd.Series([2, 3, 3, 5]), pd.Series([True, True, False, False])))
    3.0
    """
    need_share("share", share)
    reached = curve.index[curve["survival"] <= 1 - share + 1e-12]
    return float(reached[0]) if len(reached) else math.nan
