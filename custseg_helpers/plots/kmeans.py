"""Pictures of how k-means works: a distance, what the unit does to it, and join, move, join, move with the centres' paths."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from custseg_helpers.plots.clusters import MARKERS, dots, numbered
from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.plots.words import axis, name
from custseg_helpers.tiers.kmeans import Step, half_steps
from custseg_helpers.words.text import T

START = T(zh="开始：放下中心", en="Start: centres set down")
JOIN = T(zh="认领：跟最近的中心", en="Join: the nearest centre")
MOVE = T(zh="移动：中心走到正中", en="Move: centres to the middle")
SETTLED = T(zh="不再变化", en="Settled")
LEFT = T(zh="没有解释的\n差异（%）", en="differences not\nexplained (%)")


def ruler(points: pd.DataFrame, one: str, other: str) -> Figure:
    """Draw the distances from one customer to all others; to `other` in bold, with the differences it is made of."""
    figure, ax = new_figure(height=6.2)
    here, there = (points.loc[customer].to_numpy(dtype=float) for customer in (one, other))
    for customer, values in points.drop(index=one).iterrows():
        place, bold = values.to_numpy(dtype=float), customer == other
        ax.plot(*zip(here, place, strict=True), color="0.2" if bold else "0.6", linewidth=3 if bold else 1.2)
        ax.annotate(
            f"{np.sqrt(((place - here) ** 2).sum()):.1f}",
            here * 0.4 + place * 0.6,
            ha="center",
            va="center",
            fontweight="bold" if bold else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )
    _legs(ax, here, there)
    _people(ax, points, None, [])
    ax.set(xlabel=axis(points.columns[0]), ylabel=axis(points.columns[1]))
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(x=0.15, y=0.08)
    return figure


def same_plane(
    points: pd.DataFrame, groupings: Mapping[str, pd.Series], preparation: Mapping[str, Any]
) -> Figure:
    """Draw the same customers side by side, coloured by several groupings; the size of each group stands below.

    `points`: two columns as made by `clusters.scaled` with `preparation`; the axes read in their own units.
    """
    figure, axes = new_figure(1, len(groupings), height=4.9)
    shown = points.iloc[np.linspace(0, len(points) - 1, min(len(points), 1500)).astype(int)]
    x, y = points.columns
    for ax, (title, groups) in zip(np.atleast_1d(axes), groupings.items(), strict=True):
        sizes = groups.value_counts(normalize=True).sort_index()
        for place, code in enumerate(sizes.index):
            here = shown[groups.loc[shown.index] == code]
            dots(ax, here[x], here[y], place, size=16, label=f"{sizes[code]:.0%}")
        ax.set_title(title, fontsize=14)
        ax.legend(
            loc="upper center",
            bbox_to_anchor=(0.5, -0.16),
            ncols=len(sizes),
            handletextpad=0.1,
            markerscale=2,
        )
        own_units(ax, preparation)
        ax.set_ylabel(axis(y) if ax is axes.flat[0] else "")
        ax.tick_params(labelleft=ax is axes.flat[0])
    return figure


def rounds(points: pd.DataFrame, steps: Sequence[Step]) -> Figure:
    """Draw k-means on a handful of customers, moment by moment: who joins whom, where the centres go."""
    figure, axes = new_figure(2, 3, height=7.6)
    halves = half_steps(points, list(steps))
    for number, ax in enumerate(axes.flat):
        if number > len(halves):
            ax.set_visible(False)
            continue
        half = halves[max(number - 1, 0)]
        codes = list(half.centres.index)
        groups = half.groups if number else None
        for customer, group in [] if groups is None else groups.items():
            ends = zip(points.loc[customer], half.centres.loc[group], strict=True)
            ax.plot(*ends, color="0.6", linewidth=1.2, zorder=1)
        _people(ax, points, groups, codes)
        _paths(ax, halves[:number] or halves[:1], codes, hollow=True)
        ax.set_title(f"{number}. {moment(halves, number)}", fontsize=13)
        ax.margins(x=0.3, y=0.12)
    figure.supxlabel(axis(points.columns[0]), fontsize=14)
    figure.supylabel(axis(points.columns[1]), fontsize=14)
    return figure


def at_work(
    sides: Mapping[T, tuple[pd.DataFrame, Sequence[Step], Sequence[float]]],
    number: int,
    preparation: Mapping[str, Any],
) -> Figure:
    """Draw the same moment of k-means in several crowds side by side, and below how much is left unexplained.

    Each side: two columns as made by `clusters.scaled` with `preparation`, its half steps, and the share of all
    differences left after each (0–1). Moment 0 is before anybody has joined; after the last nothing changes any more.
    """
    figure, axes = new_figure(height=7.4)
    axes.remove()
    grid = figure.add_gridspec(2, len(sides), height_ratios=(3, 1))
    curve = figure.add_subplot(grid[1, :])
    every = np.vstack([points.to_numpy() for points, *_ in sides.values()])
    low, high = every.min(axis=0) - 0.3, every.max(axis=0) + 0.3
    for side, (title, (points, halves, shares)) in enumerate(sides.items()):
        ax = figure.add_subplot(grid[0, side])
        here = halves[min(max(number - 1, 0), len(halves) - 1)]
        codes = list(here.centres.index)
        _crowd(ax, points, here.groups if number else None, codes)
        _paths(ax, halves[:number] or halves[:1], codes, size=210)
        ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
        ax.set_title(f"{title}\n{moment(halves, number)}", fontsize=14)
        own_units(ax, preparation)
        ax.tick_params(labelleft=side == 0)
        ax.set_ylabel(axis(points.columns[1]) if side == 0 else "")
        _curve(curve, 100 * np.array(shares), number, side, str(title))
    curve.set(xlabel=str(T(zh="第几步", en="step")), ylabel=str(LEFT))
    curve.set_ylim(bottom=0)
    curve.xaxis.set_major_locator(MaxNLocator(integer=True))
    curve.legend(loc="upper right")
    return figure


def moment(halves: Sequence[Step], number: int) -> T:
    """Name moment `number` of k-means in half steps: start, join, move or settled."""
    if number >= len(halves):
        return SETTLED
    return START if number == 0 else JOIN if number % 2 else MOVE


def own_units(ax: Axes, preparation: Mapping[str, Any]) -> None:
    """Let the axes of a prepared plane read in days, orders or yuan; a logarithm shows as steps of ten times."""
    for side, (column, how) in zip("xy", preparation.items(), strict=True):
        low, high = (limit * how["spread"] + how["mean"] for limit in (getattr(ax, f"get_{side}lim")()))
        if how["log"]:
            ticks = 10.0 ** np.arange(0, 9)
            places = np.log1p(ticks)
        else:
            ticks = places = np.asarray(MaxNLocator(4).tick_values(low, high))
        inside = (places >= max(low, 0)) & (places <= high)
        getattr(ax, f"set_{side}ticks")(
            (places[inside] - how["mean"]) / how["spread"], [f"{tick:,.0f}" for tick in ticks[inside]]
        )
        getattr(ax, f"set_{side}label")(axis(column))


def _legs(ax: Axes, here: np.ndarray, there: np.ndarray) -> None:
    """Draw the difference of each column as a leg of a right triangle, with its length."""
    corner = np.array([here[0], there[1]])
    for start, end, side in ((here, corner, "right"), (corner, there, "center")):
        ax.plot(*zip(start, end, strict=True), color=PALETTE[3], linestyle=":", linewidth=2)
        gap = (-8, -5) if side == "right" else (0, 8)
        ax.annotate(
            f"{np.abs(end - start).sum():g}",
            (start + end) / 2,
            xytext=gap,
            textcoords="offset points",
            ha=side,
            color=PALETTE[3],
        )


def _people(ax: Axes, points: pd.DataFrame, groups: pd.Series | None, codes: Sequence[str]) -> None:
    """Draw few customers large, with their names."""
    for customer, (across, up) in points.iterrows():
        place = 0 if groups is None else codes.index(groups[customer])
        colour = "0.45" if groups is None else PALETTE[place]
        ax.scatter(across, up, s=90, marker=MARKERS[place], color=colour, zorder=3)
        beside = points.iloc[:, 0].between(across, across + 4, inclusive="right") & (points.iloc[:, 1] == up)
        ax.annotate(
            name(customer),
            (across, up),
            xytext=(-8, -22) if beside.any() else (10, -4),
            textcoords="offset points",
            fontsize=11,
            zorder=7,
        )


def _crowd(ax: Axes, points: pd.DataFrame, groups: pd.Series | None, codes: Sequence[str]) -> None:
    x, y = points.columns
    if groups is None:
        ax.scatter(points[x], points[y], s=14, color="0.6", linewidth=0, alpha=0.7)
        return
    for place, code in enumerate(codes):
        here = points[groups == code]
        dots(ax, here[x], here[y], place, size=14)


def _paths(
    ax: Axes, halves: Sequence[Step], codes: Sequence[str], *, size: float = 260, hollow: bool = False
) -> None:
    """Draw where each centre has been, and its number where it is; a hollow mark shows the customer below it."""
    been = np.stack([half.centres.to_numpy() for half in halves])
    for path in been.transpose(1, 0, 2):
        ax.plot(*path.T, color="white", linewidth=4.5, zorder=3)
        ax.plot(*path.T, color="0.1", linewidth=1.8, marker=".", markersize=8, zorder=4)
    numbers = [code.split("_")[-1] for code in codes]
    if not hollow:
        numbered(ax, been[-1], numbers, size=size)
        return
    across, up = been[-1].T
    ax.scatter(across, up, s=380, facecolor="none", edgecolor="0.1", linewidth=2.2, zorder=5)
    for place, number in zip(been[-1], numbers, strict=True):
        ax.annotate(
            number,
            place,
            xytext=(-21, -5),
            textcoords="offset points",
            ha="center",
            fontweight="bold",
            zorder=6,
        )


def _curve(ax: Axes, left: np.ndarray, number: int, side: int, label: str) -> None:
    """Draw how much is left after each moment: thin the whole way, bold what is done."""
    moments, colour = np.arange(1, len(left) + 1), PALETTE[0 if side == 0 else 7]
    ax.plot(moments, left, color=colour, linewidth=1, alpha=0.5)
    done = moments <= number
    style = "o-" if side == 0 else "s--"
    ax.plot(moments[done], left[done], style, color=colour, linewidth=2, markersize=5, label=label)
