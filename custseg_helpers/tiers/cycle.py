"""Purchase cycle: how often each customer usually buys, how long ago that was, and who is slowing down."""

import numpy as np
import pandas as pd

PACES = ("slowing_down", "steady", "speeding_up")


def typical_gap(facts: pd.DataFrame) -> float:
    """Return the company's purchase cycle in days: the median of its customers' mean gaps; NaN when nobody came twice.

    Only those who came back have a gap, so it flatters: one-time buyers may well be slower.

    >>> typical_gap(pd.DataFrame({"mean_gap_days": [10.0, 30.0, 80.0, None]}))
    30.0
    """
    return float(facts["mean_gap_days"].median())


def purchase_cycle(facts: pd.DataFrame, company: float | None = None) -> pd.DataFrame:
    """Give every customer a usual gap between purchases, and count how many such gaps have passed since the last.

    Args:
        facts: one row a customer with `recency_days`, `order_days`, `mean_gap_days`.
        company: the cycle (days) for those who have not bought on three days yet; `typical_gap(facts)` if not given.

    Returns:
        `usual_gap_days` (at least 1), `basis` (`"own"` from three order days on, `"company"`, `"unknown"`) and
        `gaps_since`, the recency in usual gaps: 2 means that twice the usual time has passed.

    >>> facts = pd.DataFrame({"recency_days": [20, 90], "order_days": [5, 1], "mean_gap_days": [10.0, None]})
    >>> purchase_cycle(facts, company=30)["gaps_since"].tolist()
    [2.0, 3.0]
    """
    company = typical_gap(facts) if company is None else company
    own = facts["order_days"] >= 3
    usual = facts["mean_gap_days"].where(own, company).clip(lower=1)
    buys = facts["order_days"] > 0
    return pd.DataFrame(
        {
            "usual_gap_days": usual.where(buys),
            "basis": np.select([own, buys & usual.notna()], ["own", "company"], "unknown"),
            "gaps_since": facts["recency_days"] / usual.where(buys),
        },
        index=facts.index,
    )


def earlier_gap(facts: pd.DataFrame) -> pd.Series:
    """Return the mean gap (days) before the last one: what was usual then. NaN for fewer than four order days.

    >>> earlier_gap(pd.DataFrame({"order_days": [4], "mean_gap_days": [20.0], "last_gap_days": [40.0]})).tolist()
    [10.0]
    """
    gaps = facts["order_days"] - 1
    all_days = (facts["mean_gap_days"] * gaps).round()
    before = (all_days - facts["last_gap_days"]) / (gaps - 1).where(gaps >= 3)
    return before.clip(lower=1).rename("earlier_gap_days")


def pace(facts: pd.DataFrame, slower: float = 2) -> pd.DataFrame:
    """Tell who is slowing down: the recent gap against what was usual before.

    The recent gap is the last one, or the time since the last purchase once that has become longer: a gap still
    open counts only as far as it already speaks. Needs four order days (two earlier gaps), else `"unknown"`.

    Returns:
        `earlier_gap_days`, `recent_gap_days`, `ratio` and `pace`: `"slowing_down"` from `slower` × usual on,
        `"speeding_up"` from 1 / `slower` down, else `"steady"`.

    >>> facts = pd.DataFrame({"recency_days": [5], "order_days": [4], "mean_gap_days": [20.0], "last_gap_days": [40.0]})
    >>> pace(facts)[["ratio", "pace"]].values.tolist()
    [[4.0, 'slowing_down']]
    """
    usual = earlier_gap(facts)
    recent = np.maximum(facts["last_gap_days"], facts["recency_days"]).where(usual.notna())
    ratio = recent / usual
    slowing, steady, speeding = PACES
    codes = np.select(
        [ratio.isna(), ratio >= slower, ratio <= 1 / slower], ["unknown", slowing, speeding], steady
    )
    return pd.DataFrame(
        {"earlier_gap_days": usual, "recent_gap_days": recent, "ratio": ratio, "pace": codes},
        index=facts.index,
    )


def activity(days_since: pd.Series, within: float | pd.Series) -> pd.Series:
    """Return `"active"` for customers seen in the last `within` days (included), else `"dormant"`.

    `within` is one number, or a Series with one a customer, such as twice the usual gap. Never seen: `"unknown"`.

    >>> activity(pd.Series([0, 90, 91, None]), 90).tolist()
    ['active', 'active', 'dormant', 'unknown']
    """
    limit = within.reindex(days_since.index) if isinstance(within, pd.Series) else within
    seen = days_since.notna() & pd.notna(limit)
    codes = np.select([~seen, days_since <= limit], ["unknown", "active"], "dormant")
    return pd.Series(codes, index=days_since.index, name="activity")
