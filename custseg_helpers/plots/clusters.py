"""Pictures of clusters: choosing k, the groups themselves, real data beside a cloud without groups, k-means at work."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from custseg_helpers.plots.style import HEAT, PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.cluster_count import APART, BAND, STABLE, reference
from custseg_helpers.tiers.kmeans import Step, cluster_codes, in_own_order, kmeans, nearest
from custseg_helpers.words.text import T

MARKERS = "os^DvPX<>*hp"
MOST = 4_000
"""More points than these hide one another: a sample is drawn."""

GROUPS = T(zh="群数 k", en="number of groups k")
REAL = T(zh="真实数据", en="real data")
CLOUD = T(zh="没有群的参照", en="reference without groups")
CENTRE = T(zh="中心", en="centre")
HALF_WAY = T(zh="半路", en="half-way")
BETTER_UP = T(zh="越高越好", en="higher is better")
BETTER_DOWN = T(zh="越低越好", en="lower is better")


def choosing_k(table: pd.DataFrame) -> Figure:
    """Draw the result of `cluster_count.choose_k`: elbow, silhouette, stability, room between the groups."""
    figure, axes = new_figure(2, 2, height=7.2)
    (elbow, silhouette), (stability, border) = axes
    _line(elbow, 100 * (1 - table["explained"]), 0, "o-", REAL)
    _line(elbow, 100 * (1 - table["reference"]), 7, "s--", CLOUD)
    elbow.set(ylabel=str(T(zh="没有解释的差异（%）", en="differences not explained (%)")), ylim=(0, None))
    elbow.set_title(str(T(zh="肘部：哪里开始变平？", en="Elbow: where does it level off?")))
    elbow.legend()
    _line(silhouette, table["silhouette"], 0, "o-", REAL)
    silhouette.set(
        ylabel=name("silhouette"), ylim=(min(0, table["silhouette"].min()), 1.15 * table["silhouette"].max())
    )
    silhouette.set_title(_aim(T(zh="轮廓系数", en="Silhouette"), BETTER_UP))
    _line(stability, table["stability"], 0, "o-", REAL)
    _limit(stability, STABLE, T(zh="稳定线 {v}", en="stable from {v}"))
    stability.set(ylabel=str(T(zh="调整兰德指数", en="adjusted Rand index")), ylim=(0, 1.05))
    stability.set_title(_aim(T(zh="重抽样的稳定性", en="The same again?"), BETTER_UP))
    _line(border, table["border"], 0, "o-", REAL)
    _line(border, table["border_reference"], 7, "s--", CLOUD)
    _limit(border, APART, T(zh="分得开 {v}", en="apart up to {v}"))
    border.set(
        ylabel=str(T(zh="中间与中心的\n客户数之比", en="customers half-way\nper one at the centre")),
        ylim=(0, None),
    )
    border.set_title(_aim(T(zh="群间的空隙", en="Room between?"), BETTER_DOWN))
    for ax in axes.flat:
        ax.set_xlabel(str(GROUPS))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def groups(
    facts: pd.DataFrame, groups: pd.Series, x: str, y: str, centres: pd.DataFrame | None = None
) -> Figure:
    """Draw customers by two of their columns, each group in a colour and a shape of its own.

    `centres` as returned by `clusters.centres` are drawn as large numbered marks. Skewed columns get a logarithmic axis.
    """
    figure, ax = new_figure(height=6.2)
    known = groups[groups != "unknown"]
    table = facts.loc[known.index, [x, y]]
    shown = np.linspace(0, len(table) - 1, min(len(table), MOST)).astype(int)
    codes = sorted(known.unique(), key=lambda code: (len(code), code))
    for place, code in enumerate(codes):
        here = table.iloc[shown][known.iloc[shown] == code]
        share = f"{name(code)}  {(known == code).mean():.0%}"
        dots(ax, here[x], here[y], place, label=share)
    if centres is not None:
        numbered(ax, centres[[x, y]].to_numpy(), [code.split("_")[-1] for code in centres.index])
    for side, column in (("x", x), ("y", y)):
        values = table[column]
        if len(values) and values.skew() > 1 and values.min() >= 0:
            getattr(ax, f"set_{side}scale")("symlog", linthresh=max(float(values[values > 0].min()), 1e-9))
            getattr(ax, f"{side}axis").set_major_formatter("{x:,.0f}")
            getattr(ax, f"set_{side}lim")(left=0) if side == "x" else ax.set_ylim(bottom=0)
    ax.set(xlabel=axis(x), ylabel=axis(y))
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), markerscale=1.6)
    return figure


def beside_reference(points: pd.DataFrame, k: int, *, seed: int = 0) -> Figure:
    """Draw k-means on real points beside k-means on a cloud that surely has no groups: it finds groups in both.

    `points` as made by `clusters.scaled`; drawn by their two main directions.
    """
    figure, axes = new_figure(1, 2, height=5.0)
    values = in_own_order(points.to_numpy(dtype=float), MOST)
    cloud = reference(points, seed=seed).to_numpy()[: len(values)]
    middle = values.mean(axis=0)
    main = np.linalg.eigh(np.atleast_2d(np.cov(values, rowvar=False)))[1][:, ::-1][:, :2]
    main = main * np.sign(main.sum(axis=0) + 1e-12)
    for ax, rows, title in ((axes[0], values, REAL), (axes[1], cloud, CLOUD)):
        centres = kmeans(rows, k, seed=seed)
        centres = centres[np.argsort(-(centres @ main)[:, 0])]
        flat, member = (rows - middle) @ main, nearest(rows, centres)
        for place in range(k):
            dots(ax, flat[member == place, 0], flat[member == place, 1], place)
        numbered(ax, (centres - middle) @ main, [str(place + 1) for place in range(k)])
        left = ((rows - centres[member]) ** 2).sum() / ((rows - rows.mean(axis=0)) ** 2).sum()
        ax.set_title(str(T(zh="{t}\n解释 {e:.0%}", en="{t}\n{e:.0%} explained").format(t=title, e=1 - left)))
        ax.set_xlabel(str(T(zh="第一主方向（标准差）", en="first main direction (standard deviations)")))
        ax.set_aspect("equal", adjustable="datalim")
    axes[0].set_ylabel(str(T(zh="第二主方向（标准差）", en="second main direction (standard deviations)")))
    return figure


def walk(ways: Mapping[str, np.ndarray]) -> Figure:
    """Draw how many customers stand where on the way between two centres, as returned by `cluster_count.way_between`.

    Blue: those who count as being at a centre; hatched: those half-way, of whom there are few where there is room
    between two groups. The title tells how many there are half-way for each one at the thinner centre.
    """
    figure, axes = new_figure(1, len(ways), height=4.2)
    edges = np.arange(-9, 20) / 10 - 0.05
    middles = (edges[:-1] + edges[1:]) / 2
    at = [np.abs(middles - place) < BAND for place in (0, 0.5, 1)]
    places = [str(CENTRE), str(HALF_WAY), str(CENTRE)]
    for ax, (title, way) in zip(np.atleast_1d(axes), ways.items(), strict=True):
        heights, _ = np.histogram(way, edges)
        ax.bar(middles, heights, width=0.09, color="0.8")
        for here, colour, hatch in zip(at, (PALETTE[0], PALETTE[1], PALETTE[0]), ("", "//", ""), strict=True):
            ax.bar(middles[here], heights[here], width=0.09, color=colour, hatch=hatch)
        start, half, end = (int(heights[here].sum()) for here in at)
        ax.set_title(f"{title}\n{HALF_WAY} ÷ {CENTRE} = {half / max(min(start, end), 1):.2f}", fontsize=14)
        ax.set_xticks([0, 0.5, 1], places)
        ax.set_xlim(-0.6, 1.6)
        ax.grid(visible=False, axis="x")
    np.atleast_1d(axes)[0].set_ylabel(axis("customers"))
    return figure


def steps(points: pd.DataFrame, steps: Sequence[Step], x: str, y: str, *, panels: int = 6) -> Figure:
    """Draw k-means step by step as returned by `kmeans.kmeans_steps`: first, early and last steps, centres numbered."""
    figure, axes = new_figure(2, 3, height=6.6)
    early = range(min(panels - 1, len(steps)))
    chosen = sorted({*early, len(steps) - 1})
    codes = cluster_codes(len(steps[0].centres))
    sample = points.iloc[np.linspace(0, len(points) - 1, min(len(points), MOST // 2)).astype(int)]
    across, up = (np.quantile(sample[column], [0.002, 0.998]) + np.array([-0.3, 0.3]) for column in (x, y))
    for ax, number in zip(axes.flat, chosen, strict=False):
        step = steps[number]
        for place, code in enumerate(codes):
            here = sample[step.groups.loc[sample.index] == code]
            dots(ax, here[x], here[y], place, size=12)
        if number:
            before, after = steps[number - 1].centres[[x, y]].to_numpy(), step.centres[[x, y]].to_numpy()
            for start, end in zip(before, after, strict=True):
                ax.plot(*zip(start, end, strict=True), color="0.15", linewidth=1.5, zorder=4)
        numbered(ax, step.centres[[x, y]].to_numpy(), [code[8:] for code in codes], size=150)
        ax.set(xlim=across, ylim=up)
        last = T(zh="（不再变化）", en=" (settled)") if number == len(steps) - 1 else T(zh="", en="")
        ax.set_title(
            str(T(zh="第 {n} 步{last}", en="step {n}{last}").format(n=number + 1, last=last)), fontsize=14
        )
        ax.annotate(
            str(T(zh="平方和 {v:,.0f}", en="squares {v:,.0f}").format(v=step.inertia)),
            (0.03, 0.03),
            xycoords="axes fraction",
            fontsize=11,
            bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 2},
        )
    for ax in axes.flat[len(chosen) :]:
        ax.set_visible(False)
    unit = T(zh="{c}，处理后", en="{c}, prepared")
    figure.supxlabel(str(unit.format(c=name(x))), fontsize=14)
    figure.supylabel(str(unit.format(c=name(y))), fontsize=14)
    return figure


def tastes(shares: pd.DataFrame, sizes: pd.Series) -> Figure:
    """Draw what each group spends its money on: groups × categories, shares from 0 to 1, the sizes beside the names."""
    figure, ax = new_figure(height=1.6 + 0.75 * len(shares))
    ax.grid(False)
    picture = ax.imshow(shares, cmap=HEAT, vmin=0, aspect="auto")
    for (row, column), share in np.ndenumerate(shares.to_numpy()):
        dark = picture.norm(share) < 0.55
        ax.text(column, row, f"{share:.0%}", ha="center", va="center", color="white" if dark else "black")
    people = T(zh="{g}\n{n} 位", en="{g}\n{n} customers")
    ax.set_xticks(range(shares.shape[1]), [name(column) for column in shares])
    ax.set_yticks(range(len(shares)), [str(people.format(g=name(g), n=sizes[g])) for g in shares.index])
    ax.tick_params(length=0)
    ax.set_title(str(T(zh="每 100 元花在哪里（%）", en="Where each 100 yuan goes (%)")))
    return figure


def dots(ax: Axes, x: Any, y: Any, place: int, *, size: float = 22, label: str | None = None) -> None:
    """Draw customers of the group at `place`, in its colour and its shape."""
    ax.scatter(
        x,
        y,
        s=size,
        marker=MARKERS[place % len(MARKERS)],
        color=PALETTE[place % len(PALETTE)],
        alpha=0.55,
        linewidth=0,
        label=label,
    )


def numbered(ax: Axes, places: np.ndarray, numbers: Sequence[str], *, size: float = 320) -> None:
    """Draw centres as large marks with their numbers."""
    ax.scatter(places[:, 0], places[:, 1], s=size, color="white", edgecolor="0.1", linewidth=1.8, zorder=5)
    for place, number in zip(places, numbers, strict=True):
        ax.annotate(
            number, place, ha="center", va="center", fontsize=9 + size / 80, fontweight="bold", zorder=6
        )


def _line(ax: Axes, values: pd.Series, colour: int, style: str, words: T) -> None:
    ax.plot(values.index, values, style, color=PALETTE[colour], linewidth=2, markersize=7, label=str(words))


def _limit(ax: Axes, value: float, words: T) -> None:
    ax.axhline(value, color=PALETTE[3], linestyle=":", linewidth=2)
    ax.annotate(
        str(words.format(v=value)),
        (0.01, value),
        xycoords=("axes fraction", "data"),
        ha="left",
        va="top",
        fontsize=11,
    )


def _aim(title: T, aim: T) -> str:
    return str(T(zh="{t}（{a}）", en="{t} ({a})").format(t=title, a=aim))
