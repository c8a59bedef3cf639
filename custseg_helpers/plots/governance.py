"""The picture of the score card: each KPI on its scale, with a light that colour, shape and word tell alike."""

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import name
from custseg_helpers.text import T, label

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
