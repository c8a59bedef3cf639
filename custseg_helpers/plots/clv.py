"""Pictures of customer lifetime value: forecast against what happened, who is still alive, where value lies."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.plots.words import name
from custseg_helpers.text import T
from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.tiers.clv_fit import PurchaseModel
from custseg_helpers.tiers.clv_holdout import MOST, Validation

ACTUAL = T(zh="实际", en="actual")
MODEL = T(zh="模型预测", en="model")
NAIVE = T(zh="朴素预测（照旧）", en="naive (as before)")


def repeat_curve(curve: pd.DataFrame, split: pd.Timestamp | str) -> Figure:
    """Draw the result of `clv_holdout.repeat_curve`: what the model knew, and its forecast beside what came."""
    figure, ax = new_figure()
    ax.plot(curve.index, curve["actual"], color=PALETTE[0], linewidth=2.6, label=str(ACTUAL))
    ax.plot(curve.index, curve["expected"], color=PALETTE[3], linewidth=2.4, linestyle="--", label=str(MODEL))
    day = pd.Timestamp(split)
    ax.axvspan(day, curve.index[-1], color="0.5", alpha=0.12, linewidth=0)
    for side, words in (
        ("right", T(zh="模型见过", en="seen by the model")),
        ("left", T(zh="验证期", en="holdout")),
    ):
        ax.annotate(
            str(words),
            (day, 0.05),
            xycoords=("data", "axes fraction"),
            xytext=(-8 if side == "right" else 8, 0),
            textcoords="offset points",
            ha=side,
            fontsize=13,
        )
    ax.axvline(day, color="0.3", linewidth=1.4)
    ax.set(
        xlabel=str(T(zh="日期", en="date")),
        ylabel=str(T(zh="累计重复购买（次）", en="repeat purchases so far")),
        ylim=(0, None),
    )
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="upper left")
    return figure


def alive_matrix(model: PurchaseModel, *, observed_days: int = 365, most: int = 12) -> Figure:
    """Draw the probability of still being a customer by purchases so far and days of silence.

    All customers here first bought `observed_days` ago. The more often one used to buy, the more a silence says.
    """
    times = np.arange(1, most + 1)
    silence = np.arange(12) * observed_days // 12
    x, quiet = (grid.ravel() for grid in np.meshgrid(times, silence, indexing="ij"))
    chance = btyd.alive(model.in_days, x, observed_days - quiet, np.full(len(x), observed_days))
    table = np.where(observed_days - quiet >= x, chance, np.nan).reshape(len(times), -1)
    figure, ax = new_figure(height=5.8)
    picture = ax.imshow(table, cmap=HEAT, vmin=0, vmax=1, aspect="auto", origin="lower")
    for row, line in enumerate(table):
        for place, value in enumerate(line):
            if np.isfinite(value):
                colour = "white" if value < 0.55 else "black"
                ax.annotate(f"{value:.0%}", (place, row), ha="center", va="center", fontsize=10, color=colour)
    ax.set_xticks(range(len(silence)), [str(days) for days in silence])
    ax.set_yticks(times - 1, [str(count) for count in times])
    ax.set(
        xlabel=str(
            T(
                zh="已有多少天没来（首次购买在 {n} 天前）", en="days of silence (first purchase {n} days ago)"
            ).format(n=observed_days)
        ),
        ylabel=name("repeat_purchases"),
    )
    ax.grid(False)
    figure.colorbar(picture, ax=ax, format="{x:.0%}", label=name("alive_probability"))
    return figure


def holdout(check: Validation) -> Figure:
    """Draw the result of `clv_holdout.validate`: mean purchases after the split by purchases before it."""
    figure, ax = new_figure()
    table = check.by_repeats
    for column, words, colour, style in (
        ("actual_purchases", ACTUAL, 0, "o-"),
        ("expected_purchases", MODEL, 3, "s--"),
        ("naive_purchases", NAIVE, 7, "^:"),
    ):
        ax.plot(
            table.index,
            table[column],
            style,
            color=PALETTE[colour],
            linewidth=2.2,
            markersize=9,
            label=str(words),
        )
    labels = [f"{times}{'+' * (times == MOST)}\n({count:,})" for times, count in table["customers"].items()]
    ax.set_xticks(table.index, labels)
    ax.set(
        xlabel=str(
            T(zh="划分日之前的重复购买次数（客户数）", en="repeat purchases before the split (customers)")
        ),
        ylabel=str(
            T(zh="其后 {days} 天的平均购买次数", en="mean purchases in the {days} days after").format(
                days=check.days
            )
        ),
        ylim=(0, None),
    )
    ax.yaxis.set_major_locator(MaxNLocator(nbins=7))
    ax.legend(loc="upper left")
    return figure


def value_and_potential(past: pd.Series, clv: pd.Series) -> Figure:
    """Draw what customers have spent so far against what they will be worth, one point a customer, both logarithmic.

    Above the line the future is larger than the past; less than 1 yuan is drawn at 1. `past` in yuan, for example `monetary`; `clv` in yuan.
    """
    figure, ax = new_figure(height=5.8)
    table = pd.DataFrame({"past": past, "clv": clv}).dropna().clip(lower=1.0)
    ax.scatter(table["past"], table["clv"], s=18, color=PALETTE[0], alpha=0.4, linewidth=0)
    ends = [table.min(axis=None), table.max(axis=None)] if len(table) else [1, 10]
    ax.plot(ends, ends, color="0.3", linewidth=1.6, linestyle="--")
    ax.set(
        xscale="log",
        yscale="log",
        xlabel=str(T(zh="迄今消费（元）", en="spent so far (yuan)")),
        ylabel=str(T(zh="今后的价值（元，今天的钱）", en="future value (yuan of today)")),
    )
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.annotate(
        str(T(zh="与过去相等", en="as much as so far")),
        (ends[1], ends[1]),
        ha="right",
        va="center",
        xytext=(-20, 0),
        textcoords="offset points",
    )
    return figure
