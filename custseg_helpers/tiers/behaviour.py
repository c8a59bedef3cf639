"""Behaviour: what customers want, what moves them, where they buy, and who decides.

Every tag needs a minimum of evidence. Whoever has less is `"unknown"`, which is not the same as `"low"`.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.facts.shares import need_share
from custseg_helpers.tiers.cuts import LEVELS, levels, points

ROLES = ("decision_maker", "influencer", "participant", "gatekeeper")


def _spent(money: pd.DataFrame) -> pd.DataFrame:
    """Return whole cents, so that sums are exact; negative cells count as nothing."""
    return pd.DataFrame({column: cents(money[column]) for column in money}, index=money.index).clip(lower=0)


def _share_and_lift(money: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    spent = _spent(money)
    own = spent.div(spent.sum(axis=1).replace(0, math.nan), axis=0)
    base = spent.sum() / (spent.to_numpy().sum() or math.nan)
    return own, own / base.replace(0, math.nan)


def interest(money: pd.DataFrame) -> pd.DataFrame:
    """Compare each customer's basket with everybody's: share and lift by category.

    Args:
        money: customers × categories (yuan, or counts of views); negative cells count as nothing.

    Returns:
        One row a customer and category with money: `customer_id`, `category`, `value`, `share` (of the customer's
        own money) and `lift`, that share divided by the category's share of all money. Lift 2: twice as much as
        usual. A lift from one purchase is luck; see `main_interest`.

    >>> money = pd.DataFrame({"tea": [30.0, 0.0], "rice": [30.0, 60.0]}, index=["c1", "c2"])
    >>> interest(money)[["category", "share", "lift"]].values.tolist()
    [['tea', 0.5, 2.0], ['rice', 0.5, 0.6666666666666666], ['rice', 1.0, 1.3333333333333333]]
    """
    own, lift = _share_and_lift(money)
    long = pd.DataFrame(
        {
            "customer_id": np.repeat(money.index.to_numpy(), money.shape[1]),
            "category": np.tile(money.columns.to_numpy(), len(money)),
            "value": _spent(money).to_numpy().ravel() / 100,
            "share": own.to_numpy(dtype=float).ravel(),
            "lift": lift.to_numpy(dtype=float).ravel(),
        }
    )
    return long[long["value"] > 0].reset_index(drop=True)


def main_interest(
    money: pd.DataFrame, evidence: pd.Series, *, at_least: int = 5, lift: float = 1.5
) -> pd.Series:
    """Name the category each customer leans to: the largest share among those bought clearly more than usual.

    A large share alone only repeats what everybody buys; a high lift alone only finds rare goods. So both count.

    Args:
        money: customers × categories (yuan, or counts of views).
        evidence: how many order lines (or views) a customer's row rests on.
        at_least: evidence needed; below → `"unknown"`.
        lift: from where on a share counts as a leaning; no category there → `"no_preference"`.

    Equal shares go to the category that comes first in the alphabet. On five lines chance alone still makes
    leanings: a tag to start a conversation with, not to close a door.

    >>> money = pd.DataFrame({"rice": [50.0, 90.0, 5.0], "tea": [50.0, 10.0, 0.0]}, index=["c1", "c2", "c3"])
    >>> main_interest(money, pd.Series({"c1": 9, "c2": 9, "c3": 1})).tolist()
    ['tea', 'no_preference', 'unknown']
    """
    own, against_all = _share_and_lift(money.sort_index(axis=1))
    leaning = own.where(against_all >= lift).fillna(0)
    best = (
        leaning.idxmax(axis=1).astype(object) if leaning.size else pd.Series(index=money.index, dtype=object)
    )
    enough = (evidence.reindex(money.index) >= at_least) & (own > 0).any(axis=1)
    best = best.where(leaning.max(axis=1) > 0, "no_preference")
    return best.where(enough, "unknown").rename("main_interest")


def unmet_interest(views: pd.DataFrame, money: pd.DataFrame, *, at_least: int = 2) -> pd.Series:
    """Name the category a customer looked at most (at least so often) and never bought; `"none"` if there is none.

    >>> views = pd.DataFrame({"rice": [5, 1], "tea": [3, 1]}, index=["c1", "c2"])
    >>> unmet_interest(views, pd.DataFrame({"rice": [20.0]}, index=["c1"])).tolist()
    ['tea', 'none']
    """
    bought = money.reindex(index=views.index, columns=views.columns) > 0
    wanted = views.sort_index(axis=1).fillna(0).mask(bought, 0)
    if wanted.empty:
        return pd.Series(index=views.index, dtype=object, name="unmet_interest")
    return wanted.idxmax(axis=1).where(wanted.max(axis=1) >= at_least, "none").rename("unmet_interest")


def preferred_channel(
    money: pd.DataFrame, evidence: pd.Series, *, at_least: int = 3, share: float = 0.6
) -> pd.Series:
    """Name the channel that takes at least `share` of a customer's money, else `"mixed"`.

    `evidence` is the number of orders; below `at_least` → `"unknown"`. Keep `share` above 0.5: then no two channels
    can both reach it.

    >>> money = pd.DataFrame({"app": [80.0, 50.0, 9.0], "store": [20.0, 50.0, 0.0]}, index=["c1", "c2", "c3"])
    >>> preferred_channel(money, pd.Series({"c1": 4, "c2": 8, "c3": 1})).tolist()
    ['app', 'mixed', 'unknown']
    """
    need_share("share", share)
    spent = _spent(money)
    if spent.empty:
        return pd.Series(index=money.index, dtype=object, name="preferred_channel")
    own = spent.div(spent.sum(axis=1).replace(0, math.nan), axis=0).fillna(0)
    enough = (evidence.reindex(money.index) >= at_least) & (own.max(axis=1) > 0)
    best = own.idxmax(axis=1).where(own.max(axis=1) >= share, "mixed")
    return best.where(enough, "unknown").rename("preferred_channel")


def price_sensitivity(
    facts: pd.DataFrame, cuts: Sequence[float] = (1 / 3, 2 / 3), *, at_least: int = 3
) -> pd.Series:
    """Return `"low"`, `"medium"`, `"high"`: how much of their money customers spend on discounted goods.

    Args:
        facts: one row a customer with `discount_share` (0–1, of gross spend) and `frequency` (orders).
        cuts: from which share (0–1) on medium and high begin.
        at_least: orders needed; below → `"unknown"`.

    In a shop where everything is on sale everybody looks sensitive: compare with the company's own share first.

    >>> facts = pd.DataFrame({"discount_share": [0.1, 0.5, 0.9, 1.0], "frequency": [5, 5, 5, 1]})
    >>> price_sensitivity(facts).tolist()
    ['low', 'medium', 'high', 'unknown']
    """
    need_share("cuts", *points(cuts, "(0.2, 0.6)"))
    return levels(facts["discount_share"].where(facts["frequency"] >= at_least), cuts).rename(
        "price_sensitivity"
    )


def responsiveness(
    contacted: pd.Series,
    responded: pd.Series,
    cuts: Sequence[float] = (0.5, 1.5),
    *,
    at_least: int = 3,
    prior: float = 5,
) -> pd.Series:
    """Return `"low"`, `"medium"`, `"high"`: how often customers answer a campaign, against everybody's rate.

    Args:
        contacted: campaigns that really reached the customer (never those in which they were held out).
        responded: of these, how many they took part in or bought from.
        cuts: entry lines in multiples of the overall rate: medium from half of it, high from one and a half times.
        at_least: contacts needed; below → `"unknown"`.
        prior: everybody is judged as if they had had so many contacts more, answered at the overall rate: three
            contacts without an answer do not make a customer unresponsive yet, ten do.

    Answering is not the same as being moved: who would have bought anyway answers too (see the holdout).

    >>> responsiveness(pd.Series([9, 9, 9, 3, 1]), pd.Series([6, 2, 0, 0, 1])).tolist()
    ['high', 'medium', 'low', 'medium', 'unknown']
    """
    responded = responded.reindex(contacted.index).fillna(0)
    base = responded.sum() / max(contacted.sum(), 1)
    rate = (responded + prior * base) / (contacted.where(contacted >= at_least) + prior)
    against_base = rate / (base or math.nan)
    return levels(against_base, cuts, LEVELS).rename("responsiveness")


def role_coverage(
    contacts: pd.DataFrame, accounts: pd.Index, required: Sequence[str] = ROLES[:3]
) -> pd.DataFrame:
    """Show which roles of each account's buying centre we know, and which are missing.

    Args:
        contacts: one row a contact with `customer_id` and `role`.
        accounts: every account to report on; those without any contact appear with coverage 0.
        required: the roles without which a deal stalls.

    Returns:
        One row an account: contacts per role, `contacts` (all of them), `coverage` (share of the required roles
        that somebody fills) and `missing` (codes of the required roles nobody fills, joined by a comma).

    Source: Webster & Wind (1972), "A General Model for Understanding Organizational Buying Behavior", *Journal of
    Marketing* 36(2), 12–19.

    >>> contacts = pd.DataFrame({"customer_id": ["c1", "c1"], "role": ["decision_maker", "gatekeeper"]})
    >>> role_coverage(contacts, pd.Index(["c1", "c2"]))["missing"].tolist()
    ['influencer,participant', 'decision_maker,influencer,participant']
    """
    counts = pd.crosstab(contacts["customer_id"], contacts["role"])
    table = counts.reindex(index=accounts, columns=list(ROLES), fill_value=0).rename_axis(columns=None)
    absent = table[list(required)].eq(0)
    missing = pd.Series("", index=accounts, dtype=object)
    for role in required:
        missing = missing.mask(absent[role], missing + "," + role)
    return table.assign(
        contacts=contacts["customer_id"].value_counts().reindex(accounts, fill_value=0),
        coverage=1 - absent.mean(axis=1),
        missing=missing.str[1:],
    )
