"""k-means on 1,000,000 customers: a sample fitted and all assigned, beside full fits.

Run from the project's folder: `OMP_NUM_THREADS=1 python -m benchmarks.clusters [customers]`.
"""

import sys

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from benchmarks.harness import compare
from custseg_helpers.tiers import cluster_count, cluster_rules, clusters
from custseg_helpers.tiers.kmeans import PRECISION

K = 5


def facts(n: int, seed: int = 1) -> pd.DataFrame:
    """Draw `n` customers as shops have them: skewed, correlated, most of them seldom."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.7, 3.0, n)
    frequency = 1 + rng.poisson(rate)
    return pd.DataFrame(
        {
            "recency_days": rng.exponential(200 / (1 + rate)).astype("int64"),
            "frequency": frequency,
            "monetary": np.round(frequency * rng.lognormal(4.5, 0.8, n), 2),
        },
        index=pd.RangeIndex(n, name="customer_id"),
    )


def main(n: int) -> None:
    table = facts(n)
    columns = list(table.columns)
    preparation = clusters.prepare(table, columns)
    points = clusters.scaled(table, preparation)
    values = points.to_numpy()

    def ours() -> pd.Series:
        return clusters.assign(table, clusters.fit_clusters(table, preparation, K))

    groups = ours()

    def full(starts: int, precision: float = PRECISION) -> np.ndarray:
        return KMeans(K, n_init=starts, random_state=0, tol=precision, max_iter=1000).fit(values).labels_

    for starts in (1, 10):
        agreement = adjusted_rand_score(full(starts), groups)
        print(f"adjusted Rand index with a full fit, {starts} starts: {agreement:.3f}")
    print(
        compare(
            {
                "full fit, 1 start": lambda: full(1),
                "full fit, 10 starts": lambda: full(10),
                "full fit, 1 start, stopped early (tol 1e-4)": lambda: full(1, 1e-4),
                "ours: sample, 10 starts, assign all": ours,
                "prepare": lambda: clusters.prepare(table, columns),
                "choose k from 2 to 8": lambda: cluster_count.choose_k(points),
                "rules": lambda: cluster_rules.rules(table, groups, columns),
            },
            "full fit, 1 start",
            rounds=3,
        )
        .round(2)
        .to_string()
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
