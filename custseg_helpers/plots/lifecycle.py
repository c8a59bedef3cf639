"""Pictures of the lifecycle: stages over time, moves, what they are worth, cohorts, survival."""

import math

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.cohort import days_until
from custseg_helpers.tiers.lifecycle import STAGES
from custseg_helpers.words.text import T

HATCHES = ("", "//", "", "\\\\", "", "xx", "..")
NOT_BACK = T(zh="尚未复购的客户占比", en="share without a second purchase yet")
DAYS_SINCE_FIRST = T(zh="距首单天数", en="days since the first purchase")
HALF = T(zh="第 {d:.0f} 天：{s:.0%} 已复购", en="day {d:.0f}: {s:.0%} are back")
NEVER_HALF = T(zh="观察期内复购的客户不到 {s:.0%}", en="fewer than {s:.0%} came back while watched")
ROW_SHARE = T(zh="占期初该阶段客户（%）", en="share of those who started there (%)")
RETAINED = T(zh="当月再次购买的客户占比（%）", en="share who bought again in that month (%)")
WORTH = T(zh="消费变化（元，期末减期初）", en="change in spend (yuan, after minus before)")
MOST_MONTHS = 14
"""As many months beside each other as numbers of two figures find room on."""


def stage_shares(table: pd.DataFrame) -> Figure:
    """Draw the shares of all stages at several dates, from `lifecycle.stages`."""
    figure, ax = new_figure()
    shares = pd.DataFrame({date: table[date].value_counts(normalize=True) for date in table})
    shares = shares.reindex([*STAGES, "unknown"]).dropna(how="all").fillna(0) * 100
    bottom = np.zeros(shares.shape[1])
    days = [f"{date:%Y-%m-%d}" for date in shares.columns]
    for number, (stage, row) in enumerate(shares.iterrows()):
        heights = row.to_numpy()
        bars = ax.bar(
            days,
            heights,
            0.62,
            bottom=bottom,
            label=name(stage),
            color=PALETTE[number],
            hatch=HATCHES[number % len(HATCHES)],
            edgecolor="white",
        )
        texts = [f"{height:.0f}%" if height >= 4 else "" for height in heights]
        labels = ax.bar_label(bars, texts, label_type="center", fontsize=12)
        for text in labels:
            text.set_bbox({"facecolor": "white", "alpha": 0.75, "pad": 1.2, "linewidth": 0})
        bottom += heights
    ax.set(ylim=(0, 100), ylabel=axis("share"))
    ax.grid(axis="x", visible=False)
    handles, labels_ = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], labels_[::-1], loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    return figure


def transition_matrix(matrix: pd.DataFrame) -> Figure:
    """Draw who moved where, from `lifecycle.transitions` (counts); each row adds up to 100 %."""
    figure, ax = new_figure(height=5.8)
    shares = matrix.div(matrix.sum(axis=1).replace(0, math.nan), axis=0) * 100
    texts = shares.map(lambda share: f"{share:.0f}" if share >= 0.5 else "")
    sns.heatmap(
        shares,
        annot=texts,
        fmt="",
        cmap=HEAT,
        vmin=0,
        vmax=100,
        linewidths=1,
        ax=ax,
        cbar_kws={"label": str(ROW_SHARE)},
    )
    customers = matrix.sum(axis=1)
    rows = [f"{name(code)} ({customers[code]:,})" for code in matrix.index]
    ax.set_yticklabels(rows, rotation=0)
    ax.set_xticklabels([name(code) for code in matrix.columns], rotation=20, ha="right")
    ax.set(ylabel=name("before"), xlabel=name("after"))
    return figure


def transition_worth(table: pd.DataFrame, top: int = 5) -> Figure:
    """Draw the moves that go with the largest gains and losses, from `lifecycle.transition_worth`."""
    gains, losses = table[table["change"] > 0].head(top), table[table["change"] < 0].tail(top)
    shown = pd.concat([gains, losses])
    figure, ax = new_figure(height=max(2.4, 1.4 + 0.5 * len(shown)))
    texts = [f"{name(a)} → {name(b)} ({n:,})" for (a, b), n in shown["customers"].items()]
    colors = [PALETTE[2] if change > 0 else PALETTE[3] for change in shown["change"]]
    bars = ax.barh(range(len(shown)), shown["change"], color=colors, edgecolor="white")
    ax.bar_label(bars, [f"{change:+,.0f}" for change in shown["change"]], padding=5, fontsize=12)
    ax.set_yticks(range(len(shown)), texts)
    ax.invert_yaxis()
    ax.axvline(0, color="0.3", linewidth=1)
    ax.margins(x=0.18)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.locator_params(axis="x", nbins=5)
    ax.set(xlabel=str(WORTH))
    ax.grid(axis="y", visible=False)
    return figure


def retention(shares: pd.DataFrame) -> Figure:
    """Draw the retention of each cohort, from `cohort.retention`; months not yet lived stay white.

    Where there are many months, numbers stand on every third.
    """
    figure, ax = new_figure(height=max(4.0, 1.6 + 0.3 * len(shares)))
    later = shares.drop(columns=0).dropna(how="all").rename(index=str) * 100
    texts = later.map(lambda share: "" if math.isnan(share) else f"{share:.0f}")
    if later.shape[1] > MOST_MONTHS:
        texts.loc[:, later.columns % 3 != 0] = ""
    sns.heatmap(
        later,
        annot=texts,
        fmt="",
        cmap=HEAT,
        linewidths=0.5,
        yticklabels=1,
        vmin=0,
        ax=ax,
        cbar_kws={"label": str(RETAINED)},
    )
    ax.set_yticklabels(later.index, rotation=0)
    ax.set(xlabel=name("months_since"), ylabel=name("cohort"))
    ax.grid(visible=False)
    return figure


def survival_curve(curve: pd.DataFrame, share: float = 0.5) -> Figure:
    """Draw the share of first-time buyers still without a second purchase, from `cohort.survival`."""
    figure, ax = new_figure()
    ax.step(curve.index, curve["survival"], where="post", color=PALETTE[0], linewidth=3)
    ax.fill_between(curve.index, curve["survival"], step="post", color=PALETTE[0], alpha=0.12)
    day = days_until(curve, share)
    if math.isnan(day):
        ax.text(0.97, 0.93, str(NEVER_HALF.format(s=share)), transform=ax.transAxes, ha="right", fontsize=14)
    else:
        left = float(curve.loc[:day, "survival"].iloc[-1])
        ax.plot([0, day, day], [left, left, 0], color="0.3", linestyle=":", linewidth=1.6)
        ax.plot(day, left, "o", color=PALETTE[3], markersize=10)
        ax.annotate(
            str(HALF.format(d=day, s=share)),
            (day, left),
            xytext=(14, 12),
            textcoords="offset points",
            fontsize=14,
        )
    ax.set(xlim=(0, None), ylim=(0, 1.02), xlabel=str(DAYS_SINCE_FIRST), ylabel=str(NOT_BACK))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    return figure
