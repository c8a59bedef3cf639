"""Picture of lesson 02: how many rows each check catches."""

import pandas as pd

from custseg_helpers.plots.style import PALETTE, Picture, new_figure
from custseg_helpers.words.text import T


def caught(counts: pd.Series, chosen: str) -> Picture:
    """Draw the rows caught by each check (index: its name), the chosen one hatched."""
    figure, ax = new_figure(height=4.6)
    bars = ax.barh(counts.index[::-1], counts.iloc[::-1], color=PALETTE[0], edgecolor="white")
    for bar, name in zip(bars, counts.index[::-1], strict=True):
        if name == chosen:
            bar.set(color=PALETTE[1], hatch="//", edgecolor="white")
    ax.bar_label(bars, padding=4)
    ax.set(xlabel=str(T(zh="抓到的行数（行）", en="rows caught")))
    ax.margins(x=0.1)
    ax.grid(axis="y", visible=False)
    return figure
