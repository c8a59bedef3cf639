"""Pictures of cross-grouping: the cells and which are too small; a total that turns around."""

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.words.text import T

HATCHED = T(zh="斜线：人数太少；—：没有客户", en="hatched: too small; —: no customer")


def cells(table: pd.DataFrame, shade: str = "customers") -> Figure:
    """Draw the cells of `cross.cross`: the last tag across, the others downwards; the number is the customers.

    The colour is `shade`, a column of the table; cells that are too small are hatched.
    """
    tag = table.index.names[-1]
    grid, counts, status = (
        table[column].unstack(tag, sort=False) for column in (shade, "customers", "status")
    )
    figure, ax = new_figure(height=min(max(3.2, 1.8 + 0.5 * len(grid)), 9.0))
    texts = counts.map(lambda number: f"{number:,}")
    sns.heatmap(
        grid.astype(float).mask(counts == 0),
        annot=texts.where(status == "enough", ""),
        fmt="",
        cmap=HEAT,
        linewidths=1.5,
        xticklabels=1,  # every one of them, also where a company has dozens of regions
        yticklabels=1,
        ax=ax,
        cbar_kws={"label": axis(shade)},
    )
    box = {"facecolor": "white", "alpha": 0.9, "edgecolor": "none", "pad": 1.5}
    for row, column in zip(*(status != "enough").to_numpy().nonzero(), strict=True):
        text = "—"
        if status.iat[row, column] == "too_small":
            text = texts.iat[row, column]
            ax.add_patch(
                Rectangle((column, row), 1, 1, fill=False, hatch="//", edgecolor="white", linewidth=0)
            )
        ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", bbox=box)
    ax.set_yticklabels([name(code) for code in grid.index], rotation=0)
    ax.set_xticklabels([name(code) for code in grid.columns], rotation=20 if grid.shape[1] > 5 else 0)
    ax.set(xlabel=f"{name(tag)}\n{HATCHED}", ylabel=" × ".join(name(n) for n in table.index.names[:-1]))
    ax.grid(visible=False)
    return figure


def turned_around(table: pd.DataFrame, outcome: T) -> Figure:
    """Draw `cross.within_and_overall`: one line a stratum, the overall line dashed; area of a dot = customers.

    Lines that all slope the other way than the dashed one are Simpson's paradox.
    """
    figure, ax = new_figure()
    first, second = table.columns[:2]
    strata = table.drop(index=["overall", "adjusted"])
    largest = strata[["customers_1", "customers_2"]].max(axis=None)
    for number, (code, row) in enumerate(strata.iterrows()):
        ax.plot([0, 1], [row[first], row[second]], color=PALETTE[number % 10], linewidth=2.5)
        for x, group, size in ((0, first, "customers_1"), (1, second, "customers_2")):
            ax.scatter(
                x, row[group], s=900 * row[size] / max(largest, 1) + 15, color=PALETTE[number % 10], zorder=3
            )
        ax.text(
            1.07,
            row[second],
            f"{name(code)} ({row[first]:.0%} → {row[second]:.0%})",
            va="center",
            fontsize=13,
        )
    total = table.loc["overall"]
    ax.plot([0, 1], [total[first], total[second]], color="0.15", linestyle="--", linewidth=3.5, marker="D")
    text = f"{name('overall')} ({total[first]:.0%} → {total[second]:.0%})"
    ax.text(1.07, total[second], text, va="center", fontsize=13, weight="bold")
    ax.set(xlim=(-0.15, 1.75), ylabel=str(outcome))
    ax.set_xticks([0, 1], [name(first), name(second)])
    ax.yaxis.set_major_formatter("{x:.0%}")
    ax.grid(axis="x", visible=False)
    return figure
