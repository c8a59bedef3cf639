"""Are there groups at all, and how many? Two questions, asked against chance, and the honest answer that there are none.

K-means always finds as many groups as it is asked for, in any cloud. So:

1. **The same again?** Ten times as many customers are drawn with replacement and grouped anew; who was together
   should be together again (adjusted Rand index, mean ≥ 0.8; Hennig 2007, *Computational Statistics & Data Analysis*).
2. **Room between?** Half-way between two centres there should be clearly fewer customers than at the centres, and
   fewer than in ten references where there is surely one group only: evenly filled clouds with the same averages,
   spreads and correlations (Tibshirani, Walther & Hastie 2001, *JRSS B* 63; of all clouds without groups the even one
   looks most like groups to k-means).

Explained share and silhouette beat the reference in skewed crowds without any groups; the room between does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from custseg_helpers.tiers.kmeans import evenly, in_own_order, inertia, kmeans, nearest
from custseg_helpers.words.text import T

SAMPLE = 5_000
"""Customers looked at when choosing k."""
SILHOUETTE_SAMPLE = 2_000
"""The silhouette compares every pair: 2,000 customers tell it to the second place."""
REPEATS = 10
"""Bootstraps and references."""
FEWEST = 60
"""With fewer customers nobody can tell a group from an accident."""
STABLE = 0.8
"""Adjusted Rand index from which groups count as the same again."""
BAND = 0.15
"""How near to a centre or to the half-way point customers count, as a share of the way between two centres."""
APART = 0.75
"""Customers half-way per customer at the thinner centre, up to which two groups count as apart."""


@dataclass(frozen=True)
class Structure:
    """The verdict: `"clear"` groups, a `"continuum"` that can be cut but has no borders, or `"none"`."""

    code: str
    k: int | None
    """how many groups; in a continuum only a number that comes out the same again"""
    text: T

    def __str__(self) -> str:
        return str(self.text)


def reference(points: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Return an evenly filled cloud without groups, with the averages, spreads and correlations of `points`."""
    values = in_own_order(points.to_numpy(dtype=float), SAMPLE)
    return pd.DataFrame(_even_cloud(values, np.random.default_rng(seed)), columns=points.columns)


