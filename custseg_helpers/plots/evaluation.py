"""Pictures of testing and judging: effects with intervals, balance, power, the survivor trap, migration, separation."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from custseg_helpers.action.evaluation import uplift_quadrants as quadrants_table
from custseg_helpers.action.quality import eta_squared
from custseg_helpers.action.sample_size import SampleSize, power_for_shares, sample_size_for_shares
from custseg_helpers.plots.action import IN_BRACKETS, names
from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

SIGNS = {"works": ("o", PALETTE[2]), "harms": ("X", PALETTE[3]), "unclear": ("D", PALETTE[7])}


def uplift(table: pd.DataFrame) -> Figure:
    """Draw each tier's effect with its interval, 0 as a line; tiers too small to judge are named, not drawn.

    `table` comes from `evaluation.uplift_by_tier` (shares, drawn as percentage points, or yuan where a mean exceeds 1).
    """
    figure, ax = new_figure(height=max(3.6, 0.5 * len(table) + 1.6))
    money = bool((table["treatment"] > 1).any())
    scale = 1 if money else 100
    place = pd.Series(np.arange(len(table))[::-1], index=table.index)
    for verdict, (marker, colour) in SIGNS.items():
        rows = table[table["verdict"] == verdict]
        if rows.empty:
            continue
        reach = np.abs(rows[["lower", "upper"]].to_numpy().T - rows["difference"].to_numpy()) * scale
        ax.errorbar(
            rows["difference"] * scale, place[rows.index], xerr=reach, fmt=marker, color=colour, markersize=10,
            capsize=5, linewidth=2, label=label(verdict),
        )  # fmt: skip
    for tier in table.index[table["verdict"] == "too_few"]:
        ax.annotate(
            label("too_few"), (0, place[tier]), (8, 0), textcoords="offset points", va="center", color="grey"
        )
    ax.axvline(0, color="black", linewidth=1)
    sizes = zip(names(table.index), table["n_treatment"], table["n_holdout"], strict=True)
    ax.set_yticks(place, [str(IN_BRACKETS.format(name=tier, words=f"{n1}/{n2}")) for tier, n1, n2 in sizes])
    unit = T(zh="人均消费之差（元）", en="difference in spend per customer (yuan)")
    points = T(zh="转化率之差（百分点）", en="difference in conversion (percentage points)")
    title = T(
        zh="各层级的增量（实验组人数/留出对照组人数）", en="uplift by tier (customers treated/held out)"
    )
    ax.set(xlabel=str(unit if money else points), title=str(title), ylim=(-0.7, len(table) - 0.3))
    ax.grid(axis="y", visible=False)
    if ax.get_legend_handles_labels()[0]:
        ax.legend(loc="best")
    return figure


def survivor_trap(table: pd.DataFrame) -> Figure:
    """Draw spend per buyer beside spend per customer: two questions, often two answers.

    `table` comes from `evaluation.spend_two_ways`.
    """
    figure, axes = new_figure(1, 2, height=4.6)
    titles = {
        "per_buyer": T(zh="只看购买者（陷阱）：{gap}", en="buyers only (the trap): {gap}"),
        "per_customer": T(zh="看全部客户（该看这个）：{gap}", en="all customers (the measure): {gap}"),
    }
    for ax, (measure, title) in zip(axes, titles.items(), strict=True):
        values = table.loc[measure, ["treatment", "holdout"]].astype(float)
        bars = ax.bar([0, 1], values, 0.55, color=[PALETTE[0], PALETTE[1]], edgecolor="white")
        bars[1].set_hatch("//")
        ax.bar_label(bars, fmt="%.1f", padding=3)
        ax.set_xticks([0, 1], [label("treatment"), label("holdout")])
        ax.set(
            ylabel=str(T(zh="平均消费（元）", en="mean spend (yuan)")),
            title=str(title.format(gap=f"{table.at[measure, 'difference']:+.1f}")),
        )
        ax.margins(y=0.12)
        ax.grid(axis="x", visible=False)
    return figure


def balance(table: pd.DataFrame) -> Figure:
    """Draw the standardised difference of each measure before the campaign, inside the limits of a fair lot.

    `table` comes from `experiment.balance`.
    """
    figure, ax = new_figure(height=max(3.6, 0.42 * len(table) + 1.6))
    place = np.arange(len(table))[::-1]
    ax.barh(place, 2 * table["limit"], 0.7, left=-table["limit"], color="lightgrey", label=label("limit"))
    for fair, marker, colour in ((True, "o", PALETTE[0]), (False, "X", PALETTE[3])):
        inside = (table["balanced"] == fair).to_numpy()
        words = T(zh="均衡", en="balanced") if fair else T(zh="不均衡", en="not balanced")
        if inside.any():
            ax.scatter(
                table["difference"][inside],
                place[inside],
                s=90,
                marker=marker,
                color=colour,
                label=str(words),
                zorder=3,
            )
    ax.axvline(0, color="black", linewidth=1)
    ax.use_sticky_edges = False
    rows = zip(names(table.index.get_level_values(0)), names(table.index.get_level_values(1)), strict=True)
    ax.set_yticks(place, [f"{measure} = {code}" if code else measure for measure, code in rows])
    ax.set(
        xlabel=label("standardised_difference"),
        title=str(T(zh="活动之前，两组像不像", en="were the arms alike before?")),
    )
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return figure


def power(
    holdout_rate: float,
    treatment_rate: float,
    shares: tuple[float, ...] = (0.5, 0.2, 0.1),
    most: int | None = None,
) -> Figure:
    """Draw how the chance of noticing the effect grows with the customers, for several shares held out.

    `most` is the end of the axis in customers of both arms; by default where an even split has 99 % power.
    """
    figure, ax = new_figure()
    end = most or sum(sample_size_for_shares(holdout_rate, treatment_rate, power=0.99))
    totals = np.unique(np.geomspace(max(20, end / 100), end, 120).astype(int))
    for share, style, colour in zip(shares, ("-", "--", ":", "-."), PALETTE, strict=False):
        sizes = [SampleSize(int(n * (1 - share)), max(1, round(n * share))) for n in totals]
        chance = [power_for_shares(holdout_rate, treatment_rate, size) for size in sizes]
        said = T(zh="留出 {s:.0%}", en="{s:.0%} held out").format(s=share)
        ax.plot(totals, chance, style, color=colour, linewidth=3, label=str(said))
    ax.axhline(0.8, color="black", linewidth=1)
    title = T(zh="转化率 {a:.1%} → {b:.1%}，看得出来吗？", en="conversion {a:.1%} → {b:.1%}: will we notice?")
    ax.set(
        xlabel=str(T(zh="客户数（两组合计）", en="customers (both arms)")), ylabel=label("power"), ylim=(0, 1),
        title=str(title.format(a=holdout_rate, b=treatment_rate)),
    )  # fmt: skip
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="lower right")
    return figure


def migration(matrix: pd.DataFrame) -> Figure:
    """Draw the migration matrix: the number of customers, coloured by its share of the tier before.

    `matrix` comes from `migration.migration`; rows without customers are left out.
    """
    rows = matrix[matrix.sum(axis=1) > 0]
    figure, ax = new_figure(height=max(4.4, 0.48 * len(rows) + 2.0))
    shares = rows.div(rows.sum(axis=1), axis=0) * 100
    shown = rows.map(lambda number: f"{number:,}" if number else "").to_numpy()
    shares.index, shares.columns = names(shares.index), names(shares.columns)
    sns.heatmap(
        shares, annot=shown, fmt="", cmap=HEAT, vmin=0, vmax=100, linewidths=1, ax=ax,
        annot_kws={"fontsize": 12}, cbar_kws={"label": str(T(zh="占期初该层的比例（%）", en="share of the tier before (%)"))},
    )  # fmt: skip
    ax.set(
        xlabel=label("after"),
        ylabel=label("before"),
        title=str(T(zh="谁去了哪一层（客户数）", en="who moved where (customers)")),
    )
    ax.tick_params(axis="x", rotation=35)
    for tick in ax.get_xticklabels():
        tick.set_horizontalalignment("right")
    ax.tick_params(axis="y", rotation=0)
    return figure


def separation(tiers: pd.Series, later_value: pd.Series) -> Figure:
    """Draw what the customers of each tier were worth later; the title gives eta², the share that tiers explain.

    Boxes hold the middle half with the median as a bar, lines reach from the 5th to the 95th percentile; diamonds
    are means.
    """
    table = pd.DataFrame({"tier": tiers.astype(object), "value": later_value.astype(float)}).dropna()
    spread = table.groupby("tier")["value"].quantile([0.05, 0.25, 0.5, 0.75, 0.95]).unstack()
    spread["mean"] = table.groupby("tier")["value"].mean()
    spread = spread.sort_index().sort_values("mean", kind="stable")
    figure, ax = new_figure(height=max(3.6, 0.5 * len(spread) + 1.6))
    place = np.arange(len(spread))
    ax.hlines(place, spread[0.05], spread[0.95], color="black", linewidth=1.5, zorder=1)
    ax.barh(
        place,
        spread[0.75] - spread[0.25],
        0.6,
        left=spread[0.25],
        color=PALETTE[9],
        edgecolor="black",
        zorder=2,
    )
    ax.vlines(spread[0.5], place - 0.3, place + 0.3, color="black", linewidth=3, zorder=3)
    ax.scatter(spread["mean"], place, s=90, marker="D", color=PALETTE[1], edgecolor="white", zorder=4)
    ax.set_yticks(place, names(spread.index))
    ax.grid(axis="y", visible=False)
    share = eta_squared(table["value"], table["tier"])
    title = T(
        zh="分层解释了 {share:.0%} 的差异（η²）", en="the tiers explain {share:.0%} of the differences (eta²)"
    )
    ax.set(
        xlabel=str(T(zh="之后一段时间的价值（元）", en="value in the period after (yuan)")),
        ylabel="",
        title=str(title.format(share=share)),
    )
    return figure


def uplift_quadrants() -> Figure:
    """Draw the four kinds of customers: does a contact change whether they buy? A concept, not data."""
    kinds = quadrants_table()
    figure, ax = new_figure()
    colours = pd.Series({"persuadable": 2, "sure_thing": 9, "lost_cause": 7, "do_not_disturb": 3})
    across, up = (~kinds["buys_if_not"]).astype(int), kinds["buys_if_contacted"].astype(int)
    ax.barh(
        up + 0.5,
        0.98,
        0.98,
        left=across + 0.01,
        color=[PALETTE[colours[kind]] for kind in kinds.index],
        alpha=0.3,
    )
    for kind, advice in kinds["advice"].items():
        x, y = across[kind] + 0.5, up[kind] + 0.5
        ax.annotate(label(str(kind)), (x, y + 0.12), ha="center", va="center", fontsize=20)
        ax.annotate(advice, (x, y - 0.14), ha="center", va="center", fontsize=12.5)
    ax.set_xticks(
        [0.5, 1.5],
        [
            str(T(zh="不联系也会买", en="buys if left alone")),
            str(T(zh="不联系就不买", en="does not buy if left alone")),
        ],
    )
    ax.set_yticks(
        [0.5, 1.5],
        [
            str(T(zh="联系了\n不买", en="contacted:\ndoes not buy")),
            str(T(zh="联系了\n会买", en="contacted:\nbuys")),
        ],
    )
    ax.set(
        xlim=(0, 2),
        ylim=(0, 2),
        title=str(T(zh="联系一下，会不会改变购买？", en="does a contact change what they do?")),
    )
    ax.grid(visible=False)
    return figure
