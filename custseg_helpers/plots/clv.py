"""Pictures of customer lifetime value: forecast against what happened, who is still alive, where value lies."""

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, DateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.plots.words import name
from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.tiers.clv_fit import PurchaseModel
from custseg_helpers.tiers.clv_holdout import MOST, Validation
from custseg_helpers.words.text import T

ACTUAL = T(zh="实际", en="actual")
MODEL = T(zh="模型预测", en="model")
NAIVE = T(zh="朴素预测（照旧）", en="naive (as before)")
TO_EARN = T(zh="还没收回的获客成本（元）", en="cost of winning still to earn back (yuan)")


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


def timelines(orders: pd.DataFrame, as_of: pd.Timestamp | str, alive: pd.Series | None = None) -> Figure:
    """Draw one line a customer: a point for each day with a purchase, a grey bar for the silence up to `as_of`.

    `orders` has `customer_id` and `order_date`; customers stand from top to bottom as they first appear in it. With
    `alive`, from `clv.alive_probability`, each line ends in that customer's probability.
    """
    end = pd.Timestamp(as_of)
    bought = orders[orders["order_date"] <= end]
    names = bought["customer_id"].drop_duplicates().tolist()
    figure, ax = new_figure(height=1.6 + 0.62 * max(len(names), 2))
    for row, who in enumerate(names):
        days = bought.loc[bought["customer_id"] == who, "order_date"].sort_values()
        ax.plot([days.iloc[0], end], [row, row], color="0.75", linewidth=1.5, zorder=1)
        ax.plot([days.iloc[-1], end], [row, row], color="0.8", linewidth=13, solid_capstyle="butt", zorder=0)
        ax.scatter(days, [row] * len(days), s=90, color=PALETTE[0], zorder=2)
        chance = T(zh="", en="")
        if alive is not None:
            chance = T(zh="，{p:.0%}", en=", {p:.0%}").format(p=alive[who])
        words = T(zh="{n} 天没来{p}", en="{n} days silent{p}").format(n=(end - days.iloc[-1]).days, p=chance)
        ax.annotate(
            str(words),
            (end, row),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    ax.axvline(end, color="0.3", linewidth=1.4)
    ax.set_yticks(range(len(names)), [str(who) for who in names])
    ax.set(ylim=(len(names) - 0.4, -0.6), xlabel=str(T(zh="购买日期", en="day of purchase")))
    ax.grid(axis="y", visible=False)
    ax.xaxis.set_major_locator(AutoDateLocator(maxticks=7))
    ax.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
    return figure


def worth_curve(curve: pd.DataFrame, cost: float) -> Figure:
    """Draw what one customer will bring, added up month by month, against the cost that is still to be earned back.

    `curve` has one row a month ahead (index: months) and yuan columns `clv` and `naive`; `cost` in yuan.
    """
    figure, ax = new_figure()
    ax.plot(curve.index, curve["clv"], color=PALETTE[0], linewidth=2.8, label=str(MODEL))
    ax.plot(curve.index, curve["naive"], color=PALETTE[7], linewidth=2.0, linestyle=":", label=str(NAIVE))
    ax.axhline(cost, color=PALETTE[3], linewidth=1.8, linestyle="--", label=str(TO_EARN))
    ax.xaxis.set_major_locator(MultipleLocator(6))
    ax.set(
        xlabel=str(T(zh="从今天起的月数", en="months from today")),
        ylabel=str(T(zh="累计毛利（元，今天的钱）", en="margin so far (yuan of today)")),
        xlim=(0, curve.index.max()),
        ylim=(0, 1.15 * max(float(curve["clv"].max()), cost, 1.0)),
    )
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="upper left")
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
