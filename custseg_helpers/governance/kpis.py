"""KPIs of data and tiering: accuracy, completeness, freshness, coverage, overrides; one score card with words.

A share is between 0 and 1; of nothing it is NaN, and the score card says that there are no data.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from custseg_helpers.words.text import T, UserError, listed

LIGHTS = ("green", "amber", "red", "no_data")
"""How a KPI stands; shown with a word and a shape, never by colour alone."""


@dataclass(frozen=True)
class Goal:
    """From which value a KPI is good and from which it is fair; `good` below `fair` means that less is better."""

    good: float
    fair: float
    advice: T

    def light(self, value: float) -> str:
        """Return green, amber, red or no_data; a value right on the line has reached it."""
        if math.isnan(value):
            return "no_data"
        sign = 1 if self.good >= self.fair else -1
        return (
            "green"
            if sign * value >= sign * self.good
            else "amber"
            if sign * value >= sign * self.fair
            else "red"
        )


GOALS: dict[str, Goal] = {
    "data_accuracy": Goal(
        0.98, 0.95, T(zh="把错误记录退回来源部门改正", en="send the wrong records back to their department")
    ),
    "completeness": Goal(
        0.95, 0.85, T(zh="先补关键字段，再谈分层", en="complete the key fields before tiering")
    ),
    "freshness": Goal(0.9, 0.75, T(zh="按刷新周期更新数据", en="refresh the data on schedule")),
    "tier_coverage": Goal(
        0.9, 0.7, T(zh="查清哪些客户没有层级，为什么", en="find out who has no tier, and why")
    ),
    "override_share": Goal(
        0.05, 0.1, T(zh="人工调整太多，说明规则该改了", en="many overrides mean that the rules need mending")
    ),
}
"""The course's goals, a place to start from; a team sets its own in its scheme."""


def accuracy_rate(right: int, expected: int) -> float:
    """Return the data accuracy rate: records that are right / records that should be there.

    `expected` counts what should be there, so a missing record lowers the rate as a wrong one does.

    >>> accuracy_rate(right=960, expected=1000)
    0.96
    """
    if right < 0 or right > expected:
        raise UserError(
            zh=f"正确记录 {right} 条，应有记录 {expected} 条：正确的不能为负，也不能多于应有的。重复的记录只算一条。",
            en=f"{right} records are right, {expected} should be: count duplicates once, and nothing below zero.",
        )
    return right / expected if expected else math.nan


def completeness(table: pd.DataFrame, columns: Sequence[str] | None = None) -> float:
    """Return the share of cells that hold a value, over all columns or the key ones; blank text holds none.

    >>> completeness(pd.DataFrame({"city": ["xian", " "], "birth_year": [1990, 1985]}))
    0.75
    """
    filled = [_filled(table[column]) for column in (table.columns if columns is None else columns)]
    return float(np.concatenate(filled).mean()) if filled and len(table) else math.nan


def freshness(updated: pd.Series, as_of: pd.Timestamp, days: int) -> float:
    """Return the share of rows updated in the last `days` days up to `as_of`; no date, or a later one, is not fresh.

    >>> freshness(pd.Series(pd.to_datetime(["2025-06-01", "2025-01-01"])), pd.Timestamp("2025-06-30"), 30)
    0.5
    """
    day = updated.dt.normalize()
    return float(day.between(as_of - timedelta(days), as_of).mean()) if len(updated) else math.nan


def tier_coverage(tiers: pd.Series) -> float:
    """Return the share of customers who have a tier: neither empty nor `"unknown"`.

    >>> tier_coverage(pd.Series(["A", "unknown", None, "B"]))
    0.5
    """
    return (
        float((_filled(tiers) & (tiers != "unknown").to_numpy(dtype=bool)).mean()) if len(tiers) else math.nan
    )


def override_share(report: pd.DataFrame, customers: int) -> float:
    """Return the share of customers with an override in force; `report` comes from `apply_overrides`.

    >>> override_share(pd.DataFrame({"customer_id": ["C1", "C1"], "status": ["applied", "applied"]}), customers=50)
    0.02
    """
    applied = report.loc[report["status"] == "applied", "customer_id"]
    return applied.nunique() / customers if customers else math.nan


def scorecard(values: Mapping[str, float], goals: Mapping[str, Goal] = GOALS) -> pd.DataFrame:
    """Return one row a KPI: `value`, `good`, `fair`, `light` and, where it is not green, `advice`.

    Any KPI may join (grouping quality, effect): give it a `Goal` in `goals`. Light is a code, advice is in the
    current language.

    >>> scorecard({"data_accuracy": 0.96, "override_share": 0.02})["light"].to_dict()
    {'data_accuracy': 'amber', 'override_share': 'green'}
    """
    without = [kpi for kpi in values if kpi not in goals]
    if without:
        raise UserError(
            T(
                zh="KPI“{kpi}”没有目标。已有目标的：{known}",
                en="KPI “{kpi}” has no goal; there are goals for {known}",
            ).format(kpi=without[0], known=listed(goals))
        )
    rows = []
    for kpi, value in values.items():
        goal = goals[kpi]
        light = goal.light(value)
        advice = "" if light == "green" else str(goal.advice)
        rows.append((value, goal.good, goal.fair, light, advice))
    columns = ["value", "good", "fair", "light", "advice"]
    return pd.DataFrame(rows, index=pd.Index(list(values), name="kpi"), columns=columns)


def _filled(column: pd.Series) -> np.ndarray:
    """Tell which cells hold a value."""
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column.notna().to_numpy()
    return (column.notna() & (column.astype(str).str.strip() != "")).to_numpy(dtype=bool)
