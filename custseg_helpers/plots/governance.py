"""Pictures of governance: the score card, tiers before and after adjusting by hand, and whom a list gives away."""

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

LIGHT = {
    "green": (PALETTE[2], "o"),
    "amber": (PALETTE[1], "^"),
    "red": (PALETTE[3], "X"),
    "no_data": ("0.6", "s"),
}
"""Colour and marker of each light."""

AXIS = T(
    zh="指标值；浅色区间依次为不达标、留意、达标",
    en="value of the KPI; the zones are off target, watch, on target",
)


def score_card(card: pd.DataFrame) -> Figure:
    """Draw the score card of `kpis.scorecard`: where each KPI (a share) stands in its zones, and its word."""
    figure, ax = new_figure(height=max(2.4, 1.3 + 0.85 * len(card)))
    for place, (_, row) in enumerate(card.iterrows()):
        low, high = sorted((row["good"], row["fair"]))
        zones = ["red", "amber", "green"] if row["good"] >= row["fair"] else ["green", "amber", "red"]
        for light, left, right in zip(zones, (0, low, high), (low, high, 1), strict=True):
            ax.barh(
                place, right - left, left=left, height=0.62, color=LIGHT[light][0], alpha=0.22, linewidth=0
            )
        for line in (low, high):
            ax.plot([line, line], [place - 0.31, place + 0.31], color="0.35", linewidth=1.4)
        colour, marker = LIGHT[row["light"]]
        word = label(row["light"])
        if not math.isnan(row["value"]):
            ax.plot(row["value"], place, marker, color="0.1", markersize=11, clip_on=False, zorder=3)
            word = f"{row['value']:.1%}  {word}"
        ax.plot(1.05, place, marker, color=colour, markersize=14, clip_on=False)
        ax.text(1.08, place, word, va="center", fontsize=14)
    ax.set_yticks(range(len(card)), [name(kpi) for kpi in card.index])
    ax.set(xlim=(0, 1), ylim=(len(card) - 0.5, -0.5), xlabel=str(AXIS))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.grid(axis="y", visible=False)
    return figure


def tiers_in_use(calculated: pd.Series, in_use: pd.Series, values: pd.Series) -> Figure:
    """Draw calculated tiers beside those in use: customers on the left, mean value (yuan) on the right.

    Tiers stand in the order of their calculated mean value, best first.
    """
    mean = values.groupby(calculated).mean().sort_values(ascending=False)
    tiers = mean.index.union(in_use.unique(), sort=False)
    sides = {"calculated": calculated, "in_use": in_use}
    figure, axes = new_figure(columns=2, height=4.6)
    for place, (side, groups) in enumerate(sides.items()):
        drawn = (groups.value_counts(), values.groupby(groups).mean())
        for ax, heights in zip(axes, drawn, strict=True):
            where = [number + 0.4 * place - 0.2 for number in range(len(tiers))]
            bars = ax.bar(
                where,
                heights.reindex(tiers, fill_value=0),
                width=0.38,
                color=PALETTE[place],
                hatch="//" * place,
                edgecolor="white",
                label=name(side),
            )
            ax.bar_label(bars, fmt="{:,.0f}", fontsize=12)
    for ax, code in zip(axes, ("customers", "mean_value"), strict=True):
        ax.set_xticks(range(len(tiers)), [name(tier) for tier in tiers])
        ax.set_ylabel(axis(code))
        ax.yaxis.set_major_formatter("{x:,.0f}")
        top = 1.12 * ax.get_ylim()[1]
        ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])
        ax.set_ylim(0, top)
        ax.grid(axis="x", visible=False)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


def exposure(table: pd.DataFrame) -> Figure:
    """Draw the result of `privacy.exposure`: with each column that joins, fewer customers hide in a crowd."""
    parts = {"on_their_own": (3, "xx"), "small_crowd": (1, "//"), "in_a_crowd": (2, "")}
    figure, ax = new_figure(height=2.2 + 0.8 * len(table))
    left = pd.Series(0.0, index=table.index)
    total = table[list(parts)].sum(axis=1)
    for part, (colour, hatch) in parts.items():
        share = table[part] / total
        bars = ax.barh(
            range(len(table)), share, left=left, color=PALETTE[colour], hatch=hatch, edgecolor="white"
        )
        bars.set_label(name(part))
        numbers = [
            f"{count:,}" if wide > 0.06 else "" for count, wide in zip(table[part], share, strict=True)
        ]
        box = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 2}
        ax.bar_label(bars, numbers, label_type="center", fontsize=13, bbox=box if any(numbers) else None)
        left = left + share
    steps = [("" if place == 0 else "+ ") + name(column) for place, column in enumerate(table.index)]
    ax.set_yticks(range(len(table)), steps)
    ax.invert_yaxis()
    ax.set(xlim=(0, 1), xlabel=axis("share"))
    ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=""))
    ax.grid(axis="y", visible=False)
    figure.legend(*ax.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure
