"""CLV on 1,000,000 customers: look-ups beside the same likelihood without them, and beside peers where installed.

Run from the project's folder: `python -m benchmarks.clv [customers]`. Each peer needs an environment of its own:
`lifetimes` with numpy < 2 and pandas < 2.3, and `pymc-marketing`.
"""

import importlib.util
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import compare
from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.tiers import clv
from custseg_helpers.tiers.clv_fit import COUNTS

TRUTH = np.array([0.25, 31.0, 0.8, 2.4])


def history(n: int, seed: int = 1) -> pd.DataFrame:
    """Draw `n` customers observed for 30 to 730 days, as many came back as in the CDNOW sample."""
    rng = np.random.default_rng(seed)
    r, alpha, a, b = TRUTH
    rate, leave = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n)
    observed = rng.integers(30, 730, n)
    x, last, who, clock = np.zeros(n, dtype="int64"), np.zeros(n), np.arange(n), np.zeros(n)
    while len(who):
        clock = clock + rng.exponential(1.0, len(who)) / np.maximum(rate[who], 1e-12)
        here = clock < observed[who]
        who, clock = who[here], clock[here]
        x[who] += 1
        last[who] = clock
        stays = rng.random(len(who)) >= leave[who]
        who, clock = who[stays], clock[stays]
    last_day = np.where(x > 0, np.clip(np.ceil(last).astype("int64"), x, observed), 0)
    x = np.minimum(x, last_day)
    spend = rng.gamma(6.25 * np.maximum(x, 1)) / rng.gamma(3.74, 1 / 15.4, n) / np.maximum(x, 1)
    return pd.DataFrame(
        {
            "repeat_purchases": x,
            "last_purchase_day": last_day,
            "observed_days": observed,
            "mean_spend": np.where(x > 0, spend.round(2).clip(0.01), np.nan),
        },
        index=pd.RangeIndex(n, name="customer_id"),
    )


def without_look_ups(table: pd.DataFrame) -> np.ndarray:
    """Fit the same likelihood with its slope, every special function worked out for every customer."""
    from scipy.special import digamma, expit, gammaln

    x, t_x, observed = (table[column].to_numpy(dtype=float) for column in COUNTS)
    back = x > 0

    def objective(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, a, b = parameters
        log_seen, log_last = np.log(alpha + observed), np.log(alpha + t_x)
        lead = np.where(
            back, np.log(a) - np.log(np.where(back, b + x - 1, 1)) + (r + x) * (log_seen - log_last), -np.inf
        )
        dead = expit(lead)
        value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * log_seen + np.logaddexp(0, lead)
        value += gammaln(a + b) - gammaln(a + b + x) + gammaln(b + x) - gammaln(b)
        gap = digamma(a + b) - digamma(a + b + x)
        slope = [
            digamma(r + x) - digamma(r) + np.log(alpha) - log_seen + dead * (log_seen - log_last),
            r / alpha - (r + x) * ((1 - dead) / (alpha + observed) + dead / (alpha + t_x)),
            gap + dead / a,
            gap + digamma(b + x) - digamma(b) - dead / np.where(back, b + x - 1, 1),
        ]
        return float(value.sum()), np.array([part.sum() for part in slope])

    start = [1.0, observed.sum() / x.sum(), 1.0, 1.0]
    return btyd.maximise(objective, start, len(x)).parameters


def lifetimes_fit(table: pd.DataFrame) -> np.ndarray:
    from lifetimes import BetaGeoFitter

    columns = (table[column] for column in COUNTS)
    return BetaGeoFitter().fit(*columns).params_[["r", "alpha", "a", "b"]].to_numpy()


def pymc_marketing_fit(table: pd.DataFrame) -> np.ndarray:
    from pymc_marketing.clv import BetaGeoModel

    data = table[COUNTS].set_axis(["frequency", "recency", "T"], axis=1).reset_index()
    model = BetaGeoModel(data=data)
    model.fit(method="map", progressbar=False)
    return np.array([float(model.fit_result[name].mean()) for name in ("r", "alpha", "a", "b")])


PEERS = {"lifetimes": lifetimes_fit, "pymc_marketing": pymc_marketing_fit}


def main(n: int) -> None:
    table = history(n)
    ours = clv.fit_purchases(table, unit_days=1, complete=True)
    spend = clv.fit_spend(table)
    assert isinstance(ours, clv.PurchaseModel) and isinstance(spend, clv.SpendModel)
    purchases: dict[str, Callable[[], Any]] = {"BG/NBD without look-ups": partial(without_look_ups, table)}
    for package, fit in PEERS.items():
        if importlib.util.find_spec(package):
            purchases[f"BG/NBD, {package}"] = partial(fit, table)
    print(f"{n:,} customers, {ours.repeaters / n:.0%} came back; r, α, a, b: {TRUTH}")
    print(f"  BG/NBD, ours: {ours.in_days.round(4)}")
    for name, run in purchases.items():
        print(f"  {name}: {run().round(4)}")
    rivals = {
        "BG/NBD, ours": lambda: clv.fit_purchases(table, unit_days=1, complete=True),
        **purchases,
        "Gamma-Gamma, ours": lambda: clv.fit_spend(table),
        "value of every customer": lambda: clv.customer_value(table, ours, spend, margin=0.3),
    }
    print(compare(rivals, "BG/NBD, ours", rounds=3).round(2).to_string())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
