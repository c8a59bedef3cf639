"""How often "who differs" tells a fact that fits by chance, and how often it finds one that is there.

Run from the project's folder: `python -m benchmarks.who_differs [draws]`. Five companies, three seeds: in a right answer
the values of customers picked blindly are changed, customers are taken out or put in, numbers are moved blindly; whatever
is told then is a false alarm. Then the customers of each trait are changed: that trait, or one with the same customers,
should be told.
"""

import sys
from collections import Counter
from time import perf_counter

import numpy as np
import pandas as pd

from custseg_helpers.company.company import SAMPLES, Company, load_sample
from custseg_helpers.diagnosis.traits import traits_of
from custseg_helpers.diagnosis.who_differs import who_differs
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.words.text import speaking

SEEDS = (1, 2, 3)


def blind_answers(company: Company, draws: int, rng: np.random.Generator):
    """Yield a kind, a right answer and a wrong one in which nothing but chance decides who differs."""
    facts = order_facts(company.orders, company.as_of)
    money, everyone = facts["monetary"], company.customers["customer_id"].to_numpy()
    label = pd.cut(money.rank(), 4, labels=list("DCBA")).astype(str)
    for _ in range(draws):
        few = int(np.exp(rng.uniform(0, np.log(len(money) / 2))))
        chosen = rng.permutation(len(money))[:few]
        changed = money.copy()
        changed.iloc[chosen] *= rng.uniform(0.5, 1.5)
        yield "values", money, changed
        called = label.copy()
        called.iloc[chosen] = rng.choice(list("ABCD"), few)
        yield "labels", label, called
        yield "missing", money, money.drop(money.index[chosen])
        calls = list(rng.permutation(everyone)[:300])
        others = [one for one in everyone if one not in calls]
        swapped = min(few, 150)
        yield "list", calls, calls[swapped:] + list(rng.permutation(others)[:swapped])
        right = int(rng.integers(30, len(everyone)))
        yield "count", right, max(0, right + int(rng.normal(0, right / 3)))
        worth = float(round(rng.uniform(0.2, 1) * money.sum(), 2))
        yield "money", worth, round(worth * rng.uniform(0.7, 1.3), 2)


def main(draws: int = 30) -> None:
    tried, alarms, planted, found, seconds = Counter(), Counter(), 0, 0, []
    for name in SAMPLES:
        for seed in SEEDS:
            company, rng = load_sample(name, seed), np.random.default_rng(seed)
            for kind, right, wrong in blind_answers(company, draws, rng):
                start = perf_counter()
                told = who_differs(right, wrong, company)
                seconds.append(perf_counter() - start)
                tried[kind] += 1
                alarms[kind] += told is not None
                if told:
                    with speaking("en"):
                        print(f"{name} {seed} {kind}: {told.text}")
            known = traits_of(company, "customers")
            right = pd.Series(rng.normal(100, 10, len(known.keys)), index=known.keys)
            for row in known.has:
                if 3 <= row.sum() <= len(row) - 3:
                    told = who_differs(right, right.where(~row, right + 1), company)
                    planted += 1
                    found += told is not None and "exactly" in told.text.within("en")
    table = pd.DataFrame({"tried": tried, "told": alarms})
    table.loc["all"] = table.sum()
    table["share"] = (table["told"] / table["tried"]).round(4)
    print(table.to_string())
    print(f"{found} of {planted} planted traits told")
    print(f"median {np.median(seconds):.3f} s, slowest {max(seconds):.3f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
