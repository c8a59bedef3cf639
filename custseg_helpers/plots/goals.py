"""Pictures of goals: the year as a calendar, a table that adds up both ways, the levers, who carries how much."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from custseg_helpers.action.targets import roll_up
from custseg_helpers.plots.action import IN_BRACKETS, names
from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

MOST_NUMBERS = 72
"""Cells of a table that can still be read as numbers on a slide."""


def target_calendar(days: pd.DataFrame) -> Figure:
    """Draw a year of daily targets as a calendar: weeks across, weekdays down, month borders as lines.

    `days` comes from `targets.daily_targets`. On each month of the calendar stands what a mean day of it has to sell.
    """
    figure, (top, below) = new_figure(2, 1, height=6.0)
    months = roll_up(days, "month")
    top.bar(np.arange(len(months)), months["target"] / 10_000, 0.7, color=PALETTE[0])
    top.set_xticks(np.arange(len(months)), [str(int(month[-2:])) for month in months.index])
    top.set(
        xlabel=label("month"), ylabel=str(T(zh="万元", en="10,000 yuan")), title=f"{days['year'].iloc[0]}"
    )
    top.grid(axis="x", visible=False)
    first = days.index[0]
    week = ((days.index - first).days + first.day_of_week) // 7
    grid = pd.DataFrame(
        {"week": week, "weekday": days.index.day_of_week, "target": days["target"].to_numpy() / 1000}
    )
    sns.heatmap(
        grid.pivot(index="weekday", columns="week", values="target"),
        cmap=HEAT,
        ax=below,
        linewidths=0.5,
        cbar_kws={"label": str(T(zh="千元（数字：平均一天）", en="1,000 yuan (numbers: mean day)"))},
    )
    month = days.index.month
    for number, mean in (days["target"] / 1000).groupby(month).mean().items():
        below.text(
            week.to_numpy()[month == number].mean() + 0.5, 3.5, f"{mean:.1f}", ha="center", va="center", fontsize=12,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        )  # fmt: skip
    for day in days.index[days.index.day == 1][1:]:
        x, y = ((day - first).days + first.day_of_week) // 7, day.day_of_week
        below.plot([x, x, x + 1, x + 1], [7, y, y, 0], color="black", linewidth=1.5)
    weekdays = T(zh="一 二 三 四 五 六 日", en="Mon Tue Wed Thu Fri Sat Sun")
    below.set_yticks(np.arange(7) + 0.5, str(weekdays).split(), rotation=0)
    below.set_xticks(
        np.arange(0, week.max() + 1, 4) + 0.5,
        days["week"].groupby(week).first().str[-2:].iloc[::4],
        rotation=0,
    )
    below.set(xlabel=label("week"), ylabel="")
    return figure


def target_table(table: pd.DataFrame) -> Figure:
    """Draw a two-way target table (`targets.cross`) as a heat map in 10,000 yuan; a large one without numbers."""
    figure, ax = new_figure(height=max(3.6, 0.45 * len(table) + 1.6))
    readable = table.size <= MOST_NUMBERS
    shown = table / 10_000
    shown.index, shown.columns = names(map(str, table.index)), names(map(str, table.columns))
    sns.heatmap(
        shown,
        annot=readable,
        fmt=",.1f",
        cmap=HEAT,
        linewidths=1,
        ax=ax,
        cbar=not readable,
        annot_kws={"fontsize": 11},
    )
    ax.set(xlabel="", ylabel="", title=str(T(zh="目标（万元）", en="target (10,000 yuan)")))
    ax.tick_params(axis="y", rotation=0)
    return figure


def lever_effects(table: pd.DataFrame) -> Figure:
    """Draw the way from sales before to sales after, one step a lever; `table` from `levers.lever_effects`."""
    figure, ax = new_figure()
    start, end = table["before"].prod(), table["after"].prod()
    reached = start + table["effect"].cumsum().to_numpy()
    from_ = np.append(start, reached[:-1])
    place = np.arange(len(table)) + 1
    ax.bar([0, len(table) + 1], [start, end], 0.6, color="grey")
    rising = table["effect"].to_numpy() >= 0
    for up, colour, hatch in ((True, PALETTE[0], None), (False, PALETTE[1], "//")):
        inside = rising == up
        height = table["effect"].to_numpy()[inside]
        ax.bar(place[inside], height, 0.6, bottom=from_[inside], color=colour, hatch=hatch, edgecolor="white")
    for spot, y, effect in zip(place, np.maximum(from_, reached), table["effect"], strict=True):
        ax.annotate(f"{effect:+,.0f}", (spot, y), (0, 5), textcoords="offset points", ha="center")
    for x, sales in ((0, start), (len(table) + 1, end)):
        ax.annotate(f"{sales:,.0f}", (x, sales), (0, 5), textcoords="offset points", ha="center")
    ax.set_xticks(np.arange(len(table) + 2), [label("before"), *names(table.index), label("after")])
    bottom, most = min(start, end, reached.min()), max(start, end, reached.max())
    room = 0.1 * (most - bottom)
    title = T(
        zh="哪个抓手带来多少（纵轴不从 0 开始）", en="what each lever brought (axis does not start at 0)"
    )
    ax.set(ylabel=label("sales"), ylim=(max(0, bottom - 3 * room), most + room), title=str(title))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x", visible=False)
    return figure


def workload(table: pd.DataFrame) -> Figure:
    """Draw each rep's customers inside the outline of the capacity, with the mean fit; `table` from `allocation`."""
    figure, ax = new_figure(height=max(3.6, 0.36 * len(table) + 1.6))
    place = np.arange(len(table))[::-1]
    ax.barh(place, table["capacity"], 0.7, facecolor="none", edgecolor="black", label=label("capacity"))
    ax.barh(place, table["customers"], 0.7, color=PALETTE[0], label=label("customers"))
    for y, (capacity, load) in zip(place, table[["capacity", "load"]].to_numpy(), strict=True):
        ax.annotate(
            "" if np.isnan(load) else f"{load:.0%}",
            (capacity, y),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=12,
        )
    fits = [
        str(rep) if pd.isna(fit) else str(IN_BRACKETS.format(name=rep, words=f"{fit:.1f}"))
        for rep, fit in table["mean_fit"].items()
    ]
    ax.set_yticks(place, fits)
    ax.set(xlabel=label("customers"), ylabel=str(T(zh="销售代表（平均匹配度）", en="rep (mean fit)")))
    ax.margins(x=0.1)
    ax.grid(axis="y", visible=False)
    ax.yaxis.labelpad = 12
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return figure
