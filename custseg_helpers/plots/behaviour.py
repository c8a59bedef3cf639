"""Pictures of behaviour: pace, interest, discount, the spread of a tag, gaps in the buying centre."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.behaviour import ROLES
from custseg_helpers.tiers.cuts import points
from custseg_helpers.tiers.cycle import PACES
from custseg_helpers.words.text import T

MARKS = dict(zip(PACES, [(3, "^"), (0, "o"), (2, "v")], strict=True))
"""A colour of the palette and a shape for each pace."""
AS_USUAL = T(zh="与以往相同", en="as before")
LIFT = T(zh="提升度（1 = 与总体相同）", en="lift (1 = like everybody)")
ACCOUNTS = T(zh="客户占比（%）", en="share of accounts (%)")
FILLED, VACANT = T(zh="有联系人", en="somebody known"), T(zh="缺联系人", en="nobody known")


def pace(table: pd.DataFrame) -> Figure:
    """Draw the recent gap against the earlier one for each customer, from `cycle.pace`; above the line is slower."""
    figure, ax = new_figure()
    shown = table[table["pace"] != "unknown"]
    for code, (colour, marker) in MARKS.items():
        group = shown[shown["pace"] == code]
        ax.scatter(
            group["earlier_gap_days"],
            group["recent_gap_days"],
            s=34,
            marker=marker,
            color=PALETTE[colour],
            alpha=0.55,
            linewidth=0,
            label=f"{name(code)} ({len(group):,})",
        )
    if len(shown):
        low = shown[["earlier_gap_days", "recent_gap_days"]].min(axis=None)
        high = shown[["earlier_gap_days", "recent_gap_days"]].max(axis=None)
        ax.plot([low, high], [low, high], color="0.3", linestyle="--", label=str(AS_USUAL))
        ax.set(xscale="log", yscale="log")
        for side in (ax.xaxis, ax.yaxis):
            side.set_major_locator(LogLocator(subs=(1, 2, 5)))
            side.set_major_formatter("{x:g}")
        ax.minorticks_off()  # the style shows none; making them takes a fifth of the time
    ax.set(xlabel=name("earlier_gap_days"), ylabel=name("recent_gap_days"))
    ax.legend(loc="lower right", framealpha=0.9)
    return figure


def interest_map(table: pd.DataFrame) -> Figure:
    """Draw the lift of each category for each row of `behaviour.interest`.

    For groups give the interest of their sums: `interest(money.groupby(groups).sum())`.
    """
    lift = table.pivot(index="customer_id", columns="category", values="lift").fillna(0)
    figure, ax = new_figure(height=max(3.0, 1.6 + 0.55 * len(lift)))
    top = max(float(lift.max(axis=None)) if lift.size else 2.0, 1.5)
    sns.heatmap(
        lift,
        annot=True,
        fmt=".1f",
        cmap="PuOr_r",
        norm=TwoSlopeNorm(1, 0, top),
        linewidths=1,
        xticklabels=1,
        yticklabels=1,
        ax=ax,
        cbar_kws={"label": str(LIFT)},
    )
    ax.set_yticklabels([name(code) for code in lift.index], rotation=0)
    ax.set_xticklabels([name(code) for code in lift.columns], rotation=20, ha="right")
    ax.set(xlabel="", ylabel="")
    return figure


def discount_shares(
    facts: pd.DataFrame, cuts: Sequence[float] = (1 / 3, 2 / 3), *, at_least: int = 3
) -> Figure:
    """Draw how much customers with enough orders buy at a discount, and where medium and high begin."""
    figure, ax = new_figure()
    enough = facts["frequency"] >= at_least
    shares = facts["discount_share"][enough].dropna() * 100
    counts, edges = np.histogram(shares, bins=np.linspace(0, 100, 25))
    ax.bar(edges[:-1], counts, np.diff(edges), align="edge", color=PALETTE[0], alpha=0.65, edgecolor="white")
    lines = [0, *[cut * 100 for cut in points(cuts, "(0.33, 0.67)")], 100]
    top = max(counts.max(initial=0), 1)
    for cut in lines[1:-1]:
        ax.axvline(cut, color="0.15", linestyle="--", linewidth=1.8)
    for code, left, right in zip(("low", "medium", "high"), lines, lines[1:], strict=False):
        last = right == 100
        inside = int(((shares >= left) & ((shares < right) | last)).sum())
        ax.text((left + right) / 2, top * 1.06, f"{name(code)}\n{inside:,}", ha="center", fontsize=14)
    left_out = T(
        zh="另有 {n:,} 位订单不足 {k} 笔，不作判断", en="{n:,} more have fewer than {k} orders: not judged"
    )
    ax.set(
        xlim=(0, 100),
        ylim=(0, top * 1.25),
        xlabel=f"{axis('discount_share')}\n{left_out.format(n=int((~enough).sum()), k=at_least)}",
        ylabel=axis("customers"),
    )
    ax.grid(axis="x", visible=False)
    return figure


def tag_sizes(tag: pd.Series, order: Sequence[str] | None = None) -> Figure:
    """Draw how many customers have each value of a tag; `"unknown"` is hatched grey and stands last."""
    counts = tag.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    codes = [code for code in (order or counts.index) if code != "unknown"]
    codes += ["unknown"] * ("unknown" in counts.index)
    counts = counts.reindex(codes, fill_value=0)
    figure, ax = new_figure(height=max(2.4, 1.2 + 0.6 * len(counts)))
    known = [code != "unknown" for code in codes]
    bars = ax.barh(
        range(len(codes)), counts, color=[PALETTE[0] if k else "0.75" for k in known], edgecolor="white"
    )
    for bar, is_known in zip(bars, known, strict=True):
        bar.set_hatch("" if is_known else "//")
    total = max(counts.sum(), 1)
    ax.bar_label(bars, [f"{n:,} ({n / total:.0%})" for n in counts], padding=5, fontsize=13)
    ax.set_yticks(range(len(codes)), [name(code) for code in codes])
    ax.invert_yaxis()
    ax.margins(x=0.2)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set(xlabel=axis("customers"), title=name(tag.name) if tag.name is not None else "")
    ax.grid(axis="y", visible=False)
    return figure


def role_gaps(table: pd.DataFrame) -> Figure:
    """Draw for each role in how many accounts somebody is known, from `behaviour.role_coverage`."""
    figure, ax = new_figure(height=3.8)
    share = table[list(ROLES)].gt(0).mean().fillna(0) * 100
    for number, (values, left, text, hatch) in enumerate(
        [(share, 0 * share, FILLED, ""), (100 - share, share, VACANT, "//")]
    ):
        bars = ax.barh(
            [name(role) for role in ROLES],
            values,
            left=left,
            color=PALETTE[0] if number == 0 else "0.8",
            hatch=hatch,
            edgecolor="white",
            label=str(text),
        )
        labels = ax.bar_label(
            bars, [f"{v:.0f}%" if v >= 4 else "" for v in values], label_type="center", fontsize=14
        )
        for item in labels:
            item.set_bbox({"facecolor": "white", "alpha": 0.8, "pad": 1.5, "linewidth": 0})
    ax.invert_yaxis()
    ax.set(xlim=(0, 100), xlabel=str(ACCOUNTS))
    ax.grid(visible=False)
    figure.legend(loc="outside upper right", ncols=2, frameon=False)
    return figure
