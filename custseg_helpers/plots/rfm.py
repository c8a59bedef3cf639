"""Pictures of recency, frequency, monetary: the three measures, the heat map, the segments."""

from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

CUSTOMERS = T(zh="客户数（人）", en="customers")
MONEY_SHARE = T(zh="占全部金额（%）", en="share of all money (%)")
CUSTOMER_SHARE = T(zh="占全部客户（%）", en="share of all customers (%)")
MEASURES = {
    "recency_days": T(zh="最近一次消费距今（天）", en="days since last purchase"),
    "frequency": T(zh="消费频率（单）", en="frequency (orders)"),
    "monetary": T(zh="消费金额（元）", en="monetary value (yuan)"),
}
SCORES = {
    "r_score": T(zh="最近一次消费得分", en="recency score"),
    "f_score": T(zh="消费频率得分", en="frequency score"),
    "m_score": T(zh="消费金额得分", en="monetary score"),
}


def measures(facts: pd.DataFrame) -> Figure:
    """Draw how recency, frequency and monetary are spread, cut at the 99th percentile of each.

    `facts` has one row a customer with `recency_days`, `frequency` and `monetary`.
    """
    figure, axes = new_figure(1, 3, height=3.8)
    for ax, (measure, name) in zip(axes, MEASURES.items(), strict=True):
        top = facts[measure].quantile(0.99) if len(facts) else 1
        sns.histplot(facts[measure].clip(upper=top), bins=24, discrete=measure == "frequency", ax=ax)
        ax.set(xlabel=str(name), ylabel=str(CUSTOMERS) if ax is axes[0] else "")
        ax.grid(axis="x", visible=False)
    return figure


def score_sizes(scores: pd.DataFrame) -> Figure:
    """Draw how many customers have each score: even fifths, or piled up where values tie."""
    figure, axes = new_figure(1, 3, height=3.8)
    sizes = scores[list(SCORES)].apply(pd.Series.value_counts).reindex(range(1, 6)).fillna(0)
    for ax, (score, name) in zip(axes, SCORES.items(), strict=True):
        bars = ax.bar(sizes.index, sizes[score], color=PALETTE[0])
        ax.set_ylim(0, sizes.to_numpy().max() * 1.12 or 1)
        ax.bar_label(bars, fontsize=11, padding=2)
        ax.set(xlabel=str(name), ylabel=str(CUSTOMERS) if ax is axes[0] else "", xticks=range(1, 6))
        ax.grid(axis="x", visible=False)
    return figure


def heat_map(scores: pd.DataFrame) -> Figure:
    """Draw the number of customers in each cell of recency score × frequency score."""
    figure, ax = new_figure()
    _heat(scores, ax)
    return figure


def segment_sizes(facts: pd.DataFrame, segment: pd.Series) -> Figure:
    """Draw each segment's share of the customers beside its share of the money."""
    figure, ax = new_figure()
    _sizes(facts["monetary"], segment, ax)
    return figure


def overview(facts: pd.DataFrame, scores: pd.DataFrame, segment: pd.Series) -> Figure:
    """Draw segment shares and heat map side by side."""
    figure, (left, right) = new_figure(1, 2, height=5.0)
    _sizes(facts["monetary"], segment, left)
    _heat(scores, right)
    return figure


def _heat(scores: pd.DataFrame, ax: Any) -> None:
    counts = pd.crosstab(scores["r_score"], scores["f_score"])
    counts = counts.reindex(index=range(5, 0, -1), columns=range(1, 6), fill_value=0)
    sns.heatmap(counts, annot=True, fmt="d", cmap=HEAT, linewidths=1, cbar=False, square=True, ax=ax)
    ax.set(xlabel=str(SCORES["f_score"]), title=str(CUSTOMERS))
    ax.set_ylabel(str(SCORES["r_score"]), labelpad=10)
    ax.tick_params(axis="y", rotation=0)


def _sizes(monetary: pd.Series, segment: pd.Series, ax: Any) -> None:
    money = monetary.groupby(segment).sum()
    shares = pd.DataFrame({"money": money / money.sum(), "customers": segment.value_counts(normalize=True)})
    shares = shares.sort_values("money") * 100
    place = np.arange(len(shares))
    ax.barh(
        place + 0.2,
        shares["customers"],
        0.38,
        color=PALETTE[0],
        hatch="//",
        edgecolor="white",
        label=str(CUSTOMER_SHARE),
    )
    ax.barh(place - 0.2, shares["money"], 0.38, color=PALETTE[1], label=str(MONEY_SHARE))
    ax.set_yticks(place, [label(code) for code in shares.index])
    ax.set(xlabel="%")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
