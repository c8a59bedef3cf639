"""Setting up a test: who is held out by lot, and whether the lot was fair."""

import hashlib
import math

import numpy as np
import pandas as pd

from custseg_helpers.action.apportion import apportion
from custseg_helpers.action.tables import by_customer
from custseg_helpers.facts.shares import need_share
from custseg_helpers.words.text import UserError

MOST_CODES = 20
"""A text column with more different values holds names, not codes: it is not compared."""


def assign_holdout(tiers: pd.Series, share: float = 0.2, *, seed: int = 2026) -> pd.Series:
    """Draw a random holdout within each tier: they are *not* contacted, so that there is something to compare with.

    Each customer's lot is a hash (BLAKE2) of id and seed; in every tier the lowest lots are held out. So the draw
    does not depend on the row order, on other columns or on library versions, and nobody can pick. How many each
    tier holds out is shared by largest remainder: in all it is `share` of the customers, rounded.

    Args:
        tiers: one code a customer; those without one are drawn as a tier of their own.
        share: share to hold out, between 0 and 1.
        seed: another seed, another draw. Write it down before you draw.

    Returns:
        `"treatment"` or `"holdout"` a customer, in the given order. Missing ids are left out and counted in
        `attrs["left_out"]`.

    >>> arms = assign_holdout(pd.Series("A", index=[f"C{n}" for n in range(10)]), share=0.3)
    >>> arms.value_counts().to_dict()
    {'treatment': 7, 'holdout': 3}
    """
    need_share("share", share, inside=True)
    named = tiers[tiers.index.notna()]
    if not named.index.is_unique:
        raise UserError(zh="客户编号有重复，不能抽签分组。", en="Customer ids repeat: one customer, one lot.")
    stratum = named.astype(object).where(named.notna(), "").astype(str).sort_index()
    size = stratum.value_counts().sort_index()
    held = apportion(math.floor(share * len(named) + 0.5), size.tolist()) if len(named) else []
    lots = pd.Series([_lot(name, seed) for name in stratum.index], index=stratum.index, dtype="int64")
    place = lots.groupby(stratum).rank(method="first")
    out = place <= stratum.map(dict(zip(size.index, held, strict=True))).astype(float)
    arms = pd.Series(np.where(out, "holdout", "treatment"), index=stratum.index, name="arm")
    arms = arms.reindex(named.index)
    arms.attrs["left_out"] = {"no_customer": len(tiers) - len(named)}
    return arms


def _lot(name: object, seed: int) -> int:
    digest = hashlib.blake2b(str(name).encode(), key=str(seed).encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big")


def balance(facts: pd.DataFrame, arms: pd.Series) -> pd.DataFrame:
    """Compare the two arms *before* the campaign: a fair lot leaves only differences of chance.

    The standardised difference is the difference of the means ÷ the root of the mean of the two variances; unlike a
    p-value it does not grow with the sample. Up to 0.1 counts as balanced, and so does what 95 % of fair lots
    would show: 1.96 × √(1/n₁ + 1/n₂). So of twenty measures about one may lie outside even after a fair lot.

    Args:
        facts: what was known before; numbers, flags and codes (each code is compared as a share). Dates, names and
            customers outside `arms` are not looked at, missing values not counted.
        arms: from `assign_holdout`.

    Returns:
        Indexed by `measure` and `code` (empty for numbers): mean or share in `treatment` and `holdout`, `difference`
        (standardised), `limit` and `balanced`.

    Source: Austin (2009), *Statistics in Medicine* 28, 3083–3107.

    >>> arms = pd.Series(["treatment", "treatment", "holdout", "holdout"], index=list("abcd"))
    >>> facts = pd.DataFrame({"frequency": [3, 5, 2, 4]}, index=list("abcd"))
    >>> balance(facts, arms)["difference"].round(3).tolist()
    [0.707]
    """
    _two_arms(arms)
    facts, columns = by_customer(facts), {}
    for name in facts.columns:
        column = facts[name].reindex(arms.index)
        if pd.api.types.is_numeric_dtype(column) or facts[name].dtype == bool:
            columns[name, ""] = column.astype(float)
        elif not pd.api.types.is_datetime64_any_dtype(column) and column.nunique() <= MOST_CODES:
            for code in sorted(column.dropna().astype(str).unique()):
                columns[name, code] = (column.astype(str) == code).astype(float).where(column.notna())
    rows = {}
    for key, column in columns.items():
        one, two = (column[arms == arm].dropna() for arm in ("treatment", "holdout"))
        spread = math.sqrt((one.var(ddof=not key[1]) + two.var(ddof=not key[1])) / 2)
        gap = one.mean() - two.mean()
        limit = max(0.1, 1.96 * math.sqrt(1 / max(len(one), 1) + 1 / max(len(two), 1)))
        difference = gap / spread if spread > 0 else math.copysign(math.inf, gap) if gap else 0.0
        rows[key] = (one.mean(), two.mean(), difference, limit, abs(difference) <= limit)
    index = pd.MultiIndex.from_tuples(list(rows), names=["measure", "code"]) if rows else None
    return pd.DataFrame(
        list(rows.values()), index=index, columns=["treatment", "holdout", "difference", "limit", "balanced"]
    )


def _two_arms(arms: pd.Series) -> None:
    if not {"treatment", "holdout"} <= set(arms.dropna()):
        raise UserError(
            zh="要比较效果，实验组（treatment）和留出对照组（holdout）都必须有客户。",
            en="A comparison needs customers in both arms, treatment and holdout.",
        )
