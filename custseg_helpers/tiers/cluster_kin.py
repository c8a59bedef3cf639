"""Two relatives of k-means, to go further: soft groups (mixture) and groups by density.

Sources: Fraley & Raftery (2002), *JASA* 97; Campello, Moulavi & Sander (2013), HDBSCAN.
"""

import numpy as np
import pandas as pd

from custseg_helpers.tiers.kmeans import cluster_codes, in_own_order, kmeans, one_thread
from custseg_helpers.words.text import UserError

MOST = 20_000
"""HDBSCAN looks at every customer's neighbours: beyond this it takes minutes."""


def soft_groups(points: pd.DataFrame, k: int, *, seed: int = 0) -> pd.DataFrame:
    """Return for each customer the probability of belonging to each of `k` groups of their own size and slant.

    Where k-means draws a line, a mixture of normal distributions says "60 to 40". Groups are numbered by the last
    column of `points`, highest first.

    >>> points = pd.DataFrame({"x": [0.0, 0.1, 0.2, 5.0, 5.1, 5.2]})
    >>> soft_groups(points, 2).round(2)["cluster_1"].tolist()
    [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    """
    from sklearn.mixture import GaussianMixture

    rows = in_own_order(points.to_numpy(dtype=float), 50_000)
    with one_thread():
        start = kmeans(rows, k, seed=seed)
        mixture = GaussianMixture(k, means_init=start, reg_covar=1e-4, random_state=seed).fit(rows)
        shares = mixture.predict_proba(points.to_numpy(dtype=float))
    order = np.lexsort(mixture.means_.T)[::-1]
    return pd.DataFrame(shares[:, order].round(6), index=points.index, columns=cluster_codes(k))


def density_groups(points: pd.DataFrame, smallest: int) -> pd.Series:
    """Return dense groups of at least `smallest` customers; who stands in no crowd is `"scattered"`.

    Finds groups of any shape and their number itself; often it says that nearly everybody is one crowd, or none.
    Groups are numbered by size, largest first. At most 20,000 customers.

    >>> points = pd.DataFrame({"x": [0.0, 0.1, 0.2, 0.3, 5.0, 5.1, 5.2, 99.0]})
    >>> density_groups(points, 3).tolist()
    ['cluster_1', 'cluster_1', 'cluster_1', 'cluster_1', 'cluster_2', 'cluster_2', 'cluster_2', 'scattered']
    """
    from sklearn.cluster import HDBSCAN

    if len(points) > MOST:
        raise UserError(
            zh=f"密度聚类最多 {MOST:,} 位客户，现在有 {len(points):,} 位，请先抽样。",
            en=f"Density groups take at most {MOST:,} customers; there are {len(points):,}: draw a sample.",
        )
    values = points.to_numpy(dtype=float) + 0.0
    distinct, place, count = np.unique(values, axis=0, return_inverse=True, return_counts=True)
    rows = np.repeat(distinct, count, axis=0)
    found = HDBSCAN(min_cluster_size=smallest, algorithm="brute", copy=True).fit(rows).labels_
    of_distinct = found[np.cumsum(count) - 1]
    sizes = np.bincount(found[found >= 0]) if (found >= 0).any() else np.array([], dtype=int)
    numbers = np.empty(len(sizes), dtype=int)
    numbers[np.argsort(-sizes, kind="stable")] = np.arange(1, len(sizes) + 1)
    codes = np.array([*(f"cluster_{number}" for number in numbers), "scattered"])
    return pd.Series(codes[of_distinct[place.ravel()]], index=points.index, name="cluster")
