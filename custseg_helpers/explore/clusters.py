"""Explorer of lesson 08: k-means in slow motion, beside a crowd that surely has no groups."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.cluster_count import reference
from custseg_helpers.tiers.clusters import Preparation, prepare, scaled
from custseg_helpers.tiers.kmeans import Step, half_steps, kmeans_steps
from custseg_helpers.words.text import T

COLUMNS = ["recency_days", "monetary"]
"""Two columns, so that nothing is hidden: what the picture shows is all that the algorithm knows."""

MOST = 700
"""Customers drawn and grouped."""

LAST = 40
"""The last step of the slider."""

Crowd = Literal["own", "made_up"]
Ruler = Literal["ready", "as_it_is"]

TITLES = {
    "own": T(zh="本公司的客户", en="the company's customers"),
    "made_up": T(zh="编出来的三群人", en="three made-up groups"),
}
REFERENCE = T(zh="没有群的参照", en="reference without groups")


def made_up() -> pd.DataFrame:
    """Return 450 made-up customers in three groups with room between them."""
    rng = np.random.default_rng(8)
    centres = [(60, 3000), (150, 300), (520, 1100)]
    days = np.concatenate([rng.normal(day, 35, 150) for day, _ in centres])
    yuan = np.concatenate([yuan * np.exp(rng.normal(0, 0.28, 150)) for _, yuan in centres])
    table = pd.DataFrame({"recency_days": days.clip(1).round(), "monetary": yuan.round(2)})
    table.index = pd.Index([f"M{number:03d}" for number in range(1, 451)], name="customer_id")
    return table


def view(facts: pd.DataFrame, *, crowd: Crowd, ruler: Ruler, k: int, start: int, step: int) -> View:
    """Return one moment of k-means with `k` centres in a crowd and in its reference without groups.

    `ruler="as_it_is"` lets the algorithm measure in raw days and yuan; the picture's axes stay the same. `start`
    draws other first centres.
    """
    from custseg_helpers import plots

    table = _some((facts if crowd == "own" else made_up())[COLUMNS])
    preparation = prepare(table, COLUMNS, log=None if crowd == "own" else ["monetary"])
    points = scaled(table, preparation)
    cloud = reference(points)
    cloud.index = [f"R{number}" for number in range(len(cloud))]
    real, chance = (_run(here, preparation, ruler, k, start) for here in (points, cloud))
    sides = {TITLES[crowd]: (points, *real), REFERENCE: (cloud, *chance)}
    return View(
        figure=plots.kmeans.at_work(sides, step, preparation),
        tables={
            T(zh="左图此刻的群", en="The groups on the left at this moment"): _sizes(table, real[0], step)
        },
        words=_words(real, chance, step),
    )


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    facts = order_facts(company.orders, company.as_of)
    controls = {
        "crowd": W.ToggleButtons(
            options=[(str(title), crowd) for crowd, title in TITLES.items()],
            value="own",
            description=str(T(zh="谁", en="Who")),
        ),
        "ruler": W.ToggleButtons(
            options=[
                (str(T(zh="处理后（一样长的尺子）", en="prepared (equal rulers)")), "ready"),
                (str(T(zh="原样（天和元）", en="as it is (days and yuan)")), "as_it_is"),
            ],
            value="ready",
            description=str(T(zh="尺子", en="Ruler")),
        ),
        "k": W.IntSlider(value=3, min=2, max=6, description=str(T(zh="几个群（k）", en="Groups (k)"))),
        "start": W.IntSlider(value=1, min=1, max=9, description=str(T(zh="换一次起点", en="Another start"))),
        "step": W.IntSlider(value=6, min=0, max=LAST, description=str(T(zh="第几步", en="Step"))),
    }
    title = T(zh="聚类探索器", en="Cluster explorer")
    return explorer(lambda **settings: view(facts, **settings), controls, title)


Run = tuple[list[Step], list[float]]
"""Half steps with the centres on the picture's plane, and the share of differences left after each."""


def _run(points: pd.DataFrame, preparation: Preparation, ruler: Ruler, k: int, start: int) -> Run:
    measured = _as_it_is(points, preparation) if ruler == "as_it_is" else points
    halves = half_steps(measured, kmeans_steps(measured, k, seed=start))
    whole = float(((measured - measured.mean()) ** 2).to_numpy().sum())
    left = [half.inertia / whole for half in halves[:LAST]]
    if ruler == "as_it_is":
        halves = [replace(half, centres=scaled(half.centres, preparation)) for half in halves]
    return halves, left


def _some(table: pd.DataFrame) -> pd.DataFrame:
    """Return at most 700 customers at even distances in the order of their ids."""
    table = table.dropna().sort_index()
    return table.iloc[np.linspace(0, len(table) - 1, min(len(table), MOST)).astype(int)]


def _as_it_is(points: pd.DataFrame, preparation: Preparation) -> pd.DataFrame:
    """Return prepared columns in their own units again."""
    table = points.copy()
    for column, how in preparation.items():
        values = points[column] * how["spread"] + how["mean"]
        table[column] = np.sign(values) * np.expm1(values.abs()) if how["log"] else values
    return table


def _sizes(table: pd.DataFrame, halves: list[Step], step: int) -> pd.DataFrame:
    groups = halves[min(max(step, 1), len(halves)) - 1].groups
    means = table.groupby(groups)[COLUMNS].mean().round(0)
    return means.assign(share=groups.value_counts() / len(groups))[["share", *COLUMNS]]


def _words(real: Run, chance: Run, step: int) -> T:
    if step == 0:
        return T(
            zh="中心放在随便抽到的几位客户身上，还没有人认领。往右拖一步。",
            en="The centres lie on customers drawn at random; nobody has joined yet. Move one step to the right.",
        )
    halves = real[0]
    if step >= len(halves):
        happened = T(
            zh="左边第 {n} 步停下，谁也不再换群。",
            en="The left side settled at step {n}: nobody changes any more.",
        )
    elif step % 2 == 0:
        happened = T(
            zh="左边：每个中心走到自己客户的平均。",
            en="On the left, each centre went to the average of its customers.",
        )
    elif step == 1:
        happened = T(
            zh="左边：每位客户第一次认领最近的中心。",
            en="On the left, each customer joined the nearest centre for the first time.",
        )
    else:
        happened = T(
            zh="左边：{moved} 位客户换了中心。", en="On the left, {moved} customers changed centres."
        )
    moved = int((halves[step - 1].groups != halves[step - 2].groups).sum()) if 1 < step < len(halves) else 0
    now = [left[min(step, len(left)) - 1] for _, left in (real, chance)]
    explained = T(
        zh="差异已经解释了多少：左边 {real:.0%}，没有群的参照 {chance:.0%}。",
        en=" Differences explained so far: {real:.0%} on the left, {chance:.0%} in the reference without groups.",
    )
    return (happened + explained).format(n=len(halves), moved=moved, real=1 - now[0], chance=1 - now[1])