def choose_k(points: pd.DataFrame, ks: Sequence[int] = range(2, 9), *, seed: int = 0) -> pd.DataFrame:
    """Return what speaks for each number of groups, one row a `k`; `points` as made by `scaled`.

    - `inertia`: sum of squared distances to the own centre, for the elbow; it always falls
    - `explained`: share of all differences that the groups explain; `reference`: the same in clouds without groups
    - `silhouette`: how much nearer the own group is than the next one, −1 to 1, on at most 2,000 customers
    - `stability`: adjusted Rand index of ten bootstraps, mean
    - `border`: customers half-way between two groups for each one at the thinner centre, of the pair that is least
      apart (upper limit); 1 and more means that the border runs through the crowd
    - `border_reference`: the lowest border among ten clouds without groups

    At most 5,000 customers are looked at. Same result in any row order.
    """
    from sklearn.metrics import adjusted_rand_score, silhouette_score

    values = in_own_order(points.to_numpy(dtype=float), SAMPLE)
    rng = np.random.default_rng(seed)
    clouds = [_even_cloud(values, rng) for _ in range(REPEATS)]
    draws = [rng.integers(0, len(values), len(values)) for _ in range(REPEATS)]
    few = evenly(values, SILHOUETTE_SAMPLE)
    rows = {}
    for k in ks:
        centres = kmeans(values, k, seed=seed)
        groups = nearest(values, centres)
        again = [nearest(values, kmeans(values[draw], k, starts=2, seed=seed)) for draw in draws]
        chance = [(cloud, kmeans(cloud, k, starts=2, seed=seed)) for cloud in clouds]
        rows[k] = {
            "inertia": inertia(values, centres, groups),
            "explained": _explained(values, centres),
            "reference": np.mean([_explained(cloud, middles) for cloud, middles in chance]),
            "silhouette": silhouette_score(few, nearest(few, centres)),
            "stability": np.mean([adjusted_rand_score(groups, other) for other in again]),
            "border": _border(values, centres),
            "border_reference": min(_border(cloud, middles) for cloud, middles in chance),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").round(6)
    table.index.name = "k"
    table.attrs["customers"] = len(points)
    return table


def way_between(points: pd.DataFrame, k: int, *, seed: int = 0) -> np.ndarray:
    """Return where customers stand on the way between the two of `k` groups that are least apart.

    0 is one centre, 1 the other, ½ half-way: what `border` in `choose_k` counts, for looking at. `points` as made by
    `scaled`; at most 5,000 customers.

    >>> points = pd.DataFrame({"x": [0.0, 1.0, 9.0, 10.0]})
    >>> way_between(points, 2).round(2).tolist()
    [-0.06, 0.06, 0.94, 1.06]
    """
    values = in_own_order(points.to_numpy(dtype=float), SAMPLE)
    return np.sort(max(_ways(values, kmeans(values, k, seed=seed)), key=_crowding))


def structure(table: pd.DataFrame) -> Structure:
    """Read the verdict off a table of `choose_k`: the largest k that passes both questions, or none.

    Tried on made-up data of 200 to 3,000 customers and 2 to 6 columns. Even, normal, correlated, skewed, heavy-tailed,
    whole-numbered and buy-till-you-die crowds without groups never came out clear; groups four spreads apart did,
    groups three spreads apart now and then.
    """
    if table.attrs.get("customers", FEWEST) < FEWEST:
        return Structure(
            "none",
            None,
            T(
                zh=f"只有 {table.attrs['customers']} 位客户，不到 {FEWEST} 位，无法判断有没有群。请直接用规则分群。",
                en=f"Only {table.attrs['customers']} customers, fewer than {FEWEST}: no telling whether there are groups. "
                "Group them by rules.",
            ),
        )
    stable = table[table["stability"] >= STABLE]
    clear = stable[stable["border"] <= np.minimum(APART, stable["border_reference"])]
    if len(clear):
        k = int(clear.index.max())
        found = clear.loc[k]
        text = T(
            zh="有清楚的结构：{k} 个群。重抽样后仍是这些群（{again:.2f}，应不低于 {need}）；群与群之间有空隙：中间地带的客户"
            "只有中心处的 {border:.0%} 以下，而在没有群的参照数据里至少有 {chance:.0%}。",
            en="Clear structure: {k} groups. They come out the same again ({again:.2f}, {need} needed), and there is room "
            "between them: half-way there are at most {border:.0%} as many customers as at the centres, against "
            "{chance:.0%} or more in data without groups.",
        ).format(
            k=k,
            again=found["stability"],
            need=STABLE,
            border=found["border"],
            chance=found["border_reference"],
        )
        return Structure("clear", k, text)
    if len(stable):
        k = int(stable["silhouette"].idxmax())
        text = T(
            zh="没有清楚的群：边界都从客户密集处穿过，这是连成一片的客户。分成 {k} 段可以重复得到（{again:.2f}），能当层级用，"
            "但界线是人为的，规则分层也做得到。",
            en="No clear structure: every border runs right through where customers are; these customers are one continuum. Cutting it into {k} "
            "comes out the same again ({again:.2f}) and may serve as tiers, but the lines are our own; rules do as well.",
        ).format(k=k, again=stable.loc[k, "stability"])
        return Structure("continuum", k, text)
    text = T(
        zh="没有清楚的群：换一批同样的客户，分出来的群就变了（最好也只有 {best:.2f}，应不低于 {need}）。请改用规则分群，或换几列再看。",
        en="No clear structure: with other customers of the same kind the groups change ({best:.2f} at best, {need} needed). "
        "Group by rules, or look at other columns.",
    ).format(best=table["stability"].max(), need=STABLE)
    return Structure("none", None, text)


def _even_cloud(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    even = rng.uniform(-np.sqrt(3), np.sqrt(3), values.shape)
    size, direction = np.linalg.eigh(np.atleast_2d(np.cov(values, rowvar=False)))
    cloud = (even * np.sqrt(np.maximum(size, 0))) @ direction.T + values.mean(axis=0)
    return np.round(cloud, 9)


def _explained(values: np.ndarray, centres: np.ndarray) -> float:
    spread = ((values - values.mean(axis=0)) ** 2).sum()
    return 1 - inertia(values, centres, nearest(values, centres)) / float(spread)


def _border(values: np.ndarray, centres: np.ndarray) -> float:
    return max(_crowding(way) for way in _ways(values, centres))


def _ways(values: np.ndarray, centres: np.ndarray) -> Iterator[np.ndarray]:
    """Lay each pair of groups on the line through their centres: 0 at one centre, 1 at the other."""
    groups = nearest(values, centres)
    for one, other in combinations(range(len(centres)), 2):
        way = centres[other] - centres[one]
        pair = values[(groups == one) | (groups == other)] - centres[one]
        yield (pair * way).sum(axis=1) / (way**2).sum()


def _crowding(way: np.ndarray) -> float:
    """Count customers half-way for each one at the thinner centre.

    The count half-way is raised by two of its chance errors, so that a few customers prove no gap.
    """
    at_one, half, at_other = (int((np.abs(way - place) < BAND).sum()) for place in (0, 0.5, 1))
    return (half + 2 * float(np.sqrt(half + 1))) / max(min(at_one, at_other), 1)
