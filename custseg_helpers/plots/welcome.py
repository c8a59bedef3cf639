"""Picture of lesson 00: how much of the later sales each way of choosing customers meets."""

from collections.abc import Mapping

import pandas as pd

from custseg_helpers.plots.style import PALETTE, Picture, new_figure
from custseg_helpers.words.text import T

LINES = ("-", "--", "-.", ":")


def reach(shares: pd.DataFrame, names: Mapping[str, T], chosen: str, people: int) -> Picture:
    """Draw the share of sales met (%) against customers contacted, one line for each way to line them up.

    `shares` has one row for each number of customers and one column for each way; `names` names the ways.
    """
    figure, ax = new_figure()
    for (way, name), style, colour in zip(names.items(), LINES, PALETTE, strict=False):
        ax.plot(
            shares.index,
            shares[way] * 100,
            style,
            color=colour,
            lw=4 if way == chosen else 2,
            label=str(name),
        )
    ax.axvline(people, color="0.4", lw=1)
    ax.plot(people, shares.at[people, chosen] * 100, "o", color="black", ms=9)
    ax.set(
        xlabel=str(T(zh="联系的客户（人）", en="customers contacted")),
        ylabel=str(T(zh="碰到最后一季销售额的（%）", en="share of the last quarter's sales met (%)")),
        xlim=(0, len(shares)),
        ylim=(0, 100),
    )
    ax.legend(loc="lower right")
    return figure
