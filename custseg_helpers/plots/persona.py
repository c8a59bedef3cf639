"""Pictures of personas: what sets one group apart, and all groups side by side."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.cards import plain
from custseg_helpers.tiers.persona import Profile
from custseg_helpers.words.text import T

EFFECT = T(
    zh="与其他客户的差异（效应量：0.2 小，0.5 中，0.8 大）",
    en="difference from all others (effect size: 0.2 small, 0.5 medium, 0.8 large)",
)
EFFECT_SHORT = T(zh="效应量", en="effect size")


def standouts(profile: Profile, group: str, top: int = 8) -> Figure:
    """Draw the `top` traits that set one group apart; to the right: more than others, to the left: less."""
    found = profile.standouts
    shown = found[found["group"] == group].head(top)
    figure, ax = new_figure(height=max(2.6, 1.4 + 0.5 * len(shown)))
    colors = [PALETTE[0] if effect > 0 else PALETTE[1] for effect in shown["effect"]]
    bars = ax.barh(range(len(shown)), shown["effect"], color=colors, edgecolor="white")
    ax.bar_label(bars, [_sides(row) for row in shown.itertuples()], padding=5, fontsize=12)
    ax.set_yticks(range(len(shown)), [_trait(row.feature, row.category) for row in shown.itertuples()])
    ax.invert_yaxis()
    ax.axvline(0, color="0.3", linewidth=1)
    ax.margins(x=0.3)
    ax.set(xlabel=str(EFFECT), title=name(group))
    ax.grid(axis="y", visible=False)
    return figure


def overlap(values: pd.Series, inside: pd.Series) -> Figure:
    """Draw how one measure is spread among the customers `inside` a group and among all others.

    Both sides add up to 100 %; the dashed lines are the means; the top 2 % are gathered in the last bar.
    """
    figure, ax = new_figure()
    known = values.dropna()
    member = inside.reindex(known.index, fill_value=False).astype(bool)
    top = float(known.quantile(0.98)) if len(known) else 1.0
    bins = np.linspace(float(known.min()) if len(known) else 0.0, max(top, 1e-9), 17)
    for chosen, words, colour, style in (
        (member, T(zh="本群", en="this group"), PALETTE[0], "stepfilled"),
        (~member, T(zh="其他客户", en="all others"), PALETTE[1], "step"),
    ):
        side = known[chosen]
        if side.empty:
            continue
        ax.hist(
            side.clip(upper=bins[-1]),
            bins=bins,
            weights=np.full(len(side), 100 / len(side)),
            histtype=style,
            color=colour,
            alpha=0.45 if style == "stepfilled" else 1.0,
            linewidth=2.4,
            label=str(words),
        )
        ax.axvline(side.mean(), color=colour, linestyle="--", linewidth=2)
    ax.set(xlabel=axis(values.name), ylabel=str(T(zh="各自的客户占比（%）", en="share of each side (%)")))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    if ax.patches:
        ax.legend()
    return figure


def side_by_side(profile: Profile, top: int = 10) -> Figure:
    """Draw the effect sizes of all groups in the `top` traits that tell groups apart most."""
    found = profile.standouts.copy()
    found["trait"] = [
        _trait(feature, category)
        for feature, category in zip(found["feature"], found["category"], strict=True)
    ]
    strongest = found.groupby("trait", sort=False)["effect"].agg(lambda effect: effect.abs().max())
    traits = strongest.sort_values(ascending=False, kind="stable").index[:top]
    grid = found.pivot(index="trait", columns="group", values="effect").reindex(
        index=traits, columns=found["group"].unique()
    )
    figure, ax = new_figure(height=max(3.0, 1.8 + 0.42 * len(grid)))
    limit = max(float(grid.abs().max(axis=None)) if grid.size else 1.0, 0.5)
    sns.heatmap(
        grid,
        annot=True,
        fmt="+.1f",
        cmap="PuOr_r",
        vmin=-limit,
        vmax=limit,
        linewidths=1,
        ax=ax,
        cbar_kws={"label": str(EFFECT_SHORT)},
    )
    ax.set_xticklabels([name(code) for code in grid.columns], rotation=20 if grid.shape[1] > 4 else 0)
    ax.set_yticklabels(traits, rotation=0)
    ax.set(xlabel="", ylabel="")
    ax.grid(visible=False)
    return figure


def _trait(feature: str, category: object) -> str:
    return name(feature) if category is None or pd.isna(category) else f"{name(feature)}: {name(category)}"


def _sides(row) -> str:
    if row.category is None or pd.isna(row.category):
        return f"{plain(row.group_value)} : {plain(row.rest_value)}"
    return f"{row.group_value:.0%} : {row.rest_value:.0%}"
