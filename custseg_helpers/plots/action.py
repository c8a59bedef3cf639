"""Pictures of acting on tiers: the plan, products bought together, channels and their budget."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.words.glossary import label, labelled
from custseg_helpers.words.text import T

YUAN = T(zh="元", en="yuan")
IN_BRACKETS = T(zh="{name}（{words}）", en="{name} ({words})")


def names(codes: Iterable[str]) -> list[str]:
    """Return the names of codes; a code of your own that the glossary does not know stays as it is."""
    return labelled(pd.Series(0, index=pd.Index(list(codes), dtype=object))).index.tolist()


def plan(table: pd.DataFrame) -> Figure:
    """Draw what each tier costs beside the margin it is expected to bring, with the profit in yuan.

    `table` comes from `strategy.plan` or `strategy.within_budget`; what the budget does not pay stands beside the tier.
    """
    figure, ax = new_figure(height=max(3.6, 0.5 * len(table) + 1.4))
    place = np.arange(len(table))[::-1]
    ax.barh(
        place + 0.2, table["cost"], 0.38, color=PALETTE[1], hatch="//", edgecolor="white", label=label("cost")
    )
    ax.barh(place - 0.2, table["expected_margin"], 0.38, color=PALETTE[0], label=label("expected_margin"))
    ends = table[["cost", "expected_margin"]].max(axis=1)
    for y, end, profit in zip(place, ends, table["profit"], strict=True):
        ax.annotate(f"{profit:+,.0f}", (end, y), (6, 0), textcoords="offset points", va="center")
    tiers = names(table.index)
    if "verdict" in table:
        tiers = [
            tier if verdict == "paid_in_full" else str(IN_BRACKETS.format(name=tier, words=label(verdict)))
            for tier, verdict in zip(tiers, table["verdict"], strict=True)
        ]
    ax.set_yticks(place, tiers)
    ax.set(
        xlabel=str(YUAN),
        title=str(T(zh="费用与预计毛利（数字为净收益）", en="cost and expected margin (number: profit)")),
    )
    ax.set_xlim(0, 1.15 * ends.max() or 100)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
    return figure


def product_pairs(rules: pd.DataFrame, titles: Mapping[str, str] | None = None, *, top: int = 10) -> Figure:
    """Draw the rules with the highest lift as bars; each says how many baskets it rests on.

    `rules` comes from `recommend.association_rules`, `titles` gives product names. Both directions of a pair have the
    same lift, so only the more confident one is drawn.
    """
    pairs = rules.assign(
        pair=[frozenset(pair) for pair in zip(rules["product_id"], rules["next_product"], strict=True)]
    )
    best = pairs.drop_duplicates("pair").sort_values("lift", ascending=False, kind="stable").head(top)[::-1]
    figure, ax = new_figure(height=max(3.6, 0.45 * len(best) + 1.4))
    known = titles if titles is not None else {}
    ax.barh(np.arange(len(best)), best["lift"], 0.6, color=PALETTE[0])
    for y, (lift, count, confidence) in enumerate(
        zip(best["lift"], best["count"], best["confidence"], strict=True)
    ):
        said = T(zh="{c:.0%}，{n} 个购物篮", en="{c:.0%}, {n} baskets").format(c=confidence, n=count)
        ax.annotate(str(said), (lift, y), (6, 0), textcoords="offset points", va="center", fontsize=12)
    ends = zip(best["product_id"], best["next_product"], strict=True)
    ax.set_yticks(np.arange(len(best)), [f"{known.get(a, a)} → {known.get(b, b)}" for a, b in ends])
    ax.axvline(1, color="black", linestyle="--", linewidth=1)
    lift = T(
        zh="提升度（1 = 没有关联；条旁为置信度）", en="lift (1 = no relation; beside the bar: confidence)"
    )
    ax.set(xlabel=str(lift), title=str(T(zh="经常一起买的产品", en="products bought together")))
    ax.margins(x=0.3)
    ax.grid(axis="y", visible=False)
    return figure


def channels(table: pd.DataFrame) -> Figure:
    """Draw how many visits become leads and customers (log scale), and what a customer costs.

    `table` comes from `channels.conversion`.
    """
    figure, (left, right) = new_figure(1, 2, height=max(4.0, 0.7 * len(table) + 1.6))
    place = np.arange(len(table))[::-1]
    steps = {"visits": ("o", 0), "leads": ("s", 1), "customers": ("D", 2)}
    left.hlines(
        place, table["customers"].clip(lower=0.5), table["visits"], color="lightgrey", linewidth=3, zorder=0
    )
    for step, (marker, colour) in steps.items():
        left.scatter(table[step], place, s=110, marker=marker, color=PALETTE[colour], label=label(step))
    for y, rate in zip(place, table["conversion_rate"], strict=True):
        left.annotate(
            "" if pd.isna(rate) else f"{rate:.1%}",
            (1, y),
            (-4, 12),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            fontsize=12,
        )
    left.set(
        xscale="log",
        xlabel=str(T(zh="数量（对数轴，右上为总转化率）", en="number (log scale; share: visit to customer)")),
        ylim=(-0.7, len(table) - 0.1),
    )
    left.xaxis.set_major_formatter("{x:,.0f}")
    left.legend(loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=3, frameon=False, handletextpad=0.1)
    right.barh(place, table["cost_per_customer"], 0.5, color=PALETTE[4])
    for y, (cost, roi) in zip(place, table[["cost_per_customer", "roi"]].to_numpy(), strict=True):
        said = T(zh="回报率 {roi:.1f}", en="ROI {roi:.1f}").format(roi=roi)
        right.annotate(
            "" if np.isnan(roi) else str(said),
            (np.nan_to_num(cost), y),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=12,
        )
    right.set(xlabel=label("cost_per_customer"), ylim=left.get_ylim())
    right.margins(x=0.32)
    left.set_yticks(place, names(table.index))
    right.set_yticks(place, [])
    for ax in (left, right):
        ax.grid(axis="y", visible=False)
    return figure


def budget_shift(table: pd.DataFrame) -> Figure:
    """Draw each channel's cost now and as suggested, with an arrow between; `table` from `channels.shift_budget`."""
    figure, ax = new_figure(height=max(3.6, 0.7 * len(table) + 1.6))
    place = np.arange(len(table))[::-1]
    for y, (now, then, change) in zip(place, table[["cost", "suggested", "change"]].to_numpy(), strict=True):
        if change:
            ax.annotate("", (then, y), (now, y), arrowprops={"arrowstyle": "-|>", "color": "grey", "lw": 2})
        ax.annotate(
            f"{change:+,.0f}",
            ((now + then) / 2, y),
            (0, 9),
            textcoords="offset points",
            ha="center",
            fontsize=12,
        )
    ax.scatter(table["cost"], place, s=110, marker="o", color=PALETTE[1], label=label("cost"), zorder=3)
    ax.scatter(
        table["suggested"], place, s=110, marker="D", color=PALETTE[0], label=label("suggested"), zorder=3
    )
    ax.set_yticks(place, names(table.index))
    title = T(
        zh="同样的预算怎么挪（假设：边际收益递减）",
        en="moving the same budget (assuming diminishing returns)",
    )
    ax.set(xlabel=str(YUAN), ylim=(-0.6, len(table) - 0.3), title=str(title))
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
    return figure
