"""Pictures of value: the Pareto curve, cut points, and who holds which share."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.cuts import points
from custseg_helpers.words.text import T

EVERYBODY_ALIKE = T(zh="人人一样多", en="everybody alike")
CUMULATIVE_CUSTOMERS = T(zh="客户累计占比（从高到低）", en="cumulative share of customers (best first)")
CUMULATIVE_VALUE = T(zh="价值累计占比", en="cumulative share of the value")
TOP = T(
    zh="前 {c:.0%} 的客户\n带来 {v:.0%} 的价值",
    en="the best {c:.0%} of customers\nbring {v:.0%} of the value",
)


def pareto_curve(table: pd.DataFrame, top: float = 0.20) -> Figure:
    """Draw the Pareto curve of `value.pareto`, its grades as zones, and what the best `top` bring."""
    figure, ax = new_figure()
    x, y = np.append(0, table["customer_share"]), np.append(0, table["value_share"])
    start = 0.0
    for number, grade in enumerate("ABCD"):
        share = float((table["grade"] == grade).mean()) if len(table) else 0.0
        if share:
            ax.axvspan(start, start + share, color=PALETTE[number], alpha=0.13, linewidth=0)
            if share > 0.03:
                ax.text(start + share / 2, 0.04, f"{grade}\n{share:.0%}", ha="center", fontsize=15)
        start += share
    ax.plot(x, y, color=PALETTE[0], linewidth=3)
    ax.plot([0, 1], [0, 1], color="0.5", linestyle="--", linewidth=1.2)
    ax.text(0.66, 0.60, str(EVERYBODY_ALIKE), color="0.35", rotation=29, fontsize=12)
    held = float(np.interp(top, x, y))
    ax.plot([top, top, 0], [0, held, held], color="0.25", linestyle=":", linewidth=1.6)
    ax.plot(top, held, "o", color=PALETTE[3], markersize=10)
    ax.annotate(
        str(TOP.format(c=top, v=held)),
        (top, held),
        xytext=(top + 0.05, max(held - 0.16, 0.28)),
        fontsize=14,
        arrowprops={"arrowstyle": "-", "color": "0.4"},
    )
    ax.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=str(CUMULATIVE_CUSTOMERS), ylabel=str(CUMULATIVE_VALUE))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    return figure


def cut_points(values: pd.Series, cuts: Sequence[float]) -> Figure:
    """Draw how `values` are spread, with the entry line of each level and the customers between the lines.

    Skewed positive money gets a logarithmic axis; the picture says so.
    """
    figure, ax = new_figure()
    known = values.dropna().astype(float)
    skewed = len(known) > 0 and known.median() > 0 and known.max() > 20 * known.median()
    shown = known[known > 0] if skewed else known
    sns.histplot(x=shown, bins=40, log_scale=bool(skewed), color=PALETTE[0], alpha=0.6, ax=ax)
    cuts = points(cuts)
    edges = [-np.inf, *cuts, np.inf]
    low, high = ax.get_xlim()
    top = ax.get_ylim()[1]
    for cut in cuts:
        ax.axvline(cut, color="0.15", linestyle="--", linewidth=1.8)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        ax.text(cut, top * 1.11, f"≥ {cut:,.0f}", ha="center", fontsize=13, bbox=box)
    for lower, upper in pairwise(edges):
        left, right = max(lower, low), min(upper, high)
        middle = np.sqrt(left * right) if skewed else (left + right) / 2
        inside = int(((known >= lower) & (known < upper)).sum())
        ax.text(middle, top * 1.03, f"n = {inside:,}", ha="center", fontsize=13, color="0.25")
    scale = T(zh="（对数轴）", en=" (log axis)")
    if unspent := len(known) - len(shown):
        scale = T(
            zh=f"（对数轴，不含 {unspent:,} 位无消费客户）",
            en=f" (log axis, without {unspent:,} who spent nothing)",
        )
    ax.set(
        ylim=(0, top * 1.2),
        xlabel=axis(values.name or "value") + (str(scale) if skewed else ""),
        ylabel=axis("customers"),
    )
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x", visible=False)
    return figure


def group_shares(table: pd.DataFrame) -> Figure:
    """Draw each group's share of the customers beside its share of the value, from `value.by_group`."""
    figure, ax = new_figure(height=min(max(2.4, 1.2 + 0.75 * len(table)), 9.0))
    place = np.arange(len(table))
    pairs = (
        [("share", -0.2, ""), ("value_share", 0.2, "//")] if "value_share" in table else [("share", 0, "")]
    )
    for number, (column, shift, hatch) in enumerate(pairs):
        percent = table[column].fillna(0).to_numpy() * 100
        height = 0.38 if len(pairs) == 2 else 0.6
        bars = ax.barh(
            place + shift,
            percent,
            height,
            color=PALETTE[number],
            hatch=hatch,
            edgecolor="white",
            label=axis(column),
        )
        ax.bar_label(bars, fmt="%.0f%%", padding=4, fontsize=12)
    ax.set_yticks(place, [name(group) for group in table.index])
    ax.invert_yaxis()
    ax.set(
        xlabel="%",
        xlim=(0, max(10.0, table[[c for c, *_ in pairs]].max(axis=None) * 112) if len(table) else 100),
    )
    ax.grid(axis="y", visible=False)
    figure.legend(loc="outside upper right", ncols=2, frameon=False)
    return figure
