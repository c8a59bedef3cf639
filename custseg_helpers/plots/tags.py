"""Pictures of the tag catalogue: how many customers each tag reaches, and which tags say the same."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.tags.catalogue import FAMILIES, Catalogue
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

SHARE = T(zh="有此标签的客户占比", en="share of customers with the tag")
BAR = T(zh=" {share:.0%}（{n:,}）", en=" {share:.0%} ({n:,})")
DEAD = T(zh=" 没有客户", en=" no customer")
ONLY_THIS = T(zh="只有新标签", en="only the new tag")
IN_BOTH = T(zh="两个都有", en="both")
ONLY_OTHER = T(zh="只有“{other}”", en='only "{other}"')
OF_CUSTOMERS = T(zh="占客户", en="of the customers")
OF_MONEY = T(zh="占金额", en="of the money")
OF_EITHER = T(zh="与“{other}”比", en='beside "{other}"')
BOTH = T(zh="共有客户占两者合计的比例（%）", en="customers with both, of those with either (%)")


def coverage_bars(coverage: pd.DataFrame, catalogue: Catalogue) -> Figure:
    """Draw the share of customers that each tag reaches, family by family, from `tag_coverage`."""
    rows: list[tuple[str, str | None]] = []
    for family in FAMILIES:
        tags = [tag for tag in coverage.index if catalogue[tag].family == family]
        if tags:
            rows += [
                (family, None),
                *((family, tag) for tag in coverage.loc[tags, "share"].sort_values().index[::-1]),
            ]
    figure, ax = new_figure(height=max(2.4, 1.0 + 0.34 * len(rows)))
    for place, (family, tag) in enumerate(rows):
        if tag is None:
            continue
        number, share = coverage.loc[tag, ["customers", "share"]]
        share = 0.0 if np.isnan(share) else float(share)
        ax.barh(place, share, height=0.72, color=PALETTE[FAMILIES.index(family)])
        text = BAR.format(share=share, n=int(number)) if number else DEAD
        ax.text(share, place, str(text), va="center", fontsize=12, color="0.15")
    ax.set_yticks(
        range(len(rows)), [label(family) if tag is None else str(catalogue[tag].name) for family, tag in rows]
    )
    for tick, (_, tag) in zip(ax.get_yticklabels(), rows, strict=True):
        if tag is None:
            tick.set(fontsize=14, color="0.35")
    ax.set(xlim=(0, 1.16), ylim=(len(rows) - 0.4, -0.6), xlabel=str(SHARE))
    ax.set_xticks(np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.grid(axis="y", visible=False)
    return figure


def overlap_heat(overlap: pd.DataFrame, catalogue: Catalogue, tags: Sequence[str] | None = None) -> Figure:
    """Draw how much yes/no tags overlap, from `tag_overlap`: the given tags, or the ten that overlap the most.

    Given tags that could not be computed are left out.
    """
    if tags is None:
        others = overlap.where(~np.eye(len(overlap), dtype=bool))
        most = others.max().nlargest(10).index
        tags = [tag for tag in overlap if tag in set(most)]
    tags = [tag for tag in tags if tag in overlap]
    names = [str(catalogue[tag].name) for tag in tags]
    percent = overlap.loc[list(tags[1:]), list(tags[:-1])].to_numpy() * 100
    figure, ax = new_figure(height=max(4.2, 2.6 + 0.46 * len(tags)))
    sns.heatmap(
        percent,
        mask=np.triu(np.ones(percent.shape, dtype=bool), k=1),
        annot=True,
        fmt=".0f",
        cmap=HEAT,
        vmin=0,
        vmax=100,
        linewidths=1,
        xticklabels=names[:-1],
        yticklabels=names[1:],
        ax=ax,
    )
    ax.set_xticklabels(ax.get_xticklabels(), rotation=35, ha="right")
    ax.set_yticklabels(ax.get_yticklabels(), rotation=0)
    ax.grid(visible=False)
    ax.set_title(str(BOTH), fontsize=14, loc="left")
    return figure


def tag_reach(customers: float, money: float, parts: Sequence[int], other: str) -> Figure:
    """Draw one yes/no tag: its share of customers and of money (0–1), and how it overlaps another tag.

    `parts` are the customers with only this tag, with both, and with only the other, whose name is `other`.
    """
    figure, ax = new_figure(height=3.9)
    for place, share in enumerate((customers, money)):
        ax.barh(place, share, height=0.6, color=PALETTE[place])
        ax.text(share, place, f" {share:.0%}", va="center", fontsize=15)
    names = [str(ONLY_THIS), str(IN_BOTH), str(ONLY_OTHER.format(other=other))]
    left = 0.0
    for number, name, colour, hatch in zip(
        parts, names, (PALETTE[2], PALETTE[3], PALETTE[7]), ("", "//", ".."), strict=True
    ):
        share = number / max(sum(parts), 1)
        ax.barh(2, share, left=left, height=0.6, color=colour, hatch=hatch, edgecolor="white", label=name)
        if share >= 0.06:
            box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
            ax.text(left + share / 2, 2, f"{number:,}", ha="center", va="center", fontsize=13, bbox=box)
        left += share
    ax.set_yticks(range(3), [str(OF_CUSTOMERS), str(OF_MONEY), str(OF_EITHER.format(other=other))])
    ax.set(xlim=(0, 1.1), ylim=(2.5, -0.5))
    ax.set_xticks(np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.grid(axis="y", visible=False)
    figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    return figure
