"""Picture of the quadrants: every customer as a point, both cut lines, the size of each quadrant."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.cards import plain
from custseg_helpers.tiers.quadrant import QUADRANTS
from custseg_helpers.words.text import T

CUT_AT = T(zh="{m}，分界线 {c}", en="{m}, cut at {c}")
LOOKS = dict(zip(QUADRANTS, [(2, "o"), (0, "s"), (1, "^"), (7, "x")], strict=True))
MOST = 10_000
"""More points of a quadrant hide one another: a sample is drawn."""
CORNERS = dict(zip(QUADRANTS, [(0.98, 0.97), (0.98, 0.03), (0.02, 0.97), (0.02, 0.03)], strict=True))


def quadrants(table: pd.DataFrame) -> Figure:
    """Draw the result of `quadrant.quadrants`. A skewed measure gets a logarithmic axis (linear around zero)."""
    figure, ax = new_figure(height=5.8)
    across, up, _ = table.columns
    total = max(int((table["quadrant"] != "unknown").sum()), 1)
    for code, (colour, marker) in LOOKS.items():
        group = table[table["quadrant"] == code]
        drawn = group.iloc[np.linspace(0, len(group) - 1, min(len(group), MOST)).astype(int)]
        ax.scatter(
            drawn[across], drawn[up], s=32, marker=marker, color=PALETTE[colour], alpha=0.55, linewidth=1
        )
        right, top = code.startswith("high"), code.endswith("high")
        ax.text(
            *CORNERS[code],
            f"{name(code)}\n{len(group):,} ({len(group) / total:.0%})",
            transform=ax.transAxes,
            ha="right" if right else "left",
            va="top" if top else "bottom",
            fontsize=14,
            bbox={"facecolor": "white", "alpha": 0.85, "edgecolor": PALETTE[colour], "pad": 4},
        )
    lines = table.attrs["cuts"]
    ax.axvline(lines[0], color="0.2", linestyle="--", linewidth=1.8)
    ax.axhline(lines[1], color="0.2", linestyle="--", linewidth=1.8)
    _stretch(ax, "x", table[across])
    _stretch(ax, "y", table[up])
    ax.set(
        xlabel=str(CUT_AT.format(m=axis(across), c=plain(lines[0]))),
        ylabel=str(CUT_AT.format(m=axis(up), c=plain(lines[1]))),
    )
    return figure


def _stretch(ax: Axes, side: str, values: pd.Series) -> None:
    known = values.dropna()
    if len(known) and known.median() > 0 and known.max() > 20 * known.median():
        smallest = known[known > 0].min()
        if known.min() > 0:
            getattr(ax, f"set_{side}scale")("log")
        else:
            getattr(ax, f"set_{side}scale")("symlog", linthresh=smallest, linscale=0.4)
            getattr(ax, f"set_{side}lim")(min(known.min() * 1.5, -smallest / 2), known.max() * 1.5)
    getattr(ax, f"{side}axis").set_major_formatter("{x:,.0f}")
