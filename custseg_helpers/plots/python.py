"""Picture of lesson 00b: the result of a line that groups, bar by bar."""

import pandas as pd

from custseg_helpers.plots.style import PALETTE, Picture, new_figure
from custseg_helpers.plots.words import name
from custseg_helpers.words.text import T


def bars(result: pd.Series, group: T, measure: T) -> Picture:
    """Draw one bar for each group of a result, in its order, with its number.

    `group` and `measure` name what stands on the two axes.
    """
    figure, ax = new_figure(height=4.2)
    drawn = ax.barh([name(code) for code in result.index], result, color=PALETTE[0])
    ax.bar_label(drawn, fmt="{:,.0f}", padding=4, fontsize=12)
    ax.invert_yaxis()
    ax.set(xlabel=str(measure), ylabel=str(group))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y", visible=False)
    ax.margins(x=0.12)
    return figure
