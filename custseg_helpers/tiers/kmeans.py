"""K-means that gives the same answer on every run and in any row order, and its steps for looking at.

Source: Lloyd (1982), *IEEE Transactions on Information Theory* 28(2); the fit itself is scikit-learn's, with k-means++
starts (Arthur & Vassilvitskii 2007).
"""

import warnings
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.text import UserError

MOST = 12
"""More groups than these nobody can keep apart."""
PRECISION = 1e-6
"""The best start is followed to this; scikit-learn's own 1e-4 stops while a few per cent still belong elsewhere."""
BLOCK = 16_384


def in_own_order(values: np.ndarray, most: int | None = None) -> np.ndarray:
    """Return the rows in an order that hangs on nothing but the rows: as good as shuffled, equal rows side by side.

    All that follows (sums, samples, starts) then comes out the same to the last bit in any row order. Of more than
    `most` rows, that many at even distances: a fair sample in which equal rows keep their weight.
    """
    bits = np.ascontiguousarray(values + 0.0).view(np.uint64)
    key = np.zeros(len(values), dtype=np.uint64)
    for column in bits.T:
        key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return values[np.argsort(key)[_places(len(values), most)]]


def evenly(values: np.ndarray, most: int) -> np.ndarray:
    """Return at most `most` rows, taken at even distances."""
    return values[_places(len(values), most)]


def _places(rows: int, most: int | None) -> Any:
    return slice(None) if most is None or rows <= most else np.linspace(0, rows - 1, most).astype(int)


def kmeans(points: np.ndarray, k: int, *, starts: int = 10, seed: int = 0) -> np.ndarray:
    """Return the centres of the best of several k-means runs (rounded to six places), in no particular order.

    `points` should be in their own order. One thread: with several the last bits would change from run to run.
    """
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    _check(points, k)
    with one_thread(), warnings.catch_warnings():
        # Points that coincide leave a group empty; the verdicts say so in words.
        warnings.simplefilter("ignore", ConvergenceWarning)
        best = KMeans(k, n_init=starts, random_state=seed).fit(points).cluster_centers_
        found = KMeans(k, init=best, n_init=1, tol=PRECISION, max_iter=1000).fit(points)
    return np.round(found.cluster_centers_, 6) + 0.0


def one_thread() -> Any:
    """Return a context in which the numerical libraries use one thread."""
    return _libraries().limit(limits=1)


@cache
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def nearest(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the position of the centre nearest to each point, the first of equals."""
    groups = np.zeros(len(points), dtype=np.intp)
    for start in range(0, len(points), BLOCK):
        columns = np.ascontiguousarray(points[start : start + BLOCK].T)
        closest = np.full(columns.shape[1], np.inf)
        for group, centre in enumerate(centres):
            distance = sum((column - middle) ** 2 for column, middle in zip(columns, centre, strict=True))
            closer = distance < closest
            groups[start : start + BLOCK][closer] = group
            np.minimum(closest, distance, out=closest)
    return groups


def inertia(points: np.ndarray, centres: np.ndarray, groups: np.ndarray) -> float:
    """Return the sum of squared distances of the points to the centres of their groups."""
    return float(((points - centres[groups]) ** 2).sum())


def cluster_codes(k: int) -> list[str]:
    """Return the codes of `k` groups.

    >>> cluster_codes(2)
    ['cluster_1', 'cluster_2']
    """
    return [f"cluster_{number}" for number in range(1, k + 1)]


@dataclass(frozen=True)
class Step:
    """One moment of k-means: where the centres are and which customers belong to each."""

    centres: pd.DataFrame
    groups: pd.Series
    inertia: float
    """sum of squared distances to the centres: it never rises from step to step"""


def kmeans_steps(points: pd.DataFrame, k: int, *, seed: int = 0, most: int = 50) -> list[Step]:
    """Return k-means in slow motion, from `k` customers drawn as first centres until nobody changes group.

    Each step: every customer joins the nearest centre; the next one: every centre moves to the middle of its
    customers. Another `seed` starts elsewhere and may end elsewhere; `fit_clusters` therefore tries ten.

    >>> points = pd.DataFrame({"x": [0.0, 1.0, 9.0, 10.0]}, index=["C1", "C2", "C3", "C4"])
    >>> steps = kmeans_steps(points, 2)
    >>> sorted(steps[-1].centres["x"].tolist()), steps[-1].inertia
    ([0.5, 9.5], 1.0)
    """
    rows = in_own_order(points.to_numpy(dtype=float))
    distinct = _check(rows, k)
    centres = distinct[np.random.default_rng(seed).choice(len(distinct), k, replace=False)]
    codes = np.array(cluster_codes(k))
    steps: list[Step] = []
    while len(steps) < most:
        groups = nearest(rows, centres)
        steps.append(
            Step(
                centres=pd.DataFrame(centres, index=pd.Index(codes, name="cluster"), columns=points.columns),
                groups=pd.Series(
                    codes[nearest(points.to_numpy(dtype=float), centres)], points.index, name="cluster"
                ),
                inertia=inertia(rows, centres, groups),
            )
        )
        middles = [
            rows[groups == group].mean(axis=0) if (groups == group).any() else centres[group]
            for group in range(k)
        ]
        if np.array_equal(middles, centres):
            break
        centres = np.array(middles)
    return steps


def half_steps(points: pd.DataFrame, steps: list[Step]) -> list[Step]:
    """Return assigning and moving as moments of their own: join, move, join, move … join.

    A move has the new centres and still the old groups. `points` and `steps` as for and from `kmeans_steps`.

    >>> points = pd.DataFrame({"x": [0.0, 1.0, 9.0, 10.0]}, index=["C1", "C2", "C3", "C4"])
    >>> halves = half_steps(points, kmeans_steps(points, 2))
    >>> len(halves) % 2, halves[-1].inertia
    (1, 1.0)
    """
    rows = points.to_numpy(dtype=float)
    halves = steps[:1]
    for before, after in pairwise(steps):
        groups = after.centres.index.get_indexer(before.groups)
        left = inertia(rows, after.centres.to_numpy(), groups)
        halves = [*halves, Step(after.centres, before.groups, left), after]
    return halves


def _check(points: np.ndarray, k: int) -> np.ndarray:
    if not 2 <= k <= MOST:
        raise UserError(
            zh=f"群数应在 2 到 {MOST} 之间：再多，谁也分不清、顾不过来。现在是 {k}。",
            en=f"Choose 2 to {MOST} groups; more nobody can keep apart. Given: {k}.",
        )
    distinct = points[np.append(True, (points[1:] != points[:-1]).any(axis=1))][: len(points)]
    if len(distinct) < k:
        raise UserError(
            zh=f"只有 {len(distinct)} 种不同的客户，分不成 {k} 群。",
            en=f"There are only {len(distinct)} different customers: not enough for {k} groups.",
        )
    return distinct
