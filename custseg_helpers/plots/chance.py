"""Pictures of a fair comparison: before and after, with and without, by chance or not, and a campaign run many times."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from custseg_helpers.plots.evaluation import SIGNS
from custseg_helpers.plots.style import PALETTE, new_figure
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

ARMS = {"treatment": (PALETTE[0], "-"), "holdout": (PALETTE[1], "--")}
POINTS = T(zh="转化率之差（百分点）", en="difference in conversion (percentage points)")
SHORT = T(zh="转化率之差（百分点）", en="difference (percentage points)")
QUARTERS = (
    T(zh="最少的四分之一", en="lowest quarter"),
    T(zh="次少的四分之一", en="second quarter"),
    T(zh="次多的四分之一", en="third quarter"),
    T(zh="最多的四分之一", en="highest quarter"),
)


def towards_the_middle(around: pd.DataFrame) -> Figure:
    """Draw what customers grouped by their spend before a day spent after it: the ends move to the middle.

    `around` comes from `before_after.spend_around`. Those who spent nothing are a group, the others are four equal ones.
    """
    spent = around[around["before"] > 0]
    quarter = pd.Series(0, index=spent.index)
    if len(spent) >= 4:
        quarter = pd.qcut(spent["before"].rank(method="first"), 4, labels=False)
    groups = [(str(T(zh="没有消费", en="spent nothing")), around[around["before"] <= 0])]
    groups += [(str(name), spent[quarter == number]) for number, name in enumerate(QUARTERS)]
    figure, ax = new_figure(height=4.6)
    for place, (_, people) in enumerate(groups):
        if len(people):
            before, after = (people[side].mean() + 0.0 for side in ("before", "after"))
            rises = after > before
            ax.annotate(
                "", (after, place), (before, place),
                arrowprops={"arrowstyle": "-|>", "linewidth": 3, "mutation_scale": 22,
                            "color": PALETTE[2] if rises else PALETTE[3], "linestyle": "-" if rises else "--"},
            )  # fmt: skip
            ax.plot(before, place, "o", color="white", markeredgecolor="black", markersize=11, zorder=3)
            ax.annotate(
                f"{abs(before):,.0f} → {after:,.0f}", (max(before, after), place), (20, 0),
                textcoords="offset points", va="center", fontsize=13,
            )  # fmt: skip
    everybody = around.mean()
    for side, style in (("before", ":"), ("after", "-")):
        ax.axvline(everybody[side], color="grey", linestyle=style, linewidth=1.5)
    said = T(zh="所有人的平均：{a:,.0f} → {b:,.0f} 元", en="everybody's mean: {a:,.0f} → {b:,.0f} yuan")
    ax.set_yticks(range(len(groups)), [f"{name}\n{len(people):,}" for name, people in groups])
    ax.set(
        xlabel=str(T(zh="人均消费（元）：圆点是之前，箭头指向之后", en="mean spend (yuan): from before (dot) to after (arrow)")),
        title=str(said.format(a=everybody["before"], b=everybody["after"])),
        ylim=(-0.6, len(groups) - 0.4),
    )  # fmt: skip
    ax.margins(x=0.16)
    ax.grid(axis="y", visible=False)
    return figure


def with_and_without(courses: Mapping[str, pd.DataFrame]) -> Figure:
    """Draw each campaign twice: as a report shows it, and beside the customers held out.

    `courses` holds, by name, tables from `before_after.spend_course`.
    """
    figure, axes = new_figure(len(courses), 2, height=3.9 * len(courses))
    for row, (name, course) in zip(np.atleast_2d(axes), courses.items(), strict=True):
        end = course.iloc[-1]
        top = max(float(course.to_numpy().max()), 1e-9) * 1.3
        for ax, arms in zip(row, (["treatment"], ["treatment", "holdout"]), strict=True):
            for arm in arms:
                colour, style = ARMS[arm]
                ax.plot(course.index, course[arm], style, color=colour, linewidth=3.5, label=label(arm))
            ax.axvline(0, color="black", linewidth=1, linestyle=":")
            ax.set(ylim=(-0.05 * top, top), xlim=(course.index[0], course.index[-1]))
            ax.grid(axis="x", visible=False)
        days = course.loc[0:].index
        row[0].fill_between(
            days, course.loc[0, "treatment"], course.loc[0:, "treatment"], color=PALETTE[0], alpha=0.2
        )
        row[1].fill_between(
            days, course.loc[0:, "holdout"], course.loc[0:, "treatment"], color=PALETTE[2], alpha=0.35
        )
        gain = end["treatment"] - course.at[0, "treatment"] - course.at[0, "treatment"]
        report = T(
            zh="{name}\n报告：人均多 {gain:.1f} 元",
            en="{name}\nthe report: {gain:.1f} yuan more a head",
        )
        fair = T(zh="\n和留出对照组比：{gap:+.1f} 元", en="\nbeside the holdout: {gap:+.1f} yuan")
        row[0].set_title(str(report.format(name=name, gain=gain)), fontsize=15, linespacing=1.5)
        row[1].set_title(
            str(fair.format(gap=end["treatment"] - end["holdout"])), fontsize=15, linespacing=1.5
        )
        row[0].set_ylabel(str(T(zh="人均累计消费（元）", en="yuan per customer so far")))
        row[1].legend(loc="upper left", frameon=False)
    for ax in np.atleast_2d(axes)[-1]:
        ax.set_xlabel(str(T(zh="天（0 = 开始）", en="day (0 = start)")))
    return figure


def per_hundred(treatment: float, holdout: float) -> Figure:
    """Draw 100 customers of each arm as squares: who bought, and how many of them would have bought anyway.

    `treatment` and `holdout` are conversion rates (0–1). Which squares are which nobody knows; how many, the
    holdout says.
    """
    bought, anyway = round(100 * treatment), round(100 * holdout)
    figure, axes = new_figure(1, 2, height=5.0)
    looks = {
        "anyway": (PALETTE[0], "", T(zh="不联系也买", en="buy anyway")),
        "extra": (PALETTE[1], "//", T(zh="联系才买", en="buy because of the contact")),
        "lost": ("white", "xx", T(zh="一联系反而不买", en="driven off by the contact")),
        "none": ("#e8e8e8", "", T(zh="不买", en="do not buy")),
    }
    kept = min(bought, anyway)
    arms = {
        "treatment": ["anyway"] * kept + ["extra"] * max(bought - anyway, 0) + ["lost"] * max(anyway - bought, 0),
        "holdout": ["anyway"] * anyway,
    }  # fmt: skip
    for ax, (arm, kinds) in zip(axes, arms.items(), strict=True):
        kinds = kinds + ["none"] * (100 - len(kinds))
        for kind, (colour, hatch, words) in looks.items():
            places = [place for place, found in enumerate(kinds) if found == kind]
            if places:
                ax.bar(
                    [place % 10 for place in places],
                    0.86,
                    0.86,
                    bottom=[9 - place // 10 for place in places],
                    color=colour,
                    hatch=hatch,
                    edgecolor="black" if kind == "lost" else "white",
                    label=str(T(zh="{words}：{n}", en="{words}: {n}").format(words=words, n=len(places))),
                )
        title = T(zh="{arm}：每 100 位中 {n} 位购买", en="{arm}: {n} of 100 buy")
        ax.set_title(str(title.format(arm=label(arm), n=bought if arm == "treatment" else anyway)))
        ax.set(xticks=[], yticks=[], aspect="equal")
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=1, frameon=False)
    return figure


def by_chance(differences: pd.Series, seen: float) -> Figure:
    """Draw the differences that chance alone shows, those at least as far from 0 as the seen one marked.

    `differences` comes from `chance.shuffled` on yes and no; both in shares, drawn as percentage points.
    """
    figure, ax = new_figure(height=4.6)
    far = differences.abs() >= abs(seen) - 1e-9
    step = _step(differences)
    smaller, larger = (
        T(zh="比看到的小", en="smaller than seen"),
        T(zh="有这么大，或更大", en="as large, or larger"),
    )
    _bars(ax, differences[~far], step, PALETTE[7], smaller)
    _bars(ax, differences[far], step, PALETTE[3], larger, hatch="//")
    ax.axvline(0, color="black", linewidth=1)
    ax.axvline(seen * 100, color=PALETTE[0], linewidth=4)
    ax.annotate(
        str(T(zh="看到的 {seen:+.1f}", en="seen: {seen:+.1f}").format(seen=seen * 100)), (seen * 100, 1),
        (8, -6), xycoords=("data", "axes fraction"), textcoords="offset points", va="top", ha="left",
        color=PALETTE[0],
    )  # fmt: skip
    title = T(
        zh="只靠抽签：{all:,} 次里有 {n:,} 次差得这么多",
        en="chance alone: a difference like this in {n:,} of {all:,} deals",
    )
    ax.set(
        xlabel=str(POINTS),
        ylabel=str(T(zh="次数", en="deals")),
        title=str(title.format(all=len(differences), n=int(far.sum()))),
    )
    ax.legend(loc="upper left", framealpha=0.95, edgecolor="white")
    ax.margins(x=0.16, y=0.3)
    return figure


def middle(differences: pd.Series) -> Figure:
    """Draw the differences that other draws would show, their middle 95 % marked: an interval to be seen.

    `differences` comes from `chance.redrawn` on yes and no, in shares, drawn as percentage points.
    """
    figure, ax = new_figure(height=4.6)
    low, high = differences.quantile([0.025, 0.975])
    inside, step = differences.between(low, high), _step(differences)
    _bars(ax, differences[inside], step, PALETTE[0], T(zh="中间 95%", en="middle 95%"))
    _bars(
        ax, differences[~inside], step, PALETTE[7], T(zh="两头各 2.5%", en="2.5% at either end"), hatch="//"
    )
    ax.axvline(0, color="black", linewidth=1.5)
    for limit, side, shift in ((low, "right", -6), (high, "left", 6)):
        ax.axvline(limit * 100, color="black", linewidth=2, linestyle="--")
        ax.annotate(
            f"{limit * 100:+.1f}", (limit * 100, 1), (shift, -6), xycoords=("data", "axes fraction"),
            textcoords="offset points", va="top", ha=side, fontsize=15,
        )  # fmt: skip
    title = T(zh="重抽 {n:,} 次，差异落在哪里", en="drawn {n:,} times again: where the difference falls")
    ax.set(
        xlabel=str(POINTS), ylabel=str(T(zh="次数", en="draws")), title=str(title.format(n=len(differences)))
    )
    ax.legend(loc="upper left", framealpha=0.95, edgecolor="white")
    ax.margins(y=0.3)
    return figure


def campaigns(nothing: pd.DataFrame, real: pd.DataFrame, effect: float, show: int = 24) -> Figure:
    """Draw what one campaign could have shown, and how often a campaign that does nothing looks as good.

    `nothing` and `real` come from `chance.repeats`, without an effect and with `effect` (in shares). The top row on the
    left is the one campaign that a company sees; the others are further draws of the same campaign.
    """
    figure, (left, right) = new_figure(1, 2, height=6.0)
    _intervals(left, real.head(show), effect)
    step = _step(pd.concat([nothing["difference"], real["difference"]]))
    does = T(zh="效果 {e:+.1f}", en="effect {e:+.1f}").format(e=effect * 100)
    _bars(
        right,
        nothing["difference"],
        step,
        PALETTE[7],
        T(zh="毫无作用", en="does nothing"),
        hatch="//",
        alpha=0.6,
    )
    _bars(right, real["difference"], step, PALETTE[0], does, alpha=0.6)
    one = real.iloc[0]
    right.axvline(0, color="black", linewidth=1)
    seen = T(zh="你看到的 {d:+.1f}", en="you see {d:+.1f}").format(d=one["difference"] * 100)
    right.axvline(one["difference"] * 100, color=SIGNS[one["verdict"]][1], linewidth=4, label=str(seen))
    title = T(zh="各办 {n:,} 次，会看到什么", en="{n:,} of each: what is seen").format(n=len(real))
    right.set(xlabel=str(SHORT), ylabel=str(T(zh="次数", en="campaigns")), title=str(title))
    right.margins(y=0.4)
    right.legend(loc="upper left", framealpha=0.95, edgecolor="white")
    return figure


def _intervals(ax: Any, rows: pd.DataFrame, effect: float) -> None:
    """Draw one interval a campaign, the first one thick, with lines at 0 and at the true effect."""
    place = np.arange(len(rows))[::-1]
    wide = np.where(place == place[0], 7, 2)
    for verdict, (marker, colour) in SIGNS.items():
        some = (rows["verdict"] == verdict).to_numpy()
        if some.any():
            ends = rows.loc[some, ["lower", "upper"]].to_numpy().T * 100
            ax.hlines(place[some], *ends, color=colour, linewidth=wide[some], alpha=0.7)
            dots = rows.loc[some, "difference"] * 100
            ax.scatter(dots, place[some], 12 * wide[some] + 25, marker=marker, color=colour, edgecolor="white",
                       label=label(verdict), zorder=3)  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.axvline(effect * 100, color="black", linewidth=2, linestyle="--")
    ax.set_yticks([place[0]], [str(T(zh="你的\n活动", en="your\ncampaign"))])
    title = T(zh="同一场活动，{n} 次抽签", en="one campaign, {n} draws").format(n=len(rows))
    ax.set(xlabel=str(SHORT), title=str(title), ylim=(-4.2, len(rows)))
    ax.legend(loc="lower center", ncols=3, frameon=False, columnspacing=0.9, handletextpad=0.2)
    ax.grid(axis="y", visible=False)


def _bars(ax: Any, differences: pd.Series, step: float, colour: str, words: T, **look: Any) -> None:
    """Draw how often each difference (shares, gathered to multiples of `step` points) came out."""
    if differences.empty:
        return
    points, look = differences.to_numpy() * 100, {"edgecolor": "white", "label": str(words), **look}
    if not step:
        places, counts = np.unique(points.round(6), return_counts=True)
        ax.bar(places, counts, 20, color=colour, **look)
        return
    places = np.round(points / step).astype(int)
    edges = (np.arange(places.min(), places.max() + 2) - 0.5) * step
    ax.stairs(np.bincount(places - places.min()), edges, fill=True, facecolor=colour, **look)


def _step(differences: pd.Series, most: int = 33) -> float:
    """Return a width of bars in percentage points that the possible differences share evenly; 0 if they are few."""
    values = np.unique(np.round(differences.to_numpy() * 100, 6))
    if len(values) <= 12:
        return 0.0
    grain, reach = float(np.diff(values).min()), float(values[-1] - values[0])
    return grain * math.ceil(reach / most / grain)
