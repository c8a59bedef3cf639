"""Explorer of lesson 12: choose the growth, the periods and the parts, and see a target table that adds up."""

from typing import Literal

import pandas as pd

from custseg_helpers.action.baseline import coming_year
from custseg_helpers.action.targets import (
    cross,
    daily_targets,
    growth_target,
    roll_up,
    season_weights,
    split,
    weekday_weights,
)
from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.value import abc
from custseg_helpers.words.text import T

Period = Literal["quarter", "month", "week"]
Parts = Literal["region", "grade", "rep_id"]

ALIKE = pd.Series(1.0, index=pd.RangeIndex(1, 13, name="month"))


def weights_of_parts(company: Company) -> dict[str, pd.Series]:
    """Return what targets follow: last calendar year's yuan by region, this year's expected ones by grade, capacities."""
    orders = company.orders[company.orders["order_date"].dt.year == company.as_of.year - 1]
    region = orders["customer_id"].map(company.customers.set_index("customer_id")["region"])
    grade = abc(order_facts(company.orders, company.as_of)["monetary"])
    return {
        "region": orders.groupby(region)["amount"].sum().clip(lower=0).rename_axis("region"),
        "grade": coming_year(company.orders, company.as_of).groupby(grade).sum().rename_axis("grade"),
        "rep_id": company.reps.set_index("rep_id")["capacity"],
    }


def view(
    daily: pd.Series,
    parts: dict[str, pd.Series],
    year: int,
    *,
    growth: int,
    period: Period = "quarter",
    by: Parts = "region",
    season: bool = True,
) -> View:
    """Break the year's target down to periods × parts, or to the calendar when `period` is `"week"`.

    `daily` holds the yuan of each past day, `parts` the weights from `weights_of_parts`, `growth` is a percentage.
    """
    from custseg_helpers import plots

    before = daily[pd.DatetimeIndex(daily.index).year == year - 1].sum()
    target = growth_target(before, growth / 100)
    weekdays = weekday_weights(daily) if season else None
    days = daily_targets(year, target, season_weights(daily) if season else ALIKE, weekdays)
    if period == "week":
        weeks = roll_up(days, "week").sort_values("target", ascending=False, kind="stable")
        name, table = T(zh="目标最高的 8 周", en="The 8 weeks with the highest target"), weeks.head(8)
        figure, rows, columns = plots.goals.target_calendar(days), weeks["target"].sum(), target
    else:
        table = cross(split(target, parts[by]), roll_up(days, period)["target"])
        name, figure = T(zh="目标表（元）", en="Target table (yuan)"), plots.goals.target_table(table)
        rows, columns = table.sum(axis=1).sum(), table.sum().sum()
    return View(
        figure=figure,
        tables={name: table},
        words=T(
            zh=f"全年 {target:,.2f} 元，比去年多 {target - before:,.2f} 元；横着加 {rows:,.2f}，竖着加 {columns:,.2f}。",
            en=f"{target:,.2f} yuan for the year, {target - before:,.2f} more than last year; "
            f"adding across {rows:,.2f}, adding down {columns:,.2f}.",
        ),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company; the year is that of its snapshot day."""
    import ipywidgets as W

    daily, parts = company.orders.groupby("order_date")["amount"].sum(), weights_of_parts(company)
    controls = {
        "growth": W.IntSlider(value=15, min=0, max=40, description=str(T(zh="增长（%）", en="Growth (%)"))),
        "period": W.ToggleButtons(
            options=[
                (str(T(zh="季度", en="quarters")), "quarter"),
                (str(T(zh="月", en="months")), "month"),
                (str(T(zh="周与天", en="weeks and days")), "week"),
            ],
            description=str(T(zh="拆到", en="Down to")),
        ),
        "by": W.Dropdown(
            options=[
                (str(T(zh="大区（按去年销售额）", en="regions (by last year's sales)")), "region"),
                (str(T(zh="等级（按今年预计）", en="grades (by what is expected)")), "grade"),
                (str(T(zh="销售代表（按可服务客户数）", en="reps (by capacity)")), "rep_id"),
            ],
            description=str(T(zh="拆给谁", en="Split by")),
        ),
        "season": W.Checkbox(
            value=True,
            indent=False,
            description=str(T(zh="按往年的季节拆", en="Follow the season of past years")),
        ),
    }
    return explorer(
        lambda **settings: view(daily, parts, company.as_of.year, **settings),
        controls,
        T(zh="目标拆解探索器", en="Target explorer"),
    )
