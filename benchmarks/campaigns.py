"""How often the interval of a campaign's effect in money holds, and how often a campaign that does nothing is praised.

```
OMP_NUM_THREADS=1 python -m benchmarks.campaigns
OMP_NUM_THREADS=1 python -m benchmarks.campaigns --draws 2000
```

Customers of the campaigns of the five sample companies, 300 to 3,000 a draw, of whom the simulator knows what they spend
contacted and what they spend held out; a tenth, a fifth or a half are held out. In every second draw the contact does
nothing: everybody spends what they would have spent anyway. The truth is the mean difference of the two outcomes of exactly
these customers. Beside it stands Welch's interval, which takes the mean for nearly normal.
"""

import argparse
import itertools
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import difference_of_means
from custseg_helpers.action.randomization import difference_by_randomization
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.company.simulate import simulate_with_truth

HOLDOUTS = (0.1, 0.2, 0.5)
CUSTOMERS, DEALS, SLICE = 12_000, 600, 50


@cache
def outcomes(name: str) -> list[pd.DataFrame]:
    """Return what each planned customer of each campaign spends contacted and held out."""
    truth = simulate_with_truth(name, seed=5, customers=CUSTOMERS)[1]["responses"]
    columns = ["amount_if_contacted", "amount_if_held_out"]
    return [planned[columns] for _, planned in truth.groupby("campaign_id") if len(planned) >= 300]


def draws(work: tuple[str, int, int]) -> list[tuple[object, ...]]:
    """Play some campaigns of one company; a row for each method."""
    name, first, number = work
    rows: list[tuple[object, ...]] = []
    for place in range(first, first + number):
        rng = np.random.default_rng([sum(map(ord, name)), place])
        planned = outcomes(name)[place % len(outcomes(name))].to_numpy()
        size = min(int(rng.integers(300, 3000)), len(planned))
        contacted, without = planned[rng.choice(len(planned), size, replace=False)].T
        share, nothing = HOLDOUTS[place % 3], place % 2 == 0
        contacted = without if nothing else contacted
        held = np.zeros(size, dtype=bool)
        held[rng.choice(size, int(size * share), replace=False)] = True
        truth = float((contacted - without).mean())
        arms = pd.Series(contacted[~held]), pd.Series(without[held])
        for method, found in (
            ("randomization", difference_by_randomization(*arms, deals=DEALS, seed=place)),
            ("Welch", difference_of_means(*arms)),
        ):
            covered = found.lower <= truth <= found.upper
            rows.append((method, name, share, nothing, covered, found.lower > 0, found.upper < 0))
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
