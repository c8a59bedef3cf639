"""How often the interval of a campaign's effect in money holds, and how often a campaign that does nothing is praised.

```
OMP_NUM_THREADS=1 python -m benchmarks.campaigns
OMP_NUM_THREADS=1 python -m benchmarks.campaigns --draws 2000
```

Real spend of the five sample companies in their last 60 days; of each draw 300 to 3,000 customers, a tenth, a fifth or a
half of them held out. In every second draw the contact does nothing; in the others some order once more and some drop
their order. The truth is the mean difference of the two outcomes of exactly these customers. Beside it stands Welch's
interval, which takes the mean for nearly normal.
"""

import argparse
import itertools
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import difference_of_means
from custseg_helpers.action.randomization import difference_by_randomization
from custseg_helpers.company.company import SAMPLES, load_sample

HOLDOUTS = (0.1, 0.2, 0.5)
DAYS, DEALS, SLICE = 60, 600, 50


def spend(name: str) -> np.ndarray:
    """Return what each customer of a sample company spent in its last 60 days."""
    company = load_sample(name)
    start = company.as_of - pd.Timedelta(days=DAYS)
    known = company.orders[company.orders["order_date"] <= start]["customer_id"].dropna().unique()
    recent = company.orders[company.orders["order_date"] > start].groupby("customer_id")["amount"].sum()
    return recent.reindex(known).fillna(0.0).to_numpy()


def draws(work: tuple[str, int, int]) -> list[tuple[object, ...]]:
    """Play some campaigns on one company; a row for each method."""
    name, first, number = work
    everybody, rows = spend(name), []
    orders = everybody[everybody > 0]
    for place in range(first, first + number):
        rng = np.random.default_rng([sum(map(ord, name)), place])
        size = int(min(rng.integers(300, 3000), len(everybody)))
        without = rng.choice(everybody, size, replace=False)
        share, nothing = HOLDOUTS[place % 3], place % 2 == 0
        contacted = without.copy()
        if not nothing:
            more = rng.random(size) < 0.08
            contacted[more] += rng.choice(orders, int(more.sum()))
            contacted[rng.random(size) < 0.06] = 0.0
        held = np.zeros(size, dtype=bool)
        held[rng.choice(size, int(size * share), replace=False)] = True
        truth = float((contacted - without).mean())
        arms = pd.Series(contacted[~held]), pd.Series(without[held])
        for method, found in (
            ("randomization", difference_by_randomization(*arms, deals=DEALS, seed=place)),
            ("Welch", difference_of_means(*arms)),
        ):
            rows.append(
                (
                    method,
                    name,
                    share,
                    nothing,
                    found.lower <= truth <= found.upper,
                    found.lower > 0,
                    found.upper < 0,
                )
            )
    return rows


def main() -> None:
    """Play the campaigns and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    each = -(-asked.draws // len(SAMPLES))
    work = [(name, first, min(SLICE, each - first)) for name in SAMPLES for first in range(0, each, SLICE)]
    with ProcessPoolExecutor(asked.workers) as pool:
        rows = list(itertools.chain.from_iterable(pool.map(draws, work)))
    table = pd.DataFrame(
        rows, columns=["method", "company", "holdout", "nothing", "covered", "works", "harms"]
    )
    found = table.groupby(["method", "holdout"])["covered"].agg(["size", "mean"])
    found.columns = ["draws", "covered"]
    idle = table[table["nothing"]].groupby(["method", "holdout"])[["works", "harms"]].mean()
    print(found.join(idle.add_prefix("nothing, called ")).round(3).to_string())


if __name__ == "__main__":
    main()
