"""Picture of a whole plan: what the target rests on, and whether its test could prove it."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import name
from custseg_helpers.tiers.cards import plain
from custseg_helpers.words.text import T

POINTS = T(zh="百分点", en="percentage points")
SALES = T(
    zh="一年的销售额（元），虚线是目标 {n}", en="sales of a year (yuan); the dashed line is the target, {n}"
)


def promise_and_proof(bridge: pd.Series, effect: pd.Series) -> Figure:
    """Draw what a year's sales rest on against the target on top, the promised effect and the visible one below.

    Args:
        bridge: yuan, from `baseline_bridge`; where `still_open` is below 0 the bars reach beyond the target.
        effect: shares, `extra_promised` and `smallest_visible`; a missing one is not drawn.
    """
    figure, (top, bottom) = new_figure(rows=2, height=5.6)
    left = 0.0
    sales = bridge.drop("target").clip(lower=0)
    looks = zip(sales.index, (PALETTE[7], PALETTE[5], PALETTE[2], "white"), ("", "..", "//", ""), strict=True)
    for part, colour, hatch in looks:
        bar = top.barh(0, sales[part], left=left, color=colour, hatch=hatch, edgecolor="0.3", height=0.5)
        bar.set_label(f"{name(part)} {plain(sales[part])}")
        left += sales[part]
    top.axvline(bridge["target"], color="0.2", linestyle="--", linewidth=1.6)
    top.set(xlim=(0, left * 1.02 or 1), ylim=(-0.4, 0.4), yticks=[])
    top.set_xlabel(str(SALES.format(n=plain(bridge["target"]))))
    _ticks(top, left)
    top.xaxis.set_major_formatter("{x:,.0f}")
    figure.legend(*top.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    points = 100 * effect
    bars = bottom.barh(range(len(points)), points.fillna(0), color=[PALETTE[2], PALETTE[1]], height=0.55)
    bars[1].set_hatch("..")
    bottom.bar_label(bars, [f"{value:.1f}" if value == value else "–" for value in points], padding=6)
    bottom.set_yticks(range(len(points)), [name(code) for code in points.index])
    bottom.invert_yaxis()
    widest = 1.12 * float(points.fillna(0).max()) or 1.0
    bottom.set_xlim(0, widest)
    _ticks(bottom, widest)
    bottom.set_xlabel(str(POINTS))
    bottom.grid(axis="y", visible=False)
    return figure


def _ticks(ax: Axes, last: float) -> None:
    """Put about five round ticks on the axis, none beyond its end."""
    ax.set_xticks([tick for tick in MaxNLocator(5).tick_values(0, last) if 0 <= tick <= last])
